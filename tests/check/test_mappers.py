"""The rules about mappers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .edited import with_line_ends
from .scripts import ACTION, MAPPER, PIECES, SCRIPTS, SYNC, TYPES, found_by, in_sync, inside, shop
from .support import findings, lines
from .test_optional_fields import mapping

IMPORTS = "import { toOrder } from '../mappers/to-order.js';\nimport * as mappers from '../mappers/all.js';\n"
PAGES = "for await (const page of nango.paginate<Raw>(config)) {{\n    {}\n}}"


def findings_in_sync(body: str) -> list[str]:
    """What M01 finds in a sync that imports a mapper, as ``line:column level``; the first line is 2."""
    return [
        f"{finding.line - 2}:{finding.column} {finding.level}"
        for finding in findings("M01", shop({SYNC: IMPORTS + inside(body)}))
    ]


class TestRecordsAreMapped:
    @pytest.mark.parametrize(
        "body",
        [
            PAGES.format("await nango.batchSave(page.map(toOrder), 'Order');"),
            PAGES.format("await nango.batchSave(page.map(() => ({ id: 'only' })), 'Order');"),
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
        assert findings_in_sync(body) == []

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
        assert findings_in_sync(body) == places

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
        assert [finding.level for finding in findings("M01", shop({ACTION: text}))] == levels

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


class TestBrokenTexts:
    @pytest.mark.parametrize(
        "text",
        [
            f"import type {{ Order }} from '../../models';\nconst o: Order = {'{ owner: ' * 2000}1{' }' * 2000};",
            f"await nango.batchSave({'[' * 2000}a{']' * 2000}, 'Order');",
            f"const a = b{'.filter(c)' * 2000};\nawait nango.batchSave(a, 'Order');",
        ],
    )
    def test_no_text_is_too_deep(self, text: str) -> None:
        assert found_by("M", shop({SYNC: text})) == []

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
        found_by("M", with_line_ends(folder) if is_crlf else folder)
