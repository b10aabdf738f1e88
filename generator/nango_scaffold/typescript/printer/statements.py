"""Whole statements as text: imports, constants, returns, functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .expressions import Place, assignment, flush_parts, layout, parameters
from .layout import Doc, concat, group, hardline, if_break, indented, join, line, print_layout, softline
from .literals import doc_comment, string_literal
from .nodes import Binary, Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def import_statement(names: Sequence[str], source: str, *, types_only: bool = False) -> str:
    """``import { a, b } from 'source';``, names in the order given, broken beyond the line width."""
    return print_layout(import_clause(names, string_literal(source), types_only=types_only))


def import_clause(names: Sequence[str], quoted: str, *, types_only: bool = False) -> Doc:
    """An import whose source is written already, quotes included."""
    keyword = "import type" if types_only else "import"
    if len(names) == 1:
        specifiers: Doc = f"{{ {names[0]} }}"
    else:
        specifiers = group("{", indented(line, join(concat(",", line), names)), line, "}")
    return concat(keyword, " ", specifiers, " from ", quoted, ";")


def constant(
    name: str, value: Expression, *, type_name: str = "", exported: bool = False, keyword: str = "const"
) -> Doc:
    """``const name: type_name = value;``."""
    annotation = f": {type_name}" if type_name else ""
    declared = assignment(f"{name}{annotation}", " =", value)
    return concat("export " if exported else "", group(f"{keyword} ", declared, ";"))


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


def function(
    name: str,
    parameter_sources: Sequence[str],
    return_type: str,
    body: Iterable[Doc],
    *,
    keywords: str = "export function",
    comment: Sequence[str] = (),
) -> Doc:
    """A function declaration.

    Args:
        name: its name.
        parameter_sources: each parameter as written, such as ``user: HubspotUser``.
        return_type: the type it returns.
        body: its statements; ``""`` gives a blank line.
        keywords: what stands before the name.
        comment: lines of documentation above it.
    """
    above = [concat(text, hardline) for text in (doc_comment(comment) if comment else ())]
    head = group(group(parameters(tuple(parameter_sources))), f": {return_type}" if return_type else "")
    statements = list(body)
    block: Doc = (
        concat("{", indented(hardline, join(hardline, statements)), hardline, "}") if statements else "{}"
    )
    return concat(*above, f"{keywords} {name}", head, " ", block)


def source(doc: Doc, *, start_indent: int = 0) -> str:
    """A document as text, its lines after the first indented by at least ``start_indent`` columns."""
    return print_layout(doc, start_indent=start_indent, start_column=start_indent)
