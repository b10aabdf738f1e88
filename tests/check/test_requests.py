"""The rules about the configuration of a request."""

from __future__ import annotations

import pytest

from .scripts import ACTION, HELPER, SYNC, TYPED, in_sync, inside, shop
from .support import findings, lines


class TestRequestHasTypedConfig:
    @pytest.mark.parametrize(
        "body",
        [
            TYPED + "await nango.get<Order>(config);",
            "const config: Payload = { endpoint: '/orders' };\nawait nango.post(config);",
            "const config = { endpoint: '/orders' } satisfies ProxyConfiguration;\nawait nango.post(config);",
            "const config = build();\nawait nango.get(config);",
            "await nango.get(build(1));",
            "const fetch = async (config) => nango.get(config);",
            "await nango.get({ ...base, params: { page } });",
            "let config: ProxyConfiguration;\nconfig = { endpoint: '/a' };\nawait nango.get(config);",
            "let config;\nconfig = build();\nawait nango.get(config);",
            "let config;\nfunction f(config) { config = { endpoint: '/a' }; }\nawait nango.get(config);",
            "await nango.get();",
            "await other.get({ endpoint: '/orders' });",
            "await nango.getMetadata({ endpoint: 'x' });",
            "const { config } = { config: { endpoint: '/x' } };\nawait nango.get(config);",
        ],
    )
    def test_it_has_or_may_have(self, body: str) -> None:
        assert in_sync("P01", body) == []

    @pytest.mark.parametrize(
        ("body", "places"),
        [
            ("await nango.get({ endpoint: '/orders' });", ["2:21"]),
            ("const config = { endpoint: '/orders' };\nawait nango.post<Order>(config);", ["3:29"]),
            ("for await (const page of nango.paginate<Order>({ endpoint: '/a' })) {}", ["2:52"]),
            ("let config;\nconfig = { endpoint: '/a' };\nawait nango.get(config);", ["4:21"]),
            ("await nango['get']({ endpoint: '/a' });", ["2:24"]),
            ("const method = big ? 'put' : 'post';\nawait nango[method]({ endpoint: '/a' });", ["3:25"]),
            ("await nango.proxy({ endpoint: '/é', method: 'GET' }); await nango.get({});", ["2:23", "2:75"]),
        ],
    )
    def test_it_has_not(self, body: str, places: list[str]) -> None:
        assert in_sync("P01", body) == places

    def test_it_is_said_how(self) -> None:
        (finding,) = findings(
            "P01", shop({SYNC: inside("const c = { endpoint: '/a' };\nawait nango.get(c);")})
        )
        assert finding.message == (
            "The sync orders sends a get request with c, which should be declared as const c: ProxyConfiguration."
        )

    def test_a_helper_is_looked_at_as_well(self) -> None:
        folder = shop(
            {HELPER: "export async function f(nango) {\n    await nango.get({ endpoint: '/a' });\n}"}
        )
        assert lines("P01", folder) == [f"{HELPER}:2:21"]


class TestRequestIsRetried:
    @pytest.mark.parametrize(
        "body",
        [
            TYPED,
            "const config: ProxyConfiguration = { endpoint: '/a', 'retries': 10 };",
            "const config: ProxyConfiguration = { endpoint: '/a', retries };",
            "const retries = 10;\nconst config: ProxyConfiguration = { endpoint: '/a', retries };",
            "const config: ProxyConfiguration = { ...base, endpoint: '/a' };",
            "const config: ProxyConfiguration = { endpoint: '/a', retries: isBig ? 10 : 3 };",
            "const TRIES = 10;\nconst config: ProxyConfiguration = { endpoint: '/a', retries: TRIES };",
            "let tries = 3;\nconst config: ProxyConfiguration = { endpoint: '/a', retries: tries };",
            "const config: ProxyConfiguration = { endpoint: '/a' };\nconfig.retries = 10;",
            "const config: ProxyConfiguration = { endpoint: '/a' };\nawait nango.get({ ...config, retries: 10 });",
            "const config: ProxyConfiguration = { endpoint: '/a' };\nObject.assign(config, { retries: 10 });",
            "const config: ProxyConfiguration = build();",
            "const base = { retries: 10 };\nawait nango.paginate({ ...base, endpoint: '/a' });",
            "let base = { headers: {} };\nawait nango.paginate({ ...base, endpoint: '/a' });",
            "const base = { headers: {} };\nbase.retries = 10;\nawait nango.paginate({ ...base, endpoint: '/a' });",
            "const base = { ...given };\nawait nango.paginate({ ...base, endpoint: '/a' });",
            "await nango.paginate({ ...(big && { retries: 10 }), endpoint: '/a' });",
            "let config: ProxyConfiguration;\nconfig = { endpoint: '/a', retries: 10 };",
            "const method = 'log';\nawait nango[method]({ endpoint: '/a' });",
            "await nango[method]({ endpoint: '/a' });",
            "const hook = { endpoint: '/a' };",
        ],
    )
    def test_as_often_as_it_should(self, body: str) -> None:
        assert in_sync("P02", body) == []

    @pytest.mark.parametrize(
        ("body", "places"),
        [
            ("const config: ProxyConfiguration = { endpoint: '/a' };", ["2:42"]),
            ("const config: ProxyConfiguration = { endpoint: '/a', retries: 3 };", ["2:67"]),
            ("const config: ProxyConfiguration = { endpoint: '/a', retries: 0 };", ["2:67"]),
            ("const retries = 3;\nawait nango.get({ endpoint: '/a', retries });", ["3:39"]),
            ("const N = 5;\nconst config: ProxyConfiguration = { endpoint: '/a', retries: N };", ["3:67"]),
            ("const config = { endpoint: '/a' };\nawait nango.get(config);", ["2:22"]),
            ("const base = { headers: {} };\nawait nango.paginate({ ...base, endpoint: '/a' });", ["3:37"]),
            (
                "const config: ProxyConfiguration = { endpoint: '/a', params };\nfor await (const p of nango.paginate({ ...config, endpoint })) {}",
                ["2:42", "3:55"],
            ),
            (
                "const config: ProxyConfiguration = { endpoint: '/a' };\nawait nango.get({ ...config, params });",
                ["2:42"],
            ),
            ("await nango.get({ ...(big ? { data } : {}), endpoint: '/a' });", ["2:49"]),
            ("let config: ProxyConfiguration;\nconfig = { endpoint: '/a' };", ["3:16"]),
            (
                "let config;\nif (a) config = { endpoint: '/a', retries: 3 };\nawait nango.get(config);",
                ["3:48"],
            ),
            ("await nango['put']({ endpoint: '/a' });", ["2:26"]),
            (
                "const config: ProxyConfiguration = { endpoint: '/a', retries: 3 };\nawait nango[method](config);",
                ["2:67"],
            ),
            ("const method = big ? 'put' : 'post';\nawait nango[method]({ endpoint: '/a' });", ["3:27"]),
            (
                "await nango.get({ endpoint: '/a' });\nawait nango.get({ endpoint, retries: 9 });",
                ["2:23", "3:42"],
            ),
        ],
    )
    def test_not_as_often(self, body: str, places: list[str]) -> None:
        assert in_sync("P02", body) == places

    @pytest.mark.parametrize(
        ("method", "retries", "level"),
        [("get", "", "error"), ("paginate", "", "warning"), ("get", ", retries: 3", "warning")],
    )
    def test_what_the_lint_refuses_is_an_error(self, method: str, retries: str, level: str) -> None:
        body = f"const config: ProxyConfiguration = {{ endpoint: '/a'{retries} }};\nawait nango.{method}(config);"
        assert [finding.level for finding in findings("P02", shop({SYNC: inside(body)}))] == [level]

    @pytest.mark.parametrize(("retries", "count"), [(3, 0), (10, 1)])
    def test_an_action_waits_less(self, retries: int, count: int) -> None:
        text = f"const config: ProxyConfiguration = {{ endpoint: '/a', retries: {retries} }};"
        assert len(findings("P02", shop({ACTION: text}))) == count

    @pytest.mark.parametrize(
        ("users", "places"),
        [
            ([], []),
            ([SYNC], [f"{HELPER}:1:63"]),
            ([ACTION], []),
            ([SYNC, ACTION], []),
            (["shop/helpers/other.ts"], []),
            (["shop/on-events/created.ts"], []),
        ],
    )
    def test_a_helper_is_judged_by_those_that_import_it(self, users: list[str], places: list[str]) -> None:
        text = "const config: ProxyConfiguration = { endpoint: '/a', retries: 3 };"
        imports = "import { f } from '../helpers/fetch.js';"
        folder = shop({HELPER: text, **dict.fromkeys(users, imports)})
        assert lines("P02", folder) == places

    def test_a_helper_of_a_helper(self) -> None:
        text = "const config: ProxyConfiguration = { endpoint: '/a', retries: 3 };"
        files = {
            HELPER: text,
            "shop/helpers/index.ts": "export * from './fetch';",
            SYNC: "import { f } from '../helpers';",
        }
        assert lines("P02", shop(files)) == [f"{HELPER}:1:63"]

    @pytest.mark.parametrize(
        "config", ["{ endpoint: '/a' }", "{ endpoint: '/a', retries: 3 }", "{ endpoint: '/a', retries: 0 }"]
    )
    def test_how_often_a_request_is_sent_is_not_changed_by_a_mend(self, config: str) -> None:
        (finding,) = findings("P02", shop({SYNC: f"const config: ProxyConfiguration = {config};\n"}))
        assert finding.edits == ()
