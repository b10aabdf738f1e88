"""Answers read plain scalars as js-yaml does: a table, held against the real js-yaml."""

from __future__ import annotations

from typing import Any

import pytest
from tests.nango_yaml.js_yaml import comparable
from tests.nango_yaml.js_yaml import load as load_by_js

from nango_scaffold.nango_yaml import read
from nango_scaffold.yaml12 import load

_NUMBERS = """
0 1 -1 +1 007 012 0o14 -0o14 0o8 0O14 0x1f 0x1F -0x1f +0x1f 0X1f 0xg 0b101 -0b101 +0b1 0b2 0B1 1_000 1__0 _1 1_ 1_000_
0x_ff 0x1_f 0b1_0 0o1_7 -1_000 +1_0 9007199254740991 -9007199254740991 0o 0x 0b + -- ++1 +-1 1-1 00 -0 +0 1e3 1E3 1e+3
1e-3 1.5e3 1. -1. .5 -.5 +.5 . .. 1.5 1_0.5 1.5_0 1._5 1.e3 .5e1 5e 5e+ e5 1e3.5 1.2.3 .inf -.inf +.inf .Inf .INF .iNF .nan
.NaN .NAN .nAn inf nan infinity 1:30 1:30:45 190:20:30 1,000 1% $1 #1 1f 0.1 0.10 00.5 1e400 -1e400 12e03
"""
_WORDS = """
true True TRUE tRUE false False FALSE fALSE yes Yes YES no No NO on On off Off y Y n N null Null NULL nULL ~ nil none None
undefined = << storage Unknown 2024 v1.2 1.0.0 a_b
"""
SCALARS = [*_NUMBERS.split(), *_WORDS.split()]


def test_there_are_enough() -> None:
    assert len(set(SCALARS)) >= 100


@pytest.mark.toolchain
@pytest.mark.parametrize("text", [text for text in SCALARS if not text.startswith("#")])
def test_a_scalar_is_what_js_yaml_reads(text: str) -> None:
    """In answers and in nango.yaml alike."""
    document = f"a: [{text}]\n" if "," not in text else f"a:\n- {text}\n"
    expected = load_by_js(document)
    assert _as_javascript(load(document)) == expected
    inside = document.replace("\n-", "\n  -")
    assert comparable(read(f"models:\n  {inside}").models) == expected


def _as_javascript(value: Any) -> Any:
    """JavaScript has one kind of number."""
    if isinstance(value, dict):
        return {key: _as_javascript(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_javascript(item) for item in value]
    return comparable(value)
