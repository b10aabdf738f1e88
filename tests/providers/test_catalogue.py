"""Cutting one entry out of a catalogue gives what parsing the whole gives."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.providers import CatalogueError
from nango_scaffold.providers.catalogue import (
    display_names,
    entry_text,
    keys,
    load_entry,
    parse_entry,
    resolve,
)

CATALOGUE = """\
# yaml-language-server: $schema=./schema.json
%s1password-scim:
    display_name: 1Password (SCIM)
    auth_mode: API_KEY
8x8: # eight by eight
    display_name: '8x8'
    auth_mode: OAUTH2_CC
# Untested: nobody has an account
github:
    display_name: "GitHub"
    auth_mode: OAUTH2
    notes: |
        github-app:
            this is text, and so is

        # this

github-app:
    alias: github
    auth_mode: APP

'quoted':   {auth_mode: BASIC}
"double \\u0022x\\u0022":
    auth_mode: NONE
123:
    auth_mode: BASIC
-dash:
    auth_mode: NONE
with blank : {auth_mode: JWT, display_name: Blank}
a:b:
    auth_mode: NONE
last:
    auth_mode: NONE"""

EXPECTED = [
    "1password-scim",
    "8x8",
    "github",
    "github-app",
    "quoted",
    'double "x"',
    "123",
    "-dash",
    "with blank",
    "a:b",
    "last",
]


@pytest.fixture(params=["lf", "crlf", "bom", "bom at a key", "final newline", "document markers"])
def text(request: pytest.FixtureRequest) -> str:
    """The same catalogue with other line ends and byte order marks."""
    plain = CATALOGUE.replace("%s", "")
    variants = {
        "lf": plain,
        "crlf": plain.replace("\n", "\r\n"),
        "bom": f"\ufeff{plain}",
        "bom at a key": "\ufeff" + plain.split("\n", 1)[1],
        "final newline": f"{plain}\n\n",
        "document markers": f"---\n{plain}\n...\n",
    }
    return variants[request.param]


def test_all_keys_are_found_in_order(text: str) -> None:
    assert keys(text) == EXPECTED


@pytest.mark.parametrize("key", EXPECTED)
def test_an_entry_cut_out_parses_to_what_the_whole_file_says(text: str, key: str) -> None:
    whole = yaml.safe_load(text)
    lines = entry_text(text, key)
    assert lines is not None
    assert parse_entry(lines) == load_entry(text, key) == whole[int(key) if key == "123" else key]


@pytest.mark.parametrize(
    "key", ["git", "github-", "hub", "display_name", "auth_mode", "", "this is text", "# this", "a"]
)
def test_what_is_no_key_is_not_found(text: str, key: str) -> None:
    assert entry_text(text, key) is None
    assert load_entry(text, key) is None
    assert resolve(text, key) is None


def test_display_names_are_read_without_parsing(text: str) -> None:
    assert display_names(text) == {"1password-scim": "1Password (SCIM)", "8x8": "8x8", "github": "GitHub"}


def test_a_key_that_stands_twice_gives_the_later_entry() -> None:
    assert load_entry("a: {auth_mode: ONE}\na: {auth_mode: TWO}\n", "a") == {"auth_mode": "TWO"}


def test_an_anchor_elsewhere_is_followed_by_parsing_the_whole() -> None:
    text = "a:\n    proxy: &shared\n        base_url: https://a.example\nb:\n    <<: {x: 1}\n    proxy: *shared\n"
    with pytest.raises(CatalogueError):
        parse_entry(entry_text(text, "b") or "")
    assert load_entry(text, "b") == {"x": 1, "proxy": {"base_url": "https://a.example"}}


@pytest.mark.parametrize(
    "text",
    [
        '{"github": {"auth_mode": "OAUTH2"}, "123": {"auth_mode": "NONE"}}',
        "{\n  github: {auth_mode: OAUTH2},\n  123: {auth_mode: NONE}\n}\n",
        "  github:\n    auth_mode: OAUTH2\n  123:\n    auth_mode: NONE\n",
    ],
    ids=["json", "flow", "indented"],
)
def test_files_without_keys_in_the_first_column_are_parsed_whole(text: str) -> None:
    assert keys(text) == ["github", "123"]
    assert load_entry(text, "github") == {"auth_mode": "OAUTH2"}
    assert load_entry(text, "123") == {"auth_mode": "NONE"}
    assert load_entry(text, "gitlab") is None


def test_scalars_are_read_as_the_cli_reads_them() -> None:
    listed = parse_entry("x:\n  y: [yes, on, 2022-06-28, 0123, 1_000, 12:30, 1.10, 7, true, ~]\n")["y"]
    assert listed == ["yes", "on", "2022-06-28", "0123", "1_000", "12:30", "1.10", 7, True, None]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("github:\n    a: 'never closed\n", "line 3"),
        ("github:\n    a: *nowhere\n", "undefined alias"),
        ("github:\n\ta: tab\n", "line 2"),
        ("github: just text\n", "not a mapping"),
        ("github: [a]\n", "not a mapping"),
        ("github:\n", "not a mapping"),
        ("github: !!python/object:os.system {}\n", "could not determine a constructor"),
        ("github:\n    a: \x07\n", "character"),
    ],
)
def test_a_broken_entry_is_one_clean_error(text: str, message: str) -> None:
    with pytest.raises(CatalogueError) as refusal:
        load_entry(text, "github")
    assert message in refusal.value.what
    assert "\n" not in refusal.value.what


@pytest.mark.parametrize("text", ["", "# nothing\n", "just text", "[1, 2]", "- a: 1\n", "null", "{}"])
def test_a_file_of_another_kind_is_one_clean_error(text: str) -> None:
    with pytest.raises(CatalogueError):
        load_entry(text, "github")
    with pytest.raises(CatalogueError):
        keys(text)


def test_aliases_are_followed_to_the_end_of_the_chain() -> None:
    text = "a: {alias: b, x: 1}\nb: {alias: c, y: 2, z: 2}\nc: {y: 3, z: 3, auth_mode: NONE}\n"
    entry = resolve(text, "a")
    assert entry is not None
    assert (entry.own, entry.base) == ({"alias": "b", "x": 1}, {"y": 2, "z": 2, "auth_mode": "NONE"})


def test_an_alias_of_nothing_has_no_base() -> None:
    entry = resolve("a: {alias: b, x: 1}\n", "a")
    assert entry is not None
    assert entry.base is None


@pytest.mark.parametrize(
    "text", ["a: {alias: a}\n", "a: {alias: b}\nb: {alias: a}\n", "a: {alias: b}\nb: {alias: b}\n"]
)
def test_aliases_in_a_circle_are_refused(text: str) -> None:
    with pytest.raises(CatalogueError, match="circle"):
        resolve(text, "a")


KEYS = st.one_of(
    st.from_regex(r"[a-z0-9][a-z0-9-]{0,10}", fullmatch=True),
    st.sampled_from(
        ["github", "github-app", "git", "'", '"', "a b", "é", "#x", "- a", "key: x", "true", "~", "<<"]
    ),
)
TEXTS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, blacklist_categories=["Cc"]), max_size=20
)
VALUES = st.recursive(
    st.one_of(
        TEXTS,
        st.integers(-1000, 1000),
        st.booleans(),
        st.none(),
        st.sampled_from(["a\nb: c\n", "\n# x\n\ny:\n", "|"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
ENTRIES = st.dictionaries(TEXTS, VALUES, max_size=3)


@st.composite
def catalogues(draw: st.DrawFn) -> tuple[str, dict[str, dict[str, Any]]]:
    """A catalogue as a person or a tool may have written it, and what it says."""
    entries = draw(st.dictionaries(KEYS, ENTRIES, min_size=1, max_size=5))
    blocks = []
    for key, entry in entries.items():
        style = draw(st.sampled_from(["block", "wide", "flow", "json"]))
        if style == "json":
            block = f"{json.dumps(key)}: {json.dumps(entry)}\n"
        else:
            block = yaml.safe_dump(
                {key: entry},
                allow_unicode=True,
                sort_keys=False,
                indent={"block": 2, "wide": 8, "flow": 4}[style],
                default_flow_style=None if style == "flow" else False,
                default_style=draw(st.sampled_from([None, '"', "'", "|"])) if style != "flow" else None,
                width=10_000,
            )
        blocks.append(draw(st.sampled_from(["", "\n", "# github:\n", "  # note\n"])) + block)
    text = draw(st.sampled_from(["", "\ufeff", "---\n"])) + "".join(blocks)
    return (text.replace("\n", "\r\n") if draw(st.booleans()) else text), entries


@given(catalogues())
def test_every_entry_of_any_catalogue_is_found_by_itself(
    catalogue: tuple[str, dict[str, dict[str, Any]]],
) -> None:
    text, entries = catalogue
    assert keys(text) == list(entries)
    for key, entry in entries.items():
        assert load_entry(text, key) == entry
