"""The rules about the names of syncs, actions, mappers and models."""

from __future__ import annotations

import pytest
from hypothesis import given

from nango_scaffold.check import Tree

from .broken_scripts import look, scripts
from .support import findings, lines, tree


def with_names(sync: str = "orders", model: str = "Order", files: dict[str, str] | None = None) -> Tree:
    yaml = f"""
integrations:
    shop:
        syncs:
            {sync}:
                runs: every hour
                output: Order
models:
    {model}:
        id: string
"""
    return tree(yaml, files)


def with_mapper(path: str, text: str) -> Tree:
    return with_names(files={f"shop/mappers/{path}": text})


class TestNamesInKebabCase:
    @pytest.mark.parametrize("name", ["orders", "pull-requests", "v2-orders", "404s"])
    def test_it_is(self, name: str) -> None:
        assert lines("N01", with_names(name)) == []

    @pytest.mark.parametrize(
        ("name", "example"),
        [
            ("pullRequests", ", such as pull-requests"),
            ("pull_requests", ", such as pull-requests"),
            ("Orders", ", such as orders"),
            ("orders-", ", such as orders"),
            ("my orders", ", such as my-orders"),
            ("ñ", ""),
        ],
    )
    def test_it_is_not(self, name: str, example: str) -> None:
        (finding,) = findings("N01", with_names(name))
        assert (finding.line, finding.column, finding.length) == (4, 13, len(name))
        assert finding.message == f"The sync {name} is not named in kebab-case{example}."


class TestMapperFilesNamedTo:
    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("to-order.ts", "export function toOrder() {}"),
            ("to-order2.ts", ""),
            ("types.ts", "export interface Order {}"),
            ("order.ts", "export function toOr"),
            ("order.test.ts", "export function toOrder() {}"),
            ("order.ts", ""),
        ],
    )
    def test_it_is_or_it_is_no_mapper(self, path: str, text: str) -> None:
        assert lines("N06", with_mapper(path, text)) == []

    @pytest.mark.parametrize(
        "path", ["order.ts", "toOrder.ts", "to_order.ts", "To-Order.ts", "deep/to-order.ts"]
    )
    def test_it_is_not(self, path: str) -> None:
        (finding,) = findings("N06", with_mapper(path, "// One.\nexport const toOrder = () => 1;\n"))
        assert (finding.path, finding.line, finding.column) == (f"shop/mappers/{path}", 1, 1)

    def test_what_mappers_alone_import_is_no_mapper(self) -> None:
        files = {
            "shop/mappers/dates.ts": "export function day() {}",
            "shop/mappers/to-order.ts": "import { day } from './dates.js';",
        }
        assert lines("N06", with_names(files=files)) == []
        files["shop/syncs/orders.ts"] = "import { day } from '../mappers/dates.js';"
        assert lines("N06", with_names(files=files)) == ["shop/mappers/dates.ts:1:1"]


class TestMapperExportsItsName:
    @pytest.mark.parametrize(
        "text",
        [
            "export function toPullRequest() {}",
            "export const toPullRequest = (one: Raw): PullRequest => ({ id: one.id });",
            "export function toPULLRequest() {}",
            "function toPullRequest() {}\nexport { toPullRequest };",
            "function map() {}\nexport { map as toPullRequest };",
            "export default function toPullRequest() {}",
            "export * from './others.js';\nexport const x = 1;",
            "export * as others from './others.js';",
            "export function helper() {}\nexport function toPullRequest() {}",
            "export default (one: Raw) => one;",
            "export function toPull(",
            "",
        ],
    )
    def test_it_does_or_it_is_not_certain(self, text: str) -> None:
        assert lines("N07", with_mapper("to-pull-request.ts", text)) == []

    def test_it_exports_another(self) -> None:
        (finding,) = findings("N07", with_mapper("to-pull-request.ts", "export function toIssue() {}\r\n"))
        assert (finding.line, finding.column, finding.length) == (1, 17, len("toIssue"))
        assert (
            finding.message
            == "The mapper shop/mappers/to-pull-request.ts exports no function toPullRequest, as its name promises."
        )

    def test_it_exports_others(self) -> None:
        text = "// Two.\nexport const a = 1;\nexport const b = 2;\n"
        assert lines("N07", with_mapper("to-pull-request.ts", text)) == [
            "shop/mappers/to-pull-request.ts:1:1"
        ]


class TestModelsInPascalCase:
    @pytest.mark.parametrize("name", ["Order", "PullRequest", "A1", "OAuthToken", "User2", "IDs"])
    def test_it_is(self, name: str) -> None:
        assert lines("N10", with_names(model=name)) == []

    @pytest.mark.parametrize(
        ("name", "right"),
        [
            ("order", "Order"),
            ("pull_request", "PullRequest"),
            ("Pull_Request", "PullRequest"),
            ("HTTPResponse", "HttpResponse"),
            ("UserAPIKey", "UserApiKey"),
        ],
    )
    def test_it_is_not(self, name: str, right: str) -> None:
        (finding,) = findings("N10", with_names(model=name))
        assert (finding.line, finding.column, finding.length) == (8, 5, len(name))
        assert finding.message == f"The model {name} is not named in PascalCase, such as {right}."

    def test_a_file_that_is_no_yaml_has_no_models(self) -> None:
        assert lines("N10", tree("a: b: c")) == []


@given(scripts())
def test_no_text_is_too_odd(text: str) -> None:
    look("N01 N06 N07 N10", text)
