"""The scripts of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...typescript.nodes import arguments, part, type_of, walk_own
from ..rule import Rule, WholeScriptRule
from .action_types import promised
from .top_function import TopFunction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.syntax import Node
    from ..entries import Entry
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree

_ERRORS = ("Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "AggregateError")
_TEXTS = ("string", "template_string")
_NO_OBJECTS = (*_TEXTS, "number", "true", "false", "null", "undefined", "array")
_SAVES = ("batchSave", "batchDelete", "batchUpdate", "batchSend")
_LISTS = ("Array", "ReadonlyArray")


class ActionBeginsWithRunAction(TopFunction):
    """The script of an action begins with ``export default async function runAction``.

    Imports, types and constants can be above it; helper functions are below.
    """

    id = "A01"
    fixable: ClassVar = True
    kinds: ClassVar = ("action",)
    function = "runAction"


class ActionThrowsActionErrors(WholeScriptRule):
    """An action throws ``new nango.ActionError({ message: ... })`` and nothing else.

    Only that reaches the caller of the action unchanged; an error that was caught can be thrown again.
    """

    id = "A02"
    kinds: ClassVar = ("action",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for node in script.syntax.nodes("throw_statement"):
            thrown = next((child for child in node.named_children if child.type != "comment"), None)
            what = _wrong_error(script, thrown) if thrown is not None else ""
            if thrown is not None and what:
                message = f"{script.title} throws {what}; an ActionError with a message is right."
                yield self.finding(script, script.span(thrown), message)


class ActionReturnsAnObject(Rule):
    """An action returns an object, never a bare list.

    An object can be extended later, for example by the cursor of the next page.
    """

    id = "A03"

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for entry in tree.entries:
            if entry.kind == "action":
                yield from self._look_at_entry(entry, tree)
        for script in tree.scripts:
            if script.kind == "action" and script.syntax.is_whole and script.main is not None:
                yield from self._look_at_function(script, script.main)

    def _look_at_entry(self, entry: Entry, tree: Tree) -> Iterator[Finding]:
        output = entry.data.get("output")
        if isinstance(output, list) or (isinstance(output, str) and output.strip().endswith("[]")):
            message = (
                f"The output of the action {entry.name} is a list; a model that holds the list is right."
            )
            yield self.finding(tree.yaml, entry.value_span("output"), message)

    def _look_at_function(self, script: Script, main: Node) -> Iterator[Finding]:
        message = f"{script.title} returns a list; an object that holds the list is right."
        # A declared type says it for all returns.
        result = type_of(main, "return_type")
        if result is not None:
            of = promised(script, result)
            if of is not None and _is_list(script, of):
                yield self.finding(script, script.span(result), message)
            return
        for node in walk_own(main, "return_statement"):
            if any(child.type == "array" for child in node.named_children):
                yield self.finding(script, script.span(node), message)


class ActionSavesNoRecords(WholeScriptRule):
    """An action neither saves nor deletes records: that is what syncs do."""

    id = "A07"
    level = "error"
    kinds: ClassVar = ("action",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for call in script.calls:
            if call.method in _SAVES:
                message = f"{script.title} calls {call.method}, which only a sync may."
                yield self.finding(script, script.span(call.node), message)


def _is_list(script: Script, node: Node) -> bool:
    if node.type == "readonly_type":
        node = node.named_children[-1]
    is_generic = node.type == "generic_type" and script.of(node.named_children[0]) in _LISTS
    return is_generic or node.type in ("array_type", "tuple_type")


def _wrong_error(script: Script, node: Node) -> str:
    """What is thrown where it is surely no right ActionError; empty else."""
    if node.type in _TEXTS:
        return "a string"
    if node.type == "object":
        return "an object"
    error = script.of(part(node, "constructor") or part(node, "function"))
    if error in _ERRORS and node.type in ("new_expression", "call_expression"):
        return error
    is_right = node.type == "new_expression" and error.split(".")[-1] == "ActionError"
    return "an ActionError without a message" if is_right and not _may_have_message(script, node) else ""


def _may_have_message(script: Script, node: Node) -> bool:
    values = arguments(node)
    if not values or values[0].type in _NO_OBJECTS:
        return False
    if values[0].type != "object":
        return True  # a variable, or a call
    return any(_may_be_message(script, property_) for property_ in values[0].named_children)


def _may_be_message(script: Script, property_: Node) -> bool:
    if property_.type == "spread_element":
        return True
    # A pair has a key, a method a name, and a shorthand property is its own.
    name = part(property_, "key") or part(property_, "name") or property_
    return script.of(name).strip("'\"") == "message"
