"""A folder with one sync or one action for the rules, and golden scripts with an error put in."""

from __future__ import annotations

from functools import lru_cache

from tests.examples.golden import names

from nango_scaffold.check import Tree, check, fixed
from nango_scaffold.check.rules import RULES

from .support import lines, tree
from .test_examples import example

SYNC = """
integrations:
    shop:
        syncs:
            orders:
                runs: every hour
                sync_type: {sync_type}
                input: Shop
                output: {output}
models:
    Shop:
        domain: string
    Order:
        id: string
    Refund:
        id: string
"""
SYNC_PATH = "shop/syncs/orders.ts"

ACTION = """
integrations:
    shop:
        actions:
            list-orders:
                endpoint: GET /orders
                input: {input}
                output: {output}
models:
    Query:
        id: string
        since?: string
        count: number
    Order:
        id: string
    Orders:
        orders: Order[]
    Paged:
        orders: Order[]
        next_cursor?: string
    Place:
        cursor?: string
"""
ACTION_PATH = "shop/actions/list-orders.ts"


def sync(script: str, *, sync_type: str = "full", output: str = "Order", **more: str) -> Tree:
    """A sync with its script; more files by their path in the integration, with two underscores for a slash."""
    yaml = SYNC.format(sync_type=sync_type, output=output)
    return tree(yaml, {SYNC_PATH: script, **_files(more)})


def action(script: str, *, input_type: str = "Query", output_type: str = "Order", **more: str) -> Tree:
    """An action with its script; see `sync`."""
    return tree(ACTION.format(input=input_type, output=output_type), {ACTION_PATH: script, **_files(more)})


def places(rule: str, folder: Tree) -> list[str]:
    """What one rule finds in the script, as ``line:column``."""
    return [":".join(place.split(":")[1:]) for place in lines(rule, folder)]


def mended(rule: str, folder: Tree) -> dict[str, str]:
    """The texts after one round of the edits of a rule."""
    only = [candidate for candidate in RULES if candidate.id == rule]
    return {**folder.files, **fixed(folder.files, check(folder, only))}


def with_windows_lines(folder: Tree) -> Tree:
    """The same folder with CRLF line ends and a byte order mark on each script."""
    files = {path: text.replace("\n", "\r\n") for path, text in folder.files.items()}
    return Tree({path: ("" if path == "nango.yaml" else "\ufeff") + text for path, text in files.items()}, {})


@lru_cache(maxsize=1)
def golden_scripts() -> list[tuple[Tree, str]]:
    """The scripts of the golden trees, each with its tree."""
    return [(folder, script.path) for folder in map(example, names()) for script in folder.scripts]


def _files(more: dict[str, str]) -> dict[str, str]:
    return {f"shop/{name.replace('__', '/').replace('_', '-')}.ts": text for name, text in more.items()}
