"""Whole runs in this process, with real keys: the questions, the files written, and what is left behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.examples.golden import read_tree
from tests.wizard.keyboard import DOWN, ENTER, ERASE, INTERRUPT, Screen, pasted, typing

from nango_scaffold.answers import parse_text
from nango_scaffold.cli import main

PROVIDER = ("hubspot", ENTER)
SYNC = (ENTER, "contacts", ENTER, ENTER, "/crm/v3/objects/contacts", ENTER, ENTER, ENTER, ENTER, ENTER)
ACTION = (DOWN, DOWN, ENTER, "create-contact", ENTER, ENTER, ENTER, ENTER, ENTER)
NO_MORE = (ENTER,)
WRITE = (ENTER, ENTER)
WHOLE = (*PROVIDER, ENTER, *SYNC, *ACTION, *NO_MORE)


@pytest.fixture(autouse=True)
def _at_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("nango_scaffold.wizard.is_wanted", lambda options: not options.answers)
    monkeypatch.setenv("TERM", "xterm")


def new(*keys: str, project: str = "project", columns: int = 80) -> tuple[int, Screen]:
    with typing(*keys, columns=columns) as screen:
        return main(["new", "--project", project]), screen


def here() -> list[str]:
    return sorted(str(path) for path in Path().rglob("*"))


def menu(entry: int) -> str:
    """The keys that choose an entry of the menu."""
    return DOWN * entry + ENTER


TREE, FILE, DIFF, CHANGE, ADD_SYNC, ADD_ACTION, REMOVE, SAVE, CANCEL = map(menu, range(1, 10))


class TestWriting:
    def test_answers_are_kept_and_the_integration_is_written(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, _ = new(*WHOLE, *WRITE)
        assert code == 0
        assert parse_text(Path("hubspot.yml").read_text(), "") == {
            "provider": "hubspot",
            "syncs": [{"name": "contacts", "request": {"path": "/crm/v3/objects/contacts"}}],
            "actions": [{"name": "create-contact"}],
        }
        assert "nango-scaffold new --answers hubspot.yml --project project" in capsys.readouterr().out
        assert Path("project/nango-integrations/hubspot/syncs/contacts.ts").exists()

    def test_answers_that_are_kept_in_the_project_are_kept_current(self) -> None:
        assert new(*WHOLE, *WRITE, project=".")[0] == 0
        assert main(["add", "sync", "hubspot", "companies"]) == 0
        assert [sync["name"] for sync in parse_text(Path("hubspot.yml").read_text(), "")["syncs"]] == [
            "contacts",
            "companies",
        ]

    @pytest.mark.parametrize(
        "keys",
        [
            WHOLE,
            (
                *PROVIDER,
                ENTER,
                *SYNC[:6],
                pasted('{"results": [{"id": "1", "2fa": null}]}'),
                *SYNC[6:],
                *NO_MORE,
            ),
            ("https://api.acme.example/v2", ENTER, DOWN, ENTER, ENTER, *SYNC[:-1], *NO_MORE),
        ],
        ids=["defaults", "a sample", "an API of one's own"],
    )
    def test_the_same_answers_by_script_give_the_same_bytes(self, keys: tuple[str, ...]) -> None:
        assert new(*keys, *WRITE)[0] == 0
        (file,) = Path().glob("*.yml")
        assert main(["new", "--answers", file.name, "--project", "again"]) == 0
        assert read_tree(Path("project")) == read_tree(Path("again"))

    def test_a_project_that_has_the_integration_gets_another_one(self) -> None:
        new(*WHOLE, *WRITE)
        code, _ = new(*WHOLE, *WRITE)
        assert code == 0
        assert Path("hubspot-2.yml").exists()
        assert Path("project/nango-integrations/hubspot-2/syncs/contacts.ts").exists()


class TestMenu:
    def test_the_tree_a_file_and_the_difference_are_shown_before_anything_is_written(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, _ = new(*WHOLE, TREE, FILE, ENTER, DIFF, CANCEL)
        out = capsys.readouterr().out
        assert code == 130
        assert "create-contact.ts" in out
        assert "export default async function runAction" in out
        assert "+++ b/nango-integrations/nango.yaml" in out
        assert here() == []

    def test_an_answer_is_changed(self) -> None:
        runs = DOWN * 7 + ENTER
        code, _ = new(*WHOLE, CHANGE, runs, "every day", ENTER, *WRITE)
        assert code == 0
        assert parse_text(Path("hubspot.yml").read_text(), "")["syncs"][0]["runs"] == "every day"

    def test_scripts_are_added_and_removed(self) -> None:
        keys = ("companies", ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, *NO_MORE)
        fields = ENTER  # nothing describes a contact any more, so the action is asked for it
        code, _ = new(*WHOLE, ADD_SYNC, *keys, REMOVE, ENTER, fields, *WRITE)
        assert code == 0
        answers = parse_text(Path("hubspot.yml").read_text(), "")
        assert [sync["name"] for sync in answers["syncs"]] == ["companies"]

    def test_the_answers_alone_are_saved(self) -> None:
        code, _ = new(*WHOLE, SAVE, ENTER)
        assert (code, here()) == (0, ["hubspot.yml"])

    def test_answers_may_be_kept_nowhere(self) -> None:
        assert new(*WHOLE, ENTER, "-", ENTER)[0] == 0
        assert not list(Path().glob("*.yml"))

    def test_a_file_that_is_there_is_not_replaced_unasked(self) -> None:
        Path("mine.yml").write_text("precious")
        code, _ = new(*WHOLE, SAVE, "mine.yml", ENTER, ENTER, "other.yml", ENTER)
        assert code == 0
        assert Path("mine.yml").read_text() == "precious"
        assert Path("other.yml").exists()

    def test_it_is_replaced_when_that_is_said(self) -> None:
        Path("mine.yml").write_text("precious")
        assert new(*WHOLE, SAVE, "mine.yml", ENTER, DOWN, ENTER)[0] == 0
        assert "provider: hubspot" in Path("mine.yml").read_text()

    def test_no_answers_where_the_nango_cli_reads(self) -> None:
        Path("project/nango-integrations").mkdir(parents=True)
        inside = "project/nango-integrations/hubspot.yml"
        assert new(*WHOLE, SAVE, inside, ENTER, ERASE, "a.yml", ENTER)[0] == 0
        assert Path("a.yml").exists()
        assert not Path(inside).exists()

    def test_what_the_project_forbids_is_told_and_the_answers_can_still_be_saved(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = Path("project/nango-integrations/hubspot/syncs")
        folder.parent.mkdir(parents=True)
        folder.write_text("a file where a folder is needed")
        code, _ = new(*WHOLE, ENTER, SAVE, ENTER)
        assert code == 0
        assert "That cannot be done" in capsys.readouterr().out
        assert "hubspot.yml" in here()

    def test_a_step_back_from_the_menu_asks_the_last_question_again(self) -> None:
        code, _ = new(*WHOLE, "<", DOWN, ENTER, "companies", *[ENTER] * 7, *NO_MORE, *WRITE)
        assert code == 0
        answers = parse_text(Path("hubspot.yml").read_text(), "")
        assert [sync["name"] for sync in answers["syncs"]] == ["contacts", "companies"]


def test_what_the_command_line_says_wrongly_is_told_before_anything_is_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with typing():
        assert main(["new", "--set", "sync_names=users", "--set", "syncs[0].runs=1"]) == 2
    assert "syncs[0].runs: 1 cannot be used" in capsys.readouterr().err


STEPS = {
    "provider": (),
    "integration": PROVIDER,
    **{name: (*PROVIDER, ENTER, *SYNC[:end]) for name, end in (
        ("kind", 0), ("name", 1), ("pattern", 3), ("path", 4), ("fields", 6), ("type", 7), ("runs", 8), ("scopes", 9)
    )},
    **{name: (*PROVIDER, ENTER, *SYNC, *ACTION[:end]) for name, end in (
        ("next kind", 0), ("action", 3), ("method", 5), ("input", 7), ("action scopes", 8), ("done", 9)
    )},
    "menu": WHOLE,
    "file": (*WHOLE, FILE),
    "change": (*WHOLE, CHANGE),
    "changing": (*WHOLE, CHANGE, ENTER),
    "removing": (*WHOLE, REMOVE),
    "where": (*WHOLE, ENTER),
}  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_control_c_twice_leaves_nothing_behind(step: str) -> None:
    code, _ = new(*STEPS[step], INTERRUPT, INTERRUPT)
    assert (code, here()) == (130, [])


@pytest.mark.parametrize("step", ["integration", "name", "input", "menu", "where"])
def test_control_c_and_enter_keeps_the_answers(step: str) -> None:
    code, _ = new(*STEPS[step], INTERRUPT, ENTER)
    assert (code, here()) == (130, ["hubspot.yml"])
    assert parse_text(Path("hubspot.yml").read_text(), "")["provider"] == "hubspot"


def test_two_hundred_lines_of_json_and_names_in_unicode() -> None:
    records = [{"id": number, "größe": number, "名前": None if number % 2 else "x"} for number in range(40)]
    sample = json.dumps(records, indent=1, ensure_ascii=False)
    assert len(sample.splitlines()) > 200 - 1
    keys = (*PROVIDER, ENTER, *SYNC[:6], pasted(sample), *SYNC[6:], *NO_MORE)
    assert new(*keys, *WRITE, columns=40)[0] == 0
    answers = parse_text(Path("hubspot.yml").read_text(), "")
    assert answers["models"] == {"Contact": {"id": "number", "größe": "number", "名前?": "string"}}
    assert "名前?" in Path("project/nango-integrations/nango.yaml").read_text()
