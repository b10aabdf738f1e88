"""Arguments of functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...typescript.nodes import (
    arguments,
    called,
    first_argument,
    function_around,
    is_a,
    parameters,
    part,
    part_text,
    root_of,
)
from ...typescript.scopes import binding_of
from ...typescript.syntax import walk
from ..rule import ScriptRule
from ..script import SENDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.scopes import Binding
    from ...typescript.syntax import Node
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree

_ARRAY_METHODS = ("push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin")
_ASSIGNMENTS = ("assignment_expression", "augmented_assignment_expression")
_CHANGES = (*_ASSIGNMENTS, "update_expression", "unary_expression", "call_expression")


class ArgumentsStayAsTheyAre(ScriptRule):
    """A function does not change its arguments, and returns a new value instead.

    The caller may still need the old value; a function can change its own copy.
    """

    id = "P08"
    kinds: ClassVar = SENDERS

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for node in script.syntax.nodes(*_CHANGES):
            root = root_of(_changed(script, node))
            if root is None:
                continue
            name, members = root
            is_call = node.type == "call_expression"
            # `value = other` gives the parameter another value, and leaves the caller's as it is; `value.push()` does not.
            if members == 0 and not is_call:
                continue
            binding = binding_of(name)
            if binding is None or (is_call and _is_new(script, binding)):
                continue
            if _is_argument(script, binding, members):
                message = (
                    f"{script.title} changes the argument {script.of(name)} of a function: "
                    "a new value should be returned instead."
                )
                yield self.finding(script, script.span(node), message)


def _changed(script: Script, node: Node) -> Node | None:
    """The chain whose value a node changes; None when it changes nothing."""
    if node.type in _ASSIGNMENTS:
        return part(node, "left")
    if node.type == "update_expression":
        return part(node, "argument")
    if node.type == "unary_expression":
        is_delete = part_text(node, "operator") == "delete"
        return part(node, "argument") if is_delete else None
    function = part(node, "function")
    if not is_a(function, "member_expression"):
        return None
    if script.of(function) == "Object.assign":
        return first_argument(node)
    method = part_text(function, "property")
    return part(function, "object") if method in _ARRAY_METHODS else None


def _is_argument(script: Script, binding: Binding, members: int) -> bool:
    """Whether a name stands for what the caller gave, as far as one can see."""
    if binding.kind != "parameter" or script.of(binding.name) == "nango":
        return False
    # The list of a rest parameter is made for the call.
    parent = binding.name.parent
    if is_a(parent, "rest_pattern"):
        return False
    types = binding.type.named_children if binding.type is not None else []
    if members == 0 and any(each.type == "type_identifier" for each in types):
        return False  # a class may have methods of the same names
    return not _is_replaced(script, binding)


def _is_new(script: Script, binding: Binding) -> bool:
    """Whether a parameter is what a ``reduce`` gathers in, begun with a list or an object that nobody else has."""
    function = function_around(binding.name)
    holder = function.parent if function is not None else None
    call = holder.parent if holder is not None else None
    if call is None or function is None or len(arguments(call)) < 2:
        return False
    is_first = parameters(function)[:1] == [binding.node]
    is_begun = arguments(call)[1].type in ("array", "object", "new_expression")
    return is_first and is_begun and script.of(called(call)).endswith((".reduce", ".reduceRight"))


def _is_replaced(script: Script, binding: Binding) -> bool:
    """Whether a parameter is given another value, maybe a copy, in its function."""
    function = function_around(binding.name)
    if function is None:
        return False
    name = script.of(binding.name)
    assigned = (part(node, "left") for node in walk(function, "assignment_expression"))
    return any(is_a(left, "identifier") and script.of(left) == name for left in assigned)
