"""Requests that were written from answers are read back as those answers."""

from __future__ import annotations

from typing import Any

import pytest
from tests.toolchain.support.scaffolded import job, tree_of

from nango_scaffold.adopt.inline_mappings import output_in_place
from nango_scaffold.adopt.requests import request_of
from nango_scaffold.adopt.script import Script

MODELS = {
    "CreateDeal": {
        "id": "string",
        "name": "string",
        "due?": "string",
        "amount": "string",
        "tags?": "string[]",
        "address?": {"zip": "string"},
    },
    "Deal": {"id": "string"},
}
QUERY = "mutation CreateDeal($name: String!) {\n    dealCreate(name: $name) { id }\n}"
REQUESTS: dict[str, dict[str, Any]] = {
    "a tree": {
        "json": {
            "data": {
                "kind": "deal",
                "label": "Deal ${input.name}[[, due ${input.due:date}]] ${'${'}x}",
                "due": "${input.due:epoch_seconds}",
                "amount": "${input.amount:number}",
                "tags": "${input.tags}",
                "zip": "${input.address.zip}",
                "fixed": [1, True, None, "${input.name}"],
                "empty": {},
            },
            "...": "input",
        }
    },
    "a list": {"json": [{"op": "replace", "value": "${input.name}"}]},
    "a query": {"graphql": {"query": QUERY, "variables": {"name": "${input.name}"}}},
    "a query that lists errors": {
        "graphql": {
            "query": QUERY.replace("{ id }", "{ id problems { text } }"),
            "variables": {"name": "${input.name}"},
        },
        "errors_path": "data.dealCreate.problems",
    },
    "errors in a success": {"errors_path": "error.reason"},
    "computed values": {
        "path": "/deals/${= input.name.split('?')[0] ?? '#'}[[/${= input.due?.trim()}]]",
        "params": {"top": "${= Math.min(Number(input.amount), 200)}", "due": "${= input.due?.trim()}"},
        "headers": {"X-Tags": "t ${= input.tags?.join(',') ?? ''}"},
        "json": {
            "tags": "${= input.tags?.map((tag) => ({ tag }))}",
            "list": ["${= input.name.length}", {"zip": "${= input.address?.zip.toUpperCase()}"}],
        },
    },
    "another host": {
        "base_url": "https://${connection.host}/v2",
        "path": "/company/${connection.realm-id}/deals/${input.id}",
        "json": {"name": "${input.name}", "realm": "${connection.realm-id}"},
    },
}


@pytest.mark.parametrize("case", REQUESTS)
def test_a_request_of_ours(case: str) -> None:
    answers = {
        "provider": "github",
        "models": MODELS,
        "actions": [{"name": "create-deal", "request": {"path": "/deals", **REQUESTS[case]}}],
    }
    text = tree_of([job(answers)])["nango-integrations/github/actions/create-deal.ts"]
    script, notes = Script(text), list[str]()
    read = request_of(script.calls[0], script.names, notes.append)
    assert notes == []
    assert {key: value for key, value in read.items() if key in REQUESTS[case]} == REQUESTS[case]


@pytest.mark.parametrize(
    ("statement", "path"),
    [
        ("const c = await nango.getConnection();", "c.connection_config['site']"),
        ("const { connection_config } = await nango.getConnection();", "connection_config.site"),
        ("const site = (await nango.getConnection()).connection_config['site'];", "site"),
    ],
)
def test_the_connection_as_people_read_it(statement: str, path: str) -> None:
    text = (
        f"runAction(nango, input) {{ {statement} await nango.get({{ endpoint: `/sites/${{{path}}}/x` }}); }}"
    )
    script = Script(f"export default async function {text}")
    assert request_of(script.calls[0], script.names, print)["path"] == "/sites/${connection.site}/x"


@pytest.mark.parametrize("secret", ["c.credentials.apiKey", "c.metadata.x"])
def test_what_else_a_connection_holds_is_no_placeholder(secret: str) -> None:
    text = (
        "export default async function runAction(nango) { const c = await nango.getConnection(); "
        f"await nango.get({{ endpoint: `/a/${{{secret}}}` }}); }}"
    )
    script, notes = Script(text), list[str]()
    assert "path" not in request_of(script.calls[0], script.names, notes.append)
    assert notes


@pytest.mark.parametrize(
    "body",
    ["{ a: compute(input) }", "{ a: b }", "[input.a, f()]", "{ ...more() }", "{ get a() { return 1 } }"],
)
def test_a_body_that_is_computed_is_told(body: str) -> None:
    text = f"export default async function runAction(nango, input) {{ await nango.post({{ endpoint: '/a', data: {body} }}); }}"
    script, notes = Script(text), list[str]()
    assert "json" not in request_of(script.calls[0], script.names, notes.append)
    assert any(note.startswith("the body is put together by code") for note in notes)


@pytest.mark.parametrize(
    "returned",
    [
        "const response = await nango.post({ endpoint: '/e' });\n    return { code: response.status, id: response.data.id };",
        "const response = await nango.post({ endpoint: '/e' });\n    const { status } = response;\n"
        "    return { code: status, id: response.data.id };",
        "const { status: code, data } = await nango.post({ endpoint: '/e' });\n    return { code, id: data.id };",
    ],
)
def test_the_status_of_a_response_is_output(returned: str) -> None:
    script = Script(f"export default async function runAction(nango: NangoAction) {{\n    {returned}\n}}\n")
    assert output_in_place(script, "") == {"code": {"expression": "status"}}
