"""Parsing the changed entries alone never accepts what parsing the whole file would not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from tests.nango_yaml.files import files, model_entries
from tests.nango_yaml.test_mutations import TYPED, mistyped

from nango_scaffold.nango_yaml import Block, Refused, house_style, read
from nango_scaffold.nango_yaml.edits import ABSENT, Edit
from nango_scaffold.nango_yaml.spans import Splice, patch
from nango_scaffold.nango_yaml.splice import splices_of
from nango_scaffold.nango_yaml.verify import verify, verify_regions

if TYPE_CHECKING:
    from nango_scaffold.nango_yaml import Document

SYNC = {"runs": "every hour", "output": "Issue", "endpoint": "GET /issues"}
FILE = house_style(
    Block("linear", {"issues": SYNC}, {}, {"Issue": {"id": "string"}, "User": {"id": "string"}})
)
TEAM = Edit(("models", "Team"), {"id": "string"})


def texts() -> st.SearchStrategy[str]:
    return st.one_of(mistyped(), files().map(lambda file: file.text), st.just(FILE))


@st.composite
def edits_of(draw: st.DrawFn, document: Document) -> list[Edit]:
    """A model that is new; one that goes or changes, now and then."""
    edits = [Edit(("models", "Zebra"), draw(model_entries()))]
    names = list(document.section("models"))
    if names and draw(st.booleans()):
        value = draw(st.one_of(st.just(ABSENT), model_entries()))
        edits.append(Edit(("models", draw(st.sampled_from(names))), value))
    return draw(st.permutations(edits))[: draw(st.integers(1, 2))]


@st.composite
def spoilt(draw: st.DrawFn, splices: list[Splice], text: str) -> list[Splice]:
    """Splices that differ from the requested edits."""
    kind = draw(st.sampled_from(["none", "text", "cut", "elsewhere", "lost"]))
    if kind == "elsewhere":
        place = draw(st.integers(0, len(text)))
        place = draw(st.sampled_from([place, text.rfind("\n", 0, place) + 1]))
        garbage = draw(st.sampled_from([*TYPED, "    Other:\n        id: string\n", "  x: 1\n", "x: 1\n"]))
        return [*splices, Splice(place, place + draw(st.integers(0, 3)), garbage)]
    if not splices or kind == "none":
        return splices
    if kind == "lost":
        return splices[1:]
    first, *others = splices
    place = draw(st.integers(0, len(first.text)))
    cut = draw(st.integers(0, 5)) if kind == "cut" else 0
    garbage = draw(st.sampled_from(TYPED)) if kind == "text" else ""
    return [Splice(first.start, first.end, first.text[:place] + garbage + first.text[place + cut :]), *others]


@given(st.data())
def test_what_is_proven_by_regions_is_proven_by_the_whole_file(data: st.DataObject) -> None:
    try:
        document = read(data.draw(texts()))
        edits = data.draw(edits_of(document))
        splices = data.draw(spoilt(splices_of(document, edits), document.text))
        proven = verify_regions(document, splices, edits)
    except Refused:
        return
    event("by regions" if proven else "by the whole file")
    if proven is not None:
        whole = verify(document, document.bom + patch(document.text, splices), edits)
        assert proven == whole
        assert [list(proven.data[name] or ()) for name in proven.data] == [
            list(whole.data[name] or ()) for name in whole.data
        ]


@pytest.mark.parametrize(
    "edits",
    [
        [TEAM],
        [Edit(("integrations", "linear", "actions"), {"close": {"endpoint": "POST /close"}})],
        [Edit(("integrations", "linear", "syncs", "issues", "runs"), "every day"), TEAM],
        [Edit(("integrations", "github"), {"actions": {"ping": {"endpoint": "GET /ping"}}})],
        [Edit(("models", "Issue"), ABSENT)],
        [Edit(("models", "User"), ABSENT), TEAM],
    ],
)
@pytest.mark.parametrize("head", ["", "\ufeff", "# ours\n", "---\n"])
def test_a_plain_file_is_not_parsed_again(edits: list[Edit], head: str) -> None:
    document = read(head + FILE)
    proven = verify_regions(document, splices_of(document, edits), edits)
    assert proven is not None
    assert "root" not in vars(proven)
    assert proven == verify(document, proven.source, edits)


@pytest.mark.parametrize(
    "text",
    [
        FILE.replace("id: string", "id: &id string", 1).replace(
            "id: string", "id: *id"
        ),  # aliases reach over entries
        FILE.replace("runs: every hour", "runs:\tevery hour"),
        FILE.rstrip("\n"),
        FILE.replace("models:\n", "models: {Issue: {id: string}}\nother:\n"),
        FILE.replace("models:", "? models\n:"),
    ],
)
def test_what_may_mean_something_else_alone_is_left_to_the_whole_file(text: str) -> None:
    document = read(text)
    assert verify_regions(document, [Splice(0, 0, "# a comment\n")], [TEAM]) is None
    end = len(document.text)
    assert verify_regions(document, [Splice(end, end, "    Team:\n        id: string\n")], [TEAM]) is None


@pytest.mark.parametrize(
    "spliced",
    [
        "    Team:\n        id: number\n",  # another value
        "    Team:\n        id: string\n    Other: {}\n",  # more
        "    Team:\n        id: string\n    Issue: {}\n",  # a key twice
        "      Team:\n        id: string\n",  # inside its neighbour
        "Team:\n    id: string\n",  # outside the section
        "    Team:\n        id: 'string\n",  # no YAML any more
        "    Team:\n        id: string",  # no line end
        "    Team:\n        id: *id\n",
        "...\n    Team:\n        id: string\n",
        "",
    ],
)
def test_a_splice_that_does_something_else_is_not_proven(spliced: str) -> None:
    document = read(FILE)
    end = len(FILE)
    assert verify_regions(document, [Splice(end, end, spliced)], [TEAM]) is None


def test_a_region_that_swallows_its_neighbour_is_not_proven() -> None:
    """A quote that is opened in one entry and closed in the next leaves both keys where they were."""
    document = read(FILE)
    place = FILE.index("    User:")
    splices = [Splice(place, place, "    Team:\n        id: string\n        x: |\n")]
    assert verify_regions(document, splices, [TEAM]) is None
