"""YAML 1.2's core schema: plain scalars are read as js-yaml reads them."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.yaml12 import YamlProblem, load

SCALARS: list[tuple[str, Any]] = [
    ("yes", "yes"),
    ("no", "no"),
    ("on", "on"),
    ("y", "y"),
    ("true", True),
    ("False", False),
    ("~", None),
    ("null", None),
    ("", None),
    ("012", 12),
    ("0o14", 12),
    ("0x1F", 31),
    ("-7", -7),
    ("1_000", 1000),
    ("1e3", 1000.0),
    ("1.", 1.0),
    (".5", 0.5),
    ("1:30", "1:30"),
    ("2024-01-01", "2024-01-01"),
    ("=", "="),
    ("'no'", "no"),
    ("0b1", 1),
]


@pytest.mark.parametrize(("text", "value"), SCALARS)
def test_a_plain_scalar_means_what_js_yaml_reads(text: str, value: Any) -> None:
    scalar = load(f"a: {text}\n")["a"]
    assert (scalar, type(scalar)) == (value, type(value))


def test_a_merge_key_is_followed_and_own_keys_win() -> None:
    assert load("base: &b { a: 1, c: 2 }\nmine: { <<: *b, a: 3 }\n")["mine"] == {"a": 3, "c": 2}


PROBLEMS = [
    ("a: 1\na: 2\n", 2, 1),
    ("a: [1\n", 2, 1),
    ("a: 1\n--- \nb: 2\n", 2, 1),
    ("a:\n\t- b\n", 2, 1),
    ("a: !!python/object:os.system x\n", 1, 4),
]


@pytest.mark.parametrize(("text", "line", "column"), PROBLEMS)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(YamlProblem) as problem:
        load(text)
    assert (problem.value.line, problem.value.column) == (line, column)
    assert problem.value.reason


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "9" * 10_000, "a: \x00", "\ud800"])
def test_a_hostile_text_is_refused_and_nothing_worse(text: str) -> None:
    with pytest.raises(YamlProblem):
        load(text)
