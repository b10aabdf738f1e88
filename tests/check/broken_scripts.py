"""Any text, and valid scripts cut off anywhere: no rule may raise on them."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.examples.golden import EXAMPLES, read_tree

from nango_scaffold.check import Tree, check
from nango_scaffold.check.rules import RULES

PATHS = (
    "shop/syncs/orders.ts",
    "shop/actions/add.ts",
    "shop/mappers/to-order.ts",
    "shop/types.ts",
    "schema.zod.ts",
    "shop/schema.zod.ts",
    "models.ts",
)
_YAML = """
integrations:
    shop:
        syncs:
            orders:
                runs: every hour
                output: Order
models:
    Order:
        id: string
        note?: string
"""


def scripts() -> st.SearchStrategy[str]:
    """Any text, or the beginning of a good script, perhaps with a byte order mark and CRLF."""
    golden = sorted(
        data.decode()
        for path, data in read_tree(EXAMPLES).items()
        if path.endswith(".ts") and len(data) < 6000
    )
    cut = st.sampled_from(golden).flatmap(lambda text: st.integers(0, len(text)).map(lambda end: text[:end]))
    odd = st.builds(lambda text: "\ufeff" + text.replace("\n", "\r\n"), cut)
    words = st.lists(
        st.sampled_from(
            [*"(){}<>[];,.=:*'`\"\n", "import", "type", "as", "export", "default", "z", "é", "from"]
        ),
        max_size=40,
    )
    return st.one_of(cut, odd, words.map(" ".join), st.text(max_size=200))


def look(rules: str, text: str) -> None:
    """Let the rules of some ids look at a text in every place."""
    tree = Tree({"nango.yaml": _YAML, **dict.fromkeys(PATHS, text)}, {})
    check(tree, [rule for rule in RULES if rule.id in rules.split()])
