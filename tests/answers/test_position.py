"""The position of an answer in its text, for a caret below it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nango_scaffold.answers import Source, load_answers
from nango_scaffold.answers.position import position_of
from nango_scaffold.derive import derive
from nango_scaffold.errors import AnswersError, Place, Problem
from nango_scaffold.providers import find

CASES = sorted(Path(__file__).with_name("refused").glob("*.yml"))

TEXT = """\
provider: github
base: &base { retries: 3 }
models:
    User: { id: string, email?: string }
syncs:
    - name: users
      runs: "every day"   # slow
      request: *base
      mapping:
          a.b: one
          a: { b: two }
    - { name: teams, request: { path: /teams } }
    - <<: { pattern: windows }
      name: repos
      empty:
sync_names: [notes, tags]
action_names: create-a, create-b
"""


def marked(where: str, *, on_key: bool = False) -> str | None:
    position = position_of(TEXT, where, on_key=on_key)
    return None if position is None else TEXT[position.start : position.end]


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("provider", "github"),
        ("syncs[0].runs", '"every day"'),
        ("syncs[1].request.path", "/teams"),
        ("syncs[1].request", "{ path: /teams }"),
        ("models.User.email", "string"),
        ("sync_names[1]", "tags"),
        ("syncs[0].request", "*base"),
        ("syncs[0].request.retries", "3"),
        ("syncs[2].pattern", "windows"),
        ("syncs[0].mapping.a.b", "one"),
    ],
)
def test_a_value_is_found(where: str, text: str) -> None:
    assert marked(where) == text


@pytest.mark.parametrize(
    ("where", "text"),
    [("syncs[0].runs", "runs"), ("models.User.email", "email?"), ("syncs[1].request.path", "path")],
)
def test_a_key_is_found_where_the_key_is_meant(where: str, text: str) -> None:
    assert marked(where, on_key=True) == text


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("syncs[0].description", "name"),  # a list item has no key: its first line
        ("syncs[0].mapping.title", "mapping"),
        ("syncs[1].request.params.a", "request"),
        ("syncs[2].empty", "empty"),
        ("models.Team.id", "models"),
    ],
)
def test_what_is_not_written_is_shown_at_what_lies_around_it(where: str, text: str) -> None:
    assert marked(where) == text


def test_a_script_of_the_short_form_is_found_there() -> None:
    assert marked("syncs[3].request.path") == "notes"
    assert marked("syncs[4].runs") == "tags"
    assert marked("actions[0].input") == "create-a, create-b"


def test_what_is_nowhere_has_no_position() -> None:
    assert marked("responses.User") is None
    assert position_of("", "provider") is None


class TestSource:
    def place(self, source: Source, where: str, *, on_key: bool = False) -> Place | None:
        return source.place_of(Problem(where, "", "", on_key))

    def test_a_setting_goes_over_the_file(self) -> None:
        source = Source("a.yml", "syncs: [{ runs: every day }]\n", ("syncs[0].runs=hourly",))
        assert self.place(source, "syncs[0].runs") == Place("--set", 0, 15, 6, "syncs[0].runs=hourly")
        assert self.place(source, "syncs[0]") == Place("a.yml", 1, 9, 19, "syncs: [{ runs: every day }]")

    def test_the_last_of_two_settings_counts(self) -> None:
        source = Source(settings=("provider=a", "provider=b"))
        assert self.place(source, "provider") == Place("--set", 0, 10, 1, "provider=b")

    def test_what_stands_inside_the_value_of_a_setting_is_found_there(self) -> None:
        source = Source(settings=("syncs=[{ name: Users }]",))
        assert self.place(source, "syncs[0].name") == Place("--set", 0, 16, 5, "syncs=[{ name: Users }]")

    def test_what_is_missing_has_only_a_file(self) -> None:
        assert self.place(Source("a.yml", "sync_names: [a]\n"), "provider") == Place("a.yml")
        assert self.place(Source(settings=("sync_names=a",)), "provider") is None

    def test_answers_that_were_never_a_text_have_no_place_but_in_settings(self) -> None:
        source = Source(plain={"provider": "github"}, settings=("sync_names=Users",))
        assert source.data() == {"provider": "github", "sync_names": "Users"}
        assert self.place(source, "provider") is None
        assert self.place(source, "sync_names[0]") == Place("--set", 0, 12, 5, "sync_names=Users")

    def test_lines_may_end_in_carriage_returns(self) -> None:
        source = Source("a.yml", "provider: github\r\nsyncs:\r\n    - runs: hourly\r\n")
        assert self.place(source, "syncs[0].runs") == Place("a.yml", 3, 13, 6, "    - runs: hourly")

    def test_text_that_is_no_yaml_is_shown_where_it_ends_too_early(self) -> None:
        source = Source("a.yml", "provider: github\nsync_names: [a\n\n")
        with pytest.raises(AnswersError) as refusal:
            source.data()
        refusal.value.locate(source.place_of)
        assert refusal.value.problems[0].place == Place("a.yml", 2, 15, 0, "sync_names: [a")

    def test_json_has_places_too(self) -> None:
        source = Source("a.json", '{\n  "provider": "github",\n  "sync_names": ["Users"]\n}\n')
        with pytest.raises(AnswersError) as refusal:
            load_answers(source.data())
        refusal.value.locate(source.place_of)
        assert str(refusal.value.problems[0].place) == "a.json:3:19"

    def test_of_a_long_answer_the_part_that_is_quoted_is_shown(self) -> None:
        source = Source(
            "a.yml", "syncs: [{ request: { path: '/x/${metadata.y}/z' }, mapping: { nam: x.name } }]\n"
        )
        path = Problem("syncs[0].request.path", "'${metadata.y}' names no field", "")
        assert source.place_of(path) == Place("a.yml", 1, 32, 13, source.text.rstrip())
        field = Problem("syncs[0].mapping", "the model User has no field 'nam'", "")
        assert source.place_of(field) == Place("a.yml", 1, 63, 3, source.text.rstrip())

    def test_a_key_that_is_quoted_is_shown_though_the_rule_is_about_its_value(self) -> None:
        source = Source("a.yml", "models:\n    User: { 'constructor?': string }\n")
        place = source.place_of(
            Problem("models.User.constructor", "'constructor' has a meaning of its own", "")
        )
        assert place is not None
        assert source.text.split("\n")[1][place.column - 1 :].startswith("'constructor?'")


def use(source: Source) -> None:
    answers = load_answers(source.data())
    derive(answers, find(answers.provider, generic=answers.provider_facts), {})


def test_every_answer_that_is_refused_is_shown_in_its_line() -> None:
    """Over all refused answers: only what is not written at all, or is no mapping, has a file alone."""
    without_a_line = set()
    for case in CASES:
        source = Source(case.name, case.read_text(encoding="utf-8"))
        with pytest.raises(AnswersError) as refusal:
            use(source)
        refusal.value.locate(source.place_of)
        for problem in refusal.value.problems:
            assert problem.place is not None
            assert problem.place.source == case.name
            if problem.place.line == 0:
                without_a_line.add(case.stem)
            else:
                assert source.text.split("\n")[problem.place.line - 1] == problem.place.text
                assert 0 < problem.place.column <= len(problem.place.text) + 1
    assert without_a_line == {
        "a-list-of-answers",
        "aliases-of-aliases",
        "an-alias-to-itself",
        "no-provider",
        "no-sync-and-no-action",
    }
