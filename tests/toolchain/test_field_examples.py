"""The examples of shapes from the field, run against the API that each describes: what is saved or returned, and what is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .support.dryrun import run_script, successful_run
from .support.fake_api import FakeNango
from .support.third_party import BASE_URL, Json, Reply, Request, Route, cursor, link_body

if TYPE_CHECKING:
    from pathlib import Path

    from .support.project import Version

pytestmark = pytest.mark.toolchain


class TestJira:
    SITES = Route("GET", "/oauth/token/accessible-resources", Reply([{"id": "site-1"}, {"id": "site-2"}]))
    SEARCH = "/ex/jira/site-1/rest/api/3/search/jql"

    def issue(self, number: int, category: str) -> dict[str, Json]:
        fields = {
            "summary": f"Issue {number}",
            "status": {"name": "Closed", "statusCategory": {"key": category}},
            "assignee": None,
            "labels": ["a"],
            "updated": "2026-03-01T10:00:00.000+0000",
        }
        return {"id": str(number), "key": f"K-{number}", "fields": fields}

    def test_the_site_is_looked_up_and_the_query_asks_for_what_changed(
        self, examples_project: Path, version: Version
    ) -> None:
        pages = [[self.issue(1, "done")], [self.issue(2, "new")]]
        search = cursor(
            self.SEARCH,
            pages,
            cursor_param="nextPageToken",
            cursor_at="nextPageToken",
            records_at="issues",
        )
        with FakeNango([self.SITES, search], provider="jira") as server:
            outcome = successful_run(
                examples_project, version, "jira/issues", server, last_sync_date="2026-02-28"
            )
        assert [(issue["id"], issue["is_done"]) for issue in outcome.saved["JiraIssue"]] == [
            ("1", True),
            ("2", False),
        ]
        assert [request.path for request in server.requests] == [self.SITES.path, self.SEARCH, self.SEARCH]
        assert server.requests[1].query["jql"] == 'updated >= "2026-02-28" ORDER BY updated DESC'

    def test_the_first_run_asks_for_all(self, examples_project: Path, version: Version) -> None:
        search = Route("GET", self.SEARCH, Reply({"issues": [self.issue(1, "done")]}))
        with FakeNango([self.SITES, search], provider="jira") as server:
            successful_run(examples_project, version, "jira/issues", server)
        assert server.requests[1].query["jql"] == "ORDER BY updated DESC"

    def test_an_issue_is_created_with_its_fields_in_the_envelope(
        self, examples_project: Path, version: Version
    ) -> None:
        create = Route(
            "POST", "/ex/jira/site-1/rest/api/2/issue", Reply({"id": "7", "key": "K-7"}, status=201)
        )
        action_input = {"project": "K", "kind": "Task", "summary": "New", "due": "2026-04-01T12:00:00Z"}
        with FakeNango([self.SITES, create], provider="jira") as server:
            outcome = successful_run(
                examples_project, version, "jira/create-issue", server, input=action_input
            )
        assert outcome.result == {"id": "7", "key": "K-7"}
        assert server.requests[1].body == {
            "fields": {
                "project": {"key": "K"},
                "issuetype": {"name": "Task"},
                "summary": "New",
                "duedate": "2026-04-01",
            }
        }


class TestStripe:
    def customer(self, number: int) -> dict[str, Json]:
        return {
            "id": f"cus_{number}",
            "name": None,
            "email": "a@b.c",
            "address": None,
            "delinquent": None,
            "created": 1_772_000_000 + number,
        }

    def test_the_id_of_the_last_customer_asks_for_the_next_page(
        self, examples_project: Path, version: Version
    ) -> None:
        customers = [self.customer(number) for number in range(5)]

        def page(request: Request) -> Reply:
            ids = [customer["id"] for customer in customers]
            last = request.query.get("starting_after")
            start = ids.index(last) + 1 if last else 0
            return Reply({"data": customers[start : start + 2], "has_more": start + 2 < len(customers)})

        with FakeNango([Route("GET", "/v1/customers", page)], provider="stripe") as server:
            outcome = successful_run(examples_project, version, "stripe/customers", server)
        assert [record["id"] for record in outcome.saved["StripeCustomer"]] == [f"cus_{n}" for n in range(5)]
        assert outcome.saved["StripeCustomer"][0] == {
            "id": "cus_0",
            "email": "a@b.c",
            "country": "unknown",
            "is_delinquent": False,
            "created_at": "2026-02-25T06:13:20.000Z",
        }
        assert [request.query.get("starting_after") for request in server.requests] == [
            None,
            "cus_1",
            "cus_3",
        ]

    def test_a_customer_without_any_contact_is_refused_before_the_api_is_asked(
        self, examples_project: Path, version: Version
    ) -> None:
        with FakeNango([], provider="stripe") as server:
            outcome = run_script(
                examples_project, version, "stripe/create-customer", server, input={"name": "Ann"}
            )
        assert outcome.error is not None
        assert "A customer needs an email address or a phone number." in str(outcome.error["payload"])
        assert server.requests == []

    def test_a_customer_is_created_by_a_form(self, examples_project: Path, version: Version) -> None:
        create = Route("POST", "/v1/customers", Reply(self.customer(1)))
        with FakeNango([create], provider="stripe") as server:
            outcome = successful_run(
                examples_project,
                version,
                "stripe/create-customer",
                server,
                input={"email": "a@b.c", "name": "Ann"},
            )
        assert outcome.result["id"] == "cus_1"
        assert server.requests[0].body == "name=Ann&email=a%40b.c"


class TestSalesforceChanges:
    def opportunity(self, number: int, *, is_deleted: bool = False) -> dict[str, Json]:
        return {
            "Id": str(number),
            "Name": "Deal",
            "StageName": "Won",
            "Amount": None,
            "IsClosed": False,
            "IsDeleted": is_deleted,
            "Owner": {"Name": "Ann Lee"},
            "CloseDate": "2026-04-01",
        }

    def test_the_query_names_the_last_run_and_what_is_deleted_goes(
        self, examples_project: Path, version: Version
    ) -> None:
        pages = [[self.opportunity(1), self.opportunity(2, is_deleted=True)], [self.opportunity(3)]]
        query = link_body(
            "/services/data/v60.0/queryAll",
            pages,
            records_at="records",
            link_at="nextRecordsUrl",
            absolute=False,
        )
        settings = {"instance_url": BASE_URL}
        with FakeNango([query], provider="salesforce", connection_config=settings) as server:
            outcome = successful_run(
                examples_project,
                version,
                "salesforce-changes/opportunities",
                server,
                last_sync_date="2026-02-28",
            )
        assert [record["id"] for record in outcome.saved["Opportunity"]] == ["1", "3"]
        assert outcome.saved["Opportunity"][0] == {
            "id": "1",
            "name": "Deal",
            "stage": "Won",
            "amount": 0,
            "is_open": True,
            "owner_first_name": "Ann",
            "closes_on": "2026-04-01",
        }
        assert [record["id"] for record in outcome.deleted["Opportunity"]] == ["2"]
        assert (
            server.requests[0]
            .query["q"]
            .endswith(" FROM Opportunity WHERE SystemModstamp >= 2026-02-28T00:00:00.000Z")
        )


class TestIntercom:
    PART = {"id": "p", "author": {"name": "Ann"}, "body": None}

    def test_each_conversation_is_asked_for_on_its_own(
        self, examples_project: Path, version: Version
    ) -> None:
        listed = [
            {"id": str(number), "title": None, "state": "open", "updated_at": 1_772_000_000}
            for number in (1, 2)
        ]
        whole = {"conversation_parts": {"conversation_parts": [self.PART]}}
        routes = [
            Route("GET", "/conversations", Reply({"conversations": listed, "pages": {"next": None}})),
            *(
                Route("GET", f"/conversations/{conversation['id']}", Reply({**conversation, **whole}))
                for conversation in listed
            ),
        ]
        with FakeNango(routes, provider="intercom") as server:
            outcome = successful_run(examples_project, version, "intercom/conversations", server)
        assert outcome.saved["Conversation"] == [
            {
                "id": str(number),
                "state": "open",
                "messages": [{"id": "p", "author": "Ann", "text": ""}],
                "updated_at": "2026-02-25T06:13:20.000Z",
            }
            for number in (1, 2)
        ]
        assert [request.path for request in server.requests] == [
            "/conversations",
            "/conversations/1",
            "/conversations/2",
        ]


class TestAsana:
    def test_a_task_is_sent_in_an_envelope(self, examples_project: Path, version: Version) -> None:
        task = {"gid": "1", "name": "Call", "completed": False, "assignee": None, "permalink_url": "u"}
        with FakeNango([Route("POST", "/api/1.0/tasks", Reply({"data": task}))], provider="asana") as server:
            outcome = successful_run(
                examples_project,
                version,
                "asana/create-task",
                server,
                input={"name": "Call", "projects": ["p"], "due": "2026-04-01"},
            )
        assert outcome.result == {"gid": "1", "name": "Call", "is_completed": False, "url": "u"}
        assert server.requests[0].body == {
            "data": {"projects": ["p"], "name": "Call", "due_on": "2026-04-01"}
        }

    def test_a_task_without_a_place_is_refused(self, examples_project: Path, version: Version) -> None:
        with FakeNango([], provider="asana") as server:
            outcome = run_script(
                examples_project, version, "asana/create-task", server, input={"name": "Call", "projects": []}
            )
        assert outcome.error is not None
        assert "A task needs a workspace or a project." in str(outcome.error["payload"])


class TestLinear:
    def issue(self, number: int) -> dict[str, Json]:
        return {
            "id": str(number),
            "identifier": f"L-{number}",
            "title": "Issue",
            "state": {"name": "Todo"},
            "assignee": None,
            "labels": {"nodes": [{"name": "bug"}]},
            "updatedAt": "2026-03-01T00:00:00.000Z",
        }

    def answered(self, request: Request) -> Reply:
        after = request.body["variables"].get("after")
        number = int(after or 0) + 1
        info = {"hasNextPage": number < 3, "endCursor": str(number)}
        return Reply({"data": {"issues": {"nodes": [self.issue(number)], "pageInfo": info}}})

    def test_a_query_is_paged_by_its_page_info(self, examples_project: Path, version: Version) -> None:
        with FakeNango([Route("POST", "/graphql", self.answered)], provider="linear") as server:
            outcome = successful_run(
                examples_project, version, "linear/issues", server, last_sync_date="2026-02-28"
            )
        assert [(issue["id"], issue["labels"]) for issue in outcome.saved["LinearIssue"]] == [
            ("1", ["bug"]),
            ("2", ["bug"]),
            ("3", ["bug"]),
        ]
        changed = {"updatedAt": {"gt": "2026-02-28T00:00:00.000Z"}}
        assert [request.body["variables"] for request in server.requests] == [
            {"filter": changed},
            {"filter": changed, "after": "1"},
            {"filter": changed, "after": "2"},
        ]
        assert server.requests[0].body["query"].startswith("query Issues($after: String,")

    def test_errors_in_the_body_are_errors_of_the_script(
        self, examples_project: Path, version: Version
    ) -> None:
        body = {"data": None, "errors": [{"message": "The team is unknown"}]}
        action_input = {"teamId": "t", "title": "New"}
        with FakeNango([Route("POST", "/graphql", Reply(body))], provider="linear") as server:
            outcome = run_script(examples_project, version, "linear/create-issue", server, input=action_input)
        assert outcome.error is not None
        assert "The team is unknown" in str(outcome.error["payload"])
        assert server.requests[0].body["variables"] == {"input": action_input}
