"""What a TypeScript file declares and exports, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from .syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal, TypeAlias

    from .syntax import Node, Syntax

    What: TypeAlias = 'Literal["function", "type", "value", "name"]'

_KINDS: dict[str, What] = {
    "function_declaration": "function",
    "generator_function_declaration": "function",
    "interface_declaration": "type",
    "type_alias_declaration": "type",
    "enum_declaration": "type",
    "class_declaration": "value",
    "abstract_class_declaration": "value",
}
_VARIABLES = ("lexical_declaration", "variable_declaration")
_FUNCTIONS = ("arrow_function", "function_expression")


@frozen
class Declared:
    """Something with a name.

    Attributes:
        name: what it is called.
        node: the node of the name.
        what: which of them; ``name`` where that is said elsewhere, as in ``export { x }``.
    """

    name: str
    node: Node
    what: What


def exports(syntax: Syntax) -> tuple[Declared, ...]:
    """What a file exports under a name of its own; a default export is here when it has one."""
    return tuple(one for statement in _export_statements(syntax) for one in _exported(syntax, statement))


def exports_all(syntax: Syntax) -> bool:
    """Whether a file also exports whatever another one does."""
    return any(
        child.type == "*" for statement in _export_statements(syntax) for child in statement.children
    ) or any(walk(syntax.root, "namespace_export"))


def default_exports(syntax: Syntax) -> tuple[Node, ...]:
    """The nodes that make something the default export, in the order of the text."""
    return tuple(node for statement in _export_statements(syntax) for node in _defaults(syntax, statement))


def types(syntax: Syntax) -> tuple[Node, ...]:
    """The declarations of interfaces and type aliases, wherever they stand."""
    return tuple(walk(syntax.root, "interface_declaration", "type_alias_declaration"))


def name_of(node: Node) -> Node:
    """The node of the name of a declaration; the declaration itself when it has none."""
    return node.child_by_field_name("name") or node


def _export_statements(syntax: Syntax) -> Iterator[Node]:
    return (node for node in syntax.root.children if node.type == "export_statement")


def _exported(syntax: Syntax, statement: Node) -> Iterator[Declared]:
    declaration = statement.child_by_field_name("declaration")
    if declaration is not None:
        yield from _declarations(syntax, declaration)
    for specifier in walk(statement, "export_specifier") if declaration is None else ():
        node = specifier.child_by_field_name("alias") or name_of(specifier)
        yield Declared(syntax.text(node), node, "name")


def _declarations(syntax: Syntax, declaration: Node) -> Iterator[Declared]:
    if declaration.type in _VARIABLES:
        for declarator in (node for node in declaration.children if node.type == "variable_declarator"):
            value, name = declarator.child_by_field_name("value"), name_of(declarator)
            is_function = value is not None and value.type in _FUNCTIONS
            yield Declared(syntax.text(name), name, "function" if is_function else "value")
    elif declaration.type in _KINDS:
        name = name_of(declaration)
        yield Declared(syntax.text(name), name, _KINDS[declaration.type])


def _defaults(syntax: Syntax, statement: Node) -> Iterator[Node]:
    if any(child.type == "default" for child in statement.children):
        yield statement
    elif statement.child_by_field_name("declaration") is None:
        for specifier in walk(statement, "export_specifier"):
            node = specifier.child_by_field_name("alias") or name_of(specifier)
            if syntax.text(node) == "default":
                yield specifier
