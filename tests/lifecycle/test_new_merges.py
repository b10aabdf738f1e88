"""``new`` over edited files: changes are merged where git can, and the result compiles."""

from __future__ import annotations

from typing import Any

import pytest
from tests.lifecycle.support import Project, prepared

SYNC = "nango-integrations/hubspot/syncs/users.ts"
USERS = {"provider": "hubspot", "syncs": [{"name": "users"}]}
MOVED: dict[str, Any] = {
    "provider": "hubspot",
    "syncs": [{"name": "users", "request": {"path": "/v3/users"}}],
}


@pytest.fixture
def scaffolded(project: Project) -> Project:
    return prepared(project, _scaffold)


def _scaffold(project: Project) -> None:
    project.new(USERS)


def test_an_edit_elsewhere_stays_and_the_new_line_comes(scaffolded: Project) -> None:
    scaffolded.edit(SYNC, "await nango.batchSave", "// mine\n        await nango.batchSave")
    result = scaffolded.new(MOVED)
    assert result.code == 0
    assert "users.ts" in result.out
    assert "merged" in result.out
    assert "endpoint: '/v3/users'" in scaffolded.read(SYNC)
    assert "// mine\n" in scaffolded.read(SYNC)
    assert "Nothing to do" in scaffolded.new(MOVED).out


def test_after_a_merge_the_next_one_starts_from_there(scaffolded: Project) -> None:
    scaffolded.edit(SYNC, "await nango.batchSave", "// mine\n        await nango.batchSave")
    scaffolded.new(MOVED)
    assert scaffolded.new(USERS).code == 0
    assert "endpoint: '/users'" in scaffolded.read(SYNC)
    assert "// mine\n" in scaffolded.read(SYNC)


def test_what_conflicts_is_kept_and_never_marked(scaffolded: Project) -> None:
    scaffolded.edit(SYNC, "endpoint: '/users'", "endpoint: '/mine'")
    before = scaffolded.tree()
    result = scaffolded.new(MOVED)
    assert result.code == 1
    assert "kept: edited since it was written, where it would now be written differently" in result.out
    assert scaffolded.tree()[SYNC] == before[SYNC]
    assert scaffolded.new(MOVED).code == 1, "the base stays, so that the conflict is not forgotten"


def test_crlf_line_ends_of_a_checkout_are_no_edits(scaffolded: Project) -> None:
    scaffolded.write(SYNC, scaffolded.read(SYNC).replace("\n", "\r\n"))
    assert scaffolded.new(MOVED).code == 0
    assert "endpoint: '/v3/users',\r\n" in scaffolded.read(SYNC)
    assert "Nothing to do" in scaffolded.new(MOVED).out


def test_json_names_what_was_merged(scaffolded: Project) -> None:
    scaffolded.edit(SYNC, "await nango.batchSave", "// mine\n        await nango.batchSave")
    data = scaffolded.new(MOVED, "--json").data
    assert data["merged"] == [{"path": SYNC, "conflicts": 0}]
