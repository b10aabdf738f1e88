"""The rules about how a sync fetches and saves records and handles errors."""

from __future__ import annotations

import pytest

from .one_script import places, sync
from .support import findings

HEAD = "export default async function fetchData(nango: NangoSync): Promise<void> {\n"


def body(text: str) -> str:
    return HEAD + text + "\n}\n"


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
        (finding,) = findings("S03", sync(body(text)))
        assert (finding.line, finding.level) == (2, "note")


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


class TestHelpersLetErrorsThrough:
    TRY = "export async function one(nango: NangoSync) { try { await nango.get(c); } catch { return []; } }"
    IMPORTS = "import { one } from '../helpers/one.js';\n"

    @pytest.mark.parametrize(
        ("helper", "count"),
        [
            (TRY, 1),
            (TRY.replace("{ try", "{\n// A missing one is none. @allowTryCatch\ntry"), 0),
            ("export function one(t: string) { try { return JSON.parse(t); } catch { return {}; } }", 0),
        ],
    )
    def test_of_a_sync(self, helper: str, count: int) -> None:
        assert (
            len(findings("S05", sync(self.IMPORTS + body("await one(nango);"), helpers__one=helper))) == count
        )

    def test_of_nobody_or_an_action_as_well(self) -> None:
        assert findings("S05", sync(body(""), helpers__one=self.TRY)) == []
        script = self.IMPORTS + body("await one(nango);")
        assert (
            findings("S05", sync(script, helpers__one=self.TRY, actions__add=self.IMPORTS + "one();")) == []
        )


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
        (finding,) = findings("S08", sync(body(text)))
        assert finding.line == 4
        assert (
            finding.message
            == "The sync orders keeps all pages in all and saves them at the end; each is saved as it comes."
        )
