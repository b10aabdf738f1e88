"""Requests and errors in syncs."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from ...typescript.nodes import called, part, part_text, uses
from ..import_graph import sends_request, used_by
from ..rule import WholeScriptRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.syntax import Node
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree

_TOGETHER = ("Promise.all", "Promise.allSettled", "Promise.race", "Promise.any")


class SendsOneRequestAtATime(WholeScriptRule):
    """A sync sends one request after the other, and never several at once.

    Parallel requests run into the provider's rate limit.
    """

    id = "S04"
    kinds: ClassVar = ("sync",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for node in script.syntax.nodes("call_expression"):
            function, arguments = called(node), part(node, "arguments")
            if script.of(function) not in _TOGETHER or arguments is None:
                continue
            if any(sends_request(script, piece, tree) for piece in _awaited(script, arguments)):
                message = f"{script.title} sends requests at once with {script.of(function)}; one comes after the other."
                yield self.finding(script, script.span(function or node), message)


class LetsErrorsThrough(WholeScriptRule):
    """A sync has no ``try``, except directly below a comment with ``@allowTryCatch``.

    Nango must see an error to mark the run as failed and to retry it. The same holds for a helper that only syncs
    import, if its ``try`` uses ``nango``.
    """

    id = "S05"
    kinds: ClassVar = ("sync", "helper")

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        tries = script.syntax.nodes("try_statement")
        if script.kind == "helper" and tries:
            # A `try` without nango hides no error of the API: it may be round JSON.parse.
            is_of_syncs = used_by(script, tree) == {"sync"}
            tries = [node for node in tries if is_of_syncs and any(uses(node, "nango"))]
        for node in tries:
            comments = map(script.of, script.comments_before(node))
            if not any("@allowtrycatch" in comment.lower() for comment in comments):
                message = f"{script.title} has a try without a comment @allowTryCatch right above it."
                yield self.finding(script, script.span(node.children[0]), message)


def _awaited(script: Script, arguments: Node) -> Iterator[Node]:
    """What is waited for together: the arguments, and what a variable among them is made of."""
    yield arguments
    names = _names_in(script, arguments)
    for node in script.syntax.nodes("variable_declarator"):
        value = part(node, "value")
        if value is not None and part_text(node, "name") in names:
            yield value
    # Promises may be gathered in a list before they are awaited.
    for node in script.syntax.nodes("call_expression"):
        if part_text(node, "function") in {f"{name}.push" for name in names}:
            yield node


def _names_in(script: Script, arguments: Node) -> set[str]:
    """The names among some arguments, and among the items of a list that is one of them."""
    lists = (argument.named_children for argument in arguments.named_children if argument.type == "array")
    values = chain(arguments.named_children, chain.from_iterable(lists))
    return {script.of(value) for value in values if value.type == "identifier"}
