"""Documents are laid out as prettier does: flat if they fit, broken from the outside in if not."""

from __future__ import annotations

import json
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.typescript.printer.layout import (
    Doc,
    aligned,
    break_parent,
    concat,
    conditional_group,
    forces_break,
    group,
    hardline,
    if_break,
    indented,
    indented_if_broken,
    join,
    line,
    print_layout,
    softline,
    will_break,
)
from nango_scaffold.typescript.printer.width import text_width

from .node_tools import NODE_MODULES


def call(name: str, *arguments: Doc) -> Doc:
    return group(f"{name}(", indented(softline, join(concat(",", line), arguments)), softline, ")")


def test_a_group_that_fits_stays_on_one_line() -> None:
    assert print_layout(call("f", "a", "b"), width=7) == "f(a, b)"


def test_a_group_one_column_too_long_breaks_at_all_its_lines() -> None:
    assert print_layout(call("f", "a", "b"), width=6) == "f(\n    a,\n    b\n)"


def test_outer_groups_break_before_inner_ones() -> None:
    doc = call("outer", call("inner", "aaaa", "bbbb"), "c")

    assert print_layout(doc, width=22) == "outer(\n    inner(aaaa, bbbb),\n    c\n)"


def test_what_follows_a_group_counts_up_to_the_next_possible_break() -> None:
    doc = concat(call("f", "aa"), ";;;")

    assert print_layout(doc, width=8) == "f(aa);;;"
    assert print_layout(doc, width=7) == "f(\n    aa\n);;;"


def test_a_hard_line_breaks_every_group_round_it() -> None:
    doc = group("{", indented(line, group("a", hardline, "b")), line, "}")

    assert forces_break(doc)
    assert print_layout(doc) == "{\n    a\n    b\n}"


def test_break_parent_breaks_without_printing_anything() -> None:
    assert print_layout(group("a", line, "b", break_parent)) == "a\nb"


def test_alternatives_are_tried_in_order_and_the_last_is_taken_broken() -> None:
    states = conditional_group(["aaaaaaaa", "bbbb", group("c", line, "d")])

    assert print_layout(states, width=8) == "aaaaaaaa"
    assert print_layout(states, width=5) == "bbbb"
    assert print_layout(states, width=2) == "c\nd"


def test_a_break_inside_alternatives_does_not_reach_the_groups_outside() -> None:
    doc = group("x", line, conditional_group(["y", group("z", hardline)]))

    assert not forces_break(doc)
    assert print_layout(doc) == "x y"


def test_if_break_asks_its_own_group_or_a_named_one() -> None:
    assert print_layout(group("a", if_break("!", "?"), softline), width=1) == "a!\n"
    named = concat(group("aa", line, "bb", name="g"), if_break("!", "?", name="g"))
    assert print_layout(named, width=2) == "aa\nbb!"
    assert print_layout(named, width=9) == "aa bb?"


def test_contents_can_be_indented_only_when_a_named_group_broke() -> None:
    doc = concat(
        group("=", indented(line), name="g"), indented_if_broken(group("xx", hardline, "y"), name="g")
    )

    assert print_layout(doc, width=2) == "=\n    xx\n    y"
    assert print_layout(doc, width=9) == "= xx\ny"


def test_alignment_adds_columns_to_the_indentation() -> None:
    assert print_layout(indented(aligned(2, hardline, "a"), hardline, "b")) == "\n      a\n    b"


def test_a_place_inside_a_file_is_given_by_indentation_and_column() -> None:
    assert print_layout(call("f", "a"), width=12, start_indent=4, start_column=8) == "f(a)"
    assert print_layout(call("f", "a"), width=11, start_indent=4, start_column=8) == "f(\n        a\n    )"


def test_no_blanks_are_left_at_the_end_of_a_line() -> None:
    assert print_layout(concat("a ", hardline, indented(hardline), hardline, "b")) == "a\n\n\nb"


def test_a_group_after_a_hard_line_in_flat_text_is_measured_anew() -> None:
    doc = conditional_group([concat("a", hardline, call("f", "b" * 9)), "x"])

    assert print_layout(doc, width=6) == f"a\nf(\n    {'b' * 9}\n)"


_docs = st.recursive(
    st.one_of(st.text("ab", max_size=9), st.sampled_from([line, softline, hardline])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(tuple),
        st.lists(inner, max_size=4).map(lambda parts: group(*parts)),
        inner.map(indented),
        st.tuples(inner, inner).map(lambda pair: if_break(*pair)),
        st.lists(inner, min_size=1, max_size=3).map(conditional_group),
    ),
    max_leaves=20,
)


@given(_docs, st.integers(0, 40))
def test_no_line_ends_in_a_blank_and_wide_enough_paper_breaks_only_where_it_must(
    doc: Doc, width: int
) -> None:
    text = print_layout(doc, width=width)

    assert all(printed == printed.rstrip(" ") for printed in text.split("\n")[:-1])
    if not will_break(doc):
        assert "\n" not in print_layout(group(doc), width=100_000)


@pytest.mark.toolchain
def test_the_width_of_a_text_is_the_one_prettier_counts() -> None:
    texts = [
        "abc",
        "\u4f60\u597d",
        "\uff21",
        "e\u0301",
        "\u00a9",
        "\u2764\ufe0f",
        "\U0001f600",
        "\U0001f1e9\U0001f1ea",
    ]
    texts += [
        "1\ufe0f\u20e3",
        "\U0001f44d\U0001f3fd",
        "\U0001f469\u200d\U0001f4bb",
        "\u00fc",
        "\u20ac",
        "\x7f",
        "\uac00",
    ]
    texts += [chr(code) for code in range(0x20, 0x2FF0)] + [chr(code) for code in range(0x1F300, 0x1F600)]
    program = (
        "import(process.argv[1]).then(async (p) => { let t = ''; for await (const c of process.stdin) t += c;"
        " console.log(JSON.stringify(JSON.parse(t).map((s) => p.util.getStringWidth(s)))); })"
    )
    command = ["node", "-e", program, str(NODE_MODULES / "prettier" / "index.mjs")]
    counted = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)

    assert [text_width(text) for text in texts] == json.loads(counted.stdout)
