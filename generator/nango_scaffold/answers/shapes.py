"""Shapes of data: what an answer may look like, said once, used to check it and to describe it.

A shape finds the problems of a value and gives its JSON Schema. The answers format (``format.py``) is a tree of
shapes, so the checker, the schema that editors use and the reference in the docs cannot drift apart.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the answers: where (``syncs[0].runs``), what, and what is accepted."""

    where: str
    what: str
    fix: str


class Shape(Protocol):
    """What a value may look like."""

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """Give each problem of ``value``, which stands at the path ``where``."""
        ...

    def schema(self) -> dict[str, Any]:
        """Give the JSON Schema (draft 2020-12) of the shape."""
        ...


def shown(value: Any) -> str:
    """A value for a message: as a person would write it, and never longer than a line."""
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 70 else f"{text[:67]}..."


@dataclass(frozen=True)
class Text:
    """A text; ``pattern`` is a full match, ``hint`` says the pattern in words."""

    pattern: str = ""
    hint: str = "a text"
    empty: bool = False

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        if not isinstance(value, str):
            yield Problem(where, f"{shown(value)} is not a text", f"accepted: {self.hint}")
        elif not value.strip() and not self.empty:
            yield Problem(where, "the text is empty", f"accepted: {self.hint}")
        elif self.pattern and not re.fullmatch(self.pattern, value):
            yield Problem(where, f"{shown(value)} cannot be used", f"accepted: {self.hint}")
        elif any("\ud800" <= character <= "\udfff" for character in value):
            yield Problem(
                where, "the text holds half a character (a lone surrogate)", "accepted: Unicode text"
            )

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"type": "string"} | ({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {})


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        if value not in self.options:
            yield Problem(
                where, f"{shown(value)} is not one of the choices", f"accepted: {', '.join(self.options)}"
            )

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"enum": list(self.options)}


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        if not isinstance(value, bool):
            yield Problem(where, f"{shown(value)} is neither true nor false", "accepted: true, false")

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"type": "boolean"}


@dataclass(frozen=True)
class Number:
    """A number within bounds; whole unless ``fraction``."""

    lowest: float
    highest: float
    fraction: bool = False

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        kinds = (int, float) if self.fraction else (int,)
        if (
            isinstance(value, bool)
            or not isinstance(value, kinds)
            or not self.lowest <= value <= self.highest
        ):
            kind = "a number" if self.fraction else "a whole number"
            yield Problem(
                where,
                f"{shown(value)} cannot be used",
                f"accepted: {kind} from {self.lowest:g} to {self.highest:g}",
            )

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {
            "type": "number" if self.fraction else "integer",
            "minimum": self.lowest,
            "maximum": self.highest,
        }


@dataclass(frozen=True)
class Scalar:
    """A text, a number, true or false: what a query parameter can hold."""

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        if not isinstance(value, (str, int, float, bool)):
            yield Problem(
                where, f"{shown(value)} is not a single value", "accepted: a text, a number, true or false"
            )

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"type": ["string", "number", "boolean"]}


@dataclass(frozen=True)
class Anything:
    """Any data; ``hint`` says what is meant, and another room checks it."""

    json: Mapping[str, Any] = field(default_factory=dict)

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        return iter(())

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return dict(self.json)


@dataclass(frozen=True)
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
        for index, item in enumerate(value):
            yield from self.item.problems(item, f"{where}[{index}]")
            if self.unique and item in value[:index]:
                yield Problem(
                    f"{where}[{index}]", f"{shown(item)} stands in the list twice", "accepted: each once"
                )

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"type": "array", "items": self.item.schema()} | ({"uniqueItems": True} if self.unique else {})


@dataclass(frozen=True)
class MapOf:
    """A mapping from any text to one shape."""

    item: Shape
    hint: str = "a mapping"

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        if not isinstance(value, Mapping):
            yield Problem(where, f"{shown(value)} is not a mapping", f"accepted: {self.hint}")
            return
        for key, item in value.items():
            if not isinstance(key, str):
                yield Problem(
                    where,
                    f"the key {shown(key)} is not a text",
                    f"accepted: {self.hint}; put the key in quotes",
                )
            else:
                yield from self.item.problems(item, f"{where}.{key}")

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"type": "object", "additionalProperties": self.item.schema()}


@dataclass(frozen=True)
class OneOf:
    """The first of several shapes that fits; the problems of the last are told when none does."""

    shapes: tuple[Shape, ...]

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        found: list[Problem] = []
        for shape in self.shapes:
            found = list(shape.problems(value, where))
            if not found:
                return
        yield from found

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"anyOf": [shape.schema() for shape in self.shapes]}


@dataclass(frozen=True)
class Key:
    """One key of a ``Record``: its shape, and one line of help."""

    shape: Shape
    help: str
    required: bool = False


@dataclass(frozen=True)
class Record:
    """A mapping with known keys only."""

    keys: Mapping[str, Key]
    title: str

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        if not isinstance(value, Mapping):
            yield Problem(
                where or "answers", f"{shown(value)} is not a mapping", f"accepted: {self._accepted()}"
            )
            return
        prefix = f"{where}." if where else ""
        for key, item in value.items():
            if key not in self.keys:
                yield Problem(f"{prefix}{key}", "there is no such answer", self._suggest(str(key)))
            elif item is not None or self.keys[key].required:
                yield from self.keys[key].shape.problems(item, f"{prefix}{key}")
        for key, known in self.keys.items():
            if known.required and key not in value:
                yield Problem(f"{prefix}{key}", "the answer is missing", f"it is {known.help}")

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        required = [key for key, known in self.keys.items() if known.required]
        properties = {
            key: known.shape.schema() | {"description": known.help} for key, known in self.keys.items()
        }
        return {
            "type": "object",
            "title": self.title,
            "properties": properties,
            "additionalProperties": False,
        } | ({"required": required} if required else {})

    def _accepted(self) -> str:
        return ", ".join(self.keys)

    def _suggest(self, key: str) -> str:
        near = difflib.get_close_matches(key, self.keys, n=1)
        return f"did you mean {near[0]}?" if near else f"accepted: {self._accepted()}"
