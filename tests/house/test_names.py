"""Values are called what they are, not how they came about."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.complexity import modules

HISTORIES = frozenset(
    (
        "asked",
        "done",
        "found",
        "given",
        "kept",
        "made",
        "one",
        "said",
        "settled",
        "shown",
        "stated",
        "taken",
        "there",
        "told",
        "wanted",
    )
)
"""Words that tell the history of a value: a reader has to look up where it came from to know what it is."""

MOST = 12
"""Fields of public data that other rooms know by such a name: what a merge kept of the user's, what the answers stated."""


def test_values_are_called_what_they_are() -> None:
    names = sorted(f"{path}: {name}" for path, name in _names() if name in HISTORIES)
    assert len(names) <= MOST, "\n".join(names)


def _names() -> Iterator[tuple[str, str]]:
    """Every variable and parameter of the package, with the file it is in."""
    for path, nodes in modules():
        for node in nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield path, node.id
            elif isinstance(node, ast.arg):
                yield path, node.arg
