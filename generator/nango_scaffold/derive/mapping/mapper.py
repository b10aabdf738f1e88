"""Mappers: each field of a model, and how it is set from the third party's record."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...frozen import frozen
from ...models.types import (
    ArrayOf,
    Field,
    Model,
    ObjectOf,
    Primitive,
    Ref,
    Type,
    is_nullable,
    is_part_of,
    widened,
    without_null,
)
from ...models.walk import referenced_models
from ...naming.reserved import is_reserved_word
from ...naming.words import camel, singular
from ...spec.values import RECORD, Assign, Build, Convert, Each, Mapped, OrNull, Read, Step, Value
from .computed_values import ComputedValues
from .field_plan import Leaf, Nest, leaves, plan_fields
from .field_source import At, Table, text_paths
from .raw_tree import CrossedPathsError, RawTree
from .raw_types import (
    RawNaming,
    RawValue,
    at_path,
    described_raw,
    inlined,
    may_be_missing,
    overlaid,
    passes_unchanged,
    raw_of,
    read_at,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from ...spec.paths import Path

_LIKE_A_MAPPER = re.compile(r"to[A-Z0-9]")
_CONVERSIONS: dict[tuple[Type, Type], str] = {
    (Primitive("string"), Primitive("number")): "number",
    (Primitive("number"), Primitive("string")): "text",
    (Primitive("boolean"), Primitive("string")): "text",
    (Primitive("string"), Primitive("Date")): "date",
    (Primitive("number"), Primitive("Date")): "date",
}


@frozen
class MappedModel:
    """The mapping of one model: the raw type, the fields set, the models whose mappers are called."""

    raw: ObjectOf
    fields: tuple[Assign, ...]
    uses: tuple[str, ...]


def map_model(
    model: Model,
    mapping: Mapping[str, Any],
    response: ObjectOf | None,
    naming: RawNaming,
    place_of: Callable[[str], str],
    *,
    also_read: Iterable[Path] = (),
    never_null: Collection[str] = (),
) -> MappedModel:
    """Derive the raw type of a model and how each field is set from it.

    Args:
        model: the model, parsed.
        mapping: model field <- where its value comes from; a field not named is read from its own name.
        response: the raw type of ``responses``, for the fields it holds.
        naming: the names of raw types.
        place_of: where the mapping of a field stands in the answers, such as ``syncs[0].mapping``.
        also_read: paths that scripts read from the raw record themselves, as strings.
        never_null: fields that the API always sends, though they are optional in the model.

    Raises:
        AnswersError: a mapping that names no field, or a raw type that cannot become the model's.
    """
    described = None if response is None else _as_raw(response, model, naming)
    plans = plan_fields(model, mapping, described, place_of)
    raw = overlaid(_derived_raw(model, plans, naming, place_of, also_read, never_null), described)
    conversion = _Conversion(model.name, naming, place_of, mapping if described is None else {})
    computed = ComputedValues(model, raw, place_of)

    def assign(plan: Leaf | Nest) -> Assign:
        if isinstance(plan, Nest):
            return Assign(plan.field.name, Build(tuple(assign(child) for child in plan.children)))
        if isinstance(plan.source, At):
            return conversion.assign(plan.field, read_at(raw, plan.source.path, model, plan.field))
        return computed.assign(plan, plan.source)

    return MappedModel(raw, tuple(assign(plan) for plan in plans), tuple(dict.fromkeys(conversion.uses)))


def _as_raw(response: ObjectOf, model: Model, naming: RawNaming) -> ObjectOf:
    raw = described_raw(response, referenced_models(model.shape), naming)
    return raw if isinstance(raw, ObjectOf) else response


def _derived_raw(
    model: Model,
    plans: tuple[Leaf | Nest, ...],
    naming: RawNaming,
    place_of: Callable[[str], str],
    also_read: Iterable[Path],
    never_null: Collection[str],
) -> ObjectOf:
    """The raw type that follows from the model and the paths of its fields."""
    tree = RawTree()
    name = ""
    try:
        for leaf in leaves(plans):
            name = ".".join(leaf.steps)
            _put_leaf(tree, leaf, naming, never_null)
        mapped = {leaf.source.path for leaf in leaves(plans) if isinstance(leaf.source, (At, Table))}
        for path in also_read:
            if path not in mapped:
                tree.put(path, Primitive("string"), nullable=False)
    except CrossedPathsError as crossed:
        raise AnswersError(
            f"{crossed} is read as a value of {model.name}, and as an object on the way to another one",
            where=place_of(name),
            fix=f"describe {crossed} in the model as an object with the fields that are read",
        ) from None
    index = model.shape.index
    return replace(tree.shape(), index=None if index is None else inlined(index, naming))


def _put_leaf(tree: RawTree, leaf: Leaf, naming: RawNaming, never_null: Collection[str]) -> None:
    """Add what a field is read from to the raw type."""
    source = leaf.source
    nullable = may_be_missing(leaf.field)
    # A table without a default has no value for null.
    needs_value = isinstance(source, Table) and not source.has_default
    for path in text_paths(source):
        tree.put(path, Primitive("string"), nullable=nullable or not needs_value)
    if isinstance(source, At):
        raw = raw_of(leaf.field.type, naming)
        if len(leaf.steps) == 1 and leaf.steps[0] in never_null:
            raw, nullable = without_null(raw), False
        tree.put(source.path, raw, nullable=nullable)


def _narrowed(source: RawValue) -> RawValue:
    """The same source behind a check that it is not null."""
    steps = tuple(Step(step.name) for step in source.read.steps)
    return RawValue(Read(source.read.variable, steps), without_null(source.type))


class _Conversion:
    """Converts raw values into the fields of one model, and notes the models whose mappers are called."""

    def __init__(
        self, model: str, naming: RawNaming, place_of: Callable[[str], str], mapping: Mapping[str, Any]
    ) -> None:
        self._model = model
        self._naming = naming
        self._place_of = place_of
        self._mapping = mapping
        self.uses: list[str] = []

    def assign(self, item: Field, source: RawValue, outer: tuple[str, ...] = (RECORD,)) -> Assign:
        """How one field of an object is set; ``outer`` are the variables in scope."""
        target = without_null(item.type)
        if not source.read.nullable:
            return Assign(item.name, self._value(target, source, item.name, outer))
        value = self._value(target, _narrowed(source), item.name, outer)
        if is_nullable(item.type):
            is_unchanged = value == _narrowed(source).read and not source.read.undefinable
            return Assign(item.name, source.read if is_unchanged else OrNull(source.read, value))
        if item.optional:
            return Assign(item.name, value, when=source.read)
        if target == Primitive("any"):
            return Assign(item.name, value)
        raise AnswersError(
            f"the raw value of {item.name} may be null, but the field is required",
            where=f"models.{self._model}.{item.name}",
            fix=f"write {item.name}? or {item.name}: ... | null in the model",
        )

    def _value(self, target: Type, source: RawValue, name: str, outer: tuple[str, ...]) -> Value:
        """A value of type ``target`` (never null) from a source that is not null."""
        if passes_unchanged(target) and (target == Primitive("any") or is_part_of(source.type, target)):
            return source.read
        composite = self._composite(target, source, name, outer)
        if composite is not None:
            return composite
        conversion = _CONVERSIONS.get((widened(source.type), target))
        if conversion:
            return Convert(conversion, source.read)
        if source.type == raw_of(target, self._naming):
            return source.read
        raise AnswersError(
            f"the raw type of {name} cannot become the type that the model {self._model} gives it",
            where=self._place(name),
            fix="give both the same type; strings and numbers are converted into each other, and into dates",
        )

    def _place(self, name: str) -> str:
        """Where the answers determine the raw type of a field."""
        if name in self._mapping:
            return f"{self._place_of(name)}.{name}"
        return f"responses.{self._model}.{name}"

    def _composite(self, target: Type, source: RawValue, name: str, outer: tuple[str, ...]) -> Value | None:
        """A record of another model, a list or an object; None for any other type."""
        raw = source.type
        if isinstance(target, Ref) and raw == Ref(self._naming.raw_name(target.model)):
            self.uses.append(target.model)
            return Mapped(target.model, source.read)
        if isinstance(target, ArrayOf) and isinstance(raw, ArrayOf):
            return self._list(target, raw, source, name, outer)
        if isinstance(target, ObjectOf) and target.index is None and isinstance(raw, ObjectOf):
            return Build(tuple(self._nested(item, raw, source, outer) for item in target.fields))
        return None

    def _list(
        self, target: ArrayOf, raw: ArrayOf, source: RawValue, name: str, outer: tuple[str, ...]
    ) -> Value:
        variable = _item_name(name, outer)
        item = RawValue(Read(variable, (), nullable=is_nullable(raw.item)), raw.item)
        value = self.assign(Field(name, target.item), item, (*outer, variable)).value
        return source.read if value == item.read else Each(source.read, variable, value)

    def _nested(self, item: Field, raw: ObjectOf, source: RawValue, outer: tuple[str, ...]) -> Assign:
        fields, is_whole = at_path(raw, (item.name,))
        if not is_whole:
            raise AnswersError(
                f"the raw type has no {item.name!r}",
                where=f"responses.{self._model}",
                fix=f"add {item.name} to the nested object",
            )
        field = fields[0]
        steps = (*source.read.steps, Step(item.name))
        read = Read(source.read.variable, steps, may_be_missing(field), undefinable=field.optional)
        return self.assign(item, RawValue(read, field.type), outer)


def _item_name(name: str, outer: tuple[str, ...]) -> str:
    """A variable for one item of a list: the singular of its name, unless in scope, reserved, or like a mapper's name."""
    stem = camel(singular(name))
    stem = "" if _LIKE_A_MAPPER.match(stem) else stem
    candidates: Iterator[str] = iter((stem, "item", *(f"item{number}" for number in range(2, 50))))
    return next(word for word in candidates if word and word not in outer and not is_reserved_word(word))


def merged_mapping(model: str, mappings: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The mapping of a model that several scripts share.

    Args:
        model: the model's name.
        mappings: the mapping of each script, by its place in the answers.

    Raises:
        AnswersError: two scripts read one field from different paths.
    """
    merged: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for where, mapping in mappings.items():
        for name, path in mapping.items():
            if merged.setdefault(name, path) != path:
                raise AnswersError(
                    f"{name} of {model} is read from {path!r} here and from {merged[name]!r} in {origin[name]}",
                    where=f"{where}.mapping.{name}",
                    fix="a model has one mapper: name the same path, or use a model of its own",
                )
            origin.setdefault(name, where)
    return merged
