"""Values that are computed from the response, and checks of the input: compiled, linted and run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .support import lint, nango
from .support.dryrun import dryrun
from .support.fake_api import FakeNango
from .support.project import prepare
from .support.scaffolded import job, tree_of
from .support.third_party import Json, Reply, Route

if TYPE_CHECKING:
    from pathlib import Path

    from .support.project import Version

pytestmark = pytest.mark.toolchain

_ONE_PAGE = {"paginate": {"type": "none"}, "response_path": ""}
PEOPLE: dict[str, Any] = {
    "provider": "github",
    "integration": "people",
    "models": {
        "Line": {"id": "string", "price": "number", "kind?": "A | B", "note?": "string"},
        "Address": {"street": "string", "city?": "string"},
        "Person": {
            "id": "string",
            "is_active": "boolean",
            "is_paying": "boolean",
            "email?": "string",
            "kind_of_email?": "string",
            "work_email": "string | null",
            "any_email": "string",
            "first_name": "string",
            "last_name?": "string",
            "middle": "string | null",
            "slug?": "string",
            "domain": "string",
            "status": "open | closed",
            "count": "number",
            "since": "date",
            "created_at": "string",
            "updated_at?": "string",
            "seen_at": "date",
            "born": "string | null",
            "lines": "Line[]",
            "extra?": "Line[]",
            "address?": "Address",
            "main?": "Address",
            "home": {"street": "string", "zip?": "string"},
            "full": "string",
            "short?": "string",
            "score": "number | null",
            "tags": "string[]",
            "when?": "date",
            "level": "low | high",
            "flag": "boolean",
        },
        "Note": {"id": "string", "title": "string", "author?": "string"},
    },
    "syncs": [
        {
            "name": "people",
            "request": {"path": "/people", **_ONE_PAGE},
            "mapping": {
                "is_active": {"from": "status_text", "is": "active"},
                "is_paying": {"from": "plan.kind", "is": ["pro", "team"]},
                "email": {"from": "emails", "where": {"primary": True}, "pick": "value"},
                "kind_of_email": {"from": "emails", "where": {"primary": True}, "pick": "type"},
                "work_email": {
                    "from": "emails",
                    "where": {"type": "work", "primary": False},
                    "pick": "value",
                },
                "any_email": {
                    "from": "emails",
                    "where": {"primary": True},
                    "pick": "value",
                    "otherwise": "none",
                },
                "first_name": {"from": "name", "part": "first"},
                "last_name": {"from": "name", "part": "rest"},
                "middle": {"from": "name", "part": "last"},
                "slug": {"from": "links.self", "part": "last", "at": "/"},
                "domain": {"from": "host", "part": "last", "at": ".", "otherwise": "none"},
                "status": {"from": "state", "otherwise": "open"},
                "count": {"from": "stats.count", "otherwise": 0},
                "since": {"from": "since", "otherwise": None},
                "created_at": {"from": "created", "date": "epoch_seconds"},
                "updated_at": {"from": "updated", "date": "epoch_milliseconds"},
                "seen_at": {"from": "seen", "date": "any"},
                "born": {"from": "birth", "date": "iso"},
                "lines": {
                    "from": "line_items",
                    "each": {
                        "id": "id",
                        "price": "unit_price",
                        "kind": {"from": "k", "values": {"a": "A"}},
                        "note": {"from": "text", "part": "first", "at": "."},
                    },
                },
                "extra": {"from": "more.items", "each": {"price": "unit_price"}},
                "address": {
                    "from": "addr",
                    "each": {"street": "line1", "city": {"from": "town", "otherwise": "?"}},
                },
                "main": {"from": "addresses", "where": {"main": True}},
                "home": {"from": "house", "each": {"street": "line1", "zip": "zip_code"}},
                "full": {"expression": "`${response.first} ${response.last ?? ''}`.trim()"},
                "short": {"expression": "response.nick?.toLowerCase()"},
                "score": {
                    "expression": "response.scores.find((score) => score.kind === 'main')?.points ?? null"
                },
                "tags": {
                    "expression": "(response.labels ?? []).filter(label => label.shown).map(label => label.name)"
                },
                "when": {"expression": "response.times?.start"},
                "level": {"expression": 'response.amount*2>10\n  ? "high"\n  : "low"'},
                "flag": {"expression": "response.roles.includes('admin')"},
            },
            "children": {
                "model": "Note",
                "path": "/people/${parent.id}/notes",
                **_ONE_PAGE,
                "mapping": {
                    "id": {"expression": "`${parent.id}-${response.number}`"},
                    "author": {"expression": "response.author?.login ?? parent.email"},
                },
            },
        }
    ],
}
_TEXTS = {"title?": "string", "body?": "string", "size?": "number"}
NOTES: dict[str, Any] = {
    "provider": "github",
    "integration": "notes",
    "models": {
        "CreateNote": _TEXTS,
        "UpdateNote": {"id": "string", "start": "string", "end": "string"},
        "NoteMetadata": {"region": "string"},
        "Entry": {"id": "string", "done": "boolean", "day": "string", "words": [{"text": "string"}]},
        "EntryPage": {"entries": "Entry[]"},
    },
    "actions": [
        {
            "name": "create-note",
            "input": "CreateNote",
            "output": "Entry",
            "request": {"path": "/notes", "response_path": "note"},
            "mapping": {
                "done": {"from": "state", "is": "done"},
                "day": {"from": "at", "date": "epoch_seconds"},
                "words": {"from": "tokens", "each": {"text": "t"}},
            },
            "checks": [
                {"unless": "input.title || input.body", "message": "A title or a body's needed: ${title}"},
                {
                    "unless": "input.size===undefined || (input.size >= 1 && input.size <= 10)",
                    "message": "size is from 1 to 10",
                },
            ],
        },
        {
            "name": "update-note",
            "input": "UpdateNote",
            "output": "none",
            "metadata": "NoteMetadata",
            "request": {"method": "PATCH", "path": "/notes/${input.id}", "data": ["start"]},
            "checks": [
                {"unless": "Date.parse(input.start) < Date.parse(input.end)", "message": "It ends too early"},
                {"unless": "!input.id.includes('/')", "message": "The id holds a slash"},
                {"unless": "['eu', 'us'].includes(metadata.region)", "message": "No such region"},
            ],
        },
        {
            "name": "list-entries",
            "output": "EntryPage",
            "paginated": False,
            "request": {"path": "/entries", "response_path": ""},
        },
    ],
}

FULL: dict[str, Json] = {
    "id": "1",
    "status_text": "active",
    "plan": {"kind": "team"},
    "emails": [
        {"primary": False, "type": "work", "value": "w@example.com"},
        {"primary": True, "type": "home", "value": "h@example.com"},
    ],
    "name": "Ann Mary Lee",
    "links": {"self": "https://example.com/people/ann"},
    "host": "www.example.org",
    "state": "closed",
    "stats": {"count": 3},
    "since": "2026-01-02T00:00:00Z",
    "created": 1_700_000_000,
    "updated": 1_700_000_000_000,
    "seen": "2026-03-01T01:00:00+0100",
    "birth": "1990-05-06",
    "line_items": [
        {"id": "a", "unit_price": 2.5, "k": "a", "text": "one. two"},
        {"id": "b", "unit_price": 0},
    ],
    "more": {"items": [{"id": "c", "unit_price": 1, "kind": "B", "note": "n"}]},
    "addr": {"line1": "High Street 1", "town": None},
    "addresses": [{"main": False, "street": "x"}, {"main": True, "street": "y", "city": "z"}],
    "house": {"line1": "Low Street 2", "zip_code": "123"},
    "first": "Ann",
    "last": "Lee",
    "nick": "ANNIE",
    "scores": [{"kind": "side", "points": 1}, {"kind": "main", "points": 7}],
    "labels": [{"shown": True, "name": "vip"}, {"shown": False, "name": "old"}],
    "times": {"start": "2026-04-01T00:00:00Z"},
    "amount": 6,
    "roles": ["admin"],
}
LEAN: dict[str, Json] = {
    "id": "2",
    "name": "Ann",
    "since": "2026-01-02T00:00:00Z",
    "created": 0,
    "seen": 1_700_000_000_000,
    "line_items": [],
    "house": {"line1": "Low Street 2"},
    "first": "Ann",
    "scores": [],
    "amount": 5,
    "roles": [],
}
NOVEMBER = "2023-11-14T22:13:20.000Z"
SAVED = [
    {
        "id": "1",
        "is_active": True,
        "is_paying": True,
        "email": "h@example.com",
        "kind_of_email": "home",
        "work_email": "w@example.com",
        "any_email": "h@example.com",
        "first_name": "Ann",
        "last_name": "Mary Lee",
        "middle": "Lee",
        "slug": "ann",
        "domain": "org",
        "status": "closed",
        "count": 3,
        "since": "2026-01-02T00:00:00.000Z",
        "created_at": NOVEMBER,
        "updated_at": NOVEMBER,
        "seen_at": "2026-03-01T00:00:00.000Z",
        "born": "1990-05-06T00:00:00.000Z",
        "lines": [{"id": "a", "price": 2.5, "kind": "A", "note": "one"}, {"id": "b", "price": 0}],
        "extra": [{"id": "c", "price": 1, "kind": "B", "note": "n"}],
        "address": {"street": "High Street 1", "city": "?"},
        "main": {"street": "y", "city": "z"},
        "home": {"street": "Low Street 2", "zip": "123"},
        "full": "Ann Lee",
        "short": "annie",
        "score": 7,
        "tags": ["vip"],
        "when": "2026-04-01T00:00:00.000Z",
        "level": "high",
        "flag": True,
    },
    {
        "id": "2",
        "is_active": False,
        "is_paying": False,
        "work_email": None,
        "any_email": "none",
        "first_name": "Ann",
        "middle": "Ann",
        "domain": "none",
        "status": "open",
        "count": 0,
        "since": "2026-01-02T00:00:00.000Z",
        "created_at": "1970-01-01T00:00:00.000Z",
        "seen_at": NOVEMBER,
        "born": None,
        "lines": [],
        "home": {"street": "Low Street 2"},
        "full": "Ann",
        "score": None,
        "tags": [],
        "level": "low",
        "flag": False,
    },
]


@pytest.fixture(scope="module")
def project(version: Version, tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tree_of([job(PEOPLE), job(NOTES)])
    project = prepare(tree, version, tmp_path_factory.mktemp("mapped"))
    built = nango.build(project, version)
    assert built.complete, (built.problems, built.output[-3000:])
    return project


def test_values_are_computed_and_null_safe(project: Path, version: Version) -> None:
    notes: list[Json] = [{"number": 1, "title": "a", "author": {"login": "bob"}}, {"number": 2, "title": "b"}]
    routes = [
        Route("GET", "/people", Reply([FULL, LEAN])),
        Route("GET", "/people/1/notes", Reply(notes)),
        Route("GET", "/people/2/notes", Reply(notes[1:])),
    ]
    with FakeNango(routes, provider="github") as api:
        outcome = dryrun(project, version, "people", api, integration="people", compiled=True)
    assert outcome.error is None, outcome.output
    assert outcome.saved["Person"] == SAVED
    assert outcome.saved["Note"] == [
        {"id": "1-1", "title": "a", "author": "bob"},
        {"id": "1-2", "title": "b", "author": "h@example.com"},
        {"id": "2-2", "title": "b"},
    ]
    assert [request.path for request in api.requests] == ["/people", "/people/1/notes", "/people/2/notes"]


def act(project: Path, version: Version, action: str, api: FakeNango, action_input: Any = None) -> Any:
    return dryrun(project, version, action, api, integration="notes", input=action_input, compiled=True)


def test_the_response_of_an_action_is_mapped_the_same_way(project: Path, version: Version) -> None:
    note = {"id": "1", "state": "done", "at": 1_700_000_000, "tokens": [{"t": "a"}, {"t": "b"}]}
    with FakeNango([Route("POST", "/notes", Reply({"note": note}))], provider="github") as api:
        outcome = act(project, version, "create-note", api, {"title": "a", "size": 10})
    assert outcome.error is None, outcome.output
    assert outcome.result == {
        "id": "1",
        "done": True,
        "day": NOVEMBER,
        "words": [{"text": "a"}, {"text": "b"}],
    }
    assert api.requests[0].body == {"title": "a", "size": 10}


@pytest.mark.parametrize(
    ("action", "action_input", "message"),
    [
        ("create-note", {"size": 1}, "A title or a body's needed: ${title}"),
        ("create-note", {"body": "b", "size": 11}, "size is from 1 to 10"),
        ("update-note", {"id": "1", "start": "2026-02-02", "end": "2026-01-01"}, "It ends too early"),
        ("update-note", {"id": "1/2", "start": "2026-01-01", "end": "2026-02-02"}, "The id holds a slash"),
        ("update-note", {"id": "1", "start": "2026-01-01", "end": "2026-02-02"}, "No such region"),
    ],
)
def test_an_input_that_does_not_pass_a_check_is_refused_before_any_request(
    project: Path, version: Version, action: str, action_input: Json, message: str
) -> None:
    with FakeNango([], provider="github", metadata={"region": "mars"}) as api:
        outcome = act(project, version, action, api, action_input)
    assert outcome.error is not None
    assert outcome.error["payload"] == {"message": message}
    assert api.requests == []


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
def test_no_official_tool_finds_anything(project: Path) -> None:
    assert lint.eslint(project) == []
    assert lint.prettier(project) == []
    assert lint.yamllint(project) == []
