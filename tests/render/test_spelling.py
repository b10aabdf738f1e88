"""The generated code is spelled in ``template/`` alone: nothing in ``render/`` writes a call, a statement or a type of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import nango_scaffold

RENDER = Path(nango_scaffold.__file__).parent / "render"
CALLS = (
    "batchSave",
    "batchDelete",
    "paginate",
    "filter",
    "map",
    "get",
    "log",
    "getMetadata",
    "zodValidateInput",
)
KEYWORDS = ("await ", "const ", "=>", "new Date", "async function", "import {", "throw new", "return {")
SPELLINGS = (*(f".{name}(" for name in CALLS), *KEYWORDS)


def literals(path: Path) -> Iterator[str]:
    """The strings of a module, those of its documentation left out."""
    tree = ast.parse(path.read_text("utf-8"))
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value


def test_no_module_spells_what_a_template_should() -> None:
    spelled = {
        (path.name, text)
        for path in RENDER.rglob("*.py")
        for text in literals(path)
        if any(spelling in text for spelling in SPELLINGS)
    }

    assert spelled <= {("file.py", "import { z } from 'zod';")}


def test_the_printer_is_used_by_what_lays_out_alone() -> None:
    modules = ("nodes", "expressions", "statements", "calls", "parse", "parse_expressions")
    names = tuple(f"printer.{module} import" for module in modules)

    assert [
        path.name for path in RENDER.rglob("*.py") if any(name in path.read_text("utf-8") for name in names)
    ] == []
