"""What a request carries beside its path: what only the answers state of the provider, an API version, a body.

Integrations of rare combinations are compiled and linted in the same project.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from .support import lint, nango
from .support.combinations import COMBINATIONS
from .support.dryrun import successful_run
from .support.fake_api import FakeNango
from .support.project import Version, prepare
from .support.scaffolded import job, tree_of
from .support.third_party import Json, Reply, Request, Route, cursor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

pytestmark = pytest.mark.toolchain

NO_BASE_URL = "unauthenticated"  # what Nango has of a provider about which only the answers know anything
OWN_BASE_URL = "https://${connectionConfig.tenant}.acme.example/api/v2"
CURSOR = {"type": "cursor", "cursor_path_in_response": "next", "cursor_name_in_request": "after"}
VERSION = "2024-11-01"

INTEGRATIONS: Sequence[Mapping[str, Any]] = [
    {
        "provider": "acme",
        "integration": "stated",
        "provider_facts": {
            "base_url": OWN_BASE_URL,
            "headers": {"X-Client": "it's `ours`", "X-Api-Version": "1"},
            "retry": {"at": "X-Reset", "after": ["X-Wait"], "error_code": ["423", "425"]},
        },
        "models": {"Gadget": {"id": "string"}},
        "syncs": [
            {
                "name": "gadgets",
                "request": {
                    "path": "https://eu.acme.example/api/v2/gadgets",
                    "paginate": CURSOR,
                    "response_path": "items",
                    "headers": {"x-api-version": VERSION},
                },
            }
        ],
        "actions": [{"name": "create-gadget"}],
        "on_events": {"post-connection-creation": ["greet"]},
    },
    {
        "provider": "cal-com-v2",  # its base URL ends in /v2
        "integration": "versions",
        "models": {"Booking": {"id": "string"}, "Event": {"id": "string"}},
        "syncs": [
            {"name": "bookings", "request": {"path": "/v2/bookings", "response_path": "items"}},
            {"name": "events", "request": {"path": "/v3/events", "headers": {"X-Api-Version": VERSION}}},
        ],
    },
]
SEARCH = {
    "provider": "github",
    "integration": "search",
    "models": {
        "Settings": {"org": "string", "size": "number", "team?": "string"},
        "Deal": {"id": "string", "updated_at?": "string"},
        "Line": {"id": "string"},
        "Visit": {"id": "string"},
        "Entry": {"id": "string"},
        "Page": {"id": "string", "kind": "string"},
    },
    "syncs": [
        {
            "name": "deals",
            "metadata": "Settings",
            "sync_type": "incremental",
            "request": {
                "path": "/deals/search",
                "paginate": {**CURSOR, "limit": 2, "limit_name_in_request": "limit"},
                "response_path": "items",
                "incremental": {"param": "changed_since"},
                "params": {"view": "full"},
                "data": {
                    "filter": {
                        "any": [{"org": "${metadata.org}"}, {"open": True, "above": 1.5}],
                        "not": None,
                    },
                    "size": "${metadata.size}",
                    "team": "team ${metadata.team}",
                    "note": "it's $ a `text` \\\u2028",
                    "sort-by": ["id", "name"],
                    "empty": {},
                },
            },
            "children": {
                "model": "Line",
                "path": "/lines/search",
                "paginate": {"type": "none"},
                "response_path": "",
                "data": {"deal": "${parent.id}"},
            },
        },
        {
            "name": "visits",
            "pattern": "window",
            "window": {"unit": "day", "date_format": "date"},
            "request": {
                "path": "/visits/search",
                "paginate": CURSOR,
                "response_path": "items",
                "data": {"kind": "web"},
            },
        },
        {
            "name": "entries",
            "pattern": "extended",
            "extended": {"cursor_param": "after", "cursor_path": "next"},
            "request": {"path": "/entries/search", "response_path": "items", "data": {"kind": "log"}},
        },
    ],
}


@pytest.fixture(scope="module")
def project(version: Version, tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tree_of([job(answers) for answers in (*INTEGRATIONS, SEARCH, *COMBINATIONS)])
    project = prepare(tree, version, tmp_path_factory.mktemp("requests"))
    generated = nango.generate(project, version)
    assert generated.complete, generated.output
    compiled = nango.compile(project, version)
    assert compiled.ok, compiled.output
    return project


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
def test_no_official_tool_finds_anything(project: Path) -> None:
    assert lint.eslint(project) == []
    assert lint.prettier(project) == []
    assert lint.yamllint(project) == []


class TestWhatOnlyTheAnswersState:
    def assert_stated(self, request: Request) -> None:
        assert request.base_url_override == OWN_BASE_URL
        assert request.forwarded["x-client"] == "it's `ours`"
        assert request.headers["retry-on"] == "423,425"

    def test_a_sync_sends_it_with_every_page(self, project: Path, version: Version) -> None:
        pages = [[{"id": "1"}], [{"id": "2"}]]
        route = cursor("/gadgets", pages, cursor_param="after", cursor_at="next")
        with FakeNango([route], provider=NO_BASE_URL) as server:
            outcome = successful_run(project, version, "stated/gadgets", server)
        assert outcome.saved["Gadget"] == [{"id": "1"}, {"id": "2"}]
        assert len(server.requests) == 2
        for request in server.requests:
            self.assert_stated(request)
            assert request.forwarded["x-api-version"] == VERSION  # the request's own goes before it

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_an_action_sends_it_too(self, project: Path, version: Version) -> None:
        route = Route("POST", "/gadgets", Reply({"id": "7"}))
        with FakeNango([route], provider=NO_BASE_URL) as server:
            successful_run(project, version, "stated/create-gadget", server, input={"name": "g"})
        (request,) = server.requests
        self.assert_stated(request)
        assert request.forwarded["x-api-version"] == "1"

    def test_the_headers_to_wait_for_are_settings_of_the_request(self, project: Path) -> None:
        text = (project / "nango-integrations/stated/syncs/gadgets.ts").read_text()
        assert "retryHeader: { at: 'X-Reset', after: 'X-Wait' }," in text


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
class TestApiVersion:
    def test_one_that_the_base_url_has_is_not_repeated(self, project: Path, version: Version) -> None:
        pages = [[{"id": "1"}]]
        with FakeNango([cursor("/bookings", pages)], provider="cal-com-v2") as server:
            outcome = successful_run(project, version, "versions/bookings", server)
        assert outcome.saved["Booking"] == [{"id": "1"}]
        assert [request.path for request in server.requests] == ["/bookings"]

    def test_another_is_part_of_the_path_and_one_in_a_header_is_sent(
        self, project: Path, version: Version
    ) -> None:
        route = cursor("/v3/events", [[{"id": "1"}]], records_at="events")
        with FakeNango([route], provider="cal-com-v2") as server:
            successful_run(project, version, "versions/events", server)
        assert server.requests[0].forwarded["x-api-version"] == VERSION
        assert server.requests[0].base_url_override == ""


class TestListingByPost:
    SETTINGS: Json = {"org": "acme", "size": 3}
    BODY: Json = {
        "filter": {"any": [{"org": "acme"}, {"open": True, "above": 1.5}], "not": None},
        "size": 3,
        "note": "it's $ a `text` \\\u2028",
        "sort-by": ["id", "name"],
        "empty": {},
    }

    def api(self) -> list[Route]:
        pages = [[{"id": "1", "updated_at": None}], [{"id": "2", "updated_at": None}]]

        def lines(request: Request) -> Reply:
            return Reply([{"id": f"line of {request.body['deal']}"}])

        return [
            cursor("/deals/search", pages, cursor_param="after", cursor_at="next", method="POST"),
            Route("POST", "/lines/search", lines),
        ]

    def test_constants_settings_and_the_last_run_are_sent_with_the_cursor_beside_them(
        self, project: Path, version: Version
    ) -> None:
        settings = {**self.SETTINGS, "team": "blue"}
        with FakeNango(self.api(), provider="github", metadata=settings) as server:
            outcome = successful_run(project, version, "search/deals", server, last_sync_date="2026-03-01")
        assert [deal["id"] for deal in outcome.saved["Deal"]] == ["1", "2"]
        assert outcome.saved["Line"] == [{"id": "line of 1"}, {"id": "line of 2"}]
        searches = [request for request in server.requests if request.path == "/deals/search"]
        since = {"team": "team blue", "changed_since": "2026-03-01T00:00:00.000Z"}
        assert [request.body for request in searches] == [
            {**self.BODY, **since, "limit": 2},
            {**self.BODY, **since, "limit": 2, "after": "to-page-2"},
        ]
        assert {tuple(request.query.items()) for request in searches} == {(("view", "full"),)}
        assert {request.retries for request in server.requests} == {10}

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_settings_that_are_absent_are_left_out(self, project: Path, version: Version) -> None:
        with FakeNango(self.api(), provider="github", metadata=self.SETTINGS) as server:
            successful_run(project, version, "search/deals", server)
        assert server.requests[0].body == {**self.BODY, "limit": 2}

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_a_window_stands_in_the_body(self, project: Path, version: Version) -> None:
        span = {"fromDate": "2026-01-30T12:00:00Z", "toDate": "2026-02-02T00:00:00Z", "useMetadata": True}
        route = cursor("/visits/search", [[{"id": "1"}]], cursor_at="next", method="POST")
        with FakeNango([route], provider="github", metadata=span) as server:
            successful_run(project, version, "search/visits", server)
        assert [request.body for request in server.requests] == [
            {"kind": "web", "from": "2026-01-30", "to": "2026-01-31"},
            {"kind": "web", "from": "2026-01-31", "to": "2026-02-01"},
            {"kind": "web", "from": "2026-02-01", "to": "2026-02-02"},
        ]

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_a_long_pass_keeps_its_cursor_in_the_body_and_ends_at_an_empty_page(
        self, project: Path, version: Version
    ) -> None:
        pages = [[{"id": "1"}], [{"id": "2"}], [], []]
        route = cursor("/entries/search", pages, cursor_param="after", cursor_at="next", method="POST")
        with FakeNango([route], provider="github") as server:
            outcome = successful_run(project, version, "search/entries", server)
        assert [entry["id"] for entry in outcome.saved["Entry"]] == ["1", "2"]
        assert [request.body for request in server.requests] == [
            {"kind": "log", "limit": 100},
            {"kind": "log", "limit": 100, "after": "to-page-2"},
            {"kind": "log", "limit": 100, "after": "to-page-3"},
        ]


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
class TestSettings:
    def test_a_window_needs_none_of_them(self, project: Path, version: Version) -> None:
        route = Route("GET", "/visits", Reply([]))
        with FakeNango([route], provider="github") as server:
            successful_run(project, version, "window-settings/visits", server)
        # An empty window is asked for once more, to see that its list is there.
        days = dict.fromkeys(request.query["to"][:10] for request in server.requests)
        ends = [datetime.fromisoformat(day) for day in days]
        assert len(ends) >= 52
        assert {end.weekday() for end in ends[:-1]} == {0}  # weeks end on Mondays, the last one now
        assert all("org" not in request.query for request in server.requests)
        assert server.metadata["useMetadata"] is False

    def test_a_selection_is_checked_and_read_with_all_of_them(self, project: Path, version: Version) -> None:
        listed = Route("POST", "/boards/search", Reply([{"kind": "card", "id": 1, "title": "A"}]))
        single = Route("GET", "/cards/9", Reply({"kind": "card", "id": 9, "title": "B"}))
        chosen: Json = {"boards": ["b1"], "cards": ["9"], "tenant": "acme"}
        with FakeNango([listed, single], provider="github", metadata=chosen) as server:
            outcome = successful_run(project, version, "chosen-boards/cards", server)
        assert [card["id"] for card in outcome.saved["Card"]] == [1, 9]
        assert server.requests[0].body == {"in": ["b1"], "t": "acme"}
        assert server.requests[0].forwarded["x-board"] == "b1"
        assert [request.forwarded["x-tenant"] for request in server.requests] == ["acme", "acme"]
        assert server.requests[1].body is None
