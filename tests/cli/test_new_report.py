"""What ``new`` reports: summaries, lines of a batch, next steps, verbosity, and colours."""

from __future__ import annotations

import io
import json
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.examples.golden import EXAMPLES

from nango_scaffold.cli import main

if TYPE_CHECKING:
    from pathlib import Path

HUBSPOT = ("--set", "provider=hubspot", "--set", "sync_names=users")
SYNC = "nango-integrations/hubspot/syncs/users.ts"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path / "my project"


def new(project: Path, *words: str) -> int:
    return main(["new", "--project", str(project), *words])


def with_an_edit_against_something_new(project: Path) -> tuple[str, ...]:
    """Words for a run that cannot bring in what is new: the user has edited the same line."""
    new(project, *HUBSPOT)
    text = (project / SYNC).read_text()
    (project / SYNC).write_text(text.replace("endpoint: '/users'", "endpoint: '/my/users'"))
    return ("--set", "provider=hubspot", "--set", "syncs=[{name: users, request: {path: /v3/users}}]")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def in_a_terminal(monkeypatch: pytest.MonkeyPatch, name: str) -> Terminal:
    """Replace a stream by a terminal; call it in the test itself, since pytest replaces the streams before."""
    stream = Terminal()
    monkeypatch.setattr(sys, name, stream)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return stream


class TestSummary:
    def test_files_are_counted_by_what_became_of_them(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        new(project, *HUBSPOT)
        assert "\n17 created\n" in capsys.readouterr().out
        new(project, *HUBSPOT, "--set", "sync_names=users,teams", "--dry-run")
        assert "\n4 to create, 5 to change, 5 unchanged\n" in capsys.readouterr().out
        new(project, *HUBSPOT, "--set", "sync_names=users,teams", "--json")
        summary = json.loads(capsys.readouterr().out)["summary"]
        assert (summary["created"], summary["changed"], summary["unchanged"]) == (4, 5, 5)

    def test_a_kept_file_is_counted_and_named(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        words = with_an_edit_against_something_new(project)
        capsys.readouterr()
        assert new(project, *words) == 1
        output = capsys.readouterr().out
        assert (
            f"there is something new:\n  {SYNC}  edited since it was written, where it would now be written differently\n"
            in output
        )
        assert ", 1 kept" in output

    def test_a_merged_file_is_counted(self, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
        new(project, *HUBSPOT)
        (project / SYNC).write_text((project / SYNC).read_text() + "// mine\n")
        words = ("--set", "provider=hubspot", "--set", "syncs=[{name: users, request: {path: /v3/users}}]")
        capsys.readouterr()
        assert new(project, *words) == 0
        assert ", 1 merged, " in capsys.readouterr().out

    def test_marked_conflicts_are_counted_and_named(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Conflicts marked by `add`, which are reported even with --quiet."""
        new(project, *HUBSPOT)
        types = project / "nango-integrations/hubspot/types.ts"
        types.write_text(types.read_text() + "export type Mine = string;\n")
        capsys.readouterr()
        code = main(["add", "sync", "hubspot", "teams", "--project", str(project), "--quiet"])
        assert code == 1
        output = capsys.readouterr().out
        assert output.startswith(
            "Conflicts between your edits and what is new; look for <<<<<<< and >>>>>>> in:\n"
        )
        assert "  nango-integrations/hubspot/types.ts\n" in output


class TestNextSteps:
    def steps(self, output: str) -> list[str]:
        return [line.strip() for line in output.partition("Next:\n")[2].splitlines()]

    def test_they_are_commands_for_this_project_and_its_first_script(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        new(project, *HUBSPOT)
        assert self.steps(capsys.readouterr().out) == [
            f"cd {shlex.quote(str(project))} && npm install",
            "cd nango-integrations && npx nango generate && npx nango compile",
            "npx vitest run",
            "node ../find-connections.js hubspot",
            "node ../dryrun.js users CONNECTION --integration-id hubspot --auto-confirm -e dev",
        ]

    def test_each_can_be_typed_where_the_one_before_it_ended(
        self, project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        """The folders are right, by a shell: npm, npx and node are functions that say where they are called."""
        for run in (HUBSPOT, ("--set", "provider=slack", "--set", "action_names=create-user")):
            new(project, *run)
            steps = self.steps(capsys.readouterr().out)
            script = "\n".join(
                ['npx() { pwd; }; node() { test -e "$1" && pwd; }; npm() { test -e package.json; }', *steps]
            )
            process = subprocess.run(
                ["sh", "-e"], input=script, cwd=tmp_path, text=True, capture_output=True, check=True
            )
            assert set(process.stdout.split("\n")) == {str(project / "nango-integrations"), ""}

    def test_an_installed_project_is_not_told_to_install(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        cli = project / "node_modules/nango"
        cli.mkdir(parents=True)
        (cli / "package.json").write_text('{"name": "nango", "version": "0.69.36"}')
        (project / "package.json").write_text('{"devDependencies": {"nango": "0.69.36"}}')
        new(project, *HUBSPOT)
        assert "npm install" not in capsys.readouterr().out


class TestHowMuch:
    def test_quiet_says_nothing_of_what_went_well(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert new(project, *HUBSPOT, "--quiet") == 0
        assert capsys.readouterr().out == ""

    def test_quiet_names_conflicts(self, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
        words = with_an_edit_against_something_new(project)
        capsys.readouterr()
        assert new(project, *words, "--quiet") == 1
        assert capsys.readouterr().out == (
            f"Kept as you have it, though there is something new:\n  {SYNC}  edited since it was written, where it would now be written differently\n"
        )

    def test_verbose_gives_reasons_and_times(self, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
        new(project, *HUBSPOT, "--verbose")
        output = capsys.readouterr().out
        assert "pagination of users: cursor, the provider's own (embedded)" in output
        assert "Facts about the provider:\n  hubspot  hubspot  embedded\n" in output
        for step in ("read the answers", "work out the plan", "write"):
            assert f"\n  {step}" in output

    def test_quiet_and_verbose_exclude_each_other(self, project: Path) -> None:
        with pytest.raises(SystemExit) as ended:
            new(project, *HUBSPOT, "--quiet", "--verbose")
        assert ended.value.code == 2


class TestBatches:
    FILES = tuple(str(EXAMPLES / f"{name}.yml") for name in ("github", "hubspot", "zendesk"))

    def test_a_line_for_each_integration_and_one_for_what_they_share(
        self, project: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert new(project, "--answers", *self.FILES) == 0
        output = capsys.readouterr().out
        assert output.startswith(
            "github   1 sync  1 action   11 created, 1 guess\n"
            "hubspot  1 sync  3 actions  17 created, 4 guesses\n"
            "zendesk  1 sync  3 actions  17 created, 4 guesses\n"
            "shared                      9 created\n\n54 created\n\nNext:\n"
        )

    def test_files_behind_one_option_or_several_are_the_same_batch(
        self, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        outcomes = []
        for words in (
            ("--answers", *self.FILES),
            tuple(word for name in self.FILES for word in ("--answers", name)),
        ):
            new(project, *words, "--dry-run", "--json")
            outcomes.append(json.loads(capsys.readouterr().out))
        assert outcomes[0] == outcomes[1]

    def test_every_failing_file_is_named_with_its_problems_and_nothing_is_written(
        self, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        texts = {
            "shape": "provider: github\nsync_names: [users]\nsincs: 1\nresponse: {}\n",
            "provider": "provider: githob\nsync_names: [users]\n",
            "yaml": "provider: [\n",
            # only found when the files before it are worked out
            "model": "provider: zoom\nsyncs: [{ name: a, request: { incremental: { param: x } } }]\n",
            "twice": "provider: github\nintegration: hubspot\nsync_names: [users]\n",
        }
        files = [tmp_path / f"{name}.yml" for name in texts]
        for path, text in zip(files, texts.values(), strict=True):
            path.write_text(text)
        assert new(project, "--answers", self.FILES[1], *map(str, files)) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("nango-scaffold: 5 of 6 answers files cannot be used; nothing was written\n")
        assert [err.index(f"\n{path}: ") for path in files] == sorted(
            err.index(f"\n{path}: ") for path in files
        )
        for message in (
            "sincs: there is no such answer",
            "response: there is no such answer",
            "'githob' is not",
        ):
            assert message in err
        assert not project.exists()

    def test_what_fails_when_it_is_worked_out_does_not_hide_what_fails_behind_it(
        self, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        bad = "provider: {}\nsyncs: [{{ name: a, request: {{ incremental: {{ param: x }} }} }}]\n"
        for name in ("zoom", "slack"):
            (tmp_path / f"{name}.yml").write_text(bad.format(name))
        files = [str(tmp_path / f"{name}.yml") for name in ("zoom", "slack")]
        assert new(project, "--answers", self.FILES[0], *files) == 2
        err = capsys.readouterr().err
        assert err.startswith("nango-scaffold: 2 of 3 ")
        assert err.count(":2:44\n") == 2
        assert not project.exists()

    def test_a_bar_is_shown_in_a_terminal_and_gone_at_the_end(
        self, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        stream = in_a_terminal(monkeypatch, "stderr")
        assert new(project, "--answers", *self.FILES) == 0
        assert "6/6" in stream.getvalue()
        assert stream.getvalue().endswith("\x1b[2K")  # the line is wiped
        stream.truncate(0)
        new(project, "--answers", *self.FILES, "--json")
        assert stream.getvalue().strip("\0") == ""


class TestColours:
    def test_a_terminal_gets_colours(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        terminal = in_a_terminal(monkeypatch, "stdout")
        new(project, *HUBSPOT, "--dry-run")
        output = terminal.getvalue()
        assert "\x1b[32mcreate\x1b[0m" in output
        assert "\x1b[32m+integrations:\x1b[0m" in output

    @pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
    def test_who_wants_none_gets_text(
        self, project: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
    ) -> None:
        terminal = in_a_terminal(monkeypatch, "stdout")
        monkeypatch.setenv(name, value)
        new(project, *HUBSPOT)
        assert "\x1b" not in terminal.getvalue()
        assert "17 created" in terminal.getvalue()

    def test_scripts_do_not_pay_for_colours(self, project: Path) -> None:
        code = "import sys; from nango_scaffold.cli import main\nmain(sys.argv[1:])\nprint('rich' in sys.modules, file=sys.stderr)"
        words = [sys.executable, "-c", code, "new", "--project", str(project), *HUBSPOT]
        process = subprocess.run(words, capture_output=True, text=True, check=True)
        assert process.stderr == "False\n"
