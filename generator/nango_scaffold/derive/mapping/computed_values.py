"""Values that are no plain reading of the response: constants, renamed values, joined texts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...models.types import Literal, Primitive, Type, UnionOf
from ...naming.reserved import is_reserved_word
from ...naming.words import camel
from ...spec.values import RECORD, Assign, Joined, OrNull, Plain, Read, Renamed
from .field_source import Constant, Join, Table
from .raw_reads import read_at
from .raw_types import is_nullable, widened, without_null

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...models.types import Field, Model, ObjectOf
    from ...spec.values import Value
    from .field_plan import Leaf

_TEXT = Primitive("string")
_KINDS: dict[str, tuple[type, ...]] = {"string": (str,), "number": (int, float), "boolean": (bool,)}


class SpecialValues:
    """Makes such values for the fields of one model, each in a variable that nothing else is called."""

    def __init__(self, model: Model, raw: ObjectOf, place_of: Callable[[str], str]) -> None:
        self._model = model
        self._raw = raw
        self._place_of = place_of
        self._names = {RECORD}

    def assign(self, leaf: Leaf, source: Constant | Table | Join) -> Assign:
        """How the field is set.

        Raises:
            AnswersError: a value that the field cannot hold, or a raw type that cannot be turned so.
        """
        if isinstance(source, Constant):
            self._check(source.value, leaf, "const")
            return Assign(leaf.field.name, Plain(source.value))
        return self._joined(leaf, source) if isinstance(source, Join) else self._renamed(leaf, source)

    def _renamed(self, leaf: Leaf, source: Table) -> Assign:
        item = leaf.field
        found = read_at(self._raw, source.path, self._model, item)
        raw = without_null(found.type)
        table = []
        for key, value in source.values:
            self._check(value, leaf, f"values.{key}")
            table.append((self._key(key, raw, leaf), Plain(value)))
        if source.known:
            self._check(source.otherwise, leaf, "otherwise")
        made = Renamed(
            self._variable(leaf),
            found.read,
            tuple(table),
            (self._model.name, *leaf.steps),
            Plain(source.otherwise) if source.known else None,
            "" if source.known else self._unknown(leaf, raw),
        )
        return Assign(item.name, *_guarded(made, item))

    def _unknown(self, leaf: Leaf, raw: Type) -> str:
        """What becomes of a value that the table lacks, where the answers do not say."""
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
        empty = "absent" if item.optional else "null" if is_nullable(item.type) else "text"
        reads = tuple(part.read for part in parts)
        return Assign(item.name, Joined(self._variable(leaf), reads, source.between, empty))

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
        """A name for a variable, unlike any other, unlike the items of lists and unlike a mapper's name."""
        wanted = camel("-".join(leaf.steps))
        candidates = (wanted, *(f"{wanted}{number}" for number in range(2, 50)))
        name = next(
            word
            for word in candidates
            if word.isidentifier() and word not in self._names and not is_reserved_word(word)
        )
        self._names.add(name)
        return name


def _guarded(made: Renamed, item: Field) -> tuple[Value, Read | None]:
    """The value of a field, and what has to be there for the field to be set."""
    variable = Read(made.variable, ())
    if made.unknown == "absent" or (made.unknown == "kept" and made.of.nullable and item.optional):
        return made, variable
    if made.unknown == "kept" and made.of.nullable:
        return replace(made, unknown="kept or null"), None
    if not made.of.nullable or made.unknown == "null":
        return made, None
    return (
        (OrNull(made.of, made), None)
        if is_nullable(item.type)
        else (made, made.of if item.optional else None)
    )


def _readings(key: str) -> Iterator[str | int | float | bool]:
    yield key
    if key in ("true", "false"):
        yield key == "true"
    try:
        yield int(key)
    except ValueError:
        return


def _holds(of: Type, value: Any) -> bool:
    """Whether a plain value is one of a type's."""
    if isinstance(of, UnionOf):
        return any(_holds(member, value) for member in of.members)
    if isinstance(of, Literal):
        return of == Literal(value)
    if not isinstance(of, Primitive):
        return False
    if of.name == "any":
        return True
    return isinstance(value, _KINDS.get(of.name, ())) and isinstance(value, bool) == (of.name == "boolean")
