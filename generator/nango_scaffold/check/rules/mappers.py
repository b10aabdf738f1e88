"""Mappers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from ...typescript.declarations import exports
from ...typescript.nodes import FUNCTIONS, is_a, parameters, part, plain, returned
from ...typescript.value_flow import origin_of
from ..rule import ScriptRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.syntax import Node
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree

_NANGO = ("NangoSync", "NangoAction", "NangoActionBase", "NangoSyncLocal", "NangoActionLocal")


class RecordsAreMapped(ScriptRule):
    """The records that a sync saves or an action returns are made by a mapper, a function in a file below ``mappers/``.

    There, the sync and the actions of the same model can share it.
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
    """A mapper is a pure function of typed data: it takes a record of the provider and returns a model.

    It sends no requests, so ``nango`` is not one of its arguments.
    """

    id = "M02"
    kinds: ClassVar = ("mapper",)

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for name, function in _exported(script):
            for parameter in parameters(function):
                problem = _problem(script, parameter)
                if problem:
                    message = f"The mapper {script.of(name)} {problem}."
                    yield self.finding(script, script.span(parameter), message)
            result = part(function, "return_type")
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
            yield from [value] if value.type != "object" else _calls_in(value)


def _calls_in(literal: Node) -> Iterator[Node]:
    """The values of an object literal that are calls."""
    values = (plain(part(pair, "value")) for pair in literal.named_children)
    return (value for value in values if is_a(value, "call_expression"))


def _exported(script: Script) -> Iterator[tuple[Node, Node]]:
    """The names and nodes of the exported functions called ``to...``, but for those with a type of their own."""
    for declared in exports(script.syntax):
        node = declared.node.parent
        if declared.what != "function" or node is None or not re.match("to[A-Z]", declared.name):
            continue
        function = node if node.type in FUNCTIONS else part(node, "value")
        # `const toUser: Mapper = (raw) => ...` has the types of its parameters there.
        is_typed = node != function and part(node, "type") is not None
        if function is not None and not is_typed:
            yield declared.node, function


def _problem(script: Script, parameter: Node) -> str:
    pattern = script.of(part(parameter, "pattern") or parameter)
    annotation = part(parameter, "type")
    types = script.of(annotation).lstrip(": ")
    if pattern == "nango" or types in _NANGO:
        return "is given nango, where it should only turn one value into another"
    if annotation is None and part(parameter, "value") is None:
        return f"does not say of which type {pattern} is"
    return f"takes any for {pattern}, where a type of types.ts is right" if types == "any" else ""


def _is_any(script: Script, annotation: Node) -> bool:
    return script.of(annotation).lstrip(": ") == "any"
