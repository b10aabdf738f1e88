"""The objects in a script that say what a request asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from .client_calls import is_config
from .nodes import is_a, part, part_text, plain, source_text
from .scopes import binding_of
from .values import ObjectLiteral, object_literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .client_calls import Call
    from .syntax import Node, Syntax


@frozen
class RequestObject:
    """An object literal that a request is sent with.

    Attributes:
        literal: the object.
        name: of the variable that holds it; empty for one that stands in the call.
        is_typed: whether the variable is declared a ``ProxyConfiguration``.
    """

    literal: ObjectLiteral
    name: str
    is_typed: bool

    @property
    def node(self) -> Node:
        """The node of the literal."""
        return self.literal.node

    @property
    def pairs(self) -> dict[str, Node]:
        """The nodes of its own ``key: value`` by key, shorthand ones included."""
        return self.literal.pairs

    @property
    def has_spread(self) -> bool:
        """Whether it takes in what another object holds."""
        return self.literal.has_spread

    def value(self, key: str) -> Node | None:
        """The value of a pair, without parentheses and casts; None when it is not there."""
        return self.literal.value(key)


@frozen
class Config:
    """A variable that is declared a ``ProxyConfiguration``.

    Attributes:
        node: its declarator.
        name: of the variable.
        properties: the nodes of the object's own pairs by key; a shorthand property and a spread are not among them.
    """

    node: Node
    name: str
    properties: dict[str, Node]

    def value(self, key: str) -> Node | None:
        """The value of a property; None when it is not there."""
        pair = self.properties.get(key)
        return part(pair, "value")


def configs(syntax: Syntax) -> tuple[Config, ...]:
    """The ``ProxyConfiguration`` variables of a script, in the order of the text."""
    return tuple(_config(node) for node in syntax.nodes("variable_declarator") if is_config(node))


def request_objects(syntax: Syntax, calls: Iterable[Call]) -> tuple[RequestObject, ...]:
    """The objects of a script that requests are sent with: typed configs, and what goes into calls without a type.

    Returns:
        The objects in the order of the text.
    """
    by_place: dict[int, RequestObject] = {}
    # One object may be sent by several calls, and a typed one comes first.
    for request in _objects(syntax, calls):
        by_place.setdefault(request.node.start_byte, request)
    return tuple(by_place[start] for start in sorted(by_place))


def request_object(call: Call) -> RequestObject | None:
    """What a call sends a request with, where that is an object literal: its own, or that of its variable."""
    declared = declaration(call)
    if declared is not None:
        name = part_text(declared, "name")
        return _request_object(part(declared, "value"), name, is_config(declared))
    return _request_object(call.arguments[0], "", False) if call.arguments else None


def declaration(call: Call) -> Node | None:
    """Where the variable that a request is sent with is declared in the same script; None when it is not plain."""
    argument = call.arguments[0] if call.arguments else None
    if not is_a(argument, "identifier"):
        return None
    binding = binding_of(argument)
    return binding.node if binding is not None and binding.kind == "variable" and binding.is_whole else None


def assigned_objects(syntax: Syntax, declarator: Node) -> Iterator[Node]:
    """The object literals that a variable is given after its declaration."""
    name = part_text(declarator, "name")
    for node in syntax.nodes("assignment_expression") if name else ():
        left, value = part(node, "left"), plain(part(node, "right"))
        if left is None or not is_a(value, "object") or source_text(left) != name:
            continue
        # Another variable of this name may be meant, in another scope.
        binding = binding_of(left)
        if binding is not None and binding.node == declarator:
            yield value


def _objects(syntax: Syntax, calls: Iterable[Call]) -> Iterator[RequestObject]:
    for config in configs(syntax):
        yield from _of_variable(syntax, config.node, is_typed=True)
    for call in calls:
        declared = declaration(call)
        if declared is not None:
            yield from _of_variable(syntax, declared, is_typed=False)
        elif (request := request_object(call)) is not None:
            yield request


def _of_variable(syntax: Syntax, declarator: Node, *, is_typed: bool) -> Iterator[RequestObject]:
    name = part_text(declarator, "name")
    for value in (part(declarator, "value"), *assigned_objects(syntax, declarator)):
        request = _request_object(value, name, is_typed)
        if request is not None:
            yield request


def _request_object(node: Node | None, name: str, is_typed: bool) -> RequestObject | None:
    literal = object_literal(node)
    return RequestObject(literal, name, is_typed) if literal is not None else None


def _config(node: Node) -> Config:
    literal = object_literal(part(node, "value"))
    pairs = {key: pair for key, pair in literal.pairs.items() if pair.type == "pair"} if literal else {}
    return Config(node, part_text(node, "name"), pairs)
