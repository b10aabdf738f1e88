"""The reader agrees with js-yaml on 300 documents; the real js-yaml runs beside it so that the table cannot drift."""

from __future__ import annotations

from typing import Any

import pytest
from tests.nango_yaml.js_yaml import comparable

from nango_scaffold.nango_yaml import Refused, read
from nango_scaffold.yaml12 import YamlProblem, compose, load, value_of
from nango_scaffold.yaml12.loader import BOM
from nango_scaffold.yaml12.scalars import same

from .cases import DATES, SCALARS, by_js_yaml, cases, table

EXPECTED = table()
REFUSED = {"refused": True}
DIFFERENT = {
    "a: &x 1\nb: &x 2\nc: *x\n": REFUSED,  # an anchor named twice: no composer of PyYAML takes it
    "&x a: 1\nb: *x\n": {"data": {"a": 1, "b": "a"}},  # an anchor before a key, which js-yaml does not take
    "a: ! 1\n": {"data": {"a": 1}},  # the tag that says nothing is not told by PyYAML
    "a: ! ''\n": {"data": {"a": None}},
}
"""The documents that are read in another way, by design of the parser below."""


def ours(text: str) -> dict[str, Any]:
    try:
        root = compose(text.removeprefix(BOM))
        return {"data": None if root is None else comparable(value_of(root))}
    except YamlProblem:
        return REFUSED


def without_dates(value: Any) -> Any:
    """js-yaml reads as dates what stays a string here."""
    if isinstance(value, dict):
        return "!date" if "!date" in value else {key: without_dates(item) for key, item in value.items()}
    return [without_dates(item) for item in value] if isinstance(value, list) else value


def test_there_are_enough() -> None:
    assert list(EXPECTED) == list(dict.fromkeys(cases()))
    assert len(EXPECTED) >= 300
    assert DIFFERENT.keys() < EXPECTED.keys()


@pytest.mark.parametrize("text", EXPECTED)
def test_a_document_is_what_js_yaml_reads(text: str) -> None:
    expected = DIFFERENT.get(text, EXPECTED[text])
    assert same(without_dates(ours(text)), without_dates(expected))


@pytest.mark.parametrize("text", [text for text in DIFFERENT if DIFFERENT[text] != EXPECTED[text]])
def test_a_difference_is_still_one(text: str) -> None:
    assert ours(text) != EXPECTED[text]


@pytest.mark.parametrize("text", [*SCALARS, *DATES])
def test_a_nango_yaml_and_answers_agree_with_the_table(text: str) -> None:
    """Each through its own reader; answers keep numbers as written, and dates as strings."""
    expected = EXPECTED[f"a: {text}\n"]
    if expected == REFUSED:
        with pytest.raises(Refused):
            read(f"models:\n    a: {text}\n")
        return
    assert same(
        without_dates(comparable(read(f"models:\n    a: {text}\n").models)), without_dates(expected["data"])
    )
    answer = load(f"a: {text}\n")["a"]
    if isinstance(answer, (int, float)) and not isinstance(answer, bool):
        assert same(comparable(float(answer)), comparable(read(f"models: {{a: {text}}}\n").models["a"]))
    else:
        assert answer == (text if text in DATES else expected["data"]["a"])


@pytest.mark.toolchain
def test_the_table_is_that_of_the_real_js_yaml() -> None:
    assert {text: by_js_yaml(text) for text in EXPECTED} == EXPECTED
