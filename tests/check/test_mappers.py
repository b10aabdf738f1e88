"""The rules about mappers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nango_scaffold.check import Tree

from .scripts import ACTION, HELPER, MAPPER, SYNC, TYPES, found_by, in_sync, inside, mended, shop, with_crlf
from .support import findings, lines
from .test_api_calls import PIECES, SCRIPTS

IMPORTS = "import { toOrder } from '../mappers/to-order.js';\nimport * as mappers from '../mappers/all.js';\n"
PAGES = "for await (const page of nango.paginate<Raw>(config)) {{\n    {}\n}}"


def saved(body: str) -> list[str]:
    """What M01 finds in a sync that imports a mapper, as ``line:column level``; the first line is 2."""
    return [
        f"{one.line - 2}:{one.column} {one.level}"
        for one in findings("M01", shop({SYNC: IMPORTS + inside(body)}))
    ]


class TestRecordsAreMapped:
    @pytest.mark.parametrize(
        "body",
        [
            PAGES.format("await nango.batchSave(page.map(toOrder), 'Order');"),
            PAGES.format("await nango.batchSave(page.filter(Boolean).map((one) => toOrder(one)), 'Order');"),
            PAGES.format("await nango.batchSave(page.map((one) => { return toOrder(one, 1); }), 'Order');"),
            PAGES.format("await nango.batchSave(page.map((one) => ({ ...toOrder(one), a: 1 })), 'Order');"),
            PAGES.format(
                "await nango.batchSave(page.map((one) => ({ id: one.id, b: toOrder(one.b) })), 'Order');"
            ),
            PAGES.format(
                "await nango.batchSave(page.map((one) => ({ id: 1, b: one.b.map(toOrder) })), 'Order');"
            ),
            PAGES.format(
                "await nango.batchSave(page.map(toOrder).map((one) => ({ ...one, a: 1 })), 'Order');"
            ),
            PAGES.format("await nango.batchSave(mapAll(page), 'Order');"),
            PAGES.format("await nango.batchSave(mappers.toOrders(page), 'Order');"),
            PAGES.format(
                "const orders: Order[] = page.map(toOrder);\n    await nango.batchSave(orders, 'Order');"
            ),
            "const all = [];\n"
            + PAGES.format("all.push(...page.map(toOrder));")
            + "\nawait nango.batchSave(all, 'Order');",
            "let all = [];\n"
            + PAGES.format("all = all.concat(page.map(toOrder));")
            + "\nawait nango.batchSave(all, 'Order');",
            "const all = [];\nfor (const one of list) { all.push(toOrder(one)); }\nawait nango.batchSave(all, 'Order');",
            "await nango.batchSave([toOrder(one)], 'Order');",
            "await nango.batchSave(isNew ? [toOrder(one)] : [], 'Order');",
            "await nango.batchSave(await fetchOrders(nango), 'Order');",
            "const [a] = await fetchOrders(nango);\nawait nango.batchSave(a, 'Order');",
            "const save = async (orders) => nango.batchSave(orders, 'Order');",
            "const make = (one) => toOrder(one);\nawait nango.batchSave(page.map(make), 'Order');",
            "const make = (one) => convert(one);\nawait nango.batchSave(page.map(make), 'Order');",
            "const a = a;\nawait nango.batchSave(a, 'Order');",
            "await nango.batchSave([], 'Order');",
            "await nango.batchSave();",
            "await nango.batchDelete([{ id: 1 }], 'Order');",
        ],
    )
    def test_they_are_or_may_be(self, body: str) -> None:
        assert saved(body) == []

    @pytest.mark.parametrize(
        ("body", "places"),
        [
            (
                PAGES.format("await nango.batchSave(page.map((one) => ({ id: one.id })), 'Order');"),
                ["3:31 warning"],
            ),
            (
                PAGES.format(
                    "await nango.batchSave(page.map((one) => { return { ...one, a: 1 }; }), 'Order');"
                ),
                ["3:31 warning"],
            ),
            (
                PAGES.format(
                    "const a: Order[] = page.map((b) => ({ id: b.id }));\n    await nango.batchSave(a, 'Order');"
                ),
                ["4:31 warning"],
            ),
            (
                "const make = (one) => ({ id: String(one.id) });\nawait nango.batchSave(page.map(make), 'Order');",
                ["3:27 warning"],
            ),
            ("await nango.batchSave([{ id: '1' }], 'Order');", ["2:27 warning"]),
            (
                "const all = [];\nfor (const one of list) { all.push({ id: one.id }); }\nawait nango.batchSave(all, 'Order');",
                ["4:27 warning"],
            ),
            (PAGES.format("await nango.batchSave(page, 'Order');"), ["3:31 note"]),
            (PAGES.format("await nango.batchSave(page.filter((one) => one.id), 'Order');"), ["3:31 note"]),
            (
                "const response = await nango.get<Raw>(config);\nawait nango.batchSave(response.data.items, 'Order');",
                ["3:27 note"],
            ),
            (
                "const { data } = await nango.get(config);\nawait nango.batchSave<Order>(data, 'Order');",
                ["3:34 note"],
            ),
        ],
    )
    def test_they_are_not(self, body: str, places: list[str]) -> None:
        assert saved(body) == places

    def test_a_function_of_the_sync_itself_is_no_mapper(self) -> None:
        text = "function toOrder(one: Raw): Order {\n    return { id: one.id };\n}\n"
        body = inside("await nango.batchSave(page.map(toOrder), 'Order');")
        assert lines("M01", shop({SYNC: body + text})) == [f"{SYNC}:2:27"]

    @pytest.mark.parametrize(
        ("value", "levels"),
        [
            ("toOrder(response.data)", []),
            ("{ success: true }", []),
            ("{ id: response.data.id, next: response.data.next }", []),
            ("{ orders: response.data.map(toOrder) }", []),
            ("{ orders: response.data.map((one) => toOrder(one)), next: response.data.next }", []),
            ("fetchOrder(nango, input)", []),
            ("{ orders: response.data.map((one) => ({ id: one.id })) }", ["warning"]),
            ("response.data", ["note"]),
        ],
    )
    def test_what_an_action_returns(self, value: str, levels: list[str]) -> None:
        text = IMPORTS + inside(f"const response = await nango.get(config);\nreturn {value};")
        assert [one.level for one in findings("M01", shop({ACTION: text}))] == levels

    def test_a_text_that_leads_nowhere(self) -> None:
        body = "let a = b;\nlet b = a;\na = b.concat(a);\nb.push(...a);\nawait nango.batchSave(a, 'Order');"
        assert in_sync("M01", body) == []


class TestMapperIsPure:
    @pytest.mark.parametrize(
        "text",
        [
            "export function toOrder(raw: ShopOrder): Order { return { id: raw.id }; }",
            "export function toOrder(raw: ShopOrder, isNew = false): Order { return make(raw); }",
            "export const toOrder = (raw: ShopOrder): Order => ({ id: raw.id });",
            "export const toOrder: Mapper<ShopOrder, Order> = (raw) => ({ id: raw.id });",
            "export function total(a, b) { return a + b; }",
            "function toPart(raw) { return raw; }",
            "export const toOrderKeys = ['id'];",
            "export { toOrder } from './other.js';",
            "export function toOrder({ id }: ShopOrder): Order { return { id }; }",
            "export function toOrder(raw: unknown): Order { return orderSchema.parse(raw); }",
        ],
    )
    def test_it_is(self, text: str) -> None:
        assert lines("M02", shop({MAPPER: text})) == []

    @pytest.mark.parametrize(
        ("text", "columns"),
        [
            ("export function toOrder(raw): Order { return raw; }", [25]),
            ("export function toOrder(raw: any): Order { return raw; }", [25]),
            ("export function toOrder(raw: ShopOrder) { return raw; }", [17]),
            ("export function toOrder(raw: ShopOrder): any { return raw; }", [17]),
            ("export const toOrder = raw => raw;", [14, 24]),
            ("export function toOrder(nango: NangoSync, raw: ShopOrder): Order { return raw; }", [25]),
            ("export async function toOrder(raw: A, n: NangoAction): Promise<Order> { return raw; }", [39]),
            ("export default function toOrder({ id }): Order { return { id }; }", [33]),
        ],
    )
    def test_it_is_not(self, text: str, columns: list[int]) -> None:
        assert lines("M02", shop({MAPPER: text})) == [f"{MAPPER}:1:{column}" for column in columns]


RAW = """
import type { Other } from './types';
export interface ShopOrder extends Named {
    id: string;
    title: string | null;
    total?: number;
    count: Maybe;
    size: number;
    tags: string[] | null;
    owner: ShopOwner | null;
    buyer: { mail: string | null } | null;
    more: Partial<ShopOwner>;
    'odd key': string | null;
}
type Maybe = (number | null);
interface Named { note: string | null }
export type ShopOwner = { name: string | null } & Record<string, unknown>;
"""
MAPPING = """
import type {{ Order }} from '../../models{js}';
import type {{ ShopOrder as Raw }} from '../types{js}';

export function toOrder(raw: Raw): Order {{
    {before}return {{
        id: raw.id,
        {field}
    }};
}}
"""


def mapping(field: str, before: str = "", js: str = "") -> Tree:
    """A mapper that gives a model a field, in line 7."""
    return shop({MAPPER: MAPPING.format(field=field, before=before, js=js), TYPES: RAW})


class TestNullBecomesUndefined:
    @pytest.mark.parametrize(
        "field",
        [
            "title: raw.title ?? undefined",
            "title: raw.title ?? ''",
            "title: raw.title!",
            "title: String(raw.title)",
            "title: raw.id",
            "title: raw.missing",
            "title: raw.more.name",
            "title: other.title",
            "title: raw",
            "...(raw.title != null && { title: raw.title })",
            "total: raw.total",
            "left: raw.title",
            "extra: raw.title",
            "title: raw.id || undefined",
            "extra: raw.title || undefined",
            "title: raw.title || raw.id",
            "title: raw.title || other || undefined",
            "extra: raw.tags || undefined",
            "id: raw.title",
            "title",
            "[title]: raw.title",
            "unknown: raw.title",
            "owner: { name: raw.owner?.name ?? undefined }",
        ],
    )
    def test_it_does_or_may(self, field: str) -> None:
        assert lines("M03", mapping(field)) == []

    @pytest.mark.parametrize(
        ("field", "column", "after"),
        [
            ("title: raw.title", 16, "title: raw.title ?? undefined"),
            ("'title': raw.title,", 18, "'title': raw.title ?? undefined,"),
            ("title: raw['odd key']", 16, "title: raw['odd key'] ?? undefined"),
            ("title: raw.owner?.name", 16, "title: raw.owner?.name ?? undefined"),
            ("title: raw.owner!.name", 16, ""),
            ("total: raw.count", 16, "total: raw.count ?? undefined"),
            ("note: raw.note", 15, "note: raw.note ?? undefined"),
            ("owner: { name: raw.title }", 24, "owner: { name: raw.title ?? undefined }"),
            ("buyer: { mail: raw.buyer?.mail }", 24, "buyer: { mail: raw.buyer?.mail ?? undefined }"),
            ("title: raw.title || undefined", 26, "title: raw.title ?? undefined"),
            ("total: raw.total || undefined", 26, "total: raw.total ?? undefined"),
        ],
    )
    @pytest.mark.parametrize("js", ["", ".js"])
    @pytest.mark.parametrize("is_crlf", [False, True])
    def test_it_does_not(self, field: str, column: int, after: str, js: str, is_crlf: bool) -> None:
        folder = with_crlf(mapping(field, js=js)) if is_crlf else mapping(field, js=js)
        if not after:  # through ``!`` nobody is told what comes
            assert lines("M03", folder) == []
            return
        assert lines("M03", folder) == [f"{MAPPER}:7:{column}"]
        better = mended("M03", folder)
        assert after in better.files[MAPPER]
        assert lines("M03", better) == []

    def test_a_null_is_refused_and_an_empty_text_only_lost(self) -> None:
        levels = [
            one.level for one in findings("M03", mapping("title: raw.title,\n note: raw.note || undefined"))
        ]
        assert levels == ["error", "warning"]

    @pytest.mark.parametrize(
        "before",
        ["if (raw.title === null) { return { id: '' }; }\n", "switch (raw.id) { case '': throw no; }\n"],
    )
    def test_behind_a_test_the_type_may_be_another(self, before: str) -> None:
        assert lines("M03", mapping("title: raw.title", before)) == []

    @pytest.mark.parametrize(
        "text",
        [
            "import type { Order } from '../../models';\nconst a = (raw: Unheard): Order => ({ title: raw.title });",
            "import type { Order } from '../other';\nconst a = (raw: ShopOrder): Order => ({ title: raw.title });",
            "const a = (raw: ShopOrder): Order => ({ title: raw.title });",
            "import type { Unheard } from '../../models';\nconst a = (raw: A): Unheard => ({ title: raw.title });",
        ],
    )
    def test_types_that_are_not_known(self, text: str) -> None:
        assert lines("M03", shop({MAPPER: text, TYPES: RAW})) == []

    def test_a_variable_and_an_arrow(self) -> None:
        imports = (
            "import type { Order } from '../../models.js';\nimport type { ShopOrder } from '../types.js';\n"
        )
        arrow = "export const toOrder = (raw: ShopOrder): Order => ({ title: raw.title });\n"
        variable = "function f(raw: ShopOrder) {\n    const order: Order = { title: raw.title };\n}\n"
        assert lines("M03", shop({HELPER: imports + arrow + variable, TYPES: RAW})) == [
            f"{HELPER}:3:61",
            f"{HELPER}:5:35",
        ]

    def test_without_a_nango_yaml_that_can_be_read(self) -> None:
        assert findings("M03", shop({MAPPER: MAPPING, TYPES: RAW}, yaml="integrations: [")) == []


class TestBrokenTexts:
    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join))
    def test_any_text_is_looked_at(self, text: str) -> None:
        text = text.encode("utf-8", "replace").decode()
        body = f"await nango.batchSave({text}, 'Order');"
        found_by("M", shop({SYNC: inside(body), MAPPER: mapping(text).files[MAPPER], TYPES: text}))

    @settings(max_examples=60, deadline=None)
    @given(st.sampled_from(SCRIPTS), st.floats(0, 1), st.booleans())
    def test_a_script_that_is_cut_off(self, text: str, part: float, is_crlf: bool) -> None:
        cut = int(len(text) * part)
        folder = shop({SYNC: text[:cut], ACTION: text[cut:], MAPPER: text[:cut], TYPES: text[cut:]})
        found_by("M", with_crlf(folder) if is_crlf else folder)
