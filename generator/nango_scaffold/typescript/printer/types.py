"""Model types as TypeScript: inline types, interfaces and aliases, laid out as prettier would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...models.types import ArrayOf, Field, Literal, ObjectOf, Primitive, Ref, Type, UnionOf
from .layout import (
    Doc,
    aligned,
    concat,
    group,
    hardline,
    if_break,
    indented,
    join,
    line,
    print_layout,
    softline,
)
from .literals import doc_comment, property_key, string_literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_NOTHING = (Literal(None), Primitive("void"))


def type_doc(type_: Type) -> Doc:
    """The document of an inline type; objects have one field a line."""
    type_ = _unwrapped(type_)
    if isinstance(type_, ArrayOf):
        return concat(_operand(type_.item), "[]")
    if isinstance(type_, ObjectOf):
        return _object(type_)
    return group(_union(type_.members)) if isinstance(type_, UnionOf) else _word(type_)


def _unwrapped(type_: Type) -> Type:
    """The only member of a union of one."""
    while isinstance(type_, UnionOf) and len(type_.members) == 1:
        type_ = type_.members[0]
    return type_


def type_source(type_: Type, *, start_indent: int = 0, start_column: int = 0) -> str:
    """An inline type as text, for a place at ``start_column`` of a line indented by ``start_indent`` columns."""
    return print_layout(type_doc(type_), start_indent=start_indent, start_column=start_column)


def _word(type_: Primitive | Literal | Ref) -> str:
    if isinstance(type_, Primitive):
        return type_.name
    return type_.model if isinstance(type_, Ref) else literal_source(type_.value)


def literal_source(value: str | int | float | bool | None) -> str:
    """A literal value as source: ``'open'``, ``3``, ``true`` or ``null``."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return string_literal(value) if isinstance(value, str) else number_source(value)


def number_source(value: int | float) -> str:
    """A number as JavaScript writes it, and prettier leaves it: ``1000``, ``0.00001``, ``1e21``, ``1e-7``."""
    mantissa, _, exponent = repr(float(value)).partition("e")
    if not exponent:
        return "0" if value == 0 else mantissa.removesuffix(".0")
    power = int(exponent)
    sign, digits = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
    whole, _, fraction = digits.removesuffix(".0").partition(".")
    if 0 < power < 21:
        return f"{sign}{whole}{fraction}{'0' * (power - len(fraction))}"
    if -7 < power < 0:
        return f"{sign}0.{'0' * (-power - 1)}{whole}{fraction}"
    return f"{mantissa.removesuffix('.0')}e{power}"


def _operand(type_: Type) -> Doc:
    """The type as part of another: a union in parentheses."""
    type_ = _unwrapped(type_)
    if not isinstance(type_, UnionOf):
        return type_doc(type_)
    end: Doc = "" if _is_object_or_nothing(type_.members) else softline
    return concat("(", group(_union(type_.members), end), ")")


def _union(members: Sequence[Type], *, as_argument: bool = False) -> Doc:
    """``A | B``; broken, each member has its own line, deeper than the rest unless it is a type argument."""
    docs = [_operand(member) for member in members]
    if _is_object_or_nothing(members):
        return join(" | ", docs)
    bar = concat(line, "| ")
    parts = join(bar, [aligned(2, doc) for doc in docs])
    return concat(if_break("| "), parts) if as_argument else indented(if_break(bar), parts)


def _is_object_or_nothing(members: Sequence[Type]) -> bool:
    """One object or named type, and besides it only null: they stay on one line with the bars."""
    others = [member for member in map(_unwrapped, members) if member not in _NOTHING]
    return len(others) == 1 and (isinstance(others[0], (ObjectOf, Ref)) or others[0] == Primitive("Date"))


def _is_record(type_: ObjectOf) -> bool:
    return type_.index is not None and not type_.fields


def _object(type_: ObjectOf) -> Doc:
    if _is_record(type_):
        return _record(type_.index)
    return _body(type_, {})


def _record(index: Type | None) -> Doc:
    assert index is not None
    value = _unwrapped(index)
    doc = group(_union(value.members, as_argument=True)) if isinstance(value, UnionOf) else type_doc(value)
    return group("Record<", indented(softline, "string", ",", line, doc), softline, ">")


def _body(type_: ObjectOf, comments: Mapping[str, Sequence[str]]) -> Doc:
    """``{ ... }``, always on several lines; an index signature comes first."""
    members: list[Doc] = []
    if type_.index is not None:
        members.append(concat("[key: string]: ", type_doc(type_.index), ";"))
    members += [_field(field, comments.get(field.name, ())) for field in type_.fields]
    if not members:
        return "{}"
    return group("{", indented(hardline, join(hardline, members)), hardline, "}")


def _field(field: Field, comment: Sequence[str]) -> Doc:
    mark = "?" if field.optional else ""
    lines = [concat(text, hardline) for text in (doc_comment(comment) if comment else ())]
    return concat(*lines, group(property_key(field.name), mark, ": ", type_doc(field.type)), ";")


def interface(
    name: str,
    fields: Iterable[Field],
    *,
    index: Type | None = None,
    comments: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """An exported interface as text, without a newline at the end.

    An interface of no named field is written as a ``Record`` alias, which Nango's lint configuration asks for
    (no-empty-interface, consistent-indexed-object-style).

    Args:
        name: the name of the type.
        fields: its fields, in order; ``optional`` gives the ``?`` and nothing else.
        index: the type of any other string key, when there may be any.
        comments: lines of documentation, by field name.
    """
    shape = ObjectOf(tuple(fields), index)
    if not shape.fields:
        return type_alias(name, ObjectOf((), index or Primitive("unknown")))
    return print_layout(concat(f"export interface {name} ", _body(shape, comments or {})))


def type_alias(name: str, type_: Type) -> str:
    """An exported ``type name = ...;`` as text, without a newline at the end."""
    left = f"export type {name} ="
    doc = type_doc(type_)
    if isinstance(type_, Literal) and isinstance(type_.value, str):
        return print_layout(concat(group(left, group(indented(line, doc))), ";"))
    return print_layout(concat(left, " ", doc, ";"))
