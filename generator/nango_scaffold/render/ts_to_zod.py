"""What ts-to-zod 3.13.0 and the CLI's .nango/schema.ts make of optional fields, names and strings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..models.types import ArrayOf, Field, Literal, Primitive, Ref, Type, UnionOf
from ..typescript.printer.literals import SHORT_ESCAPES, is_identifier, number_source

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNDEFINED = Primitive("undefined")
_NULL = Literal(None)
# What the CLI writes without quotes, though TypeScript would take more.
_BARE_KEY = re.compile(r"[a-zA-Z0-9_]+")


def without_null(union: UnionOf) -> tuple[Type, ...]:
    """A union's members without ``null``, which becomes a call after the schema."""
    return tuple(member for member in union.members if member != _NULL)


def is_nullable(union: UnionOf) -> bool:
    """Whether ``null`` is a member of a union."""
    return _NULL in union.members


def are_words(types: Iterable[Type]) -> bool:
    """Whether the schemas of all of them are the plainest arguments that prettier knows: ``z.string()``, ``userSchema``."""
    return all(isinstance(member, (Primitive, Ref)) for member in types)


def is_declared_with_undefined(field: Field) -> bool:
    """Whether the CLI adds ``undefined`` to the type of a field: to that of an optional one that does not have it."""
    return field.optional and not says_undefined(field.type)


def declared_type(field: Field) -> Type:
    """The type as the CLI declares it: an optional field may also be undefined."""
    if not is_declared_with_undefined(field):
        return field.type
    members = field.type.members if isinstance(field.type, UnionOf) else (field.type,)
    return UnionOf((*members, _UNDEFINED))


def says_undefined(type_: Type) -> bool:
    """Whether the CLI's text of a type holds ``undefined`` anywhere, in which case it adds none."""
    if isinstance(type_, Primitive):
        return type_ == _UNDEFINED
    # The CLI searches the text of the type, so that a word or a model's name counts as well.
    if isinstance(type_, Literal):
        return isinstance(type_.value, str) and "undefined" in type_.value
    if isinstance(type_, Ref):
        return "undefined" in type_.model
    if isinstance(type_, ArrayOf):
        return says_undefined(type_.item)
    if isinstance(type_, UnionOf):
        return any(map(says_undefined, type_.members))
    index = [] if type_.index is None else [type_.index]
    return any(map(says_undefined, index)) or any(map(_field_says_undefined, type_.fields))


def _field_says_undefined(field: Field) -> bool:
    return field.optional or "undefined" in field.name or says_undefined(field.type)


def key(name: str) -> str:
    """A key as it comes out of TypeScript's printer and prettier."""
    if _BARE_KEY.fullmatch(name):
        return name
    # The CLI writes a backslash of the name as it is, and TypeScript reads an escape in it: such a key keeps its quotes.
    text = cooked(name)
    return text if is_identifier(text) and text == name else string_source(text)


def literal(value: str | int | float | bool) -> str:
    """A value as the argument of ``z.literal``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return string_source(cooked(value)) if isinstance(value, str) else number_source(value)


_ESCAPE = r"\\(u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))"
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


def cooked(source: str) -> str:
    """What TypeScript reads between quotes; the CLI writes values there as they are."""
    return re.sub(_ESCAPE, _unescaped, source, flags=re.DOTALL) if "\\" in source else source


def _unescaped(match: re.Match[str]) -> str:
    code = match[2] or match[3] or match[4]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[5], match[5])


_SHORT = {**SHORT_ESCAPES, "\0": "\\0"}


def string_source(text: str) -> str:
    """A string as TypeScript's printer and then prettier write it: ASCII only, with the fewest escaped quotes."""
    quote = '"' if text.count("'") > text.count('"') else "'"
    return quote + "".join("\\" + char if char == quote else _character(char) for char in text) + quote


def _character(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    if " " <= char <= "\x7f":
        return char
    # TypeScript's printer writes the two halves of an emoji apart, and a lone half may come of an escape in nango.yaml.
    units = char.encode("utf-16-be", "surrogatepass").hex().upper()
    return "".join(f"\\u{units[at:at + 4]}" for at in range(0, len(units), 4))
