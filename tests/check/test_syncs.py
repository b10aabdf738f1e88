"""The rules about the script of a sync."""

from __future__ import annotations

import pytest

from nango_scaffold.check import Tree

from .one_script import SYNC_PATH, mended, places, sync, with_windows_lines
from .support import findings, lines, tree

HEAD = "export default async function fetchData(nango: NangoSync): Promise<void> {\n"


def body(text: str) -> str:
    return HEAD + text + "\n}\n"


class TestSyncBeginsWithFetchData:
    @pytest.mark.parametrize(
        "script",
        [
            "",
            "const SIZE = 5;\n" + body(""),
            "import type { NangoSync } from '../../models';\ntype A = string;\ninterface B { a: A }\n"
            + body(""),
            body("") + "function helper() {}\nconst other = () => 1;",
            "const double = (n: number) => 2 * n;\nconst SIZE = double(2);\n" + body(""),
            "export default createSync({ exec: async () => {} });",
            "const sync = createSync({});\nexport default sync;",
            "function helper() {}",
            "function helper( {\n" + body(""),
        ],
    )
    def test_it_is_first_or_not_certain(self, script: str) -> None:
        assert places("S01", sync(script)) == []

    @pytest.mark.parametrize(
        ("script", "expected"),
        [
            ("function helper() {}\n" + body(""), ["1:10"]),
            (
                "export function a() {}\nclass B {}\nconst c = async () => 1;\n" + body(""),
                ["1:17", "2:7", "3:7"],
            ),
            ("export default async (nango: NangoSync) => {};", ["1:16"]),
            ("async function fetchData() {}\nexport default fetchData;", ["2:1"]),
            ("export default async function (nango: NangoSync) {}", ["1:22"]),
            ("export default async function run(nango: NangoSync) {}", ["1:31"]),
        ],
    )
    def test_it_is_not(self, script: str, expected: list[str]) -> None:
        assert places("S01", sync(script)) == expected
        assert len(places("S01", with_windows_lines(sync(script)))) == len(expected)

    @pytest.mark.parametrize(
        "script",
        ["export default async function (nango) {}\n", "export default async function run(nango) {}\n"],
    )
    def test_its_name_is_mended(self, script: str) -> None:
        for folder in (sync(script), with_windows_lines(sync(script))):
            files = mended("S01", folder)
            assert "async function fetchData(nango) {}" in files[SYNC_PATH]
            assert places("S01", Tree(files, {})) == []

    def test_a_name_that_is_used_is_left(self) -> None:
        (finding,) = findings("S01", sync("export default async function run(nango) { await run(nango); }"))
        assert finding.edits == ()
        assert finding.message == "The sync orders exports the function run; fetchData is its name."


class TestFetchDataTakesNangoAndReturnsNothing:
    @pytest.mark.parametrize(
        "script",
        [
            body(""),
            body("if (a) { return; }\nlist.map((x) => { return x; });\nfunction g() { return 1; }"),
            "import type { NangoSync as Nango } from '../../models';\n"
            "export default async function fetchData(nango: Nango): Promise< void > {}",
            "type N = NangoSync;\nexport default async function fetchData(nango: N): Promise<void> {}",
            "",
            "export default class A {}",
        ],
    )
    def test_it_does(self, script: str) -> None:
        assert places("S02", sync(script)) == []

    @pytest.mark.parametrize(
        ("script", "expected"),
        [
            (body("return 1;"), ["2:1"]),
            (body("return await save(nango);"), ["2:1"]),
            ("export default async function fetchData(nango): Promise<void> {}", ["1:41"]),
            ("export default async function fetchData(nango: NangoAction): Promise<void> {}", ["1:41"]),
            ("export default async function fetchData(nango: NangoSync, m: M): Promise<void> {}", ["1:59"]),
            ("export default async function fetchData(nango: NangoSync): Promise<Order[]> {}", ["1:60"]),
            ("export default async function fetchData(nango: NangoSync) {}", ["1:40"]),
        ],
    )
    def test_it_does_not(self, script: str, expected: list[str]) -> None:
        assert places("S02", sync(script)) == expected

    def test_levels(self) -> None:
        script = "export default async function fetchData(nango: NangoSync, a: A, b?: B) { return 1; }"
        assert [finding.level for finding in findings("S02", sync(script))] == [
            "warning",
            "error",
            "warning",
            "error",
        ]

    def test_a_missing_type_is_mended(self) -> None:
        script = "// ünïcode\nexport default async function fetchData(nango: NangoSync) {\n}\n"
        for folder in (sync(script), with_windows_lines(sync(script))):
            files = mended("S02", folder)
            assert "(nango: NangoSync): Promise<void> {" in files[SYNC_PATH]
            assert places("S02", Tree(files, {})) == []

    @pytest.mark.parametrize(
        "script",
        [
            "export default async function fetchData(nango: NangoSync) { return 1; }",
            "export default function fetchData(nango: NangoSync) {}",
            "export default async (nango: NangoSync): Promise<number> => {};",
        ],
    )
    def test_what_is_not_certain_is_left(self, script: str) -> None:
        assert all(not finding.edits for finding in findings("S02", sync(script)))


class TestIncrementalSyncReadsLastSyncDate:
    GET = "await nango.get(c);"

    @pytest.mark.parametrize(
        "script",
        [
            body("const since = nango.lastSyncDate; await nango.get(c);"),
            body("const { lastSyncDate } = nango; await nango.get(c);"),
            body("await nango.get(c); await nango.updateMetadata({ at });"),
            body("await nango.log('no request');"),
            "import { fetch } from '../helpers/unknown.js';\n" + body(GET),
            "",
        ],
    )
    def test_it_does_or_is_not_certain(self, script: str) -> None:
        assert places("S06", sync(script, sync_type="incremental")) == []

    def test_a_helper_reads_it(self) -> None:
        script = "import { since } from '../helpers/since.js';\n" + body(self.GET)
        reads = "export function since(nango: NangoSync) { return nango.lastSyncDate; }"
        assert places("S06", sync(script, sync_type="incremental", helpers__since=reads)) == []
        assert places("S06", sync(script, sync_type="incremental", helpers__since="")) == ["2:31"]

    def test_it_does_not(self) -> None:
        script = body("// nango.lastSyncDate is not read\n" + self.GET)
        assert places("S06", sync(script, sync_type="incremental")) == ["1:31"]
        assert places("S06", sync(script)) == []


class TestRecordsAreSavedUnderAModelOfTheSync:
    @pytest.mark.parametrize(
        "text",
        [
            "await nango.batchSave(records, 'Order');",
            'await nango.batchSave(records, "Order");',
            "await nango.batchSave<Order>(records, MODEL);\n}\nconst MODEL = 'Order';\nfunction f() {",
            "await nango.batchSave(records, model);",
            "let m = 'Refund'; await nango.batchSave(records, m);",
            "await nango.batchSave(...given);",
            "await other.batchSave(records);",
        ],
    )
    def test_they_are(self, text: str) -> None:
        assert places("S07", sync(body(text))) == []

    @pytest.mark.parametrize(
        ("text", "level"),
        [
            ("await nango.batchSave(records, 'Orders');", "error"),
            ("await nango.batchDelete(records, 'Refund');", "warning"),
            ("await nango.batchUpdate(r, M);\n}\nconst M = 'Refund';\nfunction f() {", "warning"),
        ],
    )
    def test_they_are_not(self, text: str, level: str) -> None:
        (finding,) = findings("S07", sync(body(text)))
        assert (finding.line, finding.level, finding.edits) == (2, level, ())

    @pytest.mark.parametrize(
        "text", ["await nango.batchSave(records);", "await nango.batchSave(é.map(toOrder),);"]
    )
    def test_a_missing_model_is_mended_when_there_is_one(self, text: str) -> None:
        for folder in (sync(body(text)), with_windows_lines(sync(body(text)))):
            assert len(findings("S07", folder)) == 1
            files = mended("S07", folder)
            assert ", 'Order'" in files[SYNC_PATH]
            assert places("S07", Tree(files, {})) == []
        (finding,) = findings("S07", sync(body(text), output="[Order, Refund]"))
        assert finding.edits == ()

    def test_what_the_types_let_through_is_not_mended(self) -> None:
        text = (
            "export default async function fetchData(nango: any) {\n    await nango.batchSave(records);\n}\n"
        )
        (finding,) = findings("S07", sync(text))
        assert finding.edits == ()


class TestOutputOfASyncHasAnId:
    YAML = """
    integrations:
        shop:
            syncs:
                orders:
                    output: Order
    models:
        Base:
            {base}: string
        Order:
            {more}
    """

    @pytest.mark.parametrize(
        ("base", "more"),
        [("x", "id: string"), ("x", "id?: string"), ("id", "__extends: Base"), ("x", "__extends: Elsewhere")],
    )
    def test_it_has_or_is_not_certain(self, base: str, more: str) -> None:
        assert lines("S09", tree(self.YAML.format(base=base, more=more))) == []

    @pytest.mark.parametrize("more", ["name: string", "__extends: Base", "__extends: Order"])
    def test_it_has_none(self, more: str) -> None:
        assert lines("S09", tree(self.YAML.format(base="x", more=more))) == ["nango.yaml:9:5"]

    def test_an_output_that_is_no_model_is_for_others(self) -> None:
        yaml = self.YAML.format(base="x", more="id: string").replace("output: Order", "output: Orders")
        assert lines("S09", tree(yaml)) == []
