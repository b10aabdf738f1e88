"""Inferred answers: printed by ``infer``, and fixed by ``new`` and ``add`` in the answers they store."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.examples.golden import read_tree
from tests.infer.documents import openapi, responds, takes

from nango_scaffold.answers import load_answers, parse_text
from nango_scaffold.cli import main
from nango_scaffold.errors import AnswersError

ISSUE = {
    "type": "object",
    "required": ["id", "title"],
    "properties": {
        "id": {"type": "integer"},
        "title": {"type": "string"},
        "state": {"type": "string", "enum": ["open", "closed"]},
        "user": {"type": "object", "properties": {"login": {"type": "string"}}},
    },
}
PATHS = {
    "/issues": {
        "get": responds({"type": "array", "items": {"$ref": "#/components/schemas/Issue"}}, operationId="issues/list", tags=["issues"]),
        "post": takes({"$ref": "#/components/schemas/Issue"}, operationId="issues/create", tags=["issues"]),
    }
}  # fmt: skip


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    document = openapi(PATHS, {"Issue": ISSUE}, servers=[{"url": "https://api.github.com"}]).root.value
    (tmp_path / "api.json").write_text(json.dumps(document))
    return tmp_path


def answers_file(**infer: Any) -> None:
    sync = {
        "name": "issues",
        "model": "Issue",
        "runs": "every day",
        "infer": {"openapi": "../api.json", "operation": "issues/list", **infer},
    }
    data = {"provider": "github", "syncs": [sync], "models": {"Issue": {"title?": "string"}}}
    Path("answers").mkdir()
    Path("answers/github.json").write_text(json.dumps(data))


def stored() -> dict[str, Any]:
    """The answers that the project keeps."""
    manifest = Path("p/nango-integrations/github/.nango-scaffold.json")
    answers: dict[str, Any] = json.loads(manifest.read_text())["answers"]
    return answers


def test_infer_prints_answers_with_the_source_of_each_and_tells_notes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert (
        main(
            [
                "infer",
                "api.json",
                "--operation",
                "issues/list",
                "--operation",
                "issues/create",
                "--fields",
                "id",
                "user.login",
            ]
        )
        == 0
    )
    out, err = capsys.readouterr()
    assert "path: /issues  # GET /issues\n" in out
    assert "GithubIssue:  # #/components/schemas/Issue\n" in out
    assert "note: the provider is github" in err
    answers = load_answers(parse_text(out, "stdout"))
    assert answers.models["GithubIssue"] == {"id": "number", "user?": {"login?": "string"}}
    assert [script.name for script in (*answers.syncs, *answers.actions)] == ["issues", "create-issue"]


def test_infer_prints_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["infer", "api.json", "--operation", "GET /issues", "--provider", "jira", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["answers"]["provider"] == "jira"
    assert data["sources"]["syncs[0].request.path"] == "GET /issues"
    assert load_answers(data["answers"])


def test_infer_lists_operations(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["infer", "api.json", "--list", "create"]) == 0
    assert capsys.readouterr().out == "issues\n  one   issues/create  POST   /issues\n"
    assert main(["infer", "api.json", "--list", "--json"]) == 0
    assert [entry["kind"] for entry in json.loads(capsys.readouterr().out)["operations"]] == ["list", "one"]


@pytest.mark.parametrize(
    "words",
    [
        ["nowhere.json", "--list"],
        ["api.json"],
        ["api.json", "--operation", "issues/lst"],
        ["api.json", "api.json", "--list"],
    ],
)
def test_what_cannot_be_inferred_is_refused_with_a_remedy(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["infer", *words]) in (2, 3)
    assert capsys.readouterr().err.count("\n") > 1


def test_new_settles_infer_below_what_is_written_and_needs_the_file_no_more(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers_file(fields=["id", "title", "state"])
    assert main(["new", "--answers", "answers/github.json", "--project", "p", "--dry-run"]) == 0
    assert "syncs[0].request.path" in capsys.readouterr().out
    assert main(["new", "--answers", "answers/github.json", "--project", "p"]) == 0
    answers = stored()
    assert "infer" not in json.dumps(answers)
    assert answers["syncs"][0]["runs"] == "every day"
    assert answers["models"] == {"Issue": {"id": "number", "state?": "open | closed", "title?": "string"}}
    before = read_tree(Path("p"))
    assert main(["new", "--answers", "answers/github.json", "--project", "p"]) == 0
    Path("api.json").unlink()
    assert main(["update", "--project", "p"]) == 0
    assert read_tree(Path("p")) == before


def test_new_infers_from_a_document_that_the_command_line_names() -> None:
    words = [
        "--openapi",
        "api.json",
        "--operation",
        "issues/list",
        "--operation",
        "issues/create",
        "--set",
        "integration=gh",
    ]
    assert main(["new", *words, "--project", "p"]) == 0
    assert Path("p/nango-integrations/gh/syncs/issues.ts").exists()
    assert Path("p/nango-integrations/gh/actions/create-issue.ts").exists()


def test_new_infers_from_samples_that_are_merged() -> None:
    Path("a.json").write_text('{"issues": [{"id": 1, "title": "x", "closed": null}]}')
    Path("b.json").write_text('{"issues": [{"id": 2, "title": "y", "closed": "2024-05-01"}]}')
    samples = ["--sample", "issues=a.json", "--sample", "issues=b.json"]
    assert (
        main(
            [
                "new",
                "--set",
                "provider=github",
                "--set",
                "sync_names=issues,users",
                *samples,
                "--project",
                "p",
            ]
        )
        == 0
    )
    answers = stored()
    assert answers["models"]["GithubIssue"] == {"id": "number", "title": "string", "closed?": "string"}
    assert answers["syncs"][0]["request"]["response_path"] == "issues"
    assert answers["sync_names"] == ["users"]


def test_a_sample_is_read_with_its_headers_and_with_a_document_beside_it() -> None:
    Path("a.json").write_text('[{"id": 1, "title": "x", "state": null, "more": 1}]')
    Path("a.headers").write_text('Link: <https://api.github.com/issues?page=2>; rel="next"\n')
    answers_file(sample="../a.json", headers="../a.headers")
    assert main(["new", "--answers", "answers/github.json", "--project", "p"]) == 0
    answers = stored()
    assert answers["models"]["Issue"] == {
        "id": "number",
        "state?": "open | closed",
        "more": "number",
        "title?": "string",
    }
    assert answers["syncs"][0]["request"]["path"] == "/issues"
    assert answers["syncs"][0]["request"]["paginate"]["type"] == "link"


PATH = ("--set", "syncs[0].request.path=/deals")


@pytest.mark.parametrize(
    "words", [PATH, (*PATH, "--set", "sync_names=deals"), ("--set", "sync_names=deals", *PATH)]
)
def test_a_sync_that_is_set_without_its_name_is_the_one_of_the_sample(words: tuple[str, ...]) -> None:
    Path("a.json").write_text('{"deals": [{"id": 1}]}')
    assert (
        main(["new", "--set", "provider=github", *words, "--sample", "deals=a.json", "--project", "p"]) == 0
    )
    (sync,) = stored()["syncs"]
    assert sync["name"] == "deals"
    assert sync["request"]["path"] == "/deals"
    assert sync["request"]["response_path"] == "deals"
    assert not stored().get("sync_names")


def test_a_sync_that_is_set_without_its_name_is_the_one_of_the_operation() -> None:
    words = ["--openapi", "api.json", "--operation", "issues/list", "--operation", "issues/create"]
    settings = [
        "--set",
        "syncs[0].runs=every day",
        "--set",
        "actions[0].scopes=[repo]",
        "--set",
        "sync_names=issues,users",
    ]
    assert main(["new", *words, *settings, "--project", "p"]) == 0
    answers = stored()
    assert [(sync["name"], sync["runs"]) for sync in answers["syncs"]] == [("issues", "every day")]
    assert [(action["name"], action["scopes"]) for action in answers["actions"]] == [
        ("create-issue", ["repo"])
    ]
    assert answers["sync_names"] == ["users"]


def test_a_sample_of_an_action_is_the_actions() -> None:
    Path("a.json").write_text('{"issue": {"id": 1, "title": "x"}}')
    words = ["--set", "provider=github", "--set", "action_names=get-issue", "--sample", "get-issue=a.json"]
    assert main(["new", *words, "--project", "p"]) == 0
    (action,) = stored()["actions"]
    assert (action["name"], action["request"]["response_path"]) == ("get-issue", "issue")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (("syncs[0].runs=every day", "syncs[1].runs=every day"), "syncs[0].name is unset"),
        (("syncs[0].runs=every day", "syncs[1].name=deals"), "syncs[0].name is unset"),
        (("syncs=[1]",), "syncs[0]"),
        (("syncs=deals",), "syncs"),
        (("sync_names=1",), "sync_names"),
        (("action_names={a: b}",), "action_names"),
    ],
)
def test_answers_that_a_sample_fits_nowhere_in_are_refused(
    settings: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.json").write_text('[{"id": 1}]')
    words = [word for setting in settings for word in ("--set", setting)]
    code = main(["new", "--set", "provider=github", *words, "--sample", "deals=a.json", "--project", "p"])
    assert code == 2
    assert message in capsys.readouterr().err


def test_at_a_terminal_a_document_is_read_and_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nango_scaffold.wizard.is_terminal", lambda stream: True)
    assert main(["new", "--openapi", "api.json", "--operation", "issues/list", "--project", "p"]) == 0
    assert stored()["syncs"][0]["name"] == "issues"


def test_add_settles_infer_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--set", "provider=github", "--set", "sync_names=users", "--project", "p"]) == 0
    words = ["--set", "infer.openapi=api.json", "--set", "infer.operation=issues/list"]
    assert main(["add", "sync", "github", "issues", *words, "--project", "p"]) == 0
    assert stored()["syncs"][-1]["request"]["path"] == "/issues"
    assert stored()["models"]["GithubIssue"]["id"] == "number"


@pytest.mark.parametrize(
    ("infer", "message"),
    [
        ({}, "neither a document nor a sample"),
        ({"openapi": "api.json"}, "without operation"),
        ({"operation": "x"}, "neither"),
        ({"sample": "api.json"}, "is an API document"),
        ({"sample": "nowhere.json"}, "cannot be read"),
        ({"openapi": "api.json", "operation": "x", "feilds": ["id"]}, "feilds"),
        ({"openapi": "api.json", "operation": "x", "depth": 0}, "depth"),
    ],
)
def test_infer_that_cannot_be_settled_is_refused(
    infer: Any, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("answers.json").write_text(
        json.dumps({"provider": "github", "syncs": [{"name": "issues", "infer": infer}]})
    )
    assert main(["new", "--answers", "answers.json", "--project", "p"]) == 2
    assert message in capsys.readouterr().err
    assert not Path("p/nango-integrations").exists()


def test_answers_that_nobody_settles_are_refused_with_what_to_do() -> None:
    data = {"provider": "github", "syncs": [{"name": "issues", "infer": {"sample": "a.json"}}]}
    with pytest.raises(AnswersError) as error:
        load_answers(data)
    assert error.value.where == "syncs[0].infer"
    assert "nango-scaffold infer" in error.value.fix


def test_answers_without_infer_load_nothing_of_it(working_folder: Path) -> None:
    code = (
        "import sys; from nango_scaffold.cli import main;"
        f"main(['new', '--set', 'provider=hubspot', '--set', 'sync_names=users', '--project', {str(working_folder / 'p')!r}, '--quiet']);"
        "print([name for name in sys.modules if 'infer' in name])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"


def test_a_document_without_a_server_needs_the_provider_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("nowhere.json").write_text(json.dumps(openapi(PATHS, {"Issue": ISSUE}, servers=[]).root.value))
    assert main(["infer", "nowhere.json", "--operation", "issues/list"]) == 2
    assert "--provider: the document names no server" in capsys.readouterr().err
    assert main(["infer", "nowhere.json", "--operation", "issues/list", "--provider", "github"]) == 0
