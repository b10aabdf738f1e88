"""A TypeScript file: what it imports, exports and declares, and what it does with its names."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..frozen import frozen
from .client_calls import client_call
from .declarations import default_exports
from .nodes import FUNCTIONS, called, comments_before, inside, is_a, part, part_text, source_text, unspaced
from .requests import configs, request_objects
from .syntax import syntax_of, walk

if TYPE_CHECKING:
    from .client_calls import Call
    from .requests import Config, RequestObject
    from .syntax import Node, Span, Syntax

_MAIN = ("function_declaration", "arrow_function", "function_expression", "method_definition")
_VALUES = ("identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern")
_IN_TYPES = ("type_query", "nested_type_identifier")


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
class Uses:
    """The names in a file, its imports left out.

    Attributes:
        types: those that are used, or declared, as types.
        values: those that are used, or stand for something, as values.
    """

    types: frozenset[str]
    values: frozenset[str]


class SourceFile:
    """A TypeScript file."""

    text: str

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def syntax(self) -> Syntax:
        """Its syntax tree."""
        return syntax_of(self.text)

    def of(self, node: Node | None) -> str:
        """What a node was written as; empty for no node."""
        return self.syntax.text(node)

    def span(self, node: Node) -> Span:
        """Where a node stands, in characters."""
        return self.syntax.span(node)

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """Its import declarations."""
        return tuple(map(_import, self.syntax.nodes("import_statement")))

    def import_of(self, name: str) -> tuple[Import, str] | None:
        """The import that binds a name, and what that is called where it comes from; None when none does."""
        for imported in self.imports:
            if name in imported.names:
                return imported, imported.originals[imported.names.index(name)]
        return None

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """What its imports and exports name as the place that something comes from, in the order of the text."""
        nodes = (part(node, "source") for node in self.syntax.root.children)
        return tuple(source_text(node)[1:-1] for node in nodes if node is not None)

    @cached_property
    def uses(self) -> Uses:
        """How it uses the names it has."""
        return uses_of(self.syntax)

    def calls_of(self, function: str) -> list[Node]:
        """The calls of a function by its name, such as ``createSync`` or ``z.object``, in the order of the text."""
        calls = self.syntax.nodes("call_expression")
        return [call for call in calls if _is_named(called(call), function)]

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """All calls of methods of ``nango``, in the order of the text."""
        return tuple(call for node in self.syntax.nodes("call_expression") if (call := client_call(node)))

    @property
    def requests(self) -> tuple[Call, ...]:
        """Those calls that send a request to the provider."""
        return tuple(call for call in self.calls if call.is_request)

    def calls_in(self, node: Node) -> tuple[Call, ...]:
        """The calls of methods of ``nango`` in a node."""
        return tuple(call for call in self.calls if inside(call.node, node))

    @cached_property
    def configs(self) -> tuple[Config, ...]:
        """Its ``ProxyConfiguration`` variables, in the order of the text."""
        return configs(self.syntax)

    @cached_property
    def request_objects(self) -> tuple[RequestObject, ...]:
        """The objects that say what its requests ask for; see `requests.request_objects`."""
        return request_objects(self.syntax, self.requests)

    @cached_property
    def default_export(self) -> Node | None:
        """The first ``export default``; None when there is none."""
        statements = (node for node in default_exports(self.syntax) if node.type == "export_statement")
        return next(statements, None)

    @cached_property
    def main(self) -> Node | None:
        """The function that is the default export; None when that is something else, or missing."""
        export = self.default_export
        if export is None:
            return None
        node = part(export, "declaration") or part(export, "value")
        return node if is_a(node, *_MAIN) else None

    @cached_property
    def functions(self) -> dict[str, Node]:
        """Its functions that have a name, arrow functions in variables included; the first of each name."""
        functions: dict[str, Node] = {}
        for node in self.syntax.nodes(*FUNCTIONS, "variable_declarator"):
            value = part(node, "value") if node.type == "variable_declarator" else node
            name = part_text(node, "name")
            if name and is_a(value, *FUNCTIONS):
                functions.setdefault(name, value)
        return functions

    @cached_property
    def comments(self) -> tuple[Node, ...]:
        """Its comments, in the order of the text."""
        return tuple(self.syntax.nodes("comment"))

    def comments_before(self, node: Node) -> tuple[Node, ...]:
        """The comments between a node and what comes before it among its siblings; see `nodes.comments_before`."""
        return comments_before(node)


def _is_named(function: Node | None, name: str) -> bool:
    """Whether a function is written as a name, blanks aside; texts of long chains are not looked at."""
    is_short = function is not None and function.end_byte - function.start_byte <= 2 * len(name)
    return is_short and unspaced(function) == name


def _import(node: Node) -> Import:
    source = part_text(node, "source")[1:-1]
    is_type = any(child.type == "type" for child in node.children)
    names: list[str] = []
    originals: list[str] = []
    for clause in (child for child in node.children if child.type == "import_clause"):
        # The identifiers in specifiers come by as well: only one that stands in the clause itself is a default import.
        for child in walk(clause, "identifier", "namespace_import", "import_specifier"):
            if child.type == "import_specifier":
                name, alias = part(child, "name"), part(child, "alias")
                names.append(source_text(alias or name))
                originals.append(source_text(name))
            elif child.type == "namespace_import":
                names.append(source_text(child.children[-1]))
                originals.append("*")
            elif child.parent == clause:
                names.append(source_text(child))
                originals.append("default")
    return Import(node, source, is_type, tuple(names), tuple(originals))


def uses_of(syntax: Syntax) -> Uses:
    """How a file uses its names."""
    as_types, as_values = set[str](), set[str]()
    # Behind `typeof` in a type, and before the dot of `React.Node`, the grammar has the nodes of values.
    stack = [(syntax.root, False)]
    while stack:
        node, in_types = stack.pop()
        if node.type == "type_identifier" or (in_types and node.type in _VALUES):
            as_types.add(syntax.text(node))
        elif node.type in _VALUES:
            as_values.add(syntax.text(node))
        in_types = in_types or node.type in _IN_TYPES
        stack.extend((child, in_types) for child in node.children if child.type != "import_statement")
    return Uses(frozenset(as_types), frozenset(as_values))
