"""How many ways lead through a function: McCabe's number with each boolean operator and conditional expression counted.

Ruff's C901 counts statements only, so that a function may hide its branches in expressions.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "generator" / "nango_scaffold"

_BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.Assert)


def complexity(function: ast.AST) -> int:
    """The number of one function, those defined inside it included."""
    return 1 + sum(_ways(node) for node in ast.walk(function))


def functions() -> Iterator[tuple[str, int]]:
    """Every function of the package as ``path:name``, below the package's folder, with its complexity."""
    for path, nodes in modules():
        for node in nodes:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield f"{path}:{node.name}", complexity(node)


def modules() -> Iterator[tuple[str, Iterator[ast.AST]]]:
    """Every module of the package, by its path below the package's folder, with all its nodes."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.walk(ast.parse(path.read_text("utf-8")))


def _ways(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    if isinstance(node, ast.Match):
        return len(node.cases)
    return int(isinstance(node, _BRANCHES))
