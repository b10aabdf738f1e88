"""TypeScript as a syntax tree, for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples.golden import EXAMPLES

from nango_scaffold.typescript.syntax import Syntax, walk

SCRIPT = next(iter(sorted((EXAMPLES / "github").rglob("syncs/*.ts")))).read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\ufeff",
        "const a = 1;",
        "\ufeffconst a = 1;\r\n",
        "\tconst ü = 'é𝄞';",
        SCRIPT,
        SCRIPT.replace("\n", "\r\n"),
        "enum A { B }\ndeclare const x: unique symbol;",
        "const x = y satisfies Z;",
        "const x = <T,>(y: T) => y;",
    ],
)
def test_whole_texts(text: str) -> None:
    assert Syntax(text).is_whole


@pytest.mark.parametrize("text", ["const", "{", "const a = ;", "import {", "<<<<<<< ours\n", "function f( {"])
def test_texts_that_are_no_typescript(text: str) -> None:
    assert not Syntax(text).is_whole


@pytest.mark.parametrize("before", ["", "\ufeff", "// é𝄞\r\n", "\t'ü';"])
def test_nodes_stand_where_they_are_written(before: str) -> None:
    text = f"{before}call(x);"
    syntax = Syntax(text)
    (node,) = walk(syntax.root, "call_expression")
    start, end = syntax.span(node)
    assert text[start:end] == syntax.text(node) == "call(x)"
    assert start == len(before)


def test_no_node_is_no_text() -> None:
    assert Syntax("a").text(None) == ""


def test_all_nodes_come_in_the_order_of_the_text() -> None:
    syntax = Syntax("a(b(c), d); e();")
    names = [syntax.text(node) for node in walk(syntax.root, "identifier")]
    assert names == ["a", "b", "c", "d", "e"]
    assert [node.start_byte for node in walk(syntax.root)] == sorted(
        node.start_byte for node in walk(syntax.root)
    )


@pytest.mark.parametrize("text", ["(" * 20_000, "[" * 5_000 + "]" * 5_000, "a." * 20_000 + "b"])
def test_deep_texts(text: str) -> None:
    assert sum(1 for _ in walk(Syntax(text).root))


@settings(max_examples=100)
@given(st.text(max_size=60) | st.integers(0, len(SCRIPT)).map(lambda end: SCRIPT[:end]))
def test_every_node_of_any_text_is_a_piece_of_it(text: str) -> None:
    syntax = Syntax(text)
    for node in walk(syntax.root):
        start, end = syntax.span(node)
        assert text[start:end] == syntax.text(node)
