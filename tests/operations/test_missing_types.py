"""A hand-written types.ts beside our files: what it declares, in any form, and what it lacks."""

from __future__ import annotations

import pytest

from nango_scaffold.operations.missing_types import with_types
from nango_scaffold.operations.project import Project

PATH = "nango-integrations/shop/types.ts"
OURS = """\
/**
 * User as the API sends it; not a Team.
 */
export interface ShopUserResponse {
    id: string; // of ShopTeamResponse, no type
    name: ShopNameResponse;
    kind: 'ShopKindResponse';
}

export type ShopNameResponse = string;

export interface ShopTeamResponse {
    id: string;
}

export type ShopKindResponse = string;
"""
NAME = "export type ShopNameResponse = string;"


def completed(theirs: str, *names: str, **others: str) -> str:
    """The types added to a types.ts when one of our files imports them."""
    files = {f"nango-integrations/shop/{name}.ts": text.encode() for name, text in others.items()}
    project = Project(lambda paths: {path: files.get(path) for path in paths})
    text = with_types(theirs.encode(), PATH, OURS, names or ("ShopNameResponse",), project).decode()
    assert text.startswith(theirs)
    assert with_types(text.encode(), PATH, OURS, names or ("ShopNameResponse",), project).decode() == text
    return text.removeprefix(theirs).strip()


@pytest.mark.parametrize(
    "theirs",
    [
        "export interface ShopNameResponse {}\n",
        "export type ShopNameResponse = string\n",
        "  export  type\nShopNameResponse = string",
        "export enum ShopNameResponse { A }\n",
        "export const enum ShopNameResponse { A }\n",
        "export declare enum ShopNameResponse { A }\n",
        "export abstract class ShopNameResponse {}\n",
        "interface ShopNameResponse {}\ninterface ShopNameResponse {}\nexport { ShopNameResponse };\n",
        "type A = string;\nexport type { A as ShopNameResponse };\n",
        "export { type ShopNameResponse } from './other.js';\n",
        "export { A as ShopNameResponse } from 'package';\n",
        "export * as ShopNameResponse from 'package';\n",
        "import A = require('package');\nexport import ShopNameResponse = A.B;\n",
    ],
)
def test_a_type_that_is_exported_in_any_way_is_not_declared_again(theirs: str) -> None:
    assert completed(theirs) == ""


@pytest.mark.parametrize(
    "theirs",
    [
        "",
        "// export type ShopNameResponse = string;\n",
        "/*\nexport type ShopNameResponse = string;\n*/\n",
        "const text = `\nexport type ShopNameResponse = string;\n`;\n",
        "export namespace Inner {\n    export type ShopNameResponse = string;\n}\n",
        "declare global {\n    interface ShopNameResponse {}\n}\n",
        "export const ShopNameResponse = 1;\n",
        "export function f() {\n    type ShopNameResponse = string;\n}\n",
    ],
)
def test_what_declares_no_type_of_the_file_does_not_count(theirs: str) -> None:
    assert completed(theirs) == NAME


@pytest.mark.parametrize(
    "theirs",
    [
        "type ShopNameResponse = string;\n",
        "declare interface ShopNameResponse {}\n",
        "class ShopNameResponse {}\n",
        "import type { ShopNameResponse } from './other.js';\n",
        "import { type A as ShopNameResponse } from './other.js';\n",
        "import ShopNameResponse from './other.js';\n",
        "import ShopNameResponse = require('./other.js');\n",
        "export default interface ShopNameResponse {}\n",
    ],
)
def test_a_type_that_is_only_declared_is_exported_as_it_is(theirs: str) -> None:
    assert completed(theirs) == "export type { ShopNameResponse };"


def test_types_that_are_handed_on_with_all_of_another_file_are_there() -> None:
    star = "export * from './other.js';\n"
    assert completed(star, other="export type ShopNameResponse = string;") == ""
    assert completed(star, other="export * from './deep'", deep="export enum ShopNameResponse {}") == ""
    assert completed(star, other="export * from './types'; export * from './other';") == NAME
    assert completed(star, other="type ShopNameResponse = string;") == NAME
    assert completed("export * from 'package';\n") == NAME


def test_only_the_types_that_are_used_come_with_one() -> None:
    added = completed("export {};\n", "ShopUserResponse")
    assert "interface ShopUserResponse" in added
    assert added.startswith("/**\n * User as the API sends it")
    assert NAME in added
    assert "interface ShopTeamResponse" not in added
    assert "type ShopKindResponse" not in added


@pytest.mark.parametrize(
    ("theirs", "first"),
    [
        ("type ShopNameResponse = string;\n", "/**"),
        (
            "export { A as ShopNameResponse } from './other.js';\n",
            "import type { A as ShopNameResponse } from './other.js';",
        ),
        ("export * from './other.js';\n", "import type { ShopNameResponse } from './other.js';"),
    ],
)
def test_a_type_that_comes_uses_those_that_are_there(theirs: str, first: str) -> None:
    added = completed(theirs, "ShopUserResponse", other="export type ShopNameResponse = string;")
    assert added.startswith(first)
    assert NAME not in added
    assert "export type {" not in added


def test_bytes_that_are_no_utf_8_stay() -> None:
    theirs = b"// caf\xe9\r\ntype ShopNameResponse = string;\r\n"
    project = Project(lambda paths: dict.fromkeys(paths))
    text = with_types(theirs, PATH, OURS, ["ShopNameResponse"], project)
    assert text == theirs + b"\r\nexport type { ShopNameResponse };\r\n"
