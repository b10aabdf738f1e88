"""Reading: the data js-yaml would see, and its positions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.nango_yaml import js_yaml

from nango_scaffold.nango_yaml import Refused, decode, read
from nango_scaffold.yaml12.loader import compose
from nango_scaffold.yaml12.nodes import value_of
from nango_scaffold.yaml12.scalars import Timestamp, resolve, same

FILE = """\
# first line
integrations:
    github:
        syncs:
            issues:
                runs: every hour
models:
    Issue:
        id: string
        body?: string
"""


def test_every_entry_has_its_line() -> None:
    document = read(FILE)
    assert document.line_of("integrations", "github") == 3
    assert document.line_of("integrations", "github", "syncs", "issues", "runs") == 6
    assert document.line_of("models", "Issue", "body?") == 10


@pytest.mark.parametrize(
    "path",
    [("models", "User"), ("integrations", "github", "actions"), ("other",), ("models", "Issue", "id", "x")],
)
def test_nothing_is_written_there(path: tuple[str, ...]) -> None:
    with pytest.raises(KeyError) as refusal:
        read(FILE).line_of(*path)
    assert refusal.value.args == (".".join(path),)


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n", "---\n...\n", "{}\n"])
def test_an_empty_file_holds_nothing(text: str) -> None:
    document = read(text)
    assert (document.integrations, document.models) == ({}, {})


def test_a_byte_order_mark_moves_nothing() -> None:
    assert read("\ufeff" + FILE).line_of("models") == 7
    assert read("\ufeff" + FILE).integrations == read(FILE).integrations


def test_bytes_that_are_no_utf_8_are_named_by_line_and_column() -> None:
    with pytest.raises(Refused) as refusal:
        decode("a: é\nb: ü".encode() + b"\xe9\n")
    assert (refusal.value.line, refusal.value.column) == (2, 5)
    assert "0xe9" in refusal.value.reason


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("on", "on"), ("no", "no"), ("yes", "yes"), ("y", "y"), ("true", True), ("TRUE", True), ("tRUE", "tRUE"), ("~", None), ("NULL", None),
        ("0o14", 12), ("014", 14), ("08", 8), ("0x1F", 31), ("0b11", 3), ("1_000", 1000), ("1_", "1_"), ("_1", "_1"), ("1e3", 1000), ("1.0", 1),
        ("1:30", "1:30"), (".5", 0.5), ("5.", 5), ("+12", 12), ("-0x10", -16), ("-.inf", float("-inf")), ("1.5.2", "1.5.2"), ("12abc", "12abc"),
        ("2024-01-01", Timestamp("2024-01-01")), ("2024-1-1", "2024-1-1"), ("=", "="), ("12345678901234567890", 12345678901234567890.0),
    ],
)  # fmt: skip
def test_a_plain_scalar_means_what_it_means_to_js_yaml(plain: str, value: Any) -> None:
    assert same(resolve(plain), value)
    assert type(resolve(plain)) is type(value)


@pytest.mark.toolchain
@given(st.text(st.sampled_from("0123456789_.+-eEoxbaflnrtuTN~:Z "), min_size=1, max_size=10))
@example("2024-01-01 10:00:00 +01:00")
@example("0_")
@example("0b")
@example("-0b1_0")
@example("1e")
@example("1_.5_")
def test_any_plain_scalar_means_what_it_means_to_js_yaml(text: str) -> None:
    try:
        theirs = js_yaml.load(f"- {text}\n")
    except js_yaml.JsYamlError:
        return
    if isinstance(theirs, list) and len(theirs) == 1 and isinstance(theirs[0], dict) and "!date" in theirs[0]:
        assert isinstance(resolve(text.strip()), Timestamp)
        return
    root = compose(f"- {text}\n")
    assert root is not None
    assert same(js_yaml.comparable(value_of(root)), theirs)


@pytest.mark.parametrize("kind", ["integrations", "models"])
@pytest.mark.parametrize("value", ["[a]", "text", "1"])
def test_a_section_that_is_no_mapping_is_refused(kind: str, value: str) -> None:
    with pytest.raises(Refused, match=f"{kind} is not a mapping"):
        read(f"{kind}: {value}\n")


def test_a_few_aliases_that_stand_for_millions_do_not_fill_the_memory() -> None:
    levels = "".join(f"    A{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
    with pytest.raises(Refused, match="aliases"):
        _ = read(f"models:\n    A0: &a0 [x]\n{levels}").models


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_nest_that_would_overflow_the_parser_is_refused(opening: str) -> None:
    with pytest.raises(Refused):
        read(f"models:\n    A: {opening * 50_000}\n" if opening in "[{a: " else opening * 50_000 + "\n")
