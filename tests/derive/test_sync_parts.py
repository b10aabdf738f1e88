"""Further models of a sync, and deleted records. Rules Y09, Y10, S04, S06."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.models.types import Literal, Primitive, UnionOf
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.render.entry import block
from nango_scaffold.spec.mappers import Mapper
from nango_scaffold.spec.requests import Variable
from nango_scaffold.spec.syncs import Mark, SyncSpec
from nango_scaffold.spec.values import Convert, Read, Step

FACTS = ProviderFacts(
    key="github",
    auth_mode="API_KEY",
    base_url="https://api.github.com",
    paginate={"type": "link", "link_rel_in_response_header": "next"},
    docs="https://docs.github.com",
    source="providers.yaml",
)


def spec_of(**answers: Any) -> IntegrationSpec:
    return derive(load_answers({"provider": "github", **answers}), FACTS, {})


def sync_of(models: dict[str, Any] | None = None, **settings: Any) -> SyncSpec:
    return spec_of(models=models or {}, syncs=[{"name": "users", **settings}]).syncs[0]


def entry_of(**answers: Any) -> dict[str, Any]:
    return dict(block(spec_of(**answers)).syncs["users"])


def mapper_of(spec: IntegrationSpec, model: str) -> Mapper:
    return next(mapper for mapper in spec.mappers if isinstance(mapper, Mapper) and mapper.model == model)


def raw_field(spec: IntegrationSpec, raw: str, field: str) -> Any:
    shape = next(raw_type.shape for raw_type in spec.raw_types if raw_type.name == raw)
    return next(item.type for item in shape.fields if item.name == field)  # type: ignore[union-attr]


class TestSeveralModels:
    def test_each_has_a_request_from_its_name(self) -> None:
        spec = spec_of(syncs=[{"name": "people", "models": ["Person", "PullRequest"]}])
        (other,) = spec.syncs[0].others
        assert (other.model, other.request.path) == ("PullRequest", ("/pull-requests",))
        assert (other.endpoint.path, other.endpoint.group) == ("/pull-requests", "Pull Requests")
        assert "syncs[0].requests.PullRequest.path" in {guess.answer for guess in spec.guesses}

    def test_the_entry_has_as_many_endpoints_as_outputs(self) -> None:
        entry = entry_of(syncs=[{"name": "users", "models": ["User", "Team"]}])
        assert entry["output"] == ["User", "Team"]
        assert [endpoint["path"] for endpoint in entry["endpoint"]] == ["/users", "/teams"]

    def test_one_model_is_no_list(self) -> None:
        entry = entry_of(syncs=[{"name": "users", "models": ["User"]}])
        assert (entry["output"], entry["endpoint"]["path"]) == ("User", "/users")

    def test_actions_on_any_of_them_speak_of_its_model(self) -> None:
        models = {"Member": {"id": "string", "age": "number"}}
        spec = spec_of(
            models=models,
            syncs=[{"name": "users", "models": ["User", "Member"]}],
            action_names=["get-member"],
        )
        assert spec.actions[0].output is not None
        assert spec.actions[0].output.name == "Member"

    def test_settings_that_only_the_second_request_reads_are_settings_of_the_sync(self) -> None:
        team = {"path": "/orgs/${metadata.org}/teams"}
        spec = spec_of(syncs=[{"name": "users", "models": ["User", "Team"], "requests": {"Team": team}}])
        sync = spec.syncs[0]
        assert sync.metadata is not None
        assert [field.name for field in sync.metadata.shape.fields] == ["org"]


class TestChildren:
    def test_they_are_asked_for_below_their_parent(self) -> None:
        sync = sync_of(children={"model": "Post"})
        assert sync.children is not None
        assert sync.children.request.path == (
            "/users/",
            Variable("parent", "id", Primitive("string")),
            "/posts",
        )
        assert (sync.children.parent, sync.children.takes_parent) == ("User", False)

    def test_the_parent_fills_fields_that_the_raw_record_does_not_have(self) -> None:
        spec = spec_of(
            models={"User": {"id": "number"}, "Post": {"id": "string", "user": "string"}},
            syncs=[{"name": "users", "children": {"model": "Post", "from_parent": {"user": "id"}}}],
        )
        mapper = mapper_of(spec, "Post")
        assert mapper.parent == "User"
        assert [(field.name, field.value) for field in mapper.fields][1] == (
            "user",
            Convert("text", Read("parent", (Step("id"),))),
        )
        raw = next(raw_type.shape for raw_type in spec.raw_types if raw_type.name == "GithubPostResponse")
        assert [item.name for item in raw.fields] == ["id"]  # type: ignore[union-attr]

    def test_a_model_nobody_described_has_the_fields_its_parent_fills(self) -> None:
        spec = spec_of(
            syncs=[{"name": "users", "children": {"model": "Post", "from_parent": {"user_id": "id"}}}]
        )
        assert list(spec.models["Post"])[:2] == ["id", "user_id"]

    def test_a_date_of_a_child_is_made_of_the_string_that_its_parent_has(self) -> None:
        spec = spec_of(
            models={
                "User": {"id": "string", "joined": "string"},
                "Post": {"id": "string", "user_joined": "date"},
            },
            syncs=[
                {"name": "users", "children": {"model": "Post", "from_parent": {"user_joined": "joined"}}}
            ],
        )
        assigns = {assign.name: assign.value for assign in mapper_of(spec, "Post").fields}
        assert assigns["user_joined"] == Convert("date", Read("parent", (Step("joined"),)))

    def test_they_use_the_date_of_the_last_run_only_when_it_is_said_how(self) -> None:
        silent = sync_of(sync_type="incremental", children={"model": "Post"})
        sync = sync_of(sync_type="incremental", children={"model": "Post", "incremental": {"param": "since"}})
        assert silent.children is not None
        assert silent.children.incremental is None
        assert sync.children is not None
        assert sync.children.incremental is not None
        assert sync.children.incremental.param == "since"


class TestDeletedRecords:
    def marked(self, models: dict[str, Any] | None = None, **deleted: Any) -> IntegrationSpec:
        sync = {"name": "users", "sync_type": "incremental", "deleted": deleted}
        return spec_of(models=models or {}, syncs=[sync])

    @pytest.mark.parametrize(
        ("deleted", "raw"),
        [
            ({"field": "deleted_at"}, "string"),
            ({"field": "is_deleted"}, "boolean"),
            ({"field": "state", "value": "gone"}, "string"),
            ({"field": "state", "value": 9}, "number"),
        ],
    )
    def test_the_raw_record_has_the_mark(self, deleted: dict[str, Any], raw: str) -> None:
        spec = self.marked(**deleted)
        marked = UnionOf((Primitive(raw), Literal(None)))
        assert raw_field(spec, "GithubUserResponse", deleted["field"]) == marked
        assert spec.syncs[0].deleted is not None
        assert spec.syncs[0].deleted.mark == Mark((deleted["field"],), deleted.get("value"))
        assert not spec.syncs[0].track_deletes

    def test_an_object_of_which_only_the_mark_is_read_may_be_absent(self) -> None:
        spec = self.marked(field="audit.deleted_at")
        deleted = spec.syncs[0].deleted
        assert deleted is not None
        assert deleted.mark == Mark(("audit", "deleted_at"), safe=True)

    def test_what_the_model_says_of_the_mark_stands(self) -> None:
        spec = self.marked({"User": {"id": "string", "state": "on | off"}}, field="state", value="off")
        assert raw_field(spec, "GithubUserResponse", "state") == UnionOf((Literal("on"), Literal("off")))

    @pytest.mark.parametrize("param", ["changed_since", ""])
    def test_a_list_of_them_is_asked_for_by_the_parameter_of_the_sync(self, param: str) -> None:
        request = {"incremental": {"param": param} if param else "none"}
        deleted_by = {"path": "/users/deleted"}
        sync = {"name": "users", "sync_type": "incremental", "deleted": deleted_by, "request": request}
        spec = spec_of(syncs=[sync])
        deleted = spec.syncs[0].deleted
        assert deleted is not None
        assert deleted.listing is not None
        assert (deleted.listing.incremental.param if deleted.listing.incremental else "") == param
        assert deleted.id == Read("record", (Step("id"),))
        assert raw_field(spec, "GithubDeletedUser", "id") == Primitive("string")


class TestEntries:
    def test_version_and_webhooks_stand_in_the_entry(self) -> None:
        sync = {"name": "users", "version": "1.0.0", "webhook_subscriptions": ["user.made"]}
        entry = entry_of(syncs=[sync])
        assert (entry["version"], entry["webhook-subscriptions"]) == ("1.0.0", ["user.made"])

    def test_an_action_may_have_a_version(self) -> None:
        entries = block(spec_of(actions=[{"name": "get-user", "version": 3}]))
        assert entries.actions["get-user"]["version"] == 3

    def test_scripts_of_events_are_listed_by_event(self) -> None:
        events = {"post-connection-creation": ["set-up", "tell"], "validate-connection": ["check"]}
        entries = block(spec_of(sync_names=["users"], on_events=events))
        assert entries.on_events == events

    def test_a_check_makes_the_first_request_that_needs_nothing(self) -> None:
        spec = spec_of(
            syncs=[{"name": "users", "request": {"path": "/orgs/${metadata.org}"}}, {"name": "teams"}],
            on_events={"validate-connection": ["check"]},
        )
        (script,) = spec.on_events
        assert script.check is not None
        assert (script.check.path, script.check.retries) == (("/teams",), 3)
