"""Actions beyond a record in and a record out: no input or output, dates, forms, bytes, synced records."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.models.types import Primitive
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.render.entry import action_entry
from nango_scaffold.spec.actions import ActionSpec, InputDate, Synced
from nango_scaffold.spec.requests import Param, Variable

FACTS = ProviderFacts(
    key="github",
    auth_mode="OAUTH2",
    display_name="GitHub",
    base_url="https://api.github.com",
    paginate={"type": "link", "link_rel_in_response_header": "next"},
    source="providers.yaml",
)


def spec_of(**answers: Any) -> IntegrationSpec:
    return derive(load_answers({"provider": "github", **answers}), FACTS, {})


def action_of(name: str, models: dict[str, Any] | None = None, **answers: Any) -> ActionSpec:
    return spec_of(models=models or {}, actions=[{"name": name, **answers}]).actions[0]


def body_of(action: ActionSpec) -> dict[str, str]:
    """What is in the body, by the API's name: the fields of the input."""
    return {param.name: variable(param).field for param in action.request.body}


def variable(param: Param) -> Variable:
    assert isinstance(param.value, tuple)
    (part,) = param.value
    assert isinstance(part, Variable)
    return part


def test_an_action_without_input_and_output_has_neither_in_nango_yaml() -> None:
    action = action_of("ping", input="none", output="none")
    assert (action.input, action.output, action.returns) == (None, None, "nothing")
    assert list(action_entry(action)) == ["description", "endpoint", "scopes"]


def test_an_action_whose_path_says_it_all_takes_nothing() -> None:
    action = action_of("get-current-user", request={"path": "/user"})
    assert action.input is None
    assert action.output
    assert (action.output.name, action.request.params) == ("CurrentUser", ())


@pytest.mark.parametrize("name", ["create-user", "send-message", "list-users"])
def test_an_action_that_sends_something_takes_it(name: str) -> None:
    assert action_of(name).input is not None


def test_an_input_that_is_named_stays_even_where_nothing_is_read() -> None:
    action = action_of("get-status", {"Empty": {}}, input="Empty", request={"path": "/status"})
    assert action.input
    assert action.input.name == "Empty"


def test_nothing_is_mapped_for_an_action_without_output() -> None:
    spec = spec_of(actions=[{"name": "create-user", "output": "none"}])
    assert spec.mappers == ()
    assert spec.raw_types == ()  # nothing of the response is read
    assert list(spec.models) == ["CreateUser"]


REPORT = {"Report": {"id": "string", "since": "string", "until?": "string | number | null", "note": "string"}}


def test_dates_are_read_from_what_was_turned_everywhere() -> None:
    action = action_of(
        "create-report",
        REPORT,
        input="Report",
        dates={"since": "date", "until": "epoch_seconds"},
        request={
            "path": "/reports/${input.since}",
            "params": {"until": "${input.until}"},
            "headers": {"X-Since": "${input.since}"},
            "data": ["since", "note"],
        },
    )
    assert action.dates == (
        InputDate("since", "date", optional=False), InputDate("until", "epoch_seconds", optional=True)
    )  # fmt: skip
    since = Variable("dates", "since", Primitive("string"))
    assert action.request.path == ("/reports/", since)
    assert variable(action.request.params[0]) == Variable(
        "dates", "until", Primitive("number"), optional=True
    )
    assert variable(action.request.headers[0]) == since
    assert [variable(param).root for param in action.request.body] == ["dates", "input"]


def test_a_date_of_a_record_becomes_a_text_that_may_be_called_a_date() -> None:
    models = {"Task": {"id": "string", "due": "date"}}
    action = action_of("create-task", models, dates={"due": "iso"})
    assert action.dates == (InputDate("due", "iso", optional=False),)


def test_a_body_has_the_names_of_the_api() -> None:
    models = {"New": {"login": "string", "mail?": "string", "org": "string"}}
    action = action_of(
        "create-user", models, input="New", request={"data": {"user.name": "login", "email": "mail"}}
    )
    assert body_of(action) == {"user.name": "login", "email": "mail"}


def test_fields_of_a_mapped_body_are_the_input_that_nobody_described() -> None:
    spec = spec_of(
        actions=[{"name": "create-user", "request": {"data": {"user_name": "name", "mail": "email"}}}]
    )
    assert spec.models["CreateUser"] == {"name": "string", "email": "string"}


def test_one_field_can_be_the_whole_body() -> None:
    models = {"New": {"login": "string"}, "Users": {"org": "string", "users": "New[]"}}
    action = action_of(
        "create-users", models, input="Users", request={"path": "/orgs/${input.org}/users", "body": "users"}
    )
    assert body_of(action) == {"": "users"}


def test_a_form_says_so_in_a_header_unless_the_answers_do() -> None:
    form = {"encoding": "form"}
    header = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    assert [param.name for param in action_of("create-user", request=form).request.headers] == [
        "Content-Type"
    ]
    headers = action_of("create-user", request={**form, "headers": header}).request.headers
    assert headers == (Param("Content-Type", (header["Content-Type"],)),)


def test_bytes_come_back_as_a_model_with_content() -> None:
    spec = spec_of(
        action_names=[], actions=[{"name": "download-file", "request": {"response_type": "binary"}}]
    )
    assert spec.models["FileContent"] == {"content": "string", "content_type?": "string"}
    assert (spec.actions[0].returns, spec.mappers) == ("binary", ())
    assert [raw.shape for raw in spec.raw_types] == [Primitive("ArrayBuffer")]


def test_synced_records_are_those_of_the_sync_whatever_the_action_is_called() -> None:
    spec = spec_of(sync_names=["users"], actions=[{"name": "list-people", "from_sync": "users"}])
    action = spec.actions[0]
    assert action.synced == Synced(
        "users", "User", "NANGO_SECRET_KEY", "NANGO_HOST", "SyncedRecord", "SyncedPage"
    )
    assert action.listing
    assert (action.listing.field, action.listing.item_model) == ("people", "User")


def test_a_model_called_like_the_types_of_synced_records_keeps_its_name() -> None:
    models = {"SyncedPage": {"id": "string"}, "User": {"id": "string"}}
    spec = spec_of(
        models=models, sync_names=["users"], actions=[{"name": "list-users", "from_sync": "users"}]
    )
    assert spec.actions[0].synced
    assert spec.actions[0].synced.page_type == "SyncedPage2"


def test_the_variables_are_those_of_the_answers() -> None:
    action = {
        "name": "list-users",
        "from_sync": "users",
        "from_sync_key": "READ_KEY",
        "from_sync_host": "WHERE",
    }
    synced = spec_of(sync_names=["users"], actions=[action]).actions[0].synced
    assert synced
    assert (synced.key_variable, synced.host_variable) == ("READ_KEY", "WHERE")


@pytest.mark.parametrize("of", ["number | undefined", "number | null", "open | closed | undefined"])
def test_a_field_that_may_be_undefined_goes_into_a_query_when_it_is_there(of: str) -> None:
    spec = spec_of(
        models={"FindUsers": {"limit": of}, "User": {"id": "string"}},
        actions=[
            {"name": "get-users", "input": "FindUsers", "output": "User", "request": {"path": "/users"}}
        ],
    )
    (param,) = spec.actions[0].request.params
    assert isinstance(param.value, tuple)
    assert isinstance(param.value[0], Variable)
    assert (param.name, param.value[0].optional) == ("limit", True)
