"""Scripts as people write them, without helper functions or mappers: look-ups, records read back, and mappings in place."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold import nango_yaml
from nango_scaffold.adopt import adopt
from nango_scaffold.operations import Project
from nango_scaffold.providers.facts import ProviderFacts

FACTS = ProviderFacts(key="acme", display_name="Acme", auth_mode="API_KEY", base_url="https://api.acme.com")
YAML = """
integrations:
    acme:
        syncs:
            contacts: { runs: every hour, output: Contact, sync_type: full, endpoint: GET /contacts }
        actions:
            create-note: { input: NewNote, output: Note, endpoint: POST /notes }
models:
    Contact: { id: string, board_id: string, name: string, email?: string, active: boolean }
    NewNote: { email: string, text: string }
    Note: { id: string, text: string }
"""


def described(part: str, text: str) -> tuple[dict[str, Any], str]:
    """What adopt says of a hand-written sync or action; and what it says it cannot."""
    path = {"syncs": "syncs/contacts.ts", "actions": "actions/create-note.ts"}[part]
    texts = {"nango-integrations/nango.yaml": YAML, f"nango-integrations/acme/{path}": text}
    project = Project(lambda paths: {path: texts[path].encode() if path in texts else None for path in paths})
    adoption = adopt("acme", FACTS, nango_yaml.read(YAML), project, {})
    reasons = [f"{note.place}: {note.reason}" for note in adoption.unexpressed if path in note.place]
    return adoption.answers[part][0], "\n".join(reasons)


SYNC = "export default async function fetchData(nango: NangoSync) {{ {} }}"
ACTION = "export default async function runAction(nango: NangoAction, input: NewNote): Promise<Note> {{ {} }}"
ITEM = "{ id: c.uuid, name: c.title.text, email: c.emails?.find((e: any) => e.primary)?.value, active: c.state === 'on' }"
MAPPED = {
    "id": "uuid",
    "name": "title.text",
    "email": {"from": "emails", "where": {"primary": True}, "pick": "value"},
    "active": {"from": "state", "is": "on"},
}
LIST = "const res = await nango.get({ endpoint: '/contacts', retries: 10 });"


@pytest.mark.parametrize(
    "body",
    [
        f"{LIST} await nango.batchSave(res.data.items.map((c: any) => ({ITEM})), 'Contact');",
        f"{LIST} const contacts: Contact[] = res.data.items.map((c) => {{ return {ITEM}; }}); await nango.batchSave(contacts, 'Contact');",
        f"{LIST} const all = []; for (const c of res.data.items) {{ all.push({ITEM}); }} await nango.batchSave(all, 'Contact');",
    ],
)
def test_a_sync_that_maps_in_place(body: str) -> None:
    answer, _ = described("syncs", SYNC.format(body))
    assert answer["mapping"] == MAPPED
    assert answer["request"]["response_path"] == "items"


def test_what_is_pushed_for_an_entry_of_another_list_comes_from_that() -> None:
    answer, reasons = described(
        "syncs",
        SYNC.format("""
            const boards = await getBoards(nango);
            for (const board of boards) {
                const all = []; let page = 1; let more = true;
                while (more) {
                    const res = await nango.get({ endpoint: `/boards/${board.id}/contacts`, params: { page }, retries: 10 });
                    for (const c of res.data.items) { all.push({ id: c.id, board_id: board.id, name: c.label }); }
                    more = res.data.has_more; page += 1;
                }
                await nango.batchSave(all, 'Contact');
            }""")
        + "async function getBoards(nango: NangoSync) { const res = await nango.get({ endpoint: '/boards' }); return res.data.boards; }",
    )
    assert answer["parents"] == {
        "path": "/boards",
        "paginate": {"type": "none"},
        "response_path": "boards",
        "from_parent": {"board_id": "id"},
    }
    assert answer["mapping"] == {"name": "label"}
    assert answer["request"]["paginate"]["more_path"] == "has_more"
    assert "lookups" not in answer
    assert "a loop of its own" not in reasons


LOOKUP = "const found = await nango.get({ endpoint: '/contacts', params: { email: input.email } });"
WRITE = "const made = await nango.post({ endpoint: `/contacts/${%s}/notes`, data: { text: input.text }, retries: 3 });"
READ = "const note = await nango.get({ endpoint: `/notes/${made.data.id}`, retries: 3 });"


@pytest.mark.parametrize(
    ("hold", "value", "name"),
    [
        ("const contactId = found.data.contacts[0]?.id;", "contactId", "contactId"),
        ("const contactId = found.data?.contacts?.[0]?.id ?? '';", "contactId", "contactId"),
        ("", "found.data.contacts[0].id", "foundId"),
    ],
)
def test_an_action_that_looks_up_writes_and_reads_back(hold: str, value: str, name: str) -> None:
    body = f"{LOOKUP} {hold} {WRITE % value} {READ} return {{ id: note.data.id, text: note.data.body }};"
    answer, _ = described("actions", ACTION.format(body))
    (lookup,) = answer["lookups"]
    assert (lookup["name"], lookup["path"], lookup["pick"]) == (name, "/contacts", "contacts[0].id")
    assert lookup["params"] == {"email": "${input.email}"}
    assert answer["request"]["path"] == f"/contacts/${{lookup.{name}}}/notes"
    assert answer["read_back"] == {"path": "/notes/${response.id}"}
    assert answer["mapping"] == {"text": "body"}


def test_a_sync_that_asks_for_its_tenant_first() -> None:
    body = """
        const { data } = await nango.get({ endpoint: '/tenants', baseUrlOverride: 'https://auth.acme.com' });
        const tenant = data[0].id;
        const res = await nango.get({ endpoint: '/contacts', headers: { 'X-Tenant': tenant }, retries: 10 });
        await nango.batchSave(res.data, 'Contact');"""
    answer, _ = described("syncs", SYNC.format(body))
    assert answer["lookups"] == [
        {"name": "tenant", "path": "/tenants", "base_url": "https://auth.acme.com", "pick": "[0].id"}
    ]
    assert answer["request"]["headers"] == {"X-Tenant": "${lookup.tenant}"}


@pytest.mark.parametrize("record", ["res.data.note", "note"])
def test_an_action_that_maps_its_output_in_place(record: str) -> None:
    body = f"""const res = await nango.post({{ endpoint: '/notes', data: input }}); const note = res.data.note;
        return {{ id: {record}.uuid, text: {record}.text }};"""
    answer, _ = described("actions", ACTION.format(body))
    assert answer["mapping"] == {"id": "uuid"}


def test_two_requests_that_do_not_need_each_other_are_told() -> None:
    body = "const a = await nango.get({ endpoint: '/a' }); const b = await nango.post({ endpoint: '/b' }); return b.data;"
    answer, reasons = described("actions", ACTION.format(body))
    assert "lookups" not in answer
    assert "a further request" in reasons
