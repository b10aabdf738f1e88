"""The rules about the script of a sync."""

from __future__ import annotations

import pytest

from nango_scaffold.check import Tree

from .scripts import SYNC_PATH, mended, places, sync, with_windows_lines
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
        (found,) = findings("S01", sync("export default async function run(nango) { await run(nango); }"))
        assert found.edits == ()
        assert found.message == "The sync orders exports the function run; fetchData is its name."


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
        assert [one.level for one in findings("S02", sync(script))] == [
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
        assert all(not one.edits for one in findings("S02", sync(script)))


class TestFetchesPageByPage:
    @pytest.mark.parametrize(
        "text",
        [
            "await nango.log('x');",
            "for await (const page of nango.paginate(c)) { await nango.batchSave(page, 'Order'); }",
            "let more = true; while (more) { const r = await nango.get(c); more = r.data.more; }",
            "for (const id of ids) { await nango.get(c); }",
            "const r = await nango.get(c); await nango.batchSave([toOrder(r.data)], 'Order');",
            "const r = await nango.get(c); await nango.batchSave(await rest(nango, r), 'Order');",
            "await fetchAll(nango);\n}\nasync function fetchAll(nango: N) { await nango.get(c); await fetchAll(nango);",
            "await save(nango);\n}\nasync function save(nango: N) { await nango.get(c);",
            "await nango.post(c);",
            "// The API gives everything in one response.\nconst r = await nango.get(c); await nango.batchSave(r.data, 'Order');",
        ],
    )
    def test_it_does_or_is_not_certain(self, text: str) -> None:
        assert places("S03", sync(body(text))) == []

    def test_it_asks_once(self) -> None:
        text = "const r = await nango.get<A>(c);\nawait nango.batchSave(r.data.map(toOrder), 'Order');"
        (found,) = findings("S03", sync(body(text)))
        assert (found.line, found.level) == (2, "note")


class TestSendsOneRequestAtATime:
    @pytest.mark.parametrize(
        "text",
        [
            "await Promise.all(pages.map((page) => nango.batchSave(page, 'Order')));",
            "await Promise.all([nango.log('a'), toOrder(b)]);",
            "await Promise.all(promises);",
            "await all(ids.map((id) => nango.get(c)));",
            "await Promise.resolve(nango.get(c));",
        ],
    )
    def test_it_does(self, text: str) -> None:
        assert places("S04", sync(body(text))) == []

    @pytest.mark.parametrize(
        "text",
        [
            "await Promise.all(ids.map((id) => nango.get<A>(c)));",
            "await Promise.all<A>([nango.get<A>(c), nango.post(d)]);",
            "await Promise.allSettled(ids.map(fetchOne));\n}\nasync function fetchOne(id: string) { await nango.get(c);",
            "await Promise.race([one(nango)]);\n}\nconst one = (n: N) => two(n);\nfunction two(nango: N) { nango.get(c);",
            "await Promise.all(many);\nconst many = ids.map((id) => nango.get(c));",
            "await Promise.all([one, two]);\nconst one = nango.get(c);",
            "await Promise.all(many);\nconst many = [];\nmany.push(nango.get(c));",
        ],
    )
    def test_it_does_not(self, text: str) -> None:
        assert places("S04", sync(body(text))) == ["2:7"]

    def test_a_helper_elsewhere_does_not(self) -> None:
        script = "import { one as get } from '../helpers/one.js';\n" + body(
            "await Promise.all(ids.map((id) => get(nango, id)));"
        )
        helper = "export async function one(nango: NangoSync, id: string) { return nango.get(c); }"
        assert places("S04", sync(script, helpers__one=helper)) == ["3:7"]
        assert places("S04", sync(script)) == []


class TestLetsErrorsThrough:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "// One that fails is left out. @allowTryCatch\ntry { a(); } catch { b(); }",
            "a();\n/* @AllowTryCatch */\n// and more\ntry { a(); } finally { b(); }",
        ],
    )
    def test_it_does(self, text: str) -> None:
        assert places("S05", sync(body(text))) == []

    def test_it_does_not(self) -> None:
        text = "// @allowTryCatch\na();\ntry { a(); } catch { b(); }\n// why\ntry { a(); } finally {}"
        assert places("S05", sync(body(text))) == ["4:1", "6:1"]


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
        (found,) = findings("S07", sync(body(text)))
        assert (found.line, found.level, found.edits) == (2, level, ())

    @pytest.mark.parametrize(
        "text", ["await nango.batchSave(records);", "await nango.batchSave(é.map(toOrder),);"]
    )
    def test_a_missing_model_is_mended_when_there_is_one(self, text: str) -> None:
        for folder in (sync(body(text)), with_windows_lines(sync(body(text)))):
            assert len(findings("S07", folder)) == 1
            files = mended("S07", folder)
            assert ", 'Order'" in files[SYNC_PATH]
            assert places("S07", Tree(files, {})) == []
        (found,) = findings("S07", sync(body(text), output="[Order, Refund]"))
        assert found.edits == ()


class TestSavesPageByPage:
    LOOP = "const all: Order[] = [];\nfor await (const page of nango.paginate(c)) { all.push(...page.map(toOrder)); }\n"

    @pytest.mark.parametrize(
        "text",
        [
            "for await (const page of nango.paginate(c)) { await nango.batchSave(page, 'Order'); }",
            LOOP
            + "for (let i = 0; i < all.length; i += 5) { await nango.batchSave(all.slice(i, i + 5), 'Order'); }",
            LOOP + "const tree = grow(all);\nawait nango.batchSave(tree, 'Order');",
            LOOP
            + "const byId = new Map(all.map((o) => [o.id, o]));\nawait nango.batchSave(all.map(f(byId)), 'Order');",
            LOOP + "all.sort();\nawait nango.batchSave(all, 'Order');",
            LOOP + "await nango.batchSave(all.filter(isFirst), 'Order');",
            "let batch = [];\nfor await (const page of nango.paginate(c)) { for (const one of page) { batch.push(one);"
            " if (batch.length > 9) { await nango.batchSave(batch, 'Order'); batch = []; } } }\n"
            "await nango.batchSave(batch, 'Order');",
            LOOP + "return all;",
        ],
    )
    def test_it_does_or_is_not_certain(self, text: str) -> None:
        assert places("S08", sync(body(text))) == []

    @pytest.mark.parametrize(
        "text",
        [
            LOOP + "await nango.batchSave(all, 'Order');",
            LOOP
            + "await nango.batchSave(all.map(toOrder), 'Order');\nawait nango.log(`${all.length} saved`);",
            LOOP.replace("const", "let").replace("all.push(...page.map(toOrder))", "all = [...all, ...page]")
            + "await nango.batchSave(all, 'Order');",
            LOOP.replace("all.push(...page.map(toOrder))", "all = all.concat(page)")
            + "const orders = all.map(toOrder); await nango.batchSave(orders, 'Order');",
        ],
    )
    def test_it_does_not(self, text: str) -> None:
        (found,) = findings("S08", sync(body(text)))
        assert found.line == 4
        assert (
            found.message
            == "The sync orders keeps all pages in all and saves them at the end; each is saved as it comes."
        )


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
