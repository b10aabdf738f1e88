"""The rules about the entries of nango.yaml."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nango_scaffold.check import Tree, check, fix
from nango_scaffold.check.rules import RULES, entries, rules_of

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
        (finding,) = findings("Y01", tree(with_sync("track_deletes: false")))
        assert (finding.line, finding.column, finding.length) == (7, 17, len("track_deletes"))
        assert finding.message == "The full sync orders does not say track_deletes: true."

    def test_records_are_never_deleted_by_a_mend(self) -> None:
        for more in ("", "track_deletes: false"):
            (finding,) = findings("Y01", tree(with_sync(more)))
            assert finding.edits == ()


class TestFullSyncReadsLastSyncDate:
    SINCE = "export function since(nango) {\n    return nango.lastSyncDate;\n}\n"
    DIRECT = "const since = nango.lastSyncDate;\n"
    FROM_HELPER = "import { since } from '../helpers/since.js';\nsince(nango);\n"

    @pytest.mark.parametrize("script", [DIRECT, FROM_HELPER])
    @pytest.mark.parametrize("more", ["", "sync_type: full", "track_deletes: false"])
    def test_it_is_incremental_or_has_to_fetch_everything(self, script: str, more: str) -> None:
        folder = tree(with_sync(more), {"shop/syncs/orders.ts": script, "shop/helpers/since.ts": self.SINCE})
        (finding,) = findings("Y01", folder)
        assert finding.edits == ()
        assert "should be sync_type: incremental, or fetch everything" in finding.message
        assert "track_deletes: true would delete every record that a run does not save" in finding.message
        result = fix(folder, RULES)
        assert "track_deletes: true" not in result.tree.files["nango.yaml"]

    def test_one_that_deletes_already(self) -> None:
        (finding,) = findings("Y01", with_script("sync_type: full\ntrack_deletes: true", self.DIRECT))
        assert finding.message.endswith("; it deletes every record that a run does not save.")
        assert (finding.line, finding.length) == (7, len("sync_type"))

    @pytest.mark.parametrize(
        "script",
        [
            "await nango.log(`since ${nango.lastSyncDate}`);",
            "// nango.lastSyncDate is not for full syncs",
            "import { other } from '../helpers/since.js';",
        ],
    )
    def test_what_decides_nothing_does_not_count(self, script: str) -> None:
        assert lines("Y01", with_script("track_deletes: true", script)) == []

    def test_an_incremental_one_may(self) -> None:
        assert lines("Y01", with_script("sync_type: incremental", self.DIRECT)) == []


MODELS = """
    Wishes:
        since: string
        size?: number
        names: string[]
    Hints:
        since?: string
        names: string[] | null
"""
GET = "await nango.getMetadata<Wishes>()"


def asks(body: str, more: str = "", top: str = "", helper: str = "") -> Tree:
    """A sync with `Wishes` and `Hints` for metadata, and what its function does."""
    yaml = with_sync(more).split("    Wishes:")[0] + MODELS.lstrip("\n")
    script = f"{top}\nexport default async function fetchData(nango: NangoSync) {{\n{body}\n}}\n"
    return tree(yaml, {"shop/syncs/orders.ts": script, "shop/helpers/wishes.ts": helper})


class TestSyncWithMetadataWaits:
    @pytest.mark.parametrize(
        "body",
        [
            "",
            f"const m = ({GET}) ?? {{}};\nget(m.since);",
            f"const m = {GET} || {{ since: '2020' }};\nget(m.since);",
            f"const m = {GET};\nget(m?.since);",
            f"const since = ({GET})?.since;\nget(since);",
            f"const m = {GET};\nif (!m) {{\n    return;\n}}\nget(m.since);",
            f"const m = {GET};\nif (!m?.since) {{\n    await nango.log('none');\n    return;\n}}\nget(m.since);",
            f"const m = {GET};\nconst since = m ? m.since : '2020';",
            f"const m = {GET};\nconst since = m && m.since;",
            f"const m = {GET};\nget(m.since ?? '2020');",
            f"const m = {GET};\nget({{ ...(m.since && {{ since: m.since }}) }});",
            f"const m = {GET};\nif (m.names) {{\n    get(m.names);\n}}",
            f"const m = {GET};\nif (m.since === undefined) {{\n    get();\n}} else {{\n    get(m.since);\n}}",
            f"const m = {GET};\nget(m.size);",
            f"const {{ since = '2020' }} = {GET};\nget(since);",
            f"const {{ size }} = {GET};\nget(size);",
            f"const {{ since }} = {GET} ?? {{}};\nget(since);",
            f"const {{ since: from }} = {GET};\nget(from ?? '2020');",
            f"const m = {GET};\nconst names = m?.names ?? [];\nfor (const name of names) get(name);",
            f"const m = {GET};\nawait fetchAll(nango, m);",
            f"const m = {GET};\nget({{ ...m }});",
            "const m = await nango.getMetadata<Hints>();\nget(m.since, m.names);",
            "const m = await nango.getMetadata<Hints>();\nawait nango.zodValidateInput({ zodSchema: s, input: m });",
            "const m = await nango.getMetadata<Partial<Wishes>>();\nget(m.since);",
            "const m = await nango.getMetadata<Wishes | null>();\nget(m!.since);",
            "const m: Hints = await nango.getMetadata();\nget(m.since);",
            f"const m = {GET};\nget(m.since);\nawait nango.updateMetadata({{ since: 'now' }});",
            f"const m = {GET};\nconst found = wishesSchema.safeParse(m);\nget(found.success);",
            f"{GET};",
            "// nango.getMetadata()",
            f"const m = {GET};\nget(m.since",
        ],
    )
    def test_it_can_do_without(self, body: str) -> None:
        assert lines("Y02", asks(body)) == []

    @pytest.mark.parametrize(
        "body",
        [
            f"const m = {GET};\nget(m.since);",
            f"get(({GET}).since);",
            f"const m = {GET};\nfor (const name of m.names) get(name);",
            f"const m = {GET};\nget(`/orders/${{m.since}}`, m.size ?? 10);",
            f"const {{ since, size = 3 }} = {GET};\nget(since, size);",
            f"const m = {GET};\nif (!m?.since) {{\n    throw new nango.ActionError({{ message: 'no date' }});\n}}",
            f"const m = {GET};\nif (!m) throw new nango.ActionError({{ message: 'none' }});",
            f"const m = {GET};\nif (!m || m.names.length === 0) {{ throw new Error('none'); }}",
            f"const m = {GET};\nconst names = m?.names ?? [];\nif (names.length === 0) {{ throw new Error('none'); }}",
            f"const m = {GET};\nawait nango.zodValidateInput({{ zodSchema: wishesSchema, input: m }});",
            f"const m = wishesSchema.parse({GET});\nget(m.since);",
            "const m: Wishes = await nango.getMetadata();\nget(m.since);",
            "const { since } = await nango.getMetadata();\nget(since);",
        ],
    )
    @pytest.mark.parametrize(("more", "place"), [("", "4:13"), ("auto_start: true\ninput: Wishes", "7:17")])
    def test_it_cannot_and_does_not_wait(self, body: str, more: str, place: str) -> None:
        top = "import { wishesSchema } from '../../schema.zod.js';"
        (finding,) = findings("Y02", asks(body, more, top))
        assert f"nango.yaml:{finding.line}:{finding.column}" == f"nango.yaml:{place}"
        assert finding.edits == ()

    def test_a_helper_cannot(self) -> None:
        helper = f"export async function read(nango) {{\n    const m = {GET};\n    return m.since;\n}}\n"
        top = "import { read } from '../helpers/wishes.js';"
        assert lines("Y02", asks("get(await read(nango));", top=top, helper=helper)) == ["nango.yaml:4:13"]
        assert lines("Y02", asks("get();", helper=helper)) == []

    def test_a_type_of_types_ts_tells_what_may_be_missing(self) -> None:
        types = "export interface ShopWishes { since: string; size?: number; until: string | null }\n"
        top = "import type { ShopWishes } from '../helpers/wishes';"
        read = "const m = await nango.getMetadata<ShopWishes>();\n"
        assert lines("Y02", asks(read + "get(m.size, m.until, m.other);", top=top, helper=types)) == []
        assert lines("Y02", asks(read + "get(m.since);", top=top, helper=types)) == ["nango.yaml:4:13"]

    def test_one_that_waits(self) -> None:
        assert lines("Y02", asks(f"const m = {GET};\nget(m.since);", "auto_start: false")) == []

    @pytest.mark.parametrize("more", ["input: Wishes", "auto_start: 'false'\ninput: Wishes"])
    def test_an_input_alone_does_not_tell_what_the_script_needs(self, more: str) -> None:
        assert lines("Y02", with_script(more, "")) == []
        assert lines("Y02", tree(with_sync(more))) == []

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
        (finding,) = findings("Y04", tree("integrations: {a: {actions: {b: {input: string}}}}"))
        assert finding.message.startswith("The action b does not state its scopes")


class TestSyncIsDescribed:
    @pytest.mark.parametrize("more", ["description: Orders", "description: |\n    Orders"])
    def test_it_is(self, more: str) -> None:
        assert lines("Y13", tree(with_sync(more))) == []

    @pytest.mark.parametrize(
        ("more", "place"), [("", "4:13"), ("description:", "7:17"), ("description: ' '", "7:17")]
    )
    def test_it_is_not(self, more: str, place: str) -> None:
        assert lines("Y13", tree(with_sync(more))) == [f"nango.yaml:{place}"]


GOLDEN = example("pattern-window")


@settings(max_examples=60)
@given(
    yaml=st.one_of(st.text(), st.integers(0, 900).map(lambda n: GOLDEN.files["nango.yaml"][:n])),
    cut=st.integers(0, 5000),
)
def test_no_text_is_too_odd(yaml: str, cut: int) -> None:
    cut_scripts = {path: text[:cut] for path, text in GOLDEN.files.items()}
    check(Tree({**cut_scripts, "nango.yaml": yaml}, {}), rules_of(entries))
    check(Tree({**cut_scripts, "nango.yaml": GOLDEN.files["nango.yaml"]}, {}), rules_of(entries))
