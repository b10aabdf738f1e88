"""Sources besides names: scripts are inferred from an API document, from responses, or from a connection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.connection.fake_nango import KEY, FakeNango, fake_nango
from tests.examples.golden import read_tree
from tests.infer.documents import openapi, responds, takes
from tests.wizard.keyboard import DOWN, ENTER, ERASE, ESCAPE, INTERRUPT, typing
from tests.wizard.support import Person, enters, world

from nango_scaffold.answers import parse_text
from nango_scaffold.cli import main
from nango_scaffold.commands.inferring import files_of_answers, inferred_answers
from nango_scaffold.project import look
from nango_scaffold.providers import find
from nango_scaffold.wizard.conversation import Conversation
from nango_scaffold.wizard.draft import Draft, back, remove
from nango_scaffold.wizard.evidence import Evidence
from nango_scaffold.wizard.live_page import sample_fetcher
from nango_scaffold.wizard.overview import overview
from nango_scaffold.wizard.questions import next_question, slots_of
from nango_scaffold.wizard.world import World, plain_answers

ISSUE = {
    "type": "object",
    "required": ["id", "title"],
    "properties": {
        "id": {"type": "integer"},
        "title": {"type": "string"},
        "state": {"type": "string", "enum": ["open", "closed"]},
        "extra": {},
    },
}
REF = {"$ref": "#/components/schemas/Issue"}
OWNER = {"name": "owner", "in": "path", "required": True, "schema": {"type": "string"}}
PATHS = {
    "/issues": {
        "get": responds({"type": "array", "items": REF}, operationId="issues/list", summary="All issues"),
        "post": takes(REF, operationId="issues/create"),
    },
    "/users/{owner}/issues": {
        "get": responds({"type": "array", "items": REF}, operationId="issues/list-of-user", parameters=[OWNER]),
    },
    "/export": {"get": responds({"type": "string"}, operationId="export\x1b[2J")},
}  # fmt: skip
BEFORE = [("provider", "github"), ("integration", "")]
SYNC = list(enters("fetch", "Path", "Fields", "run ask for", "often", "Scopes"))
DOCUMENT = ("first", "document")
NO_MORE = [("Another operation", "")]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NANGO_SECRET_KEY", "NANGO_SECRET_KEY_DEV", "NANGO_HOSTPORT"):
        monkeypatch.delenv(name, raising=False)
    document = openapi(PATHS, {"Issue": ISSUE}, servers=[{"url": "https://api.github.com"}]).root.value
    (tmp_path / "api.json").write_text(json.dumps(document))
    return tmp_path


def known(**more: Any) -> World:
    return world(evidence=Evidence(files_of_answers()), **more)


def talk(*script: tuple[str, str], before: Any = BEFORE, **more: Any) -> tuple[Conversation, Person]:
    person = Person([*before, *script])
    conversation = Conversation(person, known(**more), Draft())
    conversation.ask_all()
    return conversation, person


def answers_after(*script: tuple[str, str], **more: Any) -> dict[str, Any]:
    conversation, _ = talk(*script, **more)
    return plain_answers(conversation.draft, conversation.world)


def by_command(*scripts: dict[str, Any], key: str = "syncs") -> dict[str, Any]:
    """What the command line makes of the same ``infer``."""
    data = {"provider": "github", key: list(scripts)}
    return json.loads(json.dumps(inferred_answers(data, "", find("github")).answers))


class TestDocument:
    def test_operations_become_a_sync_and_an_action_and_the_questions_are_filled_in(self) -> None:
        conversation, person = talk(
            DOCUMENT,
            ("File", "api.json"),
            ("Which operation", "all iss"),
            ("Another operation", "issues/create"),
            *NO_MORE,
            ("name", ""),
            *SYNC,
            ("name", ""),
            *enters("method", "Path", "take", "Scopes"),
            ("else", "done"),
        )
        answers = plain_answers(conversation.draft, conversation.world)
        assert answers == {
            **by_command({"name": "issues", "infer": {"openapi": "api.json", "operation": "issues/list"}}),
            **{key: value for key, value in by_command(
                {"name": "create-issue", "infer": {"openapi": "api.json", "operation": "issues/create"}}, key="actions"
            ).items() if key == "actions"},
            "models": answers["models"],
        }  # fmt: skip
        assert set(answers["models"]) == {"GithubIssue", "GithubCreateIssueInput"}
        assert "Acme · OpenAPI 3.0.3 · https://api.github.com" in person.messages
        assert "GET /issues becomes the sync issues" in person.messages
        assert "POST /issues becomes the action create-issue" in person.messages
        assert "left out, of no type that is known: extra" in person.messages
        assert "path /issues (GET /issues)" in person.messages

    def test_what_inference_says_comes_before_the_rest_of_the_overview(self) -> None:
        conversation, _ = talk(
            DOCUMENT, ("File", "api.json"), ("operation", "issues/list"), *NO_MORE, ("name", "all-issues"), *SYNC, ("else", "done")
        )  # fmt: skip
        parts = dict(overview(conversation.draft, conversation.world))
        assert list(parts) == [
            "Inferred",
            "Not in what was inferred, or uncertain",
            "github",
            "sync all-issues",
        ]
        assert "syncs[0].request.path: GET /issues" in parts["Inferred"]

    def test_a_wrong_answer_is_told_and_asked_again(self) -> None:
        Path("other.json").write_text('{"a": 1}')
        _, person = talk(
            DOCUMENT,
            ("File", ""),
            ("File", "nowhere.json"),
            ("File", "https://api.example.com/openapi.json"),
            ("File", "-"),
            ("File", "other.json"),
            ("File", "api.json"),
            ("Which operation", ""),
            ("Which operation", "no such thing"),
            ("Which operation", "issues/list"),
            ("Another operation", "issues/list"),
            ("Another operation", "export"),
            *NO_MORE,
            ("name", ""),
            *SYNC,
            ("name", ""),
            *enters("method", "Path", "Scopes"),
            ("else", "done"),
        )
        messages = "\n".join(person.messages)
        for reason in (
            "no file is named",
            "No such file",
            "an address is not fetched",
            "standard input",
            "no OpenAPI document",
            "no operation is named",
            "'no such thing'",
            "issues/list is among them already",
        ):
            assert reason in messages, reason
        assert "\x1b" not in messages

    def test_a_step_back_goes_through_the_operations_to_the_file_and_to_the_first_question(self) -> None:
        answers = answers_after(
            DOCUMENT,
            ("File", "api.json"),
            ("Which operation", "issues/list"),
            ("Another operation", "<"),
            ("Which operation", "<"),
            ("File", "<"),
            DOCUMENT,
            ("File", "api.json"),
            ("Which operation", "issues/list"),
            *NO_MORE,
            ("name", "<"),
            ("first", "sync"),
            ("name", "<"),
            ("first", "document"),
            ("File", "api.json"),
            ("Which operation", "list-of-user"),
            *NO_MORE,
            ("name", ""),
            *SYNC,
            ("else", "done"),
        )
        assert [sync["request"]["path"] for sync in answers["syncs"]] == ["/users/${metadata.owner}/issues"]

    def test_what_is_typed_stands_over_what_was_inferred(self) -> None:
        answers = answers_after(
            DOCUMENT,
            ("File", "api.json"),
            ("Which operation", "issues/list"),
            *NO_MORE,
            ("name", "tickets"),
            ("fetch", ""),
            ("Path", "/issues?filter=all"),
            ("Fields of GithubIssue", "id: string\nnote?: string"),
            ("run ask for", ""),
            ("often", "every day"),
            ("Scopes", "repo"),
            ("else", "done"),
        )
        (sync,) = answers["syncs"]
        assert answers["models"] == {"Ticket": {"id": "string", "note?": "string"}}
        assert (sync["name"], sync["model"], sync["runs"], sync["scopes"]) == (
            "tickets",
            "Ticket",
            "every day",
            ["repo"],
        )
        assert sync["request"]["params"]["filter"] == "all"
        assert sync["request"]["paginate"]

    def test_the_integration_can_be_renamed_afterwards(self) -> None:
        """Models are named after it, so they are inferred anew."""
        conversation, person = talk(
            DOCUMENT, ("File", "api.json"), ("operation", "issues/list"), *NO_MORE, ("name", ""), *SYNC, ("else", "done")
        )  # fmt: skip
        person.script = [("Name of the integration", "mine")]
        from nango_scaffold.wizard.draft import INTEGRATION
        from nango_scaffold.wizard.questions import question_of

        question = question_of(INTEGRATION, conversation.draft, conversation.world)
        assert question is not None
        conversation.ask(question)
        assert list(plain_answers(conversation.draft, conversation.world)["models"]) == ["MineIssue"]

    def test_one_of_several_is_removed(self) -> None:
        script = [
            ("File", "api.json"),
            ("operation", "issues/list"),
            ("operation", "issues/create"),
            *NO_MORE,
        ]
        rest = [
            ("name", ""),
            *SYNC,
            ("name", ""),
            *enters("method", "Path", "take", "Scopes"),
            ("else", "done"),
        ]
        conversation, _ = talk(DOCUMENT, *script, *rest)
        draft = remove(conversation.draft, 1)
        assert "infer" not in {slot.key for slot in slots_of(draft, conversation.world)}
        answers = plain_answers(draft, conversation.world)
        assert "syncs" not in answers or answers["syncs"] == []
        assert [action["name"] for action in answers["actions"]] == ["create-issue"]

    def test_a_document_with_thousands_of_operations_is_searched_by_words(self) -> None:
        paths = {
            f"/things{number}": {
                "get": responds({"type": "array", "items": REF}, operationId=f"things{number}/list")
            }
            for number in range(3000)
        }
        Path("large.json").write_text(json.dumps(openapi(paths, {"Issue": ISSUE}).root.value))
        evidence = Evidence(files_of_answers())
        evidence.document("large.json")
        assert [entry.id for entry in evidence.operations("large.json", "list THINGS2999")] == [
            "things2999/list"
        ]
        assert evidence.operations("large.json", "things299")[0].id == "things299/list"
        assert len(evidence.operations("large.json")) == 3000


class TestResponse:
    PAGE = json.dumps({"deals": [{"id": 1, "title": "x", "note": None}], "total": 1})

    def test_a_pasted_response_with_its_headers(self) -> None:
        link = 'Link: <https://api.github.com/deals?page=2>; rel="next"'
        answers = answers_after(
            ("first", "response"),
            ("What does the API answer", self.PAGE),
            ("Another response", '{"deals": [{"id": 2, "note": "y"}]}'),
            ("Another response", ""),
            ("Headers", "no header"),
            ("Headers", link),
            ("name", "deals"),
            *SYNC,
            ("else", "done"),
        )
        (sync,) = answers["syncs"]
        assert answers["models"]["GithubDeal"] == {"id": "number", "title?": "string", "note?": "string"}
        assert (sync["request"]["response_path"], sync["request"]["paginate"]["type"]) == ("deals", "link")
        Path("a.json").write_text(self.PAGE)
        Path("b.json").write_text('{"deals": [{"id": 2, "note": "y"}]}')
        Path("a.headers").write_text(link)
        infer = {"sample": ["a.json", "b.json"], "headers": "a.headers"}
        assert answers == by_command({"name": "deals", "infer": infer})

    def test_files_and_pages_that_are_not_known_are_said(self) -> None:
        Path("a.json").write_text(self.PAGE)
        conversation, person = talk(
            ("first", "response"),
            ("What does the API answer", ""),
            ("What does the API answer", "nowhere.json"),
            ("What does the API answer", "[]"),
            ("What does the API answer", '[{"id": 1}, 2]'),
            ("What does the API answer", "api.json"),
            ("What does the API answer", '{"a": 1'),
            ("What does the API answer", "a.json"),
            ("Another response", ""),
            ("Headers", ""),
            ("name", "deals"),
            *SYNC,
            ("else", "done"),
        )
        messages = "\n".join(person.messages)
        for reason in (
            "there is no response",
            "No such file",
            "no record",
            "neither a record",
            "API document",
            "breaks off",
        ):
            assert reason in messages, reason
        assert "the response lists records: a sync" in messages
        answers = plain_answers(conversation.draft, conversation.world)
        assert answers == by_command({"name": "deals", "infer": {"sample": ["a.json"]}})
        is_paged = "paginate" in answers["syncs"][0]["request"]
        assert is_paged or "the pagination is not known" in messages

    def test_one_record_becomes_an_action_named_after_its_endpoint(self) -> None:
        sample = {"method": "GET", "endpoint": "/v1/deal", "response": {"id": 1, "title": "x"}}
        answers = answers_after(
            ("first", "response"),
            ("What does the API answer", json.dumps(sample)),
            ("Another response", ""),
            ("Headers", "<"),
            ("Another response", "<"),
            ("What does the API answer", json.dumps({**sample, "headers": {"X-Total": "1"}})),
            ("Another response", ""),
            ("name", ""),
            *enters("method", "Path", "Fields", "Scopes"),
            ("else", "done"),
        )
        (action,) = answers["actions"]
        assert (action["name"], action["request"]["path"]) == ("get-deal", "/v1/deal")


@pytest.fixture
def server() -> Iterator[FakeNango]:
    with fake_nango() as running:
        page = [{"id": "a", "public": True, "note": None}] * 2
        running.routes["/proxy/gists"] = (
            200,
            page,
            {"Link": '<https://api.github.com/gists?page=2>; rel="next"'},
        )
        yield running


class TestConnection:
    def test_it_is_offered_where_there_is_a_key(self, here: Path) -> None:
        assert sample_fetcher(look(str(here))) is None
        draft = Draft()
        for text in ("github", ""):
            from nango_scaffold.wizard.questions import answered

            question = next_question(draft, known())
            assert question is not None
            draft = answered(question, text, draft, known())
        kind = next_question(draft, known())
        assert kind is not None
        assert [option.value for option in kind.options] == ["sync", "action", "document", "response"]
        kind = next_question(draft, known(sample=lambda *_: None))
        assert kind is not None
        assert kind.options[-1].value == "connection"

    def test_one_page_tells_all(self, here: Path, server: FakeNango) -> None:
        (here / ".env").write_text(f"NANGO_SECRET_KEY={KEY}\nNANGO_HOSTPORT={server.url}\n")
        conversation, person = talk(
            ("first", "connection"),
            ("which connection", "<"),
            ("first", "connection"),
            ("which connection", "slow"),
            ("Path to fetch", "gists"),
            ("Path to fetch", "/gists?per_page=2"),
            ("Send it", "no"),
            ("first", "connection"),
            ("which connection", "slow"),
            ("Path to fetch", "/nothing"),
            ("Send it", "send"),
            ("first", "connection"),
            ("which connection", "slow"),
            ("Path to fetch", "/gists?per_page=2"),
            ("Send it", "send"),
            ("name", ""),
            *SYNC,
            ("else", "done"),
            sample=sample_fetcher(look(str(here))),
        )
        answers = plain_answers(conversation.draft, conversation.world)
        (sync,) = answers["syncs"]
        assert (sync["name"], sync["request"]["path"]) == ("gists", "/gists")
        assert sync["request"]["params"] == {"per_page": "2"}
        assert sync["request"]["paginate"]["type"] == "link"
        assert answers["models"] == {"GithubGist": {"id": "string", "public": "boolean"}}
        assert server.paths[-1] == "/proxy/gists?per_page=2"
        messages = "\n".join(person.messages)
        assert "nothing was fetched" in messages
        assert "the API has no /nothing" in messages
        assert KEY not in messages + json.dumps(answers)


class TestWhole:
    @pytest.fixture(autouse=True)
    def _at_a_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("nango_scaffold.wizard.is_wanted", lambda options: not options.answers)
        monkeypatch.setenv("TERM", "xterm")

    START = ("github", ENTER, ENTER, DOWN, DOWN, ENTER)
    CHOICE = ("api.json", ENTER, "issues/li", ENTER, "create", ENTER, ENTER)
    REST = (*[ENTER] * 7, *[ENTER] * 5, ENTER)

    def test_the_command_line_writes_the_same_for_the_same_infer(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with typing(*self.START, *self.CHOICE, *self.REST, ENTER, ENTER):
            assert main(["new", "--project", "project"]) == 0
        assert "Not in what was inferred, or uncertain" in capsys.readouterr().out
        infer = {"openapi": "api.json"}
        answers = {
            "provider": "github",
            "syncs": [{"name": "issues", "infer": {**infer, "operation": "issues/list"}}],
            "actions": [{"name": "create-issue", "infer": {**infer, "operation": "issues/create"}}],
        }
        Path("by-script.json").write_text(json.dumps(answers))
        assert main(["new", "--answers", "by-script.json", "--project", "again"]) == 0
        assert read_tree(Path("project")) == read_tree(Path("again"))
        Path("api.json").unlink()
        assert main(["new", "--answers", "github.yml", "--project", "third"]) == 0
        third = read_tree(Path("third"))
        about_documents = {
            name for name, text in read_tree(Path("project")).items() if third.get(name) != text
        }
        assert {Path(name).name for name in about_documents} == {"README.md", ".nango-scaffold.json"}

    @pytest.mark.parametrize(
        "keys",
        [
            START,
            (*START, "api.json", ENTER),
            (*START, "api.json", ENTER, "issues/li", ENTER),
            (*START, *CHOICE),
            (*START[:-3], DOWN, DOWN, DOWN, ENTER),
            (*START[:-3], DOWN, DOWN, DOWN, ENTER, '[{"id": 1}]', ENTER),
            (*START[:-3], DOWN, DOWN, DOWN, ENTER, '[{"id": 1}]', ENTER, ENTER),
        ],
        ids=["file", "operation", "another", "name", "response", "another response", "headers"],
    )
    def test_control_c_leaves_nothing_behind(self, keys: tuple[str, ...], here: Path) -> None:
        with typing(*keys, INTERRUPT, INTERRUPT):
            assert main(["new", "--project", "project"]) == 130
        assert [path.name for path in here.iterdir()] == ["api.json"]

    def test_control_c_and_enter_keeps_answers_that_need_no_document(self) -> None:
        with typing(*self.START, *self.CHOICE, ENTER, INTERRUPT, ENTER):
            assert main(["new", "--project", "project"]) == 130
        answers = parse_text(Path("github.yml").read_text(), "")
        assert answers["syncs"][0]["request"]["path"] == "/issues"
        assert "infer" not in json.dumps(answers)

    @pytest.mark.parametrize("columns", [40, 80])
    def test_the_search_shows_what_an_operation_becomes(self, columns: int) -> None:
        keys = (*self.START, "api.json", ENTER, "issues/li", ESCAPE, ERASE, INTERRUPT, INTERRUPT)
        with typing(*keys, columns=columns) as screen:
            assert main(["new", "--project", "project"]) == 130
        assert all(len(line) <= columns for line in screen.lines)


def test_nothing_of_a_draft_is_left_of_scripts_that_were_taken_back() -> None:
    from nango_scaffold.wizard.draft import InferredScript, with_inferred

    scripts = [
        InferredScript("sync", {"sample": ["a"]}, {"name": "a"}),
        InferredScript("action", {"sample": ["b"]}, {}),
    ]
    draft = with_inferred(Draft(), 1, scripts)
    assert draft.scripts == (1, 2)
    assert back(draft) == Draft()
