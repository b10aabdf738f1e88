"""Every value that is written reads back as itself: in js-yaml, which Nango uses, and in YAML 1.1 parsers."""

from __future__ import annotations

import math

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from tests.nango_yaml import js_yaml

from nango_scaffold.nango_yaml import emit
from nango_scaffold.yaml12.loader import compose
from nango_scaffold.yaml12.nodes import value_of
from nango_scaffold.yaml12.scalars import same

HOSTILE = [
    "", " ", "  lead", "trail ", "tab\there", "\ttab", "a: b", "a:", ":a", "a #b", "# a", "-", "- a", "--- a", "---", "...", "? a",
    "?", "&a", "*a", "!a", "!!str a", "%a", "@a", "`a`", "|", ">", "'", '"', "''", '"a', "it's", "{a}", "[a]", "a, b", "]", "}", ",",
    "null", "~", "true", "no", "On", "yes", "off", "y", "N", "0o14", "014", "0x1F", "1e3", "1_000", "1:30", ".5", "5.", "+1", "-1", "-0",
    ".inf", "-.INF", ".nan", "2024-01-01", "2024-1-1 10:00:00", "<<", "=", "user | admin", "string[]", "a\nb", "a\nb\n", "a\n\nb\n",
    "\na", "a\n\n", " a\nb", "a\n b\n", "a \nb", "a\r\nb", "a\rb", "x\x00y", "\x07", "\x1b[31m", "\x7f", "\x85", "a\u2028b", "a\u2029b",
    "\ufeff", "\u00a0", "\u200b", "\u202e", "é", "日本", "😀", "a😀\n日\n", "x" * 5000, ("word " * 900).strip(), "\\", "\\n", "C:\\x",
    "${a}", "{{ a }}", "{% a %}", "GET /x", "/a/{b}", "https://example.com/a?b=c#d", "repo:status", "key: |", "|\n a", "# a\n# b\n", "a\n# b\n",
    "a\n---\nb\n", "a\n...\n", "\U000e0001", "\ue000", "\ufffe", "$ref", "(a)", "_", ".", "..", "/", "a:b", "12abc", "08", "0b11", "e1", "__proto__",
    "constructor", "toString", "\u0130", "a\u0300", "a\n\tb\n", "a\n \nb\n",
]  # fmt: skip

texts = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
keys = texts.filter(lambda key: len(key) <= 100)  # longer ones may be refused: see below
scalars = st.one_of(
    texts,
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=12,
)
layouts = st.builds(
    emit.Layout,
    st.lists(st.sampled_from([1, 2, 3, 4, 8]), min_size=1, max_size=4).map(tuple),
    st.sampled_from([None, 0, 2, 4]),
)


def text_of(value: object, layout: emit.Layout = emit.HOUSE) -> str:
    return "".join(f"{line}\n" for line in emit.entry("key", value, 0, layout))


@given(values, layouts)
@example({"a": ["x", ["y", {"z": "a\nb\n"}]], "b": [{"c": {"d": "e\nf"}}]}, emit.HOUSE)
def test_our_own_reader_gets_back_what_was_written(value: object, layout: emit.Layout) -> None:
    root = compose(text_of(value, layout))
    assert root is not None
    assert same(value_of(root), {"key": value})


@given(values, layouts)
@pytest.mark.toolchain
def test_js_yaml_gets_back_what_was_written(value: object, layout: emit.Layout) -> None:
    assert same(js_yaml.load(text_of(value, layout)), js_yaml.comparable({"key": value}))


@given(values, layouts)
def test_yaml_1_1_gets_back_what_was_written(value: object, layout: emit.Layout) -> None:
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        assert same(yaml.load(text_of(value, layout), loader), {"key": value})


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_string_stays_one_value(text: str) -> None:
    key = text[:100]
    data = {key: text, "after": [text, {key: text}]}
    assert same(yaml.safe_load(text_of(data)), {"key": data})


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("repo:status", "key: repo:status"),
        ("user | admin", "key: user | admin"),
        ("string[]", "key: string[]"),
        ("no", "key: 'no'"),
        ("2024-01-01", "key: '2024-01-01'"),
        ("1_000", "key: '1_000'"),
        ("a: b", "key: 'a: b'"),
        ("it's # mine", "key: 'it''s # mine'"),
        ("bell\x07", 'key: "bell\\x07"'),
        ("", "key: ''"),
        (None, "key: null"),
        (True, "key: true"),
        (1e20, "key: 1.0e+20"),
        (math.nan, "key: .nan"),
        (math.inf, "key: .inf"),
        (-math.inf, "key: -.inf"),
        ([], "key: []"),
        ({}, "key: {}"),
    ],
)
def test_the_spelling_of_a_value(value: object, line: str) -> None:
    assert text_of(value) == f"{line}\n"


def test_half_a_surrogate_pair_is_refused_with_its_place() -> None:
    with pytest.raises(emit.Unwritable, match="surrogate") as refusal:
        emit.check_writable({"syncs": {"a": {"description": "\ud800"}}})
    assert refusal.value.path == ("syncs", "a", "description")


@pytest.mark.parametrize("value", [{"a": object()}, {1: "a"}, {"k" * 1001: "a"}, {"a": b"x"}])
def test_what_yaml_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(emit.Unwritable):
        emit.check_writable(value)


def test_a_nest_without_end_is_refused() -> None:
    value: list[object] = []
    for _ in range(200):
        value = [value]
    with pytest.raises(emit.Unwritable, match="deep"):
        emit.check_writable({"a": value})
