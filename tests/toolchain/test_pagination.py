"""Every style of pagination, from the provider's entry and from the answers: three pages read by syncs and list actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from nango_scaffold.project import NangoProject
from nango_scaffold.report import Integration, Run, page
from nango_scaffold.report.page import plain

from .support import lint, nango
from .support.dryrun import dryrun
from .support.fake_api import FakeNango
from .support.project import prepare
from .support.scaffolded import in_an_empty_project, job, tree_of
from .support.third_party import Json, Reply, Request, Route, cursor, link_body, link_header, offset

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from nango_scaffold.operations import Job

    from .support.project import Version

pytestmark = pytest.mark.toolchain

USER = {"id": "string", "name": "string"}
PAGES = [[{"id": f"{page}{index}", "name": "Ann"} for index in (1, 2)] for page in (1, 2, 3)]
ALL = [user["id"] for page in PAGES for user in page]
OWN = "the provider's own (providers.yaml (node_modules, 0.69.36))"
OVER = "the answers, over the provider's own"
ANSWERS = "the answers"

Pages = Callable[[str, "Sequence[Sequence[Json]]"], Route] if TYPE_CHECKING else Any


def cut(route: Callable[..., Route], **how: Any) -> Pages:
    """One of the collections of the fake API, to be put at a path."""
    return lambda path, pages: route(path, pages, **how)


@dataclass(frozen=True)
class Style:
    """One way to page: what the answers say, how the API answers, what is sent for each page, and the reason told."""

    provider: str
    pages: Pages
    sent: Sequence[Mapping[str, str]]
    reason: str
    paginate: Mapping[str, Any] | None = None
    response_path: str | None = None
    method: str = "GET"
    connection_config: Mapping[str, str] = field(default_factory=dict)

    @property
    def sent_by_a_sync(self) -> list[Mapping[str, str]]:
        """The requests of a sync, with one more where the last page does not show that it is the last."""
        settings = self.paginate or {}
        counts = "offset_name_in_request" in settings or self.provider == "pipedrive"
        return [*self.sent, *(self.sent[-1:] if counts and "limit" not in settings else [])]

    def request(self) -> dict[str, Any]:
        settings = {"path": "/users", "paginate": self.paginate, "response_path": self.response_path}
        return {name: value for name, value in settings.items() if value is not None} | {
            "method": self.method
        }


SHOPIFY = {"subdomain": "acme"}
STYLES: Mapping[str, Style] = {
    "link-in-header": Style(
        "github", cut(link_header), [{}, {"page": "2"}, {"page": "3"}], f"link in a header, {OWN}"
    ),
    "link-in-header-said": Style(
        "shopify",
        cut(link_header, records_at="users"),
        [{"limit": "2"}, {"limit": "2", "page": "2"}, {"limit": "2", "page": "3"}],
        f"link in a header, {ANSWERS}",
        {
            "type": "link",
            "link_rel_in_response_header": "next",
            "limit": 2,
            "limit_name_in_request": "limit",
        },
        response_path="users",
        connection_config=SHOPIFY,
    ),
    "link-in-body": Style(
        "zendesk",
        cut(link_body, records_at="users", link_at="next_page"),
        [{}, {"page": "2"}, {"page": "3"}],
        f"link in the body, {OWN}",
        response_path="users",
        connection_config=SHOPIFY,
    ),
    "link-in-body-relative": Style(
        "stripe",
        cut(link_body, records_at="data.users", link_at="links.next", absolute=False),
        [{}, {"page": "2"}, {"page": "3"}],
        f"link in the body, {ANSWERS}",
        {"type": "link", "link_path_in_response_body": "links.next"},
        response_path="data.users",
    ),
    "link-in-body-over-header": Style(
        "github",
        cut(link_body, records_at="items", link_at="next"),
        [{}, {"page": "2"}, {"page": "3"}],
        f"link in the body, {OVER}",
        {"link_path_in_response_body": "next"},
        response_path="items",
    ),
    "cursor": Style(
        "hubspot",
        cut(cursor, cursor_param="after", cursor_at="paging.next.after", records_at="results"),
        [{}, {"after": "to-page-2"}, {"after": "to-page-3"}],
        f"cursor, {OWN}",
    ),
    "cursor-over-own": Style(
        "hubspot",
        cut(cursor, cursor_param="after", cursor_at="next", records_at="users"),
        [{"limit": "2"}, {"limit": "2", "after": "to-page-2"}, {"limit": "2", "after": "to-page-3"}],
        f"cursor, {OVER}",
        {"cursor_path_in_response": "next", "limit": 2},
        response_path="users",
    ),
    "cursor-over-link": Style(
        "github",
        cut(cursor, cursor_at="meta.next"),
        [{}, {"cursor": "to-page-2"}, {"cursor": "to-page-3"}],
        f"cursor, {OVER}",
        {"type": "cursor", "cursor_path_in_response": "meta.next", "cursor_name_in_request": "cursor"},
        response_path="items",
    ),
    "offset": Style(
        "pipedrive",
        cut(offset, offset_param="start", records_at="data"),
        [{"start": "0"}, {"start": "2"}, {"start": "4"}, {"start": "6"}],
        f"offset by response size, {OWN}",
        connection_config={"api_domain": "https://acme.pipedrive.com"},
    ),
    "offset-by-response-size": Style(
        "stripe",
        cut(offset, start=1),
        [{"offset": "1"}, {"offset": "3"}, {"offset": "5"}, {"offset": "7"}],
        f"offset by response size, {ANSWERS}",
        {
            "type": "offset",
            "offset_name_in_request": "offset",
            "offset_start_value": 1,
            "offset_calculation_method": "by-response-size",
        },
        response_path="",
    ),
    "offset-by-page": Style(
        "stripe",
        cut(offset, offset_param="page", records_at="items", start=1, by="per-page"),
        [{"page": "1"}, {"page": "2"}, {"page": "3"}, {"page": "4"}],
        f"offset by page, {ANSWERS}",
        {
            "type": "offset",
            "offset_name_in_request": "page",
            "offset_start_value": 1,
            "offset_calculation_method": "per-page",
        },
        response_path="items",
    ),
    "cursor-in-body": Style(
        "notion",
        cut(cursor, cursor_param="start_cursor", records_at="results", method="POST"),
        [{}, {"start_cursor": "to-page-2"}, {"start_cursor": "to-page-3"}],
        f"cursor in the request body, {OWN}",
        method="POST",
    ),
    "cursor-in-body-said": Style(
        "stripe",
        cut(cursor, cursor_param="after", method="POST"),
        [{}, {"after": "to-page-2"}, {"after": "to-page-3"}],
        f"cursor in the request body, {ANSWERS}",
        {
            "type": "cursor",
            "cursor_path_in_response": "next_cursor",
            "cursor_name_in_request": "after",
            "in_body": True,
        },
        response_path="items",
        method="POST",
    ),
    "single-page": Style(
        "github",
        cut(link_header),
        [{}],
        f"a single page, {OVER}",
        {"type": "none"},
    ),
}


def answers(name: str) -> dict[str, Any]:
    style = STYLES[name]
    return {
        "provider": style.provider,
        "integration": name,
        "models": {"PagedUser": USER},
        "syncs": [{"name": "users", "model": "PagedUser", "request": style.request()}],
        "actions": [{"name": "list-users", "request": style.request()}],
    }


def jobs() -> list[Job]:
    return [job(answers(name)) for name in STYLES]


@pytest.fixture(scope="module")
def project(version: Version, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = prepare(tree_of(jobs()), version, tmp_path_factory.mktemp("styles"))
    built = nango.build(project, version)
    assert built.complete, (built.problems, built.output[-3000:])
    return project


def server(name: str) -> FakeNango:
    style = STYLES[name]
    return FakeNango(
        [style.pages("/users", PAGES)],
        provider=style.provider,
        connection_config=style.connection_config or None,
    )


def sent(api: FakeNango, name: str) -> list[Mapping[str, Any]]:
    """What was sent with each request, as texts: in the query, or in the body where that is the style."""
    parts = (
        request.query if STYLES[name].method == "GET" else request.body or {} for request in api.requests
    )
    return [{key: str(value) for key, value in part.items()} for part in parts]


@pytest.mark.parametrize("name", STYLES)
def test_a_sync_reads_every_page(project: Path, version: Version, name: str) -> None:
    with server(name) as api:
        outcome = dryrun(project, version, "users", api, integration=name, compiled=True)
    assert outcome.error is None, outcome.output
    assert [user["id"] for user in outcome.saved["PagedUser"]] == (
        ALL if len(STYLES[name].sent) > 1 else ["11", "12"]
    )
    assert sent(api, name) == STYLES[name].sent_by_a_sync


# Links show each page to the script, and the single page is looked at as it is.
NOT_SHOWN = [name for name, style in STYLES.items() if "cursor" in name or "offset" in name]


@pytest.mark.parametrize("name", NOT_SHOWN)
def test_a_second_page_without_its_list_is_an_error(project: Path, version: Version, name: str) -> None:
    style = STYLES[name]
    route = style.pages("/users", PAGES)

    def answer(request: Request) -> Reply:
        part = request.query if style.method == "GET" else request.body or {}
        is_first = {key: str(value) for key, value in part.items()} == style.sent[0]
        return route.reply(request) if is_first else Reply({"error": "overloaded"})

    api = FakeNango(
        [Route(style.method, "/users", answer)],
        provider=style.provider,
        connection_config=style.connection_config or None,
    )
    with api:
        outcome = dryrun(project, version, "users", api, integration=name, compiled=True)
    assert outcome.error is not None, outcome.output
    assert outcome.error["payload"]["message"].startswith("The response has no list at ")
    assert len(api.requests) == 3


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
@pytest.mark.parametrize("name", STYLES)
def test_a_list_action_gives_a_page_and_the_way_to_the_next(
    project: Path, version: Version, name: str
) -> None:
    assert_pages(project, version, name)


@pytest.mark.nightly
@pytest.mark.parametrize("version", ["0.58"], indirect=True)
@pytest.mark.parametrize("name", STYLES)
def test_a_list_action_does_so_on_the_older_cli(project: Path, version: Version, name: str) -> None:
    assert_pages(project, version, name)


def assert_pages(project: Path, version: Version, name: str) -> None:
    action_input: dict[str, Json] = {}
    pages: list[list[str]] = []
    with server(name) as api:
        for _ in STYLES[name].sent:
            outcome = dryrun(
                project, version, "list-users", api, integration=name, input=action_input, compiled=True
            )
            assert outcome.error is None, outcome.output
            pages.append([user["id"] for user in outcome.result["users"]])
            action_input = (
                {"cursor": outcome.result["next_cursor"]} if "next_cursor" in outcome.result else {}
            )
            if not action_input:
                break
    assert [page for page in pages if page] == (
        [[user["id"] for user in page] for page in PAGES] if len(STYLES[name].sent) > 1 else [["11", "12"]]
    )
    assert sent(api, name) == STYLES[name].sent


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
def test_no_official_tool_finds_anything(project: Path) -> None:
    assert lint.eslint(project) == []
    assert lint.prettier(project) == []
    assert lint.yamllint(project) == []


def test_the_reason_of_each_pagination_is_told() -> None:
    paginations = in_an_empty_project(jobs()).paginations
    assert {name: reasons["users"] for name, reasons in paginations.items()} == {
        name: style.reason for name, style in STYLES.items()
    }
    assert all(reasons["users"] == reasons["list-users"] for reasons in paginations.values())


def test_a_dry_run_shows_each_reason() -> None:
    run = Run(NangoProject(".", "."), tuple(Integration(name) for name in STYLES), dry=True)
    lines = plain(page(in_an_empty_project(jobs()), run)).splitlines()
    for name, style in STYLES.items():
        first = lines.index(f"How {name} reads pages:") + 1
        assert lines[first : first + 2] == [
            f"  pagination of users: {style.reason}",
            f"  pagination of list-users: {style.reason}",
        ]
