"""One type as a zod schema, the way ts-to-zod 3.13.0 writes it over the CLI's ``.nango/schema.ts``.

One thing differs on purpose: ``z.record(T)`` is written ``z.record(z.string(), T)``, which zod 3 and zod 4 both read.
"""

from __future__ import annotations

import re

from ...models.types import ArrayOf, Field, Literal, ObjectOf, Primitive, Ref, Type, UnionOf
from ...naming.schemas import schema_name
from ..typescript.nodes import (
    Call,
    Expression,
    ListLiteral,
    Member,
    Name,
    Number,
    ObjectLiteral,
    Property,
    SourceText,
)
from ..typescript.text import is_identifier
from ..typescript.types import number_source

_UNDEFINED = Primitive("undefined")
_NULL = Literal(None)
# What the CLI writes without quotes.
_BARE_KEY = re.compile(r"[a-zA-Z0-9_]+")


def schema(type_: Type) -> Expression:
    """The zod schema of a type."""
    return _schema(type_, ())


def _schema(type_: Type, suffixes: tuple[str, ...]) -> Expression:
    """The schema of a type and the calls after it, such as ``optional``."""
    if isinstance(type_, UnionOf):
        return _union(type_, suffixes)
    return _with(suffixes, _single(type_))


def _single(type_: Primitive | Literal | Ref | ArrayOf | ObjectOf) -> Expression:
    if isinstance(type_, ObjectOf):
        return _object(type_)
    if isinstance(type_, ArrayOf):
        return _z("array", schema(type_.item))
    if isinstance(type_, Ref):
        return Name(schema_name(type_.model))
    return _z(type_.name.lower()) if isinstance(type_, Primitive) else _literal(type_.value)


def _z(name: str, *arguments: Expression) -> Call:
    return Call(Member(Name("z"), name), arguments)


def _with(suffixes: tuple[str, ...], expression: Expression) -> Expression:
    for suffix in suffixes:
        expression = Call(Member(expression, suffix))
    return expression


def _literal(value: str | int | float | bool | None) -> Expression:
    if value is None:
        return _z("null")
    if isinstance(value, bool):
        return _z("literal", Name("true" if value else "false"))
    if isinstance(value, str):
        return _z("literal", SourceText(string_source(cooked(value))))
    return _z("literal", Number(number_source(value)))


def _union(type_: UnionOf, suffixes: tuple[str, ...]) -> Expression:
    """A union; ``null`` is taken out of it, and one type alone needs no union."""
    members = [member for member in type_.members if member != _NULL]
    if len(members) < len(type_.members):
        suffixes = (*suffixes, "nullable")
    if len(members) == 1:
        return _schema(members[0], suffixes)
    return _with(suffixes, _z("union", ListLiteral(tuple(map(schema, members)))))


def _object(type_: ObjectOf) -> Expression:
    properties = ObjectLiteral(tuple(map(_property, type_.fields)))
    if type_.index is None:
        return _z("object", properties)
    record = _z("record", _z("string"), schema(type_.index))
    return Call(Member(record, "and"), (_z("object", properties),)) if type_.fields else record


def _property(field: Field) -> Property:
    type_ = _declared_type(field)
    value = _schema(type_, ("optional",) if field.optional else ())
    return Property(field.name, value, key=_key(field.name))


def _declared_type(field: Field) -> Type:
    """The type as the CLI declares it: an optional field may also be undefined."""
    if not field.optional or says_undefined(field.type):
        return field.type
    members = field.type.members if isinstance(field.type, UnionOf) else (field.type,)
    return UnionOf((*members, _UNDEFINED))


def says_undefined(type_: Type) -> bool:
    """Whether the CLI's text of a type holds ``undefined`` anywhere, in which case it adds none."""
    if isinstance(type_, Primitive):
        return type_ == _UNDEFINED
    if isinstance(type_, Literal):
        return isinstance(type_.value, str) and "undefined" in type_.value
    if isinstance(type_, Ref):
        return "undefined" in type_.model
    if isinstance(type_, ArrayOf):
        return says_undefined(type_.item)
    if isinstance(type_, UnionOf):
        return any(map(says_undefined, type_.members))
    return (type_.index is not None and says_undefined(type_.index)) or any(
        field.optional or "undefined" in field.name or says_undefined(field.type) for field in type_.fields
    )


# --- names and strings --------------------------------------------------------------------------------------


def _key(name: str) -> str:
    """A key as it comes out of TypeScript's printer and prettier."""
    if _BARE_KEY.fullmatch(name):
        return name
    text = cooked(name)
    return text if is_identifier(text) and text == name else string_source(text)


_ESCAPE = re.compile(r"\\(u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


def cooked(source: str) -> str:
    """What TypeScript reads between quotes; the CLI writes values there as they are."""
    return _ESCAPE.sub(_unescaped, source) if "\\" in source else source


def _unescaped(found: re.Match[str]) -> str:
    code = found[2] or found[3] or found[4]
    return chr(int(code, 16)) if code else _ESCAPED.get(found[5], found[5])


_SHORT = {
    "\t": "\\t",
    "\v": "\\v",
    "\f": "\\f",
    "\b": "\\b",
    "\r": "\\r",
    "\n": "\\n",
    "\\": "\\\\",
    "\0": "\\0",
}


def string_source(text: str) -> str:
    """A string as TypeScript's printer and then prettier write it: ASCII only, with the fewest escaped quotes."""
    quote = '"' if text.count("'") > text.count('"') else "'"
    return quote + "".join("\\" + char if char == quote else _character(char) for char in text) + quote


def _character(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    if " " <= char <= "\x7f":
        return char
    units = char.encode("utf-16-be", "surrogatepass").hex().upper()
    return "".join(f"\\u{units[at:at + 4]}" for at in range(0, len(units), 4))
