"""Whole statements as text: imports, constants, returns, functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .expressions import assignment, flush_parts, layout
from .layout import Doc, concat, group, if_break, indented, join, line, softline
from .nodes import Binary, Expression
from .shapes import Place

if TYPE_CHECKING:
    from collections.abc import Sequence


def import_clause(names: Sequence[str], quoted: str, *, types_only: bool = False) -> Doc:
    """An import whose source is written already, quotes included."""
    keyword = "import type" if types_only else "import"
    if len(names) == 1:
        specifiers: Doc = f"{{ {names[0]} }}"
    else:
        specifiers = group("{", indented(line, join(concat(",", line), names)), line, "}")
    return concat(keyword, " ", specifiers, " from ", quoted, ";")


def constant(target: str, value: Expression, *, keyword: str = "const") -> Doc:
    """``const target = value;``; the target is a name, with its type if it has one."""
    return group(f"{keyword} ", assignment(target, " =", value), ";")


def returned(value: Expression, *, keyword: str = "return") -> Doc:
    """``return value;``, or ``throw value;``."""
    doc = layout(value, Place.RETURNED)
    if isinstance(value, Binary):
        doc = group(if_break("("), indented(softline, doc), softline, if_break(")"))
    return concat(f"{keyword} ", doc, ";")


def condition(value: Expression) -> Doc:
    """``(value)`` behind ``if``; the sides of a logical operator break together."""
    doc = flush_parts(value) if isinstance(value, Binary) else layout(value)
    return group("(", indented(softline, doc), softline, ")")


def expression_statement(value: Expression) -> Doc:
    """``value;``."""
    return concat(layout(value, Place.STATEMENT), ";")
