"""``remove``: exactly our unedited files and entries go; what stays is named; nothing else changes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.lifecycle.support import ROOT, SCHEMA, YAML, Project, prepared

FOLDER = f"{ROOT}/hubspot"
MANIFEST = f"{FOLDER}/.nango-scaffold.json"
SYNC = f"{FOLDER}/syncs/users.ts"
TYPES = f"{FOLDER}/types.ts"
HUBSPOT: dict[str, Any] = {
    "provider": "hubspot",
    "sync_names": ["users", "teams"],
    "action_names": ["create-user"],
}
GITHUB: dict[str, Any] = {"provider": "github", "sync_names": ["repos", "labels"]}
HAND_WRITTEN = """\
# Ours.
integrations:
    stripe:
        syncs:
            invoices:
                runs: every hour   # or more
                output: Invoice
                endpoint: GET /invoices
models:
    Invoice: { id: string }
"""
OWN_SCHEMA = """\
import { z } from 'zod';

// By hand.
export const invoiceSchema = z.object({ id: z.string().min(3) });
"""


@pytest.fixture
def scaffolded(project: Project) -> Project:
    return prepared(project, _scaffold)


def _scaffold(project: Project) -> None:
    project.new(HUBSPOT)


class TestTheWholeIntegration:
    @pytest.mark.parametrize(
        "files",
        [
            {},
            {YAML: ""},
            {YAML: "{}\n"},
            {YAML: "# nothing yet\n"},
            {YAML: "integrations:\nmodels:\n"},
            {YAML: "integrations: {}\nmodels: {}\n"},
            {YAML: "integrations: {}\r\nmodels: {}\r\n"},
            {YAML: "models:\n    Money: { cents: number }\n"},
            {YAML: HAND_WRITTEN},
            {YAML: "\ufeff" + HAND_WRITTEN.replace("\n", "\r\n")},
            {YAML: HAND_WRITTEN, SCHEMA: OWN_SCHEMA},
            {YAML: HAND_WRITTEN, SCHEMA: OWN_SCHEMA.rstrip().replace("\n", "\r\n")},
            {YAML: HAND_WRITTEN, SCHEMA: ""},
            {YAML: HAND_WRITTEN, SCHEMA: "// a comment\nexport const nothing = 1;\n\n\n"},
            {"package.json": "{}", f"{FOLDER}/notes.md": "mine", f"{ROOT}/.env": "KEY=1\n"},
        ],
    )
    def test_new_then_remove_gives_the_old_tree(self, project: Project, files: dict[str, str]) -> None:
        for path, text in files.items():
            project.write(path, text)
        before = project.tree()
        assert project.new(HUBSPOT).code == 0
        result = project.run("remove hubspot")
        assert result.code == 0
        assert project.tree() == before
        assert "hubspot is out of the project." in result.out

    def test_a_schema_file_that_was_generated_from_the_models_is_as_before(self, project: Project) -> None:
        project.write(YAML, HAND_WRITTEN)
        project.new(HUBSPOT)
        project.run("remove hubspot")
        project.new(GITHUB)
        generated = project.read(SCHEMA)
        project.run("remove github")
        project.write(YAML, HAND_WRITTEN)
        only_invoice = generated[: generated.index("export const repo")].rstrip() + "\n"
        project.write(SCHEMA, only_invoice)
        before = project.tree()
        project.new(HUBSPOT)
        project.run("remove hubspot")
        assert project.tree() == before

    def test_after_runs_and_additions_too(self, scaffolded: Project) -> None:
        scaffolded.run("add sync hubspot owners")
        scaffolded.run("add action hubspot list-users")
        scaffolded.run("remove hubspot users")
        assert scaffolded.run("remove hubspot").code == 0
        assert scaffolded.tree() == {}

    def test_though_the_checkout_has_other_line_ends(self, scaffolded: Project) -> None:
        for path, data in scaffolded.tree().items():
            if data is not None:
                scaffolded.write(path, data.decode().replace("\n", "\r\n"))
        assert scaffolded.run("add sync hubspot owners").code == 0
        assert "export const ownerSchema = z.object({\r\n" in scaffolded.read(SCHEMA)
        assert scaffolded.run("remove hubspot owners teams").code == 0
        assert "\r\n" in scaffolded.read(TYPES)
        assert scaffolded.run("remove hubspot").code == 0
        assert scaffolded.tree() == {}

    def test_though_nango_yaml_has_lost_it_already(self, scaffolded: Project) -> None:
        (scaffolded.path / YAML).unlink()
        assert scaffolded.run("remove hubspot").code == 0
        assert scaffolded.tree() == {}

    def test_though_its_entries_were_taken_out_by_hand(self, scaffolded: Project) -> None:
        scaffolded.write(YAML, "integrations: {}\nmodels: {}\n")
        assert scaffolded.run("remove hubspot teams").code == 0
        assert scaffolded.run("remove hubspot").code == 0
        assert scaffolded.tree() == {}

    def test_a_dry_run_shows_it_and_writes_nothing(self, scaffolded: Project) -> None:
        before = scaffolded.tree()
        result = scaffolded.run("remove hubspot --dry-run")
        assert result.code == 0
        assert "--- a/nango-integrations/hubspot/syncs/users.ts\n+++ /dev/null\n" in result.out
        assert "Dry run: nothing was written." in result.out
        assert scaffolded.tree() == before

    def test_as_data(self, scaffolded: Project) -> None:
        data = scaffolded.run("remove hubspot --json").data
        assert {change["kind"] for change in data["changes"]} == {"delete"}
        assert (data["gone"], data["stays"], data["whole"]) == (["users", "teams", "create-user"], [], True)


class TestWhatStays:
    def test_an_edited_file_and_files_of_the_users(self, scaffolded: Project) -> None:
        edited = scaffolded.read(SYNC) + "// mine\n"
        scaffolded.write(SYNC, edited)
        scaffolded.write(f"{FOLDER}/README.md", "mine")
        result = scaffolded.run("remove hubspot")
        assert result.code == 0
        assert "kept: edited since it was written" in result.label_of("users.ts")
        files = {path for path, data in scaffolded.tree().items() if data is not None}
        assert files == {SYNC, f"{FOLDER}/README.md"}
        assert scaffolded.read(SYNC) == edited

    def test_an_edited_entry_with_all_it_needs(self, scaffolded: Project) -> None:
        scaffolded.edit(YAML, "runs: every hour", "runs: every day")
        scaffolded.run("add sync hubspot owners")
        scaffolded.edit(
            YAML, "        # never\n" if "# never" in scaffolded.read(YAML) else "models:", "models:"
        )
        result = scaffolded.run("remove hubspot")
        assert result.code == 1
        assert "Still in hubspot: users, teams, for you have edited the entry" in result.out
        assert "Out of hubspot: owners, create-user." in result.out
        assert scaffolded.has(SYNC)
        assert scaffolded.has(f"{FOLDER}/mappers/to-user.ts")
        assert "HubspotUserResponse" in scaffolded.read(TYPES)
        assert not scaffolded.has(f"{FOLDER}/actions")
        assert "userSchema" in scaffolded.read(SCHEMA)
        assert "CreateUser" not in scaffolded.read(YAML)
        assert scaffolded.run("remove hubspot").code == 1, "nothing is left that could go"

    def test_an_edited_project_file(self, scaffolded: Project) -> None:
        scaffolded.edit("package.json", '"private": true', '"private": false')
        result = scaffolded.run("remove hubspot")
        assert result.code == 0
        assert list(scaffolded.tree()) == ["package.json"]
        assert "kept: edited" in result.label_of("package.json")

    def test_a_model_that_another_entry_uses(self, project: Project) -> None:
        project.write(YAML, HAND_WRITTEN)
        project.new(HUBSPOT)
        project.edit(YAML, "output: Invoice", "output: User")
        result = project.run("remove hubspot")
        assert result.code == 0
        assert "models.User: still used by another entry" in result.out
        assert "    User:\n" in project.read(YAML)
        assert "userSchema" in project.read(SCHEMA)

    def test_an_edited_model(self, scaffolded: Project) -> None:
        scaffolded.edit(YAML, "    Team:\n        id: string\n", "    Team:\n        id: number\n")
        result = scaffolded.run("remove hubspot")
        assert result.code == 0
        assert "models.Team: edited by you" in result.out
        assert "id: number" in scaffolded.read(YAML)

    def test_a_schema_of_ours_that_was_edited(self, project: Project) -> None:
        project.write(YAML, HAND_WRITTEN)
        project.write(SCHEMA, OWN_SCHEMA)
        project.new(HUBSPOT)
        text = project.read(SCHEMA)
        at = text.index("export const teamSchema")
        project.write(SCHEMA, text[:at] + text[at:].replace("z.string()", "z.string().min(1)", 1))
        result = project.run("remove hubspot")
        assert result.code == 0
        assert result.label_of("schema.zod.ts") == "kept: edited since it was written: teamSchema"
        text = project.read(SCHEMA)
        assert text.startswith(OWN_SCHEMA)
        assert "teamSchema" in text
        assert "userSchema" not in text

    def test_the_users_own_schemas_in_a_file_of_ours(self, scaffolded: Project) -> None:
        schema = scaffolded.read(SCHEMA) + "\nexport const mineSchema = z.string();\n"
        scaffolded.write(SCHEMA, schema)
        result = scaffolded.run("remove hubspot")
        assert result.label_of("schema.zod.ts") == "kept: edited since it was written"
        assert scaffolded.read(SCHEMA) == schema


class TestSomeOfIt:
    def test_a_sync_with_its_file_entry_mapper_and_model(self, scaffolded: Project) -> None:
        result = scaffolded.run("remove hubspot teams")
        assert result.code == 0
        assert "Out of hubspot: teams." in result.out
        assert not scaffolded.has(f"{FOLDER}/syncs/teams.ts")
        assert not scaffolded.has(f"{FOLDER}/mappers/to-team.ts")
        for path in (YAML, SCHEMA, TYPES):
            assert "eam" not in scaffolded.read(path)

    def test_it_is_as_if_it_had_never_been_said(self, scaffolded: Project, tmp_path_factory: Any) -> None:
        scaffolded.run("remove hubspot teams create-user")
        other = Project(tmp_path_factory.mktemp("other") / "project")
        other.path.mkdir()
        other.new({"provider": "hubspot", "sync_names": ["users"]})
        assert scaffolded.tree() == other.tree()

    def test_described_models_go_with_the_last_that_names_them(self, project: Project) -> None:
        models = {
            "Owner": {"id": "string"},
            "Deal": {"id": "string", "owner": "Owner"},
            "Kept": {"id": "string"},
        }
        project.new({"provider": "hubspot", "models": models, "sync_names": ["deals", "users"]})
        project.run("remove hubspot deals")
        text = project.read(YAML)
        assert "Deal" not in text
        assert "Owner" not in text
        assert "Kept" in text, "nothing needed it before either: somebody wanted it"

    def test_a_shared_model_stays_while_one_needs_it(self, scaffolded: Project) -> None:
        scaffolded.run("remove hubspot users")
        assert "output: User" in scaffolded.read(YAML)
        assert scaffolded.has(f"{FOLDER}/mappers/to-user.ts")

    def test_the_last_script_takes_the_integration_with_it(self, scaffolded: Project) -> None:
        scaffolded.run("remove hubspot users teams")
        result = scaffolded.run("remove hubspot create-user")
        assert "hubspot is out of the project." in result.out
        assert scaffolded.tree() == {}

    def test_what_others_share_is_merged_with_the_users_edits(self, scaffolded: Project) -> None:
        scaffolded.write(TYPES, "// Mine.\n" + scaffolded.read(TYPES))
        result = scaffolded.run("remove hubspot teams")
        assert result.code == 0
        assert result.label_of("types.ts") == "merged"
        assert scaffolded.read(TYPES).startswith("// Mine.\n")

    def test_an_edited_file_stays_though_its_entry_goes(self, scaffolded: Project) -> None:
        teams = f"{FOLDER}/syncs/teams.ts"
        scaffolded.write(teams, scaffolded.read(teams) + "// mine\n")
        result = scaffolded.run("remove hubspot teams")
        assert result.code == 0
        assert "no longer part of the integration" in result.label_of("teams.ts")
        assert "teams" not in scaffolded.read(YAML)

    def test_an_action_that_comes_with_a_sync(self, project: Project) -> None:
        project.new({"provider": "hubspot", "syncs": [{"name": "things", "pattern": "configuration"}]})
        assert project.run("remove hubspot list-fields").code == 0
        assert not project.has(f"{FOLDER}/actions")
        answers = json.loads(project.read(MANIFEST))["answers"]
        assert answers["syncs"][0]["configuration"] == {"introspection": False}

    def test_a_script_of_an_event(self, project: Project) -> None:
        events = {"post-connection-creation": ["set-up"]}
        project.new({**HUBSPOT, "on_events": events})
        assert project.run("remove hubspot set-up").code == 0
        assert "on-events" not in project.read(YAML)
        assert not project.has(f"{FOLDER}/on-events")

    def test_what_another_script_cannot_do_without(self, project: Project) -> None:
        project.new(
            {
                "provider": "hubspot",
                "sync_names": ["users"],
                "actions": [{"name": "list-users", "from_sync": "users"}],
            }
        )
        before = project.tree()
        result = project.run("remove hubspot users")
        assert result.code == 3
        assert "users cannot go alone" in result.err
        assert project.tree() == before
        assert project.run("remove hubspot users list-users").code == 0
        assert project.tree() == {}


class TestOthers:
    def test_the_first_one_leaves_what_it_founded_to_the_next(self, scaffolded: Project) -> None:
        scaffolded.new(GITHUB)
        assert scaffolded.run("remove hubspot").code == 0
        assert scaffolded.has("package.json")
        assert "Nothing to do" in scaffolded.new(GITHUB).out
        assert scaffolded.run("remove github").code == 0
        assert scaffolded.tree() == {}

    def test_what_is_left_is_as_if_the_other_had_come_alone(
        self, scaffolded: Project, tmp_path_factory: Any
    ) -> None:
        scaffolded.new(GITHUB)
        scaffolded.run("remove hubspot")
        other = Project(tmp_path_factory.mktemp("other") / "project")
        other.path.mkdir()
        other.new(GITHUB)
        assert scaffolded.tree() == other.tree()

    @pytest.mark.parametrize("order", [("hubspot", "github"), ("github", "hubspot")])
    @pytest.mark.parametrize("files", [{}, {YAML: "{}\n"}, {YAML: HAND_WRITTEN, SCHEMA: OWN_SCHEMA}])
    def test_in_whatever_order_they_go_the_old_tree_is_left(
        self, project: Project, order: tuple[str, ...], files: dict[str, str]
    ) -> None:
        for path, text in files.items():
            project.write(path, text)
        before = project.tree()
        project.new(HUBSPOT)
        project.new(GITHUB)
        for integration in order:
            assert project.run(f"remove {integration}").code == 0
        assert project.tree() == before

    def test_a_manifest_of_another_that_cannot_be_read_stops_no_script(self, scaffolded: Project) -> None:
        scaffolded.new(GITHUB)
        scaffolded.write(f"{ROOT}/github/.nango-scaffold.json", "{")
        assert scaffolded.run("remove hubspot teams").code == 0
        result = scaffolded.run("remove hubspot")  # which leaves what it founded to that one
        assert result.code == 3
        assert "github/.nango-scaffold.json" in result.err
        assert scaffolded.has(SYNC)

    def test_a_model_that_both_use_goes_with_the_second(self, project: Project) -> None:
        shared = {"models": {"User": {"id": "string"}}, "sync_names": ["users"]}
        project.new({"provider": "hubspot", **shared})
        project.new({"provider": "github", **shared})
        result = project.run("remove hubspot")
        assert result.code == 0
        assert "models.User: still used by another entry" in result.out
        assert project.run("remove github").code == 0
        assert project.tree() == {}

    def test_so_it_does_when_only_its_script_went_before(self, project: Project) -> None:
        shared = {"models": {"User": {"id": "string"}}, "sync_names": ["users"]}
        project.new({"provider": "hubspot", **shared, "action_names": ["list-teams"]})
        project.new({"provider": "github", **shared})
        for command in ("remove hubspot users", "remove github", "remove hubspot"):
            assert project.run(command).code == 0
        assert project.tree() == {}

    def test_one_written_by_hand_since_keeps_the_project_files(self, scaffolded: Project) -> None:
        entry = HAND_WRITTEN.partition("integrations:\n")[2].partition("models:")[0]
        scaffolded.edit(YAML, "integrations:\n", f"integrations:\n{entry}")
        scaffolded.edit(YAML, "models:\n", "models:\n    Invoice: { id: string }\n")
        assert scaffolded.run("remove hubspot").code == 0
        assert scaffolded.has("package.json")
        assert "invoiceSchema" in scaffolded.read(SCHEMA)

    def test_so_does_a_script_by_hand_in_the_same_integration(self, scaffolded: Project) -> None:
        by_hand = "            mine:\n                runs: every hour\n                endpoint: GET /mine\n"
        scaffolded.edit(YAML, "        syncs:\n", f"        syncs:\n{by_hand}")
        scaffolded.write(f"{FOLDER}/syncs/mine.ts", "export default 1;\n")
        assert scaffolded.run("remove hubspot").code == 0
        assert scaffolded.has("package.json")
        assert by_hand in scaffolded.read(YAML)
        assert "users" not in scaffolded.read(YAML)
        assert scaffolded.has(f"{FOLDER}/syncs/mine.ts")

    def test_one_that_was_begun_by_hand_is_as_it_was(self, project: Project) -> None:
        project.write(YAML, HAND_WRITTEN.replace("stripe", "hubspot"))
        before = project.tree()
        project.new(HUBSPOT)
        assert project.run("remove hubspot").code == 0
        assert project.tree() == before


class TestRefusing:
    @pytest.mark.parametrize(
        ("command", "code", "message"),
        [
            ("remove hubspt", 2, "did you mean hubspot?"),
            ("remove hubspot user", 2, "did you mean users"),
            ("remove hubspot ../../x", 2, "has no sync or action"),
        ],
    )
    def test_what_is_not_there(self, scaffolded: Project, command: str, code: int, message: str) -> None:
        before = scaffolded.tree()
        result = scaffolded.run(command)
        assert (result.code, message in result.err) == (code, True)
        assert scaffolded.tree() == before

    def test_what_is_not_ours(self, scaffolded: Project) -> None:
        (scaffolded.path / MANIFEST).unlink()
        result = scaffolded.run("remove hubspot")
        assert result.code == 3
        assert "nango-scaffold adopt hubspot" in result.err
