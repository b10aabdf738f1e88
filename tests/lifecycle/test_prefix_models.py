"""``new --prefix-models``: an integration joins a project whose models have the same names."""

from __future__ import annotations

from typing import Any

import pytest
from tests.lifecycle.support import SCHEMA, YAML, Project

OTHERS = """\
integrations:
    stripe:
        syncs:
            people:
                runs: every hour
                endpoint: GET /people
                output: User
models:
    User: { id: number, login: string }
    Team: { id: number, owner: User }
"""
ANSWERS: dict[str, Any] = {
    "provider": "hubspot",
    "models": {"User": {"id": "string", "team?": "Team"}, "Team": {"id": "string", "name": "string"}},
    "syncs": [{"name": "users"}, {"name": "teams"}],
    "actions": [{"name": "create-user", "output": "User"}],
}


@pytest.fixture
def joined(project: Project) -> Project:
    project.write(YAML, OTHERS)
    return project


def test_without_it_all_clashes_are_told_at_once_with_the_way_out(joined: Project) -> None:
    before = joined.tree()
    result = joined.new(ANSWERS)
    assert result.code == 3
    assert "User, Team" in result.err
    assert "--prefix-models" in result.err
    assert joined.tree() == before


def test_with_it_the_models_stand_beside_each_other_and_a_second_run_writes_nothing(joined: Project) -> None:
    assert joined.new(ANSWERS, "--prefix-models").code == 0
    text = joined.read(YAML)
    assert text.startswith(OTHERS.partition("models:")[0].rstrip("\n"))
    for name in (
        "HubspotUser:",
        "HubspotTeam:",
        "output: HubspotUser",
        "team?: HubspotTeam",
        "User: { id: number",
    ):
        assert name in text
    assert "hubspotUserSchema" in joined.read(SCHEMA)
    assert "import type { HubspotUser" in joined.read("nango-integrations/hubspot/mappers/to-hubspot-user.ts")
    before = joined.tree()
    for words in (("--prefix-models",), (), ("--prefix-models", "--check")):
        assert joined.new(ANSWERS, *words).code == 0
        assert joined.tree() == before


def test_the_answer_is_the_flag(joined: Project) -> None:
    assert joined.new({**ANSWERS, "prefix_models": True}).code == 0
    before = joined.tree()
    assert joined.new(ANSWERS, "--prefix-models").code == 0
    assert joined.tree() == before


def test_what_is_added_has_the_prefix_too_and_what_is_removed_takes_nothing_with_it(joined: Project) -> None:
    joined.new(ANSWERS, "--prefix-models")
    before = joined.tree()
    assert joined.run("add sync hubspot deals").code == 0
    assert "output: HubspotDeal" in joined.read(YAML)
    assert joined.run("update hubspot").code == 0
    assert joined.run("remove hubspot deals").code == 0
    assert joined.tree() == before
