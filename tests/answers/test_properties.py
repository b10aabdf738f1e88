"""For any input, the loader returns answers or a problem: it raises nothing else, and does not hang."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.answers import load_answers, parse_text, with_settings
from nango_scaffold.answers.load import BadAnswersError
from nango_scaffold.errors import AnswersError

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = [
    *("version", "provider", "integration", "models", "sync_names", "action_names", "syncs", "actions"),
    *("responses", "provider_facts", "name", "model", "runs", "scopes", "endpoint", "request", "mapping"),
    *(
        "method",
        "path",
        "group",
        "params",
        "headers",
        "paginate",
        "type",
        "limit",
        "incremental",
        "field",
        "data",
    ),
]
SCALARS: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf", "Lu"]), max_size=3),
    st.sampled_from(
        ["github", "users", "User", "every hour", "/users", "${input.id}", "GET", "link", "string"]
    ),
)
KEY = st.one_of(st.sampled_from(KEYS), st.text(max_size=5), st.integers(), st.none(), st.booleans())
JUNK = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=5),
    max_leaves=25,
)


def near_the_format(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    script = st.fixed_dictionaries(
        {"name": st.sampled_from(["users", "list-users"]) | inner},
        optional={key: inner for key in KEYS if key != "name"},
    )
    return st.fixed_dictionaries(
        {"provider": st.just("github") | inner},
        optional={
            **{key: inner for key in KEYS if key != "provider"},
            "syncs": st.lists(script, max_size=3) | inner,
            "actions": st.lists(script, max_size=3) | inner,
            "sync_names": st.lists(st.sampled_from(["users", "teams"]), max_size=2) | inner,
        },
    )


def refusal_of(call: Callable[[], object]) -> AnswersError | None:
    try:
        call()
    except AnswersError as refusal:
        return refusal
    return None


@given(JUNK | near_the_format(JUNK))
def test_any_data_is_answers_or_a_list_of_problems(data: Any) -> None:
    refusal = refusal_of(lambda: load_answers(data))
    if refusal is None:
        return
    assert isinstance(refusal, BadAnswersError)
    for problem in refusal.problems:
        assert problem.where.isprintable()
        assert problem.what.isprintable()
        assert problem.fix
    assert str(refusal).encode("utf-8")


@given(st.text(max_size=80) | st.text(alphabet="ab:-[]{}&*!|>'\"\n ?,#%@", max_size=60))
def test_any_text_is_data_or_refused_with_its_place(text: str) -> None:
    refusal = refusal_of(lambda: parse_text(text, "answers.yml"))
    assert refusal is None or refusal.where.startswith("answers.yml")


SETTING = st.one_of(
    st.text(max_size=20),
    st.text(alphabet="ab.[]0123=", max_size=14),
    st.builds(
        "{}={}".format, st.from_regex(r"[a-z]+(\.[a-z]+|\[[0-2]\]){0,3}", fullmatch=True), st.text(max_size=8)
    ),
)


@given(JUNK.filter(lambda data: isinstance(data, dict)), st.lists(SETTING, max_size=4))
def test_any_setting_is_applied_or_refused(data: Any, settings: list[str]) -> None:
    with contextlib.suppress(AnswersError):
        assert isinstance(with_settings(data, settings), dict)


@given(
    st.from_regex(r"[a-z]{1,5}(\.[a-z]{1,5}){0,3}", fullmatch=True),
    st.integers() | st.sampled_from(["a", "b c"]),
)
def test_a_setting_can_be_read_back_where_it_was_put(key: str, value: Any) -> None:
    nested: Any = with_settings({}, [f"{key}={value}"])
    for step in key.split("."):
        nested = nested[step]
    assert nested == value
