"""What rules can read from a script."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples.golden import EXAMPLES

from nango_scaffold.check.script import Script, kind_of
from nango_scaffold.typescript.syntax import walk

SCRIPT = next(iter(sorted((EXAMPLES / "github").rglob("syncs/*.ts")))).read_text("utf-8")


def script(text: str) -> Script:
    return Script("shop/syncs/orders.ts", text, "shop", "sync", None)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("shop/syncs/orders.ts", "sync"),
        ("shop/actions/create.ts", "action"),
        ("shop/on-events/setup.ts", "on-event"),
        ("shop/post-connection-scripts/setup.ts", "on-event"),
        ("shop/mappers/to-order.ts", "mapper"),
        ("shop/types.ts", "types"),
        ("shop/helpers.ts", "helper"),
        ("shop/helpers/paging.ts", "helper"),
        ("shop/syncs/deep/orders.ts", "helper"),
        ("shop/syncs/orders.js", None),
        ("shop/syncs/orders.test.ts", None),
        ("shop/globals.d.ts", None),
        ("shop/tests/orders.ts", None),
        ("shop/mocks/orders.ts", None),
        ("models.ts", None),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_place(path: str, kind: str | None) -> None:
    assert kind_of(path) == kind


@pytest.mark.parametrize(
    ("text", "source", "is_type", "names", "originals"),
    [
        ("import a from 'b';", "b", False, ("a",), ("default",)),
        ('import { a } from "b";', "b", False, ("a",), ("a",)),
        ("import { a as c, d } from 'b';", "b", False, ("c", "d"), ("a", "d")),
        ("import type { a } from 'b';", "b", True, ("a",), ("a",)),
        ("import { type a } from 'b';", "b", False, ("a",), ("a",)),
        ("import * as a from 'b';", "b", False, ("a",), ("*",)),
        ("import a, { c } from 'b'", "b", False, ("a", "c"), ("default", "c")),
        ("import 'b';", "b", False, (), ()),
    ],
)
def test_imports(
    text: str, source: str, is_type: bool, names: tuple[str, ...], originals: tuple[str, ...]
) -> None:
    (statement,) = script(text).imports
    assert (statement.source, statement.is_type, statement.names, statement.originals) == (
        source,
        is_type,
        names,
        originals,
    )


@pytest.mark.parametrize(
    ("text", "method", "types", "arguments", "is_awaited"),
    [
        ("await nango.get({ endpoint: '/a' });", "get", (), 1, True),
        ("nango.get(config)", "get", (), 1, False),
        ("await nango.batchSave<Order>(orders, 'Order');", "batchSave", ("Order",), 2, True),
        ("const r = await nango.post<A, B>(config);", "post", ("A", "B"), 1, True),
        ("await nango.log(/* why */ 'a', // b\n 'c');", "log", (), 2, True),
        ("await nango.getConnection();", "getConnection", (), 0, True),
    ],
)
def test_calls(text: str, method: str, types: tuple[str, ...], arguments: int, is_awaited: bool) -> None:
    (call,) = script(text).calls
    assert (call.method, call.types, len(call.arguments), call.is_awaited) == (
        method,
        types,
        arguments,
        is_awaited,
    )


def test_calls_of_others_are_none_of_nango() -> None:
    assert (
        script("axios.get('/a'); nango; get('/b'); this.nango.get('/c'); new nango.ActionError();").calls
        == ()
    )


def test_requests_are_the_calls_that_send_one() -> None:
    text = "await nango.log('a'); await nango.get(a); for await (const page of nango.paginate(b)) { nango.proxy(c) }"
    assert [call.method for call in script(text).requests] == ["get", "paginate", "proxy"]


def test_configs_are_the_variables_declared_so() -> None:
    text = """
    const config: ProxyConfiguration = {
        // why
        endpoint: '/orders', 'retries': 10, params, ...more,
        paginate: { limit: 100 }
    };
    const built: ProxyConfiguration = build();
    const other: Other = { endpoint: '/a' };
    """
    first, second = script(text).configs
    assert first.name == "config"
    assert list(first.properties) == ["endpoint", "retries", "paginate"]
    assert script(text).of(first.value("retries")) == "10"
    assert first.value("params") is None
    assert (second.name, second.properties) == ("built", {})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("export default async function fetchData(nango: NangoSync) {}", "function_declaration"),
        ("export default async (nango: NangoSync) => {};", "arrow_function"),
        ("export default fetchData;", None),
        ("export default class A {}", None),
        ("export async function fetchData() {}", None),
        ("const a = 1; export { a as default };", None),
        ("", None),
        ("export default", None),
    ],
)
def test_the_main_function(text: str, kind: str | None) -> None:
    main = script(text).main
    assert (main.type if main else None) == kind


def test_comments() -> None:
    parsed = script("// a\nf(); /* b */\n'// no';\n/** c */")
    assert [parsed.of(comment) for comment in parsed.comments] == ["// a", "/* b */", "/** c */"]


def test_comments_before_a_node_are_those_that_belong_to_it() -> None:
    text = "x = {\n  a: 1, // of a\n  // of b\n  /* too */\n  b: 2 };"
    parsed = script(text)
    _, pair = walk(parsed.syntax.root, "pair")
    assert [parsed.of(comment) for comment in parsed.comments_before(pair)] == ["// of b", "/* too */"]


@settings(max_examples=150)
@given(st.text(max_size=60) | st.tuples(st.integers(0, len(SCRIPT)), st.integers(0, len(SCRIPT))))
def test_no_text_is_too_much(given_text: str | tuple[int, int]) -> None:
    text = given_text if isinstance(given_text, str) else SCRIPT[: given_text[0]] + SCRIPT[given_text[1] :]
    parsed = script(text)
    assert all(isinstance(statement.source, str) for statement in parsed.imports)
    assert all(call.method for call in parsed.calls)
    assert all(isinstance(config.properties, dict) for config in parsed.configs)
    assert parsed.main is None or parsed.of(parsed.main) in text
    for comment in parsed.comments:
        parsed.comments_before(comment)
