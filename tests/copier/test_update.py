"""``copier update`` on projects that people have worked on since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
import yaml
from tests.copier.support import (
    COMPANIES,
    CONTACTS,
    FIRST,
    FOLDER,
    HUBSPOT,
    RECORD,
    REPOSITORY,
    SECOND,
    TEN,
    TYPES,
    TYPES_TEMPLATE,
    YAML,
    Project,
    Template,
    answers_file,
    copier,
    git,
)

if TYPE_CHECKING:
    from pathlib import Path

ONE_SYNC = {"sync_names": "contacts"}
THREE_SYNCS = {"sync_names": "contacts, companies, deals"}


class TestNothingNew:
    def test_an_update_to_the_same_version_leaves_git_status_empty(self, made: Project) -> None:
        made.update(vcs_ref=FIRST)
        assert made.status() == ""

    def test_so_does_one_without_tags_in_the_template(self, template: Template, project: Project) -> None:
        git(template.root, "tag", "--delete", FIRST)
        project.copy(template)
        project.commit().update()
        assert project.status() == ""

    def test_without_tags_a_later_commit_is_the_new_version(
        self, template: Template, project: Project
    ) -> None:
        git(template.root, "tag", "--delete", FIRST)
        project.copy(template)
        project.edit(CONTACTS, "export default", "// Ours.\nexport default").commit()
        template.edit("generator/nango_scaffold/derive/requests.py", "SYNC_RETRIES = 10", "SYNC_RETRIES = 7")
        template.release(None)
        project.update()
        assert "retries: 7" in project.read(CONTACTS)
        assert "// Ours." in project.read(CONTACTS)

    def test_so_does_one_with_edits_everywhere(self, made: Project) -> None:
        made.edit(CONTACTS, "await", "// our own words\n    await").edit(YAML, "every hour", "every 5m")
        made.edit("package.json", "{", '{\n    "license": "MIT",').delete("tsconfig.json").commit()
        made.update(vcs_ref=FIRST)
        assert made.status() == ""


class TestNewVersion:
    def test_new_code_and_new_templates_reach_files_and_nango_yaml(self, made: Project) -> None:
        ran = copier("update", "--trust", "--defaults", "-a", answers_file("hubspot"), cwd=made.root)
        assert ran.code == 0, ran.text
        assert "Your edits stay" in ran.text
        assert "`npx nango generate && npx nango compile`" in ran.text
        assert "retries: 7" in made.read(CONTACTS)
        assert made.read(TYPES).startswith("// Types of the API.\n")
        assert made.entry()["syncs"]["contacts"]["runs"] == "every 2 hours"
        assert made.stored()["_commit"] == SECOND
        assert json.loads(made.read(RECORD))["files"][CONTACTS] == made.read(CONTACTS)

    def test_an_updated_project_is_the_one_a_fresh_copy_gives(
        self, made: Project, released: Template, project: Project
    ) -> None:
        made.update()
        project.copy(released)
        ours = {path: data for path, data in made.tree().items() if path != "package.json"}
        fresh = {path: data for path, data in project.tree().items() if path != "package.json"}
        record = json.loads(ours.pop(RECORD)), json.loads(fresh.pop(RECORD))
        for each in record:
            each["files"].pop("package.json")
        assert record[0] == record[1]
        assert ours == fresh

    def test_the_old_copy_is_rendered_by_the_old_code(self, template: Template, project: Project) -> None:
        """With the new code in both copies there would be no difference, and nothing would be delivered."""
        project.copy(template)
        project.commit()
        template.edit(
            "generator/nango_scaffold/derive/requests.py", "SYNC_RETRIES = 10", "SYNC_RETRIES = 3"
        ).release(SECOND)
        project.edit(CONTACTS, "retries: 10", "retries: 10 // enough").commit().update()
        assert "    def test_the_order_of_models_survives_the_answers_file(
        self, released: Template, project: Project
    ) -> None:
        models = {"Zebra": {"id": "string", "zulu": "string", "alpha": "string"}, "Ant": {"id": "string"}}
        data = {
            **HUBSPOT,
            "models": models,
            "sync_names": "",
            "syncs": [{"name": "zebras"}, {"name": "ants"}],
        }
        project.copy(released, data, vcs_ref=FIRST)
        project.commit().update(vcs_ref=FIRST)
        assert project.status() == ""
        assert list(project.nango_yaml()["models"]["Zebra"]) == ["id", "zulu", "alpha"]
