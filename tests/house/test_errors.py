"""Every error says what to do: it is raised with a remedy, or with the values that are accepted."""

from __future__ import annotations

import ast

from tests.house.complexity import modules

KINDS = frozenset(("ScaffoldError", "AnswersError", "ProjectError", "LockHeldError"))
WITHOUT = frozenset(("copier_integration/preflight.py", "copier_integration/prompts.py"))
"""Where the sentence of Copier's own page holds the remedy already."""


def test_every_error_says_what_to_do() -> None:
    lacking = []
    for name, nodes in modules():
        for node in nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
                said = {keyword.arg for keyword in node.keywords}
                if not said & {"fix", "accepted", None} and name not in WITHOUT:
                    lacking.append(f"{name}:{node.lineno}")
    assert lacking == []
