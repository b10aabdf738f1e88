"""The type of an expression, as far as it can be seen."""

from __future__ import annotations

import pytest

from nango_scaffold.typescript.expression_result import Result, result_of


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("response.a", Result()),
        ("'a'", Result("text", "never", ("a",))),
        ("`a${response.b}`", Result("text", "never")),
        ("response.a === 1", Result("boolean", "never")),
        ("!response.a", Result("boolean", "never")),
        ("typeof response.a", Result("text", "never")),
        ("-response.a", Result("number", "never")),
        ("response.a * 2", Result("number", "never")),
        ("response.a + 'b'", Result("text", "never")),
        ("response.a + response.b", Result("", "never")),
        ("response.a.trim()", Result("text", "never")),
        ("response.a?.trim()", Result("text", "undefined")),
        ("(response.a?.b ?? '').trim()", Result("text", "never")),
        ("response.a?.b", Result("", "undefined")),
        ("response.a.split(' ')[0]", Result("text", "undefined")),
        ("response.a[0].b", Result()),
        ("response.a.length", Result("number", "never")),
        ("response.a.find((b) => b.c)", Result("", "undefined")),
        ("response.a.map((b) => b.c)", Result("list", "never")),
        ("response.a.some((b) => b.c)", Result("boolean", "never")),
        ("response.a.reduce((sum, b) => sum + b, 0)", Result("number", "never")),
        ("Number(response.a)", Result("number", "never")),
        ("Object.keys(response.a)", Result("list", "never")),
        ("{ a: response.a }", Result("object", "never")),
        ("response.a ?? null", Result("", "null")),
        ("response.a ?? undefined", Result("", "undefined")),
        ("response.a?.b ?? 'c'", Result("text", "never", ("c",))),
        ("response.a.trim() ?? 0", Result("", "never")),
        ("response.a ? 'b' : 'c'", Result("text", "never", ("b", "c"))),
        ("response.a ? 'b' : null", Result("text", "null", ("b",))),
        ("response.a ? 1 : 'b'", Result("", "never", (1, "b"))),
        ("response.a?.b!", Result("", "")),
        ("(response.a as string)", Result()),
    ],
)
def test_what_it_gives(text: str, result: Result) -> None:
    assert result_of(text) == result
