"""The nodes of a file by kind: the index finds those that a walk finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import golden

from nango_scaffold.typescript.syntax import Syntax, syntax_of, walk

SCRIPTS = [
    path.read_text(encoding="utf-8")
    for path in sorted(golden.EXAMPLES.glob("*/nango-integrations/*/syncs/*.ts"))[:6]
]
KINDS = [
    "call_expression",
    "identifier",
    "comment",
    "object",
    "pair",
    "ERROR",
    "{",
    "import_statement",
    "nothing",
]


@pytest.mark.parametrize("text", [*SCRIPTS, "", "const { = ;", "// ü\nconst ü = { a: b({ c }) };"])
@given(kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=4))
def test_they_are_those_of_a_walk_in_its_order(text: str, kinds: list[str]) -> None:
    syntax = syntax_of(text)
    assert syntax.nodes(*kinds) == list(walk(syntax.root, *kinds))


def test_a_change_of_the_list_changes_no_answer() -> None:
    syntax = Syntax("f(g());")
    syntax.nodes("call_expression").clear()
    assert len(syntax.nodes("call_expression")) == 2
