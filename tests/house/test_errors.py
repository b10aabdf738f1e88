"""Every error says what to do: it is raised with a remedy, or with the values that are accepted."""

from __future__ import annotations

import ast

from tests.house.complexity import PACKAGE

KINDS = frozenset(("ScaffoldError", "AnswersError", "ProjectError", "LockHeldError"))
WITHOUT = frozenset(("copier_integration/preflight.py", "copier_integration/prompts.py"))
"""Where the sentence of Copier's own page holds the remedy already."""


def test_every_error_says_what_to_do() -> None:
    lacking = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
                said = {keyword.arg for keyword in node.keywords}
                if not said & {"fix", "accepted", None} and name not in WITHOUT:
                    lacking.append(f"{name}:{node.lineno}")
    assert lacking == []
