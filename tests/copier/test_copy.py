"""``copier copy`` into projects: new ones, old ones, and those that ``nango-scaffold new`` has written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml
from tests.copier.support import (
    COMPANIES,
    CONTACTS,
    FIRST,
    FOLDER,
    HUBSPOT,
    MANIFEST,
    REPOSITORY,
    SECOND,
    TYPES,
    YAML,
    Project,
    Template,
    answers_file,
    copier,
    scaffold_new,
)

from nango_scaffold.manifest.reading import from_text

if TYPE_CHECKING:
    from pathlib import Path

SCRIPTS = ("contacts", "companies", "create-contact")
SETTINGS = [word for key, value in HUBSPOT.items() for word in ("--set", f"{key}={value}")]


class TestFirstCopy:
    def test_provider_and_names_are_enough(self, scaffolded: Project) -> None:
        assert {path for path in scaffolded.tree() if path.startswith(FOLDER)} == {
            *(answers_file("hubspot"), MANIFEST, TYPES, CONTACTS, COMPANIES),
            f"{FOLDER}/actions/create-contact.ts",
            f"{FOLDER}/mappers/to-contact.ts",
            f"{FOLDER}/mappers/to-company.ts",
            f"{FOLDER}/README.md",
            f"{FOLDER}/tests/nango-mock.ts",
            *(f"{FOLDER}/tests/hubspot-{name}.mock.json" for name in SCRIPTS),
            *(f"{FOLDER}/tests/hubspot-{name}.test.ts" for name in SCRIPTS),
        }

    def test_the_answers_hold_the_facts_that_were_used(self, scaffolded: Project) -> None:
        stored = scaffolded.stored()
        assert stored["facts_used"]["base_url"] == "https://api.hubapi.com"
        assert (stored["_commit"], stored["sync_names"]) == (FIRST, "contacts, companies")
        assert "models" not in stored

    def test_there_is_no_folder_for_what_there_is_none_of(self, released: Template, project: Project) -> None:
        project.copy(released, {"provider": "hubspot", "sync_names": "contacts"})
        folders = [path for path in (project.root / FOLDER).iterdir() if path.is_dir()]
        assert sorted(path.name for path in folders) == ["mappers", "syncs", "tests"]

    def test_every_answer_of_the_format_has_its_question(self) -> None:
        """Copier keeps no answer without one, and an update would then render something else."""
        from nango_scaffold.answers.format import ANSWERS

        assert set(ANSWERS.keys) <= set(yaml.safe_load((REPOSITORY / "copier.yml").read_text()))

    def test_the_next_commands_are_shown(self, released: Template, tmp_path: Path) -> None:
        data = [word for key, value in HUBSPOT.items() for word in ("--data", f"{key}={value}")]
        result = copier("copy", "--trust", "--defaults", *data, released.root, tmp_path / "project")
        assert result.code == 0, result.text
        for command in (
            "npm install",
            "npx nango generate",
            "npx nango compile",
            "node ../dryrun.js contacts CONNECTION \\\n    --integration-id hubspot --auto-confirm -e dev",
            "npx nango deploy dev",
            f"copier update --trust \\\n    -a {answers_file('hubspot')}",
        ):
            assert f"  {command}\n" in result.text

    def test_they_are_those_of_the_projects_package_manager_and_begin_with_the_pinned_cli(
        self, released: Template, tmp_path: Path
    ) -> None:
        project = Project.begin(tmp_path / "project")
        project.write("package.json", '{"devDependencies": {"nango": "^0.71.0"}}').write("yarn.lock", "")
        project.write(".gitignore", "dist\n")
        data = [word for key, value in HUBSPOT.items() for word in ("--data", f"{key}={value}")]
        result = copier("copy", "--trust", "--defaults", *data, released.root, project.root)
        assert result.code == 0, result.text
        assert (
            "(nango ^0.71.0 in package.json reads no nango.yaml; 0.69.43 was the last CLI that does: "
            in result.text
        )
        assert "(.gitignore does not cover " in result.text
        steps = result.text.partition("Next, in")[2]
        assert steps.index("  yarn add --dev nango@0.69.36 ") < steps.index("  yarn nango generate\n")
        assert "npx" not in steps

    def test_runs_and_scopes_go_to_all_that_were_named_alone(
        self, released: Template, project: Project
    ) -> None:
        project.copy(released, {**HUBSPOT, "runs": "every day", "scopes": "crm.read, crm.write"})
        entry = project.entry()
        assert {sync["runs"] for sync in entry["syncs"].values()} == {"every day"}
        assert entry["actions"]["create-contact"]["scopes"] == ["crm.read", "crm.write"]

    def test_a_provider_without_a_base_url_is_completed(self, released: Template, project: Project) -> None:
        catalogue = "node_modules/@nangohq/providers/providers.yaml"
        project.write(catalogue, "homemade:\n    display_name: Homemade\n    auth_mode: API_KEY\n")
        data = {"provider": "homemade", "sync_names": "things", "base_url": "https://api.homemade.example"}
        project.copy(released, data, vcs_ref=FIRST)
        (project.root / catalogue).unlink()
        project.commit().update("homemade", vcs_ref=FIRST)
        assert project.status() == ""
        assert project.stored("homemade")["base_url"] == "https://api.homemade.example"

    def test_facts_are_those_of_the_day_it_was_made(self, released: Template, project: Project) -> None:
        """The providers.yaml of the project's CLI may be another one, or gone, when the update comes."""
        catalogue = "node_modules/@nangohq/providers/providers.yaml"
        entry = "    display_name: Homemade\n    auth_mode: API_KEY\n    proxy:\n        base_url: https://{}.example\n"
        project.write(catalogue, f"homemade:\n{entry.format('old')}")
        project.copy(released, {"provider": "homemade", "sync_names": "things"}, vcs_ref=FIRST)
        project.write(catalogue, f"homemade:\n{entry.format('new')}").commit().update("homemade")
        assert project.stored("homemade")["facts_used"]["base_url"] == "https://old.example"

    def test_a_template_named_by_a_relative_path_is_found_from_everywhere(
        self, template: Template, tmp_path: Path
    ) -> None:
        project = Project.begin(tmp_path / "project")
        data = [word for key, value in HUBSPOT.items() for word in ("--data", f"{key}={value}")]
        result = copier("copy", "--trust", "--defaults", *data, "template", "project", cwd=tmp_path)
        assert result.code == 0, result.text
        project.commit()
        result = copier("update", "--trust", "--defaults", "-a", answers_file("hubspot"), cwd=project.root)
        assert result.code == 0, result.text
        assert project.status() == ""


class TestOptions:
    def test_pretending_writes_nothing(self, released: Template, tmp_path: Path) -> None:
        data = [word for key, value in HUBSPOT.items() for word in ("--data", f"{key}={value}")]
        result = copier(
            "copy", "--trust", "--defaults", "--pretend", *data, released.root, tmp_path / "project"
        )
        assert result.code == 0, result.text
        assert not (tmp_path / "project").exists()

    def test_without_tasks_it_says_what_is_left_out_and_the_next_copy_makes_good(
        self, released: Template, project: Project
    ) -> None:
        data = [word for key, value in HUBSPOT.items() for word in ("--data", f"{key}={value}")]
        copy = ("copy", "--trust", "--defaults", *data, released.root, project.root)
        result = copier(*copy, "-T")
        assert result.code == 0, result.text
        assert "-T left nango.yaml and schema.zod.ts out" in result.text
        assert not project.has(YAML)
        assert copier(*copy).code == 0
        assert sorted(project.entry()["syncs"]) == ["companies", "contacts"]

    def test_a_template_in_a_plain_folder_can_be_copied_and_not_updated(
        self, template: Template, project: Project
    ) -> None:
        import shutil

        shutil.rmtree(template.root / ".git")
        project.copy(template)
        assert "_commit" not in project.stored()
        assert project.has(CONTACTS)
        result = copier(
            "update", "--trust", "--defaults", "-a", answers_file("hubspot"), cwd=project.commit().root
        )
        assert result.code == 1
        assert "Traceback" not in result.text


class TestProjectsOfToday:
    def test_project_files_that_are_there_are_left_alone(self, released: Template, project: Project) -> None:
        project.write("package.json", "{}\n").write(".gitignore", "dist/\n")
        project.copy(released)
        assert (project.read("package.json"), project.read(".gitignore")) == ("{}\n", "dist/\n")
        assert set(json.loads(project.read(MANIFEST))["files"]) >= {"tsconfig.json", ".env.example"}
        assert "package.json" not in json.loads(project.read(MANIFEST))["files"]

    def test_a_project_file_that_was_there_with_the_same_bytes_is_not_taken_for_ours(
        self, released: Template, scaffolded: Project, project: Project
    ) -> None:
        """The task starts when all are there: which of them came with the copy stands in the answers file."""
        project.write("package.json", scaffolded.read("package.json"))
        project.copy(released, vcs_ref=FIRST)
        assert "package.json" not in json.loads(project.read(MANIFEST))["files"]
        assert "package.json" not in project.stored()["project_files"]
        assert "tsconfig.json" in project.stored()["project_files"]

    def test_a_copy_whose_manifest_was_lost_takes_its_entries_as_they_stand(
        self, scaffolded: Project, released: Template
    ) -> None:
        project_files = scaffolded.stored()["project_files"]
        scaffolded.delete(MANIFEST).edit(YAML, "sync_type: full", "sync_type: incremental")
        yaml = scaffolded.read(YAML)
        scaffolded.copy(released, vcs_ref=FIRST)
        assert scaffolded.read(YAML) == yaml
        assert scaffolded.stored()["record_lost"] is True
        assert scaffolded.stored()["project_files"] == project_files
        assert from_text(scaffolded.read(MANIFEST), MANIFEST).block.syncs["contacts"]["sync_type"] == "full"

    def test_a_project_file_once_deleted_does_not_come_with_the_next_integration(
        self, scaffolded: Project, released: Template
    ) -> None:
        scaffolded.delete("find-connections.js")
        scaffolded.copy(released, {"provider": "github", "sync_names": "issues"})
        assert not scaffolded.has("find-connections.js")

    def test_a_file_that_is_there_and_not_ours_is_left_alone(
        self, released: Template, project: Project
    ) -> None:
        project.write(CONTACTS, "// Written by hand.\n").copy(released)
        assert project.read(CONTACTS) == "// Written by hand.\n"
        assert project.has(COMPANIES)

    def test_a_name_that_another_integration_has_is_stepped_aside_for_and_stays_so(
        self, released: Template, project: Project
    ) -> None:
        project.copy(
            released, {"provider": "github", "sync_names": "users", "models": {"User": {"id": "number"}}}
        )
        project.copy(released, {"provider": "hubspot", "sync_names": "users"}, vcs_ref=SECOND)
        assert project.entry()["syncs"]["users"]["output"] == "HubspotUser"
        assert project.stored()["models_taken"] == {"User": {"id": "number"}}
        project.edit(YAML, "    User:\n        id: number\n", "").commit()
        project.update()
        assert project.entry()["syncs"]["users"]["output"] == "HubspotUser"
        assert project.stored()["models_taken"] == {"User": {"id": "number"}}

    def test_of_many_models_only_those_with_a_say_are_kept(
        self, released: Template, project: Project
    ) -> None:
        models = "".join(f"    Model{number}: {{ id: string }}\n" for number in range(300))
        project.write(
            YAML, f"integrations: {{}}\nmodels:\n{models}    Contact: {{ id: number, mail: string }}\n"
        )
        project.copy(released)
        assert project.stored()["models_taken"] == {"Contact": {"id": "number", "mail": "string"}}


class TestOnceMore:
    def test_the_same_copy_again_changes_nothing_and_asks_nothing(
        self, scaffolded: Project, released: Template
    ) -> None:
        scaffolded.copy(released, vcs_ref=FIRST)
        assert scaffolded.status() == ""

    def test_edits_and_deletions_stay(self, scaffolded: Project, released: Template) -> None:
        scaffolded.edit(CONTACTS, "export default", "// Ours.\nexport default").delete(COMPANIES).delete(
            "tsconfig.json"
        )
        scaffolded.commit().copy(released, vcs_ref=FIRST)
        assert scaffolded.status() == ""

    def test_overwriting_replaces_edits_in_files_and_keeps_those_in_nango_yaml(
        self, scaffolded: Project, released: Template
    ) -> None:
        scaffolded.edit(CONTACTS, "export default", "// Ours.\nexport default").edit(
            YAML, "sync_type: full", "sync_type: incremental"
        )
        scaffolded.edit("package.json", "{", '{\n    "license": "MIT",').commit()
        scaffolded.copy(released, overwrite=True)
        assert "// Ours." not in scaffolded.read(CONTACTS)
        assert "retries: 7" in scaffolded.read(CONTACTS)
        assert scaffolded.entry()["syncs"]["contacts"]["sync_type"] == "incremental"
        assert '"license": "MIT"' in scaffolded.read("package.json")
        assert scaffolded.stored()["_commit"] == SECOND

    def test_a_recopy_that_overwrites_does_the_same(self, scaffolded: Project) -> None:
        scaffolded.edit(CONTACTS, "export default", "// Ours.\nexport default").commit()
        result = copier("recopy", "--trust", "--force", "-a", answers_file("hubspot"), cwd=scaffolded.root)
        assert result.code == 0, result.text
        assert "// Ours." not in scaffolded.read(CONTACTS)
        assert scaffolded.stored()["_commit"] == SECOND

    def test_a_recopy_of_the_same_version_keeps_edits(self, scaffolded: Project) -> None:
        scaffolded.edit(CONTACTS, "export default", "// Ours.\nexport default").commit()
        result = copier(
            *("recopy", "--trust", "--defaults", "--vcs-ref", FIRST, "-a", answers_file("hubspot")),
            cwd=scaffolded.root,
        )
        assert result.code == 0, result.text
        assert scaffolded.status() == ""


class TestTakingOver:
    def test_copier_goes_on_from_what_new_has_written(self, released: Template, project: Project) -> None:
        assert scaffold_new(project.root, *SETTINGS).code == 0
        project.commit().copy(released, vcs_ref=FIRST)
        assert project.status().split() == ["??", answers_file("hubspot")]
        project.commit().update()
        assert "retries: 7" in project.read(CONTACTS)

    def test_new_goes_on_from_what_copier_has_written(self, scaffolded: Project) -> None:
        result = scaffold_new(scaffolded.root, *SETTINGS)
        assert result.code == 0, result.text
        assert "Nothing to do" in result.text
        assert scaffolded.status() == ""

    def test_a_sync_that_new_has_added_is_not_dropped_by_an_update(self, scaffolded: Project) -> None:
        more = ["--set", "sync_names=contacts, companies, deals"]
        assert scaffold_new(scaffolded.root, *SETTINGS, *more).code == 0
        scaffolded.commit()
        result = copier("update", "--trust", "--defaults", "-a", answers_file("hubspot"), cwd=scaffolded.root)
        assert result.code == 1
        assert "nango-scaffold has added deals to hubspot" in result.text
        assert scaffolded.status() == ""
        scaffolded.update(data={"sync_names": "contacts, companies, deals"})
        assert "retries: 7" in scaffolded.read(f"{FOLDER}/syncs/deals.ts")
        assert "<<<<<<<" not in scaffolded.read(TYPES)
