"""Any value of the answers lands in a script as itself: a string literal, a key, a comment."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.models.types import Literal, Primitive
from nango_scaffold.render import script_filters
from nango_scaffold.render.engine import macros
from nango_scaffold.spec.requests import DataList, DataObject, Pagination, Param, Request, Retry, Variable
from nango_scaffold.typescript.printer.fit import fit_lines
from nango_scaffold.typescript.printer.literals import regex_text
from nango_scaffold.typescript.syntax import Syntax, walk

HOSTILE = [
    "'; process.exit(1); '",
    '"`\\',
    "${process.exit(1)}`",
    "*/ alert(1) /*",
    "// a",
    "a\nb\u2028c\r",
    "\u202e\x00",
    "{{ 7 * 7 }}{% raw %}",
    "__proto__",
    "endpoint",
    "</script>",
    "",
    " ",
    "],",
    "x" * 200,
]
texts = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), max_size=12))
ROOTS = {"input": "input", "metadata": "metadata"}


def statement(request: Request, **options: Any) -> str:
    module = macros("template/macros/requests.ts.jinja")
    text: str = module.proxy_config(request, ROOTS, **options)
    return fit_lines(f"{text}\n")


def request_of(text: str) -> Request:
    variable = Variable("input", text, Primitive("string"), optional=True)
    whole = Variable("metadata", text, Literal(3))
    return Request(
        method="POST",
        path=(text, variable, text),
        docs=text,
        retries=3,
        params=(Param(text, (text,)), Param(f"{text}2", (whole,)), Param("n", 3), Param("b", True)),
        headers=(Param(text, (text, variable)), Param("n", 1.5)),
        data=DataObject(((text, DataList(((text,), (variable, text), DataObject(((text, None),))))),)),
        base_url=text,
        retry=Retry(text, text, (429,)),
    )


@given(texts)
def test_a_request_of_any_text_is_one_statement(text: str) -> None:
    syntax = Syntax(statement(request_of(text), pagination=Pagination("cursor", {}, {text: [text]}, "", "")))

    assert syntax.is_whole
    assert [node.type for node in syntax.root.named_children] == ["lexical_declaration"]
    assert {syntax.text(call) for call in walk(syntax.root, "call_expression")} <= {
        f"String(metadata{_access(text)})"
    }


def _access(text: str) -> str:
    access: str = macros("template/macros/requests.ts.jinja").text(
        (Variable("metadata", text, Primitive("string")),), ROOTS
    )
    return access.removeprefix("metadata")


@given(texts)
def test_no_key_but_its_own_passes_for_the_endpoint_of_a_request(text: str) -> None:
    syntax = Syntax(statement(request_of(text)))
    keys = [syntax.text(node.child_by_field_name("key")) for node in walk(syntax.root, "pair")]

    assert [key for key in keys if key in ("endpoint", "'endpoint'", '"endpoint"')] == ["endpoint"]
    assert "__proto__" not in keys


@given(texts)
def test_a_regular_expression_ends_at_its_own_slash(text: str) -> None:
    syntax = Syntax(f"/a{regex_text(text)}b/.exec(c);\n")

    assert syntax.is_whole
    assert len(syntax.root.named_children) == 1


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("next", "next"),
        ("a-b", "a-b"),
        ("a/b.c", r"a\/b\.c"),
        ("a\n\u2028", r"a\u000a\u2028"),
        ("\U000e0001", r"\udb40\udc01"),
    ],
)
def test_a_text_in_a_regular_expression_matches_itself(text: str, pattern: str) -> None:
    assert regex_text(text) == pattern


@given(texts)
def test_a_description_stays_in_its_comment(text: str) -> None:
    comment = "\n".join(("/**", *script_filters.doc_lines(text), " */", "f();"))
    syntax = Syntax(comment)

    assert [node.type for node in syntax.root.named_children] == ["comment", "expression_statement"]


@pytest.mark.parametrize(
    ("steps", "safe_from", "expected"),
    [
        (("items",), None, "a.items"),
        (("items", "b-c"), 0, "a?.items?.['b-c']"),
        (("items", "b"), 1, "a.items?.b"),
        (("it's",), None, 'a["it\'s"]'),
        ((), 0, "a"),
    ],
)
def test_a_chain_has_question_marks_from_the_first_step_that_may_lack(
    steps: tuple[str, ...], safe_from: int | None, expected: str
) -> None:
    assert script_filters.chain(steps, "a", safe_from=safe_from) == expected
