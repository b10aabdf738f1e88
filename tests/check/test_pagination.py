"""The rule about how a script reads pages."""

from __future__ import annotations

import pytest

from .scripts import ACTION, HELPER, SYNC, TYPED, in_sync, inside, shop
from .support import findings

CURSOR = """
let cursor: string | undefined;
do {
    const config: ProxyConfiguration = { endpoint: '/a', params: { ...(cursor && { cursor }) } };
    const response = await nango.get<Page>(config);
    cursor = response.data.next;
} while (cursor);
"""


class TestPagesComeFromPaginate:
    @pytest.mark.parametrize(
        "body",
        [
            "for await (const page of nango.paginate(config)) {\n    await nango.batchSave(page, 'Order');\n}",
            "for (const id of ids) {\n    await nango.get({ endpoint: `/a/${id}` });\n}",
            # waiting for a report
            "while (true) {\n    const { data } = await nango.get(config);\n    if (data.done) break;\n}",
            # one list after the other, cut into pieces
            "for (let at = 0; at < ids.length; at += 9) {\n"
            "    await nango.get({ endpoint: '/a', params: { ids: ids.slice(at, at + 9) } });\n}",
            # trying again
            "while (true) {\n    try {\n        await nango.get(config);\n        break;\n"
            "    } catch {\n        attempt += 1;\n    }\n}",
            # windows of time
            "while (from < to) {\n    const end = next(from);\n"
            "    await nango.get({ endpoint: '/a', params: { from, end } });\n    from = end;\n}",
            # a tree
            "while (queue.length > 0) {\n    const id = queue.shift();\n"
            "    const { data } = await nango.get({ endpoint: `/a/${id}` });\n"
            "    queue = queue.concat(data.children);\n}",
            # a run that keeps its place
            "let after = saved;\nwhile (more) {\n    if (Date.now() > end) return;\n"
            "    const { data } = await nango.get({ endpoint: '/a', params: { after } });\n"
            "    after = data.after;\n    more = data.length > 0;\n"
            "    await nango.updateMetadata({ after });\n}",
        ],
    )
    def test_they_do_or_cannot(self, body: str) -> None:
        assert in_sync("P07", body) == []

    @pytest.mark.parametrize(
        ("body", "places"),
        [
            (CURSOR, ["3:5"]),
            (
                "let page = 1;\nwhile (true) {\n"
                "    const response = await nango.get({ endpoint: '/a', params: { page } });\n"
                "    if (response.data.length === 0) break;\n    page++;\n}",
                ["3:5"],
            ),
            (
                "for (let page = 1; ; page += 1) {\n"
                "    const response = await nango.get({ endpoint: '/a', params: { page } });\n"
                "    if (!response.data.more) break;\n}",
                ["2:5"],
            ),
            (
                TYPED
                + "let more = true;\nwhile (more) {\n    const { data } = await nango.get<Page>(config);\n"
                "    config.params = { after: data.next };\n    more = data.length > 0;\n}",
                ["4:5"],
            ),
            (
                "let page = 1;\nlet done = false;\nwhile (!done) {\n"
                "    const { data } = await nango.get({ endpoint: '/a', params: { page } });\n"
                "    if (data.length === 0) {\n        done = true;\n    }\n    page = page + 1;\n}",
                ["4:5"],
            ),
            (
                "let after;\nlet more;\ndo {\n"
                "    const { data } = await nango.get({ endpoint: '/a', params: { after } });\n"
                "    after = data.next;\n    more = false;\n    if (data.next) more = true;\n} while (more);",
                ["4:5"],
            ),
            (
                "let url = '/a';\nwhile (url) {\n    const { data } = await nango.get({ endpoint: url });\n"
                "    url = data.next;\n}",
                ["3:5"],
            ),
        ],
    )
    def test_they_come_from_a_loop(self, body: str, places: list[str]) -> None:
        assert in_sync("P07", body) == places

    @pytest.mark.parametrize(
        "body",
        [
            "let done = false;\nlet tries = 1;\nwhile (!done) {\n    const { data } = await nango.get({ endpoint: '/job' });\n"
            "    if (data.ready) done = true;\n    tries = tries + 1;\n}",
            "let done = false;\nlet page = 1;\nwhile (!done) {\n    await nango.get({ endpoint: '/a', params: { page } });\n"
            "    if (Date.now() > end) done = true;\n    page = page + 1;\n}",
        ],
    )
    def test_a_flag_that_ends_no_list(self, body: str) -> None:
        assert in_sync("P07", body) == []

    def test_a_place_in_an_object(self) -> None:
        body = (
            "const state = { after: '', more: true };\nwhile (state.more) {\n"
            "    const config: ProxyConfiguration = { endpoint: '/a', params: { after: state.after } };\n"
            "    const { data } = await nango.get(config);\n"
            "    state.after = data.after;\n    state.more = data.more;\n}"
        )
        assert in_sync("P07", body) == ["3:5"]

    def test_a_place_that_an_imported_function_may_keep(self) -> None:
        saves = "export async function save(nango) {\n    await nango.updateMetadata({});\n}\n"
        imports = "import { save } from '../helpers/fetch.js';\n"
        assert findings("P07", shop({SYNC: imports + inside(CURSOR), HELPER: saves})) == []
        assert len(findings("P07", shop({SYNC: imports + inside(CURSOR), HELPER: ""}))) == 1

    @pytest.mark.parametrize(
        ("comment", "places"),
        [
            ("// nango.paginate does not look at has_more.", []),
            ("/* The id of the last record: nothing that nango.paginate knows. */", []),
            ("// One page after the other.", ["4:5"]),
        ],
    )
    def test_a_loop_that_says_why_it_is_one(self, comment: str, places: list[str]) -> None:
        assert in_sync("P07", CURSOR.replace("do {", f"{comment}\ndo {{")) == places

    def test_another_method_may_need_a_loop(self) -> None:
        notes = findings("P07", shop({SYNC: inside(CURSOR.replace("nango.get", "nango.post"))}))
        assert [finding.level for finding in notes] == ["note"]

    def test_an_action_gives_one_page(self) -> None:
        assert findings("P07", shop({ACTION: inside(CURSOR)})) == []

    def test_a_helper_of_an_action_may_need_all(self) -> None:
        files = {HELPER: inside(CURSOR), ACTION: "import fetch from '../helpers/fetch.js';"}
        assert findings("P07", shop(files)) == []
        assert len(findings("P07", shop({HELPER: inside(CURSOR)}))) == 1
