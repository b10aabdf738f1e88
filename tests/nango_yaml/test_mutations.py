"""Files with typing errors: what is accepted is read as js-yaml reads it, and only grows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.nango_yaml import js_yaml
from tests.nango_yaml.torture_cases import cases

from nango_scaffold.nango_yaml import Refused, merge, read
from nango_scaffold.yaml12.scalars import same

CASES = [case for case in cases("valid") if not case.spec]
BLOCK = CASES[0].block
TYPED = [
    " ", "  ", "    ", "\t", "\n", "\n\n", "\r\n", "\r", ":", ": ", " #", "#", "- ", "-", "? ", "|", "|+", "|-", ">", "'", '"', "{", "}", "[",
    "]", ",", "&a ", "*a", "!", "!!str ", "%", "@", "~", "null", "<<: *a", "---\n", "...\n", "0x1", "1_0", "x: y", "\n    # c\n", "\ufeff",
    "\x85", "\u2028", "\x00", "\\", "=", "y", "linear", "LinearIssue",
]  # fmt: skip


@st.composite
def mistyped(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(CASES)).text
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(text)))
        kind = draw(st.sampled_from(["type", "type", "delete", "repeat", "indent"]))
        if kind == "type":
            text = text[:place] + draw(st.sampled_from(TYPED)) + text[place:]
        elif kind == "delete":
            text = text[:place] + text[place + draw(st.integers(1, 5)) :]
        elif kind == "repeat":
            start = draw(st.integers(0, len(text)))
            text = text[:place] + text[start : start + draw(st.integers(1, 60))] + text[place:]
        else:
            start = text.rfind("\n", 0, place) + 1
            text = text[:start] + " " * draw(st.integers(0, 8)) + text[start:].lstrip(" ")
    return text


@pytest.mark.toolchain
@given(mistyped())
def test_what_is_accepted_reads_the_same_in_js_yaml_before_and_after(text: str) -> None:
    try:
        document = read(text)
        merged = merge(text, BLOCK).text
    except Refused:
        return
    try:
        before = js_yaml.load(text) or {}
    except js_yaml.JsYamlError:
        return  # js-yaml is stricter in places, such as an anchor before the first key of a mapping
    after = js_yaml.load(merged)
    for section in ("integrations", "models"):
        old, new = before.get(section) or {}, after[section]
        data = document.integrations if section == "integrations" else document.models
        assert _without_dates(js_yaml.comparable(data)) == _without_dates(old)
        for name, value in old.items():
            assert name == BLOCK.integration or same(value, new[name])


def _without_dates(value: Any) -> Any:
    """js-yaml reads as dates what we keep as strings."""
    if isinstance(value, dict):
        return (
            {"!date": ""} if "!date" in value else {key: _without_dates(item) for key, item in value.items()}
        )
    if isinstance(value, list):
        return [_without_dates(item) for item in value]
    return (type(value) is bool, value)
