"""``copier update`` on edited projects."""

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
    MANIFEST,
    REPOSITORY,
    SECOND,
    TYPES,
    TYPES_TEMPLATE,
    YAML,
    Project,
    Template,
    answers_file,
    copier,
    git,
)

from nango_scaffold.manifest.reading import from_text

if TYPE_CHECKING:
    from pathlib import Path

ONE_SYNC = {"sync_names": "contacts"}
THREE_SYNCS = {"sync_names": "contacts, companies, deals"}


class TestNothingNew:
    def test_an_update_to_the_same_version_leaves_git_status_empty(self, scaffolded: Project) -> None:
        scaffolded.update(vcs_ref=FIRST)
        assert scaffolded.status() == ""

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
        template.edit(
            "generator/nango_scaffold/derive/requests/request.py", "SYNC_RETRIES = 10", "SYNC_RETRIES = 7"
        )
        template.release(None)
        project.update()
        assert "retries: 7" in project.read(CONTACTS)
        assert "// Ours." in project.read(CONTACTS)

    def test_so_does_one_with_edits_everywhere(self, scaffolded: Project) -> None:
        scaffolded.edit(CONTACTS, "await", "// our own words\n    await").edit(YAML, "every hour", "every 5m")
        scaffolded.edit("package.json", "{", '{\n    "license": "MIT",').delete("tsconfig.json").commit()
        scaffolded.update(vcs_ref=FIRST)
        assert scaffolded.status() == ""


class TestNewVersion:
    def test_new_code_and_new_templates_reach_files_and_nango_yaml(self, scaffolded: Project) -> None:
        result = copier("update", "--trust", "--defaults", "-a", answers_file("hubspot"), cwd=scaffolded.root)
        assert result.code == 0, result.text
        assert "Your edits stay" in result.text
        assert "`npx nango generate && npx nango compile`" in result.text
        assert "retries: 7" in scaffolded.read(CONTACTS)
        assert scaffolded.read(TYPES).startswith("// Types of the API.\n")
        assert scaffolded.entry()["syncs"]["contacts"]["runs"] == "every 2 hours"
        assert scaffolded.stored()["_commit"] == SECOND
        assert from_text(scaffolded.read(MANIFEST), MANIFEST).files[CONTACTS] == scaffolded.read(CONTACTS)

    def test_an_updated_project_is_the_one_a_fresh_copy_gives(
        self, scaffolded: Project, released: Template, project: Project
    ) -> None:
        scaffolded.update()
        project.copy(released)
        ours = {path: data for path, data in scaffolded.tree().items() if path != "package.json"}
        fresh = {path: data for path, data in project.tree().items() if path != "package.json"}
        record = json.loads(ours.pop(MANIFEST)), json.loads(fresh.pop(MANIFEST))
        for manifest in record:
            manifest["files"].pop("package.json")
        assert record[0] == record[1]
        assert ours == fresh

    def test_the_old_copy_is_rendered_by_the_old_code(self, template: Template, project: Project) -> None:
        """With the new code in both copies there would be no difference, and nothing would be delivered."""
        project.copy(template)
        project.commit()
        template.edit(
            "generator/nango_scaffold/derive/requests/request.py", "SYNC_RETRIES = 10", "SYNC_RETRIES = 3"
        ).release(SECOND)
        project.edit(CONTACTS, "retries: 10", "retries: 10 // enough").commit().update()
        assert "<<<<<<< before updating" in project.read(CONTACTS)
        assert "retries: 3" in project.read(COMPANIES)

    def test_a_module_that_a_version_adds_is_its_own(self, template: Template, project: Project) -> None:
        project.copy(template)
        project.commit()
        package = "generator/nango_scaffold/render"
        (template.root / package / "greeting.py").write_text('GREETING = "Made with care."\n')
        template.edit(
            f"{package}/view.py",
            "from .actions import",
            "from .greeting import GREETING\nfrom .actions import",
        )
        template.edit(
            f"{package}/view.py", "    integration: str\n", "    integration: str\n    greeting = GREETING\n"
        )
        template.edit(TYPES_TEMPLATE, "{% for", "// {{ view.greeting }}\n{% for").release(SECOND)
        project.update()
        assert project.read(TYPES).startswith("// Made with care.\n")

    def test_pretending_changes_nothing(self, scaffolded: Project) -> None:
        scaffolded.update(pretend=True)
        assert scaffolded.status() == ""

    def test_one_version_after_the_other_and_two_at_once_end_the_same(
        self, template: Template, tmp_path: Path
    ) -> None:
        stepwise, at_once = Project.begin(tmp_path / "stepwise"), Project.begin(tmp_path / "at-once")
        for project in (stepwise, at_once):
            project.copy(template)
            project.edit(CONTACTS, "export default", "// Ours.\nexport default").commit()
        template.edit(
            "generator/nango_scaffold/derive/requests/request.py", "SYNC_RETRIES = 10", "SYNC_RETRIES = 7"
        )
        template.release(SECOND)
        stepwise.update()
        stepwise.commit()
        template.edit(
            "generator/nango_scaffold/derive/syncs/sync.py", 'RUNS = "every hour"', 'RUNS = "every day"'
        )
        template.edit(TYPES_TEMPLATE, "{% for", "// Types of the API.\n{% for").release("v1.2.0")
        for project in (stepwise, at_once):
            project.update()
        assert stepwise.tree() == at_once.tree()
        assert "// Ours." in at_once.read(CONTACTS)
        assert at_once.entry()["syncs"]["companies"]["runs"] == "every day"

    def test_project_files_are_left_alone(self, scaffolded: Project) -> None:
        before = scaffolded.read("package.json")
        scaffolded.update()
        assert scaffolded.read("package.json") == before


class TestEdits:
    def test_an_edit_in_the_middle_of_a_file_is_merged_with_the_new_version(
        self, scaffolded: Project
    ) -> None:
        scaffolded.edit(CONTACTS, "export default", "// Ours.\nexport default").commit().update()
        assert "// Ours.\nexport default" in scaffolded.read(CONTACTS)
        assert "retries: 7" in scaffolded.read(CONTACTS)

    @pytest.mark.parametrize("border", ["first", "last"])
    def test_an_edit_at_the_border_of_a_file_is_merged(self, scaffolded: Project, border: str) -> None:
        text = scaffolded.read(CONTACTS)
        scaffolded.write(
            CONTACTS, f"// Ours.\n{text}" if border == "first" else f"{text}// Ours.\n"
        ).commit().update()
        assert "// Ours.\n" in scaffolded.read(CONTACTS)
        assert "retries: 7" in scaffolded.read(CONTACTS)
        assert "<<<<<<<" not in scaffolded.read(CONTACTS)

    def test_an_edit_next_to_a_new_line_is_a_conflict_that_git_knows(self, scaffolded: Project) -> None:
        scaffolded.edit(CONTACTS, "retries: 10", "retries: 20").commit()
        result = copier("update", "--trust", "--defaults", "-a", answers_file("hubspot"), cwd=scaffolded.root)
        assert result.code == 0, result.text
        assert "<<<<<<< before updating" in scaffolded.read(CONTACTS)
        assert f"UU {CONTACTS}" in scaffolded.status()
        tail = result.text[result.text.index("Conflicts between your edits") :]
        assert CONTACTS in tail
        assert COMPANIES not in tail

    @pytest.mark.parametrize(
        ("old", "new", "is_merged"),
        [
            ("        // https", "        // Ours.\n        // https", True),
            ("        endpoint", "        // Ours.\n        endpoint", True),
            ("        retries: 10", "        // Ours.\n        retries: 10", False),
            ("        retries: 10\n", "        retries: 10\n        // Ours.\n", False),
            ("        retries: 10\n    };\n", "        retries: 10\n    };\n    // Ours.\n", True),
        ],
        ids=["two lines above", "a line between", "right above", "right below", "a line between, below"],
    )
    def test_an_edit_is_merged_up_to_the_border_of_what_is_new(
        self, old: str, new: str, is_merged: bool, scaffolded: Project
    ) -> None:
        """Two changes that touch each other are a conflict to git, too; nothing of either is lost."""
        scaffolded.edit(CONTACTS, old, new).commit().update()
        text = scaffolded.read(CONTACTS)
        assert "// Ours.\n" in text
        assert "retries: 7" in text
        assert ("<<<<<<< before updating" not in text) == is_merged

    def test_with_rejects_the_file_of_rejects_is_named(self, scaffolded: Project) -> None:
        scaffolded.edit(CONTACTS, "retries: 10", "retries: 20").commit()
        result = copier(
            "update", "--trust", "--defaults", "-o", "rej", "-a", answers_file("hubspot"), cwd=scaffolded.root
        )
        assert result.code == 0, result.text
        assert scaffolded.has(f"{CONTACTS}.rej")
        assert f"{CONTACTS}.rej" in result.text

    def test_a_deleted_file_stays_deleted(self, scaffolded: Project) -> None:
        scaffolded.delete(COMPANIES).commit().update()
        assert not scaffolded.has(COMPANIES)
        assert scaffolded.has(CONTACTS)

    def test_a_deleted_project_file_stays_deleted(self, scaffolded: Project) -> None:
        scaffolded.delete("tsconfig.json").commit().update()
        assert not scaffolded.has("tsconfig.json")

    def test_a_renamed_file_stays_renamed(self, scaffolded: Project) -> None:
        git(scaffolded.root, "mv", COMPANIES, f"{FOLDER}/syncs/firms.ts")
        scaffolded.commit().update()
        assert not scaffolded.has(COMPANIES)
        assert scaffolded.has(f"{FOLDER}/syncs/firms.ts")


class TestNangoYaml:
    def test_the_users_values_stay_and_ours_move_on(self, scaffolded: Project) -> None:
        scaffolded.edit(YAML, "sync_type: full", "sync_type: incremental").commit().update()
        contacts = scaffolded.entry()["syncs"]["contacts"]
        assert (contacts["sync_type"], contacts["runs"]) == ("incremental", "every 2 hours")

    def test_what_both_changed_stays_as_the_user_has_it_and_is_named(self, scaffolded: Project) -> None:
        scaffolded.edit(YAML, "every hour", "every 5m").commit()
        result = copier("update", "--trust", "--defaults", "-a", answers_file("hubspot"), cwd=scaffolded.root)
        assert scaffolded.entry()["syncs"]["contacts"]["runs"] == "every 5m"
        assert "integrations.hubspot.syncs.contacts.runs: 'every 5m'" in result.text
        assert "<<<<<<<" not in scaffolded.read(YAML)
        assert f" M {YAML}" in scaffolded.status().splitlines()

    def test_comments_at_the_borders_of_our_lines_stay(self, scaffolded: Project) -> None:
        scaffolded.edit(
            YAML, "            contacts:\n", "            # First.\n            contacts:  # people\n"
        )
        scaffolded.edit(YAML, "runs: every hour\n", "runs: every hour  # often enough\n")
        scaffolded.edit(YAML, "models:\n", "# Last.\nmodels:\n").commit().update()
        text = scaffolded.read(YAML)
        assert "            # First.\n            contacts:  # people\n" in text
        assert "runs: every 2 hours  # often enough\n" in text
        assert "# Last.\nmodels:\n" in text

    def test_a_deleted_entry_stays_deleted(self, scaffolded: Project) -> None:
        text = scaffolded.read(YAML)
        start, end = text.index("            companies:"), text.index("        actions:")
        scaffolded.write(YAML, text[:start] + text[end:]).commit().update()
        assert list(scaffolded.entry()["syncs"]) == ["contacts"]

    def test_unrelated_bytes_are_unchanged(self, scaffolded: Project) -> None:
        comment = "# Ours: do not touch!\r\n"
        other = "    stripe:   # billing\n        syncs:\n            a: {runs: 'every day' ,  endpoint: GET /a, output: Invoice}\n"
        scaffolded.edit(YAML, "integrations:\n", f"{comment.strip()}\nintegrations:\n{other}")
        scaffolded.edit(
            YAML, "models:\n", "models:\n    Invoice: { id: string,   total: number }  # cents\n"
        ).commit()
        scaffolded.update()
        text = scaffolded.read(YAML)
        for text_of_user in (
            comment.strip(),
            other,
            "    Invoice: { id: string,   total: number }  # cents\n",
        ):
            assert text_of_user in text
        assert scaffolded.entry()["syncs"]["contacts"]["runs"] == "every 2 hours"

    def test_a_lost_manifest_comes_back(self, scaffolded: Project) -> None:
        record = scaffolded.read(MANIFEST)
        scaffolded.delete(MANIFEST).commit().update(vcs_ref=FIRST)
        assert from_text(scaffolded.read(MANIFEST), MANIFEST).block == from_text(record, MANIFEST).block
        assert scaffolded.status().split() == ["??", MANIFEST]

    def test_without_the_manifest_the_users_values_win(self, scaffolded: Project) -> None:
        scaffolded.delete(MANIFEST).edit(YAML, "sync_type: full", "sync_type: incremental").commit()
        before = scaffolded.read(YAML)
        scaffolded.update(data=THREE_SYNCS)
        assert scaffolded.read(YAML).startswith(before[: before.index("        actions:")])
        assert scaffolded.entry()["syncs"]["deals"]["runs"] == "every 2 hours"


class TestForEver:
    """No later version can repair what the first one gets wrong here."""

    SETTINGS: ClassVar[dict[str, Any]] = yaml.safe_load((REPOSITORY / "copier.yml").read_text())

    def test_tasks_run_for_copies_only_and_migrations_at_the_end_only(self) -> None:
        assert {task["when"] for task in self.SETTINGS["_tasks"]} == {"{{ _copier_operation == 'copy' }}"}
        assert {task["when"] for task in self.SETTINGS["_migrations"]} == {"{{ _stage == 'after' }}"}
        assert not any("version" in migration for migration in self.SETTINGS["_migrations"])

    def test_no_template_renders_what_integrations_share(self) -> None:
        root = REPOSITORY / self.SETTINGS["_subdirectory"]
        names = {path.name.removesuffix(".jinja") for path in root.rglob("*")}
        assert not names & {"nango.yaml", "schema.zod.ts", "models.ts", ".nango-scaffold.json"}

    def test_paths_are_left_out_of_updates_without_our_code(self) -> None:
        """They are rendered by the old version's code, which may not know a new filter."""
        for pattern in self.SETTINGS["_exclude"]:
            if "nango_" in pattern:
                assert pattern.startswith("{% if _copier_operation == 'copy' %}")


class TestOtherAnswers:
    def test_a_sync_that_is_added_appears(self, scaffolded: Project) -> None:
        scaffolded.update(vcs_ref=FIRST, data=THREE_SYNCS)
        assert scaffolded.has(f"{FOLDER}/syncs/deals.ts")
        assert list(scaffolded.entry()["syncs"]) == ["contacts", "companies", "deals"]

    def test_a_sync_that_is_dropped_goes_with_its_entry_and_its_model(self, scaffolded: Project) -> None:
        scaffolded.update(vcs_ref=FIRST, data=ONE_SYNC)
        assert not scaffolded.has(COMPANIES)
        assert list(scaffolded.entry()["syncs"]) == ["contacts"]
        assert "Company" not in scaffolded.nango_yaml()["models"]

    def test_the_file_of_a_dropped_sync_stays_when_it_was_edited(self, scaffolded: Project) -> None:
        scaffolded.edit(COMPANIES, "export default", "// Ours.\nexport default").commit()
        edited = scaffolded.read(COMPANIES)
        data = [word for pair in ONE_SYNC.items() for word in ("--data", "=".join(pair))]
        result = copier(
            "update", "--trust", "--defaults", *data, "-a", answers_file("hubspot"), cwd=scaffolded.root
        )
        assert result.code == 0, result.text
        assert scaffolded.read(COMPANIES) == edited
        assert f"{COMPANIES}: no longer part of hubspot; kept" in result.text
        assert list(scaffolded.entry()["syncs"]) == ["contacts"]

    def test_so_it_does_when_its_entry_was_edited_and_stays(self, scaffolded: Project) -> None:
        text = scaffolded.read(YAML)
        at = text.index("companies:")
        scaffolded.write(
            YAML, text[:at] + text[at:].replace("sync_type: full", "sync_type: incremental", 1)
        ).commit()
        scaffolded.update(vcs_ref=FIRST, data=ONE_SYNC)
        assert "companies" in scaffolded.entry()["syncs"]
        assert scaffolded.has(COMPANIES)

    def test_another_provider_brings_its_own_facts(self, scaffolded: Project) -> None:
        scaffolded.update(vcs_ref=FIRST, data={"provider": "zendesk"})
        assert scaffolded.stored()["facts_used"]["key"] == "zendesk"

    def test_an_integration_cannot_be_renamed(self, scaffolded: Project) -> None:
        result = copier(
            *("update", "--trust", "--defaults", "--data", "integration=crm", "-a", answers_file("hubspot")),
            cwd=scaffolded.root,
        )
        assert result.code == 1
        assert "cannot be renamed" in result.text
        assert scaffolded.status() == ""

    def test_a_misspelled_key_is_refused_before_anything_changes(self, scaffolded: Project) -> None:
        result = copier(
            *(
                "update",
                "--trust",
                "--defaults",
                "--data",
                "sync_name=contacts",
                "-a",
                answers_file("hubspot"),
            ),
            cwd=scaffolded.root,
        )
        assert result.code == 1
        assert "did you mean sync_names?" in result.text
        assert "Traceback" not in result.text
        assert scaffolded.status() == ""


class TestPlaces:
    def test_a_project_in_a_folder_of_the_repository(self, released: Template, tmp_path: Path) -> None:
        repository = Project.begin(tmp_path / "monorepo").write("README.md", "Ours.\n")
        nested = Project(repository.root / "apps" / "nango")
        nested.root.mkdir(parents=True)
        nested.copy(released, vcs_ref=FIRST)
        repository.commit()
        nested.edit(CONTACTS, "export default", "// Ours.\nexport default").edit(
            COMPANIES, "export default", "// Ours.\nexport default"
        )
        repository.commit()
        nested.update(data=ONE_SYNC)
        assert "// Ours." in nested.read(CONTACTS)
        assert "retries: 7" in nested.read(CONTACTS)
        assert "// Ours." in nested.read(COMPANIES)
        assert sorted(path.name for path in repository.root.iterdir()) == [".git", "README.md", "apps"]

    def test_a_dirty_project_is_refused_by_copier(self, scaffolded: Project) -> None:
        scaffolded.edit(CONTACTS, "export default", "// Ours.\nexport default")
        result = copier("update", "--trust", "--defaults", "-a", answers_file("hubspot"), cwd=scaffolded.root)
        assert result.code == 1
        assert "dirty" in result.text
        assert "retries: 10" in scaffolded.read(CONTACTS)

    def test_the_order_of_models_survives_the_answers_file(
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
