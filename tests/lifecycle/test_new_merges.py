"""``new`` over edited files: what is new is merged in where git can, and nothing is left that does not compile."""

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
def made(project: Project) -> Project:
    return prepared(project, _scaffold)


def _scaffold(project: Project) -> None:
    project.new(USERS)


def test_an_edit_elsewhere_stays_and_the_new_line_comes(made: Project) -> None:
    made.edit(SYNC, "await nango.batchSave", "// mine\n        await nango.batchSave")
    ran = made.new(MOVED)
    assert ran.code == 0
    assert "users.ts" in ran.out
    assert "merged" in ran.out
    assert "endpoint: '/v3/users'" in made.read(SYNC)
    assert "// mine\n" in made.read(SYNC)
    assert "Nothing to do" in made.new(MOVED).out


def test_after_a_merge_the_next_one_starts_from_there(made: Project) -> None:
    made.edit(SYNC, "await nango.batchSave", "// mine\n        await nango.batchSave")
    made.new(MOVED)
    assert made.new(USERS).code == 0
    assert "endpoint: '/users'" in made.read(SYNC)
    assert "// mine\n" in made.read(SYNC)


def test_what_conflicts_is_kept_and_never_marked(made: Project) -> None:
    made.edit(SYNC, "endpoint: '/users'", "endpoint: '/mine'")
    before = made.tree()
    ran = made.new(MOVED)
    assert ran.code == 1
    assert "kept: edited since it was written, where it would now be written differently" in ran.out
    assert made.tree()[SYNC] == before[SYNC]
    assert made.new(MOVED).code == 1, "the base stays, so that the conflict is not forgotten"


def test_crlf_line_ends_of_a_checkout_are_no_edits(made: Project) -> None:
    made.write(SYNC, made.read(SYNC).replace("\n", "\r\n"))
    assert made.new(MOVED).code == 0
    assert "endpoint: '/v3/users',\r\n" in made.read(SYNC)
    assert "Nothing to do" in made.new(MOVED).out


def test_json_names_what_was_merged(made: Project) -> None:
    made.edit(SYNC, "await nango.batchSave", "// mine\n        await nango.batchSave")
    data = made.new(MOVED, "--json").data
    assert data["merged"] == [{"path": SYNC, "conflicts": 0}]
