"""Pagination in scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from ...frozen import frozen
from ...typescript.nodes import FUNCTIONS, inside, part, root_of, walk_own
from ...typescript.syntax import walk
from ..import_graph import used_by
from ..rule import ScriptRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.client_calls import Call
    from ...typescript.syntax import Node
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree

_LOOPS = ("while_statement", "do_statement", "for_statement")
_SAVED = ("updateMetadata", "setMetadata")
_STEPS = ("update_expression", "augmented_assignment_expression")
# A list that is worked off, such as folders still to visit, is no list of pages.
_TAKES_FROM_LIST = re.compile(r"\.(shift|pop|splice)\(")


class PagesComeFromPaginate(ScriptRule):
    """A sync uses ``nango.paginate`` wherever that supports the provider's pagination.

    A hand-written loop is right where a long run stores its position in the metadata, to resume there later, and where
    ``nango.paginate`` cannot do it: the id of the last record asks for the next page, a flag or a total ends the list.
    A comment above the loop that names ``nango.paginate`` says so.
    """

    id = "P07"
    kinds: ClassVar = ("sync", "helper")

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        seen: set[int] = set()
        loops = _loops_around(script)
        for call in script.requests:
            loop = loops.get(call.node.id)
            if call.method == "paginate" or loop is None or loop.id in seen:
                continue
            # Cheap questions first: to follow the names of a loop takes the longest.
            is_page_loop = not _is_explained(script, loop) and _Pages(script, call, loop).are_fetched
            if is_page_loop and _is_sure(script, tree):
                seen.add(loop.id)
                yield self._own_loop(script, call, loop)

    def _own_loop(self, script: Script, call: Call, loop: Node) -> Finding:
        message = (
            f"{script.title} goes from page to page in a loop of its own, where nango.paginate can do that."
        )
        start = script.span(loop)[0]
        level = self.level if call.method == "get" else "note"
        return self.finding(script, (start, start + len(loop.children[0].type)), message, level=level)


@frozen
class _Assignment:
    """A name that is given a value in a loop, it or a member of it.

    Attributes:
        target: the name.
        names: those in the value.
        tests: those in the conditions of the loop's ``if`` statements that it stands in.
        is_answer: whether the value holds the request.
        is_step: whether the value is the name's own, and something added.
    """

    target: str
    names: frozenset[str]
    tests: frozenset[str]
    is_answer: bool
    is_step: bool


class _Pages:
    """A loop with a request in it: whether the answers decide what is asked for next, and when that ends."""

    def __init__(self, script: Script, call: Call, loop: Node) -> None:
        self._script = script
        self._call = call
        self._loop = loop
        self._given = list(self._assignments())
        self._answers = self._grown({assignment.target for assignment in self._given if assignment.is_answer})
        # What counts by itself: page++, page += 1, page = page + 1.
        self._steps = {script.of(_target(node)) for node in walk_own(loop, *_STEPS)}
        self._steps |= {assignment.target for assignment in self._given if assignment.is_step}

    @property
    def are_fetched(self) -> bool:
        return self._ends_by_answer() and self._asks_by_place()

    def _ends_by_answer(self) -> bool:
        # A loop without a condition is left from inside, and one by a flag ends where an answer sets that.
        condition = part(self._loop, "condition")
        if condition is None or condition.type in ("empty_statement", ";"):
            return True
        text = self._script.of(condition).strip("(); ")
        flags = {assignment.target for assignment in self._given if assignment.tests & self._answers}
        return text == "true" or bool(_names(self._script, condition) & (self._answers | flags))

    def _asks_by_place(self) -> bool:
        """Whether what is asked for depends on an answer before, or on a counter."""
        moving = self._grown(self._answers | self._steps)
        arguments = [argument for argument in self._call.arguments if argument.type != "identifier"]
        if any(_names(self._script, argument) & moving for argument in arguments):
            return True
        names = (argument for argument in self._call.arguments if argument.type == "identifier")
        sent = set(map(self._script.of, names))
        return any(assignment.target in sent and assignment.names & moving for assignment in self._given)

    def _assignments(self) -> Iterator[_Assignment]:
        for node, tests in _with_tests(self._script, self._loop):
            value = part(node, "value") or part(node, "right")
            target = _target(node)
            if value is None or target is None or _TAKES_FROM_LIST.search(self._script.of(value)):
                continue
            root = root_of(target)
            names = _names(self._script, value)
            for name in [self._script.of(root[0])] if root is not None else _names(self._script, target):
                is_step = name in names and value.type == "binary_expression"
                yield _Assignment(name, names, tests, inside(self._call.node, value), is_step)

    def _grown(self, names: set[str]) -> set[str]:
        """Names, and those whose value is made of them."""
        users: dict[str, set[str]] = {}
        for assignment in self._given:
            for name in assignment.names:
                users.setdefault(name, set()).add(assignment.target)
        grown, waiting = set(names), list(names)
        while waiting:
            more = users.get(waiting.pop(), set()) - grown
            grown |= more
            waiting.extend(more)
        return grown


def _names(script: Script, node: Node) -> frozenset[str]:
    kinds = ("identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern")
    return frozenset(script.of(name) for name in walk(node, *kinds))


def _with_tests(script: Script, loop: Node) -> Iterator[tuple[Node, frozenset[str]]]:
    """The assignments in a loop, each with the names in the conditions that it stands under; as `walk_own`."""
    stack: list[tuple[Node, frozenset[str]]] = [(loop, frozenset())]
    while stack:
        node, tests = stack.pop()
        if node.type in ("variable_declarator", "assignment_expression"):
            yield node, tests
        condition = part(node, "condition") if node.type == "if_statement" else None
        if condition is not None:
            tests = tests | _names(script, condition)
        if node == loop or node.type not in FUNCTIONS:
            stack.extend((child, tests) for child in reversed(node.children))


def _target(node: Node) -> Node | None:
    fields = ("name", "left", "argument")
    return next((target for field in fields if (target := part(node, field))), None)


def _loops_around(script: Script) -> dict[int, Node]:
    """The innermost loop of a function around each call, by the id of its node; none where that is one over a list."""
    loops: dict[int, Node] = {}
    stack: list[tuple[Node, Node | None]] = [(script.syntax.root, None)]
    while stack:
        node, loop = stack.pop()
        if node.type == "call_expression" and loop is not None:
            loops[node.id] = loop
        if node.type in _LOOPS:
            loop = node
        elif node.type in (*FUNCTIONS, "for_in_statement"):
            loop = None
        stack.extend((child, loop) for child in node.children)
    return loops


def _is_explained(script: Script, loop: Node) -> bool:
    """Whether a comment above a loop says why ``nango.paginate`` is not used."""
    return any("nango.paginate" in script.of(comment) for comment in script.comments_before(loop))


def _is_sure(script: Script, tree: Tree) -> bool:
    """Whether no action is part of it, and nothing may keep the place of a long run."""
    # An action gives one page of many, and a run that saves its place goes on from there.
    sources = [tree.imported_script(script, imported.source) for imported in script.imports]
    texts = [script.text, *(source.text for source in sources if source is not None)]
    may_save = any(word in text for text in texts for word in _SAVED)
    return not may_save and "action" not in used_by(script, tree)
