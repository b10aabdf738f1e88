"""A TypeScript file of an integration, and what rules ask of it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..typescript.syntax import Syntax, walk
from ..typescript.uses import Uses, uses_of
from .requests import request_objects
from .shape import named_functions
from .values import possible_texts

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    from ..typescript.syntax import Node, Span
    from .entries import Entry
    from .requests import RequestObject

    Kind: TypeAlias = 'Literal["sync", "action", "on-event", "mapper", "types", "helper"]'

REQUESTS = ("get", "post", "put", "patch", "delete", "proxy", "paginate")
"""The methods of ``nango`` that send a request."""

_FOLDERS: dict[str, Kind] = {
    "syncs": "sync",
    "actions": "action",
    "on-events": "on-event",
    "post-connection-scripts": "on-event",
    "mappers": "mapper",
}
_FUNCTIONS = ("function_declaration", "arrow_function", "function_expression", "method_definition")


def kind_of(path: str) -> Kind | None:
    """What a file of an integration is, by its path below the folder of nango.yaml; None for none that rules look at."""
    parts = path.split("/")
    if not path.endswith(".ts") or path.endswith((".d.ts", ".test.ts")) or len(parts) < 2:
        return None
    if len(parts) == 3 and parts[1] in _FOLDERS:
        return _FOLDERS[parts[1]]
    if parts[1:] == ["types.ts"]:
        return "types"
    return None if parts[1] in ("tests", "mocks", "fixtures") else "helper"


@frozen
class Import:
    """An import declaration.

    Attributes:
        node: its node.
        source: what it imports from.
        is_type: whether the whole declaration is one of types.
        names: what it binds here.
        originals: what those are called where they come from: ``default`` and ``*`` included.
    """

    node: Node
    source: str
    is_type: bool
    names: tuple[str, ...]
    originals: tuple[str, ...]


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
        """What is called, such as ``nango.get``; the grammar reads ``await f<T>(x)`` as ``(await f)<T>(x)``."""
        function = self.node.child_by_field_name("function")
        is_await = function is not None and function.type == "await_expression"
        return function.children[-1] if function is not None and is_await else function

    @property
    def is_awaited(self) -> bool:
        """Whether ``await`` stands right before it."""
        function = self.node.child_by_field_name("function")
        parent = self.node.parent
        nodes = (function, parent)
        return any(node is not None and node.type == "await_expression" for node in nodes)


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
        return pair.child_by_field_name("value") if pair is not None else None


@frozen
class Script:
    """A TypeScript file.

    Attributes:
        path: posix, below the folder of nango.yaml.
        text: what it holds.
        integration: the key of its integration.
        kind: what it is, by its place.
        entry: its sync or action in nango.yaml; None when that has none.
    """

    path: str
    text: str
    integration: str
    kind: Kind
    entry: Entry | None

    @cached_property
    def syntax(self) -> Syntax:
        """Its syntax tree."""
        return Syntax(self.text)

    def of(self, node: Node | None) -> str:
        """What a node was written as; empty for no node."""
        return self.syntax.text(node)

    def span(self, node: Node) -> Span:
        """Where a node stands, in characters."""
        return self.syntax.span(node)

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """Its import declarations."""
        return tuple(self._import(node) for node in walk(self.syntax.root, "import_statement"))

    @cached_property
    def uses(self) -> Uses:
        """How it uses the names it has."""
        return uses_of(self.syntax)

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """All calls of methods of ``nango``, in the order of the text."""
        return tuple(call for node in walk(self.syntax.root, "call_expression") if (call := self._call(node)))

    @property
    def requests(self) -> tuple[Call, ...]:
        """Those calls that send a request to the provider."""
        return tuple(call for call in self.calls if call.method in REQUESTS)

    @cached_property
    def configs(self) -> tuple[Config, ...]:
        """Its ``ProxyConfiguration`` variables, in the order of the text."""
        return tuple(
            self._config(node)
            for node in walk(self.syntax.root, "variable_declarator")
            if re.fullmatch(r":\s*ProxyConfiguration", self.of(node.child_by_field_name("type")))
        )

    @cached_property
    def request_objects(self) -> tuple[RequestObject, ...]:
        """The objects that say what its requests ask for; see `requests.request_objects`."""
        return request_objects(self)

    @cached_property
    def main(self) -> Node | None:
        """The function that is the default export; None when that is something else, or missing."""
        for export in walk(self.syntax.root, "export_statement"):
            if any(child.type == "default" for child in export.children):
                node = export.child_by_field_name("declaration") or export.child_by_field_name("value")
                return node if node is not None and node.type in _FUNCTIONS else None
        return None

    @cached_property
    def functions(self) -> dict[str, Node]:
        """Its functions that have a name; see `named_functions`."""
        return named_functions(self)

    @cached_property
    def comments(self) -> tuple[Node, ...]:
        """Its comments, in the order of the text."""
        return tuple(walk(self.syntax.root, "comment"))

    def comments_before(self, node: Node) -> tuple[Node, ...]:
        """The comments between a node and what comes before it among its siblings, in the order of the text.

        One that stands on the line where the former sibling ends belongs to that one.
        """
        found: list[Node] = []
        one = node.prev_sibling
        while one is not None and one.type == "comment":
            found.append(one)
            one = one.prev_sibling
        row = one.end_point[0] if one is not None and one.type in (",", ";") else -1
        return tuple(comment for comment in reversed(found) if comment.start_point[0] != row)

    def _import(self, node: Node) -> Import:
        source = self.of(node.child_by_field_name("source"))[1:-1]
        is_type = any(child.type == "type" for child in node.children)
        names: list[str] = []
        originals: list[str] = []
        for clause in (child for child in node.children if child.type == "import_clause"):
            for child in clause.children:
                if child.type == "identifier":
                    names.append(self.of(child))
                    originals.append("default")
            for child in walk(clause, "namespace_import"):
                names.append(self.of(child.children[-1]))
                originals.append("*")
            for child in walk(clause, "import_specifier"):
                name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
                names.append(self.of(alias or name))
                originals.append(self.of(name))
        return Import(node, source, is_type, tuple(names), tuple(originals))

    def _call(self, node: Node) -> Call | None:
        function = node.child_by_field_name("function")
        if function is not None and function.type == "await_expression":
            function = function.children[-1]  # the grammar reads ``await f<T>(x)`` as ``(await f)<T>(x)``
        if function is None or function.type not in ("member_expression", "subscript_expression"):
            return None
        if self.of(function.child_by_field_name("object")) != "nango":
            return None
        method = self._method(function, node)
        if not method:
            return None
        types = node.child_by_field_name("type_arguments")
        arguments = node.child_by_field_name("arguments")
        return Call(
            node,
            method,
            tuple(self.of(one) for one in types.named_children) if types else (),
            tuple(one for one in arguments.named_children if one.type != "comment") if arguments else (),
        )

    def _method(self, function: Node, call: Node) -> str:
        """The method that is called; ``proxy`` for ``nango[method]`` that is a request in any case; empty if unknown."""
        index = function.child_by_field_name("index")
        if index is None:
            return self.of(function.child_by_field_name("property"))
        names = possible_texts(self, index)
        if len(names) == 1:
            return names.pop()
        sent = call.child_by_field_name("arguments")
        first = sent.named_children[:1] if sent is not None else []
        is_config = self.of(first[0]) in {one.name for one in self.configs} if first else False
        return "proxy" if is_config or (names and names.issubset(REQUESTS)) else ""

    def _config(self, node: Node) -> Config:
        value = node.child_by_field_name("value")
        pairs = [] if value is None or value.type != "object" else value.named_children
        properties = {
            self.of(pair.child_by_field_name("key")).strip("'\""): pair
            for pair in pairs
            if pair.type == "pair"
        }
        return Config(node, self.of(node.child_by_field_name("name")), properties)
