"""Scripts of several requests: look-ups first, details of each record, walked lists, records read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .support import lint, nango
from .support.dryrun import run_script, successful_run
from .support.fake_api import SECRET_KEY, FakeNango
from .support.project import Version, prepare
from .support.scaffolded import job, tree_of
from .support.third_party import Json, Reply, Request, Route, cursor, query_has

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

pytestmark = pytest.mark.toolchain

CURSOR = {"type": "cursor", "cursor_path_in_response": "next", "cursor_name_in_request": "after"}
NONE = {"type": "none"}
AUTH = "https://auth.acme.example"
CLOUD = {
    "name": "cloud",
    "path": "/oauth/token/accessible-resources",
    "pick": "0.id",
    "base_url": AUTH,
    "docs": "https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/",
}
SHARED: Mapping[str, Any] = {
    "provider": "github",
    "integration": "tenants",
    "models": {
        "Issue": {"id": "string", "title?": "string"},
        "Comment": {"id": "string", "issue": "string"},
        "User": {"id": "string", "email?": "string"},
        "Settings": {"org": "string"},
        "NewIssue": {"title": "string", "account_email": "string"},
    },
    "syncs": [
        {
            "name": "issues",
            "model": "Issue",
            "lookups": [CLOUD],
            "request": {
                "path": "/ex/${lookup.cloud}/issues",
                "paginate": CURSOR,
                "response_path": "items",
                "headers": {"X-Cloud": "${lookup.cloud}"},
            },
            "children": {
                "model": "Comment",
                "path": "/ex/${lookup.cloud}/issues/${parent.id}/comments",
                "paginate": NONE,
                "response_path": "",
                "from_parent": {"issue": "id"},
            },
        },
        {
            "name": "users",
            "metadata": "Settings",
            "lookups": [
                CLOUD,
                {
                    "name": "page",
                    "method": "POST",
                    "path": "/ex/${lookup.cloud}/directories",
                    "data": {"org": "${metadata.org}"},
                    "pick": "data.items[1].key",
                },
            ],
            "request": {
                "path": "/ex/${lookup.cloud}/users",
                "base_url": "https://${lookup.cloud}.acme.example",
                "params": {"directory": "${lookup.page}"},
                "paginate": NONE,
                "response_path": "",
            },
        },
    ],
    "actions": [
        {
            "name": "create-issue",
            "input": "NewIssue",
            "output": "Issue",
            "lookups": [
                CLOUD,
                {
                    "name": "account_id",
                    "path": "/ex/${lookup.cloud}/users/search",
                    "params": {"q": "${input.account_email}"},
                    "pick": "[0].accountId",
                },
            ],
            "request": {
                "path": "/ex/${lookup.cloud}/issues",
                "params": {"as": "${lookup.account_id}"},
            },
            "read_back": {
                "path": "/ex/${lookup.cloud}/issues/${response.issue.id}",
                "params": {"title": "${input.title}"},
                "response_path": "issue",
            },
        },
    ],
}
DETAILS: Mapping[str, Any] = {
    "provider": "github",
    "integration": "details",
    "models": {
        "Contact": {"id": "string", "name": "string", "phone?": "string | null"},
        "Card": {"id": "string", "board_id": "string", "board_name?": "string", "text": "string"},
        "Note": {"id": "string", "text": "string"},
        "Visit": {"id": "string", "place": "string"},
        "Entry": {"id": "string", "text": "string"},
        "Asset": {"id": "number", "type": "string", "title": "string"},
        "Chosen": {"files": "string[]", "folders": "string[]"},
        "Deal": {"id": "string", "name": "string", "tag?": "string"},
        "ReplaceDeal": {"id": "string", "name": "string"},
        "AssignDeal": {"id": "number", "contact_id": "string"},
    },
    "syncs": [
        {
            "name": "contacts",
            "sync_type": "incremental",
            "mapping": {"id": "uuid"},
            "request": {
                "path": "/contacts",
                "paginate": CURSOR,
                "response_path": "items",
                "incremental": {"field": "updated_at"},
            },
            "detail": {"path": "/contacts/${record.id}", "response_path": "contact"},
            "webhook_subscriptions": ["contact.changed"],
        },
        {
            "name": "cards",
            "parents": {
                "path": "/boards",
                "paginate": CURSOR,
                "response_path": "boards",
                "from_parent": {"board_id": "id", "board_name": "title"},
            },
            "request": {"path": "/boards/${parent.id}/cards", "paginate": CURSOR, "response_path": "items"},
            "detail": {"path": "/cards/${record.id}"},
            "children": {
                "model": "Note",
                "path": "/cards/${parent.id}/notes",
                "paginate": NONE,
                "response_path": "",
            },
        },
        {
            "name": "visits",
            "pattern": "window",
            "window": {"unit": "day", "date_format": "date"},
            "request": {"path": "/visits", "paginate": CURSOR, "response_path": "items"},
            "detail": {"path": "/visits/${record.id}", "response_path": ""},
        },
        {
            "name": "entries",
            "pattern": "extended",
            "extended": {"cursor_param": "after", "cursor_path": "next"},
            "request": {"path": "/entries", "response_path": "items"},
            "detail": {"path": "/entries/details", "params": {"id": "${record.id}"}},
        },
        {
            "name": "assets",
            "pattern": "selection",
            "metadata": "Chosen",
            "selection": {"item_path": "/assets/${item}"},
            "request": {"path": "/folders/${folder}", "paginate": CURSOR, "response_path": "items"},
            "detail": {"path": "/assets/${record.id}/details"},
        },
    ],
    "actions": [
        {
            "name": "replace-deal",
            "input": "ReplaceDeal",
            "output": "Deal",
            "request": {"method": "PUT", "path": "/deals/${input.id}"},
            "read_back": {"path": "/deals/${input.id}"},
        },
        {
            "name": "assign-deal",
            "input": "AssignDeal",
            "output": "none",
            "lookups": [
                {"name": "owner", "from_sync": "contacts", "id": "${input.contact_id}", "pick": "name"}
            ],
            "request": {
                "method": "PATCH",
                "path": "/deals/${input.id}",
                "json": {"owner": "${lookup.owner}"},
            },
        },
    ],
}


PAGE_INFO = "pageInfo { hasNextPage endCursor }"
WALLS = f"""query Walls($after: String, $space: ID) {{
  walls(after: $after, space: $space) {{ edges {{ node {{ id }} }} {PAGE_INFO} }}
}}"""
PINS = f"""query Pins($wall: ID!, $after: String) {{
  wall(id: $wall) {{ pins(after: $after) {{ edges {{ node {{ id }} }} {PAGE_INFO} }} }}
}}"""
PIN = "query Pin($id: ID!) { pin(id: $id) { id text } }"
CREATE_PIN = """mutation CreatePin($space: ID!, $text: String!) {
  pinCreate(space: $space, text: $text) { pin { id } userErrors { message } }
}"""
DELETE_PIN = "mutation DeletePin($id: ID!) { pinDelete(id: $id) { userErrors { message } } }"
SPACE = {
    "name": "space",
    "graphql": {"query": "query Space { viewer { space { id } } }"},
    "pick": "viewer.space.id",
}
QUERIES: Mapping[str, Any] = {
    "provider": "acme",
    "integration": "queries",
    "provider_facts": {"base_url": "https://api.acme.com", "auth_mode": "API_KEY"},
    "models": {
        "Pin": {"id": "string", "wall": "string", "text": "string"},
        "PinText": {"id": "string", "text": "string"},
        "CreatePin": {"text": "string"},
        "DeletePin": {"id": "string"},
        "Post": {"id": "string"},
    },
    "syncs": [
        {
            "name": "pins",
            "lookups": [SPACE],
            "parents": {
                "graphql": {"query": WALLS, "variables": {"space": "${lookup.space}"}},
                "from_parent": {"wall": "id"},
            },
            "request": {"graphql": {"query": PINS, "variables": {"wall": "${parent.id}"}}},
            "detail": {"graphql": {"query": PIN, "variables": {"id": "${record.id}"}}},
        },
    ],
    "actions": [
        {
            "name": "create-pin",
            "output": "PinText",
            "lookups": [SPACE],
            "request": {
                "graphql": {
                    "query": CREATE_PIN,
                    "variables": {"space": "${lookup.space}", "text": "${input.text}"},
                }
            },
            "read_back": {
                "graphql": {"query": PIN, "variables": {"id": "${response.data.pinCreate.pin.id}"}}
            },
        },
        {
            "name": "delete-pin",
            "output": "none",
            "request": {"graphql": {"query": DELETE_PIN, "variables": {"id": "${input.id}"}}},
        },
        {
            "name": "create-post",
            "output": "Post",
            "request": {"path": "/posts", "response_path": "post", "errors_path": "error.reason"},
        },
    ],
}


@pytest.fixture(scope="module")
def project(version: Version, tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tree_of([job(SHARED), job(DETAILS), job(QUERIES)])
    project = prepare(tree, version, tmp_path_factory.mktemp("several-requests"))
    built = nango.build(project, version)
    assert built.complete, (built.problems, built.output[-3000:])
    return project


def request_lines(server: FakeNango) -> list[str]:
    return [f"{request.method} {request.path}" for request in server.requests]


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
def test_no_official_tool_finds_anything(project: Path) -> None:
    assert lint.eslint(project) == []
    assert lint.prettier(project) == []
    assert lint.yamllint(project) == []


TENANT = Route("GET", "/oauth/token/accessible-resources", Reply([{"id": "c-1"}, {"id": "c-2"}]))


class TestLookups:
    def test_one_is_sent_once_before_the_others(self, project: Path, version: Version) -> None:
        routes = [
            TENANT,
            cursor(
                "/ex/c-1/issues",
                [[{"id": "1", "title": "a"}], [{"id": "2"}]],
                cursor_param="after",
                cursor_at="next",
            ),
            Route("GET", "/ex/c-1/issues/1/comments", Reply([{"id": "x"}])),
            Route("GET", "/ex/c-1/issues/2/comments", Reply([])),
        ]
        with FakeNango(routes, provider="github") as server:
            outcome = successful_run(project, version, "tenants/issues", server)
        assert outcome.saved["Issue"] == [{"id": "1", "title": "a"}, {"id": "2"}]
        assert outcome.saved["Comment"] == [{"id": "x", "issue": "1"}]
        assert request_lines(server) == [
            "GET /oauth/token/accessible-resources",
            "GET /ex/c-1/issues",
            "GET /ex/c-1/issues/1/comments",
            "GET /ex/c-1/issues",
            "GET /ex/c-1/issues/2/comments",
        ]
        assert {request.retries for request in server.requests[1:]} == {10}
        assert server.requests[1].forwarded["x-cloud"] == "c-1"
        assert [request.base_url_override for request in server.requests[:2]] == [AUTH, ""]

    def test_a_later_one_uses_the_value_of_an_earlier_one(self, project: Path, version: Version) -> None:
        reply = Reply({"data": {"items": [{"key": "k-0"}, {"key": 7}]}})
        routes = [
            TENANT,
            Route("POST", "/ex/c-1/directories", reply),
            Route("GET", "/ex/c-1/users", Reply([{"id": "u"}]), query_has(directory="7")),
        ]
        with FakeNango(routes, provider="github", metadata={"org": "acme"}) as server:
            outcome = successful_run(project, version, "tenants/users", server)
        assert outcome.saved["User"] == [{"id": "u"}]
        assert request_lines(server) == [
            "GET /oauth/token/accessible-resources",
            "POST /ex/c-1/directories",
            "GET /ex/c-1/users",
        ]
        assert server.requests[1].body == {"org": "acme"}
        assert [request.base_url_override for request in server.requests] == [
            AUTH,
            "",
            "https://c-1.acme.example",
        ]

    @pytest.mark.parametrize("body", [[], [{}], [{"id": None}], {"error": "none"}, None])
    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_one_that_finds_nothing_ends_the_run_and_says_what_it_looked_for(
        self, project: Path, version: Version, body: Json
    ) -> None:
        route = Route("GET", "/oauth/token/accessible-resources", Reply(body))
        with FakeNango([route], provider="github") as server:
            outcome = run_script(project, version, "tenants/issues", server)
        assert outcome.error is not None
        message = str(outcome.error["payload"])
        assert "No cloud was found" in message
        assert "/oauth/token/accessible-resources" in message
        assert "[0].id" in message
        assert len(server.requests) == 1

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_what_the_api_says_of_it_reaches_the_caller(self, project: Path, version: Version) -> None:
        routes = [
            TENANT,
            Route("GET", "/ex/c-1/users/search", Reply({"message": "not allowed"}, status=403)),
        ]
        action_input = {"title": "t", "account_email": "a@b.c"}
        with FakeNango(routes, provider="github") as server:
            outcome = run_script(project, version, "tenants/create-issue", server, input=action_input)
        assert outcome.error is not None
        assert outcome.error["status"] == 403
        assert outcome.error["payload"] == {"message": "not allowed"}

    def test_two_scripts_share_one_file(self, project: Path) -> None:
        folder = project / "nango-integrations/tenants"
        assert [path.name for path in (folder / "helpers").iterdir()] == ["look-up-cloud.ts"]
        for script in ("syncs/issues.ts", "syncs/users.ts", "actions/create-issue.ts"):
            text = (folder / script).read_text()
            assert "import { lookUpCloud } from '../helpers/look-up-cloud.js';" in text
            assert "function lookUpCloud" not in text
        assert "async function lookUpPage(" in (folder / "syncs/users.ts").read_text()


class TestSavedRecords:
    INPUT: Json = {"id": 5, "contact_id": "c1"}

    def saved(self, **record: Json) -> Json:
        return {"id": "c1", "_nango_metadata": {"last_action": "UPDATED"}, **record}

    def server(self, record: Json) -> FakeNango:
        return FakeNango(
            [Route("PATCH", "/deals/5", Reply({}))],
            provider="github",
            records={"Contact": [self.saved(id="c0", name="Eve"), record]},
        )

    def test_a_value_of_one_goes_into_the_request(self, project: Path, version: Version) -> None:
        with self.server(self.saved(name="Ann")) as server:
            server.environment_variables = {"NANGO_SECRET_KEY": SECRET_KEY, "NANGO_HOST": server.url}
            # The older CLI takes `no output` for a wrong one.
            outcome = run_script(
                project, version, "details/assign-deal", server, input=self.INPUT, validate=version != "0.58"
            )
        assert outcome.error is None, outcome.output
        assert [request.body for request in server.requests] == [{"owner": "Ann"}]
        (read,) = [call for call in server.calls if call.path == "/records"]
        assert read.query == {"model": "Contact", "filter": "added,updated", "ids": "c1"}
        assert read.headers["provider-config-key"] == "details"

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    @pytest.mark.parametrize(
        ("record", "key", "message"),
        [
            ({"name": "Ann"}, "", "NANGO_SECRET_KEY of the environment holds no secret key"),
            ({"name": "Ann", "id": "c2"}, SECRET_KEY, "the sync contacts saved no name of c1"),
            ({"name": ""}, SECRET_KEY, "the sync contacts saved no name of c1"),
            (
                {"name": "Ann", "_nango_metadata": {"last_action": "DELETED"}},
                SECRET_KEY,
                "the sync contacts saved no name of c1",
            ),
        ],
    )
    def test_without_one_nothing_is_sent(
        self, project: Path, version: Version, record: Json, key: str, message: str
    ) -> None:
        with self.server(self.saved(**record)) as server:
            server.environment_variables = {"NANGO_SECRET_KEY": key, "NANGO_HOST": server.url}
            outcome = run_script(project, version, "details/assign-deal", server, input=self.INPUT)
        assert outcome.error is not None
        assert message in str(outcome.error["payload"])
        assert server.requests == []


class TestReadBack:
    INPUT: Json = {"title": "t", "account_email": "a@b.c"}

    def api(self, written: Json) -> list[Route]:
        return [
            TENANT,
            Route("GET", "/ex/c-1/users/search", Reply([{"accountId": "u 1"}]), query_has(q="a@b.c")),
            Route("POST", "/ex/c-1/issues", Reply(written, status=201), query_has(**{"as": "u 1"})),
            Route("GET", "/ex/c-1/issues/9", Reply({"issue": {"id": "9", "title": "T"}})),
        ]

    def test_the_output_is_what_the_api_made_of_it(self, project: Path, version: Version) -> None:
        with FakeNango(self.api({"issue": {"id": 9}}), provider="github") as server:
            outcome = successful_run(project, version, "tenants/create-issue", server, input=self.INPUT)
        assert outcome.result == {"id": "9", "title": "T"}
        assert request_lines(server) == [
            "GET /oauth/token/accessible-resources",
            "GET /ex/c-1/users/search",
            "POST /ex/c-1/issues",
            "GET /ex/c-1/issues/9",
        ]
        assert server.requests[2].body == {"title": "t"}
        assert server.requests[3].query["title"] == "t"
        assert {request.retries for request in server.requests[1:]} == {3}

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_a_write_whose_answer_names_nothing_says_so(self, project: Path, version: Version) -> None:
        with FakeNango(self.api({"ok": True}), provider="github") as server:
            outcome = run_script(project, version, "tenants/create-issue", server, input=self.INPUT)
        assert outcome.error is not None
        assert "nothing at issue.id" in str(outcome.error["payload"])

    def test_one_that_the_input_identifies_needs_no_answer(self, project: Path, version: Version) -> None:
        routes = [
            Route("PUT", "/deals/5", Reply(None, status=204)),
            Route("GET", "/deals/5", Reply({"id": "5", "name": "n", "tag": "new"})),
        ]
        with FakeNango(routes, provider="github") as server:
            outcome = successful_run(
                project, version, "details/replace-deal", server, input={"id": "5", "name": "n"}
            )
        assert outcome.result == {"id": "5", "name": "n", "tag": "new"}
        assert request_lines(server) == ["PUT /deals/5", "GET /deals/5"]
        assert server.requests[0].body == {"name": "n"}


class TestDetails:
    def contacts(self) -> list[Route]:
        def listed(id_: str) -> Json:
            return {"uuid": id_, "updated_at": f"2026-03-0{id_}T00:00:00Z"}

        return [
            cursor(
                "/contacts",
                [[listed("3")], [listed("2"), listed("1")]],
                cursor_param="after",
                cursor_at="next",
            ),
            Route("GET", "/contacts/3", Reply({"contact": {"uuid": "3", "name": "C", "phone": "1"}})),
            Route("GET", "/contacts/2", Reply({"contact": {"uuid": "2", "name": "B", "phone": None}})),
        ]

    def test_each_record_has_them_page_by_page_and_the_old_ones_are_not_asked_for(
        self, project: Path, version: Version
    ) -> None:
        with FakeNango(self.contacts(), provider="github") as server:
            outcome = successful_run(
                project, version, "details/contacts", server, last_sync_date="2026-03-02"
            )
        assert outcome.saved["Contact"] == [
            {"id": "3", "name": "C", "phone": "1"},
            {"id": "2", "name": "B", "phone": None},
        ]
        assert request_lines(server) == [
            "GET /contacts",
            "GET /contacts/3",
            "GET /contacts",
            "GET /contacts/2",
        ]
        assert {request.retries for request in server.requests} == {10}

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_one_that_is_gone_ends_the_run_and_is_named(self, project: Path, version: Version) -> None:
        routes = [*self.contacts()[:2], Route("GET", "/contacts/2", Reply({"message": "gone"}, status=404))]
        with FakeNango(routes, provider="github") as server:
            outcome = run_script(project, version, "details/contacts", server)
        assert outcome.error is not None
        assert outcome.error["status"] == 404
        assert outcome.error["payload"] == {"message": "gone"}
        assert "The details of the contact 2 could not be read from /contacts/2" in outcome.output

    @pytest.mark.parametrize("body", [{}, {"contact": None}, {"contact": [1]}, {"contact": "text"}])
    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_a_response_without_the_record_ends_the_run(
        self, project: Path, version: Version, body: Json
    ) -> None:
        routes = [self.contacts()[0], Route("GET", "/contacts/3", Reply(body))]
        with FakeNango(routes, provider="github") as server:
            outcome = run_script(project, version, "details/contacts", server)
        assert outcome.error is not None
        assert "no record at contact" in str(outcome.error["payload"])

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_windows_batches_and_selected_records_have_them(self, project: Path, version: Version) -> None:
        span = {"fromDate": "2026-02-01T00:00:00Z", "toDate": "2026-02-02T00:00:00Z", "useMetadata": True}
        visits = [
            cursor("/visits", [[{"id": "1"}]], cursor_param="after", cursor_at="next"),
            Route("GET", "/visits/1", Reply({"place": "Rome"})),
        ]
        with FakeNango(visits, provider="github", metadata=span) as server:
            outcome = successful_run(project, version, "details/visits", server)
        assert outcome.saved["Visit"] == [{"id": "1", "place": "Rome"}]

        entries = [
            cursor("/entries", [[{"id": "1"}], [{"id": "2"}]], cursor_param="after", cursor_at="next"),
            Route("GET", "/entries/details", lambda request: Reply({"text": request.query["id"]})),
        ]
        with FakeNango(entries, provider="github") as server:
            outcome = successful_run(project, version, "details/entries", server)
        assert outcome.saved["Entry"] == [{"id": "1", "text": "1"}, {"id": "2", "text": "2"}]

        assets = [
            cursor("/folders/f", [[{"id": 1, "type": "file"}]], cursor_param="after", cursor_at="next"),
            Route("GET", "/assets/9", Reply({"id": 9, "type": "file"})),
            Route("GET", "/assets/1/details", Reply({"title": "one"})),
            Route("GET", "/assets/9/details", Reply({"title": "nine"})),
        ]
        with FakeNango(assets, provider="github", metadata={"files": ["9"], "folders": ["f"]}) as server:
            outcome = successful_run(project, version, "details/assets", server)
        assert outcome.saved["Asset"] == [
            {"id": 1, "type": "file", "title": "one"},
            {"id": 9, "type": "file", "title": "nine"},
        ]


class TestParents:
    def api(self, boards: Sequence[Sequence[Json]]) -> list[Route]:
        return [
            cursor("/boards", boards, cursor_param="after", cursor_at="next", records_at="boards"),
            cursor(
                "/boards/b1/cards", [[{"id": "1"}], [{"id": "2"}]], cursor_param="after", cursor_at="next"
            ),
            cursor("/boards/b2/cards", [[{"id": "3"}]], cursor_param="after", cursor_at="next"),
            *(Route("GET", f"/cards/{id_}", Reply({"text": f"t{id_}"})) for id_ in "123"),
            Route("GET", "/cards/1/notes", Reply([{"id": "n", "text": "note"}])),
            *(Route("GET", f"/cards/{id_}/notes", Reply([])) for id_ in "23"),
        ]

    def test_a_list_is_walked_and_the_records_of_each_entry_are_saved(
        self, project: Path, version: Version
    ) -> None:
        boards = [[{"id": "b1", "title": "One"}], [{"id": "b2"}]]
        with FakeNango(self.api(boards), provider="github") as server:
            outcome = successful_run(project, version, "details/cards", server)
        assert outcome.saved["Card"] == [
            {"id": "1", "board_id": "b1", "board_name": "One", "text": "t1"},
            {"id": "2", "board_id": "b1", "board_name": "One", "text": "t2"},
            {"id": "3", "board_id": "b2", "text": "t3"},
        ]
        assert outcome.saved["Note"] == [{"id": "n", "text": "note"}]
        assert request_lines(server) == [
            "GET /boards",
            "GET /boards/b1/cards",
            "GET /cards/1",
            "GET /cards/1/notes",
            "GET /boards/b1/cards",
            "GET /cards/2",
            "GET /cards/2/notes",
            "GET /boards",
            "GET /boards/b2/cards",
            "GET /cards/3",
            "GET /cards/3/notes",
        ]
        assert {request.retries for request in server.requests} == {10}

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_a_list_that_is_not_there_ends_the_run(self, project: Path, version: Version) -> None:
        with FakeNango([Route("GET", "/boards", Reply({"error": "x"}))], provider="github") as server:
            outcome = run_script(project, version, "details/cards", server)
        assert outcome.error is not None
        assert "no list at boards" in str(outcome.error["payload"])


class TestQueries:
    """Look-ups, walked lists, details and what is read back, each by a query."""

    def graphql(self, **bodies: Json) -> Route:
        """The API; ``bodies``: what it answers to the queries of some names instead."""
        pages = {
            "Walls": {"w1": ["w1"], "after": ["w2"]},
            "Pins": {"w1": ["1", "2"], "w2": []},
        }

        def connection(ids: Sequence[str], end: str | None) -> Json:
            edges: list[Json] = [{"node": {"id": id_}} for id_ in ids]
            return {"edges": edges, "pageInfo": {"hasNextPage": end is not None, "endCursor": end}}

        def answer(request: Request) -> Reply:
            name = request.body["query"].split()[1].partition("(")[0]
            sent = request.body.get("variables", {})
            if name in bodies:
                return Reply(bodies[name])
            data: Json = {
                "Space": {"viewer": {"space": {"id": "s1"}}},
                "Walls": {
                    "walls": connection(
                        pages["Walls"]["after" if "after" in sent else "w1"],
                        None if "after" in sent else "w1",
                    )
                },
                "Pins": {"wall": {"pins": connection(pages["Pins"].get(sent.get("wall", ""), []), None)}},
                "Pin": {"pin": {"id": sent.get("id"), "text": f"t{sent.get('id')}"}},
                "CreatePin": {"pinCreate": {"pin": {"id": "9"}, "userErrors": []}},
                "DeletePin": {"pinDelete": {"userErrors": None}},
            }
            return Reply({"data": data[name]})

        return Route("POST", "/graphql", answer)

    def sent(self, server: FakeNango) -> list[tuple[str, Json]]:
        return [
            (request.body["query"].split()[1].partition("(")[0], request.body.get("variables", {}))
            for request in server.requests
        ]

    def test_a_sync_of_queries_alone(self, project: Path, version: Version) -> None:
        with FakeNango([self.graphql()], provider="unauthenticated") as server:
            outcome = successful_run(project, version, "queries/pins", server)
        assert outcome.saved["Pin"] == [
            {"id": "1", "wall": "w1", "text": "t1"},
            {"id": "2", "wall": "w1", "text": "t2"},
        ]
        assert self.sent(server) == [
            ("Space", {}),
            ("Walls", {"space": "s1"}),
            ("Pins", {"wall": "w1"}),
            ("Pin", {"id": "1"}),
            ("Pin", {"id": "2"}),
            ("Walls", {"space": "s1", "after": "w1"}),
            ("Pins", {"wall": "w2"}),
        ]
        assert {request.retries for request in server.requests[1:]} == {10}

    def test_a_mutation_that_looks_up_and_reads_back(self, project: Path, version: Version) -> None:
        with FakeNango([self.graphql()], provider="unauthenticated") as server:
            outcome = successful_run(project, version, "queries/create-pin", server, input={"text": "t"})
        assert outcome.result == {"id": "9", "text": "t9"}
        assert self.sent(server) == [
            ("Space", {}),
            ("CreatePin", {"space": "s1", "text": "t"}),
            ("Pin", {"id": "9"}),
        ]

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    @pytest.mark.parametrize(
        ("script", "query"),
        [
            *(("pins", query) for query in ("Space", "Walls", "Pins", "Pin")),
            *(("create-pin", query) for query in ("Space", "CreatePin", "Pin")),
        ],
    )
    def test_errors_of_each_end_the_script(
        self, project: Path, version: Version, script: str, query: str
    ) -> None:
        body: Json = {"data": None, "errors": [{"message": f"{query} is not allowed"}]}
        options = {"input": {"text": "t"}} if script == "create-pin" else {}
        with FakeNango([self.graphql(**{query: body})], provider="unauthenticated") as server:
            outcome = run_script(project, version, f"queries/{script}", server, **options)
        assert outcome.error is not None
        assert f"{query} is not allowed" in str(outcome.error["payload"])
        assert self.sent(server)[-1][0] == query

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_what_a_payload_lists_as_errors_reaches_the_caller(self, project: Path, version: Version) -> None:
        listed: Json = {"pin": None, "userErrors": [{"message": "too long"}]}
        api = self.graphql(
            CreatePin={"data": {"pinCreate": listed}}, DeletePin={"data": {"pinDelete": listed}}
        )
        for script, action_input in (("create-pin", {"text": "t"}), ("delete-pin", {"id": "1"})):
            with FakeNango([api], provider="unauthenticated") as server:
                outcome = run_script(project, version, f"queries/{script}", server, input=action_input)
            assert outcome.error is not None, script
            assert outcome.error["payload"]["errors"] == [{"message": "too long"}]
        with FakeNango([self.graphql()], provider="unauthenticated") as server:
            successful_run(project, version, "queries/delete-pin", server, input={"id": "1"})

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    @pytest.mark.parametrize("error", [{"reason": "closed"}, {"reason": {"id": 1}}, {"reason": ["x"]}])
    def test_an_error_with_the_status_of_a_success_is_one_in_any_api(
        self, project: Path, version: Version, error: Json
    ) -> None:
        failing = Route("POST", "/posts", Reply({"error": error}))
        with FakeNango([failing], provider="unauthenticated") as server:
            outcome = run_script(project, version, "queries/create-post", server, input={"name": "n"})
        assert outcome.error is not None
        assert "errors at error.reason" in str(outcome.error["payload"])
        passed = Route("POST", "/posts", Reply({"post": {"id": "1"}, "error": {"reason": None}}))
        with FakeNango([passed], provider="unauthenticated") as server:
            outcome = successful_run(project, version, "queries/create-post", server, input={"name": "n"})
        assert outcome.result == {"id": "1"}
