"""The rules about the endpoint of a request."""

from __future__ import annotations

import pytest

from nango_scaffold.check import Tree

from .scripts import SYNC, in_sync, inside, shop
from .support import findings


def with_endpoint(endpoint: str) -> str:
    return f"const config: ProxyConfiguration = {{ endpoint: {endpoint} }};"


class TestQueryIsInParams:
    @pytest.mark.parametrize(
        "endpoint",
        [
            "'/a'",
            "`/a/${id ? 1 : 2}`",
            "`/a/${next.split('?')[0]}`",
            "build('/a?b')",
            "next",
            "'/a' + rest('?')",
        ],
    )
    def test_there_is_none_in_the_endpoint(self, endpoint: str) -> None:
        assert in_sync("P03", with_endpoint(endpoint)) == []

    @pytest.mark.parametrize(
        ("endpoint", "places"),
        [
            ("'/a?b=1'", ["2:55"]),
            ("`/a/${id}?b=1`", ["2:61"]),
            ("'/a' + '?b=' + b", ["2:60"]),
            ("isNew ? '/a?b' : '/c?d'", ["2:63"]),
            ("`/a${b ? `?b=${b}` : ''}`", ["2:62"]),
        ],
    )
    def test_there_is_one(self, endpoint: str, places: list[str]) -> None:
        assert in_sync("P03", with_endpoint(endpoint)) == places

    def test_one_in_a_const(self) -> None:
        body = "const path = '/a?b';\nconst endpoint = `/c?d`;\nawait nango.get({ endpoint: path });\n"
        assert in_sync("P03", body + "await nango.get({ endpoint });") == ["2:21", "3:25"]


class TestEndpointHasDocs:
    @pytest.mark.parametrize(
        "inside_object",
        [
            "// https://docs.example.com\n    endpoint: '/a'",
            "/* see http://docs.example.com */ endpoint: '/a'",
            "// https://docs.example.com\n    // the list\n    endpoint: '/a'",
            "retries: 10, // often\n    // https://docs.example.com\n    endpoint: '/a'",
            "// https://docs.example.com\n    'endpoint': path",
            "...base",
            "endpoint",
        ],
    )
    def test_it_has(self, inside_object: str) -> None:
        assert in_sync("P04", f"const config: ProxyConfiguration = {{\n    {inside_object}\n}};") == []

    @pytest.mark.parametrize(
        ("inside_object", "places", "level"),
        [
            ("endpoint: '/a'", ["3:9"], "error"),
            ("// lists orders\n    endpoint: '/a'", ["4:9"], "warning"),
            ("endpoint: '/a' // https://docs.example.com", ["3:9"], "error"),
            ("retries: 10, // https://docs.example.com\n    endpoint: '/a'", ["4:9"], "warning"),
        ],
    )
    def test_it_has_none(self, inside_object: str, places: list[str], level: str) -> None:
        body = f"const config: ProxyConfiguration = {{\n    {inside_object}\n}};"
        assert in_sync("P04", body) == places
        assert [finding.level for finding in findings("P04", shop({SYNC: inside(body)}))] == [level]

    def test_the_lint_looks_at_configs_alone(self) -> None:
        body = "const config: Payload = { endpoint: '/a' };\nawait nango.get(config);"
        assert [finding.level for finding in findings("P04", shop({SYNC: inside(body)}))] == ["warning"]

    def test_above_the_variable_is_too_far(self) -> None:
        assert in_sync("P04", f"// https://docs.example.com\n{with_endpoint(repr('/a'))}") == ["3:42"]


class TestEndpointIsPath:
    @pytest.mark.parametrize(
        "endpoint",
        [
            "'/orders'",
            "'/'",
            "''",
            "`/orders/${id}`",
            "`${base}/orders`",
            "next",
            "build()",
            "base + '/a'",
            "'/v12/a'",
        ],
    )
    def test_it_is(self, endpoint: str) -> None:
        assert in_sync("P05", with_endpoint(endpoint), "/v1") == []

    @pytest.mark.parametrize(
        "endpoint",
        [
            "'orders'",
            "`orders/${id}`",
            "'https://api.example.com/orders'",
            "'orders/' + id",
            "'/v1'",
            "'/v1/orders'",
            "`/v1/orders/${id}`",
        ],
    )
    def test_it_is_not(self, endpoint: str) -> None:
        assert in_sync("P05", with_endpoint(endpoint), "v1/") == ["2:52"]

    @pytest.mark.parametrize(
        ("base", "endpoint", "repeated"),
        [
            ("/api/gateway.php/${connectionConfig.subdomain}/v1", "'/v1/orders'", "/v1"),
            ("/api/v1", "'/v1/orders'", "/v1"),
            ("/api/v1", "`/api/v1/orders/${id}`", "/api/v1"),
            ("/${connectionConfig.version}", "'/v1/orders'", ""),
            ("/api/v1", "'/api/orders'", ""),
            ("/api/v1", "'/v10/orders'", ""),
            ("/api/v1", "`/v1${path}`", ""),
        ],
    )
    def test_what_the_base_url_ends_in_is_not_repeated(self, base: str, endpoint: str, repeated: str) -> None:
        folder = shop({SYNC: inside(with_endpoint(endpoint))})
        reported = findings("P05", Tree(folder.files, {"shop": base}))
        assert [f"repeats {repeated} in an endpoint" in finding.message for finding in reported] == [
            True
        ] * bool(repeated)

    @pytest.mark.parametrize("more", ["baseUrlOverride: url", "baseUrlOverride", "...base"])
    def test_another_base_url_may_end_otherwise(self, more: str) -> None:
        assert in_sync("P05", f"await nango.get({{ endpoint: '/v1/a', {more} }});", "/v1") == []

    def test_without_a_known_base_url_nothing_is_repeated(self) -> None:
        assert in_sync("P05", with_endpoint("'/v1/a'")) == []
