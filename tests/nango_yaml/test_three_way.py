"""Ours, theirs, and what we wrote last: the user's edits win, key by key."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.errors import Place
from nango_scaffold.nango_yaml import (
    ABSENT,
    Block,
    ModelClash,
    Refused,
    house_style,
    merge,
    read,
    remove,
    script_models,
)
from nango_scaffold.yaml12.scalars import same

SYNC = {
    "runs": "every hour",
    "description": "Gets all issues.\nAll of them.\n",
    "output": "Issue",
    "endpoint": {"method": "GET", "path": "/issues", "group": "Issues"},
    "scopes": ["read", "write"],
}
WRITTEN = Block("linear", {"issues": SYNC}, {}, {"Issue": {"id": "string", "title": "string"}})
FILE = house_style(WRITTEN)


def with_sync(**changes: Any) -> Block:
    return replace(WRITTEN, syncs={"issues": {**SYNC, **changes}})


def sync_in(text: str) -> dict[str, Any]:
    entry: dict[str, Any] = read(text).integrations["linear"]["syncs"]["issues"]
    return entry


def test_only_we_changed_a_value_so_ours_is_written_and_the_comment_stays() -> None:
    file = FILE.replace("runs: every hour", "runs: every hour  # not too often")
    merged = merge(file, with_sync(runs="every day"), WRITTEN)
    assert merged.text == file.replace("every hour", "every day")
    assert merged.kept == ()


def test_only_the_user_changed_a_value_so_theirs_stays() -> None:
    file = FILE.replace("every hour", "every week")
    merged = merge(file, with_sync(description="New."), WRITTEN)
    assert sync_in(merged.text) == {**SYNC, "runs": "every week", "description": "New."}
    assert [(difference.path[-1], difference.why) for difference in merged.kept] == [("runs", "edited")]


def test_both_changed_a_value_so_theirs_stays_and_the_difference_is_told() -> None:
    file = FILE.replace("every hour", "every week")
    merged = merge(file, with_sync(runs="every day"), WRITTEN)
    assert merged.text == file
    (difference,) = merged.kept
    assert difference.path == ("integrations", "linear", "syncs", "issues", "runs")
    assert (difference.ours, difference.theirs, difference.why) == ("every day", "every week", "conflict")


def test_both_made_the_same_change_so_nothing_is_told() -> None:
    file = FILE.replace("every hour", "every day")
    merged = merge(file, with_sync(runs="every day"), WRITTEN)
    assert (merged.text, merged.kept) == (file, ())


def test_both_changed_different_keys_of_a_nested_mapping() -> None:
    file = FILE.replace("group: Issues", "group: Work")
    merged = merge(file, with_sync(endpoint={**SYNC["endpoint"], "path": "/all"}), WRITTEN)  # type: ignore[dict-item]
    assert merged.text == file.replace("/issues", "/all")


def test_a_sync_the_user_deleted_stays_deleted_with_its_model() -> None:
    file = "integrations:\n    other:\n        actions:\n            a:\n                endpoint: POST /a\nmodels: {}\n"
    merged = merge(file, with_sync(runs="every day"), WRITTEN)
    assert merged.text == file
    assert {difference.why for difference in merged.kept} == {"deleted"}
    assert all(difference.theirs is ABSENT for difference in merged.kept)


def test_a_deleted_model_comes_back_when_a_new_sync_needs_it() -> None:
    file = "integrations:\n    linear:\n        actions:\n            a:\n                endpoint: POST /a\nmodels: {}\n"
    new = replace(WRITTEN, syncs={**WRITTEN.syncs, "all-issues": {**SYNC, "endpoint": "GET /all"}})
    merged = merge(file, new, WRITTEN)
    assert list(read(merged.text).integrations["linear"]["syncs"]) == ["all-issues"]
    assert list(read(merged.text).models) == ["Issue"]


def test_what_we_no_longer_write_goes_unless_the_user_edited_it() -> None:
    two = replace(WRITTEN, actions={"a": {"endpoint": "POST /a"}, "b": {"endpoint": "POST /b"}})
    file = house_style(two).replace("POST /b", "PUT /b")
    merged = merge(file, WRITTEN, two)
    assert list(read(merged.text).integrations["linear"]["actions"]) == ["b"]
    assert [(difference.path[-1], difference.why) for difference in merged.kept] == [("b", "edited")]


def test_comments_on_list_items_that_stay_are_kept() -> None:
    file = FILE.replace("- read\n", "- read  # always\n").replace(
        "- write\n", "# for actions\n                    - write\n"
    )
    merged = merge(file, with_sync(scopes=["read", "admin"]), WRITTEN)
    assert "- read  # always\n                    # for actions\n                    - admin\n" in merged.text


def test_without_a_base_an_entry_that_differs_is_the_users() -> None:
    with pytest.raises(Refused, match=r"linear\.syncs\.issues exists already") as refusal:
        merge(FILE.replace("every hour", "every day"), WRITTEN)
    assert (refusal.value.line, refusal.value.column) == (4, 13)


def test_without_a_base_an_entry_that_is_the_same_is_ours() -> None:
    merged = merge(FILE, WRITTEN)
    assert merged.text == FILE
    assert merged.owned == WRITTEN


def test_a_model_that_stood_there_is_reused_and_not_ours_to_remove() -> None:
    file = "integrations:\n    a:\n        actions:\n            b:\n                endpoint: POST /b\nmodels:\n    Issue:\n        title: string\n        id: string\n"
    merged = merge(file, WRITTEN)
    assert merged.owned.models == {}
    assert remove(merged.text, merged.owned).text == file


def test_a_model_with_other_fields_is_a_clash_with_a_free_name() -> None:
    file = "integrations: {}\nmodels:\n    Issue:\n        id: number\n    LinearIssue: {}\n"
    with pytest.raises(ModelClash) as refusal:
        merge(file, WRITTEN)
    assert refusal.value.model == "Issue"
    assert refusal.value.theirs == {"id": "number"}
    assert refusal.value.ours == {"id": "string", "title": "string"}
    assert refusal.value.proposed == "LinearIssue2"
    assert refusal.value.line == 3


def test_a_free_name_counts_on_from_those_that_are_taken() -> None:
    file = "integrations: {}\nmodels:\n    Issue:\n        id: number\n    LinearIssue: {}\n    LinearIssue2: {}\n"
    with pytest.raises(ModelClash) as refusal:
        merge(file, WRITTEN)
    assert refusal.value.proposed == "LinearIssue3"


def test_a_clash_shows_types_in_full_up_to_forty_characters() -> None:
    widest = "'{}' | string".format("x" * 29)
    file = (
        f'integrations: {{}}\nmodels:\n    Issue:\n        id: "{widest}"\n        title: "{widest} | null"\n'
    )
    with pytest.raises(ModelClash) as refusal:
        merge(file, WRITTEN)
    assert len(widest) == 40
    assert f"in the file:   id: {widest}, title: {widest[:37]}...\n" in str(refusal.value)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(replace(WRITTEN, models={}), id="as the output of a sync"),
        pytest.param(
            replace(with_sync(output="Page"), models={"Page": {"of": "Issue"}}), id="in a field of a model"
        ),
    ],
)
def test_what_was_a_literal_in_our_own_entries_may_become_a_model(before: Block) -> None:
    ours = replace(before, models={**before.models, **WRITTEN.models})
    merged = merge(house_style(before), ours, before)
    assert read(merged.text).models == {**before.models, **WRITTEN.models}


def test_a_model_changes_that_only_our_own_models_and_entries_use() -> None:
    base = replace(WRITTEN, models={**WRITTEN.models, "Page": {"of": "Issue"}})
    ours = replace(base, models={**base.models, "Issue": {"id": "number"}})
    assert read(merge(house_style(base), ours, base).text).models == ours.models


def test_a_new_key_stands_behind_the_one_it_follows() -> None:
    runs, *others = SYNC.items()
    new = replace(WRITTEN, syncs={"issues": dict([runs, ("auto_start", False), *others])})
    line = "                runs: every hour\n"
    key = "                auto_start: false\n"
    assert merge(FILE, new, WRITTEN).text == FILE.replace(line, line + key)
    first = replace(WRITTEN, syncs={"issues": {"auto_start": False, **SYNC}})
    assert merge(FILE, first, WRITTEN).text == FILE.replace(line, key + line)
    commented = FILE.replace(line, f"{line}                # what it is for\n")
    assert merge(commented, new, WRITTEN).text == commented.replace(
        line, line + key
    ), "the comment is of the next"


def test_a_value_comes_behind_a_key_that_has_none() -> None:
    base = with_sync(description=None)
    file = house_style(base).replace("description: null\n", "description:\n")
    merged = merge(file, with_sync(description="New."), base)
    assert merged.text == file.replace("description:\n", "description: New.\n")


def test_an_empty_section_is_filled_in_the_indentation_of_the_file() -> None:
    file = "integrations:\n  other:\n    actions:\n      a:\n        endpoint: POST /a\nmodels:\n"
    assert merge(file, WRITTEN).text.endswith("models:\n  Issue:\n    id: string\n    title: string\n")
    file = "models:\n  User:\n    id: string\nintegrations:\n"
    assert merge(file, replace(WRITTEN, models={})).text.startswith(
        f"{file}  linear:\n    syncs:\n      issues:\n        runs: every hour\n"
    )


@pytest.mark.parametrize(
    ("column", "place"),
    [(5, Place("nango.yaml", 2, 5, 0, "  b: c")), (0, Place("nango.yaml", 2, 3, 4, "  b: c"))],
)
def test_a_refusal_shows_its_line_and_all_of_it_where_no_column_is_meant(column: int, place: Place) -> None:
    refusal = Refused("no", line=2, column=column)
    refusal.show_in("\ufeffa:\r\n  b: c\r\n")
    assert refusal.place == place


def test_a_list_in_brackets_stays_one_and_quotes_what_brackets_would_split() -> None:
    scopes = "scopes:\n                    - read\n                    - write\n"
    file = FILE.replace(scopes, "scopes: [read, write]\n")
    merged = merge(file, with_sync(scopes=["read", "a,b", "{c}", "d]", "e"]), WRITTEN)
    assert merged.text == file.replace("[read, write]", "[read, 'a,b', '{c}', 'd]', e]")


def test_a_refusal_carries_the_block_to_paste() -> None:
    with pytest.raises(Refused) as refusal:
        merge("integrations: [a]\n", WRITTEN)
    assert refusal.value.block == FILE
    assert str(refusal.value).startswith("nango.yaml:1:15: integrations is not a mapping")
    assert FILE in str(refusal.value)


ALIASED = """\
integrations:
    github:
        syncs:
            template: &template
                runs: every hour
                output: Other
                endpoint: { method: GET, path: /template }
    linear:
        syncs:
            issues: *template
models:
    Other:
        id: string
    Issue:
        id: string
"""
TEMPLATE = {"runs": "every hour", "output": "Other", "endpoint": {"method": "GET", "path": "/template"}}


@pytest.mark.parametrize("base", [TEMPLATE, {**TEMPLATE, "runs": "every day"}, {"runs": "every hour"}])
def test_what_an_alias_stands_for_is_written_elsewhere_and_stays(base: dict[str, Any]) -> None:
    """Whether the sync is as we last wrote it or not: to change it would be to change its namesake, too."""
    ours = {**TEMPLATE, "runs": "every week", "description": "Gets them."}
    merged = merge(ALIASED, Block("linear", {"issues": ours}), Block("linear", {"issues": base}))
    assert merged.text == ALIASED
    assert [(difference.path[-1], difference.why) for difference in merged.kept] == [("issues", "conflict")]


def test_a_new_section_comes_behind_an_alias_wherever_else_there_is_an_asterisk() -> None:
    file = f"# the *old* file\n{ALIASED}"
    merged = merge(file, Block("linear", actions={"y": {"endpoint": "POST /y"}}))
    alias = "            issues: *template\n"
    section = "        actions:\n            y:\n                endpoint: POST /y\n"
    assert merged.text == file.replace(alias, alias + section)


def test_an_alias_inside_a_sync_stays_while_its_neighbours_change() -> None:
    file = ALIASED.replace(
        "issues: *template", "issues:\n                runs: every hour\n                endpoint: *at"
    )
    file = file.replace("endpoint: {", "endpoint: &at {")
    base = {"runs": "every hour", "endpoint": TEMPLATE["endpoint"]}
    ours = {"runs": "every day", "endpoint": {"method": "GET", "path": "/issues"}}
    merged = merge(file, Block("linear", {"issues": ours}), Block("linear", {"issues": base}))
    assert merged.text == file.replace(
        "every hour\n                endpoint: *", "every day\n                endpoint: *"
    )
    assert [(difference.path[-1], difference.why) for difference in merged.kept] == [("endpoint", "conflict")]


def test_a_key_that_a_merge_key_brings_is_not_taken_out() -> None:
    file = ALIASED.replace(
        "issues: *template", "issues:\n                <<: *template\n                description: Mine."
    )
    base = {**TEMPLATE, "description": "Mine."}
    ours = {key: value for key, value in base.items() if key != "runs"}
    merged = merge(file, Block("linear", {"issues": ours}), Block("linear", {"issues": base}))
    assert merged.text == file
    (difference,) = merged.kept
    assert (difference.path[-1], difference.why) == ("runs", "edited")
    assert (difference.ours, difference.theirs) == (ABSENT, "every hour")


def test_a_sync_that_became_an_alias_is_not_taken_out() -> None:
    removed = remove(ALIASED, Block("linear", {"issues": TEMPLATE}))
    assert removed.text == ALIASED
    assert [(difference.path[-1], difference.why) for difference in removed.kept] == [("issues", "edited")]


def action(name: str, more: str = "") -> str:
    """An integration with one action, as text."""
    return f"    {name}:\n        actions:\n            x:\n                endpoint: POST /x\n{more}"


def test_models_of_ours_stay_that_another_integration_uses_directly_or_through_one_another() -> None:
    models = {
        "Page": {"of": "Issue"},
        "Issue": {"user": "User"},
        "User": {"id": "string"},
        "Note": {"id": "string"},
    }
    ours = replace(WRITTEN, models=models)
    file = house_style(ours).replace(
        "models:\n", action("other", "                input: Page\n") + "models:\n"
    )
    removed = remove(file, ours)
    assert list(read(removed.text).models) == ["Page", "Issue", "User"]
    assert {difference.path[-1]: difference.why for difference in removed.kept} == dict.fromkeys(
        ("Page", "Issue", "User"), "used"
    )


def test_a_model_stays_whose_field_is_in_the_path_of_another_integration() -> None:
    other = action("other").replace("POST /x", "GET /issues/{Issue:id}")
    removed = remove(FILE.replace("models:\n", other + "models:\n"), WRITTEN)
    assert list(read(removed.text).models) == ["Issue"]


def test_the_models_of_a_script_are_those_of_its_input_its_output_and_its_path() -> None:
    script = {"input": "A | null", "output": ["B[]", "C"], "endpoint": "GET /x/{D:id}/{E}", "runs": "F"}
    assert script_models(script) == {"A", "null", "B", "C", "D", "E"}


def test_a_new_entry_is_set_apart_as_those_before_it_also_behind_a_list_in_brackets() -> None:
    scopes = "                scopes: [read]\n"
    file = f"integrations:\n{action('a', scopes)}\n{action('b', scopes)}models: {{}}\n"
    assert (
        f"{scopes}\n    linear:\n"
        in merge(file, Block("linear", actions={"y": {"endpoint": "POST /y"}})).text
    )


def test_an_entry_that_goes_takes_no_line_of_the_next_with_it() -> None:
    """Where entries are usually set apart by a blank line, and these two are not."""
    rest = f"{action('b')}\n{action('c')}\n{action('d')}models: {{}}\n"
    ours = Block("linear", actions={"x": {"endpoint": "POST /x"}})
    assert remove(f"integrations:\n{action('linear')}{rest}", ours).text == f"integrations:\n{rest}"


def test_one_entry_at_a_time() -> None:
    model, sync = Block("", models=WRITTEN.models), replace(WRITTEN, models={})
    daily = Block("linear", syncs={"issues": {**SYNC, "runs": "every day"}})
    file = merge(None, model).text
    file = merge(file, sync).text
    assert same(read(file).integrations, {"linear": {"syncs": WRITTEN.syncs}})
    file = merge(file, Block("linear", actions={"close": {"endpoint": "POST /close"}})).text
    changed = merge(file, daily, sync)
    assert changed.text == file.replace("every hour", "every day")
    removal = remove(changed.text, model)
    assert [difference.why for difference in removal.kept] == ["used"]
    less = remove(changed.text, daily).text
    assert list(read(less).integrations["linear"]) == ["actions"]
    assert read(remove(less, model).text).models == {}


scalars = st.sampled_from(["a", "b", "c\nd\n", 1, True, None, "it's: #x"])
fields = st.dictionaries(st.sampled_from(["k", "l", "m?", "n"]), scalars, max_size=4)
entries = st.dictionaries(
    st.sampled_from(["one", "two", "three", "four"]),
    st.one_of(scalars, fields, st.lists(scalars, max_size=3)),
    min_size=1,
    max_size=4,
)


def reference(ours: Any, base: Any, theirs: Any) -> Any:
    """The rule, on data alone."""
    if theirs is ABSENT:
        return ours if base is ABSENT else ABSENT
    if same(ours, theirs) or (base is not ABSENT and same(base, theirs)):
        return ours
    if not all(isinstance(version, dict) and version for version in (ours, theirs)) or not isinstance(
        base, dict
    ):
        return theirs
    names = dict.fromkeys([*theirs, *ours])
    merged = {
        name: reference(*(version.get(name, ABSENT) for version in (ours, base, theirs))) for name in names
    }
    return {name: value for name, value in merged.items() if value is not ABSENT}


@given(entries, entries, entries)
def test_any_three_versions_of_an_entry_merge_by_the_rule(
    ours: dict[str, Any], base: dict[str, Any], theirs: dict[str, Any]
) -> None:
    ours, base, theirs = ({"endpoint": "POST /x", **entry} for entry in (ours, base, theirs))
    file = house_style(Block("linear", actions={"a": theirs}))
    merged = merge(file, Block("linear", actions={"a": ours}), Block("linear", actions={"a": base}))
    expected = reference(ours, base, theirs)
    assert same(read(merged.text).integrations, {"linear": {"actions": {"a": expected}}})
    second = merge(merged.text, Block("linear", actions={"a": ours}), merged.owned)
    assert second.text == merged.text


@given(entries, entries)
def test_an_unedited_entry_becomes_the_new_one(ours: dict[str, Any], base: dict[str, Any]) -> None:
    ours, base = ({"endpoint": "POST /x", **entry} for entry in (ours, base))
    first = merge(None, Block("linear", actions={"a": base}))
    merged = merge(first.text, Block("linear", actions={"a": ours}), first.owned)
    assert merged.kept == ()
    assert same(read(merged.text).integrations["linear"]["actions"]["a"], ours)
