"""Values that are computed rather than read: constants, renamed values, joined strings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...models.types import Literal, Primitive, Type, UnionOf, is_nullable, widened, without_null
from ...naming.reserved import is_reserved_word
from ...naming.words import camel
from ...spec.values import RECORD, Assign, Joined, OrNull, Plain, Read, Renamed
from .field_source import Constant, Join, Table
from .raw_types import read_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...models.types import Field, Model, ObjectOf
    from ...spec.values import Value
    from .field_plan import Leaf

_TEXT = Primitive("string")
_KINDS: dict[str, tuple[type, ...]] = {"string": (str,), "number": (int, float), "boolean": (bool,)}


class ComputedValues:
    """The computed values of one model's fields, each in a variable with a name of its own."""

    def __init__(self, model: Model, raw: ObjectOf, place_of: Callable[[str], str]) -> None:
        self._model = model
        self._raw = raw
        self._place_of = place_of
        self._names = {RECORD}

    def assign(self, leaf: Leaf, source: Constant | Table | Join) -> Assign:
        """How the field is set.

        Raises:
            AnswersError: a value that the field cannot hold, or a raw type that cannot be converted this way.
        """
        if isinstance(source, Constant):
            self._check(source.value, leaf, "const")
            return Assign(leaf.field.name, Plain(source.value))
        return self._joined(leaf, source) if isinstance(source, Join) else self._renamed(leaf, source)

    def _renamed(self, leaf: Leaf, source: Table) -> Assign:
        item = leaf.field
        raw_value = read_at(self._raw, source.path, self._model, item)
        raw = without_null(raw_value.type)
        table = []
        for key, value in source.values:
            self._check(value, leaf, f"values.{key}")
            table.append((self._key(key, raw, leaf), Plain(value)))
        if source.has_default:
            self._check(source.otherwise, leaf, "otherwise")
        renamed = Renamed(
            self._variable(leaf),
            raw_value.read,
            tuple(table),
            (self._model.name, *leaf.steps),
            Plain(source.otherwise) if source.has_default else None,
            "" if source.has_default else self._unknown(leaf, raw),
        )
        return Assign(item.name, *_guarded(renamed, item))

    def _unknown(self, leaf: Leaf, raw: Type) -> str:
        """What becomes of a value that the table lacks, where ``otherwise`` is unset."""
        item = leaf.field
        if without_null(item.type) == _TEXT == widened(raw):
            return "kept"
        if item.optional:
            return "absent"
        if is_nullable(item.type):
            return "null"
        raise AnswersError(
            f"`otherwise` is unset, but the required field {item.name} needs a value for all others",
            where=self._place(leaf, "otherwise"),
            fix=f"name one of the values of {item.name}, or write {item.name}? in the model",
        )

    def _joined(self, leaf: Leaf, source: Join) -> Assign:
        item = leaf.field
        if without_null(item.type) != _TEXT:
            raise AnswersError(
                f"joined strings are a string, and the field {item.name} is not one",
                where=self._place(leaf, "join"),
                fix="accepted: a field of the type string",
            )
        parts = [read_at(self._raw, path, self._model, item) for path in source.paths]
        if any(widened(without_null(part.type)) != _TEXT for part in parts):
            raise AnswersError(
                "only strings can be joined, and the raw type has something else there",
                where=self._place(leaf, "join"),
                fix="name paths of strings",
            )
        reads = tuple(part.read for part in parts)
        return Assign(item.name, Joined(self._variable(leaf), reads, source.separator, _empty(item)))

    def _key(self, key: str, raw: Type, leaf: Leaf) -> Plain:
        """A key of the table as a value of the raw type."""
        for value in _readings(key):
            if _holds(raw, value):
                return Plain(value)
        raise AnswersError(
            f"the raw type never holds {key!r}",
            where=self._place(leaf, f"values.{key}"),
            fix=f"accepted: values of the type that responses.{self._model.name} gives it",
        )

    def _check(self, value: Any, leaf: Leaf, part: str) -> None:
        if not _holds(leaf.field.type, value):
            raise AnswersError(
                f"{value!r} is not a value of the field {leaf.field.name}",
                where=self._place(leaf, part),
                fix="accepted: a value of the type that the model gives the field",
            )

    def _place(self, leaf: Leaf, part: str) -> str:
        name = ".".join(leaf.steps)
        return f"{self._place_of(name)}.{name}.{part}"

    def _variable(self, leaf: Leaf) -> str:
        """A name for a variable that no other variable, item of a list, or mapper has."""
        stem = camel("-".join(leaf.steps))
        candidates = (stem, *(f"{stem}{number}" for number in range(2, 50)))
        name = next(
            word
            for word in candidates
            if word.isidentifier() and word not in self._names and not is_reserved_word(word)
        )
        self._names.add(name)
        return name


def _guarded(renamed: Renamed, item: Field) -> tuple[Value, Read | None]:
    """The value of a field, and what must not be null for the field to be set."""
    if renamed.unknown == "absent":
        return renamed, Read(renamed.variable, ())
    if not renamed.of.nullable or renamed.unknown == "null":
        return renamed, None
    if renamed.unknown == "kept":
        # A value that is passed on may be null itself, so the variable decides, not the raw value.
        return _passed_on(renamed, item)
    if is_nullable(item.type):
        return OrNull(renamed.of, renamed), None
    return renamed, renamed.of if item.optional else None


def _passed_on(renamed: Renamed, item: Field) -> tuple[Value, Read | None]:
    if item.optional:
        return renamed, Read(renamed.variable, ())
    return replace(renamed, unknown="kept or null"), None


def _empty(item: Field) -> str:
    """What a joined string without any part becomes."""
    if item.optional:
        return "absent"
    return "null" if is_nullable(item.type) else "text"


def _readings(key: str) -> Iterator[str | int | float | bool]:
    """The values that a key of a table may stand for: keys of YAML mappings arrive as strings."""
    yield key
    if key in ("true", "false"):
        yield key == "true"
    try:
        yield int(key)
    except ValueError:
        return


def _holds(of: Type, value: Any) -> bool:
    """Whether a constant is a value of a type."""
    if isinstance(of, UnionOf):
        return any(_holds(member, value) for member in of.members)
    if isinstance(of, Literal):
        return of == Literal(value)
    if not isinstance(of, Primitive):
        return False
    if of.name == "any":
        return True
    # Python's bool is an int, so true would pass as a number.
    return isinstance(value, _KINDS.get(of.name, ())) and isinstance(value, bool) == (of.name == "boolean")
