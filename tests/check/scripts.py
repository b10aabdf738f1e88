"""An integration with a sync and an action whose scripts a test supplies."""

from __future__ import annotations

from textwrap import dedent

from tests.examples.golden import names

from nango_scaffold.check import Tree, check
from nango_scaffold.check.rules import RULES

from .support import lines, tree
from .test_examples import example

SYNC = "shop/syncs/orders.ts"
ACTION = "shop/actions/add-order.ts"
HELPER = "shop/helpers/fetch.ts"
MAPPER = "shop/mappers/to-order.ts"
TYPES = "shop/types.ts"

TYPED = "const config: ProxyConfiguration = { endpoint: '/orders', retries: 10 };\n"

YAML = """
integrations:
    shop:
        syncs:
            orders:
                runs: every hour
                output: Order
                sync_type: incremental
                endpoint:
                    method: GET
                    path: /orders
        actions:
            add-order:
                output: Order
                endpoint:
                    method: POST
                    path: /orders
models:
    Base:
        note?: string
    Order:
        __extends: Base
        id: string
        title?: string
        total?: number
        left?: string | null
        extra?: any
        owner:
            name?: string
        buyer: Buyer
    Buyer:
        mail?: string
"""


SCRIPTS = sorted(
    text for name in names() for path, text in example(name).files.items() if path.endswith(".ts")
)


PIECES = [
    *"{}()[];,.:=!?<>`'\"\n",
    *[
        "nango.get( ",
        "const a: ProxyConfiguration = {",
        "endpoint",
        "while (",
        "await ",
        "a.push(",
        "=>",
        "${",
        "// https://",
        "é😀",
    ],
    *[
        "\ufeff",
        "\r\n",
        "function f(a",
        "import ",
        "for (const ",
        " of ",
        "retries",
        "|| ",
        "nango.batchSave(",
        "export ",
        "return ",
    ],
    *["interface A ", "Order", "undefined", "'../types'"],
]
"""Of these broken scripts are made."""


def shop(files: dict[str, str], base: str = "", yaml: str = YAML) -> Tree:
    """The shop with some scripts."""
    return tree(yaml, files, {"shop": base} if base else {})


def inside(body: str) -> str:
    """A sync whose function holds some lines; they begin in line 2, column 5."""
    text = "\n".join(f"    {line}" if line else "" for line in dedent(body).strip("\n").split("\n"))
    return f"export default async function fetchData(nango: NangoSync): Promise<void> {{\n{text}\n}}\n"


def in_sync(rule: str, body: str, base: str = "") -> list[str]:
    """What a rule finds in a sync that holds some lines, as ``line:column``; the first of them is line 2."""
    return [place.removeprefix(f"{SYNC}:") for place in lines(rule, shop({SYNC: inside(body)}, base))]


def found_by(group: str, folder: Tree) -> list[str]:
    """The ids of the rules of a group, such as P, that find something."""
    return [finding.rule for finding in check(folder, [rule for rule in RULES if rule.id.startswith(group)])]
