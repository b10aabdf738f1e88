"""How what a provider sends becomes a model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from ...typescript.nodes import FUNCTIONS, parameters, plain, returned
from ...typescript.value_flow import origin_of
from ..rule import ScriptRule
from .optional_fields import NullBecomesUndefined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.syntax import Node
    from ..finding import Finding
    from ..rule import Rule
    from ..script import Script
    from ..tree import Tree

_NANGO = ("NangoSync", "NangoAction", "NangoActionBase", "NangoSyncLocal", "NangoActionLocal")


class RecordsAreMapped(ScriptRule):
    """The records that a sync saves or an action returns are made by a mapper, a function in a file below ``mappers/``.

    There the sync and the actions of the same model share it.
    """

    id = "M01"
    kinds: ClassVar = ("sync", "action")

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        verb = "saves" if script.kind == "sync" else "returns"
        for value in _records(script):
            origin = origin_of(value)
            span = script.span(value)
            if origin == "built":
                message = (
                    f"{script.title} makes the records it {verb} itself, which is for a function in mappers/."
                )
                yield self.finding(script, span, message)
            elif origin == "raw":
                message = (
                    f"{script.title} seems to {verb[:-1]} what the provider sends as it is, "
                    "where a function in mappers/ should make the records."
                )
                yield self.finding(script, span, message, level="note")


class MapperIsPure(ScriptRule):
    """A mapper is a function of typed data alone: what the provider sends goes in, a model comes out.

    It asks for nothing on the way, so it is not given ``nango``.
    """

    id = "M02"
    kinds: ClassVar = ("mapper",)

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for name, function in _exported(script):
            for parameter in parameters(function):
                problem = _problem(script, parameter)
                if problem:
                    yield self.finding(
                        script, script.span(parameter), f"The mapper {script.of(name)} {problem}."
                    )
            result = function.child_by_field_name("return_type")
            if result is None or _is_any(script, result):
                message = f"The mapper {script.of(name)} does not say which model it returns."
                yield self.finding(script, script.span(name), message)


def _records(script: Script) -> Iterator[Node]:
    """The values that a sync saves, or that an action returns as a whole or as a list."""
    if script.kind == "sync":
        yield from (
            call.arguments[0] for call in script.calls if call.method == "batchSave" and call.arguments
        )
    elif script.main is not None and script.entry is not None and script.entry.outputs:
        for value in returned(script.main):
            values = [value] if value.type != "object" else _values(value)
            yield from (one for one in values if value.type != "object" or one.type == "call_expression")


def _values(literal: Node) -> list[Node]:
    values = [plain(pair.child_by_field_name("value")) for pair in literal.named_children]
    return [one for one in values if one is not None]


def _exported(script: Script) -> Iterator[tuple[Node, Node]]:
    """The names and nodes of the exported functions called ``to...``, but for those with a type of their own."""
    for export in script.syntax.root.children:
        inner = export.child_by_field_name("declaration") if export.type == "export_statement" else None
        if inner is None:
            continue
        for node in [inner] if inner.type in FUNCTIONS else inner.named_children:
            function = node if node.type in FUNCTIONS else node.child_by_field_name("value")
            name = node.child_by_field_name("name")
            is_typed = node is not function and node.child_by_field_name("type") is not None
            if function is None or name is None or function.type not in FUNCTIONS or is_typed:
                continue
            if re.match("to[A-Z]", script.of(name)):
                yield name, function


def _problem(script: Script, parameter: Node) -> str:
    pattern = script.of(parameter.child_by_field_name("pattern") or parameter)
    annotation = parameter.child_by_field_name("type")
    types = script.of(annotation).lstrip(": ")
    if pattern == "nango" or types in _NANGO:
        return "is given nango, where it should only turn one value into another"
    if annotation is None and parameter.child_by_field_name("value") is None:
        return f"does not say of which type {pattern} is"
    return f"takes any for {pattern}, where a type of types.ts is right" if types == "any" else ""


def _is_any(script: Script, annotation: Node) -> bool:
    return script.of(annotation).lstrip(": ") == "any"


RULES: tuple[Rule, ...] = (RecordsAreMapped(), MapperIsPure(), NullBecomesUndefined())
"""The rules about mappers."""
