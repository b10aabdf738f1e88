"""Lists that are fetched for each record of another list, and conditions, as people write them by hand."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold import nango_yaml
from nango_scaffold.adopt import adopt
from nango_scaffold.adopt.list_actions import list_paging
from nango_scaffold.adopt.requests import request_of
from nango_scaffold.adopt.script import Script
from nango_scaffold.operations import Project
from nango_scaffold.providers.facts import ProviderFacts

FACTS = ProviderFacts(key="acme", display_name="Acme", auth_mode="API_KEY", base_url="https://api.acme.com")
YAML = """
integrations:
    acme:
        syncs:
            {name}:
                runs: every hour
                output: {output}
                sync_type: {sync_type}
                endpoint: GET /x
models:
    Ticket: {{ id: string, subject: string }}
    Comment: {{ id: string, ticket_id: string, text: string }}
"""
MAP_COMMENT = """
function toComment(comment: any, ticketId: string): Comment {
    return { id: comment.id, ticket_id: ticketId, text: comment.body };
}
"""


def described(script: str, output: str, sync_type: str = "full") -> tuple[dict[str, Any], str]:
    """The answers that adopt gives for a hand-written sync, and what it reports as not expressible."""
    texts = {
        "nango-integrations/nango.yaml": YAML.format(name="tickets", output=output, sync_type=sync_type),
        "nango-integrations/acme/syncs/tickets.ts": script,
    }
    project = Project(lambda paths: {path: texts[path].encode() if path in texts else None for path in paths})
    document = nango_yaml.read(texts["nango-integrations/nango.yaml"])
    adoption = adopt("acme", FACTS, document, project, {})
    return adoption.answers["syncs"][0], "\n".join(note.reason for note in adoption.unexpressed)


FETCH_COMMENTS = """
        const comments = await nango.get({ endpoint: `/tickets/${ticket.id}/comments`, retries: 10 });
        await nango.batchSave(comments.data.items.map((each: any) => toComment(each, ticket.id)), 'Comment');
"""
LOOPS = {
    "in a loop": f"for (const ticket of tickets) {{ {FETCH_COMMENTS} }}",
    "in a callback": f"await Promise.all(tickets.map(async (ticket) => {{ {FETCH_COMMENTS} }}));",
    "over a list that grew": f"const all = []; all.push(...tickets); for (const ticket of all) {{ {FETCH_COMMENTS} }}",
}


@pytest.mark.parametrize("loop", LOOPS)
def test_children_in_the_same_function(loop: str) -> None:
    answer, _ = described(
        f"""
        export default async function fetchData(nango: NangoSync) {{
            const response = await nango.get({{ endpoint: '/tickets', retries: 10 }});
            const tickets = response.data.tickets;
            await nango.batchSave(tickets, 'Ticket');
            {LOOPS[loop]}
        }}
        {MAP_COMMENT}
        """,
        "[Ticket, Comment]",
    )
    assert answer.get("models") is None
    assert answer["request"]["path"] == "/tickets"
    children = answer["children"]
    assert children["model"] == "Comment"
    assert children["path"] == "/tickets/${parent.id}/comments"
    assert children["from_parent"] == {"ticket_id": "id"}
    assert children["mapping"] == {"text": "body"}
    assert children["response_path"] == "items"


def test_parents_whose_records_are_not_saved() -> None:
    answer, _ = described(
        f"""
        export default async function fetchData(nango: NangoSync) {{
            for await (const page of nango.paginate({{ endpoint: '/tickets', retries: 10 }})) {{
                for (const ticket of page) {{ await saveComments(nango, ticket.id); }}
            }}
        }}
        async function saveComments(nango: NangoSync, id: string) {{
            const {{ data }} = await nango.get({{ endpoint: `/tickets/${{id}}/comments`, retries: 10 }});
            await nango.batchSave(data.map((each: any) => toComment(each, id)), 'Comment');
        }}
        {MAP_COMMENT}
        """,
        "Comment",
    )
    assert answer["parents"]["path"] == "/tickets"
    assert answer["parents"]["from_parent"] == {"ticket_id": "id"}
    assert answer["request"]["path"] == "/tickets/${parent.id}/comments"
    assert answer["mapping"] == {"text": "body"}


def test_a_loop_over_settings_walks_no_list() -> None:
    answer, reasons = described(
        """
        export default async function fetchData(nango: NangoSync) {
            const { projects } = await nango.getMetadata();
            for (const project of projects) {
                const response = await nango.get({ endpoint: `/projects/${project}/tickets`, retries: 10 });
                await nango.batchSave(response.data, 'Ticket');
            }
        }
        """,
        "Ticket",
    )
    assert "parents" not in answer
    assert "the endpoint is put together" in reasons


def test_deleted_records_are_listed_by_a_request() -> None:
    answer, _ = described(
        """
        export default async function fetchData(nango: NangoSync) {
            const response = await nango.get({ endpoint: '/tickets', retries: 10 });
            await nango.batchSave(response.data.tickets, 'Ticket');
            const gone = await nango.get({ endpoint: '/tickets/deleted', retries: 10 });
            await nango.batchDelete(gone.data.tickets, 'Ticket');
        }
        """,
        "Ticket",
        "incremental",
    )
    assert answer["deleted"]["path"] == "/tickets/deleted"


def request(body: str) -> tuple[dict[str, Any], list[str]]:
    script = Script(f"export default async function runAction(nango, input) {{ {body} }}")
    notes: list[str] = []
    return request_of(script.calls[0], script.names, notes.append), notes


@pytest.mark.parametrize(
    ("spread", "value"),
    [
        ("...(input.city && { city: input.city })", "${input.city}"),
        ("...(input.city !== undefined ? { city: input.city } : {})", "${input.city}"),
        ("...(input.all ? { city: 'all' } : {})", {"value": "all", "when": "input.all"}),
        (
            "...(input.kind === 'a' && input.city != null && { city: input.city })",
            {"value": "${input.city}", "when": "input.kind === 'a'"},
        ),
        (
            "...((input.a || !nango.lastSyncDate) && { city: 'x' })",
            {"value": "x", "when": "input.a || !lastSyncDate"},
        ),
    ],
)
def test_a_parameter_under_a_condition(spread: str, value: Any) -> None:
    answer, notes = request(f"await nango.get({{ endpoint: '/a', params: {{ {spread} }} }});")
    assert (answer["params"], notes) == ({"city": value}, [])


@pytest.mark.parametrize(
    "spread",
    ["...(compute() ? { a: 1 } : {})", "...(await x && { a: 1 })", "...(input.a ? { a: 1 } : { b: 2 })"],
)
def test_a_condition_that_no_answer_says_is_told(spread: str) -> None:
    answer, notes = request(f"await nango.get({{ endpoint: '/a', params: {{ {spread} }} }});")
    assert "params" not in answer
    assert notes


def test_a_part_of_a_body_under_a_condition_is_not_described_as_always_sent() -> None:
    answer, notes = request(
        "await nango.post({ endpoint: '/a', data: { ...(input.x === 'y' && { a: 1 }) } });"
    )
    assert "json" not in answer
    assert notes


def test_a_form() -> None:
    answer, notes = request(
        "await nango.post({ endpoint: '/a', headers: { 'Content-Type': 'application/x-www-form-urlencoded' },"
        " data: new URLSearchParams({ grant: 'x', name: input.name }) });"
    )
    assert answer["encoding"] == "form"
    assert answer["json"] == {"grant": "x", "name": "${input.name}"}
    assert "headers" not in answer
    assert notes == []


@pytest.mark.parametrize(
    ("params", "next_cursor", "paginate"),
    [
        (
            "...(input.cursor && { after: input.cursor })",
            "response.data.paging?.next?.after",
            {
                "type": "cursor",
                "cursor_name_in_request": "after",
                "cursor_path_in_response": "paging.next.after",
            },
        ),
        (
            "limit: input.limit ?? 50, ...(input.cursor ? { starting_after: input.cursor } : {})",
            "response.data.has_more ? response.data.data.at(-1).id : undefined",
            {
                "type": "last_id",
                "cursor_name_in_request": "starting_after",
                "id_path": "id",
                "more_path": "has_more",
                "limit": 50,
                "limit_name_in_request": "limit",
            },
        ),
        ("a: 1", "response.data.next", {}),
    ],
)
def test_list_actions(params: str, next_cursor: str, paginate: dict[str, Any]) -> None:
    script = Script(f"""export default async function runAction(nango, input) {{
            const response = await nango.get({{ endpoint: '/a', params: {{ {params} }} }});
            return {{ items: response.data.items, next_cursor: {next_cursor} }};
        }}""")
    assert list_paging(script.calls[0], script.names) == paginate
