"""The rules about what an entry of nango.yaml says."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from nango_scaffold.check import Tree, check, fixed
from nango_scaffold.check.rules import entries
from nango_scaffold.nango_yaml import read

from .edited import mended, with_line_ends
from .support import findings, lines, tree
from .test_examples import example

SYNC = """
integrations:
    shop:
        syncs:
            orders:
                runs: every hour
                output: Order
{more}
models:
    Order:
        id: string
    Wishes:
        since: string
    Others:
        since: string
"""
READS = (
    "export default async function fetchData(nango: NangoSync) {\n    await nango.getMetadata<Wishes>();\n}\n"
)


def with_sync(more: str) -> str:
    return SYNC.format(more="\n".join(f"                {line}" for line in more.splitlines()))


def with_script(more: str, script: str) -> Tree:
    return tree(with_sync(more), {"shop/syncs/orders.ts": script})


def entry(folder: Tree) -> dict[str, object]:
    data: dict[str, object] = read(folder.files["nango.yaml"]).integrations["shop"]["syncs"]["orders"]
    return data


class TestFullSyncTracksDeletes:
    @pytest.mark.parametrize(
        "more",
        [
            "track_deletes: true",
            "sync_type: incremental",
            "sync_type: full\ntrack_deletes: true",
            "sync_type: other",
        ],
    )
    def test_it_is_said_or_not_needed(self, more: str) -> None:
        assert lines("Y01", tree(with_sync(more))) == []

    def test_an_entry_that_says_nothing_is_left_to_another_rule(self) -> None:
        folder = tree("integrations:\n  shop:\n    syncs:\n      orders:\nmodels: {}\n")
        assert lines("Y01", folder) + lines("Y04", folder) + lines("Y13", folder) == []

    def test_it_is_not_said(self) -> None:
        assert lines("Y01", tree(with_sync(""))) == ["nango.yaml:4:13"]

    def test_the_opposite_is_said(self) -> None:
        (found,) = findings("Y01", tree(with_sync("track_deletes: false")))
        assert (found.line, found.column, found.length) == (7, 17, len("track_deletes"))
        assert found.message == "The full sync orders does not say track_deletes: true."

    @pytest.mark.parametrize(
        ("more", "mend"),
        [
            ("", "runs: every hour\n                track_deletes: true\n                output: Order"),
            ("sync_type: full  # all", "sync_type: full  # all\n                track_deletes: true\n"),
            ("track_deletes: false  # why", "track_deletes: true  # why"),
            ("track_deletes: 'true'", "track_deletes: true\n"),
            ("track_deletes:", "track_deletes: true\n"),
            ("track_deletes: # yet", "track_deletes: true # yet"),
            ("track_deletes: !!str x", "track_deletes: true\n"),
        ],
    )
    def test_it_is_mended(self, more: str, mend: str) -> None:
        for folder in (tree(with_sync(more)), with_line_ends(tree(with_sync(more)))):
            before, after = entry(folder), mended("Y01", folder)
            assert lines("Y01", after) == []
            assert mend in after.files["nango.yaml"].replace("\r\n", "\n")
            assert after.files["nango.yaml"].count("\r\n") in (0, after.files["nango.yaml"].count("\n"))
            assert entry(after) == {**before, "track_deletes": True}

    def test_it_is_mended_at_the_end_of_the_file(self) -> None:
        text = "\ufeffmodels: {}\nintegrations:\n  shop:\n    syncs:\n      orders:\n        output: Order"
        folder = mended("Y01", Tree({"nango.yaml": text}, {}))
        assert folder.files["nango.yaml"] == f"{text}\n        track_deletes: true"

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_a_text_of_several_lines_stays_whole(self, end: str) -> None:
        more = "sync_type: full\ndescription: |+\n    Orders\n\n    all\n\n"
        folder = with_line_ends(tree(with_sync(more)), end)
        after = mended("Y01", folder)
        assert entry(after) == {**entry(folder), "track_deletes": True}

    @pytest.mark.parametrize(
        "yaml",
        [
            "integrations: {shop: {syncs: {orders: {runs: every hour, output: Order}}}}\nmodels: {}\n",
            "integrations:\n  shop:\n    syncs: &s\n      orders:\n        output: Order\n  other:\n    syncs: *s\n",
            "integrations:\n  shop:\n    syncs:\n      orders: &o\n        output: Order\n      more: *o\n",
            "integrations:\n  shop:\n    syncs:\n      orders:\n        ? output\n        : Order\n",
            "integrations:\n  shop:\n    syncs:\n      orders:\n        track_deletes: &t false\n        auto_start: *t\n",
            "integrations:\n  shop:\n    syncs:\n      orders:\n        track_deletes: |-\n          false\n",
        ],
    )
    def test_what_hangs_together_is_left_to_a_person(self, yaml: str) -> None:
        found = findings("Y01", tree(yaml))
        assert found
        assert [one.edits for one in found] == [()] * len(found)

    def test_a_merged_value_is_overruled(self) -> None:
        yaml = (
            "integrations:\n  shop:\n    syncs:\n      more: &m\n        track_deletes: false\n        sync_type: incremental\n"
            "      orders:\n        <<: *m\n        sync_type: full\n"
        )
        after = mended("Y01", tree(yaml))
        assert lines("Y01", after) == []
        assert entry(after)["track_deletes"] is True


class TestSyncWithMetadataWaits:
    @pytest.mark.parametrize(
        ("more", "script"),
        [
            ("", ""),
            ("auto_start: false\ninput: Wishes", READS),
            ("auto_start: false", READS),
            ("auto_start: true", "// nango.getMetadata()"),
            ("", "const m = await nango.getMetadata();\nawait nango.updateMetadata({ page: 2 });"),
            ("input:", ""),
        ],
    )
    def test_it_waits_or_needs_none(self, more: str, script: str) -> None:
        assert lines("Y02", with_script(more, script)) == []

    @pytest.mark.parametrize(
        ("more", "script", "place"),
        [
            ("input: Wishes", "", "4:13"),
            ("auto_start: true\ninput: Wishes", "", "7:17"),
            ("auto_start: 'false'\ninput: Wishes", "", "7:17"),
            ("", READS, "4:13"),
            ("", "const { since } = await nango.getMetadata();", "4:13"),
        ],
    )
    def test_it_does_not_wait(self, more: str, script: str, place: str) -> None:
        folder = with_script(more, script)
        assert lines("Y02", folder) == [f"nango.yaml:{place}"]
        for one in (folder, with_line_ends(folder)):
            after = mended("Y02", one)
            assert lines("Y02", after) == []
            assert entry(after) == {**entry(one), "auto_start": False}

    def test_both_mends_in_one_entry_take_their_turns(self) -> None:
        folder = with_script("", READS)
        after = mended("Y02", mended("Y01", folder))
        assert entry(after) == {**entry(folder), "auto_start": False, "track_deletes": True}

    def test_an_action_does_not_start_by_itself(self) -> None:
        assert lines("Y02", tree("integrations: {a: {actions: {b: {input: string}}}}")) == []


class TestMetadataIsInput:
    @pytest.mark.parametrize(
        ("more", "script"),
        [
            ("input: Wishes", READS),
            ("input: Wishes", "import type { Wishes } from '../../models';\n" + READS),
            ("input: Wishes", "import type { Wishes } from '../../models.js';\n" + READS),
            (
                "input: Wishes",
                "import type { Wishes as Wanted } from '../../models';\nnango.getMetadata<Wanted>();",
            ),
            ("input: Wishes", "const metadata: Wishes = await nango.getMetadata();"),
            ("input: Wishes", "nango.getMetadata<Partial<Wishes>>();"),
            ("input: Wishes", "nango.getMetadata<Wishes | null>();"),
            ("input: Wishes", "type Wanted = Wishes;\nnango.getMetadata<Wanted>();"),
            ("input: Wishes", "import * as m from '../../models';\nnango.getMetadata<m.Wishes>();"),
            ("input: Wishes", ""),
            ("", "await nango.setMetadata({ page: 1 + (await nango.getMetadata()).page });"),
        ],
    )
    def test_it_is_the_input(self, more: str, script: str) -> None:
        assert lines("Y03", with_script(more, script)) == []

    @pytest.mark.parametrize(
        ("more", "script", "place"),
        [
            ("", READS, "nango.yaml:4:13"),
            ("input: string", READS, "nango.yaml:7:24"),
            ("input: Wishs", READS, "nango.yaml:7:24"),
            (
                "input: Wishes",
                "import type { Others } from '../../models';\n\nnango.getMetadata<Others>();",
                "shop/syncs/orders.ts:3:19",
            ),
            (
                "input: Wishes",
                "import type { Wishes as Others, Others as Wishes } from '../../models';\nnango.getMetadata<Wishes>();",
                "shop/syncs/orders.ts:2:19",
            ),
            (
                "input: Wishes",
                "import type { ShopWishes } from '../types';\nconst é = await nango.getMetadata<ShopWishes>();",
                "shop/syncs/orders.ts:2:35",
            ),
        ],
    )
    def test_it_is_something_else(self, more: str, script: str, place: str) -> None:
        assert lines("Y03", with_script(more, script)) == [place]


class TestScopesAreStated:
    @pytest.mark.parametrize("more", ["scopes: []", "scopes: orders:read", "scopes:\n    - orders:read"])
    def test_they_are(self, more: str) -> None:
        assert lines("Y04", tree(with_sync(more))) == []

    @pytest.mark.parametrize(("more", "place"), [("", "4:13"), ("scopes:", "7:17"), ("scopes: ''", "7:17")])
    def test_they_are_not(self, more: str, place: str) -> None:
        assert lines("Y04", tree(with_sync(more))) == [f"nango.yaml:{place}"]

    def test_those_of_an_action_are_not(self) -> None:
        (found,) = findings("Y04", tree("integrations: {a: {actions: {b: {input: string}}}}"))
        assert found.message.startswith("The action b does not state its scopes")


class TestSyncIsDescribed:
    @pytest.mark.parametrize("more", ["description: Orders", "description: |\n    Orders"])
    def test_it_is(self, more: str) -> None:
        assert lines("Y13", tree(with_sync(more))) == []

    @pytest.mark.parametrize(
        ("more", "place"), [("", "4:13"), ("description:", "7:17"), ("description: ' '", "7:17")]
    )
    def test_it_is_not(self, more: str, place: str) -> None:
        assert lines("Y13", tree(with_sync(more))) == [f"nango.yaml:{place}"]


KEYS = ("runs", "sync_type", "input", "track_deletes", "auto_start", "description", "scopes", "endpoint")
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.text(alphabet="ab: #'\"|-\n", max_size=12),
    st.sampled_from(["full", "Wishes"]),
    st.lists(st.text(alphabet="ab\n", max_size=4), max_size=2),
    st.dictionaries(st.sampled_from(["path", "group"]), st.text(alphabet="ab", max_size=3), max_size=2),
)


@settings(max_examples=150)
@given(
    data=st.permutations(KEYS).flatmap(
        lambda keys: st.fixed_dictionaries({}, optional=dict.fromkeys(keys, VALUES))
    ),
    indent=st.sampled_from([2, 3, 4]),
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    end=st.sampled_from(["\n", "\r\n"]),
    is_last=st.booleans(),
    is_closed=st.booleans(),
)
def test_edits_change_their_key_alone(
    data: dict[str, object], indent: int, style: str | None, end: str, is_last: bool, is_closed: bool
) -> None:
    syncs: dict[str, object] = (
        {"orders": data} if is_last else {"orders": data, "others": {"runs": "every day"}}
    )
    whole = {"integrations": {"shop": {"syncs": syncs}}}
    text = yaml.safe_dump(whole, indent=indent, sort_keys=False, default_style=style, width=1000)
    text = (text if is_closed else text.rstrip("\n")).replace("\n", end)
    folder = Tree({"nango.yaml": text}, {})
    before = read(text).integrations["shop"]["syncs"]
    for rule, key, value in (("Y01", "track_deletes", True), ("Y02", "auto_start", False)):
        found = [one for one in findings(rule, folder) if "sync orders" in one.message and one.edits]
        after = read(fixed(folder.files, found).get("nango.yaml", text)).integrations["shop"]["syncs"]
        assert after == ({**before, "orders": {**before["orders"], key: value}} if found else before)


GOLDEN = example("pattern-window")


@settings(max_examples=60)
@given(
    yaml=st.one_of(st.text(), st.integers(0, 900).map(lambda n: GOLDEN.files["nango.yaml"][:n])),
    cut=st.integers(0, 5000),
)
def test_no_text_is_too_odd(yaml: str, cut: int) -> None:
    cut_scripts = {path: text[:cut] for path, text in GOLDEN.files.items()}
    check(Tree({**cut_scripts, "nango.yaml": yaml}, {}), entries.RULES)
    check(Tree({**cut_scripts, "nango.yaml": GOLDEN.files["nango.yaml"]}, {}), entries.RULES)
