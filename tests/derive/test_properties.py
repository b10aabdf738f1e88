"""Any answers with any facts: a complete spec that Nango accepts, or an error; nothing else is raised."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hypothesis import event, given
from hypothesis import strategies as st

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import derive
from nango_scaffold.derive.mapping.raw_types import UNREAD
from nango_scaffold.errors import AnswersError
from nango_scaffold.models.types import ObjectOf
from nango_scaffold.models.walk import referenced_models
from nango_scaffold.naming.reserved import SCRIPT_NAME, is_usable_model_name
from nango_scaffold.naming.words import kebab
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.spec.mappers import Mapper

if TYPE_CHECKING:
    from nango_scaffold.answers import Answers
    from nango_scaffold.derive import IntegrationSpec

MODELS = [
    "User",
    "Team",
    "GithubUser",
    "SuccessResponse",
    "UserPage",
    "CreateUser",
    "Class",
    "User_a",
    "UserA",
]
FIELDS = [
    *(
        "name",
        "name?",
        "team",
        "users",
        "next_cursor?",
        "cursor?",
        "updated_at",
        "updated_at?",
        "success",
        "class",
    ),
    *("a-b", "@odata.etag", "data?", "status"),
]
TYPES: list[Any] = [
    *(
        "string",
        "number",
        "boolean",
        "date",
        "object",
        "any",
        "string[]",
        "string | null",
        "open | closed | null",
    ),
    *("User", "Team[]", "GithubUser | null", "date | null"),
    *(
        {"login": "string", "at?": "date"},
        [{"id": "number", "of": "Team"}],
        {"__string": "Team"},
        ["A", "B"],
        3,
        None,
    ),
]
SCRIPTS = [
    *("users", "teams", "github-users", "user", "github", "8x8", "news", "classes", "errors", "metadata"),
    *(
        "create-user",
        "update-user",
        "delete-user",
        "get-user",
        "list-users",
        "search-users",
        "list",
        "send-message",
    ),
    *(
        "whoami",
        "list-users2",
        "list-users-2",
        "replace-team",
        "get-error",
        "create-create-user",
        "get-class",
    ),
]
PATHS = [
    "/users",
    "/orgs/${metadata.org}/x",
    "/users/${input.id}",
    "/users/${input.login}/x",
    "https://api.x.io/v1/y",
]
TEXT = st.sampled_from(["a", "${input.name}", "${metadata.org}", "it's", "`$", "\\", "</script>", "${", "\n"])
STEPS = st.sampled_from(
    ["id", "user.login", "user", "name", "data.items", "@odata.nextLink", "a.b.c", "team.id"]
)


def partly(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=parts)


FIELD_MAPS = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(TYPES), max_size=5)
BODIES = st.builds(
    lambda fields, start: {**start, **fields},
    FIELD_MAPS,
    st.sampled_from(
        [{"id": "string"}, {"id": "number"}, {"id?": "string"}, {}, {"__string": "any", "id": "string"}]
    ),
)
MODEL_MAPS = st.dictionaries(st.sampled_from(MODELS), BODIES, max_size=4)
KNOWN_PAGINATIONS = [
    {"type": "link", "link_rel_in_response_header": "next", "limit_name_in_request": "per_page"},
    {"type": "link", "link_path_in_response_body": "@odata.nextLink", "response_path": "value"},
    {"type": "cursor", "cursor_path_in_response": "paging.after", "cursor_name_in_request": "after"},
    {"type": "offset", "offset_name_in_request": "page", "response_path": "data", "offset_start_value": 1},
    {"type": "offset", "offset_name_in_request": "page", "offset_start_value": "x()"},
]
PAGINATE = partly(
    type=st.sampled_from(["link", "cursor", "offset", "none"]),
    cursor_path_in_response=STEPS,
    cursor_name_in_request=st.just("after"),
    link_rel_in_response_header=st.just("next"),
    link_path_in_response_body=STEPS,
    offset_name_in_request=st.just("offset"),
    limit_name_in_request=st.just("per_page"),
    response_path=STEPS,
)
REQUEST = {
    "method": st.sampled_from(["GET", "POST", "DELETE"]),
    "path": st.sampled_from(PATHS),
    "docs": st.just("https://docs.x.io"),
    "params": st.dictionaries(
        st.sampled_from(["q", "filter[a]", "since"]), TEXT | st.floats(-1e9, 1e9) | st.booleans(), max_size=2
    ),
    "headers": st.dictionaries(st.just("X-A"), TEXT, max_size=1),
    "paginate": PAGINATE,
    "response_path": STEPS | st.just(""),
}
SENT = st.dictionaries(
    st.sampled_from(["q", "since", "to", "__proto__", "a-b"]),
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=True) | st.integers(-9, 9) | TEXT,
        lambda inner: st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["", "q"]), inner, max_size=2),
        max_leaves=5,
    ),
    max_size=3,
)
ENDPOINT = partly(path=st.sampled_from(["/users", "/teams", "/users/page"]), group=st.just("Users"))
COMPUTED = st.sampled_from(
    [
        {"from": "state", "otherwise": "a"},
        {"from": "state", "is": ["a", 1]},
        {"from": "items", "where": {"kind": "it's `${", "main": False}, "pick": "user.name"},
        {"from": "items", "where": {"main": True}},
        {"from": "user.name", "part": "rest", "at": "\\"},
        {"from": "name", "part": "first", "otherwise": "*/"},
        {"from": "created", "date": "epoch_seconds"},
        {"from": "created", "date": "any", "otherwise": "never"},
        {"from": "items", "each": {"name": {"from": "title", "part": "last"}, "id": "key"}},
        {
            "from": "team",
            "each": {"name": {"from": "list", "where": {"a": 1}, "pick": "b", "otherwise": "c"}},
        },
        {"expression": "`${response.first} */ ${response.last ?? '\\'}`.trim()"},
        {"expression": "response.items?.find((item) => item.main)?.id ?? null"},
        {"expression": "response.items.map(({ id, key: name }) => ({ id, name }))"},
    ]
)
MAPPING = st.dictionaries(st.sampled_from(["id", "name", "team", "class"]), STEPS | COMPUTED, max_size=2)
COMMON = {
    "description": st.sampled_from(["a", "*/ it's `${", "two\nlines"]),
    "scopes": st.just(["repo"]),
    "endpoint": ENDPOINT,
    "mapping": MAPPING,
}
SYNC = (
    partly(
        model=st.sampled_from(MODELS),
        sync_type=st.sampled_from(["full", "incremental"]),
        metadata=st.sampled_from(MODELS),
        pattern=st.sampled_from(["paginated", "configuration", "selection", "window", "extended"]),
        request=partly(**REQUEST, data=SENT),
        **COMMON,
    )
    | st.fixed_dictionaries(
        {"sync_type": st.just("incremental")},
        optional={
            "request": partly(
                incremental=st.sampled_from([{"param": "since"}, {"field": "updated_at"}, {"field": "team"}])
            ),
            "deleted": st.sampled_from(
                [{"field": "status", "value": "gone"}, {"field": "a.b"}, {"path": "/gone", "id_path": ""}]
            ),
            "children": st.fixed_dictionaries(
                {"model": st.sampled_from(["Post", *MODELS])},
                optional={
                    "path": st.sampled_from(["/posts/${parent.id}", "/posts"]),
                    "paginate": st.sampled_from([{"type": "none"}, {"type": "cursor"}]),
                    "from_parent": st.dictionaries(
                        st.sampled_from(["name", "owner"]), st.just("id"), max_size=2
                    ),
                },
            ),
            "webhook_subscriptions": st.just(["changed"]),
        },
    )
    | st.fixed_dictionaries(
        {"models": st.lists(st.sampled_from(["Post", "Page", *MODELS]), max_size=3, unique=True)},
        optional={
            "requests": st.dictionaries(
                st.sampled_from(["Post", "Page"]),
                partly(path=st.just("/posts"), paginate=PAGINATE),
                max_size=2,
            )
        },
    )
)
CLOUD = {"name": "cloud", "path": "/clouds", "pick": "0.id"}
LOOKUPS = st.sampled_from(
    [
        [CLOUD],
        [{**CLOUD, "path": "/${metadata.org}/clouds"}],
        [{**CLOUD, "params": {"q": "${input.name}"}, "method": "POST", "data": {"n": "${input.id}"}}],
        [{"name": "page", "path": "/pages", "pick": "key"}, {**CLOUD, "path": "/${lookup.page}/clouds"}],
    ]
)
SEVERAL = {
    "lookups": LOOKUPS,
    "request": partly(
        path=st.sampled_from(["/${lookup.cloud}/x", "/${lookup.cloud}/${parent.id}/x", "/${metadata.org}/x"]),
        params=st.dictionaries(st.just("cloud"), st.just("${lookup.cloud}"), max_size=1),
        headers=st.dictionaries(st.just("X-Cloud"), st.just("${lookup.cloud}"), max_size=1),
        paginate=PAGINATE,
        response_path=STEPS | st.just(""),
    ),
    "mapping": MAPPING,
}
DETAIL = st.sampled_from(
    [
        {"path": "/users/${record.id}"},
        {"path": "/${lookup.cloud}/users/${record.user.login}", "response_path": "data.user"},
        {"path": "/users", "params": {"id": "${record.name}"}, "response_path": "user"},
    ]
)
SYNC = SYNC | partly(
    **SEVERAL,
    model=st.sampled_from(MODELS),
    pattern=st.sampled_from(["paginated", "configuration", "selection", "window", "extended"]),
    sync_type=st.sampled_from(["full", "incremental"]),
    detail=DETAIL,
    parents=st.fixed_dictionaries(
        {"path": st.sampled_from(["/teams", "/${lookup.cloud}/boards"])},
        optional={
            "paginate": PAGINATE,
            "response_path": STEPS | st.just(""),
            "from_parent": st.dictionaries(st.sampled_from(["name", "owner"]), STEPS, max_size=2),
        },
    ),
    children=st.fixed_dictionaries(
        {"model": st.sampled_from(["Post", *MODELS]), "detail": DETAIL},
        optional={"path": st.sampled_from(["/posts/${parent.id}", "/${lookup.cloud}/${parent.name}/posts"])},
    ),
)
ACTION = (
    partly(
        **SEVERAL,
        input=st.sampled_from([*MODELS, "Fresh"]),
        output=st.sampled_from([*MODELS, "Fresh"]),
        dates=st.dictionaries(st.just("name"), st.just("date"), max_size=1),
        read_back=st.sampled_from(
            [
                {"path": "/users/${response.id}"},
                {"path": "/users/${input.id}", "response_path": "user"},
                {"path": "/${lookup.cloud}/users/${response.data.id}", "params": {"on": "${input.name}"}},
            ]
        ),
    )
    | partly(
        input=st.sampled_from([*MODELS, "Fresh", "none"]),
        output=st.sampled_from([*MODELS, "Fresh", "none"]),
        paginated=st.booleans(),
        request=partly(
            **REQUEST, data=st.lists(st.sampled_from(["name", "id", "a-b"]), max_size=2, unique=True)
        ),
        **COMMON,
    )
    | partly(
        dates=st.dictionaries(
            st.sampled_from(["name", "id"]), st.sampled_from(["iso", "epoch_seconds"]), max_size=1
        ),
        from_sync=st.sampled_from(SCRIPTS),
        paginated=st.booleans(),
        request=partly(
            data=st.dictionaries(st.sampled_from(["x", "a.b"]), st.sampled_from(["name", "id"]), max_size=2),
            encoding=st.sampled_from(["json", "form"]),
            response_type=st.sampled_from(["json", "binary"]),
        ),
    )
)
# Where a model may hold any other, each is described, and none leads back.
ORDERED = {"Team": {"id": "string"}, "GithubUser": {"id": "number", "team": "Team"}, "User": {"id": "string"}}


@st.composite
def answer_data(draw: st.DrawFn) -> dict[str, Any]:
    data: dict[str, Any] = {"provider": "github", "models": dict(ORDERED)}
    if draw(st.booleans()):
        data["integration"] = draw(st.sampled_from(["GitHub_2", "8x8", "users", "a"]))
    data["models"].update(draw(st.dictionaries(st.sampled_from(MODELS[4:]), BODIES, max_size=3)))
    if draw(st.integers(0, 3)) == 0:
        data["models"] = {"User": draw(BODIES), "Team": {"id": "string"}, "GithubUser": {"id": "string"}}
    names = draw(st.lists(st.sampled_from(SCRIPTS), min_size=1, max_size=6, unique=True))
    for name in names:
        form = draw(st.sampled_from(["sync_names", "action_names", "syncs", "actions"]))
        entry = (
            name if form.endswith("names") else {"name": name, **draw(SYNC if form == "syncs" else ACTION)}
        )
        data.setdefault(form, []).append(entry)
    if draw(st.integers(0, 5)) == 0:
        data["responses"] = draw(st.dictionaries(st.sampled_from(MODELS), FIELD_MAPS, max_size=1))
    return data


ANSWERS = answer_data()
FACTS = st.builds(
    ProviderFacts,
    key=st.just("github"),
    auth_mode=st.sampled_from(["OAUTH2", "API_KEY"]),
    display_name=st.sampled_from(["", "GitHub"]) | st.text(max_size=3),
    base_url=st.sampled_from(
        ["https://api.x.io/v1", "https://${connectionConfig.a}.x.io || https://api.x.io"]
    ),
    paginate=st.none() | st.sampled_from(KNOWN_PAGINATIONS),
    docs=st.none() | st.just("https://docs.x.io"),
    headers=st.dictionaries(st.sampled_from(["X-A", "x-a", "X-B"]), TEXT, max_size=2),
    retry=st.none() | st.sampled_from([{"at": ["X-At"]}, {"error_code": ["423"]}, {"remaining": "X-Left"}]),
    source=st.sampled_from(["embedded", "embedded, answers"]),
    stated=st.lists(st.sampled_from(["base_url", "headers", "paginate", "retry"]), unique=True).map(tuple),
)
PROJECT_MODELS = st.just({}) | MODEL_MAPS


def derived(
    data: dict[str, Any], facts: ProviderFacts, project_models: dict[str, Any]
) -> tuple[Answers, IntegrationSpec] | None:
    try:
        answers = load_answers(data)
        spec = derive(answers, facts, project_models)
    except AnswersError as refusal:
        event("refused")
        assert refusal.where  # noqa: PT017 - one of two ways this may end
        assert str(refusal).encode("utf-8", "surrogatepass")  # noqa: PT017
        return None
    event("derived")
    return answers, spec


@given(ANSWERS, FACTS, PROJECT_MODELS)
def test_any_answers_give_a_whole_description_or_a_message(
    data: dict[str, Any], facts: ProviderFacts, project_models: dict[str, Any]
) -> None:
    result = derived(data, facts, project_models)
    if result is None:
        return
    answers, spec = result
    check_scripts(spec)
    check_models(spec, project_models)
    check_raw_types(spec, project_models)
    check_guesses(answers, spec, project_models)
    again = derived(data, facts, project_models)
    assert again is not None
    assert again[1] == spec


def check_scripts(spec: IntegrationSpec) -> None:
    scripts = [*spec.syncs, *spec.actions]
    offered = [*scripts, *(fetch for sync in spec.syncs for fetch in sync.further)]
    endpoints = [(script.endpoint.method, script.endpoint.path) for script in offered]
    assert len(set(endpoints)) == len(endpoints)
    assert len({script.name for script in scripts}) == len(scripts)
    for script in scripts:
        assert SCRIPT_NAME.fullmatch(script.name)
        assert re.fullmatch(r"/[a-z0-9-]+(/[a-z0-9-]+)?", script.endpoint.path)
        assert re.fullmatch(r"[a-zA-Z _-]{1,64}", script.endpoint.group)
        assert script.description
        assert script.request.docs.startswith("https://")
    for sync in spec.syncs:
        assert sync.endpoint.method == "GET"
        assert sync.request.retries == 10
        assert sync.track_deletes == (sync.sync_type == "full")
        assert sync.incremental is None or sync.sync_type == "incremental"
    for action in spec.actions:
        assert action.request.retries == 3
        inputs = {field.name for field in (action.input.shape.fields if action.input else ())}
        outputs = {field.name for field in (action.output.shape.fields if action.output else ())}
        sent = [part for param in action.request.body for part in param.value]  # type: ignore[union-attr]
        assert {part.field for part in sent} | {date.field for date in action.dates} <= inputs
        dates = {date.field for date in action.dates}
        assert all(part.root == ("dates" if part.field in dates else "input") for part in sent)
        assert (action.output is None) == (action.returns == "nothing")
        if action.listing and action.listing.pagination.kind != "none":
            assert "cursor" in inputs
            assert "next_cursor" in outputs
        if action.synced:
            assert action.listing
            assert action.synced.model == action.listing.item_model
        if action.returns == "binary":
            assert "content" in outputs


def check_models(spec: IntegrationSpec, project_models: dict[str, Any]) -> None:
    outputs = [
        model for sync in spec.syncs for model in (sync.model, *(fetch.model for fetch in sync.further))
    ]
    assert len(set(outputs)) == len(outputs)
    known = {*spec.models, *project_models}
    named = set(outputs)
    named |= {sync.metadata.name for sync in spec.syncs if sync.metadata}
    named |= {model.name for action in spec.actions for model in (action.input, action.output) if model}
    assert named <= known
    assert all(is_usable_model_name(name) for name in spec.models)
    for name in spec.models:  # what is derived never changes the shape of what is there
        assert (
            name not in project_models or spec.models[name] == project_models[name] or name in named | {name}
        )
    for mapper in spec.mappers:
        if mapper.model in outputs and isinstance(mapper, Mapper):
            assert "id" in {field.name for field in mapper.fields}


def check_raw_types(spec: IntegrationSpec, project_models: dict[str, Any]) -> None:
    names = [raw.name for raw in spec.raw_types]
    assert len(set(names)) == len(names)
    assert not set(names) & {*spec.models, *project_models}
    for raw in spec.raw_types:
        assert set(referenced_models(raw.shape)) <= set(names)
    used = {script.raw for script in (*spec.syncs, *spec.actions)} | {mapper.raw for mapper in spec.mappers}
    assert used <= {*names, "", UNREAD}
    assert all(raw.shape != ObjectOf(()) for raw in spec.raw_types)
    stems = [kebab(mapper.model) for mapper in spec.mappers]
    assert len(set(stems)) == len(stems)
    assert {model for mapper in spec.mappers for model in mapper.uses} <= {
        mapper.model for mapper in spec.mappers
    }


def check_guesses(answers: Answers, spec: IntegrationSpec, project_models: dict[str, Any]) -> None:
    guessed = {guess.answer for guess in spec.guesses}
    assert len(spec.guesses) == len(set(spec.guesses))
    for script in (*answers.syncs, *answers.actions):
        assert (script.request.path is None) == (f"{script.where}.request.path" in guessed)
        assert (script.request.docs is None) == (f"{script.where}.request.docs" in guessed)
    for sync in spec.syncs:
        described = sync.model in answers.models or sync.model in project_models
        assert described or f"models.{sync.model}" in guessed
