"""The small reader of TypeScript: what it understands, and that nothing makes it fail or lose a character."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nango_scaffold.adopt.literals import Code, ObjectLiteral, Templated, value_of
from nango_scaffold.adopt.script import Script
from nango_scaffold.adopt.tokens import tokens_of

PIECES = st.sampled_from(
    [
        "`",
        "${",
        "}",
        "{",
        "(",
        ")",
        "[",
        "]",
        "'",
        '"',
        "\\",
        "/",
        "//",
        "/*",
        "*/",
        "\n",
        "nango.get(",
        "const a =",
        "a",
        ",",
        ":",
        "...",
        " as ",
    ]
)


def value(text: str) -> Any:
    return value_of(tokens_of(text))


def config(text: str) -> dict[str, Any]:
    """What the one request of a script is given."""
    (call,) = Script(text).calls
    assert call.config is not None
    return call.config.fields


def field_in(text: str, expression: str) -> str:
    return Script(text).names.field_in(expression)


@settings(max_examples=150)
@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=40).map("".join))
def test_every_character_is_in_a_token_or_blank(text: str) -> None:
    place = 0
    for token in tokens_of(text):
        assert not text[place : token.start].strip()
        assert text.startswith(token.text, token.start)
        place = token.start + len(token.text)
    assert not text[place:].strip()
    for call in Script(text).calls:
        assert call.method


@pytest.mark.parametrize(
    "text", ["`${", "`", "{a:", "[", "nango.get(", "const a = ", "/", "'", "nango.get({a:`${b}`},"]
)
def test_no_text_takes_long(text: str) -> None:
    before = time.process_time()
    script = Script(text * (40_000 // len(text)))
    assert len(script.calls) <= 50
    assert script.names.known == {}
    assert time.process_time() - before < 10


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (r"'a\'b\n\u0041\x42'", "a'b\nAB"),
        ("`plain`", "plain"),
        ("-1_000", -1000),
        ("1.5e3", 1500.0),
        ("true", True),
        ("null", None),
        ("[1, 'a', [false,],]", [1, "a", [False]]),
        ("'GET' as const", "GET"),
        ("'a' satisfies string", "a"),
    ],
)
def test_literals(text: str, meant: Any) -> None:
    assert value(text) == meant
    assert type(value(text)) is type(meant)


def test_an_object_with_all_that_can_stand_in_one() -> None:
    found = value(
        "{ a: 1, 'b-c': { d: [2] }, short, 3: 'x', /* of e */ e: f(1, { g: 2 }), [h]: 1, ...i, get j() { return 1; }, k() {} }"
    )
    assert isinstance(found, ObjectLiteral)
    assert list(found.fields) == ["a", "b-c", "short", "3", "e"]
    assert found.fields["b-c"].fields == {"d": [2]}
    assert isinstance(found.fields["short"], Code)
    assert found.fields["e"].text == "f ( 1 , { g : 2 } )"
    assert found.comments["e"] == "/* of e */"
    assert len(found.spreads) == 4


def test_templates_within_templates() -> None:
    found = value(r"`/a/${b ? `x${'}'}y` : c}/\${d}`")
    assert found == Templated(((False, "/a/"), (True, "b ? `x${'}'}y` : c"), (False, "/${d}")))


@pytest.mark.parametrize(
    "text",
    [
        "await nango.get<{ a: Array<string> }>({ endpoint: '/x' })",
        "const c: ProxyConfiguration = { endpoint: '/x' };\nnango.get(c)",
        "const c = { endpoint: '/x' }\nconst r = await nango.get(c)",
        "const c = { endpoint: '/x' }\n\nawait nango.get(c).catch(() => {})",
        "const c = { endpoint: '/y' }; f(); let c2; { const c = { endpoint: '/x' } as Config; nango . get ( c ) }",
        "// nango.post({})\n'nango.post({})'; /nango.post({})/; nango.get({ endpoint: '/x' })",
    ],
)
def test_the_configuration_of_a_request(text: str) -> None:
    assert config(text) == {"endpoint": "/x"}


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("async function runAction(nango: NangoAction, input: A): B {}", "input.id"),
        ("async function runAction(nango: NangoAction, given: A) {}", "given!.id"),
        ("export default async function (nango: NangoAction, data: A) {}", "data?.id"),
        ("runAction(nango, input) { const { id: key } = input; }", "key"),
        (
            "runAction(nango, input) { const p = await nango.zodValidateInput({ zodSchema: s, input }); }",
            "p.data.id",
        ),
        ("runAction(nango, input) { const { data } = s.safeParse(input)\nconst id = data.id }", "id"),
        (
            "runAction(nango, input) { const checked = s.parse(input); }",
            "encodeURIComponent(String(checked.id))",
        ),
        ("runAction(nango, input) {}", "input.id ?? 'none'"),
        ("runAction(nango, input) {}", "(input.id as string).toString()"),
    ],
)
def test_the_input_by_other_names(text: str, expression: str) -> None:
    assert field_in(text, expression) == "input.id"


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("const m = await nango.getMetadata<M>();", "m.owner"),
        ("const { owner } = (await nango.getMetadata()) as M", "owner"),
        (
            "const { data: m } = await nango.zodValidateInput({ zodSchema: s, input: await nango.getMetadata() });",
            "m.owner",
        ),
        ("const m = await nango.getMetadata();\nconst c = m; const { owner } = c;", "owner"),
        ("const limit = 100\nconst metadata = await nango.getMetadata()", "metadata.owner"),
    ],
)
def test_the_metadata_by_other_names(text: str, expression: str) -> None:
    assert field_in(text, expression) == "metadata.owner"


@pytest.mark.parametrize(
    "expression", ["input.id + 1", "input", "input.a.b", "other.id", "limit", "f(input.id)", ""]
)
def test_what_is_no_field_of_either(expression: str) -> None:
    text = "runAction(nango, input) { const limit = 100\nconst metadata = await nango.getMetadata() }"
    assert field_in(text, expression) == ""
