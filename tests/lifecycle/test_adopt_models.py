"""``adopt`` reads what these answers write: inputs that are not models, metadata of actions, shared responses, circular models."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from tests.lifecycle.support import Project

MODELS: dict[str, Any] = {
    "Item": {"id": "string", "name?": "string", "parent?": "Item"},
    "Site": {"site": "string"},
    "Team": {"id": "string", "title": "string"},
}
SYNC: dict[str, Any] = {
    "name": "directory",
    "models": ["Item", "Team"],
    "request": {"path": "/directory", "paginate": {"type": "none"}, "response_path": "items"},
    "requests": {"Team": {"from": "Item", "response_path": "included.teams", "mapping": {"title": "name"}}},
}
ACTIONS: list[dict[str, Any]] = [
    {"name": "create-items", "input": "Item[]", "output": "Item[]", "request": {"path": "/items"}},
    {"name": "delete-item", "input": "string"},
    {
        "name": "find-item",
        "input": "number",
        "output": "Item",
        "request": {"path": "/i", "params": {"nr": "${input}"}},
    },
    {"name": "get-page", "metadata": "Site", "input": "none", "request": {"path": "/${metadata.site}"}},
    {"name": "list-words", "input": "none", "output": "string[]", "request": {"path": "/words"}},
]


@pytest.mark.parametrize("schema_file", ["root", "integration"])
def test_they_are_described_completely(project: Project, schema_file: str) -> None:
    answers = {
        "provider": "github",
        "schema_file": schema_file,
        "models": MODELS,
        "syncs": [SYNC],
        "actions": ACTIONS,
    }
    assert project.new(answers).code == 0
    folder = "nango-integrations/github"
    (project.path / folder / ".nango-scaffold.json").unlink()
    result = project.run("adopt github --provider github")
    assert result.code == 0
    assert "describe github completely" in result.out + result.err
    adopted = yaml.safe_load(project.read(f"{folder}/.nango-scaffold-answers.yml"))
    assert adopted.get("schema_file", "root") == schema_file
    assert adopted["syncs"][0]["requests"]["Team"]["from"] == "Item"
    actions = {action["name"]: action for action in adopted["actions"]}
    assert actions["create-items"]["input"] == "Item[]"
    assert actions["delete-item"]["input"] == "string"
    assert actions["find-item"]["request"]["params"] == {"nr": "${input}"}
    assert actions["get-page"]["metadata"] == "Site"
