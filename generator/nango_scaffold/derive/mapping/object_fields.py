"""The fields of an object of a model, each set from the raw object that it is made of."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...frozen import frozen
from ...models.types import ArrayOf, without_null
from ...spec.values import Assign, Build, Each, Read
from .conversion import item_name
from .field_plan import Leaf, Nest, inner_plan
from .field_source import At, Inner, path_text
from .raw_types import read_at
from .scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...models.types import Model
    from ...spec.values import Value
    from .computed_values import ComputedValues
    from .conversion import Conversion
    from .field_plan import InnerPlan
    from .raw_types import RawValue


@frozen
class ObjectFields:
    """Sets the fields of an object.

    Args:
        model: what the fields belong to.
        scope: the function in which that happens: its variables, and the raw object there.
        conversion: converts raw values.
        place_of: where the mapping of a field stands in the answers.
        target: the way from the mapped model to the object, names and 0 for an item of a list; the model first.
        root: how plain values are read: as `scope` says, or without what a check before that makes needless.
    """

    _model: Model
    _scope: Scope
    _conversion: Conversion
    _place_of: Callable[[str], str]
    _target: tuple[str | int, ...]
    _root: Read

    def assign(self, plan: Leaf | Nest) -> Assign:
        """How a field is set.

        Raises:
            AnswersError: a raw type that cannot become the field's.
        """
        if isinstance(plan, Nest):
            return Assign(plan.field.name, Build(tuple(self.assign(child) for child in plan.children)))
        if isinstance(plan.source, At):
            raw_value = read_at(self._scope.raw, plan.source.path, self._model, plan.field, self._root)
            return self._conversion.assign(plan.field, raw_value, (self._scope.root.variable,))
        if isinstance(plan.source, Inner):
            return self._inner(plan, plan.source)
        return self._computed.assign(plan, plan.source)

    @property
    def _computed(self) -> ComputedValues:
        from .computed_values import ComputedValues  # most fields are read

        return ComputedValues(
            self._model, self._scope, self._conversion, self._place_of, self._target, self._root
        )

    def _inner(self, leaf: Leaf, source: Inner) -> Assign:
        where = f"{self._place_of(leaf.name)}.{leaf.name}.each"
        inner = inner_plan(leaf, source, self._conversion.model_of, where)
        raw_value = self._computed.value_at(source.origin, leaf)
        make = partial(self._items if inner.is_list else self._object, inner, leaf, source, where)
        return self._conversion.guarded(leaf.field, raw_value, make)

    def _items(self, inner: InnerPlan, leaf: Leaf, source: Inner, where: str, safe: RawValue) -> Value:
        items = without_null(safe.type)
        if not isinstance(items, ArrayOf):
            raise AnswersError(
                f"the raw type has no list at {path_text(source.origin.raw_path)!r}",
                where=f"responses.{self._model.name}",
                fix="describe a list there, or name another path in the mapping",
            )
        variable = item_name(leaf.field.name, tuple(self._scope.names))
        scope = Scope(items.item, Read(variable, ()), self._scope.names | {variable})
        fields = self._inner_fields(inner, (*leaf.steps, 0), scope, where, source, scope.root)
        return Each(safe.read, variable, fields, tuple(scope.locals))

    def _object(self, inner: InnerPlan, leaf: Leaf, source: Inner, where: str, safe: RawValue) -> Value:
        # Variables for the object's fields are computed before the check that the object is there.
        raw_value = self._computed.value_at(source.origin, leaf, for_variable=True)
        # In the same function: the copy shares the names and the variables of the scope around it.
        scope = replace(self._scope, raw=without_null(raw_value.type), root=raw_value.read)
        return self._inner_fields(inner, leaf.steps, scope, where, source, safe.read)

    def _inner_fields(
        self,
        inner: InnerPlan,
        steps: tuple[str | int, ...],
        scope: Scope,
        where: str,
        source: Inner,
        root: Read,
    ) -> Build:
        def place(_: str) -> str:
            return where

        conversion = self._conversion.inner(inner.model.name, place, source.mapping)
        fields = ObjectFields(inner.model, scope, conversion, place, (*self._target, *steps), root)
        return Build(tuple(fields.assign(plan) for plan in inner.plans))
