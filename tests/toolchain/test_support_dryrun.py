"""Dry runs of known-good scripts through the real CLI: what they ask, save, return and fail with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from .support.dryrun import DryRun, NotRunError, dryrun
from .support.fake_api import FakeNango
from .support.nango import nango_in_host
from .support.project import Version, read_tree
from .support.third_party import BASE_URL, Json, Reply, Request, Route, cursor, link_body, link_header, offset

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import MakeProject

pytestmark = pytest.mark.toolchain

PULLS = "/repos/ann/app/pulls"
REPOSITORY_OF_ANN = {"owner": "ann", "repo": "app"}
ITEMS = [[{"id": "1", "name": "one"}, {"id": "2", "name": "two"}], [{"id": "3", "name": "three"}]]
THREE_PAGES = [ITEMS[0], [{"id": "4", "name": "four"}, {"id": "5", "name": "five"}], ITEMS[1]]


def pull_request(number: int, updated_at: str) -> dict[str, Json]:
    """Give a pull request as the third party sends it."""
    user = {"login": "ann"}
    head = {"id": number, "title": f"Change {number}", "body": None, "state": "open", "user": user}
    return {**head, "updated_at": updated_at}


def run_compiled(project: Path, version: Version, script: str, server: FakeNango, **options: Any) -> DryRun:
    """Run a script of one of the two shared projects."""
    integration = "acme" if (project / "nango-integrations" / "acme").exists() else "github"
    return dryrun(project, version, script, server, integration=integration, compiled=True, **options)


def requests_of(server: FakeNango) -> list[tuple[str, str, dict[str, str]]]:
    return [(request.method, request.path, dict(request.query)) for request in server.requests]


@dataclass(frozen=True)
class CommandRun:
    """A sync run by the command itself: its outcome, the server it asked, and the sources before and after."""

    outcome: DryRun
    server: FakeNango
    before: set[str]
    after: set[str]


@pytest.fixture(scope="module")
def command_run(hand_project: Path, version: Version) -> CommandRun:
    pages = [
        [pull_request(1, "2026-03-03"), pull_request(2, "2026-03-02")],
        [pull_request(3, "2026-03-01"), pull_request(4, "2026-02-02")],
        [pull_request(5, "2026-02-01")],
    ]
    before = sources(hand_project)
    with FakeNango([link_header(PULLS, pages)], provider="github", metadata=REPOSITORY_OF_ANN) as server:
        outcome = dryrun(hand_project, version, "pull-requests", server, integration="github")
    return CommandRun(outcome, server, before, sources(hand_project))


def sources(project: Path) -> set[str]:
    """The files of an integration, and those at the top."""
    root = project / "nango-integrations"
    return set(read_tree(root / "github")) | {path.name for path in root.iterdir() if path.is_file()}


def test_link_pagination_saves_all_pages(command_run: CommandRun) -> None:
    run, server = command_run.outcome, command_run.server
    assert run.error is None
    assert list(run.saved) == ["PullRequest"]
    assert [record["id"] for record in run.saved["PullRequest"]] == [1, 2, 3, 4, 5]
    assert run.saved["PullRequest"][0] == {
        "id": 1,
        "title": "Change 1",
        "state": "open",
        "author": "ann",
        "updatedAt": "2026-03-03",
    }
    fixed = {"state": "all", "sort": "updated", "direction": "desc", "per_page": "100"}
    assert requests_of(server) == [
        ("GET", PULLS, {**fixed, **page}) for page in ({}, {"page": "2"}, {"page": "3"})
    ]
    assert [request.retries for request in server.requests] == [10, 10, 10]
    assert [request.base_url_override for request in server.requests] == ["", BASE_URL, BASE_URL]


def test_a_later_run_stops_at_the_first_record_that_has_not_changed(
    hand_project: Path, version: Version
) -> None:
    pages = [[pull_request(1, "2026-03-03"), pull_request(2, "2026-02-01")], [pull_request(3, "2026-01-01")]]
    with FakeNango([link_header(PULLS, pages)], provider="github", metadata=REPOSITORY_OF_ANN) as server:
        run = run_compiled(hand_project, version, "pull-requests", server, last_sync_date="2026-03-01")

    assert [record["id"] for record in run.saved["PullRequest"]] == [1]
    assert len(server.requests) == 1


def test_an_empty_first_page_saves_nothing(hand_project: Path, version: Version) -> None:
    with FakeNango([link_header(PULLS, [[]])], provider="github", metadata=REPOSITORY_OF_ANN) as server:
        run = run_compiled(hand_project, version, "pull-requests", server)

    assert run.error is None
    assert run.saved == {}
    assert len(server.requests) == 1


STYLES = [
    pytest.param(
        "link-items",
        "LinkItem",
        link_body("/items", THREE_PAGES, link_at="links.next"),
        [{"limit": "2"}, {"limit": "2", "page": "2"}, {"limit": "2", "page": "3"}],
        id="link in the body",
    ),
    pytest.param(
        "cursor-items",
        "CursorItem",
        cursor("/items", THREE_PAGES, cursor_param="after", cursor_at="meta.next", records_at="data.items"),
        [{"limit": "2"}, {"limit": "2", "after": "to-page-2"}, {"limit": "2", "after": "to-page-3"}],
        id="cursor",
    ),
    pytest.param(
        "offset-items",
        "OffsetItem",
        offset("/items", THREE_PAGES, records_at="items"),
        [{"limit": "2", "offset": "0"}, {"limit": "2", "offset": "2"}, {"limit": "2", "offset": "4"}],
        id="offset",
    ),
]


@pytest.mark.parametrize(("sync", "model", "route", "queries"), STYLES)
def test_every_style_reads_three_pages(
    styles_project: Path, version: Version, sync: str, model: str, route: Route, queries: list[dict[str, str]]
) -> None:
    with FakeNango([route], provider="stripe") as server:
        run = run_compiled(styles_project, version, sync, server)

    assert run.saved == {model: [record for page in THREE_PAGES for record in page]}
    assert [dict(request.query) for request in server.requests] == queries


def test_deleted_records_and_the_last_sync_date_reach_their_place(
    styles_project: Path, version: Version
) -> None:
    gone = {"id": "9", "name": "nine", "deleted": True}
    with FakeNango([offset("/items", [[gone]], records_at="items")], provider="stripe") as server:
        run = run_compiled(styles_project, version, "offset-items", server, last_sync_date="2026-03-01")

    assert run.deleted == {"OffsetItem": [{"id": "9", "name": "nine"}]}
    assert run.saved == {}
    assert server.requests[0].query["since"] == "2026-03-01T00:00:00.000Z"


def test_an_action_posts_its_input_and_returns_the_model(hand_project: Path, version: Version) -> None:
    def create(request: Request) -> Reply:
        return Reply({**pull_request(7, "2026-03-03"), "title": request.body["title"]}, status=201)

    sent: dict[str, Any] = {**REPOSITORY_OF_ANN, "title": 'A "quoted" title', "head": "work", "base": "main"}
    with FakeNango([Route("POST", PULLS, create)], provider="github") as server:
        run = run_compiled(hand_project, version, "create-pull-request", server, input=sent)

    assert run.error is None
    assert run.result["title"] == 'A "quoted" title'
    assert server.requests[0].body == {"title": 'A "quoted" title', "head": "work", "base": "main"}
    assert server.requests[0].retries == 3


def test_a_bad_input_is_refused_before_any_request(hand_project: Path, version: Version) -> None:
    sent = {**REPOSITORY_OF_ANN, "title": 7, "head": "work", "base": "main"}
    with FakeNango(provider="github") as server:
        run = run_compiled(
            hand_project,
            version,
            "create-pull-request",
            server,
            input=sent,
            validate=False,
        )

    assert run.error is not None
    assert run.error["type"] == "action_script_runtime_error"
    assert run.error["payload"] == {"message": "Invalid input provided"}
    assert "at path title" in run.output
    assert server.requests == []


def test_the_cli_itself_refuses_a_bad_input_when_it_validates(hand_project: Path, version: Version) -> None:
    with FakeNango(provider="github") as server:
        run = run_compiled(hand_project, version, "create-pull-request", server, input={"title": "x"})

    assert run.error is not None
    assert run.error["type"] == "invalid_action_input"
    assert "must have required property 'owner'" in run.error["payload"]["message"]
    assert server.requests == []


def test_a_record_that_does_not_fit_its_model_is_an_error(hand_project: Path, version: Version) -> None:
    wrong = {**pull_request(1, "2026-03-03"), "id": "one", "title": None}
    with FakeNango([link_header(PULLS, [[wrong]])], provider="github", metadata=REPOSITORY_OF_ANN) as server:
        run = run_compiled(hand_project, version, "pull-requests", server)

    assert run.saved == {}
    assert run.error == {
        "type": "invalid_sync_record",
        "payload": {"message": "id: must be number; title: must be string"},
    }


def test_a_404_becomes_the_error_that_the_script_throws(hand_project: Path, version: Version) -> None:
    refuse = Route("POST", PULLS, Reply({"message": "Not Found"}, status=404))
    sent = {**REPOSITORY_OF_ANN, "title": "x", "head": "work", "base": "main"}
    with FakeNango([refuse], provider="github") as server:
        run = run_compiled(hand_project, version, "create-pull-request", server, input=sent)

    assert run.result is None
    assert run.error == {
        "type": "action_script_runtime_error",
        "payload": {"message": "The pull request could not be created: Request failed with status code 404"},
        "status": 500,
    }


def test_a_failing_sync_shows_the_answer_of_the_third_party(hand_project: Path, version: Version) -> None:
    refuse = Route("GET", PULLS, Reply({"message": "Not Found"}, status=404))
    with FakeNango([refuse], provider="github", metadata=REPOSITORY_OF_ANN) as server:
        run = run_compiled(hand_project, version, "pull-requests", server)

    assert run.saved == {}
    assert run.error == {"type": "script_http_error", "payload": {"message": "Not Found"}, "status": 404}


def test_metadata_is_read_and_updated(styles_project: Path, version: Version) -> None:
    with FakeNango(provider="stripe", metadata={"count": 41, "other": "kept"}) as server:
        run = run_compiled(styles_project, version, "count-visits", server)

    assert run.result == {"count": 42}
    assert server.metadata == {"count": 42, "other": "kept"}
    assert server.metadata_writes == [{"count": 42}]


def test_a_dry_run_leaves_nothing_in_the_sources(command_run: CommandRun) -> None:
    assert command_run.outcome.error is None
    assert command_run.after == command_run.before
    assert "index.ts" not in command_run.after


def test_a_project_that_does_not_compile_is_not_run(
    hand_tree: dict[str, str], make_project: MakeProject, version: Version
) -> None:
    action = "nango-integrations/github/actions/create-pull-request.ts"
    project = make_project({**hand_tree, action: hand_tree[action] + "const unused = 1;\n"}, version)
    with FakeNango(provider="github") as server, pytest.raises(NotRunError, match="'unused' is declared"):
        dryrun(
            project,
            version,
            "create-pull-request",
            server,
            integration="github",
            input={},
            command=nango_in_host,
        )
