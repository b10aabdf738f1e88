"""For any project and any integration: removing the integration restores the project."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from nango_scaffold.answers import load_answers
from nango_scaffold.errors import ScaffoldError
from nango_scaffold.operations import Job, Reader, scaffold
from nango_scaffold.operations.remove import remove
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.render.paths import SCHEMA, YAML

from ..derive.test_properties import ANSWERS
from ..nango_yaml.files import files

Tree = dict[str, bytes]
FACTS = ProviderFacts(
    key="github", auth_mode="OAUTH2", display_name="GitHub", base_url="https://api.x.io", source="embedded"
)
BARE = ["", "{}\n", "---\n", "# ours\n", "models: {}\n", "integrations:\nmodels:\n", "integrations: {}\r\n"]
YAMLS = st.none() | st.sampled_from(BARE) | files().map(lambda file: file.text)
SCHEMAS = st.none() | st.sampled_from(
    [
        "",
        "// by hand\n",
        "import { z } from 'zod';\n\nexport const userSchema = z.object({ id: z.string().min(1) });\n",
        "import { z } from 'zod'\r\nconst issueSchema = z.any()",
    ]
)
USER = {"id": "string", "team?": "Team"}
SEVERAL: list[dict[str, Any]] = [
    {"sync_names": ["users", "teams"]},
    {"sync_names": ["users"], "action_names": ["create-user", "list-users"]},
    {"models": {"User": USER, "Team": {"id": "string"}}, "sync_names": ["users"]},
    {"models": {"User": USER, "Team": {"id": "string"}}, "action_names": ["get-user"]},
    {"models": {"Tree": {"id": "string", "children": "Tree[]"}}, "sync_names": ["trees"]},
    {
        "syncs": [{"name": "things", "pattern": "configuration"}],
        "on_events": {"validate-connection": ["check"]},
    },
]
ONE_OF = st.sampled_from(SEVERAL).map(lambda answers: {"provider": "github", **answers})
SHARED = ("package.json", ".gitignore")


def reader_of(tree: Tree) -> Reader:
    return lambda paths: {path: tree.get(path) for path in paths}


def after(tree: Tree, changes: Any) -> Tree:
    """The tree with changes made."""
    now = {**tree, **{change.path: change.after for change in changes}}
    return {path: data for path, data in now.items() if data is not None}


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    files = {YAML: draw(YAMLS), SCHEMA: draw(SCHEMAS)}
    files.update({path: draw(st.none() | st.just("mine")) for path in SHARED})
    return {path: text.encode() for path, text in files.items() if text is not None}


def new(tree: Tree, answers: dict[str, Any]) -> Tree:
    """The tree with an integration written; refused cases are skipped."""
    try:
        return after(tree, scaffold([Job(load_answers(answers), FACTS)], reader_of(tree)).plan.changes)
    except ScaffoldError:
        event("refused")
        assume(False)
        raise


def without(tree: Tree, integration: str) -> Tree:
    removal = remove(integration, (), reader_of(tree))
    assert not removal.has_conflicts
    assert removal.whole
    return after(tree, removal.plan.changes)


@settings(max_examples=100)
@given(trees(), ANSWERS)
def test_new_then_remove_gives_the_old_tree(tree: Tree, answers: dict[str, Any]) -> None:
    answers = {**answers, "integration": "of-ours"}
    assert without(new(tree, answers), "of-ours") == tree


@settings(max_examples=50)
@given(trees(), ONE_OF, ONE_OF, st.booleans())
def test_two_integrations_leave_in_any_order(
    tree: Tree, first: dict[str, Any], second: dict[str, Any], in_order: bool
) -> None:
    both = new(new(tree, {**first, "integration": "ours-1"}), {**second, "integration": "ours-2"})
    earlier, other = ("ours-1", "ours-2") if in_order else ("ours-2", "ours-1")
    assert without(without(both, earlier), other) == tree


@settings(max_examples=50)
@given(trees(), ONE_OF)
def test_the_one_that_stays_is_as_if_it_had_come_alone(tree: Tree, answers: dict[str, Any]) -> None:
    """As long as they share no model, for the second would not have made what the first had made already.

    Nor does the order in a schema.zod.ts of the user's hold where it lacks schemas of the user's own models, which
    the first brings; nor a blank line where it ends in no line end.
    """
    assume(SCHEMA not in tree or (tree[SCHEMA].endswith(b"\n") and tree.get(YAML, b"").decode() in BARE))
    first = {
        "provider": "github",
        "integration": "first",
        "sync_names": ["zebras"],
        "action_names": ["create-zebra"],
    }
    second = {**answers, "integration": "second"}
    expected = new(tree, second)
    assert without(new(new(tree, first), second), "first") == expected
