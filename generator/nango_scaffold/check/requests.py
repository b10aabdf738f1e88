"""The objects in a script that say what a request asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..typescript.syntax import walk
from .scopes import binding_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..typescript.syntax import Node
    from .script import Call, Script

SCRIPTS = ("sync", "action", "on-event", "helper", "mapper")
"""The kinds of scripts that may send a request."""


@frozen
class RequestObject:
    """An object literal that a request is sent with.

    Attributes:
        node: the literal.
        name: of the variable that holds it; empty for one that stands in the call.
        is_typed: whether the variable is declared a ``ProxyConfiguration``.
        pairs: the nodes of its own ``key: value`` by key, shorthand ones included.
        has_spread: whether it takes in what another object holds.
    """

    node: Node
    name: str
    is_typed: bool
    pairs: dict[str, Node]
    has_spread: bool

    def value(self, key: str) -> Node | None:
        """The value of a pair, without parentheses and casts; None when it is not there."""
        pair = self.pairs.get(key)
        if pair is None or pair.type != "pair":
            return pair  # a shorthand one is its own value
        return plain(pair.child_by_field_name("value"))


def request_objects(script: Script) -> tuple[RequestObject, ...]:
    """Those of a script, in the order of the text: typed configs, and what goes into calls without a type."""
    found: dict[int, RequestObject] = {}
    for one in _objects(script):
        found.setdefault(one.node.start_byte, one)  # first what has a type
    return tuple(found[start] for start in sorted(found))


def assigned_objects(script: Script, declarator: Node) -> Iterator[Node]:
    """The object literals that a variable is given after its declaration."""
    name = declarator.child_by_field_name("name")
    for node in walk(script.syntax.root, "assignment_expression") if name is not None else ():
        left, value = node.child_by_field_name("left"), plain(node.child_by_field_name("right"))
        if left is None or value is None or value.type != "object" or script.of(left) != script.of(name):
            continue
        binding = binding_of(script, left)
        if binding is not None and binding.node == declarator:
            yield value


def request_object(script: Script, call: Call) -> RequestObject | None:
    """What a call sends a request with, where that is an object literal: its own, or that of its variable."""
    declared = declaration(script, call)
    if declared is not None:
        name = script.of(declared.child_by_field_name("name"))
        is_typed = any(one.node == declared for one in script.configs)
        return _object(script, declared.child_by_field_name("value"), name, is_typed)
    return _object(script, call.arguments[0], "", False) if call.arguments else None


def declaration(script: Script, call: Call) -> Node | None:
    """Where the variable that a request is sent with is declared in the same script; None when it is not plain."""
    given = call.arguments[0] if call.arguments else None
    if given is None or given.type != "identifier":
        return None
    binding = binding_of(script, given)
    return binding.node if binding is not None and binding.kind == "variable" and binding.is_whole else None


def _objects(script: Script) -> Iterator[RequestObject]:
    for config in script.configs:
        value = config.node.child_by_field_name("value")
        for one in (value, *assigned_objects(script, config.node)):
            yield from _found(_object(script, one, config.name, True))
    for call in script.requests:
        yield from _found(request_object(script, call))
        declared = declaration(script, call)
        if declared is not None:
            name = script.of(declared.child_by_field_name("name"))
            for one in assigned_objects(script, declared):
                yield from _found(_object(script, one, name, False))


def _found(one: RequestObject | None) -> Iterator[RequestObject]:
    if one is not None:
        yield one


def _object(script: Script, node: Node | None, name: str, is_typed: bool) -> RequestObject | None:
    node = plain(node)
    if node is None or node.type != "object":
        return None
    pairs: dict[str, Node] = {}
    for child in node.named_children:
        if child.type in ("pair", "shorthand_property_identifier"):
            pairs[script.of(child.child_by_field_name("key") or child).strip("'\"")] = child
    has_spread = any(child.type == "spread_element" for child in node.named_children)
    return RequestObject(node, name, is_typed, pairs, has_spread)
