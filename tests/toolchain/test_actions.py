"""What actions accept, send and return: dry runs of one of each kind, and of the action that prefers synced records."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.examples import golden

from .support import nango
from .support.dryrun import DryRun, dryrun
from .support.fake_api import SECRET_KEY, FakeNango
from .support.project import prepare
from .support.third_party import Json, Reply, Request, Route, cursor

if TYPE_CHECKING:
    from .support.project import Version

pytestmark = pytest.mark.toolchain

CASE = Path(__file__).parent / "cases" / "actions.yml"


@pytest.fixture(scope="session")
def actions(version: Version, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The integration of ``cases/actions.yml``, generated and compiled."""
    source = tmp_path_factory.mktemp("actions")
    golden.scaffold([CASE], source)
    project = prepare(source, version, tmp_path_factory.mktemp(f"actions-{version}"))
    built = nango.build(project, version)
    assert built.complete, (built.problems, built.output)
    return project


def run(
    project: Path, version: Version, action: str, server: FakeNango, action_input: Json = None, **options: Any
) -> DryRun:
    integration = options.pop("integration", "actions")
    return dryrun(
        project,
        version,
        action,
        server,
        integration=integration,
        input=action_input,
        compiled=True,
        **options,
    )


def run_silent(
    project: Path, version: Version, action: str, server: FakeNango, action_input: Json = None
) -> DryRun:
    """Run an action that returns nothing: 0.58.7 does so, and then fails to save what there is not."""
    return run(project, version, action, server, action_input, validate=version != "0.58")


def only(server: FakeNango) -> Request:
    """The one request that reached the API."""
    assert len(server.requests) == 1
    assert server.requests[0].retries == 3
    return server.requests[0]


class TestNothingInOrOut:
    def test_an_action_without_input_and_output(self, actions: Path, version: Version) -> None:
        with FakeNango([Route("POST", "/ping", Reply({"ok": True}))], provider="github") as server:
            outcome = run_silent(actions, version, "ping", server)
        assert (outcome.error, outcome.result) == (None, None)
        assert only(server).body is None

    def test_an_action_whose_request_reads_nothing_takes_nothing(
        self, actions: Path, version: Version
    ) -> None:
        route = Route("GET", "/user", Reply({"id": "7", "login": "ann", "plan": "free"}))
        with FakeNango([route], provider="github") as server:
            outcome = run(actions, version, "get-current-user", server)
        assert (outcome.error, outcome.result) == (None, {"id": "7", "login": "ann"})

    def test_a_list_without_input(self, actions: Path, version: Version) -> None:
        with FakeNango([Route("GET", "/flags", Reply([{"id": "a", "x": 1}]))], provider="github") as server:
            outcome = run(actions, version, "list-flags", server)
        assert (outcome.error, outcome.result) == (None, {"flags": [{"id": "a"}]})

    def test_an_action_with_input_and_no_output(self, actions: Path, version: Version) -> None:
        with FakeNango([Route("DELETE", "/users/7", Reply(status=204))], provider="github") as server:
            outcome = run_silent(actions, version, "archive-user", server, {"id": "7"})
        assert (outcome.error, outcome.result) == (None, None)

    def test_what_the_api_refuses_is_still_told(self, actions: Path, version: Version) -> None:
        with FakeNango([Route("POST", "/ping", Reply({}, status=403))], provider="github") as server:
            outcome = run_silent(actions, version, "ping", server)
        assert outcome.error == {"type": "script_http_error", "payload": {}, "status": 403}


class TestBodies:
    USERS: Json = [{"login": "ann"}, {"login": "bob", "born": "2000-01-02"}]

    def test_a_list_is_the_whole_body(self, actions: Path, version: Version) -> None:
        with FakeNango([Route("POST", "/orgs/acme/users", Reply({}))], provider="github") as server:
            outcome = run(actions, version, "create-users", server, {"org": "acme", "users": self.USERS})
        assert (outcome.error, outcome.result) == (None, {"success": True})
        assert only(server).body == self.USERS

    def test_a_list_stands_under_the_name_the_api_has_for_it(self, actions: Path, version: Version) -> None:
        with FakeNango([Route("POST", "/users/import", Reply({}))], provider="github") as server:
            outcome = run_silent(actions, version, "import-users", server, {"users": self.USERS, "dry": True})
        assert outcome.error is None
        assert only(server).body == {"records": self.USERS, "dry_run": True}

    def test_an_item_that_does_not_fit_is_refused_before_any_request(
        self, actions: Path, version: Version
    ) -> None:
        with FakeNango([], provider="github") as server:
            outcome = run(
                actions, version, "import-users", server, {"users": [{"name": "x"}]}, validate=False
            )
        assert outcome.error is not None
        assert server.requests == []

    def test_a_form_is_sent_as_text(self, actions: Path, version: Version) -> None:
        action_input = {
            "id": "in_1", "amount": 12.5, "currency": "EUR", "late": False, "due": "2026-03-01", "memo": "a&b =c"
        }  # fmt: skip
        with FakeNango([Route("POST", "/invoices/in_1/pay", Reply({}))], provider="github") as server:
            outcome = run_silent(actions, version, "pay-invoice", server, action_input)
        assert outcome.error is None
        request = only(server)
        assert request.body == "amount=12.5&currency=EUR&late=false&due=1772323200&memo=a%26b+%3Dc"
        assert request.forwarded["content-type"] == "application/x-www-form-urlencoded"

    def test_what_is_absent_is_not_in_the_form(self, actions: Path, version: Version) -> None:
        with FakeNango([Route("POST", "/invoices/in_1/pay", Reply({}))], provider="github") as server:
            run_silent(
                actions,
                version,
                "pay-invoice",
                server,
                {"id": "in_1", "amount": 1, "late": True, "memo": None},
            )
        assert only(server).body == "amount=1&late=true"


class TestHeaders:
    def test_headers_are_filled_from_the_input_as_text(self, actions: Path, version: Version) -> None:
        action_input = {"org": "acme", "token": "abc", "size": 3, "all": False}
        with FakeNango([Route("GET", "/head", Reply({}))], provider="github") as server:
            outcome = run_silent(actions, version, "get-head", server, action_input)
        assert outcome.error is None
        headers = only(server).forwarded
        assert {
            name: headers[name] for name in ("x-org", "authorization", "x-size", "x-all", "x-version")
        } == {
            "x-org": "acme",
            "authorization": "token abc",
            "x-size": "3",
            "x-all": "false",
            "x-version": "3",
        }

    def test_a_header_whose_field_is_absent_is_not_sent(self, actions: Path, version: Version) -> None:
        with FakeNango([Route("GET", "/head", Reply({}))], provider="github") as server:
            run_silent(actions, version, "get-head", server, {"org": "acme", "size": 3})
        assert not {"authorization", "x-all"} & set(only(server).forwarded)


# What a caller may send for one and the same day, as UTC counts it.
FORMS = [
    "2026-03-01",
    "2026-03-02T01:30:00+02:00",
    "Sun, 01 Mar 2026 12:30:00 GMT",
]


class TestDates:
    def api(self) -> Route:
        return Route("GET", "/reports/r1/2026-03-01", Reply({"id": "r1"}))

    @pytest.mark.parametrize("since", FORMS)
    def test_any_form_is_taken_and_the_apis_own_is_sent(
        self, actions: Path, version: Version, since: str
    ) -> None:
        with FakeNango([self.api()], provider="github") as server:
            outcome = run(actions, version, "get-report", server, {"id": "r1", "since": since})
        assert (outcome.error, outcome.result) == (None, {"id": "r1"})
        assert only(server).path == "/reports/r1/2026-03-01"
        assert only(server).query == {}

    def test_each_date_has_its_own_form(self, actions: Path, version: Version) -> None:
        action_input = {
            "id": "r1",
            "since": "2026-03-01",
            "until": 1772368200000,
            "seen": 1772368200000,
            "at": "2026-03-01T13:30:00+01:00",
        }
        with FakeNango([self.api()], provider="github") as server:
            outcome = run(actions, version, "get-report", server, action_input)
        assert outcome.error is None
        assert only(server).query == {"until": "1772368200", "seen": "1772368200000"}
        assert only(server).forwarded["if-modified-since"] == "2026-03-01T12:30:00.000Z"

    @pytest.mark.parametrize("wrong", ["soon", "2026-13-45"])
    def test_a_text_that_is_no_date_is_refused_before_any_request(
        self, actions: Path, version: Version, wrong: str
    ) -> None:
        with FakeNango([], provider="github") as server:
            outcome = run(actions, version, "get-report", server, {"id": "r1", "since": wrong})
        assert outcome.error is not None
        assert f"since is no date: {wrong}" in str(outcome.error)
        assert server.requests == []

    def test_an_optional_date_that_is_none_is_refused_too(self, actions: Path, version: Version) -> None:
        action_input = {"id": "r1", "since": "2026-03-01", "at": "later"}
        with FakeNango([], provider="github") as server:
            outcome = run(actions, version, "get-report", server, action_input)
        assert "at is no date" in str(outcome.error)


class TestBytes:
    # No text in any encoding: every byte once.
    CONTENT = bytes(range(256))

    def test_bytes_come_back_as_base64_text(self, actions: Path, version: Version) -> None:
        reply = Reply(self.CONTENT, headers={"Content-Type": "application/pdf"})
        with FakeNango([Route("GET", "/files/7", reply)], provider="github") as server:
            outcome = run(actions, version, "download-file", server, {"id": "7"})
        assert outcome.error is None
        assert base64.b64decode(outcome.result["content"]) == self.CONTENT
        assert outcome.result["content_type"] == "application/pdf"
        assert only(server).path == "/files/7"

    def test_a_post_can_get_bytes_too(self, actions: Path, version: Version) -> None:
        reply = Reply(b"", headers={"Content-Type": "text/csv"})
        with FakeNango([Route("POST", "/export", reply)], provider="github") as server:
            outcome = run(actions, version, "export", server, {"kind": "users"})
        assert (outcome.error, outcome.result) == (None, {"content": "", "content_type": "text/csv"})
        assert only(server).body == {"kind": "users"}


def employee(number: int) -> dict[str, Json]:
    """An employee as the sync saves it."""
    return {"id": str(number), "email": f"{number}@example.com", "last_name": "Lee"}


def saved_employee(number: int, last_action: str = "ADDED") -> dict[str, Json]:
    """The same as Nango gives it back."""
    return {**employee(number), "_nango_metadata": {"last_action": last_action, "deleted_at": None}}


class TestFromSync:
    """The employees of ``examples/pattern-from-sync``: three saved, in pages of two; two others live."""

    SAVED = (saved_employee(1), saved_employee(2, "UPDATED"), saved_employee(9, "DELETED"), saved_employee(3))

    def live(self) -> Route:
        def raw(number: int) -> dict[str, Json]:
            names = {"hs_email": f"{number}@example.com", "hs_given_name": None, "hs_family_name": "Lee"}
            return {"id": str(number), "properties": names}

        return cursor(
            "/crm/v3/objects/users", [[raw(11)], [raw(12)]],
            cursor_param="after", cursor_at="paging.next.after", records_at="results",
        )  # fmt: skip

    def list(
        self,
        project: Path,
        version: Version,
        server: FakeNango,
        action_input: Json = None,
        *,
        key: str = SECRET_KEY,
    ) -> DryRun:
        server.environment_variables = {
            "NANGO_HOST": server.url,
            **({"NANGO_SECRET_KEY": key} if key else {}),
        }
        return run(
            project, version, "list-employees", server, action_input or {}, integration="pattern-from-sync"
        )

    def read(self, server: FakeNango) -> list[Request]:
        """The requests for saved records."""
        return [call for call in server.calls if call.path == "/records"]

    def test_saved_records_come_first_and_the_api_is_not_asked(
        self, examples_project: Path, version: Version
    ) -> None:
        with FakeNango([], provider="hubspot", records={"Employee": self.SAVED}) as server:
            outcome = self.list(examples_project, version, server)
        assert outcome.error is None
        assert outcome.result == {"employees": [employee(1), employee(2), employee(3)]}
        assert server.requests == []
        request = self.read(server)[0]
        assert request.query == {"model": "Employee", "filter": "added,updated"}
        assert request.headers["connection-id"] == "conn"
        assert request.headers["provider-config-key"] == "pattern-from-sync"

    def test_the_next_page_of_saved_records_follows_their_own_cursor(
        self, examples_project: Path, version: Version
    ) -> None:
        with FakeNango([], provider="hubspot", records={"Employee": self.SAVED}) as server:
            first = self.list(examples_project, version, server, {"limit": 2})
            assert first.error is None
            assert [record["id"] for record in first.result["employees"]] == ["1", "2"]
            following = first.result["next_cursor"]
            last = self.list(examples_project, version, server, {"limit": 2, "cursor": following})
        assert last.result == {"employees": [employee(3)]}
        assert server.requests == []

    def test_without_saved_records_the_live_api_gives_the_same_shape(
        self, examples_project: Path, version: Version
    ) -> None:
        with FakeNango([self.live()], provider="hubspot") as server:
            first = self.list(examples_project, version, server)
            assert first.error is None
            last = self.list(examples_project, version, server, {"cursor": first.result["next_cursor"]})
        assert first.result["employees"] == [employee(11)]
        assert last.result == {"employees": [employee(12)]}
        assert [request.retries for request in server.requests] == [3, 3]
        # The second page is the live API's, so nobody looks among the saved records for it.
        assert len(self.read(server)) == 1

    def test_without_a_key_the_live_api_is_asked(self, examples_project: Path, version: Version) -> None:
        with FakeNango([self.live()], provider="hubspot", records={"Employee": self.SAVED}) as server:
            outcome = self.list(examples_project, version, server, key="")
        assert outcome.error is None
        assert outcome.result["employees"] == [employee(11)]
        assert self.read(server) == []

    def test_a_cursor_of_saved_records_is_never_sent_to_the_live_api(
        self, examples_project: Path, version: Version
    ) -> None:
        with FakeNango([], provider="hubspot", records={"Employee": self.SAVED}) as server:
            outcome = self.list(examples_project, version, server, {"cursor": "synced:2"}, key="")
        assert "can no longer be read" in str(outcome.error)
        assert server.requests == []

    def test_a_key_that_nango_refuses_is_told(self, examples_project: Path, version: Version) -> None:
        with FakeNango([], provider="hubspot", records={"Employee": self.SAVED}) as server:
            outcome = self.list(examples_project, version, server, key="an-old-key")
        assert "401" in str(outcome.error)
        assert server.requests == []

    def test_a_list_of_one_page_gives_all_that_was_saved(self, actions: Path, version: Version) -> None:
        rows = [
            {"id": str(n), "login": f"user{n}", "_nango_metadata": {"last_action": "ADDED"}}
            for n in range(1001)
        ]
        with FakeNango([], provider="github", records={"User": rows}) as server:
            server.environment_variables = {"READ_HOST": server.url, "READ_KEY": SECRET_KEY}
            outcome = run(actions, version, "list-people", server, {})
        assert outcome.error is None
        assert len(outcome.result["people"]) == 1001
        assert [call.query.get("cursor") for call in self.read(server)] == [None, "1000"]
