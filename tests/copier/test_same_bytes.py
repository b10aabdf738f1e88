"""Promise 8: ``copier copy`` and ``nango-scaffold new`` give the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from tests.copier.support import EXAMPLES, FIRST, Project, Template, copier, read_tree, scaffold_new

if TYPE_CHECKING:
    from pathlib import Path

NAMES = sorted(path.stem for path in EXAMPLES.glob("*.yml"))
COPIERS_OWN = (".copier-answers.yml",)


@pytest.mark.parametrize("name", NAMES)
def test_an_example_copied_is_the_example_scaffolded(
    name: str, released: Template, project: Project, tmp_path: Path
) -> None:
    project.copy(released, yaml.safe_load((EXAMPLES / f"{name}.yml").read_text()), vcs_ref=FIRST)
    result = scaffold_new(tmp_path / "new", "--answers", EXAMPLES / f"{name}.yml")
    assert result.code == 0, result.text
    assert project.tree(without=COPIERS_OWN) == read_tree(tmp_path / "new")


def test_five_examples_copied_one_after_the_other_are_five_scaffolded_so(
    released: Template, project: Project, tmp_path: Path
) -> None:
    for name in [name for name in NAMES if not name.startswith("pattern-")]:
        project.copy(released, yaml.safe_load((EXAMPLES / f"{name}.yml").read_text()), vcs_ref=FIRST)
        assert scaffold_new(tmp_path / "new", "--answers", EXAMPLES / f"{name}.yml").code == 0
    assert project.tree(without=COPIERS_OWN) == read_tree(tmp_path / "new")
    project.commit()
    for name in ("1password-scim", "salesforce"):
        project.update(name, vcs_ref=FIRST)
        assert project.status() == ""


def test_the_command_line_with_a_data_file_gives_the_golden_tree(released: Template, tmp_path: Path) -> None:
    result = copier(
        *("copy", "--trust", "--defaults", "--data-file", EXAMPLES / "github.yml"),
        *("--vcs-ref", FIRST, released.root, tmp_path / "project"),
    )
    assert result.code == 0, result.text
    copied = read_tree(tmp_path / "project", without=COPIERS_OWN)
    assert copied == read_tree(EXAMPLES / "github")


@pytest.mark.parametrize("names", [["contacts", "companies"], "contacts, companies"])
def test_names_may_be_a_list_or_a_text(names: object, released: Template, project: Project) -> None:
    project.copy(released, {"provider": "hubspot", "sync_names": names}, vcs_ref=FIRST)
    assert project.stored()["sync_names"] == names
    project.commit().update(vcs_ref=FIRST)
    assert project.status() == ""


def test_scripts_for_the_events_of_a_connection(released: Template, project: Project, tmp_path: Path) -> None:
    answers = {
        "provider": "hubspot",
        "sync_names": "users",
        "on_events": {"post-connection-creation": ["welcome"]},
    }
    (tmp_path / "answers.yml").write_text(yaml.safe_dump(answers, sort_keys=False))
    project.copy(released, answers, vcs_ref=FIRST)
    assert scaffold_new(tmp_path / "new", "--answers", tmp_path / "answers.yml").code == 0
    assert project.tree(without=COPIERS_OWN) == read_tree(tmp_path / "new")
    assert project.has("nango-integrations/hubspot/on-events/welcome.ts")


def test_the_integrations_name_before_its_models_is_stored_and_stays(
    released: Template, project: Project, tmp_path: Path
) -> None:
    others = {
        "provider": "github",
        "models": {"User": {"id": "number", "login": "string"}},
        "sync_names": "users",
    }
    answers = {
        "provider": "hubspot",
        "prefix_models": True,
        "sync_names": "users",
        "action_names": "create-user",
    }
    for data in (others, answers):
        (tmp_path / "answers.yml").write_text(yaml.safe_dump(data, sort_keys=False))
        project.copy(released, data, vcs_ref=FIRST)
        assert scaffold_new(tmp_path / "new", "--answers", tmp_path / "answers.yml").code == 0
    assert project.tree(without=COPIERS_OWN) == read_tree(tmp_path / "new")
    assert "output: HubspotUser" in project.read("nango-integrations/nango.yaml")
    project.commit().update(vcs_ref=FIRST)
    assert project.status() == ""


def test_the_schema_file_lies_where_the_others_have_theirs(
    released: Template, project: Project, tmp_path: Path
) -> None:
    others = {"provider": "github", "schema_file": "integration", "action_names": "create-user"}
    answers = {"provider": "hubspot", "action_names": "create-deal"}
    for data in (others, answers):
        (tmp_path / "answers.yml").write_text(yaml.safe_dump(data, sort_keys=False))
        project.copy(released, data, vcs_ref=FIRST)
        assert scaffold_new(tmp_path / "new", "--answers", tmp_path / "answers.yml").code == 0
    assert project.tree(without=COPIERS_OWN) == read_tree(tmp_path / "new")
    assert project.has("nango-integrations/hubspot/schema.zod.ts")
    project.commit().update(vcs_ref=FIRST)
    assert project.status() == ""
