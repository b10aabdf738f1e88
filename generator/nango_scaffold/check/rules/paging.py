"""Pages in syncs."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from ...typescript.nodes import (
    LOOPS,
    arguments,
    around,
    enclosing,
    function_around,
    inside,
    is_a,
    is_in_loop,
    part,
    part_text,
    uses,
)
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
    """A sync fetches all pages of a list, preferably with ``nango.paginate``.

    A sync that sends a single request gets only the first page, and the rest is silently missing. If the provider
    returns everything in one response, say so in a comment above the request.
    """

    id = "S03"
    level = "note"
    kinds: ClassVar = ("sync",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if script.main is None or may_paginate(script) or _saves_single_records(script):
            return
        first = next(_own_reads(script), None)
        if first is not None and not is_in_loop(first) and not is_documented_as_all(script, first):
            message = f"{script.title} asks once and for no further page; nango.paginate asks for all."
            yield self.finding(script, script.span(first), message)


class SavesPageByPage(WholeScriptRule):
    """A sync saves each page as it comes, and does not collect all of them until the end.

    So memory stays small, and what was fetched is not lost when a later page fails.
    """

    id = "S08"
    kinds: ClassVar = ("sync",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for loop in script.syntax.nodes("for_in_statement"):
            if not any(call.method == "paginate" for call in script.calls_in(loop)):
                continue
            for name in _collected(script, loop):
                saved = _saved_at_the_end(script, loop, name)
                if saved is not None:
                    message = f"{script.title} keeps all pages in {name} and saves them at the end; each is saved as it comes."
                    yield self.finding(script, script.span(saved.node), message)


def _own_reads(script: Script) -> Iterator[Node]:
    """The reading requests of a sync's function itself: one of a function that it calls may be for a single record."""
    for call in script.requests:
        if call.method in _READS and function_around(call.node) == script.main:
            yield call.node


def may_paginate(script: Script) -> bool:
    """Whether a script asks for further pages, or hands ``nango`` to something elsewhere that may."""
    if any(call.method == "paginate" for call in script.calls):
        return True
    loops = filter(_may_turn_pages, script.syntax.nodes(*LOOPS))
    if any(True for loop in loops for _ in walk(loop, "await_expression")):
        return True
    calls = (node for node in script.syntax.nodes("call_expression") if _gets_nango(script, node))
    return any(_is_of_elsewhere(script, call) or _calls_itself(script, call) for call in calls)


def is_documented_as_all(script: Script, node: Node) -> bool:
    """Whether a comment above a request says that there are no further pages."""
    blocks = (outer for outer in around(node) if outer.parent and outer.parent.type == "statement_block")
    statement = next(blocks, None)
    above = script.comments_before(statement) if statement is not None else ()
    return any(_ALL.search(script.of(comment)) for comment in above)


def _may_turn_pages(loop: Node) -> bool:
    """Whether a loop is none over a list that is there."""
    return loop.type != "for_in_statement" or any(child.type == "await" for child in loop.children)


def _is_of_elsewhere(script: Script, call: Node) -> bool:
    return part_text(call, "function") not in script.functions


def _gets_nango(script: Script, call: Node) -> bool:
    return any(script.of(argument) in ("nango", "{ nango }") for argument in arguments(call))


def _calls_itself(script: Script, call: Node) -> bool:
    name = part_text(call, "function")
    function = script.functions.get(name)
    return function is not None and any(True for _ in uses(_body(function), name))


def _body(function: Node) -> Node:
    return part(function, "body") or function


def _saves_single_records(script: Script) -> bool:
    """Whether no list is saved, only records one by one."""
    calls = (call for call in script.calls if call.method in ("batchSave", "batchUpdate"))
    return all(_is_list_of_values(call.arguments[0]) for call in calls if call.arguments)


def _is_list_of_values(node: Node) -> bool:
    return node.type == "array" and all(item.type != "spread_element" for item in node.named_children)


def _collected(script: Script, loop: Node) -> set[str]:
    """The variables outside a loop that it puts records into."""
    body = _body(loop)
    if any(call.method.startswith("batch") for call in script.calls_in(body)):
        return set()
    functions = (part(call, "function") for call in walk(body, "call_expression"))
    pushes = [function for function in functions if script.of(function).endswith(".push")]
    pushed = {part_text(push, "object") for push in pushes if push is not None}
    return pushed | set(filter(None, map(_grown_list, walk(body, "assignment_expression"))))


def _grown_list(assignment: Node) -> str:
    """The variable of ``all = [...all, ...page]`` or ``all = all.concat(page)``; empty for other assignments."""
    name, value = part_text(assignment, "left"), part(assignment, "right")
    is_list = is_a(value, "array", "call_expression")
    return name if value is not None and is_list and any(True for _ in uses(value, name)) else ""


def _saved_at_the_end(script: Script, loop: Node, name: str) -> Call | None:
    """The call that saves what a loop collected in a variable, if nothing else is done with that."""
    function = function_around(loop)
    if function is None or is_in_loop(loop) or loop.parent != part(function, "body"):
        return None
    save = _only_save_behind(script, loop, function)
    if save is None or is_in_loop(save.node):
        return None
    names = {name, *_mapped(function, name)}
    # A list that is sorted, filtered or compared at the end needs all pages.
    uses_of_names = chain.from_iterable(uses(function, each) for each in names)
    outside = [node for node in uses_of_names if not inside(node, loop)]
    return save if _saves_all(script, save.arguments[0], outside, names) else None


def _saves_all(script: Script, saved: Node, mentions: list[Node], names: set[str]) -> bool:
    """Whether what is saved is all that some variables hold, and nothing else is done with them."""
    others = [node for node in mentions if not inside(node, saved)]
    is_saved = len(others) < len(mentions) and _is_whole_list(script, saved, names)
    return is_saved and all(_is_harmless(node, names) for node in others)


def _only_save_behind(script: Script, loop: Node, function: Node) -> Call | None:
    """The one call that saves records after a loop; None when there is none, or more than one."""
    calls = (call for call in script.calls_in(function) if call.method == "batchSave" and call.arguments)
    behind = [call for call in calls if call.node.start_byte > loop.end_byte]
    return behind[0] if len(behind) == 1 else None


def _mapped(function: Node, name: str) -> set[str]:
    """The variables that hold the mapped records of another one."""
    declarators = walk(function, "variable_declarator")
    mapped = (node for node in declarators if part_text(node, "value").startswith(f"{name}.map("))
    return {part_text(node, "name") for node in mapped}


def _is_whole_list(script: Script, argument: Node, names: set[str]) -> bool:
    text = script.of(argument)
    return any(text == name or text.startswith(f"{name}.map(") for name in names)


def _is_harmless(node: Node, names: set[str]) -> bool:
    """Whether a name is only declared, mapped into another of the variables, or asked for its length."""
    parent = node.parent
    if not is_a(parent, "member_expression"):
        return is_a(parent, "variable_declarator") and parent.children[0] == node
    member = part_text(parent, "property")
    declared = enclosing(node, "variable_declarator")
    is_mapped = declared is not None and part_text(declared, "name") in names
    return member == "length" or (member == "map" and is_mapped)
