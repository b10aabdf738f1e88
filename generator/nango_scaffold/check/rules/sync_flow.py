"""In what order a sync works, and what it does with errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...typescript.nodes import uses
from ...typescript.syntax import walk
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

    Requests in parallel run into the rate limit of the provider.
    """

    id = "S04"
    kinds: ClassVar = ("sync",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for node in walk(script.syntax.root, "call_expression"):
            function = node.child_by_field_name("function")
            if function is not None and function.type == "await_expression":
                function = function.named_children[-1]
            arguments = node.child_by_field_name("arguments")
            if script.of(function) not in _TOGETHER or arguments is None:
                continue
            if any(sends_request(script, piece, tree) for piece in _awaited(script, arguments)):
                message = f"{script.title} sends requests at once with {script.of(function)}; one comes after the other."
                yield self.finding(script, script.span(function or node), message)


class LetsErrorsThrough(WholeScriptRule):
    """A sync has no ``try``, except right below a comment with ``@allowTryCatch``.

    Nango must see an error to count the run as failed and to try again. So has no helper that syncs alone import, where
    ``nango`` is used in the ``try``.
    """

    id = "S05"
    kinds: ClassVar = ("sync", "helper")

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        tries = list(walk(script.syntax.root, "try_statement"))
        if script.kind == "helper" and tries:
            is_of_syncs = used_by(script, tree) == {"sync"}
            tries = [node for node in tries if is_of_syncs and any(uses(node, "nango"))]
        for node in tries:
            if not any("@allowtrycatch" in script.of(one).lower() for one in script.comments_before(node)):
                message = f"{script.title} has a try without a comment @allowTryCatch right above it."
                yield self.finding(script, script.span(node.children[0]), message)


def _awaited(script: Script, arguments: Node) -> Iterator[Node]:
    """What is waited for together: the arguments, and what a variable among them is made of."""
    yield arguments
    lists = [one.named_children for one in arguments.named_children if one.type == "array"]
    given = [*arguments.named_children, *(one for items in lists for one in items)]
    names = {script.of(one) for one in given if one.type == "identifier"}
    for node in walk(script.syntax.root, "variable_declarator"):
        value = node.child_by_field_name("value")
        if value is not None and script.of(node.child_by_field_name("name")) in names:
            yield value
    for node in walk(script.syntax.root, "call_expression"):
        if script.of(node.child_by_field_name("function")) in {f"{name}.push" for name in names}:
            yield node
