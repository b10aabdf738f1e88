"""``nango-scaffold new`` as a user meets it: what it writes, says, refuses, and leaves alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.examples.golden import EXAMPLES, read_tree

from nango_scaffold.cli import main

if TYPE_CHECKING:
    from pathlib import Path

YAML = "nango-integrations/nango.yaml"
HAND_WRITTEN = """\
# Our integrations. Ask #platform before you touch this file.
integrations:
    stripe:   # billing
        syncs:
            invoices:
                runs: every hour
                description: |
                    Every invoice,
                    of every customer.
                sync_type: full
                track_deletes: true
                endpoint: GET /invoices
                output: Invoice

models:
    # Money is in cents.
    Invoice:
        id: string
        total: number   # cents
    User: { id: number, login: string }
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path / "project"


def new(project: Path, *words: str) -> int:
    return main(["new", "--project", str(project), *words])


def with_hand_written(project: Path, text: str = HAND_WRITTEN) -> Path:
    (project / "nango-integrations").mkdir(parents=True)
    (project / YAML).write_text(text)
    return project


HUBSPOT = ("--set", "provider=hubspot", "--set", "sync_names=users")


class TestWriting:
    def test_provider_and_one_name_are_enough(self, project: Path) -> None:
        assert new(project, *HUBSPOT) == 0
        assert sorted(read_tree(project)) == [
            ".env.example",
            ".gitignore",
            "dryrun.js",
            "find-connections.js",
            "nango-integrations/.gitattributes",
            "nango-integrations/hubspot/.nango-scaffold.json",
            "nango-integrations/hubspot/README.md",
            "nango-integrations/hubspot/mappers/to-user.ts",
            "nango-integrations/hubspot/syncs/users.ts",
            "nango-integrations/hubspot/tests/hubspot-users.mock.json",
            "nango-integrations/hubspot/tests/hubspot-users.test.ts",
            "nango-integrations/hubspot/tests/nango-mock.ts",
            "nango-integrations/hubspot/types.ts",
            YAML,
            "nango-integrations/schema.zod.ts",
            "package.json",
            "tsconfig.json",
        ]

    def test_what_was_guessed_is_listed_with_the_answer_that_would_set_it(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        new(project, *HUBSPOT)
        output = capsys.readouterr().out
        assert re.search(r"syncs\[0\]\.request\.path +/users", output)
        assert "models.User" in output
        assert "TODO" not in "".join(data.decode() for data in read_tree(project).values())

    def test_the_guess_is_gone_once_it_is_answered(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        new(
            project,
            "--set",
            "provider=hubspot",
            "--set",
            "syncs[0].name=users",
            "--set",
            "syncs[0].request.path=/settings/v3/users/",
        )
        assert "request.path" not in capsys.readouterr().out
        assert (
            "endpoint: '/settings/v3/users/'"
            in (project / "nango-integrations/hubspot/syncs/users.ts").read_text()
        )

    def test_a_second_run_writes_nothing_and_says_so(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        new(project, *HUBSPOT)
        before = self.times(project)
        capsys.readouterr()
        assert new(project, *HUBSPOT) == 0
        assert capsys.readouterr().out.startswith("Nothing to do")
        assert self.times(project) == before

    def times(self, project: Path) -> dict[Path, tuple[int, int]]:
        return {
            path: (path.stat().st_ino, path.stat().st_mtime_ns)
            for path in project.rglob("*")
            if path.is_file()
        }

    def test_every_byte_of_a_hand_written_nango_yaml_stays(self, project: Path) -> None:
        with_hand_written(project)
        assert new(project, *HUBSPOT) == 0
        after = (project / YAML).read_text()
        rest = iter(after.splitlines(keepends=True))
        assert all(line in rest for line in HAND_WRITTEN.splitlines(keepends=True))

    def test_a_derived_model_gives_way_to_one_of_another_shape(self, project: Path) -> None:
        with_hand_written(project)
        new(project, *HUBSPOT)
        assert "output: HubspotUser\n" in (project / YAML).read_text()
        assert (
            "export function toHubspotUser"
            in (project / "nango-integrations/hubspot/mappers/to-hubspot-user.ts").read_text()
        )

    def test_an_identical_model_is_shared(self, project: Path) -> None:
        new(project, *HUBSPOT)
        new(project, "--set", "provider=slack", "--set", "sync_names=users")
        assert (project / YAML).read_text().count("    User:\n") == 1

    def test_project_files_that_are_there_are_never_touched(self, project: Path) -> None:
        project.mkdir()
        (project / "package.json").write_text("{}")
        new(project, *HUBSPOT)
        assert (project / "package.json").read_text() == "{}"

    def test_several_answers_files_are_one_commit(self, project: Path) -> None:
        files = [
            word for name in ("github", "zendesk") for word in ("--answers", str(EXAMPLES / f"{name}.yml"))
        ]
        assert new(project, *files) == 0
        text = (project / YAML).read_text()
        assert text.index("    github:\n") < text.index("    zendesk:\n")

    def test_answers_come_from_standard_input_too(self, project: Path) -> None:
        answers = (EXAMPLES / "github.yml").read_text()
        command = [sys.executable, "-m", "nango_scaffold", "new", "--answers", "-", "--project", str(project)]
        process = subprocess.run(command, input=answers, text=True, capture_output=True, check=False)
        assert process.returncode == 0, process.stderr
        assert read_tree(project) == read_tree(EXAMPLES / "github")

    def test_the_schema_covers_the_models_of_other_entries(self, project: Path) -> None:
        with_hand_written(project)
        new(project, *HUBSPOT)
        schema = (project / "nango-integrations/schema.zod.ts").read_text()
        assert "export const invoiceSchema = z.object({" in schema
        assert "export const hubspotUserSchema = z.object({" in schema

    def test_a_schema_file_of_the_users_own_is_extended_not_replaced(self, project: Path) -> None:
        with_hand_written(project)
        schema = "import { z } from 'zod';\n\n// stricter than generated\nexport const invoiceSchema = z.object({ id: z.string().min(1), total: z.number() });\n"
        (project / "nango-integrations/schema.zod.ts").write_text(schema)
        new(project, *HUBSPOT)
        after = (project / "nango-integrations/schema.zod.ts").read_text()
        assert after.startswith(schema)
        assert "export const hubspotUserSchema" in after


class TestTheUsersEdits:
    SYNC = "nango-integrations/hubspot/syncs/users.ts"

    def test_an_edited_file_is_kept_and_nothing_is_said_while_nothing_is_new(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        new(project, *HUBSPOT)
        edited = (project / self.SYNC).read_text() + "// mine\n"
        (project / self.SYNC).write_text(edited)
        assert new(project, *HUBSPOT) == 0
        assert (project / self.SYNC).read_text() == edited

    def test_an_edited_file_is_kept_and_named_when_there_is_something_new(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        new(project, *HUBSPOT)
        edited = (project / self.SYNC).read_text().replace("endpoint: '", "endpoint: '/mine")
        (project / self.SYNC).write_text(edited)
        full = (
            "--set",
            "provider=hubspot",
            "--set",
            "syncs[0].name=users",
            "--set",
            "syncs[0].request.path=/v3/users",
        )
        assert new(project, *full) == 1
        assert (project / self.SYNC).read_text() == edited
        assert "kept: edited since it was written" in capsys.readouterr().out

    def test_an_unedited_file_follows_the_answers(self, project: Path) -> None:
        new(project, *HUBSPOT)
        full = (
            "--set",
            "provider=hubspot",
            "--set",
            "syncs[0].name=users",
            "--set",
            "syncs[0].request.path=/v3/users",
        )
        assert new(project, *full) == 0
        assert "'/v3/users'" in (project / self.SYNC).read_text()

    def test_a_deleted_file_stays_deleted(self, project: Path) -> None:
        new(project, *HUBSPOT)
        (project / self.SYNC).unlink()
        assert new(project, *HUBSPOT) == 0
        assert not (project / self.SYNC).exists()

    def test_a_deleted_project_file_stays_deleted_for_every_integration(self, project: Path) -> None:
        new(project, *HUBSPOT)
        (project / "find-connections.js").unlink()
        new(project, "--set", "provider=slack", "--set", "sync_names=users")
        assert not (project / "find-connections.js").exists()

    def test_an_edited_value_in_nango_yaml_is_the_users(self, project: Path) -> None:
        new(project, *HUBSPOT)
        text = (project / YAML).read_text().replace("runs: every hour", "runs: every day # slower")
        (project / YAML).write_text(text)
        assert new(project, *HUBSPOT) == 0
        assert (project / YAML).read_text() == text

    def test_what_stands_against_an_edit_is_told_again_until_it_is_settled(self, project: Path) -> None:
        new(project, *HUBSPOT)
        ours = (project / self.SYNC).read_text()
        (project / self.SYNC).write_text(ours.replace("endpoint: '", "endpoint: '/mine"))
        full = (
            "--set",
            "provider=hubspot",
            "--set",
            "syncs[0].name=users",
            "--set",
            "syncs[0].request.path=/v3/users",
        )
        assert new(project, *full) == 1
        assert new(project, *full) == 1
        (project / self.SYNC).write_text(ours)  # the user lets go of the edit
        assert new(project, *full) == 0
        assert "'/v3/users'" in (project / self.SYNC).read_text()

    def test_the_schema_follows_a_model_that_the_user_edits(self, project: Path) -> None:
        new(project, *HUBSPOT)
        text = (
            (project / YAML)
            .read_text()
            .replace("        name?: string\n", "        name?: string\n        email?: string\n")
        )
        (project / YAML).write_text(text)
        assert new(project, *HUBSPOT) == 0
        assert "email: z.union" in (project / "nango-integrations/schema.zod.ts").read_text()

    def test_a_field_added_to_our_model_keeps_its_name_and_stays(self, project: Path) -> None:
        new(project, *HUBSPOT)
        text = (
            (project / YAML)
            .read_text()
            .replace("        name?: string\n", "        name?: string\n        email?: string\n")
        )
        (project / YAML).write_text(text)
        assert new(project, *HUBSPOT) == 0
        assert (project / YAML).read_text() == text

    def test_answers_that_name_less_do_not_delete_unasked(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        new(project, *HUBSPOT)
        before = read_tree(project)
        other = ("--set", "provider=hubspot", "--set", "sync_names=contacts")
        assert new(project, *other) == 3
        assert "--prune" in capsys.readouterr().err
        assert read_tree(project) == before
        assert new(project, *other, "--prune") == 0
        assert not (project / self.SYNC).exists()
        assert "users:" not in (project / YAML).read_text()


class TestLooking:
    def test_a_dry_run_shows_the_tree_and_the_diffs_and_writes_nothing(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with_hand_written(project)
        before = read_tree(project)
        assert new(project, *HUBSPOT, "--dry-run") == 0
        output = capsys.readouterr().out
        assert "+    hubspot:\n" in output
        assert "users.ts" in output
        assert output.endswith("Dry run: nothing was written.\n")
        assert read_tree(project) == before

    def test_a_dry_run_of_a_project_that_is_not_there_makes_no_folder(self, project: Path) -> None:
        assert new(project, *HUBSPOT, "--dry-run") == 0
        assert not project.exists()

    def test_the_patch_of_a_dry_run_is_exactly_what_the_run_does(
        self, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with_hand_written(project)
        new(project, *HUBSPOT, "--dry-run", "--json")
        patch = "".join(change["diff"] for change in json.loads(capsys.readouterr().out)["changes"])
        twin = with_hand_written(tmp_path / "twin")
        subprocess.run(["git", "apply", "-"], input=patch, text=True, cwd=twin, check=True)
        new(project, *HUBSPOT)
        assert read_tree(twin) == read_tree(project)

    def test_json_says_the_same_as_data(self, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert new(project, *HUBSPOT, "--json") == 0
        data = json.loads(capsys.readouterr().out)
        assert {change["kind"] for change in data["changes"]} == {"create"}
        assert {"answer", "value", "why"} == set(data["guesses"]["hubspot"][0])
        new(project, *HUBSPOT, "--json")
        assert {change["kind"] for change in json.loads(capsys.readouterr().out)["changes"]} == {"unchanged"}

    def test_schema_prints_a_json_schema_that_the_examples_pass(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        import jsonschema

        from nango_scaffold.answers import parse_text

        assert main(["schema"]) == 0
        schema = json.loads(capsys.readouterr().out)
        dialect = jsonschema.validators.validator_for(schema)
        dialect.check_schema(schema)
        validator = dialect(schema)
        for path in EXAMPLES.glob("*.yml"):
            validator.validate(parse_text(path.read_text(), path.name))


class TestRefusing:
    """Exit code, the place on standard error, and not a byte changed."""

    @pytest.mark.parametrize(
        ("words", "code", "message"),
        [
            (("--set", "provider=hubspot"), 2, "sync_names"),
            (("--set", "sync_names=users"), 2, "provider: the answer is missing"),
            (("--set", "provider=hubspt", "--set", "sync_names=users"), 2, "hubspot"),
            ((*HUBSPOT, "--set", "sinc_names=x"), 2, "did you mean sync_names?"),
            (
                (
                    "--set",
                    "provider=hubspot",
                    "--set",
                    "syncs[0].name=users",
                    "--set",
                    "syncs[0].runs=hourly",
                ),
                2,
                "syncs[0].runs",
            ),
            (
                ("--set", "provider=hubspot", "--set", "integration=../../evil", "--set", "sync_names=a"),
                2,
                "integration",
            ),
            (("--answers", "missing.yml"), 2, "missing.yml"),
            (("--set", "provider"), 2, "--set"),
        ],
    )
    def test_bad_answers(
        self,
        project: Path,
        words: tuple[str, ...],
        code: int,
        message: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        with_hand_written(project)
        before = read_tree(project)
        assert new(project, *words) == code
        out, err = capsys.readouterr()
        assert message in err
        assert out == ""
        assert "Traceback" not in err
        assert read_tree(project) == before

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("integrations:\n\tstripe: {}\n", "nango.yaml"),
            ("integrations: [\n", "nango.yaml"),
            (
                "integrations:\n    stripe:\n        invoices:\n            runs: every hour\nmodels: {}\n",
                "stripe",
            ),
        ],
    )
    def test_a_nango_yaml_that_cannot_be_edited(
        self, project: Path, text: str, message: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with_hand_written(project, text)
        before = read_tree(project)
        assert new(project, *HUBSPOT) == 3
        assert message in capsys.readouterr().err
        assert read_tree(project) == before

    def test_a_said_model_that_exists_with_other_fields(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with_hand_written(project)
        before = read_tree(project)
        assert new(project, *HUBSPOT, "--set", "models={User: {id: string}}") == 3
        message = capsys.readouterr().err
        assert "User" in message
        assert "login" in message
        assert read_tree(project) == before

    def test_an_integration_of_that_name_that_is_not_ours(self, project: Path) -> None:
        with_hand_written(project)
        before = read_tree(project)
        assert new(project, "--set", "provider=stripe", "--set", "sync_names=invoices") == 3
        assert read_tree(project) == before

    def test_an_integration_folder_that_is_a_file(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with_hand_written(project)
        (project / "nango-integrations/hubspot").write_text("hands off")
        before = read_tree(project)
        assert new(project, *HUBSPOT) == 3
        assert "nango-integrations/hubspot" in capsys.readouterr().err
        assert read_tree(project) == before

    def test_two_answers_for_one_integration(self, project: Path) -> None:
        path = str(EXAMPLES / "github.yml")
        assert new(project, "--answers", path, "--answers", path) == 2
        assert not project.exists()


class TestCost:
    @pytest.mark.parametrize("words", [["--help"], ["new", "--help"], ["new", *HUBSPOT]])
    def test_neither_copier_nor_questionary_is_imported(self, words: list[str], tmp_path: Path) -> None:
        code = "import sys; from nango_scaffold.cli import main\ntry: main(sys.argv[1:])\nexcept SystemExit: pass\nprint([n for n in ('copier', 'questionary', 'prompt_toolkit') if n in sys.modules], file=sys.stderr)"
        process = subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
            env=dict(os.environ),
        )
        assert process.stderr.strip() == "[]"
