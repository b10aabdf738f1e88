"""The input, request and output of an action with few answers. Rules A03-A06, V04, issue of CRUD actions."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.spec.actions import ActionSpec
from nango_scaffold.spec.requests import Template, Variable

FACTS = ProviderFacts(
    key="hubspot",
    auth_mode="OAUTH2",
    display_name="HubSpot",
    base_url="https://api.hubapi.com",
    paginate={
        "type": "cursor",
        "cursor_path_in_response": "paging.next.after",
        "cursor_name_in_request": "after",
        "limit_name_in_request": "limit",
        "response_path": "results",
    },
    source="providers.yaml",
)


def spec_of(**answers: Any) -> IntegrationSpec:
    return derive(load_answers({"provider": "hubspot", **answers}), FACTS, {})


def action_of(name: str, models: dict[str, Any] | None = None, **answers: Any) -> ActionSpec:
    return spec_of(models=models or {}, actions=[{"name": name, **answers}]).actions[0]


def text(template: Template) -> str:
    return "".join(f"${{{p.root}.{p.field}}}" if isinstance(p, Variable) else p for p in template)


def body_of(action: ActionSpec) -> tuple[str, ...]:
    """The fields of the body, by name."""
    return tuple(field.name for field in action.request.body)


def fields(action: ActionSpec) -> dict[str, bool]:
    """The input's fields, and whether each is optional."""
    return {field.name: field.optional for field in (action.input.shape.fields if action.input else ())}


CRUD = [
    # name, method, path, input, output, body
    ("create-user", "POST", "/users", "CreateUser", "User", ("name",)),
    ("get-user", "GET", "/users/${input.id}", "GetUser", "User", ()),
    ("update-user", "PATCH", "/users/${input.id}", "UpdateUser", "User", ("name",)),
    ("replace-user", "PUT", "/users/${input.id}", "ReplaceUser", "User", ("name",)),
    ("delete-user", "DELETE", "/users/${input.id}", "DeleteUser", "SuccessResponse", ()),
    ("list-users", "GET", "/users", "ListUsersInput", "ListUsersResponse", ()),
    ("send-message", "POST", "/messages", "SendMessage", "Message", ("name",)),
    ("whoami", "POST", "/whoami", "WhoamiInput", "Whoami", ("name",)),
]


@pytest.mark.parametrize(("name", "method", "path", "input_model", "output", "body"), CRUD)
def test_an_action_from_its_name_alone(
    name: str, method: str, path: str, input_model: str, output: str, body: tuple[str, ...]
) -> None:
    action = action_of(name)
    assert (action.request.method, text(action.request.path)) == (method, path)
    assert action.input
    assert action.output
    assert (action.input.name, action.output.name, body_of(action)) == (input_model, output, body)
    assert action.endpoint.method == method
    assert action.request.retries == 3


def test_no_sync_is_needed_and_nothing_but_a_provider_and_a_name() -> None:
    spec = spec_of(action_names=["create-user"])
    assert spec.syncs == ()
    assert list(spec.models) == ["User", "CreateUser"]


DESCRIPTIONS = [
    ("create-issue", "Creates an issue in HubSpot."),
    ("update-user", "Updates a user in HubSpot."),
    ("get-news", "Gets news in HubSpot."),
    ("list-users", "Lists users in HubSpot, one page at a time."),
    ("search-pull-requests", "Searches pull requests in HubSpot, one page at a time."),
    ("user-info", "Runs user info in HubSpot."),
]


@pytest.mark.parametrize(("name", "expected"), DESCRIPTIONS)
def test_a_description_is_a_sentence(name: str, expected: str) -> None:
    assert action_of(name).description == expected


USER = {
    "User": {"id": "number", "login": "string", "due?": "date", "updated_at": "string", "tags?": ["A", "B"]}
}


def test_a_create_takes_what_a_caller_can_set_and_no_dates() -> None:
    spec = spec_of(models=USER, action_names=["create-user"])
    assert spec.models["CreateUser"] == {"login": "string", "due?": "string", "tags?": ["A", "B"]}


def test_an_update_takes_the_id_and_options() -> None:
    spec = spec_of(models=USER, action_names=["update-user"])
    assert spec.models["UpdateUser"] == {
        "id": "number", "login?": "string", "due?": "string", "tags?": ["A", "B"],
    }  # fmt: skip


def test_a_replace_takes_the_whole_record() -> None:
    spec = spec_of(models=USER, action_names=["replace-user"])
    assert list(spec.models["ReplaceUser"]) == ["id", "login", "due?", "tags?"]


def test_fields_of_an_extended_model_are_taken_too() -> None:
    models = {"Base": {"id": "number", "owner": "string"}, "User": {"__extends": "Base", "login": "string"}}
    spec = spec_of(models=models, action_names=["create-user", "get-user"])
    assert spec.models["CreateUser"] == {"login": "string", "owner": "string"}
    assert spec.models["GetUser"] == {"id": "number"}


def test_the_path_says_by_what_a_record_is_found() -> None:
    path = "/repos/${input.owner}/${input.repo}"
    for name in ("get-repo", "delete-repo"):
        action = action_of(name, request={"path": path})
        assert fields(action) == {"owner": False, "repo": False}
        assert action.request.params == ()


def test_a_field_of_the_path_has_the_type_it_has_in_the_record() -> None:
    models = {"Pull": {"id": "string", "number": "number"}}
    spec = spec_of(
        models=models, actions=[{"name": "get-pull", "request": {"path": "/pulls/${input.number}"}}]
    )
    assert spec.models["GetPull"] == {"number": "number"}


def test_the_body_says_what_an_input_nobody_described_holds() -> None:
    spec = spec_of(
        actions=[
            {
                "name": "create-issue",
                "input": "NewIssue",
                "request": {"path": "/${input.repo}/issues", "data": ["title"]},
            }
        ]
    )
    assert spec.models["NewIssue"] == {"repo": "string", "title": "string"}
    assert "models.NewIssue" in {guess.answer for guess in spec.guesses}


def test_an_output_nobody_described_is_a_record_and_a_guess() -> None:
    spec = spec_of(actions=[{"name": "get-user", "output": "Person"}])
    assert "id" in spec.models["Person"]
    assert "models.Person" in {guess.answer for guess in spec.guesses}


def test_fields_that_nothing_uses_go_into_the_query_of_a_get() -> None:
    models = {"Filter": {"id": "string", "state?": "string", "deep": "boolean"}}
    action = action_of("get-user", models, input="Filter")
    assert [(param.name, param.optional) for param in action.request.params] == [
        ("state", True),
        ("deep", False),
    ]


def test_fields_that_nothing_uses_go_into_the_body_of_a_post() -> None:
    models = {"NewUser": {"org": "string", "login": "string", "a-b": "string", "class": "string"}}
    action = action_of("create-user", models, input="NewUser", request={"path": "/orgs/${input.org}"})
    assert body_of(action) == ("login", "a-b", "class")


def test_a_delete_that_gives_the_record_back_maps_it() -> None:
    models = {"User": {"id": "string"}}
    action = action_of("delete-user", models, output="User")
    assert (action.returns, action.output.name, action.raw) == ("record", "User", "HubspotUserResponse")


def test_a_receipt_is_not_read_from_the_api() -> None:
    models = {"Receipt": {"success": "boolean"}}
    spec = spec_of(models=models, actions=[{"name": "send-invite", "output": "Receipt"}])
    assert spec.actions[0].returns == "constant"
    assert spec.mappers == ()
    assert list(spec.models["SendInvite"]) == ["name"]


def test_a_receipt_that_the_api_fills_is_read_from_it() -> None:
    models = {"Receipt": {"success": "boolean"}}
    action = action_of("send-invite", models, output="Receipt", mapping={"success": "ok"})
    assert action.returns == "record"


def test_a_list_action_takes_a_cursor_and_gives_the_next() -> None:
    action = action_of("list-users")
    assert fields(action) == {"cursor": True, "limit": True}
    assert action.listing is not None
    assert (action.listing.field, action.listing.item_model, action.listing.takes_limit) == (
        "users",
        "User",
        True,
    )
    assert [field.name for field in action.output.shape.fields] == ["users", "next_cursor"]


SINGLE = [{"paginated": False}, {"request": {"paginate": {"type": "none"}}}]


@pytest.mark.parametrize("answers", SINGLE)
def test_a_list_of_one_page_has_no_cursor_at_all(answers: dict[str, Any]) -> None:
    action = action_of("list-users", **answers)
    assert fields(action) == {"limit": True}
    assert action.listing is not None
    assert (action.listing.pagination.kind, action.listing.takes_limit) == ("none", False)
    assert action.listing.pagination.response_path == "results"
    assert [field.name for field in action.output.shape.fields] == ["users"]
    assert [param.name for param in action.request.params] == ["limit"]


def test_an_explicit_page_is_filled_by_the_list_named_after_the_resource() -> None:
    models = {
        "User": {"id": "string"},
        "Team": {"id": "string"},
        "Page": {"teams?": "Team[]", "users": "User[]", "next_cursor?": "string", "total?": "number"},
        "Filter": {"cursor?": "string", "q": "string"},
    }
    action = action_of("list-users", models, input="Filter", output="Page")
    assert action.listing is not None
    assert (action.listing.field, action.listing.takes_limit) == ("users", False)
    assert [param.name for param in action.request.params] == ["q"]


def test_any_action_can_be_a_list() -> None:
    action = action_of("get-people", paginated=True)
    assert (action.kind, action.listing.item_model if action.listing else "") == ("list", "Person")


def test_a_list_field_never_starts_with_a_digit() -> None:
    action = action_of("list-8x8-users")
    assert action.output.shape.fields[0].name == "eight_x8_users"


def test_a_page_of_an_odata_api_knows_its_next_link() -> None:
    paginate = {"type": "link", "link_path_in_response_body": "@odata.nextLink"}
    spec = spec_of(
        actions=[{"name": "list-users", "request": {"paginate": paginate, "response_path": "value"}}]
    )
    body = next(raw.shape for raw in spec.raw_types if raw.name.endswith("Body"))
    assert [field.name for field in body.fields] == ["value", "@odata.nextLink"]  # type: ignore[union-attr]


def test_a_verb_nobody_knows_is_a_post_and_a_guess() -> None:
    spec = spec_of(action_names=["whoami"])
    assert "actions[0].request.method" in {guess.answer for guess in spec.guesses}


class TestOutputsThatHoldOneList:
    MODELS: dict[str, Any] = {
        "Project": {"id": "string"},
        "Projects": {"projects": "Project[]"},
        "Page": {"projects": "Project[]", "next_cursor?": "string"},
        "Asked": {"cursor?": "string"},
        "Report": {"projects": "Project[]", "title": "string"},
        "Two": {"projects": "Project[]", "others": "Project[]"},
    }

    def action(self, **answers: Any) -> ActionSpec:
        return spec_of(models=self.MODELS, actions=[answers]).actions[0]

    @pytest.mark.parametrize("name", ["fetch-projects", "get-projects", "create-projects", "sync-projects"])
    def test_the_action_is_a_list_whatever_its_verb(self, name: str) -> None:
        action = self.action(name=name, output="Projects")
        assert action.returns == "page"
        assert action.listing is not None
        assert (action.listing.field, action.listing.item_model) == ("projects", "Project")
        assert action.listing.pagination.kind == "none"

    def test_one_with_a_cursor_comes_in_pages(self) -> None:
        action = self.action(name="fetch-projects", input="Asked", output="Page")
        assert action.listing is not None
        assert action.listing.pagination.kind != "none"

    def test_an_action_that_changes_something_takes_what_its_verb_needs(self) -> None:
        action = self.action(name="update-projects", output="Projects")
        assert action.request.method == "PATCH"
        assert [field.name for field in (action.input.shape.fields if action.input else ())][:1] == ["id"]

    @pytest.mark.parametrize("output", ["Report", "Two"])
    def test_one_that_holds_more_is_a_record(self, output: str) -> None:
        assert self.action(name="fetch-projects", output=output).returns == "record"

    def test_one_whose_list_is_mapped_is_a_record(self) -> None:
        action = self.action(name="fetch-projects", output="Projects", mapping={"projects": "data.items"})
        assert action.returns == "record"
