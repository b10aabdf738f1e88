"""``copier copy`` at a terminal: the real prompts, wrong answers and corrections included."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pexpect
import pyte
import pytest
import yaml
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from tests.copier.support import CONTACTS, FIRST, REPOSITORY, Project, Template, answers_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENTER, ERASE, INTERRUPT = "\r", "\x15", "\x03"  # ERASE: control-u, to the beginning of the line


class Terminal:
    """Copier at a terminal of 200 columns, or of another size."""

    def __init__(self, *words: object, cwd: Path | None = None, rows: int = 50, columns: int = 200) -> None:
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "copier", *map(str, words)],
            cwd=cwd,
            env={**os.environ, "TERM": "xterm"},
            dimensions=(rows, columns),
            encoding="utf-8",
            timeout=60,
        )

    def wait_for(self, text: str) -> None:
        """Wait until a text is on the screen."""
        self.child.expect_exact(text)

    def answer(self, question: str, typed: str = "") -> None:
        """Answer a question once it stands there; nothing typed accepts the default."""
        self.wait_for(question)
        self.say(typed)

    def say(self, typed: str) -> None:
        self.child.expect(r"\x1b\[\?25h|\x1b\[6n|\S")  # the prompt takes keys
        self.child.send(typed + ENTER)

    def correct(self, typed: str) -> None:
        """Type another answer in the place of the one that was refused."""
        self.child.send(ERASE + typed + ENTER)

    def end(self) -> int:
        self.child.expect(pexpect.EOF)
        self.child.close()
        return int(self.child.exitstatus or 0)


class Window(Terminal):
    """The same at 80 columns and 24 rows, seen as a terminal shows it."""

    def __init__(self, *words: object) -> None:
        super().__init__(*words, rows=24, columns=80)
        self.screen = pyte.Screen(80, 24)
        self.stream = pyte.Stream(self.screen)

    def wait_for_words(self, question: str) -> None:
        """Wait until every word of a question can be read, in order."""
        expected = " ".join(question.split())
        end = time.monotonic() + 60
        while expected not in " ".join(" ".join(self.screen.display).split()):
            assert time.monotonic() < end, f"{expected!r} is not to be read:\n" + "\n".join(
                self.screen.display
            )
            with suppress(pexpect.TIMEOUT):
                self.stream.feed(self.child.read_nonblocking(100_000, timeout=0.2))


HELP = {
    name: question["help"]
    for name, question in yaml.safe_load((REPOSITORY / "copier.yml").read_text("utf-8")).items()
    if isinstance(question, dict) and "help" in question
}
MESSAGES = {
    name: text
    for name, text in yaml.safe_load((REPOSITORY / "copier.yml").read_text("utf-8")).items()
    if name.startswith("_message")
}
WIDEST = 72


@pytest.mark.parametrize("name", [*HELP, *MESSAGES])
def test_no_line_is_wider_than_a_window(name: str) -> None:
    """With the longest names there are: Copier's prompts cut off what has no room."""
    longest = "a-provider-with-the-longest-name-of-all"
    conf = {
        "skip_tasks": True,
        "dst_path": "/work/project",
        "answers_file": answers_file("salesforce-sandbox"),
    }
    text = SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True).from_string(
        HELP.get(name) or MESSAGES[name]
    )
    page = text.render(
        provider=longest,
        integration="salesforce-sandbox",
        gate={
            "script": "list-purchase-orders",
            "install": "npm install",
            "run": "npx nango",
            "warnings": [],
        },
        _copier_conf=conf,
    )
    assert [line for line in page.splitlines() if len(line) > WIDEST] == []


def test_every_word_of_every_question_is_seen_at_80_columns(released: Template, project: Project) -> None:
    catalogue = "node_modules/@nangohq/providers/providers.yaml"
    project.write(catalogue, "homemade:\n    display_name: Homemade\n    auth_mode: OAUTH2\n")
    window = Window("copy", "--trust", "--vcs-ref", FIRST, released.root, project.root)
    answers = {
        "provider": "homemade",
        "base_url": "https://api.homemade.example",
        "integration": "",
        "sync_names": "things",
        "runs": "",
        "action_names": "",
        "scopes": "",
    }
    try:
        for name, typed in answers.items():
            window.wait_for_words(HELP[name].replace("{{ provider }}", "homemade"))
            window.child.send(typed + ENTER)
        assert window.end() == 0
    finally:
        window.child.close(force=True)
    assert project.stored("homemade")["sync_names"] == "things"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.begin(tmp_path / "project")


@pytest.fixture
def terminal(released: Template, project: Project) -> Iterator[Terminal]:
    started = Terminal("copy", "--trust", "--vcs-ref", FIRST, released.root, project.root)
    yield started
    started.child.close(force=True)


def test_a_first_time_user_answers_four_things_and_presses_enter_for_the_rest(
    terminal: Terminal, project: Project
) -> None:
    terminal.answer("PROVIDER (1 of 3)", "hubspot")
    terminal.answer("What is the integration called?", ERASE + "crm")
    terminal.answer("SYNCS (2 of 3)", "contacts")
    terminal.answer("How often do they run?")
    terminal.answer("ACTIONS (3 of 3)", "create-contact")
    terminal.answer("Which OAuth scopes")
    terminal.wait_for(f"crm is in place. Next, in {project.root}:")
    for command in (
        "npm install",
        "cd nango-integrations",
        "npx nango generate",
        "npx nango compile",
        "node ../dryrun.js contacts CONNECTION \\",
        "  --integration-id crm --auto-confirm -e dev",
        "npx nango deploy dev",
        "copier update --trust \\",
        f"  -a {answers_file('crm')}",
    ):
        terminal.wait_for(f"  {command}\r\n")
    assert terminal.end() == 0
    assert project.entry("crm")["syncs"]["contacts"]["runs"] == "every hour"
    assert list(project.entry("crm")["actions"]) == ["create-contact"]


def test_wrong_answers_are_told_and_can_be_corrected(terminal: Terminal, project: Project) -> None:
    terminal.answer("PROVIDER (1 of 3)", "githbu")
    terminal.wait_for("did you mean github")
    terminal.correct("github")
    terminal.answer("What is the integration called?", ERASE + "my repos")
    terminal.wait_for("'my repos' cannot be used")
    terminal.correct("repos")
    terminal.answer("SYNCS (2 of 3)", "Issues!")
    terminal.wait_for("'Issues!' cannot be used")
    terminal.correct("issues, labels")
    terminal.answer("How often do they run?", ERASE + "hourly")
    terminal.wait_for("it does not start with 'every '")
    terminal.correct("every 6 hours")
    terminal.answer("ACTIONS (3 of 3)", "issues")
    terminal.wait_for("the name 'issues' is already that of")
    terminal.correct("create-issue")
    terminal.answer("Which OAuth scopes", "repo, read:user")
    assert terminal.end() == 0
    entry = project.entry("repos")
    assert entry["syncs"]["labels"]["runs"] == "every 6 hours"
    assert entry["actions"]["create-issue"]["scopes"] == ["repo", "read:user"]


def test_questions_that_make_no_sense_are_not_asked(terminal: Terminal, project: Project) -> None:
    """No syncs, so nothing about how often; a provider with API keys, so nothing about scopes."""
    terminal.answer("PROVIDER (1 of 3)", "freshdesk")
    terminal.answer("What is the integration called?")
    terminal.answer("SYNCS (2 of 3)")
    terminal.answer("ACTIONS (3 of 3)", "get-contact")
    assert terminal.end() == 0
    assert "How often" not in (terminal.child.before or "")
    assert set(project.stored("freshdesk")) == {
        "_commit",
        "_src_path",
        "provider",
        "integration",
        "action_names",
        "facts_used",
        "optional_files",
        "project_files",
    }


def test_no_names_at_all_are_not_accepted(terminal: Terminal, project: Project) -> None:
    terminal.answer("PROVIDER (1 of 3)", "freshdesk")
    terminal.answer("What is the integration called?")
    terminal.answer("SYNCS (2 of 3)")
    terminal.answer("ACTIONS (3 of 3)")
    terminal.wait_for("the answers name no sync and no action")
    terminal.correct("get-contact")
    assert terminal.end() == 0


def test_a_provider_without_a_base_url_has_it_asked_for(terminal: Terminal, project: Project) -> None:
    catalogue = "node_modules/@nangohq/providers/providers.yaml"
    project.write(catalogue, "homemade:\n    display_name: Homemade\n    auth_mode: API_KEY\n")
    terminal.answer("PROVIDER (1 of 3)", "homemade")
    terminal.answer("Nango knows no base URL for homemade", "api.homemade.example")
    terminal.wait_for("base_url")
    terminal.correct("https://api.homemade.example")
    terminal.answer("What is the integration called?")
    terminal.answer("SYNCS (2 of 3)", "things")
    terminal.answer("How often do they run?")
    terminal.answer("ACTIONS (3 of 3)")
    assert terminal.end() == 0
    assert project.stored("homemade")["base_url"] == "https://api.homemade.example"


@pytest.mark.parametrize("answered", [0, 1, 5], ids=["the first", "the second", "the last"])
def test_control_c_at_a_prompt_leaves_nothing(answered: int, terminal: Terminal, project: Project) -> None:
    conversation = [
        ("PROVIDER (1 of 3)", "hubspot"),
        ("What is the integration called?", ""),
        ("SYNCS (2 of 3)", "contacts"),
        ("How often do they run?", ""),
        ("ACTIONS (3 of 3)", ""),
        ("Which OAuth scopes", ""),
    ]
    for question, typed in conversation[:answered]:
        terminal.answer(question, typed)
    terminal.wait_for(conversation[answered][0])
    terminal.child.expect(r"\x1b\[\?25h|\x1b\[6n|\S")
    terminal.child.send(INTERRUPT)
    terminal.wait_for("Execution stopped by user")
    assert terminal.end() == 1
    assert project.tree() == {}


def test_control_c_in_an_update_leaves_everything_as_it_was(scaffolded: Project) -> None:
    terminal = Terminal("update", "--trust", "-a", answers_file("hubspot"), cwd=scaffolded.root)
    terminal.answer("PROVIDER (1 of 3)")
    terminal.wait_for("What is the integration called?")
    terminal.child.send(INTERRUPT)
    terminal.wait_for("Execution stopped by user")
    assert terminal.end() == 1
    assert scaffolded.status() == ""


def test_a_recopy_never_asks_whether_to_overwrite(scaffolded: Project) -> None:
    """Yes would be the default, and with it the edits were gone."""
    scaffolded.edit(CONTACTS, "export default", "// Ours.\nexport default").commit()
    words = ("recopy", "--trust", "--skip-answered", "--vcs-ref", FIRST, "-a", answers_file("hubspot"))
    terminal = Terminal(*words, cwd=scaffolded.root)
    terminal.answer("Which OAuth scopes")
    assert terminal.end() == 0
    assert "verwrite" not in (terminal.child.before or "")
    assert scaffolded.status() == ""


def test_an_update_asks_with_the_stored_answers_as_defaults(scaffolded: Project) -> None:
    terminal = Terminal(
        "update", "--trust", "--vcs-ref", FIRST, "-a", answers_file("hubspot"), cwd=scaffolded.root
    )
    terminal.answer("PROVIDER (1 of 3)")
    terminal.answer("What is the integration called?")
    terminal.answer("SYNCS (2 of 3)", ", deals")
    terminal.answer("How often do they run?")
    terminal.answer("ACTIONS (3 of 3)")
    terminal.answer("Which OAuth scopes")
    assert terminal.end() == 0
    assert list(scaffolded.entry()["syncs"]) == ["contacts", "companies", "deals"]
