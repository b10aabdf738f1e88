"""Scripts as people write them, without helper functions or mappers: look-ups, records read back, inline mappings."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nango_scaffold import nango_yaml
from nango_scaffold.adopt import adopt
from nango_scaffold.adopt.inline_mappings import mapping_in_place, output_in_place
from nango_scaffold.adopt.list_actions import list_paging
from nango_scaffold.adopt.record_lists import record_lists
from nango_scaffold.adopt.script import Script
from nango_scaffold.adopt.several_requests import picked_values
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
    """The answers that adopt gives for a hand-written sync or action, and what it reports as not expressible."""
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
        "method": "GET",
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
    assert answer["read_back"]["path"] == "/notes/${response.id}"
    assert answer["mapping"] == {"text": "body"}


def test_a_sync_that_asks_for_its_tenant_first() -> None:
    body = """
        const { data } = await nango.get({ endpoint: '/tenants', baseUrlOverride: 'https://auth.acme.com' });
        const tenant = data[0].id;
        const res = await nango.get({ endpoint: '/contacts', headers: { 'X-Tenant': tenant }, retries: 10 });
        await nango.batchSave(res.data, 'Contact');"""
    answer, _ = described("syncs", SYNC.format(body))
    (lookup,) = answer["lookups"]
    assert (lookup["name"], lookup["path"], lookup["pick"]) == ("tenant", "/tenants", "[0].id")
    assert lookup["base_url"] == "https://auth.acme.com"
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


def read_all(text: str) -> None:
    """Everything that is read from the requests of a script apart from their configurations."""
    script = Script(text)
    for is_sync in (True, False):
        picked_values(script, is_sync=is_sync)
    for fetched in record_lists(script, ["A", "B"]):
        mapping_in_place(script, "A", fetched)
    output_in_place(script, "data")
    for call in script.calls:
        list_paging(call, script.names)


REQUEST = "await nango.get({ endpoint: `/x/${%s}`, params: { ...(a && { b: c }) } });"
PIECES = st.sampled_from(
    [
        "const a = ",
        REQUEST % "a.data[0].id",
        REQUEST % "b",
        "for (const b of a.data) {",
        "for (",
        "}",
        "a.map((b) => { ",
        "});",
        "await nango.batchSave(a, 'A');",
        "await nango.batchDelete(b.map((c) => ({ id: c.d })), 'A');",
        "return { next_cursor: a.data.c ? b : undefined };",
        "export default async function fetchData(nango, input) {",
        "function a(b) {",
        "a.push({ b });",
        "while (a) {",
        "`${",
        "a = b.at(-1).id;",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_no_script_makes_it_fail(text: str) -> None:
    read_all(text)


@pytest.mark.parametrize(
    "text",
    [
        SYNC.format("".join(f"const a{n} = {REQUEST % f'a{n - 1}.data.x'}" for n in range(120))),
        SYNC.format("for (const a of b) {" * 100 + REQUEST % "a.b" + "}" * 100),
        "".join(f"async function f{n}(x) {{ await f{n + 1}(x.y); {REQUEST % 'x'} }}" for n in range(300)),
        SYNC.format(
            "".join(f"const v{n} = v{n - 1}.map((x) => v{n});" for n in range(300)) + REQUEST % "v299"
        ),
    ],
    ids=["chained requests", "loops in loops", "functions in a row", "variables in a row"],
)
def test_no_script_takes_long(text: str) -> None:
    before = time.process_time()
    read_all(text)
    assert time.process_time() - before < 10
