"""The values in a request: connection, last run, formats, optional stretches, body trees, conditions, other hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from .support import lint, nango
from .support.dryrun import DryRun, dryrun
from .support.fake_api import FakeNango
from .support.project import prepare
from .support.scaffolded import job, tree_of
from .support.third_party import Json, Reply, Request, Route

if TYPE_CHECKING:
    from pathlib import Path

    from .support.project import Version

pytestmark = pytest.mark.toolchain

ONE_PAGE = {"type": "none"}
LIST = {"paginate": ONE_PAGE, "response_path": "items"}
BOOKS: dict[str, Any] = {
    "provider": "github",
    "integration": "books",
    "models": {
        "Settings": {
            "since?": "string",
            "size": "string",
            "kind": "all | open",
            "team?": "string",
            "owner": {"name": "string", "site?": {"url": "string"}},
            "filter?": {"tag?": "string"},
        },
        "Invoice": {"id": "string"},
        "Team": {"id": "string"},
        "Line": {"id": "string"},
        "Visit": {"id": "string"},
        "Entry": {"id": "string"},
        "Cell": {"id": "string", "sheet": "string", "owner?": "string"},
        "Page": {"id": "string", "kind": "string"},
        "Item": {"sku": "string", "count?": "number"},
        "Address": {"city?": "string", "zip": "string"},
        "CreateInvoice": {
            "id": "string",
            "name": "string",
            "due?": "string",
            "start": "string | number",
            "amount": "string",
            "price": "number",
            "note?": "string | null",
            "tags?": "string[]",
            "items": "Item[]",
            "address?": "Address",
        },
        "Order": {
            "name": "string",
            "note?": "string",
            "limit?": "number",
            "ids?": "number[]",
            "items": "Item[]",
            "address?": "Address",
        },
        "Captured": {"status": "number"},
        "Published": {"id": "string", "is_new": "boolean", "status?": "number"},
        "CreateCharge": {"amount": "string", "note?": "string"},
        "UpdateInvoice": {"id": "string", "name?": "string", "open?": "boolean"},
        "GetInvoice": {"id?": "string", "full?": "boolean"},
    },
    "syncs": [
        {
            "name": "invoices",
            "sync_type": "incremental",
            "models": ["Invoice", "Team"],
            "metadata": "Settings",
            "request": {
                **LIST,
                "path": "/company/${connection.realmId}/query[[/since/${lastSyncDate:date}]]",
                "base_url": "https://${connection.host}/v3",
                "params": {
                    "q": "select * from Invoice where owner = '${metadata.owner.name}'"
                    "[[ and updated > '${lastSyncDate}']][[ and seen > ${metadata.since:epoch_seconds}]]",
                    "only": "[[since ${lastSyncDate}]]",
                    "ms": "${lastSyncDate:epoch_milliseconds}",
                    "size": "${metadata.size:number}",
                    "two": "[[url=${metadata.owner.site.url}]][[team=${metadata.team}]]",
                    "site": "${metadata.owner.site.url}",
                    "literal": "a [[b]] ${'[['}c${']]'} ${'${d}'} `e`",
                    "open": {"value": True, "when": "metadata.kind === 'open' && lastSyncDate"},
                    "team": {"value": "${metadata.team}", "when": "metadata.kind !== 'all' || !lastSyncDate"},
                },
                "headers": {
                    "If-Modified-Since": "${lastSyncDate:http}",
                    "X-Kind": {"value": "${metadata.kind}", "when": "metadata.team?.startsWith('x') ?? true"},
                },
            },
            "requests": {"Team": {**LIST, "path": "/teams", "params": {"owner": "${metadata.owner.name}"}}},
            "children": {
                **LIST,
                "model": "Line",
                "path": "/lines/search",
                "base_url": "https://lines.example.com",
                "json": {
                    "...": "metadata.filter",
                    "invoice": "${parent.id}",
                    "company": "${connection.realmId}",
                    "changed": {"after": "${lastSyncDate}", "fields": ["a", 1, None]},
                    "owner": "${metadata.owner}",
                },
            },
            "deleted": {
                **LIST,
                "path": "/deleted",
                "params": {"entity": "Invoice:${connection.realmId}", "since": "${lastSyncDate:date}"},
            },
        },
        {
            "name": "cells",
            "model": "Cell",
            "request": {
                "path": "/cells",
                "response_path": "sheet.rows",
                "paginate": {
                    "type": "cursor",
                    "cursor_path_in_response": "next",
                    "cursor_name_in_request": "after",
                },
            },
            "mapping": {
                "sheet": {"expression": "body.sheet.title"},
                "owner": {"expression": "body.owners?.find((owner) => owner.id === response.by)?.name"},
            },
        },
        {
            "name": "visits",
            "pattern": "window",
            "request": {
                "path": "/visits",
                "params": {"site": "${connection.site}"},
                "paginate": {"type": "cursor", "cursor_path_in_response": "n", "cursor_name_in_request": "c"},
            },
        },
        {
            "name": "entries",
            "pattern": "extended",
            "request": {
                "path": "/entries",
                "headers": {"X-Site": "${connection.site}", "X-Key": "${= connection.site.padStart(4, '0')}"},
                "params": {"even": "${= Number(connection.site) % 2 === 0}"},
            },
        },
        {
            "name": "pages",
            "pattern": "selection",
            "request": {"path": "/sites/${connection.site}/folders/${folder}"},
            "selection": {"item_path": "/sites/${connection.site}/pages/${item}"},
        },
    ],
    "actions": [
        {
            "name": "create-invoice",
            "input": "CreateInvoice",
            "output": "Invoice",
            "dates": {"start": "date"},
            "request": {
                "path": "/company/${connection.realmId}/invoices/${input.id}",
                "base_url": "https://${connection.host}",
                "headers": {"X-Due": "${input.due:http}", "X-Amount": "${input.amount:number}"},
                "params": {"city": "${input.address.city}"},
                "json": {
                    "data": {
                        "type": "invoice",
                        "attributes": {
                            "label": "Invoice ${input.name}[[, due ${input.due:date}]]",
                            "due": "${input.due:epoch_seconds}",
                            "start": "${input.start}",
                            "starts": "${input.start:http}",
                            "amount": "${input.amount:number}",
                            "price": "${input.price:text}",
                            "note": "${input.note}",
                            "tags": "${input.tags}",
                            "items": "${input.items}",
                            "zip": "${input.address.zip}",
                            "fixed": [1, True, None, "x ${input.name}"],
                        },
                        "meta": {"tags": "${input.tags}"},
                        "place": {"country": "ch", "...": "input.address"},
                    }
                },
            },
        },
        {
            "name": "update-invoice",
            "input": "UpdateInvoice",
            "output": "Invoice",
            "request": {
                "path": "/invoices/${input.id}",
                "json": {"invoice": {"...": "input", "by": "nango"}},
            },
        },
        {
            "name": "replace-invoice",
            "input": "UpdateInvoice",
            "output": "Invoice",
            "request": {
                "path": "/invoices/${input.id}",
                "method": "PATCH",
                "json": [{"op": "replace", "path": "/id", "value": "${input.id}"}],
            },
        },
        {
            "name": "create-charge",
            "input": "CreateCharge",
            "output": "Invoice",
            "request": {
                "path": "/charges",
                "encoding": "form",
                "json": {"amount": "${input.amount:number}", "currency": "chf", "note": "n: ${input.note}"},
            },
        },
        {
            "name": "get-invoice",
            "input": "GetInvoice",
            "output": "Invoice",
            "request": {
                "path": "/invoice",
                "params": {"id": "${input.id}", "view": {"value": "full", "when": "input.full === true"}},
            },
        },
        {
            "name": "capture-event",
            "input": "UpdateInvoice",
            "output": "Captured",
            "mapping": {"status": {"expression": "status"}},
            "request": {"method": "POST", "path": "/events"},
        },
        {
            "name": "publish-event",
            "input": "UpdateInvoice",
            "output": "Published",
            "mapping": {"is_new": {"expression": "status === 201"}, "status": {"expression": "status"}},
            "request": {"method": "PUT", "path": "/events", "response_path": "event"},
        },
        {
            "name": "send-order",
            "input": "Order",
            "output": "Invoice",
            "lookups": [{"name": "site", "path": "/site", "pick": "key"}],
            "request": {
                "method": "POST",
                "path": "/orders/${= input.name.split(' ')[0] ?? '?' }[[/of/${= input.note?.trim()}]]",
                "params": {
                    "limit": "${= Math.min(input.limit ?? 100, 200)}",
                    "note": "${= input.note?.trim()}",
                    "site": "${= `${lookup.site}}`}",
                    "big": "${= input.items.length > 1}",
                    "few": {"value": 1, "when": "lookup.site === 's' && input.items.length < 2"},
                },
                "headers": {"X-Skus": "a ${= input.items.map((item) => item.sku).join(',')}"},
                "json": {
                    "assignees": "${= input.ids?.map((id) => ({ id }))}",
                    "lines": "${= input.items.map((item) => ({ ...item, count: item.count ?? 1 }))}",
                    "place": {"zip": "${= input.address?.zip.toUpperCase()}"},
                    "list": ["${= input.name.length}", "n ${= input.name.length * 2}"],
                },
            },
        },
    ],
}
ISSUES = """query Issues($after: String, $since: DateTime) {
    # what `changed`, in ${pages}
    issues(after: $after, filter: { updatedAt: { gt: $since }, a_very_long_name_of_a_field_that_makes_the_line_wide: { eq: "a value that makes it wider still" } }) {
        nodes { id, title, }
        pageInfo { hasNextPage endCursor }
    }
}""".replace("${pages}", "$ {pages}")
CREATE = """mutation CreateIssue($input: IssueInput!) {
    issueCreate(input: $input) { success issue { id title } }
}"""
TRACKER: dict[str, Any] = {
    "provider": "linear",
    "integration": "tracker",
    "models": {
        "Issue": {"id": "string", "title?": "string"},
        "Label": {"id": "string"},
        "Note": {"id": "string"},
        "CreateIssue": {"title": "string", "due?": "string"},
        "ListIssues": {"cursor?": "string", "state?": "string"},
        "IssuePage": {"issues": "Issue[]", "next_cursor?": "string"},
    },
    "syncs": [
        {
            "name": "issues",
            "sync_type": "incremental",
            "models": ["Issue", "Label"],
            "request": {"graphql": {"query": ISSUES, "variables": {"since": "${lastSyncDate}"}}},
            "requests": {"Label": {"graphql": {"query": "{ labels { nodes { id } } }"}}},
            "children": {
                "model": "Note",
                "graphql": {
                    "query": "query ($id: ID!) { issue(id: $id) { notes { id } } }",
                    "variables": {"id": "${parent.id}"},
                },
                "response_path": "issue.notes",
            },
        }
    ],
    "actions": [
        {
            "name": "create-issue",
            "request": {
                "graphql": {
                    "query": CREATE,
                    "variables": {"input": {"title": "${input.title}", "due": "${input.due:date}"}},
                }
            },
        },
        {
            "name": "delete-issue",
            "output": "none",
            "request": {
                "graphql": {
                    "query": "mutation ($id: ID!) { issueDelete(id: $id) { success } }",
                    "variables": {"id": "${input.id}"},
                }
            },
        },
        {
            "name": "list-issues",
            "input": "ListIssues",
            "output": "IssuePage",
            "request": {
                "graphql": {
                    "query": "query ($after: String, $state: String) { issues(after: $after, state: $state) "
                    "{ nodes { id title } pageInfo { hasNextPage endCursor } } }",
                    "variables": {"state": "${input.state}"},
                }
            },
        },
    ],
}
SETTINGS = {"size": "50", "kind": "all", "owner": {"name": "ann"}}
CONNECTION = {"realmId": "r1", "host": "eu.example.com", "site": 7}
LAST_RUN = "2026-03-01T10:20:30.000Z"


@pytest.fixture(scope="module")
def project(version: Version, tmp_path_factory: pytest.TempPathFactory) -> Path:
    prepared = prepare(tree_of([job(BOOKS), job(TRACKER)]), version, tmp_path_factory.mktemp("placeholders"))
    built = nango.build(prepared, version)
    assert built.complete, (built.problems, built.output[-3000:])
    return prepared


def run(
    project: Path,
    version: Version,
    script: str,
    server: FakeNango,
    integration: str = "books",
    **options: Any,
) -> DryRun:
    return dryrun(project, version, script, server, integration=integration, compiled=True, **options)


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
def test_no_official_tool_finds_anything(project: Path) -> None:
    assert lint.eslint(project) == []
    assert lint.prettier(project) == []
    assert lint.yamllint(project) == []


class TestSync:
    def requests_of_invoices(
        self,
        project: Path,
        version: Version,
        settings: dict[str, Json] = SETTINGS,
        last_run: str | None = None,
    ) -> tuple[Request, Request, Request]:
        """The first request, that of the child, and the last one, of a run that finds one record of each kind."""

        def items(request: Request) -> Reply:
            return Reply({"items": [{"id": f"of {request.path.split('/')[1]}"}]})

        paths = ("/company/r1/query", "/company/r1/query/since/2026-03-01", "/teams", "/deleted")
        routes = [*(Route("GET", path, items) for path in paths), Route("POST", "/lines/search", items)]
        with FakeNango(routes, provider="github", metadata=settings, connection_config=CONNECTION) as server:
            outcome = run(project, version, "invoices", server, last_sync_date=last_run)
            assert outcome.error is None, outcome.output
            assert outcome.saved["Line"] == [{"id": "of lines"}]
        return server.requests[0], server.requests[1], server.requests[-1]

    def test_a_first_run_leaves_out_what_asks_by_the_last_one(self, project: Path, version: Version) -> None:
        first, child, _ = self.requests_of_invoices(project, version)
        assert (first.path, first.base_url_override) == ("/company/r1/query", "https://eu.example.com/v3")
        assert dict(first.query) == {
            "q": "select * from Invoice where owner = 'ann'",
            "size": "50",
            "literal": "a [[b]] [[c]] ${d} `e`",
        }
        assert "if-modified-since" not in first.forwarded
        assert first.forwarded["x-kind"] == "all"
        assert child.base_url_override == "https://lines.example.com"
        assert child.body == {
            "invoice": "of company",
            "company": "r1",
            "changed": {"fields": ["a", 1, None]},
            "owner": {"name": "ann"},
        }

    def test_a_later_run_asks_by_it_in_each_format(self, project: Path, version: Version) -> None:
        settings = SETTINGS | {
            "kind": "open",
            "since": "2026-01-01",
            "team": "blue",
            "owner": {"name": "ann", "site": {"url": "u"}},
            "filter": {"tag": "t"},
        }
        first, child, last = self.requests_of_invoices(project, version, settings, last_run=LAST_RUN)
        assert first.path == "/company/r1/query/since/2026-03-01"
        assert dict(first.query) == {
            "q": f"select * from Invoice where owner = 'ann' and updated > '{LAST_RUN}' and seen > 1767225600",
            "only": f"since {LAST_RUN}",
            "ms": "1772360430000",
            "size": "50",
            "two": "url=uteam=blue",
            "site": "u",
            "literal": "a [[b]] [[c]] ${d} `e`",
            "open": "true",
            "team": "blue",
        }
        assert first.forwarded["if-modified-since"] == "Sun, 01 Mar 2026 10:20:30 GMT"
        assert "x-kind" not in first.forwarded
        assert child.body["changed"] == {"after": LAST_RUN, "fields": ["a", 1, None]}
        assert child.body["tag"] == "t"
        assert (last.path, dict(last.query)) == (
            "/deleted",
            {"entity": "Invoice:r1", "since": "2026-03-01"},
        )

    def test_what_stands_beside_the_list_goes_into_each_record(self, project: Path, version: Version) -> None:
        owners = [{"id": 7, "name": "ann"}]
        pages = [
            {"sheet": {"title": "A", "rows": [{"id": "1", "by": 7}]}, "owners": owners, "next": "b"},
            {"sheet": {"title": "B", "rows": [{"id": "2", "by": 8}]}},
        ]
        route = Route("GET", "/cells", lambda request: Reply(pages["after" in dict(request.query)]))
        with FakeNango([route], provider="github") as server:
            outcome = run(project, version, "cells", server)
            assert outcome.error is None, outcome.output
        assert outcome.saved["Cell"] == [{"id": "1", "sheet": "A", "owner": "ann"}, {"id": "2", "sheet": "B"}]
        assert [dict(request.query) for request in server.requests] == [{}, {"after": "b"}]

    def test_what_the_connection_lacks_is_named(self, project: Path, version: Version) -> None:
        with FakeNango(
            provider="github", metadata=SETTINGS, connection_config={"host": "h", "realmId": ""}
        ) as server:
            outcome = run(project, version, "invoices", server)
        assert "realmId" in str(outcome.error)
        assert server.requests == []

    def test_a_value_that_is_no_date_is_named(self, project: Path, version: Version) -> None:
        settings = SETTINGS | {"since": "soon"}
        with FakeNango(provider="github", metadata=settings, connection_config=CONNECTION) as server:
            outcome = run(project, version, "invoices", server, last_sync_date=LAST_RUN)
        assert "since is no date: soon" in str(outcome.error)


class TestAction:
    def sent(self, project: Path, version: Version, name: str, input: Json, *routes: Route) -> Request:
        with FakeNango(routes, provider="github", connection_config=CONNECTION) as server:
            outcome = run(project, version, name, server, input=input)
            assert outcome.error is None, outcome.output
        assert outcome.result == {"id": "1"}
        (request,) = server.requests
        return request

    def test_a_tree_of_all_there_is(self, project: Path, version: Version) -> None:
        route = Route("POST", "/company/r1/invoices/i1", Reply({"id": "1"}))
        action_input = {
            "id": "i1",
            "name": "ann's",
            "due": "2026-03-01",
            "start": "2026-02-01T05:00:00Z",
            "amount": "1.5",
            "price": 2,
            "note": None,
            "tags": ["a"],
            "items": [{"sku": "s"}],
            "address": {"zip": "8000"},
        }
        request = self.sent(project, version, "create-invoice", action_input, route)
        assert request.base_url_override == "https://eu.example.com"
        assert request.forwarded["x-due"] == "Sun, 01 Mar 2026 00:00:00 GMT"
        assert request.forwarded["x-amount"] == "1.5"
        assert dict(request.query) == {}
        assert request.body == {
            "data": {
                "type": "invoice",
                "attributes": {
                    "label": "Invoice ann's, due 2026-03-01",
                    "due": 1772323200,
                    "start": "2026-02-01",
                    "starts": "Sun, 01 Feb 2026 05:00:00 GMT",
                    "amount": 1.5,
                    "price": "2",
                    "note": None,
                    "tags": ["a"],
                    "items": [{"sku": "s"}],
                    "zip": "8000",
                    "fixed": [1, True, None, "x ann's"],
                },
                "meta": {"tags": ["a"]},
                "place": {"country": "ch", "zip": "8000"},
            }
        }

    def test_what_is_absent_is_left_out_and_its_envelope_stays(self, project: Path, version: Version) -> None:
        route = Route("POST", "/company/r1/invoices/i1", Reply({"id": "1"}))
        action_input = {"id": "i1", "name": "n", "start": 0, "amount": "1", "price": 2, "items": []}
        body = self.sent(project, version, "create-invoice", action_input, route).body
        assert body["data"]["meta"] == {}
        assert body["data"]["place"] == {"country": "ch"}
        assert sorted(body["data"]["attributes"]) == sorted(
            ["label", "start", "starts", "amount", "price", "items", "fixed"]
        )
        assert body["data"]["attributes"]["label"] == "Invoice n"

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_a_text_that_is_no_number_is_named(self, project: Path, version: Version) -> None:
        action_input = {"id": "i1", "name": "n", "start": 0, "amount": "much", "price": 2, "items": []}
        with FakeNango(provider="github", connection_config=CONNECTION) as server:
            outcome = run(project, version, "create-invoice", server, input=action_input)
        assert "amount is no number: much" in str(outcome.error)

    def test_the_input_is_spread(self, project: Path, version: Version) -> None:
        route = Route("PATCH", "/invoices/i1", Reply({"id": "1"}))
        body = self.sent(project, version, "update-invoice", {"id": "i1", "open": True}, route).body
        assert body == {"invoice": {"id": "i1", "open": True, "by": "nango"}}

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_a_body_may_be_a_list_or_a_form(self, project: Path, version: Version) -> None:
        route = Route("PATCH", "/invoices/i1", Reply({"id": "1"}))
        body = self.sent(project, version, "replace-invoice", {"id": "i1"}, route).body
        assert body == [{"op": "replace", "path": "/id", "value": "i1"}]
        route = Route("POST", "/charges", Reply({"id": "1"}))
        assert (
            self.sent(project, version, "create-charge", {"amount": "07"}, route).body
            == "amount=7&currency=chf"
        )

    @pytest.mark.parametrize(
        ("name", "method", "result"),
        [
            ("capture-event", "POST", {"status": 202}),
            ("publish-event", "PUT", {"id": "1", "is_new": False, "status": 202}),
        ],
    )
    def test_the_status_of_the_response_is_output(
        self, project: Path, version: Version, name: str, method: str, result: Json
    ) -> None:
        route = Route(method, "/events", Reply({"event": {"id": "1"}}, status=202))
        with FakeNango([route], provider="github") as server:
            outcome = run(project, version, name, server, input={"id": "1"})
            assert outcome.error is None, outcome.output
        assert outcome.result == result

    def ordered(self, project: Path, version: Version, action_input: Json, path: str) -> Request:
        """The request for an order, behind that for the site."""
        site = Route("GET", "/site", Reply({"key": "s"}))
        with FakeNango([site, Route("POST", path, Reply({"id": "1"}))], provider="github") as server:
            outcome = run(project, version, "send-order", server, input=action_input)
            assert outcome.error is None, outcome.output
        return server.requests[1]

    def test_values_are_computed_from_the_input(self, project: Path, version: Version) -> None:
        action_input = {
            "name": "ann lee",
            "note": " n ",
            "limit": 500,
            "ids": [1, 2],
            "items": [{"sku": "a"}, {"sku": "b", "count": 2}],
            "address": {"zip": "ab1"},
        }
        request = self.ordered(project, version, action_input, "/orders/ann/of/n")
        assert dict(request.query) == {"limit": "200", "note": "n", "site": "s}", "big": "true"}
        assert request.forwarded["x-skus"] == "a a,b"
        assert request.body == {
            "assignees": [{"id": 1}, {"id": 2}],
            "lines": [{"sku": "a", "count": 1}, {"sku": "b", "count": 2}],
            "place": {"zip": "AB1"},
            "list": [7, "n 14"],
        }

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_what_an_expression_gives_no_value_for_is_left_out(self, project: Path, version: Version) -> None:
        request = self.ordered(project, version, {"name": "ann", "items": [{"sku": "a"}]}, "/orders/ann")
        assert dict(request.query) == {"limit": "100", "site": "s}", "big": "false", "few": "1"}
        assert request.body == {"lines": [{"sku": "a", "count": 1}], "place": {}, "list": [3, "n 6"]}

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_a_condition_reads_an_input_without_required_fields(
        self, project: Path, version: Version
    ) -> None:
        route = Route("GET", "/invoice", Reply({"id": "1"}))
        query = self.sent(project, version, "get-invoice", {"full": True}, route).query
        assert dict(query) == {"view": "full"}
        assert dict(self.sent(project, version, "get-invoice", {"full": False}, route).query) == {}


class TestQueries:
    def answered(self, *bodies: Json) -> FakeNango:
        """A server that gives these answers, one after the other."""
        left = list(bodies)
        route = Route("POST", "/graphql", lambda _request: Reply(left.pop(0)))
        return FakeNango([route], provider="linear")

    def page(self, ids: list[str], cursor: str | None) -> Json:
        info = {"hasNextPage": cursor is not None, "endCursor": cursor}
        return {"data": {"issues": {"nodes": [{"id": id_, "title": "t"} for id_ in ids], "pageInfo": info}}}

    def test_a_sync_sends_its_queries_page_by_page(self, project: Path, version: Version) -> None:
        notes = {"data": {"issue": {"notes": [{"id": "n"}]}}}
        labels = {"data": {"labels": {"nodes": [{"id": "l"}]}}}
        server = self.answered(self.page(["1"], "c1"), notes, self.page(["2"], None), notes, labels)
        with server:
            outcome = run(project, version, "issues", server, "tracker", last_sync_date=LAST_RUN)
            assert outcome.error is None, outcome.output
        assert outcome.saved["Issue"] == [{"id": "1", "title": "t"}, {"id": "2", "title": "t"}]
        assert outcome.saved["Label"] == [{"id": "l"}]
        first, child, second, _, labelled = [request.body for request in server.requests]
        assert first["query"].split() == ISSUES.split()
        assert first["variables"] == {"since": LAST_RUN}
        assert second["variables"] == {"since": LAST_RUN, "after": "c1"}
        assert child["variables"] == {"id": "1"}
        assert labelled == {"query": "{ labels { nodes { id } } }"}

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    @pytest.mark.parametrize("data", [None, {"issues": {"nodes": []}}])
    def test_errors_are_no_empty_list(self, project: Path, version: Version, data: Json) -> None:
        server = self.answered({"data": data, "errors": [{"message": "no such field"}]})
        with server:
            outcome = run(project, version, "issues", server, "tracker")
        assert "no such field" in str(outcome.error)

    def test_a_mutation_gives_its_record(self, project: Path, version: Version) -> None:
        issue = {"id": "1", "title": "t"}
        server = self.answered({"data": {"issueCreate": {"success": True, "issue": issue}}})
        action_input = {"title": "t", "due": "2026-03-01T00:00:00Z"}
        with server:
            outcome = run(project, version, "create-issue", server, "tracker", input=action_input)
            assert outcome.error is None, outcome.output
        assert outcome.result == issue
        (request,) = server.requests
        assert request.body == {"query": CREATE, "variables": {"input": {"title": "t", "due": "2026-03-01"}}}

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    @pytest.mark.parametrize(
        ("name", "input_"), [("create-issue", {"title": "t"}), ("delete-issue", {"id": "1"})]
    )
    def test_errors_reach_the_caller(self, project: Path, version: Version, name: str, input_: Json) -> None:
        server = self.answered({"data": None, "errors": [{"message": "not allowed"}]})
        with server:
            outcome = run(project, version, name, server, "tracker", input=input_)
        assert "not allowed" in str(outcome.error)

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_a_list_action_hands_the_cursor_on(self, project: Path, version: Version) -> None:
        server = self.answered(self.page(["1"], "c1"))
        with server:
            outcome = run(
                project, version, "list-issues", server, "tracker", input={"cursor": "c0", "state": "o"}
            )
            assert outcome.error is None, outcome.output
        assert outcome.result == {"issues": [{"id": "1", "title": "t"}], "next_cursor": "c1"}
        assert server.requests[0].body["variables"] == {"after": "c0", "state": "o"}
