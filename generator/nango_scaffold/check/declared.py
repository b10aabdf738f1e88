"""What a TypeScript file declares and exports, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from .syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal, TypeAlias

    from .script import Script
    from .syntax import Node

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


def exports(script: Script) -> tuple[Declared, ...]:
    """What a file exports under a name of its own; a default export is here when it has one."""
    return tuple(one for statement in _export_statements(script) for one in _exported(script, statement))


def exports_all(script: Script) -> bool:
    """Whether a file also exports whatever another one does."""
    return any(
        child.type == "*" for statement in _export_statements(script) for child in statement.children
    ) or any(walk(script.syntax.root, "namespace_export"))


def default_exports(script: Script) -> tuple[Node, ...]:
    """The nodes that make something the default export, in the order of the text."""
    return tuple(node for statement in _export_statements(script) for node in _defaults(script, statement))


def types(script: Script) -> tuple[Node, ...]:
    """The declarations of interfaces and type aliases, wherever they stand."""
    return tuple(walk(script.syntax.root, "interface_declaration", "type_alias_declaration"))


def name_of(node: Node) -> Node:
    """The node of the name of a declaration; the declaration itself when it has none."""
    return node.child_by_field_name("name") or node


def _export_statements(script: Script) -> Iterator[Node]:
    return (node for node in script.syntax.root.children if node.type == "export_statement")


def _exported(script: Script, statement: Node) -> Iterator[Declared]:
    declaration = statement.child_by_field_name("declaration")
    if declaration is not None:
        yield from _declarations(script, declaration)
    for specifier in walk(statement, "export_specifier") if declaration is None else ():
        node = specifier.child_by_field_name("alias") or name_of(specifier)
        yield Declared(script.of(node), node, "name")


def _declarations(script: Script, declaration: Node) -> Iterator[Declared]:
    if declaration.type in _VARIABLES:
        for declarator in (node for node in declaration.children if node.type == "variable_declarator"):
            value, name = declarator.child_by_field_name("value"), name_of(declarator)
            is_function = value is not None and value.type in _FUNCTIONS
            yield Declared(script.of(name), name, "function" if is_function else "value")
    elif declaration.type in _KINDS:
        name = name_of(declaration)
        yield Declared(script.of(name), name, _KINDS[declaration.type])


def _defaults(script: Script, statement: Node) -> Iterator[Node]:
    if any(child.type == "default" for child in statement.children):
        yield statement
    elif statement.child_by_field_name("declaration") is None:
        for specifier in walk(statement, "export_specifier"):
            node = specifier.child_by_field_name("alias") or name_of(specifier)
            if script.of(node) == "default":
                yield specifier
