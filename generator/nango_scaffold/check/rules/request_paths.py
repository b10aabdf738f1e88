"""The endpoint of a request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from ...frozen import frozen
from ...providers.base_url import repeated_base
from ...typescript.nodes import NAMES, is_a, part, part_text, plain
from ...typescript.scopes import binding_of
from ..rule import ScriptRule
from ..script import SENDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.requests import RequestObject
    from ...typescript.syntax import Node
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")


class QueryIsInParams(ScriptRule):
    """The query of a request is in ``params``, not in the endpoint.

    There it is encoded correctly, and sent for the following pages as well.
    """

    id = "P03"
    kinds: ClassVar = SENDERS

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        seen: set[int] = set()  # several requests may have one constant as endpoint
        for config in script.request_objects:
            pieces = _pieces(_endpoint(config))
            piece = next((piece for piece in pieces if "?" in script.of(piece)), None)
            if piece is not None and piece.start_byte not in seen:
                seen.add(piece.start_byte)
                message = f"{script.title} has a query in an endpoint: what follows the ? belongs in params."
                yield self.finding(script, _from_question_mark(script, piece), message)


class EndpointHasDocs(ScriptRule):
    """Directly above ``endpoint`` is a comment with the URL of its documentation.

    Readers of a request can look it up there.
    """

    id = "P04"
    kinds: ClassVar = SENDERS

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for config in script.request_objects:
            pair = config.pairs.get("endpoint")
            if not is_a(pair, "pair"):
                continue
            comments = " ".join(script.of(comment) for comment in script.comments_before(pair))
            if not re.search(r"https?://", comments):
                # Nango's lint looks at typed configs alone, and is content with most comments.
                before = pair.prev_sibling
                is_refused = config.is_typed and not is_a(before, "comment")
                message = (
                    f"{script.title} does not say where an endpoint is documented: the line above endpoint "
                    "should be a comment with the address."
                )
                level = "error" if is_refused else self.level
                yield self.finding(script, script.span(pair), message, level=level)


class EndpointIsPath(ScriptRule):
    """An endpoint is a path with a leading slash, which Nango appends to the base URL of the provider.

    It repeats nothing that the base URL ends with: from ``https://api.example.com/v1`` and ``/v1/users`` Nango would
    make ``/v1/v1/users``.
    """

    id = "P05"
    kinds: ClassVar = SENDERS

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        path = tree.base_paths.get(script.integration, "").strip("/")
        base = f"/{path}" if path else ""
        for config in script.request_objects:
            head = _head(script, _endpoint(config))
            problem = head and _problem(head, "" if _has_other_base(config) else base)
            if head and problem:
                yield self.finding(script, script.span(head.node), f"{script.title} {problem}.")


@frozen
class _Head:
    """The text that an endpoint begins with, and whether nothing follows."""

    node: Node
    text: str
    is_whole: bool


def _problem(head: _Head, base: str) -> str:
    text = head.text
    if _SCHEME.match(text):
        return (
            "has a whole URL as endpoint, where only the path belongs: another host goes into baseUrlOverride"
        )
    if text and not text.startswith(("/", "?")):
        return f"has the endpoint {text}, which should begin with a slash"
    # What follows a text that goes on, as in `/v1${path}`, may be part of its last name.
    path = text if head.is_whole else f"{text}_"
    repeated = repeated_base(path, base) if base else ""
    if repeated:
        return f"repeats {repeated} in an endpoint, which the base URL of the provider already ends with"
    return ""


def _has_other_base(config: RequestObject) -> bool:
    return config.has_spread or "baseUrlOverride" in config.pairs


def _endpoint(config: RequestObject) -> Node | None:
    """The value of the endpoint, or what a const of that name or behind it was given."""
    value = config.value("endpoint")
    if not is_a(value, *NAMES):
        return value
    binding = binding_of(value)
    return plain(binding.value) if binding is not None and binding.is_constant else None


def _pieces(node: Node | None) -> Iterator[Node]:
    """The literal pieces of text that go into a value, in the order of the text."""
    stack = [] if node is None else [node]
    while stack:
        node = stack.pop()
        if node.type == "string_fragment":
            yield node
        stack.extend(reversed(_parts(node)))


def _parts(node: Node) -> list[Node]:
    """The expressions whose text becomes part of an expression's."""
    if node.type in ("string", "template_string", "template_substitution", "parenthesized_expression"):
        return node.named_children
    if node.type == "ternary_expression":
        return node.named_children[1:]
    return node.named_children if _is_sum(node) else []


def _head(script: Script, node: Node | None) -> _Head | None:
    """What a value is known to begin with; None when it begins with something unknown."""
    is_sum = False
    while node is not None and _is_sum(node):
        node, is_sum = plain(part(node, "left")), True
    if not is_a(node, "string", "template_string"):
        return None
    first = node.named_children[0] if node.named_children else None
    if not is_a(first, "string_fragment"):
        return None
    return _Head(node, script.of(first), len(node.named_children) == 1 and not is_sum)


def _is_sum(node: Node) -> bool:
    return node.type == "binary_expression" and part_text(node, "operator") == "+"


def _from_question_mark(script: Script, piece: Node) -> tuple[int, int]:
    start, end = script.span(piece)
    return start + script.of(piece).index("?"), end
