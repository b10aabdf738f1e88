"""Look-ups, details, walked lists and records read back: what is derived, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.models.types import ArrayOf, Field, ObjectOf, Primitive, UnionOf, or_null
from nango_scaffold.providers import find
from nango_scaffold.render.integration import render_files
from nango_scaffold.spec.requests import SavedRecords

KEY = UnionOf((Primitive("string"), Primitive("number")))
CLOUD = {"name": "cloud", "path": "/clouds", "pick": "0.id"}


def spec_of(**answers: Any) -> IntegrationSpec:
    return derive(load_answers({"provider": "github", **answers}), find("github"), {})


def sync(**settings: Any) -> dict[str, Any]:
    return {"syncs": [{"name": "users", **settings}]}


def action(**settings: Any) -> dict[str, Any]:
    return {"actions": [{"name": "create-user", **settings}]}


def raw_type(spec: IntegrationSpec, name: str) -> Any:
    return next(raw.shape for raw in spec.raw_types if raw.name == name)


def own_files(spec: IntegrationSpec) -> dict[str, str]:
    files, _ = render_files(spec)
    return {path.removeprefix("nango-integrations/github/"): text for path, text in files.items()}


class TestLookups:
    @pytest.mark.parametrize(
        ("pick", "shape"),
        [
            ("id", ObjectOf((Field("id", KEY),))),
            ("0", ArrayOf(KEY)),
            ("[0].id", ArrayOf(ObjectOf((Field("id", KEY),)))),
            ("data.2.key", ObjectOf((Field("data", ArrayOf(ObjectOf((Field("key", KEY),)))),))),
            ("data[2].key", ObjectOf((Field("data", ArrayOf(ObjectOf((Field("key", KEY),)))),))),
        ],
    )
    def test_the_body_is_typed_by_the_path_of_the_value(self, pick: str, shape: Any) -> None:
        spec = spec_of(**sync(lookups=[{**CLOUD, "pick": pick}], request={"path": "/${lookup.cloud}/users"}))
        assert raw_type(spec, "GithubCloudLookup") == shape

    @pytest.mark.parametrize(
        "place",
        [
            {"params": {"cloud": "${lookup.cloud}"}},
            {"headers": {"X-Cloud": "${lookup.cloud}"}},
            {"data": {"in": [{"cloud": "${lookup.cloud}"}]}},
        ],
    )
    def test_the_value_may_stand_wherever_text_may(self, place: dict[str, Any]) -> None:
        spec = spec_of(**sync(lookups=[CLOUD], request={"path": "/users", **place}))
        assert spec.syncs[0].request.reads("lookup")
        assert "await lookUpCloud(nango)" in own_files(spec)["syncs/users.ts"]

    @pytest.mark.parametrize(
        "part",
        [
            {"children": {"model": "Note", "path": "/${lookup.cloud}/users/${parent.id}/notes"}},
            {"models": ["User", "Team"], "requests": {"Team": {"path": "/${lookup.cloud}/teams"}}},
            {"sync_type": "incremental", "deleted": {"path": "/${lookup.cloud}/gone", "param": "since"}},
            {"detail": {"path": "/${lookup.cloud}/users/${record.id}"}},
            {"pattern": "selection", "selection": {"item_path": "/${lookup.cloud}/users/${item}"}},
        ],
    )
    def test_every_part_of_a_sync_may_use_it(self, part: dict[str, Any]) -> None:
        text = own_files(spec_of(**sync(lookups=[CLOUD], **part)))["syncs/users.ts"]
        assert text.count("const cloud = await lookUpCloud(nango);") == 1
        assert "cloud: string | number" in text

    @pytest.mark.parametrize("pattern", ["window", "extended", "configuration"])
    def test_every_pattern_may_use_it(self, pattern: str) -> None:
        request = {"path": "/${lookup.cloud}/users", "response_path": "items"}
        spec = spec_of(**sync(pattern=pattern, lookups=[CLOUD], request=request))
        text = own_files(spec)["syncs/users.ts"]
        assert text.count("const cloud = await lookUpCloud(nango);") == 1

    def test_metadata_that_only_a_look_up_reads_is_the_metadata_of_the_sync(self) -> None:
        lookup = {**CLOUD, "params": {"org": "${metadata.org}"}}
        spec = spec_of(**sync(lookups=[lookup], request={"path": "/${lookup.cloud}/users"}))
        metadata = spec.syncs[0].metadata
        assert metadata is not None
        assert [field.name for field in metadata.shape.fields] == ["org"]

    def test_input_that_a_look_up_reads_is_not_sent_again(self) -> None:
        lookup = {**CLOUD, "params": {"mail": "${input.email}"}}
        spec = spec_of(
            models={"CreateUser": {"email": "string", "name": "string"}},
            **action(lookups=[lookup], request={"path": "/${lookup.cloud}/users"}),
        )
        assert [field.name for field in spec.actions[0].request.body] == ["name"]

    def test_a_date_of_the_input_goes_out_as_the_action_says(self) -> None:
        lookup = {**CLOUD, "params": {"on": "${input.due}"}}
        spec = spec_of(
            models={"CreateUser": {"due": "string", "name": "string"}},
            **action(lookups=[lookup], request={"path": "/${lookup.cloud}/users"}, dates={"due": "date"}),
        )
        text = own_files(spec)["actions/create-user.ts"]
        assert "const dates" not in text
        assert "on: readDate(nango, 'due', input.due).toISOString().slice(0, 10)" in text

    @pytest.mark.parametrize(
        ("name", "variable"),
        [("cloud_id", "cloudId"), ("page", "pageValue"), ("metadata", "metadataValue"), ("new", "newValue")],
    )
    def test_its_variable_is_no_name_that_the_script_has(self, name: str, variable: str) -> None:
        request = {"path": f"/${{lookup.{name}}}/users"}
        text = own_files(spec_of(**sync(lookups=[{**CLOUD, "name": name}], request=request)))[
            "syncs/users.ts"
        ]
        assert f"const {variable} = await lookUp" in text

    @pytest.mark.parametrize(
        ("lookups", "place", "what"),
        [
            ([CLOUD], "lookups[0]", "nothing uses"),
            ([CLOUD, {**CLOUD, "path": "/others"}], "lookups[1].name", "name of lookups[0]"),
            ([{**CLOUD, "path": "/${lookup.site}"}], "lookups[0].path", "names nothing here"),
            ([{**CLOUD, "path": "/${input.x}"}], "lookups[0].path", "names nothing here"),
            ([{**CLOUD, "method": "GET", "data": {}}], "lookups[0].data", "has no body"),
        ],
    )
    def test_one_that_cannot_be_is_refused_at_its_place(
        self, lookups: list[Any], place: str, what: str
    ) -> None:
        used = "" if place == "lookups[0]" else "/${lookup.cloud}"
        with pytest.raises(AnswersError, match=what.replace("[", r"\[")) as refusal:
            spec_of(**sync(lookups=lookups, request={"path": f"{used}/users"}))
        assert refusal.value.where == f"syncs[0].{place}"

    def test_a_value_that_is_looked_up_nowhere_is_refused_with_the_answer_to_add(self) -> None:
        with pytest.raises(AnswersError, match="nothing is looked up") as refusal:
            spec_of(**sync(request={"path": "/${lookup.cloud}/users"}))
        assert refusal.value.where == "syncs[0].lookups"
        assert refusal.value.fix.startswith("add { name: cloud,")

    @pytest.mark.parametrize(
        "lookup",
        [
            {"name": "a-b", "path": "/x", "pick": "id"},
            {"name": "`${x}`", "path": "/x", "pick": "id"},
            {"name": "a", "path": "/x", "pick": ""},
            {"name": "a", "path": "/x", "pick": "data[x].id"},
            {"name": "a", "path": "/x", "pick": "data ?? id"},
            {"name": "a", "path": "/x", "pick": "__proto__.id"},
            {"name": "a", "path": "x y", "pick": "id"},
            {"name": "a", "path": "/x", "pick": "id", "base_url": "javascript:x"},
            {"name": "a", "pick": "id"},
            {"path": "/x", "pick": "id"},
            {"name": "a", "path": "/x"},
            "a",
        ],
    )
    def test_an_answer_of_another_shape_is_refused(self, lookup: Any) -> None:
        with pytest.raises(AnswersError):
            load_answers({"provider": "github", **sync(lookups=[lookup])})


class TestHelpers:
    def files(self, second: dict[str, Any], first: dict[str, Any] | None = None) -> dict[str, str]:
        scripts = [first or CLOUD, second]
        syncs = [
            {"name": name, "lookups": [lookup], "request": {"path": f"/${{lookup.{lookup['name']}}}/{name}"}}
            for name, lookup in zip(("users", "teams"), scripts, strict=True)
        ]
        return own_files(spec_of(syncs=syncs))

    def test_two_scripts_that_look_up_alike_share_a_file(self) -> None:
        files = self.files(CLOUD)
        assert "export async function lookUpCloud(nango: NangoSync)" in files["helpers/look-up-cloud.ts"]
        for script in ("users", "teams"):
            assert "from '../helpers/look-up-cloud.js'" in files[f"syncs/{script}.ts"]
            assert "GithubCloudLookup" not in files[f"syncs/{script}.ts"]

    @pytest.mark.parametrize(
        "other", [{"path": "/others"}, {"pick": "1.id"}, {"params": {"a": 1}}, {"headers": {"A": "b"}}]
    )
    def test_those_that_differ_stay_in_their_scripts(self, other: dict[str, Any]) -> None:
        files = self.files({**CLOUD, **other})
        assert not any(path.startswith("helpers/") for path in files)
        for script in ("users", "teams"):
            assert "async function lookUpCloud(" in files[f"syncs/{script}.ts"]

    def test_how_often_they_try_again_may_differ(self) -> None:
        files = self.files({**CLOUD, "retries": 4})
        assert "retries: 4\n" in files["helpers/look-up-cloud.ts"]

    def test_one_that_reads_the_metadata_is_shared_where_that_is_the_same_model(self) -> None:
        lookup = {**CLOUD, "path": "/${metadata.org}/clouds"}
        syncs = [
            {
                "name": name,
                "metadata": "Settings",
                "lookups": [lookup],
                "request": {"path": "/${lookup.cloud}"},
            }
            for name in ("users", "teams")
        ]
        files = own_files(spec_of(syncs=syncs, models={"Settings": {"org": "string"}}))
        assert "(nango: NangoSync, metadata: Settings)" in files["helpers/look-up-cloud.ts"]
        apart = [{key: value for key, value in entry.items() if key != "metadata"} for entry in syncs]
        assert not any(path.startswith("helpers/") for path in own_files(spec_of(syncs=apart)))


class TestDetails:
    @pytest.mark.parametrize(
        ("detail", "what"),
        [
            ({"path": "/users/all"}, "the same for each record"),
            ({"path": "/users/${record.tags}"}, ""),
            ({"path": "/users/${record.nick}"}, "may be absent"),
            ({"path": "/users/${record.id}/${record.id.x}"}, "on the way to another"),
            ({"path": "/users/${record.a[0]}"}, "cannot be used"),
        ],
    )
    def test_the_record_is_named_by_what_it_holds(self, detail: dict[str, Any], what: str) -> None:
        models = {"User": {"id": "string", "nick?": "string"}}
        if not what:
            assert raw_type(spec_of(models=models, **sync(detail=detail)), "GithubUserResponse").fields[
                -1
            ] == Field("tags", Primitive("string"))
            return
        with pytest.raises(AnswersError, match=what) as refusal:
            spec_of(models=models, **sync(detail=detail))
        assert refusal.value.where.startswith("syncs[0].detail")

    def test_a_field_of_the_model_is_read_where_the_api_sends_it(self) -> None:
        spec = spec_of(**sync(detail={"path": "/users/${record.id}"}, mapping={"id": "meta.uuid"}))
        assert "/users/${record.meta.uuid}" in own_files(spec)["syncs/users.ts"]

    def test_an_absent_value_is_left_out_of_the_query(self) -> None:
        detail = {"path": "/users/${record.id}", "params": {"nick": "${record.nick}"}}
        spec = spec_of(models={"User": {"id": "string", "nick?": "string"}}, **sync(detail=detail))
        assert "...(record.nick != null && { nick: record.nick })" in own_files(spec)["syncs/users.ts"]

    def test_where_they_make_no_sense_they_are_refused(self) -> None:
        with pytest.raises(AnswersError):
            spec_of(**sync(detail={"path": "/users/${record.id}"}, pattern="configuration"))

    WEBHOOK = {"webhook_subscriptions": ["user.created"]}

    def test_a_webhook_brings_what_they_are_asked_for_with(self) -> None:
        mapping = {"id": "meta.uuid", "name": "name"}
        spec = spec_of(**sync(detail={"path": "/users/${record.id}"}, mapping=mapping, **self.WEBHOOK))
        (users,) = spec.syncs
        assert users.webhook is not None
        assert users.webhook.needed == ("meta",)
        text = own_files(spec)["syncs/users.ts"]
        assert "const detailed = await completeUser(nango, record);" in text
        assert "await nango.batchSave([toUser(detailed)], 'User');" in text

    def test_of_a_deleted_record_nothing_is_asked(self) -> None:
        settings = {"sync_type": "incremental", "deleted": {"field": "state.gone"}}
        detail = {"path": "/users/${record.number}"}
        spec = spec_of(**sync(detail=detail, **settings, **self.WEBHOOK))
        (users,) = spec.syncs
        assert users.webhook is not None
        assert users.webhook.needed == ("number", "id", "state")
        text = own_files(spec)["syncs/users.ts"].partition("onWebhookPayloadReceived")[2]
        assert text.index("batchDelete") < text.index("completeUser(nango, record)")

    def test_a_webhook_brings_no_settings(self) -> None:
        detail = {"path": "/orgs/${metadata.org}/users/${record.id}"}
        with pytest.raises(AnswersError, match=r"metadata\.org") as refusal:
            spec_of(**sync(detail=detail, **self.WEBHOOK))
        assert refusal.value.where == "syncs[0].webhook_subscriptions"


class TestParents:
    PARENTS = {"path": "/teams", "response_path": "teams"}

    def test_the_raw_type_of_an_entry_holds_what_is_read_of_it(self) -> None:
        spec = spec_of(
            models={"User": {"id": "string", "team?": "string", "size": "number"}},
            **sync(
                parents={**self.PARENTS, "from_parent": {"team": "title", "size": "size"}},
                request={"path": "/teams/${parent.id}/users", "params": {"owner": "${parent.owner.id}"}},
            ),
        )
        assert raw_type(spec, "GithubTeamParent") == ObjectOf(
            (
                Field("id", KEY),
                Field("owner", ObjectOf((Field("id", KEY),))),
                Field("title", or_null(Primitive("string"))),
                Field("size", Primitive("number")),
            )
        )

    @pytest.mark.parametrize(
        ("path", "name"),
        [
            ("/projects/search", "GithubProjectParent"),
            ("/orgs/${metadata.org}/teams/${metadata.team}", "GithubTeamParent"),
            ("/${metadata.org}", "GithubEntryParent"),
            ("/v1/8x8", "GithubEightX8Parent"),
        ],
    )
    def test_an_entry_is_called_what_the_path_says(self, path: str, name: str) -> None:
        spec = spec_of(**sync(parents={**self.PARENTS, "path": path}, request={"path": "/${parent.id}/x"}))
        assert spec.syncs[0].parent == name

    def test_the_default_path_is_below_the_entry(self) -> None:
        text = own_files(spec_of(**sync(parents=self.PARENTS)))["syncs/users.ts"]
        assert "endpoint: `/teams/${parent.id}/users`" in text

    @pytest.mark.parametrize(
        ("settings", "where", "what"),
        [
            ({"request": {"path": "/users"}}, "request.path", "the same for each entry"),
            ({"pattern": "window"}, "parents", "has a loop of its own"),
            (
                {"parents": {**PARENTS, "from_parent": {"nick": "id"}}},
                "parents.from_parent.nick",
                "has no field",
            ),
            (
                {
                    "webhook_subscriptions": ["user.created"],
                    "parents": {**PARENTS, "from_parent": {"name": "id"}},
                },
                "webhook_subscriptions",
                "payload",
            ),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_place(
        self, settings: dict[str, Any], where: str, what: str
    ) -> None:
        with pytest.raises(AnswersError, match=what) as refusal:
            spec_of(**sync(**{"parents": self.PARENTS, **settings}))
        assert refusal.value.where == f"syncs[0].{where}"


class TestSavedRecords:
    OWNER = {"name": "owner", "from_sync": "users", "id": "${input.user_id}", "pick": "name"}

    def spec(self, **settings: Any) -> IntegrationSpec:
        lookup = {key: value for key, value in {**self.OWNER, **settings}.items() if value is not None}
        note = {
            "name": "create-note",
            "input": "NewNote",
            "output": "none",
            "lookups": [lookup],
            "request": {"path": "/owners/${lookup.owner}/notes"},
            **({"from_sync_key": "READ_KEY"} if "from_sync" in lookup else {}),
        }
        models = {
            "NewNote": {"user_id": "string", "team?": "string"},
            "User": {"id": "string", "name?": "string | null", "size": "number", "tags": "string[]"},
        }
        syncs = [{"name": "users", "request": {"paginate": {"type": "none"}, "response_path": ""}}]
        return spec_of(models=models, syncs=syncs, actions=[note])

    def test_an_action_looks_a_value_up_in_what_a_sync_saved(self) -> None:
        spec = self.spec()
        (lookup,) = spec.actions[0].lookups
        assert lookup.saved == SavedRecords("users", "User", "READ_KEY", "NANGO_HOST")
        assert (lookup.pick, lookup.body) == (("name",), "")
        text = own_files(spec)["actions/create-note.ts"]
        assert "const owner = await lookUpOwner(nango, input);" in text
        assert "variable.name === 'READ_KEY'" in text
        assert "body.records.find((saved) => String(saved.id) === recordId)" in text
        assert "const owner = record?.name;" in text
        assert "user_id: input" not in text

    def test_each_action_has_its_own(self) -> None:
        note = {
            "input": "NewNote",
            "output": "none",
            "lookups": [self.OWNER],
            "request": {"path": "/owners/${lookup.owner}"},
        }
        actions = [{"name": name, **note} for name in ("create-note", "create-task")]
        models = {"NewNote": {"user_id": "string"}, "User": {"id": "string", "name": "string"}}
        files = own_files(spec_of(models=models, sync_names=["users"], actions=actions))
        assert not [path for path in files if path.startswith("helpers/")]

    @pytest.mark.parametrize(
        ("settings", "where"),
        [
            ({"from_sync": "teams"}, ".from_sync"),
            ({"pick": "nick"}, ".pick"),
            ({"pick": "tags"}, ".pick"),
            ({"pick": "name.first"}, ".pick"),
            ({"id": None}, ""),
            ({"path": "/users"}, ""),
            ({"from_sync": None, "path": "/users"}, ""),
            ({"id": "${input.team}"}, ".id"),
            ({"id": "${input.x}"}, ".id"),
            ({"id": "`${nango}`"}, ".id"),
        ],
    )
    def test_what_finds_no_record_is_refused(self, settings: dict[str, Any], where: str) -> None:
        with pytest.raises(AnswersError) as refusal:
            self.spec(**settings)
        assert refusal.value.where == f"actions[0].lookups[0]{where}"

    def test_a_sync_reads_nothing_of_another(self) -> None:
        with pytest.raises(AnswersError, match="at their own times") as refusal:
            spec_of(**sync(lookups=[{**self.OWNER, "id": "1"}], request={"path": "/${lookup.owner}"}))
        assert refusal.value.where == "syncs[0].lookups[0].from_sync"


class TestReadBack:
    def test_the_output_is_mapped_from_what_is_read(self) -> None:
        spec = spec_of(**action(read_back={"path": "/users/${response.data.id}", "response_path": "user"}))
        (created,) = spec.actions
        assert created.response_path == "user"
        assert created.read_back is not None
        assert created.read_back.needed == (("data", "id"),)
        assert raw_type(spec, "GithubCreateUserWritten") == ObjectOf(
            (Field("data", ObjectOf((Field("id", KEY),))),)
        )

    @pytest.mark.parametrize(
        ("settings", "where"),
        [
            ({"name": "delete-user"}, "read_back"),
            ({"name": "list-users"}, "read_back"),
            ({"output": "none"}, "read_back"),
            ({"request": {"response_path": "user"}}, "request.response_path"),
            ({"read_back": {"path": "/users/${record.id}"}}, "read_back.path"),
        ],
    )
    def test_where_it_makes_no_sense_it_is_refused(self, settings: dict[str, Any], where: str) -> None:
        with pytest.raises(AnswersError) as refusal:
            spec_of(**action(**{"read_back": {"path": "/users/${response.id}"}, **settings}))
        assert refusal.value.where == f"actions[0].{where}"


WALKED = {"path": "/projects", "response_path": "projects"}


class TestParentsOfDetails:
    """The request for a record's details may read the parent that the record was listed for."""

    def test_of_a_walked_list(self) -> None:
        script = own_files(
            spec_of(
                **sync(
                    parents=WALKED,
                    request={"path": "/projects/${parent.id}/users"},
                    detail={"path": "/projects/${parent.key}/users/${record.id}"},
                )
            )
        )["syncs/users.ts"]
        assert "await completeUser(nango, parent, record)" in script
        assert (
            "completeUser(nango: NangoSync, parent: GithubProjectParent, record: GithubUserResponse)"
            in script
        )

    def test_of_children(self) -> None:
        children = {
            "model": "Post",
            "path": "/users/${parent.id}/posts",
            "detail": {"path": "/users/${parent.id}/posts/${record.id}"},
        }
        script = own_files(spec_of(**sync(children=children)))["syncs/users.ts"]
        assert "await completePost(nango, parent, record)" in script
        assert "completePost(nango: NangoSync, parent: User, record: GithubPostResponse)" in script

    def test_what_is_read_of_the_parent_is_in_its_raw_type(self) -> None:
        spec = spec_of(
            **sync(
                parents=WALKED,
                request={"path": "/projects/${parent.id}/users"},
                detail={"path": "/p/${parent.key}/${record.id}"},
            )
        )
        assert raw_type(spec, "GithubProjectParent") == ObjectOf((Field("id", KEY), Field("key", KEY)))


class TestFunctionsTakeWhatTheyRead:
    """A function of a pattern has no parameter that only the request for the details reads."""

    def test_of_single_items(self) -> None:
        script = own_files(
            spec_of(
                models={"Wanted": {"files": "string[]", "folders": "string[]", "org": "string"}},
                **sync(
                    pattern="selection", metadata="Wanted", detail={"path": "/${metadata.org}/${record.id}"}
                ),
            )
        )["syncs/users.ts"]
        assert "function listFolder(nango: NangoSync, folder: string)" in script
        assert "function fetchItem(nango: NangoSync, metadata: Wanted, item: string)" in script

    def test_of_batches(self) -> None:
        script = own_files(
            spec_of(**sync(pattern="extended", detail={"path": "/${connection.site}/${record.id}"}))
        )["syncs/users.ts"]
        assert "function fetchBatch(nango: NangoSync, cursor: string | null)" in script


class TestParentsOfFields:
    """What the answers say of a parent's fields has to be so."""

    @pytest.mark.parametrize("expression", ["parent.key", "`${parent.id}-${parent.key}`"])
    def test_an_expression_reads_fields_of_the_parents_model(self, expression: str) -> None:
        children = {"model": "Post", "mapping": {"name": {"expression": expression}}}
        with pytest.raises(AnswersError, match="the model User has no field 'key'") as refusal:
            spec_of(**sync(children=children))
        assert refusal.value.where == "syncs[0].children.mapping.name.expression"

    def test_an_expression_of_a_walked_list_reads_its_entry(self) -> None:
        spec = spec_of(
            **sync(
                parents=WALKED,
                request={"path": "/projects/${parent.id}/users"},
                mapping={
                    "id": {"expression": "`${parent.id}-${response.key}`"},
                    "name": {"expression": "parent.title.trim()"},
                },
            )
        )
        files = own_files(spec)
        assert "id: `${parent.id}-${response.key}`" in files["mappers/to-user.ts"]
        assert "toUser(record, parent)" in files["syncs/users.ts"]
        entry = ObjectOf((Field("id", KEY), Field("title", Primitive("string"))))
        assert raw_type(spec, "GithubProjectParent") == entry

    def test_a_list_of_the_entry_is_a_list(self) -> None:
        mapping = {"name": {"expression": "parent.labels.map((label) => label.name).join()"}}
        request = {"path": "/projects/${parent.id}/users"}
        spec = spec_of(**sync(parents=WALKED, request=request, mapping=mapping))
        entry = ObjectOf((Field("id", KEY), Field("labels", ArrayOf(Primitive("any")))))
        assert raw_type(spec, "GithubProjectParent") == entry

    @pytest.mark.parametrize(
        "expression",
        [
            "String(parent.labels.length)",
            "parent.labels.includes('a') ? 'a' : ''",
            "String(parent.labels.indexOf(`a`))",
        ],
    )
    def test_what_text_and_lists_have_alike_says_neither(self, expression: str) -> None:
        request = {"path": "/projects/${parent.id}/users"}
        spec = spec_of(**sync(parents=WALKED, request=request, mapping={"name": {"expression": expression}}))
        entry = ObjectOf((Field("id", KEY), Field("labels", Primitive("any"))))
        assert raw_type(spec, "GithubProjectParent") == entry

    @pytest.mark.parametrize(
        ("expressions", "of"),
        [
            (["parent.id"], Primitive("string")),
            (["response.state ? parent.id : parent.id.trim()"], Primitive("string")),
            (["String(parent.id)"], KEY),
        ],
    )
    def test_what_becomes_a_field_unchanged_has_its_type(self, expressions: list[str], of: Any) -> None:
        request = {"path": "/projects/${parent.id}/users"}
        names = ("name", "updated_at")
        mapping = {name: {"expression": text} for name, text in zip(names, expressions, strict=False)}
        spec = spec_of(**sync(parents=WALKED, request=request, mapping=mapping))
        assert raw_type(spec, "GithubProjectParent") == ObjectOf((Field("id", of),))

    def test_an_expression_reads_what_is_in_an_object_of_the_entry(self) -> None:
        request = {"path": "/projects/${parent.id}/users"}
        mapping = {"name": {"expression": "`${parent.owner.name}, ${parent.owner.team?.key ?? ''}`"}}
        spec = spec_of(**sync(parents=WALKED, request=request, mapping=mapping))
        team = ObjectOf((Field("key", Primitive("string")),))
        owner = ObjectOf((Field("name", KEY), Field("team", team)))
        entry = ObjectOf((Field("id", KEY), Field("owner", owner)))
        assert raw_type(spec, "GithubProjectParent") == entry

    def test_an_expression_reads_no_entry_where_no_list_is_walked(self) -> None:
        with pytest.raises(AnswersError, match="the name parent is not known here") as refusal:
            spec_of(**sync(mapping={"name": {"expression": "parent.id"}}))
        assert refusal.value.where == "syncs[0].mapping.name.expression"

    def test_a_webhook_has_no_entry_that_an_expression_could_read(self) -> None:
        with pytest.raises(AnswersError, match="a webhook's payload holds none of what mapping adds"):
            spec_of(
                **sync(
                    parents=WALKED,
                    request={"path": "/projects/${parent.id}/users"},
                    mapping={"name": {"expression": "String(parent.id)"}},
                    webhook_subscriptions=["changed"],
                )
            )

    def test_another_script_has_no_entry_either(self) -> None:
        with pytest.raises(
            AnswersError, match="reads User without its parent, which an expression reads"
        ) as refusal:
            spec_of(
                models={"User": {"id": "string", "name": "string"}},
                actions=[{"name": "get-user"}],
                **sync(
                    parents=WALKED,
                    request={"path": "/projects/${parent.id}/users"},
                    mapping={"name": {"expression": "String(parent.id)"}},
                ),
            )
        assert refusal.value.where == "syncs[0].mapping"

    @pytest.mark.parametrize("mapped", ["name", {"from": "title", "otherwise": "x"}])
    def test_a_field_is_filled_once(self, mapped: Any) -> None:
        with pytest.raises(AnswersError, match="name is filled by the parent, and mapped") as refusal:
            spec_of(
                **sync(
                    parents={**WALKED, "from_parent": {"name": "title"}},
                    request={"path": "/projects/${parent.id}/users"},
                    mapping={"name": mapped},
                )
            )
        assert refusal.value.where == "syncs[0].parents.from_parent.name"


@pytest.mark.parametrize(
    "settings",
    [
        {"pattern": "selection"},
        {"pattern": "extended"},
        {
            "pattern": "extended",
            "request": {"paginate": {"type": "offset", "offset_name_in_request": "page"}},
        },
    ],
)
def test_a_pattern_reads_the_id_though_another_script_makes_it_up(settings: dict[str, Any]) -> None:
    spec = spec_of(
        models={"User": {"id": "string", "name": "string"}},
        actions=[{"name": "get-user", "mapping": {"id": {"expression": "`u-${response.name}`"}}}],
        **sync(model="User", **settings),
    )
    assert "id" in {field.name for field in raw_type(spec, "GithubUserResponse").fields}


class TestIdsInListsOfDeleted:
    """The id of the last entry, which asks for the next page, is where the entries have theirs."""

    PAGES = {"type": "last_id", "cursor_name_in_request": "after"}

    def deleted(self, **settings: Any) -> dict[str, str]:
        listing = {"path": "/gone", "response_path": "gone", "paginate": self.PAGES, **settings}
        return own_files(spec_of(**sync(sync_type="incremental", deleted=listing)))

    def test_an_entry_that_is_the_id(self) -> None:
        assert "cursor = page[page.length - 1];" in self.deleted(id_path="")["syncs/users.ts"]

    def test_an_id_of_its_own(self) -> None:
        files = self.deleted(paginate={**self.PAGES, "id_path": "key"})
        assert "cursor = page[page.length - 1]?.key;" in files["syncs/users.ts"]
        assert "key: string;" in files["types.ts"].split("interface GithubDeletedUser")[1].split("}")[0]

    def test_no_property_of_an_entry_that_is_the_id(self) -> None:
        with pytest.raises(AnswersError, match="an entry of the list is the id itself") as refusal:
            self.deleted(id_path="", paginate={**self.PAGES, "id_path": "key"})
        assert refusal.value.where == "syncs[0].deleted.paginate.id_path"


@pytest.mark.parametrize(
    ("limit", "reads_total"), [({}, False), ({"limit": 20, "limit_name_in_request": "size"}, True)]
)
def test_a_list_action_reads_a_total_only_where_it_knows_how_much_a_page_holds(
    limit: dict[str, Any], reads_total: bool
) -> None:
    paginate = {"type": "total", "total_path": "meta.total", "offset_name_in_request": "page", **limit}
    request = {"path": "/users", "response_path": "users", "paginate": paginate}
    script = own_files(spec_of(actions=[{"name": "list-users", "request": request}]))["actions/list-users.ts"]
    assert ("function readTotal" in script) == reads_total
    assert ("readTotal(nango, " in script) == reads_total
