"""The rules about requests and the calls around them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nango_scaffold.check import check
from nango_scaffold.check.rules import RULES

from .edited import mended, with_line_ends
from .scripts import ACTION, HELPER, MAPPER, PIECES, SCRIPTS, SYNC, YAML, found_by, in_sync, inside, shop
from .support import findings, lines


class TestLogsWithNango:
    @pytest.mark.parametrize(
        "body",
        [
            "await nango.log('a');",
            "return nango.log('a');",
            "nango.log('a').catch(ignore);",
            "const said = () => nango.log('a');",
            "await Promise.all([nango.log('a')]);",
            "const console = make();\nconsole.log('a');",
            "my.console.log('a');",
        ],
    )
    def test_it_does(self, body: str) -> None:
        assert in_sync("P06", body) == []

    @pytest.mark.parametrize(
        ("body", "places", "level"),
        [
            ("console.log('a');", ["2:5"], "error"),
            ("if (a) console.error('a');", ["2:12"], "warning"),
            ("nango.log('a');", ["2:5"], "error"),
            ("page.forEach((one) => {\n    nango.log(one.id);\n});", ["3:9"], "error"),
        ],
    )
    def test_it_does_not(self, body: str, places: list[str], level: str) -> None:
        assert in_sync("P06", body) == places
        assert [finding.level for finding in findings("P06", shop({SYNC: inside(body)}))] == [level]

    @pytest.mark.parametrize("is_crlf", [False, True])
    def test_await_is_put_in_front(self, is_crlf: bool) -> None:
        folder = shop({SYNC: inside("const a = 'é';\nnango.log(a);\nif (a) nango.log(a);")})
        better = mended("P06", with_line_ends(folder) if is_crlf else folder)
        assert better.files[SYNC].count("await nango.log(a)") == 2
        assert findings("P06", better) == []

    @pytest.mark.parametrize(
        "body",
        [
            "await each(async (one) => {\n    nango.log(one);\n});",
            "return each(async (one) => {\n    nango.log(one);\n});",
            "each(async (one) => {\n    nango.log(one);\n}).then(done);",
        ],
    )
    def test_not_where_the_cli_compiles_it_as_it_is(self, body: str) -> None:
        (finding,) = findings("P06", shop({SYNC: inside(body)}))
        assert finding.edits == ()

    def test_not_in_a_file_that_the_cli_may_not_have_looked_at(self) -> None:
        helper = "export async function f(nango) {\n    nango.log('a');\n}"
        script = "import { f } from '../helpers/fetch.js';\nawait f(nango);\n"
        (finding,) = findings("P06", shop({HELPER: helper, SYNC: script}))
        assert (finding.path, finding.edits) == (HELPER, ())

    def test_a_program_for_node_is_left_alone(self) -> None:
        program = "import { Nango } from '@nangohq/node';\nconst nango = new Nango(process.env);\nconsole.log(await nango.get({ endpoint: '/a?b' }));\n"
        folder = shop({"shop/find-connections.ts": program, HELPER: "console.log('nobody imports this');"})
        assert check(folder, [rule for rule in RULES if rule.id[0] in "PT"]) == []
        assert [(file.path, file.is_broken) for file in folder.unread] == [
            ("shop/find-connections.ts", False)
        ]
        script = "import { nango } from '../find-connections.js';\nnango.get();\n"
        assert found_by("P06", shop({"shop/find-connections.ts": program, SYNC: script})) == ["P06"]

    def test_not_where_one_cannot_wait(self) -> None:
        (finding,) = findings("P06", shop({SYNC: inside("page.map((one) => {\n    nango.log(one);\n});")}))
        assert finding.edits == ()


class TestArgumentsStayAsTheyAre:
    @pytest.mark.parametrize(
        "text",
        [
            "function f(a) { const b = { ...a }; b.c = 1; return b; }",
            "function f(a) { a = { ...a }; a.b = 1; return a; }",
            "function f(a) { a = 1; a++; return [...a.b].sort(); }",
            "function f(a) { return a.slice().sort(); }",
            "function f(...all) { all.push(1); }",
            "function f({ a, ...rest }) { rest.b = a; }",
            "function f(a) { const g = () => { const a = []; a.push(1); }; }",
            "function f(a: Queue) { a.push(1); }",
            "function f(a) { for (const b of a) { made.push(b); } }",
            "try { g(); } catch (error) { error.a = 1; }",
            "const a = []; a.push(1); a[0] = 2; delete a[0];",
            "function f(nango) { nango.delete(config); nango.push(1); }",
            "function f(a) { return typeof a.b === 'string' && !a.c; }",
            "function f(a) { return Object.assign({}, a); }",
            "const f = a.reduce((b, c) => { b.push(c); return b; }, []);",
        ],
    )
    def test_they_do(self, text: str) -> None:
        assert lines("P08", shop({HELPER: text})) == []

    @pytest.mark.parametrize(
        ("text", "column"),
        [
            ("function f(a) { a.b = 1; }", 17),
            ("function f(a) { a.b.c += 1; }", 17),
            ("function f(a) { a['b']!.c++; }", 17),
            ("function f(a) { --a.b; }", 17),
            ("function f(a) { delete a.b; }", 17),
            ("function f(a) { a.push(1); }", 17),
            ("function f(a: string[]) { a.b?.splice(0, 1); }", 27),
            ("function f({ a }) { a.sort(); }", 21),
            ("function f({ b: [a] }) { a.c = 1; }", 26),
            ("function f(a = []) { a.reverse(); }", 22),
            ("const f = a => { a.b = 1; };", 18),
            ("const f = (a) => b.forEach((c) => { a.push(c); });", 37),
            ("const f = (a) => (a.b = 1);", 19),
            ("function f(a) { (a as B).c = 1; }", 17),
            ("function f(a) { Object.assign(a, b); }", 17),
            ("const f = a.reduce((b, c) => { b[c] = 1; return b; }, {});", 32),
            ("const f = a.reduce((b, c) => { b.push(c); return b; }, d);", 32),
            ("const f = a.reduce((b, c) => { c.push(b); return b; }, []);", 32),
            ("class A { b(a) { a.c = 1; } }", 18),
        ],
    )
    def test_they_are_changed(self, text: str, column: int) -> None:
        assert lines("P08", shop({HELPER: text})) == [f"{HELPER}:1:{column}"]


class TestCommentsExplain:
    @pytest.mark.parametrize(
        "body", ["// The list.", "/* a */", "// https://docs.example.com lists orders", "/** é */"]
    )
    def test_there_is_one(self, body: str) -> None:
        assert in_sync("P09", body) == []

    @pytest.mark.parametrize(
        "body",
        [
            "",
            "// https://docs.example.com/a",
            "// eslint-disable-next-line a/no-b -- c",
            "// @ts-expect-error",
        ],
    )
    def test_there_is_none(self, body: str) -> None:
        assert in_sync("P09", body) == ["1:31"]

    def test_a_file_without_a_script_needs_none(self) -> None:
        assert findings("P09", shop({SYNC: "", ACTION: "export default 1;"})) == []


class TestMethodFitsRequests:
    @pytest.mark.parametrize(
        ("method", "text"),
        [
            ("GET", "await nango.get(config);"),
            ("GET", "await nango.post(search);"),
            ("GET", "await nango.get(config); await nango.put(config);"),
            ("GET", "await save(config);"),
            ("POST", "await nango.get(config);"),
            ("PUT", "await nango.patch(config);"),
            ("DELETE", "await nango.post(config);"),
            ("PUT", "const { data } = await nango.get(config); await nango.proxy(other);"),
            ("PUT", "import { save } from './save.js'; await nango.get(config); await save(nango, 1);"),
            ("PUT", "await nango.proxy({ endpoint: '/a', method: 'PUT' });"),
            ("PUT", "await nango.proxy({ endpoint: '/a', method });"),
            ("PUT", "await nango.proxy({ ...base });"),
        ],
    )
    def test_it_may(self, method: str, text: str) -> None:
        yaml = YAML.replace("method: POST", f"method: {method}")
        assert findings("P10", shop({ACTION: text}, yaml=yaml)) == []

    @pytest.mark.parametrize(
        ("method", "text"),
        [
            ("GET", "await nango.put(config);"),
            ("GET", "await nango.proxy({ endpoint: '/a', method: 'delete' });"),
            ("PUT", "await nango.get(config);"),
            ("DELETE", "await nango.proxy({ endpoint: '/a' });"),
            ("PATCH", "for await (const page of nango.paginate({ endpoint: '/a' })) {}"),
        ],
    )
    def test_it_hardly_does(self, method: str, text: str) -> None:
        yaml = YAML.replace("method: POST", f"method: {method}")
        (finding,) = findings("P10", shop({ACTION: text}, yaml=yaml))
        assert (finding.path, finding.line, finding.column, finding.level) == ("nango.yaml", 15, 29, "note")

    @pytest.mark.parametrize("endpoint", ["DELETE /orders", "/orders", "[GET /a]"])
    def test_an_endpoint_in_one_line(self, endpoint: str) -> None:
        before = "endpoint:\n                    method: POST\n                    path: /orders"
        yaml = YAML.replace(before, f"endpoint: {endpoint}")
        count = 1 if endpoint.startswith("DELETE") else 0
        assert len(findings("P10", shop({ACTION: "await nango.get(config);"}, yaml=yaml))) == count


class TestBrokenTexts:
    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join))
    def test_any_text_is_looked_at(self, text: str) -> None:
        text = text.encode("utf-8", "replace").decode()
        found_by("P", shop({SYNC: text, ACTION: text, HELPER: text, MAPPER: text}))

    @pytest.mark.parametrize(
        "text",
        [
            f"await nango.get({{ endpoint: {'`a` + ' * 2000}'?' }});",
            f"await nango.get({{ endpoint: {'a ? `b` : ' * 2000}'?' }});",
            f"function f({{ a{': { a' * 40}{' }' * 40} }}) {{ a.b = 1; }}",
            f"function f(a) {{ a{'.b' * 2000} = 1; }}",
        ],
    )
    def test_no_text_is_too_deep(self, text: str) -> None:
        assert found_by("P", shop({SYNC: text}))

    @pytest.mark.parametrize(
        "text",
        [
            f"function f({{ a{': { a' * 2000}{' }' * 2000} }}) {{ a.b = 1; }}",
            f"const a = {'[' * 500}{']' * 500};",
            f"const a = {'{ a: ' * 500}1{' }' * 500};",
            f"{'nango.get(' * 500}{')' * 500};",
            "while (a) { const a = await nango.get(b); " * 500 + "}" * 500,
            f"type A = {' | '.join(map(str, range(10_000)))};",
        ],
    )
    def test_what_nobody_writes_is_refused_by_name(self, text: str) -> None:
        (finding,) = findings("N12", shop({SYNC: text}))
        assert finding.message == f"No rule looks at {SYNC}: it nests more than 200 levels deep."
        others = check(shop({SYNC: text}), [rule for rule in RULES if rule.id != "N12"])
        assert [finding for finding in others if finding.path == SYNC] == []

    def test_what_has_too_many_pieces_is_refused_by_name(self) -> None:
        (finding,) = findings("N12", shop({SYNC: "[" * 120_000}))
        assert finding.message == f"No rule looks at {SYNC}: it has more than 100,000 pieces."

    def test_a_long_union_is_looked_at(self) -> None:
        text = f"type A = {' | '.join(map(str, range(1500)))};\nnango.log('a');\n"
        assert [finding.line for finding in findings("P06", shop({SYNC: text}))] == [2]

    @settings(max_examples=60, deadline=None)
    @given(st.sampled_from(SCRIPTS), st.floats(0, 1), st.booleans())
    def test_a_script_that_is_cut_off(self, text: str, part: float, is_crlf: bool) -> None:
        folder = shop({SYNC: text[: int(len(text) * part)], HELPER: text[int(len(text) * part) :]})
        found_by("P", with_line_ends(folder) if is_crlf else folder)
