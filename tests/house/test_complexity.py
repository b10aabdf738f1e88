"""No function takes more than ten ways to read."""

from __future__ import annotations

import ast

import pytest
from tests.house.complexity import complexity, functions

MOST = 10

ABOVE: dict[str, int] = {}
"""Functions that are more complex and stay so; each with the reason in its docstring."""


def test_no_function_is_more_complex_than_a_reader_can_hold() -> None:
    above = {name: number for name, number in functions() if number > MOST}
    assert above == ABOVE


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("return a", 1),
        ("return a if b else c", 2),
        ("return a and b and c", 3),
        ("return [x for x in a if x if b]", 4),
        ("if a:\n        return b\n    elif c:\n        return d", 3),
        ("for x in a:\n        assert x", 3),
        ("try:\n        a()\n    except ValueError:\n        b()", 2),
        ("match a:\n        case 1:\n            b()\n        case _:\n            c()", 3),
        ("def inner():\n        return a or b\n    return inner", 2),
    ],
)
def test_branches_in_expressions_count(body: str, number: int) -> None:
    assert complexity(ast.parse(f"def f():\n    {body}")) == number
