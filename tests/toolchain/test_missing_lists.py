"""A missing list is an error that names its place, an empty one is not: dry runs of each pattern and style."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from .support.dryrun import DryRun, dryrun, run_script
from .support.fake_api import FakeNango
from .support.third_party import BASE_URL, Json, Reply, Request, Route

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .support.project import Version

pytestmark = pytest.mark.toolchain

TOP = "the top level"
RANGE = {"fromDate": "2026-01-01T00:00:00Z", "toDate": "2026-01-20T00:00:00Z", "useMetadata": True}
ACCOUNTS = {
    "configurations": [{"model": "Account", "fields": [{"id": "1", "name": "Name", "type": "string"}]}]
}
CONTACT = {"name": "a", "status": "ACTIVE", "employmentType": "INTERN"}


@dataclass(frozen=True)
class Case:
    """One script of the examples, and the list it reads.

    Attributes:
        script: its integration and its name.
        provider: whose entry Nango has for it.
        path: what it asks for, as a pattern.
        place: where the list is in the body.
        metadata: of the connection.
        input: of an action; ``None`` for a sync.
    """

    script: str
    provider: str
    path: str
    place: str
    metadata: Mapping[str, Json] = field(default_factory=dict)
    input: Json = None

    @property
    def empty(self) -> Json:
        """The body with an empty list in it."""
        return [] if self.place == TOP else {self.place: []}

    def run(self, project: Path, version: Version, reply: Reply) -> tuple[DryRun, list[Request]]:
        """Run the script against an API that always answers the same."""
        route = Route("GET", re.compile(self.path), reply)
        connection = {"instance_url": BASE_URL, "domain": "acme.test", "subdomain": "acme"}
        nango = FakeNango(
            [route], provider=self.provider, metadata=dict(self.metadata), connection_config=connection
        )
        with nango as server:
            outcome = run_script(project, version, self.script, server, input=self.input)
        return outcome, list(server.requests)


CASES = {
    "pages by cursor": Case(
        "hubspot/contacts", "hubspot", "/crm/v3/objects/contacts", "results", metadata=CONTACT
    ),
    "pages by offset": Case("1password-scim/users", "1password-scim", "/.*Users", "Resources"),
    "pages by a link in a header": Case(
        "github/pull-requests", "github", "/repos/.*", TOP, metadata={"owner": "ann", "repo": "app"}
    ),
    "pages by a link in the body": Case("salesforce/accounts", "salesforce", "/services/.*", "records"),
    "several models": Case(
        "pattern-paginated/planning", "gitlab", "/api/v4/projects/7/.*", TOP, metadata={"project": "7"}
    ),
    "windows": Case("pattern-window/recordings", "zoom", "/users/me/recordings", "meetings", metadata=RANGE),
    "batches of a long run": Case("pattern-extended/deals", "pipedrive", "/v2/deals", "data"),
    "a selected folder": Case(
        "pattern-selection/files",
        "box",
        "/2.0/folders/.*",
        "entries",
        metadata={"files": [], "folders": ["a"]},
    ),
    "configured models": Case(
        "pattern-configuration/configuration-based-sync",
        "salesforce",
        "/services/.*",
        "records",
        metadata=ACCOUNTS,
    ),
    "an action by cursor": Case(
        "hubspot/list-contacts", "hubspot", "/crm/v3/objects/contacts", "results", input={}
    ),
    "an action by link": Case("zendesk/list-tickets", "zendesk", "/api/v2/tickets", "tickets", input={}),
    "an action without pages": Case(
        "pattern-configuration/list-fields", "salesforce", "/services/.*", "fields", input={"name": "Account"}
    ),
    "an action that has no synced records": Case(
        "pattern-from-sync/list-employees", "hubspot", "/crm/v3/objects/users", "results", input={}
    ),
}


# The older CLI pages by the same code: one of each kind is enough to see that it is told there, too.
RUNS = [
    *(("0.69", name) for name in CASES),
    *(("0.58", name) for name in ("pages by offset", "windows", "an action by cursor")),
]
each_run = pytest.mark.parametrize(("version", "name"), RUNS, indirect=["version"])


@each_run
def test_a_list_that_is_not_there_is_an_error_with_its_place(
    name: str, examples_project: Path, version: Version
) -> None:
    case = CASES[name]
    outcome, _ = case.run(examples_project, version, Reply({"error": {"code": 7}}))
    assert outcome.error is not None
    expected = {"message": f"The response has no list at {case.place}"}
    assert (outcome.error["type"], outcome.error["payload"]) == ("action_script_runtime_error", expected)


@each_run
def test_an_empty_list_is_none(name: str, examples_project: Path, version: Version) -> None:
    case = CASES[name]
    outcome, requests = case.run(examples_project, version, Reply(case.empty))
    assert (outcome.error, outcome.saved) == (None, {})
    # At most once more, where nango.paginate did not tell which it was.
    assert len(requests) <= 2 * len({request.path for request in requests})


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
def test_the_children_of_a_record_are_a_list_too(examples_project: Path, version: Version) -> None:
    issue = {"id": 1, "iid": 1, "title": "A", "state": "opened", "updated_at": "2026-01-01T00:00:00Z"}
    routes = [
        Route("GET", "/api/v4/projects/7/issues", Reply([issue])),
        Route("GET", "/api/v4/projects/7/issues/1/notes", Reply({"message": "gone"})),
    ]
    with FakeNango(routes, provider="gitlab", metadata={"project": "7"}) as server:
        outcome = dryrun(
            examples_project, version, "issues", server, integration="pattern-paginated", compiled=True
        )
    assert outcome.error is not None
    assert outcome.error["payload"] == {"message": f"The response has no list at {TOP}"}


@dataclass(frozen=True)
class FirstPage:
    """A first page of one of the cases, which leads to a second one.

    Attributes:
        records: what the first page holds.
        ahead: what its body says beside them.
        page_parameter: the parameter that the query of the first request does not have.
    """

    records: list[Json]
    ahead: Mapping[str, Json]
    page_parameter: str

    def api(self, case: Case, second: Json) -> Reply | Any:
        """Answers the first page, and ``second`` to whatever is asked for behind it."""
        first = Reply({**self.ahead, case.place: self.records})
        return lambda request: Reply(second) if self._is_behind(request) else first

    def _is_behind(self, request: Request) -> bool:
        return request.query.get(self.page_parameter, "0") not in ("0", "1")


USER = {"id": "a", "userName": "ann", "active": True, "emails": []}
ENTRY = {"type": "file", "id": "1", "name": "a.txt", "modified_at": None, "shared_link": None}
FIRST_PAGES = {
    "pages by cursor": FirstPage(
        [{"id": "1", "archived": False, "createdAt": "2026-01-01", "updatedAt": "2026-01-01"}],
        {"paging": {"next": {"after": "two"}}},
        "after",
    ),
    "pages by offset": FirstPage([{**USER, "id": str(number)} for number in range(100)], {}, "startIndex"),
    "windows": FirstPage(
        [{"uuid": "a", "topic": "A", "start_time": "2026-01-02", "duration": 1}],
        {"next_page_token": "two"},
        "next_page_token",
    ),
    "a selected folder": FirstPage([{**ENTRY, "id": str(number)} for number in range(100)], {}, "offset"),
    "pages by a link in the body": FirstPage(
        [
            {
                "Id": "1",
                "Name": "A",
                "Owner": {"id": "2"},
                "CreatedDate": "2026-01-01T00:00:00Z",
                "LastModifiedDate": "2026-01-01T00:00:00Z",
            }
        ],
        {"nextRecordsUrl": "/services/data/v59.0/query?page=two"},
        "page",
    ),
}
LATER_RUNS = [
    *(("0.69", name) for name in FIRST_PAGES),
    *(("0.58", name) for name in ("pages by cursor", "pages by offset")),
]
each_later_run = pytest.mark.parametrize(("version", "name"), LATER_RUNS, indirect=["version"])


@each_later_run
def test_a_later_page_without_its_list_is_an_error_with_its_place(
    name: str, examples_project: Path, version: Version
) -> None:
    case = CASES[name]
    outcome, _ = case.run(examples_project, version, FIRST_PAGES[name].api(case, {"error": {"code": 7}}))
    assert outcome.error is not None
    assert outcome.error["payload"] == {"message": f"The response has no list at {case.place}"}


@each_later_run
def test_an_empty_later_page_is_the_end(name: str, examples_project: Path, version: Version) -> None:
    case = CASES[name]
    outcome, requests = case.run(examples_project, version, FIRST_PAGES[name].api(case, case.empty))
    assert outcome.error is None
    ids = {record.get("id", record.get("uuid")) for record in outcome.saved[next(iter(outcome.saved))]}
    assert len(ids) == len(FIRST_PAGES[name].records)
    # The first page, the empty one, and that once more where nango.paginate did not tell which it was.
    assert len(requests) <= 3
