"""Mappings at work: every source of a field, and every construct of models, compiled, linted and run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .support import lint, nango
from .support.dryrun import dryrun
from .support.fake_api import FakeNango
from .support.project import prepare, read_tree
from .support.scaffolded import job, tree_of
from .support.third_party import Json, Reply, Route

if TYPE_CHECKING:
    from pathlib import Path

    from .support.project import Version

pytestmark = pytest.mark.toolchain

TICKETS: dict[str, Any] = {
    "provider": "github",
    "integration": "tickets",
    "models": {
        "Ticket": {
            "id": "string",
            "source": "string",
            "version": "number",
            "kind": "bug | feature",
            "flag": "boolean",
            "nothing": "string | null",
            "status": "OPEN | CLOSED | OTHER",
            "priority?": "low | high",
            "severity": "1 | 2 | null",
            "color?": "string",
            "label": "string",
            "shade": "string | null",
            "level?": "none | some",
            "email?": "string",
            "second_tag": "string | null",
            "full_name": "string",
            "nick_name?": "string",
            "legal_name": "string | null",
            "head": {"ref": "string", "sha": "string", "state?": "A | B"},
            "base?": {"ref": "string", "label?": "string"},
        }
    },
    "syncs": [
        {
            "name": "tickets",
            "request": {"path": "/tickets", "paginate": {"type": "none"}, "response_path": ""},
            "mapping": {
                "source": {"const": "it's ${here}"},
                "version": {"const": 2},
                "kind": {"const": "bug"},
                "flag": {"const": True},
                "nothing": {"const": None},
                "status": {
                    "from": "state",
                    "values": {"open": "OPEN", "closed": "CLOSED"},
                    "otherwise": "OTHER",
                },
                "priority": {"from": "meta.priority", "values": {"1": "low", "2": "high"}},
                "severity": {"from": "meta.severity", "values": {"minor": 1, "major": 2}},
                "color": {"from": "color", "values": {"r": "red"}},
                "label": {"from": "label", "values": {"": "none"}},
                "shade": {"from": "shade", "values": {"d": "dark"}},
                "level": {"from": "level", "values": {"0": "none"}, "otherwise": "some"},
                "email": "emails[0].value",
                "second_tag": "tags[1]",
                "full_name": {"join": ["first_name", "last_name"]},
                "nick_name": {"join": ["names[0].text", "names[1].text"], "with": " 'n' "},
                "legal_name": {"join": ["legal.first", "legal.last"], "with": ", "},
                "head.ref": "head_ref",
                "head.sha": "commit.sha",
                "head.state": {"from": "head_state", "values": {"a": "A", "b": "B"}},
                "base.ref": "base_ref",
            },
        }
    ],
    "responses": {"Ticket": {"level": "number | null"}},
}

FULL: dict[str, Json] = {
    "id": "1",
    "state": "closed",
    "meta": {"priority": "2", "severity": "minor"},
    "color": "r",
    "label": "",
    "shade": "d",
    "level": 0,
    "emails": [{"value": "ann@example.com"}],
    "tags": ["a", "b"],
    "first_name": "Ann",
    "last_name": "Lee",
    "names": [{"text": "Annie"}, {"text": "Anna"}],
    "legal": {"first": "Lee", "last": "Ann"},
    "head_ref": "topic",
    "commit": {"sha": "abc"},
    "head_state": "b",
    "base_ref": "main",
    "base": {"label": "ann:main"},
}
STRANGE = FULL | {
    "id": "2",
    "state": "constructor",
    "meta": {"priority": "toString", "severity": "none"},
    "color": "#fff",
    "label": "x",
    "shade": "bright",
    "level": 7,
    "emails": [],
    "tags": ["a"],
    "last_name": "",
    "names": [{"text": "Annie"}],
    "legal": {"first": None, "last": "Ann"},
    "head_state": "__proto__",
}
EMPTY = {name: None for name in FULL if name not in ("id", "label", "head_ref", "commit", "base_ref")} | {
    "id": "3",
    "label": "x",
    "head_ref": "topic",
    "commit": {"sha": "abc"},
    "base_ref": "main",
}

ALWAYS = {"source": "it's ${here}", "version": 2, "kind": "bug", "flag": True, "nothing": None}
SAVED = [
    ALWAYS
    | {
        "id": "1",
        "status": "CLOSED",
        "priority": "high",
        "severity": 1,
        "color": "red",
        "label": "none",
        "shade": "dark",
        "level": "none",
        "email": "ann@example.com",
        "second_tag": "b",
        "full_name": "Ann Lee",
        "nick_name": "Annie 'n' Anna",
        "legal_name": "Lee, Ann",
        "head": {"ref": "topic", "sha": "abc", "state": "B"},
        "base": {"ref": "main", "label": "ann:main"},
    },
    ALWAYS
    | {
        "id": "2",
        "status": "OTHER",
        "severity": None,
        "color": "#fff",
        "label": "x",
        "shade": "bright",
        "level": "some",
        "second_tag": None,
        "full_name": "Ann",
        "nick_name": "Annie",
        "legal_name": "Ann",
        "head": {"ref": "topic", "sha": "abc"},
        "base": {"ref": "main", "label": "ann:main"},
    },
    ALWAYS
    | {
        "id": "3",
        "status": "OTHER",
        "severity": None,
        "label": "x",
        "shade": None,
        "second_tag": None,
        "full_name": "",
        "legal_name": None,
        "head": {"ref": "topic", "sha": "abc"},
        "base": {"ref": "main"},
    },
]

CONSTRUCTS: dict[str, Any] = {
    "provider": "github",
    "integration": "constructs",
    "models": {
        "Stamped": {"created": "date", "note?": "string"},
        "Owner": {"id": "number", "name?": "string"},
        "Thing": {
            "__extends": "Stamped",
            "id": "number",
            "text": "string",
            "truth": "boolean",
            "anything": "any",
            "bag": "object",
            "mixed": "array",
            "maybe?": "string",
            "maybe_null?": "string | null",
            "or_null": "string | null",
            "kind": "ONE | TWO",
            "kind_or_null": "ONE | TWO | null",
            "kind_maybe?": "in progress | done",
            "any_of": "ok | string | 3 | true",
            "only": "single",
            "answer": 42,
            "words": "string[]",
            "days": "date[]",
            "kinds": ["A", "B"],
            "parts": [{"name": "string", "size?": "number", "made": "date"}],
            "nested": {"deep": {"deeper?": "string", "when?": "date"}},
            "owner": "Owner",
            "owner_maybe?": "Owner",
            "owner_or_null": "Owner | null",
            "owners": "Owner[]",
            "any_key": {"__string": "number"},
            "a-b": "string",
            "with space?": "string",
        },
    },
    "syncs": [
        {
            "name": "things",
            "request": {"path": "/things", "paginate": {"type": "none"}, "response_path": ""},
        }
    ],
}
DAY, WHEN = "2026-03-01T00:00:00.000Z", "2026-03-02T00:00:00.000Z"
THING: dict[str, Json] = {
    "created": DAY,
    "note": "n",
    "id": 1,
    "text": "t",
    "truth": False,
    "anything": [1],
    "bag": {"a": 1},
    "mixed": [1, "a"],
    "maybe": "m",
    "maybe_null": "m",
    "or_null": "o",
    "kind": "TWO",
    "kind_or_null": "ONE",
    "kind_maybe": "in progress",
    "any_of": 3,
    "only": "single",
    "answer": 42,
    "words": ["a"],
    "days": [DAY, WHEN],
    "kinds": ["B"],
    "parts": [{"name": "p", "size": 0, "made": WHEN}],
    "nested": {"deep": {"deeper": "d", "when": WHEN}},
    "owner": {"id": 1, "name": "Ann"},
    "owner_maybe": {"id": 2, "name": "Bob"},
    "owner_or_null": {"id": 3, "name": "Eve"},
    "owners": [{"id": 4, "name": "Joe"}],
    "any_key": {"x": 1},
    "a-b": "ab",
    "with space": "ws",
}
LEAN = THING | {
    "id": 2,
    "note": None,
    "maybe": None,
    "maybe_null": None,
    "or_null": None,
    "kind_or_null": None,
    "kind_maybe": None,
    "parts": [{"name": "p", "size": None, "made": WHEN}],
    "nested": {"deep": {"deeper": None, "when": None}},
    "owner": {"id": 1, "name": None},
    "owner_maybe": None,
    "owner_or_null": None,
    "with space": None,
}
LEAN_SAVED = {
    name: value
    for name, value in LEAN.items()
    if name not in ("note", "maybe", "kind_maybe", "owner_maybe", "with space")
} | {
    "parts": [{"name": "p", "made": WHEN}],
    "nested": {"deep": {}},
    "owner": {"id": 1},
}


@pytest.fixture(scope="module")
def project(version: Version, tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tree_of([job(TICKETS), job(CONSTRUCTS)])
    project = prepare(tree, version, tmp_path_factory.mktemp("mapping"))
    built = nango.build(project, version)
    assert built.complete, (built.problems, built.output[-3000:])
    return project


def saved_records(project: Path, version: Version, integration: str, script: str, records: list[Json]) -> Any:
    with FakeNango([Route("GET", f"/{script}", Reply(records))], provider="github") as api:
        outcome = dryrun(project, version, script, api, integration=integration, compiled=True)
    assert outcome.error is None, outcome.output
    (rows,) = outcome.saved.values()
    return rows


def test_fields_are_constant_renamed_joined_nested_and_from_lists(project: Path, version: Version) -> None:
    assert saved_records(project, version, "tickets", "tickets", [FULL, STRANGE, EMPTY]) == SAVED


def test_every_construct_of_models_comes_through(project: Path, version: Version) -> None:
    extra = {"unasked": True, "owner": THING["owner"] | {"secret": "s"}}
    records = saved_records(project, version, "constructs", "things", [THING | extra, LEAN])
    without_null = {name: value for name, value in LEAN_SAVED.items() if name != "maybe_null"}
    assert records[0] == THING
    assert {name: value for name, value in records[1].items() if name != "maybe_null"} == without_null
    assert records[1].get("maybe_null") is None


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
def test_no_official_tool_finds_anything_and_the_schema_is_that_of_ts_to_zod(project: Path) -> None:
    assert lint.eslint(project) == []
    assert lint.prettier(project) == []
    assert lint.yamllint(project) == []
    ours = read_tree(project)["nango-integrations/schema.zod.ts"]
    assert (
        lint.ts_to_zod(project)
        .replace("z.record(z.any())", "z.record(z.string(), z.any())")
        .replace("z.record(z.number())", "z.record(z.string(), z.number())")
        == ours
    )
