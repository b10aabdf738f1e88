"""``add sync|action``: what is created, what is merged, what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.lifecycle.support import SCHEMA, YAML, Project, prepared

FOLDER = "nango-integrations/hubspot"
TYPES = f"{FOLDER}/types.ts"
MANIFEST = f"{FOLDER}/.nango-scaffold.json"
USERS: dict[str, Any] = {"provider": "hubspot", "sync_names": ["users"]}


@pytest.fixture
def scaffolded(project: Project) -> Project:
    return prepared(project, _scaffold)


def _scaffold(project: Project) -> None:
    project.new(USERS)


class TestAdding:
    def test_a_sync_by_its_name_alone(self, scaffolded: Project) -> None:
        result = scaffolded.run("add sync hubspot teams")
        assert result.code == 0
        assert scaffolded.has(f"{FOLDER}/syncs/teams.ts")
        assert scaffolded.has(f"{FOLDER}/mappers/to-team.ts")
        assert "teams:" in scaffolded.read(YAML)
        assert "teamSchema" in scaffolded.read(SCHEMA)

    def test_is_the_same_as_having_said_it_at_first(self, scaffolded: Project, tmp_path_factory: Any) -> None:
        scaffolded.run("add sync hubspot teams")
        scaffolded.run("add action hubspot create-user list-users")
        at_once = Project(tmp_path_factory.mktemp("other") / "project")
        at_once.path.mkdir()
        at_once.new(
            {**USERS, "sync_names": ["users", "teams"], "action_names": ["create-user", "list-users"]}
        )
        grown, whole = scaffolded.tree(), at_once.tree()
        for path in (YAML, SCHEMA, MANIFEST):  # where the new comes last
            grown.pop(path), whole.pop(path)
        assert grown == whole

    def test_settings_are_about_each_new_script(self, scaffolded: Project) -> None:
        scaffolded.run(
            "add sync hubspot teams owners", "--set", "runs=every day", "--set", "request.retries=3"
        )
        text = scaffolded.read(YAML)
        assert text.count("runs: every day") == 2
        assert text.count("runs: every hour") == 1
        assert "retries: 3" in scaffolded.read(f"{FOLDER}/syncs/owners.ts")

    def test_a_file_brings_models_responses_and_the_whole_script(self, scaffolded: Project) -> None:
        answers = {
            "models": {"Deal": {"id": "string", "amount": "number"}, "Terms": {"days": "number"}},
            "responses": {"Deal": {"id": "string", "cents": "number"}},
            "syncs": [
                {"name": "deals", "model": "Deal", "metadata": "Terms", "mapping": {"amount": "cents"}},
                {"name": "users"},
            ],
        }
        file = scaffolded.path / "deals.yml"
        file.write_text(json.dumps(answers))
        assert scaffolded.run("add sync hubspot deals", "--answers", str(file)).code == 0
        assert "amount: " in scaffolded.read(f"{FOLDER}/mappers/to-deal.ts")
        assert "response.cents" in scaffolded.read(f"{FOLDER}/mappers/to-deal.ts")
        assert "input: Terms" in scaffolded.read(YAML)

    def test_nothing_is_left_to_do_afterwards(self, scaffolded: Project) -> None:
        scaffolded.run("add sync hubspot teams", "--set", "runs=every day")
        answers = json.loads(scaffolded.read(MANIFEST))["answers"]
        assert "Nothing to do" in scaffolded.new(answers).out

    def test_only_what_is_new_is_said_to_be_guessed(self, scaffolded: Project) -> None:
        out = scaffolded.run("add sync hubspot teams").out
        assert "syncs[1].scopes" in out
        assert "models.Team" in out
        assert "syncs[0]" not in out
        assert "models.User" not in out

    def test_the_facts_are_those_the_integration_was_written_with(self, scaffolded: Project) -> None:
        scaffolded.edit(MANIFEST, '"limit_name_in_request": "limit"', '"limit_name_in_request": "most"')
        scaffolded.run("add sync hubspot teams")
        assert '"limit_name_in_request": "most"' in scaffolded.read(MANIFEST)

    def test_a_dry_run_shows_it_and_writes_nothing(self, scaffolded: Project) -> None:
        before = scaffolded.tree()
        result = scaffolded.run("add sync hubspot teams --dry-run")
        assert "+++ b/nango-integrations/hubspot/syncs/teams.ts" in result.out
        assert scaffolded.tree() == before

    def test_json_holds_the_plan_and_what_was_guessed(self, scaffolded: Project) -> None:
        data = scaffolded.run("add action hubspot get-user --json").data
        created = [change["path"] for change in data["changes"] if change["kind"] == "create"]
        tests = [f"{FOLDER}/tests/hubspot-get-user{end}" for end in (".mock.json", ".test.ts")]
        assert sorted(created) == [f"{FOLDER}/actions/get-user.ts", *tests]
        assert list(data["guesses"]) == ["hubspot"]

    def test_a_file_may_say_whose_it_is(self, project: Project) -> None:
        project.new({**USERS, "integration": "crm"})
        file = project.path / "more.yml"
        file.write_text(
            json.dumps({"provider": "hubspot", "syncs": [{"name": "teams", "runs": "every day"}]})
        )
        assert project.run("add sync crm teams", "--answers", str(file)).code == 0
        assert "runs: every day" in project.read(YAML)

    def test_facts_may_come_from_another_catalogue(self, scaffolded: Project) -> None:
        catalogue = scaffolded.path / "providers.yaml"
        entry = {"auth_mode": "OAUTH2", "proxy": {"base_url": "https://other.example.com"}}
        catalogue.write_text(json.dumps({"hubspot": entry}))
        scaffolded.run("add sync hubspot teams", "--providers", str(catalogue))
        assert "https://other.example.com" in scaffolded.read(MANIFEST)


class TestEdits:
    def test_what_the_user_wrote_into_a_shared_file_is_merged(self, scaffolded: Project) -> None:
        scaffolded.write(TYPES, "// Mine, all mine.\n" + scaffolded.read(TYPES))
        result = scaffolded.run("add sync hubspot teams")
        assert result.code == 0
        assert result.label_of("types.ts") == "merged"
        assert scaffolded.read(TYPES).startswith("// Mine, all mine.\n")
        assert "HubspotTeamResponse" in scaffolded.read(TYPES)

    def test_a_conflict_is_marked_named_and_has_an_exit_code(self, scaffolded: Project) -> None:
        scaffolded.write(TYPES, scaffolded.read(TYPES) + "\nexport type Mine = string;\n")
        result = scaffolded.run("add sync hubspot teams")
        assert result.code == 1
        assert result.label_of("types.ts") == "conflict: 1 place to resolve"
        assert f"look for <<<<<<< and >>>>>>> in:\n  {TYPES}\n" in result.out
        assert "<<<<<<< yours\n" in scaffolded.read(TYPES)
        assert scaffolded.run("add sync hubspot owners").code == 1, "an open conflict is not built upon"
        assert scaffolded.read(TYPES).count("<<<<<<<") == 1

    def test_once_it_is_settled_all_is_well(self, scaffolded: Project) -> None:
        scaffolded.write(TYPES, scaffolded.read(TYPES) + "\nexport type Mine = string;\n")
        scaffolded.run("add sync hubspot teams")
        lines = scaffolded.read(TYPES).splitlines(keepends=True)
        scaffolded.write(
            TYPES, "".join(line for line in lines if line[:7] not in ("<<<<<<<", "=======", ">>>>>>>"))
        )
        answers = json.loads(scaffolded.read(MANIFEST))["answers"]
        result = scaffolded.new(answers)
        assert result.code == 0
        assert "Nothing to do" in result.out

    def test_a_deleted_file_stays_deleted(self, scaffolded: Project) -> None:
        (scaffolded.path / FOLDER / "syncs/users.ts").unlink()
        assert scaffolded.run("add sync hubspot teams").code == 0
        assert not scaffolded.has(f"{FOLDER}/syncs/users.ts")

    def test_an_edited_entry_stays_as_it_is(self, scaffolded: Project) -> None:
        scaffolded.edit(YAML, "runs: every hour", "runs: every 2 hours # enough")
        assert scaffolded.run("add sync hubspot teams").code == 0
        assert "runs: every 2 hours # enough" in scaffolded.read(YAML)


class TestAgain:
    """A command that was cut short, perhaps when all was written, is repeated as it was."""

    @pytest.mark.parametrize("words", [(), ("--set", "runs=every day", "--set", "model=Team")])
    def test_the_same_command_has_nothing_to_do(self, scaffolded: Project, words: tuple[str, ...]) -> None:
        command = "add sync hubspot teams owners" if not words else "add sync hubspot teams"
        scaffolded.run(command, *words)
        before = scaffolded.tree()
        for _ in range(2):
            result = scaffolded.run(command, *words)
            assert (result.code, result.err) == (0, "")
            assert "Nothing to do" in result.out
        assert scaffolded.tree() == before
        assert scaffolded.run(command, *words, "--json").data["summary"].get("create", 0) == 0

    def test_what_is_missing_is_added(self, scaffolded: Project) -> None:
        scaffolded.run("add sync hubspot teams")
        result = scaffolded.run("add sync hubspot teams owners")
        assert result.code == 0
        assert scaffolded.has(f"{FOLDER}/syncs/owners.ts")
        assert scaffolded.read(YAML).count("teams:") == 1

    def test_with_other_answers_it_is_refused(self, scaffolded: Project) -> None:
        scaffolded.run("add sync hubspot teams", "--set", "runs=every day")
        before = scaffolded.tree()
        for words in ((), ("--set", "runs=every week")):
            result = scaffolded.run("add sync hubspot teams", *words)
            assert (result.code, "with other answers" in result.err) == (2, True)
        assert scaffolded.tree() == before


class TestRefusing:
    @pytest.mark.parametrize(
        ("command", "code", "message"),
        [
            ("add sync hubspt teams", 2, "did you mean hubspot?"),
            ("add sync asana teams", 2, "there are hubspot"),
            (
                "add sync hubspot users --set runs=daily",
                2,
                "hubspot has the sync users already, with other answers",
            ),
            ("add action hubspot users", 2, "hubspot has the sync users already"),
            ("add sync hubspot teams teams", 2, "already that of"),
            ("add sync hubspot teams --set rns=daily", 2, "did you mean runs?"),
            ("add sync ../evil teams", 2, "no integration ../evil"),
        ],
    )
    def test_what_makes_no_sense(self, scaffolded: Project, command: str, code: int, message: str) -> None:
        before = scaffolded.tree()
        result = scaffolded.run(command)
        assert result.code == code
        assert message in result.err
        assert scaffolded.tree() == before

    def test_an_integration_that_is_not_ours(self, scaffolded: Project) -> None:
        (scaffolded.path / MANIFEST).unlink()
        result = scaffolded.run("add sync hubspot teams")
        assert result.code == 3
        assert "nango-scaffold adopt hubspot" in result.err

    @pytest.mark.parametrize(
        ("answers", "message"),
        [
            ({"provider": "hubspot", "on_events": {}}, "on_events is not for `add`"),
            ({"provider": "slack"}, "the answers are for slack, not for hubspot"),
            ({"integration": "crm"}, "the answers are for crm, not for hubspot"),
            ({"syncs": {"name": "teams"}}, "syncs: "),
            ({"models": ["Team"]}, "models"),
            ({"models": {"Team": {"id": "A | |"}}}, "models.Team.id"),
        ],
    )
    def test_a_file_that_is_for_something_else(
        self, scaffolded: Project, answers: dict[str, Any], message: str
    ) -> None:
        file = scaffolded.path / "teams.yml"
        file.write_text(json.dumps(answers))
        result = scaffolded.run("add sync hubspot teams", "--answers", str(file))
        assert result.code == 2
        assert message in result.err

    def test_a_model_that_is_described_otherwise_already(self, project: Project) -> None:
        project.new({**USERS, "models": {"User": {"id": "string"}}})
        file = project.path / "teams.yml"
        file.write_text(json.dumps({"models": {"User": {"id": "number"}}}))
        result = project.run("add sync hubspot teams", "--answers", str(file))
        assert result.code == 2
        assert "hubspot describes User already, with other fields" in result.err


def test_a_sync_with_a_companion_action_can_be_written_again(project: Project) -> None:
    answers = {"provider": "hubspot", "syncs": [{"name": "things", "pattern": "configuration"}]}
    assert project.new(answers).code == 0
    assert project.has(f"{FOLDER}/actions/list-fields.ts")
    assert "Nothing to do" in project.new(answers).out
    assert project.run("add sync hubspot teams").code == 0
