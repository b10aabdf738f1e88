"""``answers`` prints what is in the manifest, and ``add`` and ``remove`` keep the file current that the answers came from."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from tests.lifecycle.support import Project, prepared

from nango_scaffold.answers import load_answers, parse_text
from nango_scaffold.operations.answers_file import answers_text

REPOSITORY = Path(__file__).resolve().parents[2]
MANIFEST = "nango-integrations/hubspot/.nango-scaffold.json"
FILE = "answers/hubspot.yml"
TEXT = """\
# Who asked for it: sales.
provider: hubspot
models:
    User: { id: string, email?: string } # as they call it
syncs:
    # Every morning.
    - name: users
      runs: every day   # not more often
      request:
          path: /settings/v3/users/

# The end.
"""


@pytest.fixture
def scaffolded(project: Project) -> Project:
    """An integration from an answers file that lies in the project."""
    return prepared(project, _scaffold)


def _scaffold(project: Project) -> None:
    project.write(FILE, TEXT)
    result = project.run("new", "--answers", str(project.path / FILE))
    assert result.code == 0, result.err


def rerun(project: Project) -> tuple[int, bool]:
    result = project.run("new --check", "--answers", str(project.path / FILE))
    return result.code, "Nothing to do" in result.out


class TestPrinting:
    @pytest.mark.parametrize("example", ["github", "salesforce", "pattern-selection", "1password-scim"])
    def test_what_is_printed_gives_the_same_again(self, project: Project, example: str) -> None:
        file = project.path.with_name("a.yml")
        shutil.copy(REPOSITORY / f"examples/{example}.yml", file)
        project.run("new", "--answers", str(file))
        printed = project.run("answers", example).out
        assert (
            load_answers(parse_text(printed, "x")).raw == load_answers(parse_text(file.read_text(), "y")).raw
        )
        file.write_text(printed)
        assert "Nothing to do" in project.run("new", "--answers", str(file)).out
        file.write_text(project.run("answers --json", example).out)
        assert "Nothing to do" in project.run("new", "--answers", str(file)).out

    def test_what_was_added_is_in_it(self, scaffolded: Project) -> None:
        scaffolded.run("add action hubspot create-user")
        assert yaml.safe_load(scaffolded.run("answers hubspot").out)["action_names"] == ["create-user"]

    def test_an_adopted_integration_has_those_it_was_adopted_with(self, project: Project) -> None:
        shutil.copytree(REPOSITORY / "tests/toolchain/fixtures/hand", project.path, dirs_exist_ok=True)
        project.run("adopt github")
        assert project.run("answers github --json").data["syncs"][0]["name"] == "pull-requests"

    @pytest.mark.parametrize(
        ("name", "code", "message"), [("hubspt", 2, "hubspot"), ("../x", 2, "no integration")]
    )
    def test_an_integration_that_is_not_there(
        self, scaffolded: Project, name: str, code: int, message: str
    ) -> None:
        result = scaffolded.run("answers", name)
        assert (result.code, message in result.err, result.out) == (code, True, "")

    def test_a_text_that_yaml_cannot_hold_is_printed_as_json(self) -> None:
        answers = {"provider": "x", "sync_names": ["a"], "models": {"A": {"id": "a\x85b"}}}
        assert parse_text(answers_text(answers), "x") == answers


class TestKeepingTheFileCurrent:
    def test_a_script_comes_and_goes_and_the_comments_stay(self, scaffolded: Project) -> None:
        result = scaffolded.run("add sync hubspot teams", "--set", "runs=every week")
        assert (result.code, result.label_of("hubspot.yml")) == (0, "change"), result.err
        added = scaffolded.read(FILE)
        assert "    - name: teams\n      runs: every week\n" in added
        assert added.startswith(TEXT[: TEXT.index("\n# The end")])
        assert added.endswith("\n# The end.\n")
        assert rerun(scaffolded) == (0, True)
        assert scaffolded.run("remove hubspot teams").code == 0
        assert scaffolded.read(FILE) == TEXT
        assert rerun(scaffolded) == (0, True)

    def test_models_that_come_with_it_are_put_beside_the_others(self, scaffolded: Project) -> None:
        more = scaffolded.path.with_name("more.yml")
        more.write_text(
            json.dumps(
                {"models": {"Team": {"id": "string"}}, "actions": [{"name": "get-team", "output": "Team"}]}
            )
        )
        assert scaffolded.run("add action hubspot get-team", "--answers", str(more)).code == 0
        text = scaffolded.read(FILE)
        assert "User: { id: string, email?: string } # as they call it" in text
        assert load_answers(parse_text(text, "x")).raw == json.loads(scaffolded.read(MANIFEST))["answers"]
        assert rerun(scaffolded) == (0, True)

    @pytest.mark.parametrize(
        "text",
        [
            "provider: hubspot\nsync_names: users # only these\n",
            "provider: hubspot\r\nsync_names: [users]   # only these\r\n",
            '{\n  "provider": "hubspot",\n  "sync_names": ["users"]\n}\n',
            '\ufeff{"provider": "hubspot", "syncs": [{"name": "users"}]}',
            "provider: hubspot\nsyncs: [{ name: users }]\n",
        ],
    )
    def test_in_any_style(self, project: Project, text: str) -> None:
        project.write(FILE, text)
        project.run("new", "--answers", str(project.path / FILE))
        assert project.run("add sync hubspot teams").code == 0
        now = project.read(FILE)
        assert ("# only these" in text) == ("# only these" in now)
        assert ("\r\n" in text, text[0] == "\ufeff") == ("\r\n" in now, now[0] == "\ufeff")
        assert rerun(project) == (0, True)

    def test_a_file_that_says_something_else_is_left_alone_and_named(self, scaffolded: Project) -> None:
        scaffolded.edit(FILE, "every day", "every 2 days")
        before = scaffolded.read(FILE)
        result = scaffolded.run("add sync hubspot teams")
        assert (result.code, f"`nango-scaffold answers hubspot > {FILE}`" in result.out) == (0, True)
        assert scaffolded.read(FILE) == before

    def test_a_file_that_is_gone_is_named(self, scaffolded: Project) -> None:
        (scaffolded.path / FILE).unlink()
        assert "nango-scaffold answers hubspot" in scaffolded.run("add sync hubspot teams").out
        assert not scaffolded.has(FILE)

    def test_a_file_elsewhere_in_the_repository_is_named(self, project: Project) -> None:
        subprocess.run(["git", "init", "-q", project.path.parent], check=True)
        project.new({"provider": "hubspot", "sync_names": ["users"]})
        assert json.loads(project.read(MANIFEST))["answers_file"] == "../hubspot.yml"
        before = (project.path / "../hubspot.yml").read_text()
        assert "nango-scaffold answers hubspot > ../hubspot.yml" in project.run("add sync hubspot teams").out
        assert (project.path / "../hubspot.yml").read_text() == before

    def test_a_file_outside_is_not_in_the_manifest(self, project: Project) -> None:
        project.new({"provider": "hubspot", "sync_names": ["users"]})
        assert "answers_file" not in json.loads(project.read(MANIFEST))

    def test_the_same_answers_from_another_file_write_nothing(self, scaffolded: Project) -> None:
        scaffolded.write("other.yml", scaffolded.run("answers hubspot").out)
        assert "Nothing to do" in scaffolded.run("new", "--answers", str(scaffolded.path / "other.yml")).out

    def test_when_all_goes_the_file_stays_and_is_named(self, scaffolded: Project) -> None:
        result = scaffolded.run("remove hubspot")
        assert (result.code, f"{FILE} still describes hubspot" in result.out) == (0, True)
        assert scaffolded.read(FILE) == TEXT

    def test_a_dry_run_shows_it(self, scaffolded: Project) -> None:
        result = scaffolded.run("add sync hubspot teams --dry-run")
        assert f"+++ b/{FILE}" in result.out
        assert scaffolded.read(FILE) == TEXT

    def test_a_manifest_cannot_have_any_file_edited(self, scaffolded: Project) -> None:
        """Only a file that says exactly what is in the manifest is ever edited."""
        scaffolded.write("other.yml", "a: 1\n")
        scaffolded.edit(MANIFEST, FILE, "other.yml")
        assert scaffolded.run("add sync hubspot teams").code == 0
        assert scaffolded.read("other.yml") == "a: 1\n"


def test_the_refusal_to_drop_a_script_names_the_command(project: Project) -> None:
    project.new({"provider": "hubspot", "sync_names": ["users", "teams"]})
    result = project.new({"provider": "hubspot", "sync_names": ["users"]})
    assert (result.code, "nango-scaffold answers hubspot > FILE" in result.err, "--prune" in result.err) == (
        3,
        True,
        True,
    )
