"""The calls of methods of ``nango`` in a script: what is called, and with which types and arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from .nodes import arguments, called, first_argument, is_a, part, part_text, plain, source_text
from .scopes import binding_of
from .values import possible_texts

if TYPE_CHECKING:
    from .syntax import Node

REQUESTS = ("get", "post", "put", "patch", "delete", "proxy", "paginate")
"""The methods of ``nango`` that send a request."""

_CLIENT = "nango"
_CONFIG_TYPE = "ProxyConfiguration"


@frozen
class Call:
    """A call of a method of ``nango``.

    Attributes:
        node: the call.
        method: such as ``get`` or ``batchSave``.
        types: its type arguments, as written.
        arguments: the nodes of its arguments.
    """

    node: Node
    method: str
    types: tuple[str, ...]
    arguments: tuple[Node, ...]

    @property
    def function(self) -> Node | None:
        """What is called, such as ``nango.get``."""
        return called(self.node)

    @property
    def is_request(self) -> bool:
        """Whether it sends a request to the provider."""
        return self.method in REQUESTS

    @property
    def is_awaited(self) -> bool:
        """Whether ``await`` stands right before it."""
        # For the grammar, `await` is part of what is called where type arguments follow: `await nango.get<T>(config)`.
        nodes = (part(self.node, "function"), self.node.parent)
        return any(is_a(node, "await_expression") for node in nodes)


def client_call(node: Node) -> Call | None:
    """A call expression as a call of a method of ``nango``; None when it is none, or it is unknown which."""
    function = called(node)
    if not is_a(function, "member_expression", "subscript_expression"):
        return None
    # By its name alone: a helper may take it with a type of its own, or with none.
    if source_text(plain(part(function, "object"))) != _CLIENT:
        return None
    method = _method(function, node)
    if not method:
        return None
    types = part(node, "type_arguments")
    type_texts = tuple(map(source_text, types.named_children)) if types is not None else ()
    return Call(node, method, type_texts, tuple(arguments(node)))


def is_config(declarator: Node) -> bool:
    """Whether a variable is declared a ``ProxyConfiguration``."""
    annotation = part(declarator, "type")
    return source_text(annotation).removeprefix(":").strip() == _CONFIG_TYPE


def _method(function: Node, call: Node) -> str:
    """The method that is called; ``proxy`` for ``nango[method]`` that is a request in any case; empty if unknown."""
    index = part(function, "index")
    if index is None:
        return part_text(function, "property")
    names = possible_texts(index)  # of `nango[method](config)`
    if len(names) == 1:
        return names.pop()
    is_request = bool(names) and names.issubset(REQUESTS)
    return "proxy" if is_request or _takes_config(call) else ""


def _takes_config(call: Node) -> bool:
    first = first_argument(call)
    binding = binding_of(first)
    return binding is not None and binding.kind == "variable" and is_config(binding.node)
