"""How a sync gets through the pages of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from ...typescript.nodes import LOOPS, around, function_around, inside, is_in_loop, uses
from ...typescript.syntax import walk
from ..rule import WholeScriptRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.client_calls import Call
    from ...typescript.syntax import Node
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree

_ALL = re.compile(r"one response|one page|single page|everything|at once|pagina|paging", re.IGNORECASE)
_READS = ("get", "post", "proxy")


class FetchesPageByPage(WholeScriptRule):
    """A sync asks for all pages of a list, at best with ``nango.paginate``.

    A sync that asks once gets the first page only, and the rest is missing without a word. Where the provider gives
    everything in one response, a comment above the request may say so.
    """

    id = "S03"
    level = "note"
    kinds: ClassVar = ("sync",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if script.main is None or may_paginate(script) or _saves_single_records(script):
            return
        reads = [
            call
            for call in script.requests
            if call.method in _READS and function_around(call.node) == script.main
        ]
        if reads and not is_in_loop(reads[0].node) and not is_said_to_be_all(script, reads[0].node):
            message = f"{script.title} asks once and for no further page; nango.paginate asks for all."
            yield self.finding(script, script.span(reads[0].node), message)


class SavesPageByPage(WholeScriptRule):
    """A sync saves each page as it comes, and does not keep all of them until the end.

    So memory stays small, and what was fetched is not lost when a later page fails.
    """

    id = "S08"
    kinds: ClassVar = ("sync",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for loop in walk(script.syntax.root, "for_in_statement"):
            if not any(call.method == "paginate" for call in script.calls_in(loop)):
                continue
            for name in _collected(script, loop):
                saved = _saved_at_the_end(script, loop, name)
                if saved is not None:
                    message = f"{script.title} keeps all pages in {name} and saves them at the end; each is saved as it comes."
                    yield self.finding(script, script.span(saved.node), message)


def may_paginate(script: Script) -> bool:
    """Whether a script asks for further pages, or hands ``nango`` to something elsewhere that may."""
    if any(call.method == "paginate" for call in script.calls):
        return True
    loops = [
        node
        for node in walk(script.syntax.root, *LOOPS)
        if node.type != "for_in_statement" or any(child.type == "await" for child in node.children)
    ]
    if any(list(walk(loop, "await_expression")) for loop in loops):
        return True
    return any(
        script.of(node.child_by_field_name("function")) not in script.functions or _calls_itself(script, node)
        for node in walk(script.syntax.root, "call_expression")
        if _gets_nango(script, node)
    )


def is_said_to_be_all(script: Script, node: Node) -> bool:
    """Whether a comment above a request says that there are no further pages."""
    statement = next(
        (one for one in around(node) if one.parent is not None and one.parent.type == "statement_block"), None
    )
    above = script.comments_before(statement) if statement is not None else ()
    return any(_ALL.search(script.of(one)) for one in above)


def _gets_nango(script: Script, call: Node) -> bool:
    arguments = call.child_by_field_name("arguments")
    return arguments is not None and any(
        script.of(one) in ("nango", "{ nango }") for one in arguments.named_children
    )


def _calls_itself(script: Script, call: Node) -> bool:
    name = script.of(call.child_by_field_name("function"))
    function = script.functions.get(name)
    return function is not None and any(True for _ in uses(_body(function), name))


def _body(function: Node) -> Node:
    return function.child_by_field_name("body") or function


def _saves_single_records(script: Script) -> bool:
    """Whether no list is saved, only records one by one."""
    saved = [call for call in script.calls if call.method in ("batchSave", "batchUpdate") and call.arguments]
    return all(
        call.arguments[0].type == "array"
        and all(one.type != "spread_element" for one in call.arguments[0].named_children)
        for call in saved
    )


def _collected(script: Script, loop: Node) -> set[str]:
    """The variables outside a loop that it puts records into."""
    body = _body(loop)
    if any(call.method.startswith("batch") for call in script.calls_in(body)):
        return set()
    names = set()
    for node in walk(body, "call_expression"):
        function = node.child_by_field_name("function")
        if function is not None and script.of(function).endswith(".push"):
            names.add(script.of(function.child_by_field_name("object")))
    for node in walk(body, "assignment_expression"):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if (
            right is not None
            and right.type in ("array", "call_expression")
            and list(uses(right, script.of(left)))
        ):
            names.add(script.of(left))
    return names


def _saved_at_the_end(script: Script, loop: Node, name: str) -> Call | None:
    """The call that saves what a loop collected in a variable, if nothing else is done with that."""
    function = function_around(loop)
    if function is None or is_in_loop(loop) or loop.parent != function.child_by_field_name("body"):
        return None
    names = {name, *_mapped(script, function, name)}
    saves = [
        call
        for call in script.calls_in(function)
        if call.method == "batchSave" and call.node.start_byte > loop.end_byte and call.arguments
    ]
    only, *more = saves or (None,)
    if only is None or more or is_in_loop(only.node):
        return None
    rest = [node for one in names for node in uses(function, one) if not inside(node, loop)]
    is_saved = any(inside(node, only.arguments[0]) for node in rest)
    is_clear = all(inside(node, only.arguments[0]) or _is_harmless(script, node, names) for node in rest)
    return only if is_saved and is_clear and _is_whole_list(script, only.arguments[0], names) else None


def _mapped(script: Script, function: Node, name: str) -> set[str]:
    """The variables that hold the mapped records of another one."""
    return {
        script.of(node.child_by_field_name("name"))
        for node in walk(function, "variable_declarator")
        if script.of(node.child_by_field_name("value")).startswith(f"{name}.map(")
    }


def _is_whole_list(script: Script, argument: Node, names: set[str]) -> bool:
    text = script.of(argument)
    return any(text == name or text.startswith(f"{name}.map(") for name in names)


def _is_harmless(script: Script, node: Node, names: set[str]) -> bool:
    """Whether a name is only declared, mapped into another of the variables, or asked for its length."""
    parent = node.parent
    if parent is None or parent.type != "member_expression":
        return parent is not None and parent.type == "variable_declarator" and parent.children[0] == node
    asked = script.of(parent.child_by_field_name("property"))
    declared = next((one for one in around(node) if one.type == "variable_declarator"), None)
    is_mapped = declared is not None and script.of(declared.child_by_field_name("name")) in names
    return asked == "length" or (asked == "map" and is_mapped)
