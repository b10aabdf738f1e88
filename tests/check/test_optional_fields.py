"""The rule about how a mapper treats a null of the provider."""

from __future__ import annotations

import pytest

from nango_scaffold.check import Tree

from .edited import mended, with_line_ends
from .scripts import HELPER, MAPPER, TYPES, shop
from .support import findings, lines

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
        ],
    )
    @pytest.mark.parametrize("js", ["", ".js"])
    @pytest.mark.parametrize("is_crlf", [False, True])
    def test_it_does_not(self, field: str, column: int, after: str, js: str, is_crlf: bool) -> None:
        folder = with_line_ends(mapping(field, js=js)) if is_crlf else mapping(field, js=js)
        if not after:  # through ``!`` nobody is told what comes
            assert lines("M03", folder) == []
            return
        assert lines("M03", folder) == [f"{MAPPER}:7:{column}"]
        better = mended("M03", folder)
        assert after in better.files[MAPPER]
        assert lines("M03", better) == []

    @pytest.mark.parametrize("field", ["title: raw.title || undefined", "total: raw.total || undefined"])
    def test_an_empty_value_is_lost_and_a_person_decides_whether_it_should_be(self, field: str) -> None:
        (finding,) = findings("M03", mapping(field))
        assert (finding.path, finding.line, finding.column, finding.edits) == (MAPPER, 7, 26, ())

    def test_a_null_is_refused_and_an_empty_text_only_lost(self) -> None:
        levels = [
            finding.level
            for finding in findings("M03", mapping("title: raw.title,\n note: raw.note || undefined"))
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
