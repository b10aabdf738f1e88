"""Shapes of data: the form of an answer, defined once, used to check it and to describe it.

A shape finds the problems of a value and gives its JSON Schema. The answers format (``format.py``) is a tree of
shapes, so the checker, the schema that editors use and the reference in the docs cannot drift apart.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Any, Protocol

from ..errors import Problem, accepted_text
from ..frozen import frozen
from ..yaml12.scalars import has_lone_surrogate


class Shape(Protocol):
    """The form of a value."""

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """Yield each problem of ``value``, the answer at ``where``."""
        ...

    def schema(self) -> dict[str, Any]:
        """The JSON Schema (draft 2020-12) of the shape."""
        ...


_REPR = reprlib.Repr()
_REPR.maxlevel, _REPR.maxstring, _REPR.maxother, _REPR.maxlong = 3, 60, 60, 60

MOST_ITEMS = 1_000
"""Of one list, or of one mapping."""


def shown(value: Any) -> str:
    """A value for a message: as a person would write it, printable, and never longer than a line."""
    text = "nothing" if value is None else _REPR.repr(value)
    return text if len(text) <= 70 else f"{text[:67]}..."


def _too_many(value: Any, where: str) -> Problem:
    return Problem(
        where or "answers", f"{len(value):,} stand here together", f"accepted: at most {MOST_ITEMS:,}"
    )


def below(where: str, key: Any) -> str:
    """The place of a key, printable whatever the key holds: ``syncs[0].request``."""
    name = key if isinstance(key, str) else shown(key)
    text = name[:100]  # before it is made printable, which takes its time for a key of megabytes
    if not text.isprintable():
        text = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
    name = text if len(text) <= 60 else f"{text[:57]}..."
    return f"{where}.{name}" if where else name


def text_problem(value: Any, longest: int) -> str:
    """Why a value is no usable string; an empty string when it is one."""
    if not isinstance(value, str):
        return f"{shown(value)} is not a string"
    if len(value) > longest:
        return f"the text has {len(value)} characters"
    if has_lone_surrogate(value):
        return "the text holds half a character (a lone surrogate)"
    return ""


def one_of(where: str, what: str, accepted: Iterable[str], *, fix: str = "", on_key: bool = False) -> Problem:
    """A problem where one of several values is accepted; ``fix`` is by default to take one of them."""
    values = tuple(accepted)
    return Problem(where, what, fix or accepted_text(values), on_key=on_key, accepted=values)


@frozen
class Text:
    """A string.

    Attributes:
        pattern: matches all of it.
        hint: the pattern in words.
        empty: whether the empty string is accepted.
        blank: whether a string of blanks is accepted.
        longest: the most characters.
        also: a further check, which returns a problem or an empty string.
    """

    pattern: str = r"[^\x00-\x1f\x7f]*"
    hint: str = "a line of text"
    empty: bool = False
    blank: bool = False
    longest: int = 1000
    also: Callable[[str], str] | None = None

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        why = text_problem(value, self.longest) or self._why(value)
        if why:
            limit = f", at most {self.longest} characters" if "characters" in why else ""
            yield Problem(where, why, f"accepted: {self.hint}{limit}")

    def _why(self, value: str) -> str:
        if not value:
            return "" if self.empty else "the text is empty"
        if not value.strip() and not self.blank:
            return "the text is empty"
        if not re.fullmatch(self.pattern, value):
            return f"{shown(value)} cannot be used"
        more = self.also(value) if self.also else ""
        return f"{shown(value)} cannot be used: {more}" if more else ""

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        schema: dict[str, Any] = {
            "type": "string",
            "maxLength": self.longest,
            "pattern": f"^(?:{self.pattern})$",
        }
        if not self.empty:
            schema["minLength"] = 1
        return schema


@frozen
class Choice:
    """One of a few words."""

    options: tuple[str, ...]

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        if value not in self.options:
            yield one_of(where, f"{shown(value)} is not one of the choices", self.options)

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"enum": list(self.options)}


@frozen
class Flag:
    """True or false."""

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        if not isinstance(value, bool):
            yield one_of(where, f"{shown(value)} is neither true nor false", ("true", "false"))

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"type": "boolean"}


@frozen
class Number:
    """A number within bounds; whole unless ``fraction``."""

    lowest: float
    highest: float
    fraction: bool = False

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        kinds = (int, float) if self.fraction else (int,)
        is_number = isinstance(value, kinds) and not isinstance(value, bool)
        if not is_number or not self.lowest <= value <= self.highest:
            yield Problem(where, f"{shown(value)} cannot be used", f"accepted: {self._accepted()}")

    def _accepted(self) -> str:
        lowest, highest = _number(self.lowest), _number(self.highest)
        if lowest == highest:
            return lowest
        kind = "a number" if self.fraction else "a whole number"
        return f"{kind} from {lowest} to {highest}"

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {
            "type": "number" if self.fraction else "integer",
            "minimum": self.lowest,
            "maximum": self.highest,
        }


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


@frozen
class Scalar:
    """A string, a number, true or false: the values of a query parameter."""

    longest: int = 10_000

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        why = self._why(value)
        if why:
            yield Problem(where, why, "accepted: a string, a number, true or false")

    def _why(self, value: Any) -> str:
        if isinstance(value, str):
            control = re.search(r"[\x00-\x08\x0b-\x1f\x7f]", value)
            problem = f"{shown(value)} holds control characters" if control else ""
            return text_problem(value, self.longest) or problem
        if not isinstance(value, (int, float, bool)):
            return f"{shown(value)} is not a single value"
        # A number that JavaScript cannot hold exactly would be sent as another one.
        is_exact = -(2**53) <= value <= 2**53
        return "" if is_exact else f"{shown(value)} is not a number that JavaScript can hold; quote it"

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"type": ["string", "number", "boolean"]}


@frozen
class Anything:
    """Any data; another room checks it."""

    json: Mapping[str, Any] = field(default_factory=dict)

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        return iter(())

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return dict(self.json)


@frozen
class ListOf:
    """A list of one shape."""

    item: Shape
    hint: str = "a list"
    unique: bool = False

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        if not isinstance(value, (list, tuple)):
            yield Problem(where, f"{shown(value)} is not a list", f"accepted: {self.hint}")
            return
        if len(value) > MOST_ITEMS:
            yield _too_many(value, where)
            return
        seen: set[str] = set()
        for index, item in enumerate(value):
            place = f"{where}[{index}]"
            yield from self.item.problems(item, place)
            if not self.unique or not isinstance(item, str):
                continue
            if item in seen:
                yield Problem(place, f"{shown(item)} is in the list twice", "accepted: each once")
            seen.add(item)

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        schema: dict[str, Any] = {"type": "array", "items": self.item.schema()}
        if self.unique:
            schema["uniqueItems"] = True
        return schema


@frozen
class MapOf:
    """A mapping from names to one shape; ``key`` is the shape of a name."""

    item: Shape
    hint: str = "a mapping"
    key: Shape = Text()

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        if not isinstance(value, Mapping):
            yield Problem(where, f"{shown(value)} is not a mapping", f"accepted: {self.hint}")
            return
        if len(value) > MOST_ITEMS:
            yield _too_many(value, where)
            return
        for key, item in value.items():
            if not isinstance(key, str):
                yield Problem(
                    where,
                    f"the key {shown(key)} is not a string",
                    f"accepted: {self.hint}; put the key in quotes",
                )
            else:
                place = below(where, key)
                yield from (replace(problem, on_key=True) for problem in self.key.problems(key, place))
                yield from self.item.problems(item, place)

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"type": "object", "additionalProperties": self.item.schema()}


@frozen
class OneOf:
    """The first of several shapes that fits; when none does, the problems are those of a mapping's record, else of the last."""

    shapes: tuple[Shape, ...]

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        by_shape = [list(shape.problems(value, where)) for shape in self.shapes]
        if not all(by_shape):
            return
        # Of a mapping, a record says which key is wrong; any other shape only that it is a mapping.
        records = [isinstance(value, dict) and isinstance(shape, Record) for shape in self.shapes]
        yield from by_shape[records.index(True) if any(records) else -1]

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"anyOf": [shape.schema() for shape in self.shapes]}


@frozen
class Key:
    """One key of a ``Record``: its shape, and one line of help.

    Attributes:
        required: whether it has to be set,
        unless: where none of the keys of these names is.
    """

    shape: Shape
    help: str
    required: bool = False
    unless: tuple[str, ...] = ()


@frozen
class Record:
    """A mapping with known keys only."""

    keys: Mapping[str, Key]
    title: str

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        if not isinstance(value, Mapping):
            yield Problem(
                where or "answers",
                f"{shown(value)} is not a mapping",
                f"accepted: a mapping of {', '.join(self.keys)}",
            )
            return
        if len(value) > MOST_ITEMS:
            yield _too_many(value, where)
            return
        yield from self._key_problems(value, where)
        for key, known in self.keys.items():
            if known.required and key not in value and value.keys().isdisjoint(known.unless):
                yield Problem(below(where, key), "the answer is missing", f"it is {known.help}")

    def _key_problems(self, value: Mapping[Any, Any], where: str) -> Iterator[Problem]:
        for key, item in value.items():
            if key not in self.keys:
                yield one_of(
                    below(where, key),
                    "there is no such answer",
                    self.keys,
                    fix=self._suggest(str(key)[:100]),
                    on_key=True,
                )
            elif item is not None or self.keys[key].required:  # a key with nothing behind it is unset
                yield from self.keys[key].shape.problems(item, below(where, key))

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        required = [key for key, known in self.keys.items() if known.required and not known.unless]
        either = self._alternatives()
        properties = {
            key: known.shape.schema() | {"description": known.help} for key, known in self.keys.items()
        }
        return {
            "type": "object",
            "title": self.title,
            "properties": properties,
            "additionalProperties": False,
            **({"required": required} if required else {}),
            **({"allOf": either} if either else {}),
        }

    def _alternatives(self) -> list[dict[str, Any]]:
        """Of each key that may be left out beside others: that it is set, or one of them."""
        keys = ((key, known.unless) for key, known in self.keys.items() if known.required and known.unless)
        return [{"anyOf": [{"required": [name]} for name in (key, *unless)]} for key, unless in keys]

    def _suggest(self, key: str) -> str:
        from ..naming.suggest import nearest

        near = nearest(key, self.keys, 1, abbreviated=False)
        return f"did you mean {near[0]}?" if near else ""
