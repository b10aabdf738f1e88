"""How a script goes through the pages of a provider."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from ..modules import imported, used_by
from ..rule import ScriptRule
from ..scopes import root_of
from ..shape import FUNCTIONS, walk_own
from ..syntax import walk
from ..wording import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..finding import Finding
    from ..script import Call, Script
    from ..syntax import Node
    from ..tree import Tree

_LOOPS = ("while_statement", "do_statement", "for_statement")
_SAVED = ("updateMetadata", "setMetadata")
_STEPS = ("update_expression", "augmented_assignment_expression")
_TAKEN = re.compile(r"\.(shift|pop|splice)\(")


class PagesComeFromPaginate(ScriptRule):
    """A sync goes through pages with ``nango.paginate`` wherever that knows the provider's way.

    A loop of one's own is right where a long run keeps its place in the metadata, to go on there another time.
    """

    id = "P07"
    kinds: ClassVar = ("sync", "helper")

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        seen: set[int] = set()
        for call in script.requests:
            loop = _loop_around(call.node)
            if call.method == "paginate" or loop is None or loop.id in seen:
                continue
            if _Pages(script, call, loop).are_fetched and _is_sure(script, tree):
                seen.add(loop.id)
                yield self._own_loop(script, call, loop)

    def _own_loop(self, script: Script, call: Call, loop: Node) -> Finding:
        message = (
            f"{named(script)} goes from page to page in a loop of its own, where nango.paginate can do that."
        )
        start = script.span(loop)[0]
        level = self.level if call.method == "get" else "note"
        return self.finding(script, (start, start + len(loop.children[0].type)), message, level=level)


class _Pages:
    """A loop with a request in it: whether the answers decide what is asked for next, and when that ends."""

    def __init__(self, script: Script, call: Call, loop: Node) -> None:
        self._script = script
        self._call = call
        self._loop = loop
        self._given = list(self._assignments())
        self._answers = self._grown(set(), from_call=True)
        self._steps = {script.of(_target(node)) for node in walk_own(loop, *_STEPS)}

    @property
    def are_fetched(self) -> bool:
        return self._ends_by_answer() and self._asks_by_place()

    def _ends_by_answer(self) -> bool:
        condition = self._loop.child_by_field_name("condition")
        if condition is None or condition.type in ("empty_statement", ";"):
            return True
        text = self._script.of(condition).strip("(); ")
        return text == "true" or bool(self._names(condition) & self._answers)

    def _asks_by_place(self) -> bool:
        """Whether what is asked for depends on an answer before, or on a counter."""
        moving = self._grown(self._answers | self._steps, from_call=False)
        if any(self._names(one) & moving for one in self._call.arguments if one.type != "identifier"):
            return True
        names = {self._script.of(one) for one in self._call.arguments if one.type == "identifier"}
        return any(target in names and self._names(value) & moving for target, value in self._given)

    def _assignments(self) -> Iterator[tuple[str, Node]]:
        """The names that are given a value in the loop, they or a member of theirs, and the value."""
        for node in walk_own(self._loop, "variable_declarator", "assignment_expression"):
            value = node.child_by_field_name("value") or node.child_by_field_name("right")
            target = _target(node)
            if value is None or target is None or _TAKEN.search(self._script.of(value)):
                continue
            root = root_of(target)
            for name in [self._script.of(root[0])] if root is not None else self._names(target):
                yield name, value

    def _grown(self, names: set[str], *, from_call: bool) -> set[str]:
        """Names, and those whose value is made of them or of the answer."""
        grown = set(names)
        for _ in self._given:
            more = {
                target
                for target, value in self._given
                if self._names(value) & grown or (from_call and self._holds_call(value))
            }
            if more <= grown:
                break
            grown |= more
        return grown

    def _holds_call(self, value: Node) -> bool:
        node = self._call.node
        return value.start_byte <= node.start_byte and node.end_byte <= value.end_byte

    def _names(self, node: Node) -> set[str]:
        kinds = ("identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern")
        return {self._script.of(one) for one in walk(node, *kinds)}


def _target(node: Node) -> Node | None:
    fields = ("name", "left", "argument")
    return next((one for field in fields if (one := node.child_by_field_name(field))), None)


def _loop_around(node: Node) -> Node | None:
    """The innermost loop of a function around a node; None where that is one over a list."""
    one = node.parent
    while one is not None and one.type not in (*FUNCTIONS, "for_in_statement"):
        if one.type in _LOOPS:
            return one
        one = one.parent
    return None


def _is_sure(script: Script, tree: Tree) -> bool:
    """Whether no action is part of it, and nothing may keep the place of a long run."""
    sources = [imported(script, one.source, tree) for one in script.imports]
    texts = [script.text, *(one.text for one in sources if one is not None)]
    return "action" not in used_by(script, tree) and not any(
        word in text for text in texts for word in _SAVED
    )
