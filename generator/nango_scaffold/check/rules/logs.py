"""Logging."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...typescript.nodes import around, function_around, is_a, is_async, part, part_text
from ...typescript.scopes import binding_of
from ..finding import Edit
from ..rule import ScriptRule
from ..script import SENDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.client_calls import Call
    from ...typescript.syntax import Node
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree


class LogsWithNango(ScriptRule):
    """A script logs with ``await nango.log``, never with ``console``.

    Nobody sees what is written to the console; without ``await`` a script may end before its last lines are stored. A
    file that no script imports may be a Node program, and is ignored.
    """

    id = "P06"
    level = "error"
    fixable: ClassVar = True
    kinds: ClassVar = SENDERS

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if script.kind in ("helper", "mapper") and not tree.users.get(script.path):
            return
        for node in script.syntax.nodes("call_expression"):
            function = part(node, "function")
            if function is not None and _is_console(script, function):
                what = script.of(function)
                message = f"{script.title} calls {what}, where await nango.log is right."
                # Of the methods of console Nango's lint refuses this one alone.
                level = self.level if what == "console.log" else "warning"
                yield self.finding(script, script.span(function), message, level=level)
        for call in script.calls:
            if call.method == "log" and _is_dropped(call):
                yield self._unawaited(script, call)

    def _unawaited(self, script: Script, call: Call) -> Finding:
        start, end = script.span(call.node)
        function = function_around(call.node)
        may_wait = function is not None and is_async(function) and _is_refused(script, call)
        edits = [Edit(script.path, start, start, "await ")] if may_wait else []
        message = f"{script.title} calls nango.log without await in front."
        return self.finding(script, (start, end), message, *edits)


def _is_console(script: Script, function: Node) -> bool:
    owner = part(function, "object") if function.type == "member_expression" else None
    # A script may have a variable of that name.
    return script.of(owner) == "console" and binding_of(owner) is None


def _is_refused(script: Script, call: Call) -> bool:
    """Whether the CLI compiles no script with such a call: what is deployed today then cannot change by a mend.

    It looks at scripts for certain, not at each file they import, and takes any ``await``, ``return``, ``then`` or
    ``catch`` around a call for one that waits.
    """
    waits = any(map(_waits, around(call.node)))
    is_plain = call.function is not None and call.function.type == "member_expression"
    return is_plain and script.kind in ("sync", "action", "on-event") and not waits


def _waits(node: Node) -> bool:
    is_chained = node.type == "member_expression" and part_text(node, "property") in ("then", "catch")
    return is_chained or node.type in ("await_expression", "return_statement")


def _is_dropped(call: Call) -> bool:
    parent = call.node.parent
    return not call.is_awaited and is_a(parent, "expression_statement")
