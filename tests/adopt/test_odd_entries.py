"""Any nango.yaml is described or refused, and the description is answers that derive."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import event, given, settings
from hypothesis import strategies as st

from nango_scaffold import nango_yaml
from nango_scaffold.adopt import adopt
from nango_scaffold.answers import load_answers, parse_text
from nango_scaffold.derive import derive
from nango_scaffold.errors import ScaffoldError
from nango_scaffold.operations import Project
from nango_scaffold.operations.adopted import others_models
from nango_scaffold.providers import find

SCRIPT = """
const config = { endpoint: `/users/${input.id}`, params: { a: metadata.b, c: 1 }, retries: 3 };
for await (const page of nango.paginate(config)) { await nango.batchSave(page, 'User'); }
await nango.post({ endpoint: '/x', data: { id: input.id } });
"""
WORDS = [
    "users",
    "User",
    "Team",
    "string",
    "GET /users",
    "/users",
    "every hour",
    "full",
    "a b",
    "Users!",
    "x" * 300,
    "../x",
    "'\n#\x7f\u202e",
    "${",
    "",
]
SCALARS = st.one_of(st.sampled_from(WORDS), st.none(), st.booleans(), st.integers(-2, 2**60), st.just(1.5))
KEYS = [
    "description",
    "runs",
    "sync_type",
    "input",
    "output",
    "endpoint",
    "scopes",
    "version",
    "auto_start",
    "track_deletes",
    "webhook-subscriptions",
    "method",
    "path",
    "group",
    "id",
    "id?",
    "__extends",
    "odd",
]
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=6,
)
ENTRIES = st.dictionaries(
    st.sampled_from(["users", "get-user", "listUsers", "create"]),
    st.one_of(st.dictionaries(st.sampled_from(KEYS), VALUES), VALUES),
    max_size=3,
)
FACTS = find("github")


@settings(max_examples=60)
@given(
    syncs=ENTRIES,
    actions=ENTRIES,
    events=st.one_of(VALUES, st.dictionaries(st.sampled_from(["post-connection-creation", "odd"]), VALUES)),
    models=st.dictionaries(
        st.sampled_from(["User", "Team", "team"]),
        st.one_of(st.dictionaries(st.sampled_from(KEYS), VALUES), VALUES),
    ),
)
def test_odd_entries(syncs: Any, actions: Any, events: Any, models: Any) -> None:
    entry = {"syncs": syncs, "actions": actions, "on-events": events}
    text = yaml.safe_dump({"integrations": {"github": entry}, "models": models}, sort_keys=False)
    project = Project(lambda paths: dict.fromkeys(paths, SCRIPT.encode()))
    try:
        document = nango_yaml.read(text)
        adoption = adopt("github", FACTS, document, project, {})
    except ScaffoldError:
        event("refused")
        return
    event("described")
    answers = load_answers(parse_text(adoption.text, "adopted"))
    assert answers.raw == adoption.answers
    spec = derive(answers, FACTS, others_models(answers, document))
    assert {script.name for script in (*spec.syncs, *spec.actions)} <= {*syncs, *actions}


@pytest.mark.parametrize("shape", ["string", ["string"], 3])
def test_a_model_that_is_no_mapping(shape: Any) -> None:
    entry = {"actions": {"list-users": {"output": "User", "endpoint": "GET /users"}}}
    text = yaml.safe_dump({"integrations": {"github": entry}, "models": {"User": shape}})
    project = Project(lambda paths: dict.fromkeys(paths, SCRIPT.encode()))
    adoption = adopt("github", FACTS, nango_yaml.read(text), project, {})
    assert [action["name"] for action in adoption.answers["actions"]] == ["list-users"]
