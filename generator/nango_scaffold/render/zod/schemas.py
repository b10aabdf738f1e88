"""One type as a zod schema, the way ts-to-zod 3.13.0 writes it over the CLI's ``.nango/schema.ts``.

One thing differs on purpose: ``z.record(T)`` is written ``z.record(z.string(), T)``, which zod 3 and zod 4 both read.
"""

from __future__ import annotations

import re

from ...models.types import ArrayOf, Field, Literal, ObjectOf, Primitive, Ref, Type, UnionOf
from ...naming.schemas import schema_name
from ...typescript.printer.literals import is_identifier
from ...typescript.printer.nodes import (
    Call,
    Expression,
    ListLiteral,
    Member,
    Name,
    Number,
    ObjectLiteral,
    Property,
    SourceText,
    Written,
)
from ...typescript.printer.types import number_source

_UNDEFINED = Primitive("undefined")
_NULL = Literal(None)
# What the CLI writes without quotes.
_BARE_KEY = re.compile(r"[a-zA-Z0-9_]+")


def schema(type_: Type, depth: int = 0) -> Expression:
    """The zod schema of a type that stands inside ``depth`` others."""
    return _schema(type_, (), depth)


def _schema(type_: Type, suffixes: tuple[str, ...], depth: int) -> Expression:
    """The schema of a type and the calls after it, such as ``optional``."""
    if isinstance(type_, UnionOf):
        return _union(type_, suffixes, depth)
    return _with(suffixes, _single(type_, depth))


def _single(type_: Primitive | Literal | Ref | ArrayOf | ObjectOf, depth: int) -> Expression:
    if isinstance(type_, ObjectOf):
        return _object(type_, depth)
    if isinstance(type_, ArrayOf):
        return _z("array", schema(type_.item, depth + 1))
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
    source = _literal_source(value)
    if isinstance(value, str):
        return _z("literal", SourceText(source))
    return _z("literal", Name(source) if isinstance(value, bool) else Number(source))


def _literal_source(value: str | int | float | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return string_source(cooked(value)) if isinstance(value, str) else number_source(value)


def _union(type_: UnionOf, suffixes: tuple[str, ...], depth: int) -> Expression:
    members, suffixes = without_null(type_, suffixes)
    if len(members) == 1:
        return _schema(members[0], suffixes, depth)
    schemas = tuple(schema(member, depth + 1) for member in members)
    return _with(suffixes, _z("union", ListLiteral(schemas)))


def without_null(type_: UnionOf, suffixes: tuple[str, ...]) -> tuple[list[Type], tuple[str, ...]]:
    """A union's members without ``null``, which becomes a call after the schema."""
    members = [member for member in type_.members if member != _NULL]
    return members, suffixes if len(members) == len(type_.members) else (*suffixes, "nullable")


def _object(type_: ObjectOf, depth: int) -> Expression:
    properties = ObjectLiteral(tuple(_property(field, depth + 1) for field in type_.fields))
    if type_.index is None:
        return _z("object", properties)
    record = _z("record", _z("string"), schema(type_.index, depth + 1))
    return Call(Member(record, "and"), (_z("object", properties),)) if type_.fields else record


def _property(field: Field, depth: int) -> Property | Written:
    type_, suffixes = declared_type(field), ("optional",) if field.optional else ()
    key = _key(field.name)
    short = one_line(type_, suffixes)
    if short and len(key) + len(short) + 3 + _INDENT * (depth + 1) <= _WIDTH:
        return Written(f"{key}: {short}")
    return Property(field.name, _schema(type_, suffixes, depth), key=key)


# --- the short way: most fields fit on a line, and need no layout -------------------------------------------

_WIDTH = 160
_INDENT = 12  # columns that one type inside another can cost at most: its chain, its arguments and its own


def one_line(type_: Type, suffixes: tuple[str, ...] = ()) -> str | None:
    """The schema as it is laid out when it fits on its line; None for one that is broken in any case, or may be."""
    if isinstance(type_, UnionOf):
        return _union_on_one_line(type_, suffixes)
    if isinstance(type_, (Primitive, Ref)):
        text: str | None = (
            f"z.{type_.name.lower()}()" if isinstance(type_, Primitive) else schema_name(type_.model)
        )
    elif len(suffixes) > 1:
        return None
    elif isinstance(type_, Literal):
        text = _literal_on_one_line(type_.value)
    elif isinstance(type_, ArrayOf):
        item = one_line(type_.item)
        text = item and f"z.array({item})"
    else:
        text = _object_on_one_line(type_)
    return text and "".join((text, *(f".{suffix}()" for suffix in suffixes)))


def _union_on_one_line(type_: UnionOf, suffixes: tuple[str, ...]) -> str | None:
    members, suffixes = without_null(type_, suffixes)
    if len(members) == 1:
        return one_line(members[0], suffixes)
    # Of a chain of three calls prettier keeps on one line only what takes the plainest arguments.
    if len(suffixes) > 1 and not all(isinstance(member, (Primitive, Ref)) for member in members):
        return None
    schemas = [one_line(member) for member in members]
    if None in schemas:
        return None
    return f"z.union([{', '.join(filter(None, schemas))}]){''.join(f'.{suffix}()' for suffix in suffixes)}"


def _literal_on_one_line(value: str | int | float | bool | None) -> str:
    if value is None:
        return "z.null()"
    return f"z.literal({_literal_source(value)})"


def _object_on_one_line(type_: ObjectOf) -> str | None:
    if type_.fields:
        return None
    if type_.index is None:
        return "z.object({})"
    value = one_line(type_.index)
    return value and f"z.record(z.string(), {value})"


# --- optional fields ----------------------------------------------------------------------------------------


def declared_type(field: Field) -> Type:
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
