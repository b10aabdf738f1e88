"""Every example, alone and all in one project, through Nango's own tools: compiled, linted, and run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.examples import golden

from .support import lint, nango
from .support.dryrun import DryRun, dryrun
from .support.fake_api import FakeNango
from .support.project import Version, prepare, read_tree
from .support.third_party import BASE_URL, Json, Reply, Route, cursor, link_body, link_header, offset

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.toolchain

ALONE = ("github", "pattern-configuration", "stripe")
"""Compiled alone in each run; all others at night, since each takes ten seconds: beside all others both CLIs compile them."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if name in ALONE else pytest.mark.nightly) for name in golden.names()],
)
def test_an_example_alone_compiles(name: str, version: Version, tmp_path: Path) -> None:
    project = prepare(golden.EXAMPLES / name, version, tmp_path)
    built = nango.build(project, version)
    assert built.complete, (built.problems, built.output)


def test_all_examples_in_one_project_are_known_to_nango(examples_project: Path, version: Version) -> None:
    integrations = nango.generate(examples_project, version).integrations
    assert sorted(integrations) == golden.names()
    assert {name: len(integration.scripts()) for name, integration in integrations.items()} == {
        "1password-scim": 4,
        "asana": 1,
        "github": 2,
        "hubspot": 4,
        "intercom": 1,
        "jira": 2,
        "linear": 2,
        "pattern-configuration": 2,
        "pattern-extended": 1,
        "pattern-from-sync": 2,
        "pattern-paginated": 2,
        "pattern-selection": 1,
        "pattern-window": 1,
        "salesforce": 2,
        "salesforce-changes": 1,
        "stripe": 2,
        "zendesk": 4,
    }


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
def test_no_official_tool_finds_anything(examples_project: Path) -> None:
    assert lint.eslint(examples_project) == []
    assert lint.prettier(examples_project) == []
    assert lint.yamllint(examples_project) == []


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
def test_our_schema_is_that_of_ts_to_zod(examples_project: Path) -> None:
    ours = read_tree(examples_project)["nango-integrations/schema.zod.ts"]
    theirs = lint.ts_to_zod(examples_project)
    # One argument is what zod 3 takes; with two, it is valid for the CLI's zod 4 as well.
    assert ours == theirs.replace("z.record(z.any())", "z.record(z.string(), z.any())")


def run(project: Path, version: Version, script: str, server: FakeNango, **options: Any) -> DryRun:
    return dryrun(project, version, script, server, compiled=True, **options)


def pull_request(number: int, updated_at: str) -> dict[str, Json]:
    """A pull request as GitHub sends it, with more in it than anyone asked for."""
    branch = {"ref": "topic", "sha": "abc", "label": "ann:topic"}
    times = {
        "created_at": "2026-01-01T00:00:00Z",
        "updated_at": updated_at,
        "closed_at": None,
        "merged_at": None,
    }
    return {
        "id": number,
        "number": number,
        "title": f"Change {number}",
        "state": "open",
        "body": None,
        **times,
    } | {
        "head": branch,
        "base": branch,
        "user": {"login": "ann"},
    }


PULLS = "/repos/ann/app/pulls"
REPOSITORY = {"owner": "ann", "repo": "app"}


class TestSyncs:
    def test_link_pagination_reads_three_pages_and_keeps_what_the_model_knows(
        self, examples_project: Path, version: Version
    ) -> None:
        days = ["2026-03-05T00:00:00Z", "2026-03-04T00:00:00Z", "2026-03-03T00:00:00Z"]
        pages = [[pull_request(number, day)] for number, day in enumerate(days, 1)]
        with FakeNango([link_header(PULLS, pages)], provider="github", metadata=REPOSITORY) as server:
            outcome = run(examples_project, version, "pull-requests", server, integration="github")
        assert outcome.error is None
        assert [record["id"] for record in outcome.saved["PullRequest"]] == [1, 2, 3]
        first = outcome.saved["PullRequest"][0]
        assert first == {
            "id": 1,
            "number": 1,
            "title": "Change 1",
            "state": "open",
            "created_at": "2026-01-01T00:00:00Z",
            "updated_at": days[0],
            "head": {"ref": "topic", "sha": "abc"},
            "base": {"ref": "topic", "sha": "abc"},
        }
        assert [request.retries for request in server.requests] == [10, 10, 10]
        assert server.requests[0].query == {"state": "all", "sort": "updated", "direction": "desc"}

    def test_an_incremental_run_stops_at_the_first_record_older_than_the_last_one(
        self, examples_project: Path, version: Version
    ) -> None:
        pages = [
            [pull_request(1, "2026-03-05T00:00:00Z"), pull_request(2, "2026-02-01T00:00:00Z")],
            [pull_request(3, "2026-01-01T00:00:00Z")],
        ]
        with FakeNango([link_header(PULLS, pages)], provider="github", metadata=REPOSITORY) as server:
            outcome = run(
                examples_project,
                version,
                "pull-requests",
                server,
                integration="github",
                last_sync_date="2026-03-01",
            )
        assert [record["id"] for record in outcome.saved["PullRequest"]] == [1]
        assert len(server.requests) == 1

    def test_settings_that_do_not_fit_are_refused_before_any_request(
        self, examples_project: Path, version: Version
    ) -> None:
        with FakeNango([], provider="github", metadata={"owner": "ann"}) as server:
            outcome = run(
                examples_project, version, "pull-requests", server, integration="github", validate=False
            )
        assert outcome.error is not None
        assert server.requests == []

    def test_an_empty_first_page_saves_nothing(self, examples_project: Path, version: Version) -> None:
        with FakeNango([link_header(PULLS, [[]])], provider="github", metadata=REPOSITORY) as server:
            outcome = run(examples_project, version, "pull-requests", server, integration="github")
        assert (outcome.error, outcome.saved) == (None, {})
        # 0.58.7 hands on no empty page: the list is asked for once more, to see that it is there.
        assert len(server.requests) == {"0.69": 1, "0.58": 2}[version]

    def test_cursor_pagination_reads_three_pages_through_nested_properties(
        self, examples_project: Path, version: Version
    ) -> None:
        def contact(number: int) -> dict[str, Json]:
            properties = {
                "email": f"{number}@example.com",
                "firstname": None,
                "lastname": "Lee",
                "lifecyclestage": None,
            }
            return {
                "id": str(number),
                "properties": properties,
                "archived": False,
                "createdAt": "2026-01-01",
                "updatedAt": "2026-01-02",
            }

        pages = [[contact(1), contact(2)], [contact(3)], [contact(4)]]
        route = cursor(
            "/crm/v3/objects/contacts",
            pages,
            cursor_param="after",
            cursor_at="paging.next.after",
            records_at="results",
        )
        settings = {"name": "all", "status": "ACTIVE", "employmentType": "INTERN"}
        with FakeNango([route], provider="hubspot", metadata=settings) as server:
            outcome = run(examples_project, version, "contacts", server, integration="hubspot")
        assert outcome.error is None
        assert [record["id"] for record in outcome.saved["Contact"]] == ["1", "2", "3", "4"]
        assert outcome.saved["Contact"][0] == {
            "id": "1",
            "email": "1@example.com",
            "last_name": "Lee",
            "archived": False,
            "created_at": "2026-01-01",
            "updated_at": "2026-01-02",
        }
        assert len(server.requests) == 3

    def test_offset_pagination_reads_three_pages(self, examples_project: Path, version: Version) -> None:
        def user(number: int) -> dict[str, Json]:
            return {
                "id": str(number),
                "userName": f"user{number}",
                "active": True,
                "emails": [{"value": "a@b.c", "primary": True}],
            }

        pages = [[user(n) for n in range(100)], [user(n) for n in range(100, 200)], [user(200)]]
        route = offset("/Users", pages, offset_param="startIndex", records_at="Resources", start=1)
        with FakeNango([route], provider="1password-scim") as server:
            outcome = run(examples_project, version, "users", server, integration="1password-scim")
        assert outcome.error is None
        assert [record["id"] for record in outcome.saved["ScimUser"]] == [str(n) for n in range(201)]
        assert [request.query["startIndex"] for request in server.requests] == ["1", "101", "201"]

    def test_a_link_in_the_body_that_is_only_a_path_is_followed(
        self, examples_project: Path, version: Version
    ) -> None:
        def account(number: int) -> dict[str, Json]:
            owner = {"Id": "u1", "id": "u1", "name": None}
            return {"Id": str(number), "Name": "Acme", "Industry": None, "Owner": owner} | {
                "CreatedDate": "2026-01-01T00:00:00.000Z",
                "LastModifiedDate": "2026-01-02T00:00:00.000Z",
            }

        path = "/services/data/v60.0/query"
        route = link_body(
            path,
            [[account(1)], [account(2)], [account(3)]],
            records_at="records",
            link_at="nextRecordsUrl",
            absolute=False,
        )
        with FakeNango(
            [route], provider="salesforce", connection_config={"instance_url": BASE_URL}
        ) as server:
            outcome = run(
                examples_project, version, "accounts", server, integration="salesforce", validate=False
            )
        assert outcome.error is None
        assert len(server.requests) == 3


class TestActions:
    NEW: dict[str, Json] = {
        "owner": "ann",
        "repo": "app",
        "title": "Change",
        "head": "topic",
        "base": "main",
    }

    def test_a_create_sends_the_input_and_gives_the_record_back(
        self, examples_project: Path, version: Version
    ) -> None:
        route = Route("POST", PULLS, Reply(pull_request(7, "2026-03-05T00:00:00Z"), status=201))
        with FakeNango([route], provider="github") as server:
            outcome = run(
                examples_project, version, "create-pull-request", server, integration="github", input=self.NEW
            )
        assert outcome.error is None
        assert outcome.result["id"] == 7
        assert "user" not in outcome.result
        [sent] = server.requests
        assert sent.body == {"title": "Change", "head": "topic", "base": "main"}
        assert sent.retries == 3

    def test_a_bad_input_is_refused_by_zod_before_any_request(
        self, examples_project: Path, version: Version
    ) -> None:
        wrong = {**self.NEW, "title": 7}
        with FakeNango([], provider="github") as server:
            outcome = run(
                examples_project,
                version,
                "create-pull-request",
                server,
                integration="github",
                input=wrong,
                validate=False,
            )
        assert outcome.error is not None
        assert "Invalid input" in str(outcome.error)
        assert server.requests == []

    @pytest.mark.parametrize(
        ("script", "method", "path", "action_input"),
        [
            ("github/create-pull-request", "POST", PULLS, NEW),
            ("hubspot/delete-contact", "DELETE", "/crm/v3/objects/contacts/7", {"id": "7"}),
            ("hubspot/list-contacts", "GET", "/crm/v3/objects/contacts", {}),
        ],
    )
    def test_what_the_api_refuses_reaches_the_caller_with_status_and_body(
        self,
        examples_project: Path,
        version: Version,
        script: str,
        method: str,
        path: str,
        action_input: Json,
    ) -> None:
        integration, name = script.split("/")
        body = {"message": "Validation Failed", "errors": [{"field": "head", "code": "invalid"}]}
        with FakeNango([Route(method, path, Reply(body, status=422))], provider=integration) as server:
            outcome = run(
                examples_project, version, name, server, integration=integration, input=action_input
            )
        assert outcome.error == {"type": "script_http_error", "payload": body, "status": 422}

    def test_a_list_gives_one_page_and_the_cursor_of_the_next(
        self, examples_project: Path, version: Version
    ) -> None:
        def contact(number: int) -> dict[str, Json]:
            properties = {"email": None, "firstname": None, "lastname": None, "lifecyclestage": None}
            return {
                "id": str(number),
                "properties": properties,
                "archived": False,
                "createdAt": "a",
                "updatedAt": "b",
            }

        route = cursor(
            "/crm/v3/objects/contacts",
            [[contact(1)], [contact(2)]],
            cursor_param="after",
            cursor_at="paging.next.after",
            records_at="results",
        )
        with FakeNango([route], provider="hubspot") as server:
            first = run(examples_project, version, "list-contacts", server, integration="hubspot", input={})
            last = run(
                examples_project,
                version,
                "list-contacts",
                server,
                integration="hubspot",
                input={"cursor": first.result["next_cursor"], "limit": 5},
            )
        assert [item["id"] for item in first.result["contacts"]] == ["1"]
        assert [item["id"] for item in last.result["contacts"]] == ["2"]
        assert "next_cursor" not in last.result
        assert server.requests[1].query["limit"] == "5"

    def test_a_list_that_is_given_nothing_at_all_asks_for_the_first_page(
        self, examples_project: Path, version: Version
    ) -> None:
        route = cursor("/crm/v3/objects/contacts", [[]], cursor_at="paging.next.after", records_at="results")
        with FakeNango([route], provider="hubspot") as server:
            outcome = run(
                examples_project, version, "list-contacts", server, integration="hubspot", validate=False
            )
        assert outcome.error is None
        assert len(server.requests) == 1

    def test_the_cursor_of_a_list_over_links_is_the_query_of_the_next_link(
        self, examples_project: Path, version: Version
    ) -> None:
        def ticket(number: int) -> dict[str, Json]:
            times = {"created_at": "a", "updated_at": "b"}
            return {
                "id": number,
                "subject": None,
                "status": "new",
                "priority": None,
                "tags": [],
                "requester_id": 1,
                "custom_fields": [],
                **times,
            }

        route = link_body(
            "/api/v2/tickets", [[ticket(1)], [ticket(2)]], records_at="tickets", link_at="next_page"
        )
        with FakeNango([route], provider="zendesk", connection_config={"subdomain": "acme"}) as server:
            first = run(
                examples_project, version, "list-tickets", server, integration="zendesk", input={"limit": 1}
            )
            last = run(
                examples_project,
                version,
                "list-tickets",
                server,
                integration="zendesk",
                input={"cursor": first.result["next_cursor"]},
            )
        assert [item["id"] for item in last.result["tickets"]] == [2]
        assert server.requests[1].query == {"per_page": "1", "page": "2"}

    def test_a_delete_says_that_it_worked(self, examples_project: Path, version: Version) -> None:
        route = Route("DELETE", "/Users/u1", Reply(None, status=204))
        with FakeNango([route], provider="1password-scim") as server:
            outcome = run(
                examples_project,
                version,
                "delete-user",
                server,
                integration="1password-scim",
                input={"id": "u1"},
            )
        assert outcome.result == {"success": True}
