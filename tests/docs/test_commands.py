"""Every command of every page is run as written, in the order of the page."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.pages import CODES, NEEDS, NOT_RUN, PAGES, ROOT, blocks, inline, lay_out
from tests.toolchain.support.project import node_modules

from nango_scaffold.cli import main
from nango_scaffold.commands.parser import parser

STORIES = ("README.md", "docs/tutorial.md")
"""Pages that lead from an empty folder to a project, block after block."""

_SHELL = re.compile(r"[|<>&*]|^(?:eval|source|rm|cp|copier)\b")
_QUIET = {
    "CI": "1",
    "NANGO_CLI_UPGRADE_MODE": "ignore",
    "NANGO_CLI_DEPENDENCY_UPDATE": "false",
    "NANGO_CLI_TELEMETRY": "false",
}


class Typist:
    """A user who types commands in a folder of the world."""

    def __init__(self, world: Path, folder: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.world, self.here, self.capsys = world, world / folder, capsys

    def type(self, command: str) -> None:
        """Run a command, unless it is one that cannot be run; it must succeed."""
        if command in NOT_RUN:
            return
        for part in command.split(" && "):
            self._run(part)

    def _run(self, command: str) -> None:
        if command.startswith("cd "):
            self.here = (self.here / command[3:]).resolve(strict=True)
        elif command.startswith("npm install"):
            assert (self.here / "package.json").is_file()
            (self.here / "node_modules").symlink_to(node_modules())
        elif command.startswith("npx nango "):
            self._nango(command)
        else:
            self._succeeds(command)

    def _nango(self, command: str) -> None:
        """Run Nango's CLI, which always exits with 0: its output files are checked."""
        if command.endswith("generate"):
            (self.here / "models.ts").unlink(missing_ok=True)
        process = self._shell(command)
        assert (self.here / "models.ts").is_file(), process.stdout + process.stderr
        if command.endswith("compile"):
            assert "Successfully compiled all files" in process.stdout + process.stderr

    def _succeeds(self, command: str) -> None:
        if _SHELL.search(command):
            process = self._shell(command)
            code, output = process.returncode, process.stdout + process.stderr
        else:
            program, *words = shlex.split(command)
            assert program == "nango-scaffold", f"{command} is neither run nor in NOT_RUN"
            os.chdir(self.here)
            code, output = main(words), "".join(self.capsys.readouterr())
        assert code in CODES.get(command, (0,)), f"{command}: {output}"

    def _shell(self, command: str) -> subprocess.CompletedProcess[str]:
        if "PATH/TO/nango-scaffold" in command:
            command = command.replace("PATH/TO/nango-scaffold", str(_template(self.world)))
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["bash", "-c", f"set -o pipefail; {_in_bash(command)}"],
            cwd=self.here,
            env={**os.environ, **_QUIET, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )


def _in_bash(command: str) -> str:
    """A command for zsh or fish, as far as bash can run it."""
    return command.replace("source <(", "cat <(").replace("| source", "| cat")


def _template(world: Path) -> Path:
    """The template as a plain folder."""
    template = world / "template"
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("template", "generator"):
        shutil.copytree(ROOT / name, template / name, ignore=ignored)
    shutil.copy(ROOT / "copier.yml", template)
    return template


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world with two projects that have integrations, some of them hand-written."""
    world = tmp_path_factory.mktemp("settled")
    lay_out(world)
    for folder in ("project", "my-project"):
        project = ("--project", str(world / folder), "--quiet")
        for settings in (
            ["provider=github", "sync_names=issues"],
            ["provider=hubspot", "sync_names=users"],
            ["provider=stripe", "integration=billing", "sync_names=invoices"],
            ["provider=github", "integration=github-app-oauth", "sync_names=repositories"],
        ):
            assert (
                main(["new", *project, *(word for setting in settings for word in ("--set", setting))]) == 0
            )
        for name in ("billing", "github-app-oauth"):
            (world / folder / f"nango-integrations/{name}/.nango-scaffold.json").unlink()
    return world


@pytest.fixture
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.toolchain
@pytest.mark.usefixtures("_home")
@pytest.mark.parametrize("page", [page for page in PAGES if page not in STORIES and blocks(page)])
def test_every_command_of_a_page_does_what_it_should(
    page: str, projects: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, block in enumerate(blocks(page)):
        _type_block(block, projects, tmp_path / f"world-{number}", capsys)


def _type_block(block: list[str], projects: Path, world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Type a block in a world of its own."""
    if all(command in NOT_RUN for command in block):
        return
    shutil.copytree(projects, world, symlinks=True)
    typist = Typist(world, "project", capsys)
    for at, command in enumerate(block):
        for before in NEEDS.get(command, ()):
            if not any(earlier.startswith(before) for earlier in block[:at]):
                typist.type(before)
        typist.type(command)


@pytest.mark.toolchain
@pytest.mark.usefixtures("_home")
@pytest.mark.parametrize("page", STORIES)
def test_the_commands_of_a_story_lead_from_one_to_the_next(
    page: str, projects: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a new folder, with what the page says is in it; the README goes on with a list of commands for any project."""
    world = tmp_path / "world"
    (world / "start/examples").mkdir(parents=True)
    shutil.copy(ROOT / "examples/github.yml", world / "start/examples")
    answers = re.search(r"```yaml\n(provider: .*?)```", PAGES[page].read_text("utf-8"), re.DOTALL)
    assert answers is not None
    (world / "start/github.yml").write_text(answers[1])
    story = Typist(world, "start", capsys)
    for number, block in enumerate(blocks(page)):
        if page == "README.md" and not block[0].startswith("nango-scaffold new --answers examples/"):
            _type_block(block, projects, tmp_path / f"world-{number}", capsys)
            continue
        for command in block:
            story.type(command)


def test_the_table_of_what_is_not_run_holds_nothing_else() -> None:
    commands = {command for page in PAGES for block in blocks(page) for command in block}
    assert sorted(set(NOT_RUN) - commands) == []
    assert sorted(set(NEEDS) - commands) == []
    assert sorted(set(CODES) - commands) == []
    for reason in NOT_RUN.values():
        for path in re.findall(r"tests/\S+", reason):
            assert (ROOT / path).exists(), path


@pytest.mark.parametrize("page", [page for page in PAGES if inline(page)])
def test_commands_within_sentences_are_ones_the_parser_takes(page: str) -> None:
    for command in inline(page):
        words = shlex.split(command)[1:]
        if len(words) > 1 and "..." not in command:
            parser().parse_args(words)
