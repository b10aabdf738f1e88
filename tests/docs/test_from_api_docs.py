"""The page "From an API's page to answers": every block on it can be used as it stands."""

from __future__ import annotations

from typing import Any

import pytest
from tests.docs.from_api_docs import blocks

from nango_scaffold.answers import load_answers
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


def keys_of(data: Any) -> set[str]:
    """Every key in some data, at any depth."""
    if isinstance(data, dict):
        return {*data, *(key for value in data.values() for key in keys_of(value))}
    return {key for value in data for key in keys_of(value)} if isinstance(data, list) else set()
