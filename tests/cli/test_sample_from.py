"""``new --sample-from``: a page of a live connection becomes models, and nothing else is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.connection.fake_nango import KEY, FakeNango, fake_nango

from nango_scaffold.cli import main

PULLS = [
    {"id": 1, "title": "One", "draft": False, "user": {"login": "octocat"}, "body": None},
    {"id": 2, "title": "Two", "draft": True, "user": {"login": "hubot"}, "body": "Text"},
]
PATH = "/repos/octocat/hello-world/pulls"
GITHUB = ("--set", "provider=github", "--set", "sync_names=pulls", "--set", f"syncs[0].request.path={PATH}")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeNango]:
    for name in ("NANGO_SECRET_KEY", "NANGO_SECRET_KEY_DEV", "NANGO_SECRET_KEY_PROD", "NANGO_HOSTPORT"):
        monkeypatch.delenv(name, raising=False)
    with fake_nango() as running:
        running.routes[f"/proxy{PATH}"] = (
            200,
            PULLS,
            {"Link": '<https://api.github.com/x?page=2>; rel="next"'},
        )
        yield running


@pytest.fixture
def project(tmp_path: Path, server: FakeNango) -> Path:
    folder = tmp_path / "project/nango-integrations"
    folder.mkdir(parents=True)
    (folder / ".env").write_text(f"NANGO_SECRET_KEY_DEV={KEY}\nNANGO_HOSTPORT={server.url}\n")
    return folder.parent


def new(project: Path, *words: str) -> int:
    return main(["new", "--project", str(project), *words])


def integration(project: Path) -> str:
    folder = project / "nango-integrations"
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != ".env"]
    return "\n".join(file.read_text("utf-8") for file in sorted(files))


def sync_words(path: str = PATH) -> tuple[str, ...]:
    return (
        "--set",
        "provider=github",
        "--set",
        "syncs[0].name=pulls",
        "--set",
        f"syncs[0].request.path={path}",
    )


def test_the_response_becomes_the_model(
    project: Path, server: FakeNango, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(project, *sync_words(), "--sample-from", "good") == 0
    assert server.paths == ["/connections", f"/proxy{PATH}"]
    output = capsys.readouterr()
    assert f"GET {server.url}/proxy{PATH}" in output.err
    assert "Connection-Id: good" in output.err
    assert "Authorization: Bearer <NANGO_SECRET_KEY_DEV of nango-integrations/.env>" in output.err
    text = integration(project)
    for field in ("title: string", "draft: boolean", "login: string"):
        assert field in text
    assert KEY not in output.out + output.err + text
    assert server.url not in text


def test_the_name_may_stand_beside_what_is_set_of_the_sync(project: Path, server: FakeNango) -> None:
    assert new(project, *GITHUB, "--sample-from", "good") == 0
    assert server.paths == ["/connections", f"/proxy{PATH}"]
    assert "title: string" in integration(project)


def test_the_data_says_where_each_value_comes_from(
    project: Path, server: FakeNango, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(project, *sync_words(), "--sample-from", "good", "--json", "--dry-run") == 0
    inferred = json.loads(capsys.readouterr().out)["inferred"]["github"]
    assert inferred["sources"]["syncs[0].request.response_path"] == "connection good"
    assert "Link header" in inferred["sources"]["syncs[0].request.paginate"]
    assert not (project / "nango-integrations/github").exists()


def test_a_second_run_sends_nothing(project: Path, server: FakeNango) -> None:
    assert new(project, *sync_words(), "--sample-from", "good") == 0
    before = integration(project)
    del server.asked[:]
    assert main(["update", "--project", str(project)]) == 0
    assert server.asked == []
    assert integration(project) == before


def test_the_only_connection_needs_no_name(project: Path, server: FakeNango) -> None:
    server.routes["/connections"] = (
        200,
        {"connections": [{"connection_id": "c", "provider_config_key": "github"}]},
    )
    assert new(project, *sync_words(), "--sample-from") == 0
    assert server.asked[1][1]["connection-id"] == "c"


def test_a_path_with_placeholders_needs_one_with_values(
    project: Path, server: FakeNango, capsys: pytest.CaptureFixture[str]
) -> None:
    words = (
        *sync_words("/repos/${metadata.owner}/${metadata.repo}/pulls"),
        "--set",
        "models.Meta={owner: string, repo: string}",
        "--set",
        "syncs[0].metadata=Meta",
        "--sample-from",
        "good",
    )
    assert new(project, *words) == 2
    assert "--sample-path" in capsys.readouterr().err
    assert f"/proxy{PATH}" not in server.paths
    assert new(project, *words, "--sample-path", f"{PATH}?state=all") == 0
    assert server.paths[-1] == f"/proxy{PATH}?state=all"
    assert "/repos/${" in integration(project)
    assert "octocat/hello-world" not in integration(project)


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--sample-from", "expired"), 3, "these work: good, slow"),
        (("--sample-from",), 3, "several connections of github work"),
        (("--sample-from", "good", "--sample-path", "/nothing"), 3, "the API has no /nothing"),
        (("--sample-from", "good", "--sample-path", "nothing"), 2, "is no path of an API"),
        (("--sample-from", "good", "--sample-path", "//evil.example/x"), 2, "is no path of an API"),
        (("--sample-from", "good", "--sample-path", "/../connections"), 3, "leads out of the API"),
        (("--sample-from", "good", "--environment", "prod"), 3, "no NANGO_SECRET_KEY_PROD is set"),
        (("--sample-from", "good", "--set", "syncs[1].name=issues"), 2, "for one sync"),
        (("--sample-from", "good", "--set", "syncs[0].request.method=POST"), 2, "fetched with POST"),
    ],
)
def test_what_cannot_be_done_writes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, message: str
) -> None:
    assert new(project, *sync_words(), *words) == code
    output = capsys.readouterr()
    assert message in output.err
    assert KEY not in output.out + output.err
    assert not (project / "nango-integrations/github").exists()


def test_a_key_of_the_environment_is_not_sent_to_a_host_of_the_project(
    project: Path, server: FakeNango, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NANGO_SECRET_KEY_DEV", "key-of-the-environment")
    assert new(project, *sync_words(), "--sample-from", "good") == 3
    assert server.asked == []
    output = capsys.readouterr().err
    assert "not sent to the host of another" in output
    assert "key-of-the-environment" not in output


def test_self_hosted_by_the_environment(
    project: Path, server: FakeNango, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "nango-integrations/.env").unlink()
    monkeypatch.setenv("NANGO_SECRET_KEY", KEY)
    monkeypatch.setenv("NANGO_HOSTPORT", f"{server.url}/")
    assert new(project, *sync_words(), "--sample-from", "good") == 0
    assert server.paths == ["/connections", f"/proxy{PATH}"]


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("\n", 3), ("no\n", 3), ("", 3)])
def test_at_a_terminal_it_asks_first(
    project: Path,
    server: FakeNango,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answer: str,
    code: int,
) -> None:
    from nango_scaffold import output

    monkeypatch.setattr(output, "is_terminal", lambda stream: True)
    monkeypatch.setattr("sys.stdin.readline", lambda: answer, raising=False)
    assert new(project, *sync_words(), "--sample-from", "good", "--quiet") == code
    assert "Send it? [y/N]" in capsys.readouterr().err
    assert (f"/proxy{PATH}" in server.paths) == (code == 0)
    assert new(project, *sync_words(), "--sample-from", "good", "--yes", "--quiet") == 0


def test_add_takes_a_page_as_well(project: Path, server: FakeNango) -> None:
    assert new(project, *sync_words(), "--sample-from", "good") == 0
    issues = [{"id": 7, "number": 12, "state": "open"}]
    server.routes["/proxy/repos/octocat/hello-world/issues"] = (200, issues)
    words = ("--set", "request.path=/repos/octocat/hello-world/issues", "--sample-from", "good")
    assert main(["add", "sync", "github", "issues", "--project", str(project), *words]) == 0
    assert server.paths[-1] == "/proxy/repos/octocat/hello-world/issues"
    assert "state: string" in integration(project)


def test_pages_that_are_not_certain_stay_a_guess_that_check_notes(
    project: Path, server: FakeNango, capsys: pytest.CaptureFixture[str]
) -> None:
    server.routes["/proxy/deals"] = (200, {"deals": [{"id": 1, "title": "One"}], "next_cursor": "abc"})
    server.routes["/connections"] = (
        200,
        {"connections": [{"connection_id": "c", "provider_config_key": "acme"}]},
    )
    facts = ("--set", "provider_facts={base_url: 'https://api.acme.example', auth_mode: API_KEY}")
    words = (
        "--set",
        "provider=acme",
        *facts,
        "--set",
        "syncs[0].name=deals",
        "--set",
        "syncs[0].request.path=/deals",
    )
    assert new(project, *words, "--sample-from") == 0
    output = capsys.readouterr().out
    assert "the response has next_cursor, and nothing says which parameter takes it" in output
    assert main(["guesses", "acme", "--project", str(project)]) == 0
    assert "syncs[0].request.paginate" in capsys.readouterr().out
    main(["check", str(project)])
    assert "syncs[0].request.paginate" in capsys.readouterr().out


def test_a_document_and_a_page_together(project: Path, server: FakeNango) -> None:
    text = {"type": "string"}
    record = {"type": "object", "properties": {"id": {"type": "integer"}, "due": {**text, "nullable": True}}}
    body = {
        "type": "object",
        "properties": {"deals": {"type": "array", "items": record}, "next_cursor": text},
    }
    operation = {
        "operationId": "listDeals",
        "parameters": [{"name": "cursor", "in": "query", "schema": text}],
        "responses": {"200": {"content": {"application/json": {"schema": body}}}},
    }
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Acme"},
        "servers": [{"url": "https://api.acme.example"}],
    }
    file = project / "acme.json"
    file.write_text(json.dumps({**document, "paths": {"/v2/deals": {"get": operation}}}))
    server.routes["/connections"] = (
        200,
        {"connections": [{"connection_id": "c", "provider_config_key": "acme"}]},
    )
    server.routes["/proxy/v2/deals"] = (
        200,
        {"deals": [{"id": 1, "due": None, "title": "One"}], "next_cursor": "x"},
    )
    words = ("--set", "provider=acme", "--openapi", str(file), "--operation", "listDeals", "--sample-from")
    assert new(project, *words) == 0
    assert server.paths == ["/connections", "/proxy/v2/deals"]
    written = integration(project)
    assert "title: string" in written
    assert "due?: string" in written
    assert "cursor_name_in_request: 'cursor'" in written
