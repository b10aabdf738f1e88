"""The page "From an API's page to answers": every block on it can be used as it stands."""

from __future__ import annotations

from typing import Any

import pytest
from tests.docs.from_api_docs import PROVIDER, blocks, paginations

from nango_scaffold.answers import PAGINATE, load_answers
from nango_scaffold.derive import derive
from nango_scaffold.providers import find

BLOCKS = blocks()


@pytest.mark.parametrize("block", BLOCKS, ids=[block["integration"] for block in BLOCKS])
def test_a_block_is_derived_and_leaves_no_place_of_a_record_to_a_guess(block: dict[str, Any]) -> None:
    answers = load_answers(block)
    spec = derive(answers, find(answers.provider, generic=answers.provider_facts), {})
    assert [*spec.syncs, *spec.actions]
    guessed = {guess.answer.rpartition(".")[2] for guess in spec.guesses}
    assert not guessed & {"response_path", "data", "incremental"}


@pytest.mark.parametrize(
    "key",
    [
        *(
            "base_url",
            "lookups",
            "response_path",
            "paginate",
            "params",
            "incremental",
            "deleted",
            "track_deletes",
        ),
        *("mapping", "detail", "parents", "graphql", "json", "checks", "read_back"),
    ],
)
def test_what_the_format_can_say_of_an_api_is_on_the_page(key: str) -> None:
    assert key in keys_of(BLOCKS)


@pytest.mark.parametrize("paginate", paginations(), ids=str)
def test_each_way_to_page_on_the_page_is_whole(paginate: dict[str, Any]) -> None:
    query = {
        "graphql": {
            "query": "query ($after: String) { users(after: $after) { nodes { id } pageInfo { endCursor } } }"
        }
    }
    request = {
        "path": "/users",
        "response_path": "users",
        "paginate": paginate,
        **(query if paginate["type"] == "graphql" else {}),
    }
    answers = load_answers({**PROVIDER, "syncs": [{"name": "users", "request": request}]})
    spec = derive(answers, find(answers.provider, generic=answers.provider_facts), {})
    assert spec.syncs[0].pagination.kind == paginate["type"]


def test_every_type_of_pagination_is_on_the_page() -> None:
    assert {row["type"] for row in paginations()} == set(PAGINATE.keys["type"].shape.options)


def keys_of(data: Any) -> set[str]:
    """Every key in some data, at any depth."""
    if isinstance(data, dict):
        return {*data, *(key for value in data.values() for key in keys_of(value))}
    return {key for value in data for key in keys_of(value)} if isinstance(data, list) else set()
