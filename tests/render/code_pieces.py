"""Pieces of code as the printer's nodes and documents, for tests of their layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nango_scaffold.typescript.printer.expressions import parameters
from nango_scaffold.typescript.printer.layout import (
    Doc,
    concat,
    group,
    hardline,
    indented,
    join,
    print_layout,
)
from nango_scaffold.typescript.printer.literals import is_identifier, string_literal, template_text
from nango_scaffold.typescript.printer.nodes import (
    Expression,
    Index,
    Member,
    Name,
    SourceText,
    Template,
    TemplateCharacters,
)
from nango_scaffold.typescript.printer.statements import import_clause

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def text(value: str) -> SourceText:
    """A string literal of a text."""
    return SourceText(string_literal(value))


def template(*parts: str | Expression) -> Template:
    """A template literal of texts and expressions."""
    return Template(
        tuple(TemplateCharacters(template_text(part)) if isinstance(part, str) else part for part in parts)
    )


def path(root: str, *names: str) -> Expression:
    """``root.a.b`` from its names; a name that is no identifier becomes ``['...']``."""
    expression: Expression = Name(root)
    for name in names:
        expression = Member(expression, name) if is_identifier(name) else Index(expression, text(name))
    return expression


def import_statement(names: Sequence[str], source: str, *, types_only: bool = False) -> str:
    """``import { a, b } from 'source';``, names in the order given, broken beyond the line width."""
    return print_layout(import_clause(names, string_literal(source), types_only=types_only))


def function(name: str, parameter_sources: Sequence[str], return_type: str, body: Iterable[Doc]) -> Doc:
    """An exported function with a block of statements."""
    head = group(group(parameters(tuple(parameter_sources))), f": {return_type}")
    block = concat("{", indented(hardline, join(hardline, body)), hardline, "}")
    return concat(f"export function {name}", head, " ", block)
