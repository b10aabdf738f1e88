"""``readme``: whether an integration has a README is decided once; later runs keep it up to date."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.lifecycle.support import YAML, Project

README = "nango-integrations/hubspot/README.md"
OTHER = "nango-integrations/github/README.md"
HUBSPOT: dict[str, Any] = {
    "provider": "hubspot",
    "models": {"Gadget": {"id": "string", "title": "string"}},
    "syncs": [{"name": "gadgets", "model": "Gadget"}],
}
GITHUB: dict[str, Any] = {"provider": "github", "sync_names": ["issues"]}
HAND = Path(__file__).resolve().parents[2] / "tests/toolchain/fixtures/hand"
FOREIGN = """\
integrations:
    acme:
        actions:
            look: { description: Look., endpoint: GET /look }
models: {}
"""


def in_older_project(project: Project) -> Project:
    project.write(YAML, FOREIGN)
    return project


def test_a_new_project_has_pages_and_keeps_them(project: Project) -> None:
    assert project.new(HUBSPOT).code == 0
    assert project.new(GITHUB).code == 0
    assert project.has(README)
    assert project.has(OTHER)
    before = project.tree()
    for words in (["update"], ["check"]):
        assert project.run(*words).code == 0
    for answers in (HUBSPOT, GITHUB, {**HUBSPOT, "readme": True}):
        result = project.new(answers)
        assert result.code == 0
        assert project.read(README).encode() == before[README]
    assert project.new(HUBSPOT).code == 0
    assert project.tree() == before


def test_an_older_project_gets_none_unless_it_is_wanted(project: Project) -> None:
    in_older_project(project)
    assert project.new(HUBSPOT).code == 0
    assert not project.has(README)
    assert project.new({**GITHUB, "readme": True}).code == 0
    assert project.has(OTHER)
    # What was decided stays; one that is new does as the others do.
    assert project.new(HUBSPOT).code == 0
    assert project.run("update").code == 0
    assert not project.has(README)
    assert project.new({"provider": "slack", "sync_names": ["users"]}).code == 0
    assert project.has("nango-integrations/slack/README.md")


def test_several_at_once_are_as_they_are_one_by_one(project: Project) -> None:
    in_older_project(project)
    for name, answers in (("a", {**HUBSPOT, "readme": True}), ("b", GITHUB)):
        project.path.with_name(f"{name}.yml").write_text(json.dumps(answers))
    files = [str(project.path.with_name(f"{name}.yml")) for name in ("a", "b")]
    assert project.run("new", "--answers", *files).code == 0
    assert project.has(README)
    assert project.has(OTHER)


def test_none_is_remembered_and_one_that_is_no_longer_wanted_goes(project: Project) -> None:
    assert project.new({**HUBSPOT, "readme": False}).code == 0
    assert not project.has(README)
    assert project.new(HUBSPOT).code == 0
    assert not project.has(README)
    assert project.new({**HUBSPOT, "readme": True}).code == 0
    assert project.has(README)
    project.edit(README, "# HubSpot", "# Our HubSpot")
    assert project.new({**HUBSPOT, "readme": False}).label_of("README.md").startswith("kept")
    assert project.read(README).startswith("# Our HubSpot")


def test_edits_are_merged_as_the_integration_changes(project: Project) -> None:
    project.new(HUBSPOT)
    project.edit(README, "## Setting it up", "## Whom to ask\n\nThe sales team.\n\n## Setting it up")
    assert project.run("add action hubspot create-gadget").code == 0
    text = project.read(README)
    assert "### create-gadget" in text
    assert "The sales team." in text
    assert project.run("remove hubspot create-gadget --yes").code == 0
    assert "### create-gadget" not in project.read(README)
    assert "The sales team." in project.read(README)


def test_one_that_was_deleted_stays_deleted(project: Project) -> None:
    project.new(HUBSPOT)
    (project.path / README).unlink()
    assert project.run("add action hubspot create-gadget").code == 0
    assert project.run("update").code == 0
    assert not project.has(README)


@pytest.mark.parametrize("readme", [True, None])
def test_it_goes_with_the_integration(project: Project, readme: bool | None) -> None:
    before = project.tree()
    project.new({**HUBSPOT, "readme": readme})
    assert project.run("remove hubspot --yes").code == 0
    assert project.tree() == before


def test_a_page_of_the_users_own_is_left_alone(project: Project) -> None:
    project.write(README, "# Ours\n")
    result = project.new(HUBSPOT)
    assert (result.code, project.read(README)) == (0, "# Ours\n")
    assert project.run("update").code == 0
    assert project.run("remove hubspot --yes").code == 0
    assert project.read(README) == "# Ours\n"


def test_a_manifest_of_others_that_cannot_be_read_is_no_obstacle(project: Project) -> None:
    project.new(GITHUB)
    (project.path / OTHER).with_name(".nango-scaffold.json").unlink()
    (project.path / OTHER).with_name(".nango-scaffold.json").mkdir()
    result = project.new({**HUBSPOT, "readme": None})
    assert "Traceback" not in result.err


def test_what_was_inferred_is_told_by_every_later_run(project: Project) -> None:
    sample = project.path.with_name("gadgets.json")
    sample.write_text(json.dumps({"results": [{"id": 1, "title": "x"}]}))
    answers = {"provider": "hubspot", "syncs": [{"name": "gadgets", "infer": {"sample": str(sample)}}]}
    assert project.new(answers).code == 0
    row = "| `gadgets` | what the answers left out | inferred from the sample gadgets.json |"
    assert row in project.read(README).splitlines()
    before = project.tree()
    assert project.new(answers).code == 0
    assert project.run("update").code == 0
    assert project.tree() == before
    more = project.path.with_name("more.yml")
    more.write_text(json.dumps({"syncs": [{"name": "deals", "infer": {"sample": str(sample)}}]}))
    assert project.run("add sync hubspot deals", "--answers", str(more)).code == 0
    assert row in project.read(README).splitlines()
    assert row.replace("gadgets` ", "deals` ") in project.read(README).splitlines()
    assert project.run("remove hubspot gadgets --yes").code == 0
    assert row not in project.read(README).splitlines()


def test_an_adopted_integration_gets_one_where_it_is_wanted(project: Project) -> None:
    shutil.copytree(HAND, project.path, dirs_exist_ok=True)
    assert project.run("adopt github").code == 0
    assert not project.has(OTHER)
    before = project.tree()
    answers = project.run("answers github", "--json").data
    result = project.new({**answers, "readme": True})
    assert result.code == 0, result.out
    assert project.read(OTHER).startswith("# GitHub\n")
    scripts = {path: data for path, data in before.items() if path.endswith(".ts")}
    after = project.tree()
    assert {path: after[path] for path in scripts} == scripts
    assert project.new(answers).code == 0
    assert project.tree()[OTHER] == after[OTHER]
    assert project.new({**answers, "readme": False}).code == 0
    assert not project.has(OTHER)


@pytest.mark.parametrize(("edit", "stays"), [("", False), ("Ask the sales team.", True)])
def test_with_its_manifest_lost_an_edited_page_is_somebodys_own(
    project: Project, edit: str, stays: bool
) -> None:
    project.new(HUBSPOT)
    project.edit(README, "## Setting it up\n", f"## Setting it up\n{edit}")
    (project.path / README).with_name(".nango-scaffold.json").unlink()
    assert project.run("adopt hubspot").code == 0
    assert project.run("remove hubspot").code == 0
    assert project.has(README) is stays
