"""The conversion of raw values into the fields of a model, and what becomes of those that are null or absent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...frozen import frozen
from ...models.types import (
    ArrayOf,
    Field,
    ObjectOf,
    Primitive,
    Ref,
    Type,
    is_nullable,
    is_part_of,
    widened,
    without_null,
)
from ...naming.reserved import is_reserved_word
from ...naming.words import camel, singular
from ...spec.values import RECORD, Assign, Build, Convert, Each, Mapped, OrElse, Plain, Read, Step, Value
from .raw_types import RawNaming, RawValue, at_path, may_be_missing, passes_unchanged, raw_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ...models.types import Model

_LIKE_A_MAPPER = r"to[A-Z0-9]"
CONVERSIONS: dict[tuple[Type, Type], str] = {
    (Primitive("string"), Primitive("number")): "number",
    (Primitive("number"), Primitive("string")): "text",
    (Primitive("boolean"), Primitive("string")): "text",
    (Primitive("string"), Primitive("Date")): "date",
    (Primitive("number"), Primitive("Date")): "date",
}
"""What a value of one type is converted into to become one of another; see ``Convert``."""


def narrowed(source: RawValue) -> RawValue:
    """The same source behind a check that it is not null."""
    steps = tuple(Step(step.name) for step in source.read.steps)
    return RawValue(Read(source.read.variable, steps), without_null(source.type))


@frozen
class Conversion:
    """Converts raw values into the fields of one model, and notes the models whose mappers are called.

    Args:
        model: the model's name.
        naming: the names of raw types.
        place_of: where the mapping of a field stands in the answers.
        mapping: the fields whose mapping determines their raw type.
        uses: takes the models whose mappers are called.
    """

    _model: str
    _naming: RawNaming
    _place_of: Callable[[str], str]
    _mapping: Mapping[str, Any]
    uses: list[str]

    def model_of(self, name: str) -> Model:
        """A model by its name."""
        return self._naming.model(name)

    def inner(self, model: str, place_of: Callable[[str], str], mapping: Mapping[str, Any]) -> Conversion:
        """The conversion for an object in this one; the models whose mappers are called are those of both."""
        return Conversion(model, self._naming, place_of, mapping, self.uses)

    def assign(
        self,
        item: Field,
        source: RawValue,
        outer: tuple[str, ...] = (RECORD,),
        otherwise: str | float | bool | None = None,
    ) -> Assign:
        """How one field of an object is set.

        Args:
            item: the field.
            source: the raw value.
            outer: the variables in scope.
            otherwise: its value where the raw one is null or absent; ``None`` for no such default.

        Raises:
            AnswersError: a raw type that cannot become the field's, or may be null where the field is required.
        """
        target = without_null(item.type)
        return self.guarded(item, source, lambda safe: self._value(target, safe, item.name, outer), otherwise)

    def guarded(
        self,
        item: Field,
        source: RawValue,
        make: Callable[[RawValue], Value],
        otherwise: str | float | bool | None = None,
    ) -> Assign:
        """How one field is set to what `make` gives for a raw value that is not null; see `assign`."""
        if not source.read.nullable:
            return Assign(item.name, make(source))
        safe = narrowed(source)
        value = make(safe)
        if otherwise is not None:
            return Assign(item.name, OrElse(source.read, value, Plain(otherwise)))
        # A field that may be null and absent is null then: the record shows that there is no value.
        if is_nullable(item.type):
            is_unchanged = value == safe.read and not source.read.undefinable
            return Assign(item.name, source.read if is_unchanged else OrElse(source.read, value))
        if item.optional:
            return Assign(item.name, value, when=source.read)
        if item.type == Primitive("any"):
            return Assign(item.name, source.read if value == safe.read else value)
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
        conversion = CONVERSIONS.get((widened(source.type), target))
        if conversion:
            return Convert(conversion, source.read)
        # What no rule above takes apart, such as a union of objects, is passed on as the API sends it.
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
        variable = item_name(name, outer)
        item = RawValue(Read(variable, (), nullable=is_nullable(raw.item)), raw.item)
        value = self.assign(Field(name, target.item), item, (*outer, variable)).value
        # A list of which every item stays as it is needs no `map`.
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
        # Behind a check of the object itself: only its field may be missing.
        steps = (*source.read.steps, Step(item.name))
        read = Read(source.read.variable, steps, may_be_missing(field), undefinable=field.optional)
        return self.assign(item, RawValue(read, field.type), outer)


def item_name(name: str, outer: tuple[str, ...]) -> str:
    """A variable for one item of a list: the singular of its name, unless in scope, reserved, or like a mapper's name."""
    stem = camel(singular(name))
    stem = "" if re.match(_LIKE_A_MAPPER, stem) else stem
    candidates: Iterator[str] = iter((stem, "item", *(f"item{number}" for number in range(2, 50))))
    return next(word for word in candidates if word and word not in outer and not is_reserved_word(word))
