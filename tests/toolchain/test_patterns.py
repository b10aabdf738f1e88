"""The sync patterns at work: dry runs of their examples, cut short and resumed, with failing items and real paging."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from tests.examples import golden

from .support import nango
from .support.dryrun import DryRun, dryrun
from .support.fake_api import FakeNango
from .support.project import prepare
from .support.third_party import BASE_URL, Json, Reply, Request, Route, link_header

if TYPE_CHECKING:
    from pathlib import Path

    from .support.project import Version

pytestmark = pytest.mark.toolchain


def run(project: Path, version: Version, script: str, server: FakeNango, **options: Any) -> DryRun:
    return dryrun(
        project, version, script, server, integration=options.pop("integration"), compiled=True, **options
    )


class TestPaginated:
    """Two pages of issues, each issue with its notes; then labels before milestones."""

    METADATA: dict[str, Json] = {"project": "7"}

    def sync(self, project: Path, version: Version, name: str, server: FakeNango, **options: Any) -> DryRun:
        return run(project, version, name, server, integration="pattern-paginated", **options)

    def issue(self, number: int) -> dict[str, Json]:
        times = {"updated_at": "2026-03-05T00:00:00Z", "closed_at": None}
        return {"id": 100 + number, "iid": number, "title": "A bug", "state": "opened", **times}

    def test_each_issue_is_saved_with_its_notes_in_turn(
        self, examples_project: Path, version: Version
    ) -> None:
        def notes(request: Request) -> Reply:
            number = int(request.path.split("/")[6])
            return Reply([{"id": number, "body": "Seen", "author": {"username": "ann"}, "system": False}])

        issues = link_header("/api/v4/projects/7/issues", [[self.issue(1), self.issue(2)], [self.issue(3)]])
        routes = [Route("GET", re.compile(r"/api/v4/projects/7/issues/\d+/notes"), notes), issues]
        with FakeNango(routes, provider="gitlab", metadata=self.METADATA) as server:
            outcome = self.sync(examples_project, version, "issues", server, last_sync_date="2026-03-01")
        assert outcome.error is None
        assert [issue["iid"] for issue in outcome.saved["TrackedIssue"]] == [1, 2, 3]
        assert outcome.saved["IssueNote"][2] == {"id": 3, "issue_id": 103, "body": "Seen", "author": "ann"}
        assert server.requests[0].query["updated_after"] == "2026-03-01T00:00:00.000Z"
        paths = ["/".join(request.path.split("/")[5:]) for request in server.requests]
        assert paths == ["issues", "issues/1/notes", "issues/2/notes", "issues", "issues/3/notes"]

    def test_one_model_is_read_to_its_end_before_the_next(
        self, examples_project: Path, version: Version
    ) -> None:
        labels = [[{"id": 1, "name": "bug", "color": "red"}], [{"id": 2, "name": "idea", "color": "blue"}]]
        routes = [
            link_header("/api/v4/projects/7/labels", labels),
            link_header("/api/v4/projects/7/milestones", [[{"id": 5, "title": "1.0", "due_date": None}]]),
        ]
        with FakeNango(routes, provider="gitlab", metadata=self.METADATA) as server:
            outcome = self.sync(examples_project, version, "planning", server)
        assert outcome.error is None
        assert [label["id"] for label in outcome.saved["IssueLabel"]] == [1, 2]
        assert outcome.saved["Milestone"] == [{"id": 5, "title": "1.0"}]
        assert [request.path.rpartition("/")[2] for request in server.requests] == [
            "labels",
            "labels",
            "milestones",
        ]


class TestWindow:
    """Fourteen months of recordings, one a month, in windows of a month."""

    RANGE = {"fromDate": "2025-01-01T00:00:00Z", "toDate": "2026-03-01T00:00:00Z", "useMetadata": True}

    def api(self, windows: list[tuple[str, str]], fail_at: int | None = None) -> Route:
        def answer(request: Request) -> Reply:
            first, last = request.query["from"], request.query["to"]
            windows.append((first, last))
            if fail_at is not None and len(windows) > fail_at:
                return Reply({"error": "down"}, status=500)
            meeting = {"uuid": first[:7], "id": 1, "topic": "Review", "start_time": f"{first}T09:00:00Z"}
            return Reply({"meetings": [{**meeting, "duration": 30}], "next_page_token": ""})

        return Route("GET", "/users/me/recordings", answer)

    def sync(self, project: Path, version: Version, server: FakeNango, **options: Any) -> DryRun:
        return run(project, version, "recordings", server, integration="pattern-window", **options)

    def test_every_month_is_asked_for_once(self, examples_project: Path, version: Version) -> None:
        windows: list[tuple[str, str]] = []
        with FakeNango([self.api(windows)], provider="zoom", metadata=self.RANGE) as server:
            outcome = self.sync(examples_project, version, server)
        assert outcome.error is None
        assert [recording["id"] for recording in outcome.saved["Recording"]] == [
            f"2025-{m:02}" for m in range(1, 13)
        ] + ["2026-01", "2026-02"]
        assert len(windows) == 14
        assert windows[11] == ("2025-12-01", "2026-01-01")
        assert server.metadata["useMetadata"] is False

    def test_a_pass_cut_short_goes_on_where_its_last_window_ended(
        self, examples_project: Path, version: Version
    ) -> None:
        windows: list[tuple[str, str]] = []
        with FakeNango([self.api(windows, fail_at=6)], provider="zoom", metadata=self.RANGE) as server:
            cut = self.sync(examples_project, version, server)
        assert cut.error is not None
        assert server.metadata["fromDate"] == "2025-07-01T00:00:00.000Z"
        assert server.metadata["useMetadata"] is True
        rest: list[tuple[str, str]] = []
        with FakeNango([self.api(rest)], provider="zoom", metadata=server.metadata) as server:
            outcome = self.sync(examples_project, version, server, last_sync_date="2026-03-02")
        assert outcome.error is None
        assert rest[0] == ("2025-07-01", "2025-08-01")
        assert [recording["id"] for recording in outcome.saved["Recording"]] == [
            f"2025-{m:02}" for m in range(7, 13)
        ] + ["2026-01", "2026-02"]

    def test_after_the_full_pass_only_what_is_new_is_asked_for(
        self, examples_project: Path, version: Version
    ) -> None:
        windows: list[tuple[str, str]] = []
        finished = {**self.RANGE, "fromDate": self.RANGE["toDate"], "useMetadata": False}
        with FakeNango([self.api(windows)], provider="zoom", metadata=finished) as server:
            outcome = self.sync(examples_project, version, server, last_sync_date="2026-03-05")
        assert outcome.error is None
        assert len(windows) == 1
        assert windows[0][0] == "2026-03-01"  # the end of the pass, since that lies before the last run
        assert server.metadata["toDate"] > "2026-03-05"

    def test_dates_that_are_none_are_refused(self, examples_project: Path, version: Version) -> None:
        wrong = {**self.RANGE, "fromDate": "soon"}
        with FakeNango([], provider="zoom", metadata=wrong) as server:
            outcome = self.sync(examples_project, version, server, validate=False)
        assert outcome.error is not None
        assert "must be dates" in str(outcome.error)
        assert server.requests == []


class TestExtended:
    """Seven batches of two deals; the cursor is opaque."""

    def api(self, fail_at: int | None = None) -> Route:
        def answer(request: Request) -> Reply:
            index = int(request.query.get("cursor", "0"))
            if fail_at is not None and index >= fail_at:
                return Reply({"error": "down"}, status=500)
            deals = [
                {"id": 10 * index + n, "title": "Big", "update_time": "2026-01-01T00:00:00Z"} for n in (1, 2)
            ]
            following = str(index + 1) if index < 6 else None
            return Reply({"data": deals, "additional_data": {"next_cursor": following}})

        return Route("GET", "/v2/deals", answer)

    def sync(self, project: Path, version: Version, server: FakeNango, **options: Any) -> DryRun:
        return run(project, version, "deals", server, integration="pattern-extended", **options)

    def test_a_whole_pass_saves_everything_and_starts_afresh(
        self, examples_project: Path, version: Version
    ) -> None:
        with FakeNango([self.api()], provider="pipedrive") as server:
            outcome = self.sync(examples_project, version, server)
        assert outcome.error is None
        assert len(outcome.saved["Deal"]) == 14
        assert server.requests[0].query == {"limit": "500"}
        progress = server.metadata
        assert (progress["currentStartTime"], progress["lastProcessedId"], progress["totalProcessed"]) == (
            None,
            None,
            0,
        )
        assert progress["changedSince"].startswith("20")

    def test_a_pass_cut_short_is_resumed_without_loss_or_repetition(
        self, examples_project: Path, version: Version
    ) -> None:
        with FakeNango([self.api(fail_at=4)], provider="pipedrive") as server:
            cut = self.sync(examples_project, version, server)
        assert cut.error is not None
        assert (server.metadata["lastProcessedId"], server.metadata["totalProcessed"]) == ("4", 8)
        with FakeNango([self.api()], provider="pipedrive", metadata=server.metadata) as resumed:
            outcome = self.sync(examples_project, version, resumed, last_sync_date="2026-03-01")
        assert [deal["id"] for deal in outcome.saved["Deal"]] == [
            10 * batch + n for batch in (4, 5, 6) for n in (1, 2)
        ]
        assert "updated_since" not in resumed.requests[0].query  # a resumed pass asks as it began

    def test_the_next_pass_asks_for_what_changed_since_this_one_began(
        self, examples_project: Path, version: Version
    ) -> None:
        finished = {
            "currentStartTime": None,
            "lastProcessedId": None,
            "totalProcessed": 0,
            "changedSince": "2026-02-01T00:00:00.000Z",
        }
        with FakeNango([self.api()], provider="pipedrive", metadata=finished) as server:
            self.sync(examples_project, version, server, last_sync_date="2026-03-01")
        assert {request.query["updated_since"] for request in server.requests} == {"2026-02-01T00:00:00.000Z"}


def test_the_limit_of_a_run_ends_it_and_the_next_run_goes_on(version: Version, tmp_path: Path) -> None:
    answers = (
        golden.answers_of("pattern-extended").read_text().replace("max_hours: 23.5", "max_hours: 0.0003")
    )
    (tmp_path / "answers.yml").write_text(answers)
    golden.scaffold([tmp_path / "answers.yml"], tmp_path / "source")
    project = prepare(tmp_path / "source", version, tmp_path / "project")
    assert nango.compile(project, version).ok
    slow = TestExtended()

    def answer(request: Request) -> Reply:
        time.sleep(0.4)
        return slow.api().reply(request)

    metadata: dict[str, Json] | None = None
    saved: list[int] = []
    runs = 0
    while runs == 0 or (metadata and metadata["currentStartTime"] is not None):
        route = Route("GET", "/v2/deals", answer)
        with FakeNango([route], provider="pipedrive", metadata=metadata) as server:
            outcome = slow.sync(project, version, server)
        assert outcome.error is None
        saved += [deal["id"] for deal in outcome.saved.get("Deal", [])]
        metadata = server.metadata
        runs += 1
        assert runs < 10
    assert runs > 1
    assert saved == [10 * batch + n for batch in range(7) for n in (1, 2)]


class TestSelection:
    """Folders three deep, one file that fails, and a folder that holds itself."""

    TREE: dict[str, list[tuple[str, str]]] = {
        "a": [("file", "1"), ("folder", "b")],
        "b": [("file", "2"), ("folder", "c"), ("folder", "a")],
        "c": [("file", "3"), ("web_link", "9")],
    }

    def entry(self, kind: str, name: str) -> dict[str, Json]:
        link = None if name == "2" else {"download_url": f"https://example.com/{name}"}
        return {"type": kind, "id": name, "name": f"{name}.txt", "modified_at": None, "shared_link": link}

    def routes(self) -> list[Route]:
        def folder(request: Request) -> Reply:
            name = request.path.split("/")[3]
            if name not in self.TREE:
                return Reply({"message": "gone"}, status=404)
            first = int(request.query["offset"])
            return Reply({"entries": [self.entry(*entry) for entry in self.TREE[name]][first:]})

        def file(request: Request) -> Reply:
            name = request.path.split("/")[3]
            return (
                Reply({"message": "gone"}, status=404) if name == "lost" else Reply(self.entry("file", name))
            )

        return [
            Route("GET", re.compile(r"/2\.0/folders/[^/]+/items"), folder),
            Route("GET", re.compile(r"/2\.0/files/[^/]+"), file),
        ]

    def sync(self, project: Path, version: Version, server: FakeNango, **options: Any) -> DryRun:
        return run(project, version, "files", server, integration="pattern-selection", **options)

    def test_folders_are_walked_and_one_failing_item_does_not_end_the_sync(
        self, examples_project: Path, version: Version
    ) -> None:
        chosen = {"files": ["7", "lost", "8"], "folders": ["a", "nowhere"]}
        with FakeNango(self.routes(), provider="box", metadata=chosen) as server:
            outcome = self.sync(examples_project, version, server)
        assert outcome.error is None
        assert [document["id"] for document in outcome.saved["BoxDocument"]] == ["1", "2", "3", "7", "8"]
        assert outcome.saved["BoxDocument"][0]["download_url"] == "https://example.com/1"
        assert "download_url" not in outcome.saved["BoxDocument"][1]
        assert sum(request.path == "/2.0/folders/a/items" for request in server.requests) == 1

    @pytest.mark.parametrize("failing", ["folders", "files"])
    def test_what_cannot_be_read_ends_the_run_before_nango_deletes_anything(
        self, examples_project: Path, version: Version, failing: str
    ) -> None:
        path = re.compile(rf"/2\.0/{failing}/secret.*")
        forbidden = Route("GET", path, Reply({"message": "not for you"}, status=403))
        chosen = {"files": ["7"], "folders": ["a"]} | {failing: ["secret"]}
        with FakeNango([forbidden, *self.routes()], provider="box", metadata=chosen) as server:
            outcome = self.sync(examples_project, version, server)
        assert outcome.error is not None
        assert "403" in str(outcome.error)

    @pytest.mark.parametrize("chosen", [{"files": [], "folders": []}, {}])
    def test_nothing_selected_is_an_error_before_any_request(
        self, examples_project: Path, version: Version, chosen: dict[str, Json]
    ) -> None:
        with FakeNango([], provider="box", metadata=chosen) as server:
            outcome = self.sync(examples_project, version, server, validate=False)
        assert "selects nothing" in str(outcome.error)
        assert server.requests == []


class TestConfiguration:
    METADATA: dict[str, Json] = {
        "configurations": [
            {"model": "Account", "fields": [{"id": "Name", "name": "Name", "type": "string"}]},
            {
                "model": "Lead",
                "fields": [
                    {"id": "Email", "name": "Email", "type": "email"},
                    {"id": "Rating", "name": "Rating", "type": "picklist"},
                ],
            },
        ]
    }
    QUERY = "/services/data/v60.0/query"

    def test_two_models_go_to_one_output_with_the_configured_fields(
        self, examples_project: Path, version: Version
    ) -> None:
        def answer(request: Request) -> Reply:
            model = "Account" if "FROM Account" in request.query["q"] else "Lead"
            record = {
                "Id": f"{model}-1",
                "attributes": {"type": model},
                "Name": "Acme",
                "Email": None,
                "Rating": "Hot",
            }
            return Reply({"records": [record]})

        with FakeNango(
            [Route("GET", self.QUERY, answer)],
            provider="salesforce",
            connection_config={"instance_url": BASE_URL},
            metadata=self.METADATA,
        ) as server:
            outcome = run(
                examples_project,
                version,
                "configuration-based-sync",
                server,
                integration="pattern-configuration",
            )
        assert outcome.error is None
        assert outcome.saved["OutputData"] == [
            {"id": "Account-1", "model": "Account", "data": {"Name": "Acme"}},
            {"id": "Lead-1", "model": "Lead", "data": {"Email": None, "Rating": "Hot"}},
        ]
        assert [request.query["q"] for request in server.requests] == [
            "SELECT Id,Name FROM Account",
            "SELECT Id,Email,Rating FROM Lead",
        ]

    def test_the_companion_action_lists_the_fields_of_a_model(
        self, examples_project: Path, version: Version
    ) -> None:
        fields = [{"name": "Name", "label": "Account Name", "type": "string"}]
        route = Route(
            "GET",
            "/services/data/v60.0/sobjects/Account/describe",
            Reply({"name": "Account", "fields": fields}),
        )
        with FakeNango(
            [route], provider="salesforce", connection_config={"instance_url": BASE_URL}
        ) as server:
            outcome = run(
                examples_project,
                version,
                "list-fields",
                server,
                integration="pattern-configuration",
                input={"name": "Account"},
            )
        assert outcome.result == {"fields": [{"id": "Name", "name": "Name", "type": "string"}]}
