"""Records that take nothing from the response: no mapper, no raw type, no types.ts."""

from __future__ import annotations

from typing import Any

import pytest
from tests.toolchain.support.scaffolded import job, tree_of

MODELS: dict[str, Any] = {
    "SuccessResponse": {"success": "boolean"},
    "Nothing": {},
    "Flag": {"on": "yes | no", "deep": {"level": "number"}},
    "Flags": {"flags": "Flag[]", "next_cursor?": "string"},
    "Holder": {"id": "string", "flag": "Flag", "flags": "Flag[]", "maybe?": "Flag"},
    "Single": {"id": "string", "kind": "A | B"},
    "Thing": {"id": "string"},
}
FLAG = {"on": {"const": "yes"}, "deep.level": {"const": 3}}
OWN = "nango-integrations/consts/"


def tree(**more: Any) -> dict[str, str]:
    """The files of one integration with the models above, by their path below its folder."""
    answers = {"provider": "github", "integration": "consts", "models": MODELS, **more}
    whole = tree_of([job(answers)])
    return {path.removeprefix(OWN): text for path, text in whole.items() if path.startswith(OWN)}


def statements(text: str, first: str) -> list[str]:
    """The lines from one that begins so to the end of its function, without indents."""
    lines = [line.strip() for line in text.splitlines()]
    start = next(index for index, line in enumerate(lines) if line.startswith(first))
    return lines[start : lines.index("}", start)]


@pytest.mark.parametrize(
    ("action", "request_", "returned"),
    [
        (
            {"name": "delete-thing", "output": "SuccessResponse", "mapping": {"success": {"const": True}}},
            "await nango.delete(proxyConfig);",
            "return { success: true };",
        ),
        ({"name": "delete-thing"}, "await nango.delete(proxyConfig);", "return { success: true };"),
        (
            {"name": "send-thing", "input": "Thing", "output": "Nothing"},
            "await nango.post(proxyConfig);",
            "return {};",
        ),
        (
            {"name": "get-flag", "output": "Flag", "mapping": FLAG, "request": {"response_path": "a.b"}},
            "await nango.get(proxyConfig);",
            "return { on: 'yes', deep: { level: 3 } };",
        ),
    ],
)
def test_an_action_returns_what_is_always_the_same(
    action: dict[str, Any], request_: str, returned: str
) -> None:
    files = tree(actions=[action])
    text = files[f"actions/{action['name']}.ts"]
    assert statements(text, "await nango.zod" if "zod" not in request_ else request_)
    assert statements(text, request_) == [request_, returned]
    assert "../types" not in text
    assert not [path for path in files if path.startswith("mappers/") or path == "types.ts"]


def test_a_page_of_such_items_has_no_mapper() -> None:
    files = tree(actions=[{"name": "list-flags", "output": "Flags", "mapping": FLAG}])
    assert "flags: records.map(() => ({ on: 'yes', deep: { level: 3 } }))" in files["actions/list-flags.ts"]
    assert "export type ConstsListFlagsBody = unknown[];" in files["types.ts"]
    assert not [path for path in files if path.startswith("mappers/")]


def test_such_a_record_in_another_one_is_written_out() -> None:
    actions = [{"name": "get-flag", "output": "Flag", "mapping": FLAG}]
    files = tree(syncs=[{"name": "holders", "model": "Holder"}], actions=actions)
    assert [path for path in files if path.startswith("mappers/")] == ["mappers/to-holder.ts"]
    mapper = files["mappers/to-holder.ts"]
    assert "toFlag" not in mapper
    assert "flags: response.flags.map(() => ({" in mapper
    assert "...(response.maybe != null && {" in mapper
    assert "FlagResponse" not in files["types.ts"]


def test_a_sync_saves_what_is_always_the_same() -> None:
    mapping = {"id": {"const": "only"}, "kind": {"const": "A"}}
    sync = {"name": "singles", "model": "Single", "mapping": mapping, "request": {"response_path": ""}}
    files = tree(syncs=[sync])
    assert "page.map(() => ({ id: 'only', kind: 'A' }))" in files["syncs/singles.ts"]
    assert not [path for path in files if path.startswith("mappers/") or path == "types.ts"]


def test_parents_that_are_always_the_same_keep_the_type_of_their_model() -> None:
    mapping = {"id": {"const": "only"}, "kind": {"const": "A"}}
    children = {"model": "Thing", "path": "/singles/${parent.kind}", "from_parent": {}}
    sync = {"name": "singles", "model": "Single", "mapping": mapping, "children": children}
    text = tree(syncs=[sync])["syncs/singles.ts"]
    assert "const parents: Single[] = page.map(() => ({ id: 'only', kind: 'A' }));" in text


def test_a_record_that_its_parent_alone_fills_leaves_the_response_unread() -> None:
    models = {**MODELS, "Seat": {"id": "string", "holder": "string"}}
    children = {
        "model": "Seat",
        "path": "/holders/${parent.id}",
        "from_parent": {"holder": "id"},
        "mapping": {"id": {"const": "only"}},
    }
    sync = {"name": "things", "model": "Thing", "children": children}
    files = tree(syncs=[sync], models=models)
    assert "export function toSeat(_response: unknown, parent: Thing): Seat {" in files["mappers/to-seat.ts"]
