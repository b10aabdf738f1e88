"""A statement written on one line is laid out as prettier does, and no other text is touched."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.typescript.printer.fit import PRINT_WIDTH, fit_lines
from nango_scaffold.typescript.printer.layout import Doc, print_layout
from nango_scaffold.typescript.printer.nodes import (
    Await,
    Binary,
    Call,
    Expression,
    Member,
    Name,
    ObjectLiteral,
    Property,
)
from nango_scaffold.typescript.printer.statements import constant, expression_statement, returned

from .code_pieces import import_statement, text
from .expressions import expressions
from .node_tools import Node

if TYPE_CHECKING:
    from collections.abc import Callable

ONE_LINE = 1_000_000
LONG = "a" * 70
WIDE = f"{'b' * 90}({LONG}, {LONG})"


def in_function(statement: str) -> str:
    """A statement of two levels of depth, among others that are not to be touched."""
    return f"async function f(): Promise<void> {{\n    {{\n        first( );\n        {statement}\n        last( );\n    }}\n}}\n"


def both_ways(doc: Doc) -> tuple[str, str]:
    """A statement on one line and then fitted, and the same laid out at once."""
    flat, indent = print_layout(doc, width=ONE_LINE, start_indent=8), 8
    laid_out = print_layout(doc, start_indent=indent, start_column=indent)
    return fit_lines(in_function(flat)), in_function(laid_out)


STATEMENTS: dict[str, Callable[[Expression], Doc]] = {
    "constant": lambda value: constant("found", value),
    "typed constant": lambda value: constant("found: Record<string, unknown>", value),
    "variable": lambda value: constant("found", value, keyword="let"),
    "return": returned,
    "throw": lambda value: returned(value, keyword="throw"),
    "awaited call": lambda value: expression_statement(
        Await(Call(Member(Name("nango"), "log"), (value, text("a"))))
    ),
    "call": lambda value: expression_statement(Call(Name("requireList"), (Name("nango"), value))),
}


WIDE_LINES = [
    (
        f"import type {{ {LONG}, {LONG}, {LONG} }} from './x';",
        f"import type {{\n    {LONG},\n    {LONG},\n    {LONG}\n}} from './x';",
    ),
    (f"import {{ {LONG * 3} }} from './x';", f"import {{ {LONG * 3} }} from './x';"),
    (
        f"export default async function f({LONG}: A, {LONG}: {{ b: string }}): Promise<void> {{\n    g( );\n}}",
        f"export default async function f(\n    {LONG}: A,\n    {LONG}: {{ b: string }}\n): Promise<void> {{\n    g( );\n}}",
    ),
    (
        f"if (a.{LONG} && b.{LONG} && (c.{LONG} || d)) {{\n    g( );\n}}",
        f"if (\n    a.{LONG} &&\n    b.{LONG} &&\n    (c.{LONG} || d)\n) {{\n    g( );\n}}",
    ),
    (
        f"for await (const page of {WIDE}) {{\n    g( );\n}}",
        f"for await (const page of {'b' * 90}(\n    {LONG},\n    {LONG}\n)) {{\n    g( );\n}}",
    ),
    (
        f"const a = await {'b' * 90}.get<A>({LONG}, {LONG});",
        f"const a = await {'b' * 90}.get<A>(\n    {LONG},\n    {LONG}\n);",
    ),
    (
        f"const a = (await {'b' * 90}.get<A>({LONG}, {LONG})) ?? {{}};",
        f"const a =\n    (await {'b' * 90}.get<A>(\n        {LONG},\n        {LONG}\n    )) ?? {{}};",
    ),
    (
        f"return !{'b' * 90}.get<A>({LONG}, {LONG}).a;",
        f"return !{'b' * 90}.get<A>(\n    {LONG},\n    {LONG}\n).a;",
    ),
    (f"{LONG}.{LONG} += {LONG};", f"{LONG}.{LONG} +=\n    {LONG};"),
    (f"{LONG}.{LONG} = {LONG};", f"{LONG}.{LONG} =\n    {LONG};"),
    (f"export const a = {WIDE};", f"export const a = {'b' * 90}(\n    {LONG},\n    {LONG}\n);"),
]


@given(st.sampled_from(sorted(STATEMENTS)), expressions)
def test_a_statement_of_any_expression_is_laid_out_as_the_printer_does(kind: str, value: Expression) -> None:
    fitted, expected = both_ways(STATEMENTS[kind](value))

    assert fitted == expected


@pytest.mark.parametrize(("wide", "fitted"), WIDE_LINES)
def test_a_wide_line_of_each_kind_is_broken_where_prettier_breaks_it(wide: str, fitted: str) -> None:
    assert fit_lines(f"first( );\n{wide}\nlast( );\n") == f"first( );\n{fitted}\nlast( );\n"


@pytest.mark.toolchain
@pytest.mark.parametrize(("wide", "fitted"), WIDE_LINES)
def test_prettier_leaves_what_was_laid_out(prettier: Node, wide: str, fitted: str) -> None:
    fitted = fitted.replace("g( )", "g()")

    assert prettier.format(wide) == f"{fitted}\n"
    assert prettier.format(fitted) == f"{fitted}\n"


def test_comments_above_properties_stay_and_an_object_stays_open_or_on_its_line() -> None:
    text = f"const a = {{\n    // https://docs\n    endpoint: `/x/${{y}}`,\n    params: {{ b: 1 }},\n    c: {WIDE}\n}};\n"

    assert fit_lines(text) == text.replace(WIDE, f"{'b' * 90}(\n        {LONG},\n        {LONG}\n    )")


@pytest.mark.parametrize(
    "line",
    [
        f"// {WIDE}{WIDE}",
        f"/** {WIDE}{WIDE} */",
        f"f({LONG}, /* why */ {LONG}{LONG});",
        f"const f = async (a: {LONG}): Promise<{LONG}> => {{\n    return {LONG.upper()};\n}};",
        f"type A = {LONG} & {LONG}{LONG};",
        "",
    ],
)
def test_what_the_printer_does_not_know_stays_as_it_is(line: str) -> None:
    assert fit_lines(f"{line}\nf( );\n") == f"{line}\nf( );\n"


def test_a_comma_behind_the_last_property_goes_and_so_do_the_lines_of_an_empty_object() -> None:
    text = "a({\n    b: {\n    },\n    // c,\n    d: [\n        1,\n    ],\n});\n// e,\n}\n"

    assert fit_lines(text) == "a({\n    b: {},\n    // c,\n    d: [\n        1\n    ]\n});\n// e,\n}\n"


def test_a_line_that_a_template_put_nothing_into_goes_and_an_empty_line_stays() -> None:
    assert fit_lines("a({\n    \n    b\n\n});\n") == "a({\n    b\n\n});\n"


@pytest.mark.parametrize("piece", [" ? ", "=>", "| ", "<a, ", ",", "{ ", "\u6f22", "}"])
def test_a_long_text_takes_no_longer_than_its_length(piece: str) -> None:
    line = f"a('{piece * (400_000 // len(piece))}', {{\n    b\n}});\n"

    assert fit_lines(line).startswith("a(")


def test_strings_keep_their_escapes() -> None:
    text = rf"f('it\'s \u200b', `\`\${{a}} ${{'\n'}}`, {WIDE});" + "\n"

    assert r"'it\'s \u200b'," in fit_lines(text)
    assert r"`\`\${a} ${'\n'}`," in fit_lines(text)


def test_wide_characters_count_twice() -> None:
    text = f"const a = f('{'漢' * 60}', {'b' * 40});\n"

    assert len(text) < PRINT_WIDTH
    assert fit_lines(text) == f"const a = f(\n    '{'漢' * 60}',\n    {'b' * 40}\n);\n"


def test_a_second_time_changes_nothing() -> None:
    wide = Call(
        Name("f"), (Binary(Name(LONG), "&&", Name(LONG)), ObjectLiteral((Property("a", Name(LONG)),)))
    )
    fitted = fit_lines(print_layout(constant("a", wide), width=ONE_LINE))

    assert fit_lines(fitted) == fitted


def test_text_that_fits_needs_no_parser() -> None:
    program = (
        "import sys; from nango_scaffold.typescript.printer.fit import fit_lines; "
        f"fit_lines('a( );\\n// {'x' * 200}\\n'); print('tree_sitter' in sys.modules)"
    )

    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert process.stdout == "False\n"


def test_imports_are_laid_out_as_import_statement_does() -> None:
    names = [f"name{number}" for number in range(30)]

    one_line = f"import {{ {', '.join(names)} }} from './x.js';"

    assert fit_lines(one_line) == import_statement(names, "./x.js")
