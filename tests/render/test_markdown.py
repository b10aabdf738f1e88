"""Any value is shown as it is: read back by a Markdown parser, it is one text without markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from nango_scaffold.render import markdown
from nango_scaffold.visible import visible_line

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = [
    "a | b",
    "`code` and ``more``",
    "`",
    "a\\|b",
    "\\`|\\",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- hidden",
    "&lt;b&gt; &amp; &#60;",
    "[click](javascript:alert(1))",
    "![image](https://example.com/x.png)",
    "[a]: https://example.com",
    "<https://example.com>",
    "*bold* __bold__ _x_ snake_case ~~gone~~",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "2) item",
    "> quote",
    "---",
    "===",
    ":--",
    "```sh",
    "~~~",
    "    indented",
    "two\nlines\n\n# and a heading",
    "a\r\nb\tc",
    "a\x00b\x1b[31mc\u202ed\u200be",
    "$x$ $$y$$",
    "user@example.com, www.example.com and https://example.com/a_b_c?d=*e*",
    "é ß 漢字 🙂",
]


def one_line(value: str) -> str:
    return visible_line(" ".join(value.split()))


def visible_text(inline: Token) -> tuple[str, list[str]]:
    """What a reader sees of a text, and the kinds of markup in it."""
    children = inline.children or []
    texts = [child.content for child in children if child.type in ("text", "text_special", "code_inline")]
    return "".join(texts), [child.type for child in children if child.type not in ("text", "text_special")]


def in_paragraph(source: str) -> Token:
    tokens = PARSER.parse(f"{source}\n")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    return tokens[1]


def in_table(source: str) -> Token:
    tokens = PARSER.parse(f"| a | b |\n| --- | --- |\n| {source} | end |\n")
    assert tokens[0].type == "table_open"
    cells = [token for token in tokens if token.type == "inline"]
    assert [cell.content for cell in (*cells[:2], cells[-1])] == ["a", "b", "end"]
    assert len(cells) == 4
    return cells[2]


def in_html(inline: Token) -> str:
    """The text of a cell that holds nothing but an element of code."""
    first, *middle, last = inline.children or []
    assert (first.content, last.content) == ("<code>", "</code>")
    assert {token.type for token in middle} <= {"text", "text_special"}
    return "".join(token.content for token in middle)


def check_text(value: str) -> None:
    for place in (in_paragraph, in_table):
        assert visible_text(place(markdown.text(value))) == (one_line(value), [])


def check_code(value: str) -> None:
    cell = in_table(markdown.code(value, in_table=True))
    if (cell.children or [cell])[0].type == "html_inline":
        assert in_html(cell) == one_line(value)
    else:
        assert visible_text(cell) == (one_line(value), ["code_inline"])
    paragraph = in_paragraph(markdown.code(value))
    if "|" in value:
        assert in_html(paragraph) == one_line(value)
    else:
        assert visible_text(paragraph) == (one_line(value), ["code_inline"])


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_text(value: str) -> None:
    check_text(value)
    check_code(value)
    heading = PARSER.parse(f"# {markdown.text(value)}\n")
    assert visible_text(heading[1]) == (one_line(value).rstrip("#").rstrip() or one_line(value), [])


@given(st.text(alphabet=st.characters() | st.sampled_from("|\\`*_<>&[]()#-+~$!:. \n"), min_size=1))
def test_any_value_is_text(value: str) -> None:
    if one_line(value):
        check_text(value)
        check_code(value)


def test_no_value_is_nothing() -> None:
    assert [markdown.text(" \n"), markdown.code("")] == ["", ""]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/a_(b)",
        "https://example.com/a b<c>|d",
        "https://example.com/](javascript:alert(1))",
        "https://example.com/*a*`b`\\",
        "https://example.com/é",
    ],
)
def test_an_address_is_the_one_link(address: str) -> None:
    for place in (in_paragraph, in_table):
        inline = place(markdown.link(address, "[docs]"))
        text, kinds = visible_text(inline)
        assert (text, kinds) == ("[docs]", ["link_open", "link_close"])
        href = str((inline.children or [])[0].attrs["href"])
        assert href.startswith("https://example.com/")
        assert not set(href) & set(" <>|()[]*`\\")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//example.com", "https://", "docs.md", ""])
def test_what_is_no_address_of_the_web_is_no_link(address: str) -> None:
    assert visible_text(in_paragraph(markdown.link(address, "docs"))) == ("docs", [])
