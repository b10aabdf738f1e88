"""Mappers: each field of a model, and how it is had from the third party's record."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...frozen import frozen
from ...models.types import ArrayOf, Field, Model, ObjectOf, Primitive, Ref, Type
from ...models.walk import referenced_models
from ...naming.reserved import is_reserved_word
from ...naming.words import camel, singular
from ...spec.values import RECORD, Assign, Build, Convert, Each, Mapped, OrNull, Read, Step, Value
from .computed_values import SpecialValues
from .field_plan import Leaf, Nest, leaves, planned
from .field_source import At, Table, text_paths
from .raw_reads import Found, read_at
from .raw_tree import CrossedPathsError, RawTree
from .raw_types import (
    RawNaming,
    at_path,
    inlined,
    is_nullable,
    is_part_of,
    overlaid,
    passes_as_it_is,
    raw_of,
    said_raw,
    widened,
    without_null,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from ...spec.paths import Path

_LIKE_A_MAPPER = re.compile(r"to[A-Z0-9]")
_CONVERSIONS = {
    ("string", "number"): "number",
    ("number", "string"): "text",
    ("boolean", "string"): "text",
    ("string", "Date"): "date",
    ("number", "Date"): "date",
}


@frozen
class MappedModel:
    """What the mapping of one model comes to: the raw type, the fields set, the models whose mappers are called."""

    raw: ObjectOf
    fields: tuple[Assign, ...]
    uses: tuple[str, ...]


def map_model(
    model: Model,
    mapping: Mapping[str, Any],
    said: ObjectOf | None,
    naming: RawNaming,
    place_of: Callable[[str], str],
    *,
    also_read: Iterable[Path] = (),
    never_null: Collection[str] = (),
) -> MappedModel:
    """Find the raw type of a model and how each field is had from it.

    Args:
        model: the model, read.
        mapping: model field <- where its value comes from; a field not named is read from its own name.
        said: the raw type of the answers (``responses``), for the fields it holds.
        naming: the names of raw types.
        place_of: where the mapping of a field stands in the answers, such as ``syncs[0].mapping``.
        also_read: paths that scripts read from the raw record beside the mapper, as texts.
        never_null: fields that the API always sends, though the model lets them be absent.

    Raises:
        AnswersError: a mapping that names no field, or a raw type that cannot become the model's.
    """
    said = None if said is None else _as_raw(said, model, naming)
    plans = planned(model, mapping, said, place_of)
    raw = overlaid(_derived_raw(model, plans, naming, place_of, also_read, never_null), said)
    maker = _Maker(model.name, naming, place_of, mapping if said is None else {})
    special = SpecialValues(model, raw, place_of)

    def assign(plan: Leaf | Nest) -> Assign:
        if isinstance(plan, Nest):
            return Assign(plan.field.name, Build(tuple(assign(child) for child in plan.children)))
        if isinstance(plan.source, At):
            return maker.assign(plan.field, read_at(raw, plan.source.path, model, plan.field))
        return special.assign(plan, plan.source)

    return MappedModel(raw, tuple(assign(plan) for plan in plans), tuple(dict.fromkeys(maker.uses)))


def _as_raw(said: ObjectOf, model: Model, naming: RawNaming) -> ObjectOf:
    raw = said_raw(said, referenced_models(model.shape), naming)
    return raw if isinstance(raw, ObjectOf) else said


def _derived_raw(
    model: Model,
    plans: tuple[Leaf | Nest, ...],
    naming: RawNaming,
    place_of: Callable[[str], str],
    also_read: Iterable[Path],
    never_null: Collection[str],
) -> ObjectOf:
    """The raw type that the model and the paths of its fields make."""
    tree = RawTree()
    name = ""
    try:
        for leaf in leaves(plans):
            item, name = leaf.field, ".".join(leaf.steps)
            nullable = item.optional or is_nullable(item.type)
            for path in text_paths(leaf.source):
                lenient = nullable or not isinstance(leaf.source, Table) or leaf.source.known
                tree.put(path, Primitive("string"), nullable=lenient)
            if isinstance(leaf.source, At):
                certain = leaf.steps[0] in never_null and len(leaf.steps) == 1
                of = raw_of(item.type, naming)
                tree.put(
                    leaf.source.path, without_null(of) if certain else of, nullable=nullable and not certain
                )
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


def _narrowed(source: Found) -> Found:
    """The same source behind a check that it is not null."""
    steps = tuple(Step(step.name) for step in source.read.steps)
    return Found(Read(source.read.variable, steps), without_null(source.type))


class _Maker:
    """Makes the values of one model's fields, and notes which other mappers they call."""

    def __init__(
        self, model: str, naming: RawNaming, place_of: Callable[[str], str], mapping: Mapping[str, Any]
    ) -> None:
        self._model = model
        self._naming = naming
        self._place_of = place_of
        self._mapping = mapping
        self.uses: list[str] = []

    def assign(self, item: Field, source: Found, outer: tuple[str, ...] = (RECORD,)) -> Assign:
        """How one field of an object is set."""
        target = without_null(item.type)
        if not source.read.nullable:
            return Assign(item.name, self.value(target, source, item.name, outer))
        value = self.value(target, _narrowed(source), item.name, outer)
        if is_nullable(item.type):
            unchecked = value == _narrowed(source).read and not source.read.undefinable
            return Assign(item.name, source.read if unchecked else OrNull(source.read, value))
        if item.optional or target == Primitive("any"):
            return Assign(item.name, value, when=source.read if item.optional else None)
        raise AnswersError(
            f"the raw value of {item.name} may be null, but the field is required",
            where=f"models.{self._model}.{item.name}",
            fix=f"write {item.name}? or {item.name}: ... | null in the model",
        )

    def value(self, target: Type, source: Found, name: str, outer: tuple[str, ...]) -> Value:
        """How a value of type ``target`` (never null) is had from a source that is not null."""
        raw = source.type
        if passes_as_it_is(target) and target in (raw, Primitive("any")):
            return source.read
        if isinstance(target, Ref) and raw == Ref(self._naming.raw_name(target.model)):
            self.uses.append(target.model)
            return Mapped(target.model, source.read)
        if isinstance(target, ArrayOf) and isinstance(raw, ArrayOf):
            return self._list(target, raw, source, name, outer)
        if isinstance(target, ObjectOf) and isinstance(raw, ObjectOf) and target.index is None:
            return Build(tuple(self._nested(item, raw, source, outer) for item in target.fields))
        if passes_as_it_is(target) and is_part_of(raw, target):
            return source.read
        wide = widened(raw)
        both = (
            (wide.name, target.name) if isinstance(target, Primitive) and isinstance(wide, Primitive) else ()
        )
        if both in _CONVERSIONS:
            return Convert(_CONVERSIONS[both], source.read)
        if raw == raw_of(target, self._naming):
            return source.read
        raise AnswersError(
            f"the raw type of {name} cannot become the type that the model {self._model} gives it",
            where=(
                f"{self._place_of(name)}.{name}"
                if name in self._mapping
                else f"responses.{self._model}.{name}"
            ),
            fix="give both the same type; strings and numbers are converted into each other, and into dates",
        )

    def _list(self, target: ArrayOf, raw: ArrayOf, source: Found, name: str, outer: tuple[str, ...]) -> Value:
        variable = _item_name(name, outer)
        item = Found(Read(variable, (), nullable=is_nullable(raw.item)), raw.item)
        made = self.assign(Field(name, target.item), item, (*outer, variable)).value
        return source.read if made == item.read else Each(source.read, variable, made)

    def _nested(self, item: Field, raw: ObjectOf, source: Found, outer: tuple[str, ...]) -> Assign:
        found, whole = at_path(raw, (item.name,))
        if not whole:
            raise AnswersError(
                f"the raw type has no {item.name!r}",
                where=f"responses.{self._model}",
                fix=f"add {item.name} to the nested object",
            )
        steps = (*source.read.steps, Step(item.name))
        nullable = found[0].optional or is_nullable(found[0].type)
        read = Read(source.read.variable, steps, nullable, undefinable=found[0].optional)
        return self.assign(item, Found(read, found[0].type), outer)


def _item_name(name: str, outer: tuple[str, ...]) -> str:
    """A variable for one item of a list: the singular of its name, unless taken, reserved, or like a mapper's name."""
    wanted = camel(singular(name))
    wanted = "" if _LIKE_A_MAPPER.match(wanted) else wanted
    candidates: Iterator[str] = iter((wanted, "item", *(f"item{number}" for number in range(2, 50))))
    return next(word for word in candidates if word and word not in outer and not is_reserved_word(word))


def merged_mapping(model: str, mappings: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The one mapping of a model that several scripts share.

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
