"""Whole runs at a terminal: the program as a process, read through a terminal emulator."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest
from tests.examples.golden import read_tree
from tests.infer.documents import openapi, responds, takes
from tests.wizard.keyboard import DOWN, ENTER, ERASE, INTERRUPT, TAB, pasted

from nango_scaffold.answers import parse_text
from nango_scaffold.cli import main

PATIENCE = 30.0
COLOUR = re.compile(r"\x1b\[[0-9;]*[349][0-9][;m]")


class Terminal:
    """``nango-scaffold new`` at a terminal of some size."""

    def __init__(self, folder: Path, *words: str, columns: int = 80, rows: int = 24, **env: str) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=1000)
        self.stream = pyte.Stream(self.screen)
        self.raw = ""
        # pytest-xdist hands its workers the width of its own terminal; a size that is set so would go before the window's.
        environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "nango_scaffold", "new", "--project", "project", *words],
            cwd=folder,
            env={**environment, "TERM": "xterm-256color", **env},
            dimensions=(rows, columns),
            encoding="utf-8",
            timeout=PATIENCE,
        )

    @property
    def lines(self) -> list[str]:
        """What stands on the screen."""
        return [line.rstrip() for line in self.screen.display]

    def wait_for(self, *texts: str) -> None:
        """Wait until texts stand on the screen, be they broken over lines or not."""
        end = time.monotonic() + PATIENCE
        while missing := [text for text in texts if text not in " ".join(" ".join(self.lines).split())]:
            assert time.monotonic() < end, f"{missing} not on the screen:\n" + "\n".join(self.lines)
            self._read()

    def types(self, question: str, *keys: str) -> None:
        """Wait for a question as the last one on the screen, and press some keys."""
        self._until(lambda: self._last_question().startswith(question[: self.screen.columns - 4]))
        self.child.send("".join(keys))

    def ends(self) -> int:
        end = time.monotonic() + PATIENCE
        while self._read():
            assert time.monotonic() < end, "it does not end:\n" + "\n".join(self.lines)
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)

    def _last_question(self) -> str:
        return next((line[2:] for line in reversed(self.lines) if line.startswith("? ")), "")

    def _until(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, "\n".join(self.lines)
            self._read()

    def _read(self) -> bool:
        try:
            text = self.child.read_nonblocking(100_000, timeout=0.2)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += text
        self.stream.feed(text)
        if "\x1b[6n" in text:  # the program asks where the cursor is, as it would ask a real terminal
            self.child.send(f"\x1b[{self.screen.cursor.y + 1};{self.screen.cursor.x + 1}R")
        return True


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    begun: list[Terminal] = []

    def starting(*words: str, columns: int = 80, rows: int = 24, **env: str) -> Terminal:
        begun.append(Terminal(tmp_path, *words, columns=columns, rows=rows, **env))
        return begun[-1]

    yield starting
    for terminal in begun:
        terminal.child.close(force=True)


def test_a_first_time_user_names_a_provider_and_presses_enter(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    """In a window of 80x24: nothing but the provider is typed."""
    person = start()
    person.wait_for("Enter: next", "Esc: back", "Ctrl-C: stop")
    person.types("Which provider?", "hubs")
    person.wait_for("hubspot: HubSpot · OAUTH2", "https://api.hubapi.com · pages: cursor")
    person.types("Which provider?", ENTER)
    person.wait_for(
        "base URL https://api.hubapi.com", "pagination cursor (next: paging.next.after", "docs https://"
    )
    for question in (
        "Name of the integration",
        "What do you want first?",
        "Its name",
        "How does it fetch?",
        "Path of the API",
    ):
        person.types(question, ENTER)
    person.wait_for("one per line, such as email?: string", "id: string")
    for question in (
        "Fields of Contact",
        "What does a run ask for?",
        "How often does it run?",
        "Scopes it needs",
        "What else?",
        "What now?",
        "Where to keep the answers?",
    ):
        person.types(question, ENTER)
    assert person.ends() == 0
    assert "nango-scaffold new --answers hubspot.yml --project project" in " ".join(person.raw.split())
    assert parse_text((tmp_path / "hubspot.yml").read_text(), "") == {
        "provider": "hubspot",
        "syncs": [{"name": "contacts"}],
    }
    assert (tmp_path / "project/nango-integrations/hubspot/syncs/contacts.ts").exists()


def test_three_syncs_with_corrections_and_a_pasted_record(
    start: Callable[..., Terminal], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long run: wrong answers, a step back, 200 lines of JSON, unicode, a change at the end; by script the same."""
    records = [{"id": number, "größe": number / 2, "名前": None} for number in range(45)]
    sample = json.dumps(records, indent=1, ensure_ascii=False)
    assert len(sample.splitlines()) > 200
    person = start()
    person.types("Which provider?", "githbu", ENTER)
    person.wait_for("Nango knows no provider 'githbu'. did you mean github")
    person.types("Which provider?", ERASE, "git", DOWN, ENTER)
    person.types("Name of the integration", "repos", ENTER)
    person.types("What do you want first?", ENTER)
    person.types("Its name", "Pull Requests", ENTER)
    person.types("How does it fetch?", ENTER)
    person.types("Path of the API", "https://api.gitlab.com/x", ENTER)
    person.wait_for("does not begin with the provider's base URL https://api.github.com")
    person.types(
        "Path of the API", ERASE, "https://api.github.com/repos/{owner}/{repo}/pulls?state=all", ENTER
    )
    person.types("Fields of PullRequest", "title: string", ENTER, ENTER)
    person.wait_for("the model PullRequest has no id")
    person.types("Fields of PullRequest", "<", ENTER)  # on the line after, so it goes a step back
    person.types("Path of the API", ENTER)
    person.types("Fields of PullRequest", pasted(sample), ENTER)
    person.wait_for(f"JSON of {len(sample.splitlines())} lines", "2 fields: id, größe")
    person.wait_for("left out, seen only as null: 名前")
    person.types("Metadata of a connection", ENTER)
    person.types("What does a run ask for?", DOWN, ENTER)
    person.types("Parameter for the date", "since", ENTER)
    person.types("How often does it run?", "hourly", ENTER)
    person.wait_for("not an interval that Nango knows")
    person.types("How often does it run?", ERASE, "15m", ENTER)
    person.types("Scopes it needs", "repo", ENTER)
    for name, pattern in (("commits", 1), ("labels", 0)):
        person.types("What else?", DOWN, ENTER)
        person.types("Its name", name, ENTER)
        person.types("How does it fetch?", DOWN * pattern, ENTER)
        person.types("Path of the API", TAB, "/all", ENTER)
        person.types("Fields of", ENTER)
        if not pattern:
            person.types("What does a run ask for?", ENTER)
        person.types("How often does it run?", ENTER)
        person.types("Scopes it needs", ENTER)
    person.types("What else?", ENTER)
    person.wait_for("sync labels", "What now?")
    person.types("What now?", DOWN * 4, ENTER)
    person.types("Which answer?", DOWN, ENTER)
    person.types("Name of the integration", ERASE, "my-repos", ENTER)
    person.types("What now?", ENTER)
    person.types("Where to keep the answers?", ENTER)
    assert person.ends() == 0
    monkeypatch.chdir(tmp_path)
    answers = parse_text(Path("my-repos.yml").read_text(), "")
    assert [sync["name"] for sync in answers["syncs"]] == ["pull-requests", "commits", "labels"]
    assert answers["syncs"][0]["request"]["params"] == {"state": "all"}
    assert answers["syncs"][1]["pattern"] == "window"
    assert main(["new", "--answers", "my-repos.yml", "--project", "again"]) == 0
    assert read_tree(Path("project")) == read_tree(Path("again"))


def test_an_api_document_is_searched_and_two_operations_become_scripts(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    """In a narrow window, without colours: a wrong file, words that nothing has, a step back, and Enter to the end."""
    item = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
    }
    paths = {
        f"/{name}": {
            "get": responds({"type": "array", "items": item}, operationId=f"{name}/list"),
            "post": takes(item, operationId=f"{name}/create"),
        }
        for name in (*(f"thing{number}s" for number in range(600)), "labels")
    }
    document = openapi(paths, servers=[{"url": "https://api.github.com"}]).root.value
    (tmp_path / "api.json").write_text(json.dumps(document))
    person = start("--set", "provider=github", columns=60, NO_COLOR="1")
    person.types("Name of the integration", ENTER)
    person.types("What do you want first?", DOWN * 2, ENTER)
    person.types("File of the API document", "api", ENTER)
    person.wait_for("the file cannot be read")
    person.types("File of the API document", ".json", ENTER)
    person.wait_for("1202 operations")
    person.types("Which operation?", "no such")
    person.wait_for("nothing has all of these words")
    person.types("Which operation?", ERASE, "thing59 list", DOWN, ENTER)
    person.types("Another operation?", "<", ENTER)
    person.wait_for("taken back: thing59s/list")
    person.types("Which operation?", "labels")
    person.wait_for("lists records: a sync")
    person.types("Which operation?", ENTER)
    person.wait_for("GET /labels becomes the sync labels")
    person.types("Another operation?", "labels create", ENTER)
    person.types("Another operation?", ENTER)
    sync = (
        "Its name",
        "How does it fetch?",
        "Path of the API",
        "Fields of GithubLabel",
        "What does a run ask for?",
    )
    action = (
        "Its name",
        "Which HTTP method?",
        "Path of the API",
        "What does it take?",
        "Scopes it needs",
        "What else?",
    )
    for question in (*sync, "How often does it run?", "Scopes it needs", *action):
        person.types(question, ENTER)
    person.wait_for("sync labels", "action create-label")
    full = [line for line in person.lines if len(line) >= 60 and not line.startswith("? ")]
    assert full == []
    for question in ("What now?", "Where to keep the answers?"):
        person.types(question, ENTER)
    assert person.ends() == 0
    assert not COLOUR.search(person.raw)
    assert "Not in what was inferred" not in person.raw
    answers = parse_text((tmp_path / "github.yml").read_text(), "")
    assert answers["syncs"][0]["request"]["path"] == "/labels"
    assert (tmp_path / "project/nango-integrations/github/actions/create-label.ts").exists()


@pytest.mark.parametrize("columns", [40, 80])
def test_no_line_runs_out_of_the_window(start: Callable[..., Terminal], columns: int) -> None:
    """Every line that the wizard writes has room, so nothing wraps where nobody meant it to."""
    person = start("--set", "provider=google-calendar", columns=columns)
    for question in (
        "Name of the integration",
        "What do you want first?",
        "Its name",
        "How does it fetch?",
        "Path of the API",
        "Fields of",
        "What does a run ask for?",
    ):
        person.types(question)
        if question in ("Its name", "Path of the API", "Fields of"):
            person.wait_for("Esc: back")
        full = [line for line in person.lines if len(line) >= columns]
        assert [line for line in full if not line.startswith("? ")] == []  # an answer may be as long as it is
        person.types(question, ENTER)
    person.types("How often does it run?", INTERRUPT, INTERRUPT)
    assert person.ends() == 130


@pytest.mark.parametrize("no_color", ["", "1"])
def test_no_colours_where_nobody_wants_them(start: Callable[..., Terminal], no_color: str) -> None:
    person = start("--set", "provider=hubspot", NO_COLOR=no_color)
    person.types("Name of the integration", ENTER)
    person.types("What do you want first?", INTERRUPT)
    person.types("Where to keep the answers?", INTERRUPT)
    assert person.ends() == 130
    assert bool(COLOUR.search(person.raw)) == (not no_color)


def test_a_terminal_that_only_prints_lines_is_asked_in_lines(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    person = start(TERM="dumb")
    provider, name, pattern = "hubspot\nmy bots\nbots\n1\n", "\n<\ncontacts\n", "2\n"
    rest = "\n" * len(("path", "fields", "runs", "scopes", "no more", "write it", "file"))
    person.child.send(provider + name + pattern + rest)
    assert person.ends() == 0
    assert "\x1b" not in person.raw.replace("\x1b[?2004", "")
    assert "letters, digits, _ and -" in person.raw
    answers = parse_text((tmp_path / "bots.yml").read_text(), "")
    assert answers["syncs"] == [{"name": "contacts", "pattern": "window"}]


@pytest.mark.parametrize("interrupts", [1, 2])
def test_control_c_offers_to_keep_the_answers(
    start: Callable[..., Terminal], tmp_path: Path, interrupts: int
) -> None:
    person = start("--set", "provider=hubspot")
    person.types("Name of the integration", "mine", ENTER)
    person.types("What do you want first?", INTERRUPT)
    person.types("Where to keep the answers?", INTERRUPT if interrupts == 2 else ENTER)
    assert person.ends() == 130
    assert [path.name for path in tmp_path.iterdir()] == (["mine.yml"] if interrupts == 1 else [])


def test_nothing_is_asked_where_a_script_is_at_work(start: Callable[..., Terminal]) -> None:
    person = start("--yes")
    assert person.ends() == 2
    assert "the answer is missing" in person.raw


def test_nothing_is_asked_where_all_that_is_needed_was_said(start: Callable[..., Terminal]) -> None:
    person = start("--set", "provider=hubspot", "--set", "sync_names=users")
    assert person.ends() == 0
