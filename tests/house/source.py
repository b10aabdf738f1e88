"""The package's source as syntax trees, and the complexity of its functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "generator" / "nango_scaffold"

_COUNTED = (
    *(ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.Assert),
    *(ast.BoolOp, ast.comprehension, ast.Match),
)


def complexity(function: ast.AST) -> int:
    """McCabe's number of one function, those defined inside it included, with each boolean operator and conditional expression.

    Ruff's C901 counts statements only, so that a function may hide its branches in expressions.
    """
    return 1 + sum(_ways(node) for node in ast.walk(function) if isinstance(node, _COUNTED))


def functions() -> Iterator[tuple[str, int]]:
    """Every function of the package as ``path:name``, below the package's folder, with its complexity."""
    for path, nodes in modules().items():
        for node in nodes:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield f"{path}:{node.name}", complexity(node)


@cache
def modules() -> dict[str, list[ast.AST]]:
    """All nodes of every module of the package, by its path below the package's folder."""
    return {
        path.relative_to(PACKAGE).as_posix(): list(ast.walk(ast.parse(path.read_text("utf-8"))))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def _ways(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    if isinstance(node, ast.Match):
        return len(node.cases)
    return 1
