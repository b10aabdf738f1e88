"""What ``adopt`` understands of a script; no script makes it fail or run long."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nango_scaffold.adopt.responses import incremental_field, mapping_of, response_path
from nango_scaffold.adopt.script import Script
from nango_scaffold.typescript.nodes import arguments, source_text
from nango_scaffold.typescript.syntax import Node, Syntax, walk
from nango_scaffold.typescript.values import Code, ObjectLiteral, Templated, value_of

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


def probed(root: Node) -> Node | None:
    """The argument of the call of ``probe`` in a text."""
    calls = walk(root, "call_expression")
    call_arguments = next(arguments(call) for call in calls if source_text(call).startswith("probe("))
    return call_arguments[0] if call_arguments else None


def value(text: str) -> Any:
    return value_of(probed(Syntax(f"probe({text})").root))


def config(text: str) -> dict[str, Any]:
    """The configuration of the only request of a script."""
    (call,) = Script(text).calls
    assert call.config is not None
    return call.config.fields


def field_in(text: str, expression: str) -> str:
    """What an expression stands for behind all else in a script, or in the function that is all of it."""
    if text.startswith("runAction("):
        text = f"async function {text}"
    body, brace = (text[:-1], "}") if text.endswith("}") else (text, "")
    script = Script(f"{body}\nprobe({expression});{brace}")
    return script.names.field_of(probed(script.root))


@settings(max_examples=150)
@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=40).map("".join))
def test_no_text_makes_it_fail(text: str) -> None:
    script = Script(text)
    for call in script.calls:
        assert call.method
        assert call.config is None or isinstance(call.config.fields, dict)
    response_path(script)
    incremental_field(script)
    mapping_of(script, "a")


@pytest.mark.parametrize(
    "text", ["`${", "`", "{a:", "[", "nango.get(", "const a = ", "/", "'", "nango.get({a:`${b}`},"]
)
def test_no_text_takes_long(text: str) -> None:
    before = time.process_time()
    script = Script(text * (40_000 // len(text)))
    assert len(script.calls) <= 50
    assert response_path(script) is None
    assert mapping_of(script, "a") == {}
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
    object_literal = value(
        "{ a: 1, 'b-c': { d: [2] }, short, 3: 'x', /* of e */ e: f(1, { g: 2 }), [h]: 1, ...i, get j() { return 1; }, k() {} }"
    )
    assert isinstance(object_literal, ObjectLiteral)
    assert list(object_literal.fields) == ["a", "b-c", "short", "3", "e"]
    assert object_literal.fields["b-c"].fields == {"d": [2]}
    assert isinstance(object_literal.fields["short"], Code)
    assert object_literal.fields["e"].text == "f ( 1 , { g : 2 } )"
    assert object_literal.comments["e"] == "/* of e */"
    assert len(object_literal.spreads) == 4


def test_templates_within_templates() -> None:
    template = value(r"`/a/${b ? `x${'}'}y` : c}/\${d}`")
    assert isinstance(template, Templated)
    assert template.pieces == ((False, "/a/"), (True, "b ? `x${'}'}y` : c"), (False, "/${d}"))


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


# --- what a reader of tokens could not tell ------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "const c = { endpoint: '/x' };\nfunction f() { const c = { endpoint: '/y' }; return c; }\nnango.get(c)",
        "function f() { const c = { endpoint: '/x' }; return nango.get(c); }\nconst c = { endpoint: '/y' };",
        "const c = { endpoint: '/y' };\nconst f = () => { const c = { endpoint: '/x' }; return nango.get(c); }",
        "await nango?.get({ endpoint: '/x' })",
        "await nango!.get({ endpoint: '/x' })",
        "await nango['get']({ endpoint: '/x' })",
        "await nango.get(({ endpoint: '/x' }) satisfies ProxyConfiguration)",
        "const get = 'get' as const; /* nango.post({}) */ nango [ 'get' ] ( { endpoint: `/x` } )",
    ],
)
def test_the_configuration_is_that_of_the_name_where_it_is_used(text: str) -> None:
    assert config(text) == {"endpoint": "/x"}


@pytest.mark.parametrize(
    "text",
    [
        "const c = { endpoint: '/x' };\nfunction f(c) { return nango.get(c); }",
        "const c = { endpoint: '/x' };\nfor (const c of configs) { nango.get(c); }",
        "import { c } from './configs';\nnango.get(c)",
    ],
)
def test_a_name_that_stands_for_something_else_gives_no_configuration(text: str) -> None:
    (call,) = Script(text).calls
    assert call.config is None


@pytest.mark.parametrize(
    ("text", "expression", "meaning"),
    [
        ("runAction(nango, input) { const { a: { b } } = { a: input }; }", "b", ""),
        ("runAction(nango, input) { const { id = 'none' } = input; }", "id", "input.id"),
        ("runAction(nango, input) { const f = (input) => input; }", "input['id']", "input.id"),
        ("const helper = (nango, input) => {}", "input.id", ""),
        ("const runAction = async (nango, { id }) => {}", "id", "input.id"),
        ("const m = (await nango?.getMetadata())!;", "m.owner", "metadata.owner"),
        ("runAction(nango, input) { const metadata = { owner: input.id }; }", "metadata.owner", ""),
        ("runAction(nango, input) { const p = JSON.parse(input); }", "p.id", ""),
    ],
)
def test_names_are_followed_to_what_binds_them(text: str, expression: str, meaning: str) -> None:
    assert field_in(text, expression) == meaning


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("const r = await nango.get(c); const users = r.data.users ?? [];", "users"),
        ("const r = await nango.get(c); for (const user of r?.data?.page!.users) {}", "page.users"),
        ("const r = await nango.get(c); r.data.users.map(toUser);", "users"),
        ("const users = (await nango.get(c)).data.users;", "users"),
        ("const r = await nango.get(c); const first = r.data.users[0].name;", None),
        ("// const users = r.data.users;\nconst text = 'const users = r.data.users;';", None),
    ],
)
def test_the_path_of_the_records_in_a_response(text: str, path: str | None) -> None:
    assert response_path(Script(text)) == path


@pytest.mark.parametrize(
    "text",
    [
        "const changed = users.filter((user) => new Date(user.updated.at) > nango.lastSyncDate!);",
        "const since = nango.lastSyncDate; const is = since && since <= new Date(user.updated.at);",
    ],
)
def test_the_field_that_is_compared_with_the_last_run(text: str) -> None:
    assert incremental_field(Script(text)) == "updated.at"


@pytest.mark.parametrize(
    "text",
    [
        "export const toUser = (raw: Raw): User => ({ id: raw.id, name: raw.full_name, at: new Date(raw.created!) });",
        "export function toUser(raw: Raw): User { const a = 1; return { id: raw.id, name: raw['full_name'], "
        "...(raw.created && { at: new Date(raw.created) }) }; }",
    ],
)
def test_a_mapper_in_any_form(text: str) -> None:
    assert mapping_of(Script(text), "User") == {"name": "full_name", "at": "created"}
