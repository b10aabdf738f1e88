"""What a TypeScript file declares and exports, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from .nodes import FUNCTIONS, VARIABLES, is_a, part, part_text, source_text
from .syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
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
_TYPES = tuple(kind for kind, what in _KINDS.items() if what != "function")


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


@frozen
class Elsewhere:
    """The type of another file that a file exports as its own: that file as it is written, and the name there."""

    source: str
    original: str


@frozen
class TypeNames:
    """The names of types in a file.

    Attributes:
        local: those that can be used in the file: declared in any way, or imported. No other may be declared under them.
        exported: those that the file exports; each with the place it comes from, None where it is local.
        stars: what it exports all types of.
    """

    local: frozenset[str]
    exported: Mapping[str, Elsewhere | None]
    stars: tuple[str, ...]


def exports(syntax: Syntax) -> tuple[Declared, ...]:
    """What a file exports under a name of its own; a default export is here when it has one."""
    return tuple(export for statement in _export_statements(syntax) for export in _exported(statement))


def exports_all(syntax: Syntax) -> bool:
    """Whether a file also exports whatever another one does."""
    stars = (child.type == "*" for node in _export_statements(syntax) for child in node.children)
    return any(stars) or bool(syntax.nodes("namespace_export"))


def default_exports(syntax: Syntax) -> tuple[Node, ...]:
    """The nodes that make something the default export, in the order of the text."""
    return tuple(node for statement in _export_statements(syntax) for node in _defaults(statement))


def types(syntax: Syntax) -> tuple[Node, ...]:
    """The declarations of interfaces and type aliases, wherever they stand."""
    return tuple(syntax.nodes("interface_declaration", "type_alias_declaration"))


def name_of(node: Node) -> Node:
    """The node of the name of a declaration; the declaration itself when it has none."""
    return part(node, "name") or node


def top_level(syntax: Syntax) -> Iterator[tuple[Node, Node]]:
    """The declarations of a file that stand in nothing else, exported or not.

    Yields:
        The statement, with its ``export`` and ``declare``, and the declaration in it.
    """
    for statement in syntax.root.named_children:
        is_export = statement.type == "export_statement"
        declaration = part(statement, "declaration") if is_export else statement
        inner = _without_declare(declaration)
        if inner is not None:
            yield statement, inner


def variables(syntax: Syntax) -> dict[str, Node]:
    """The statements that declare a variable at the top of a file, by the name of each variable."""
    return {
        source_text(name_of(declarator)): statement
        for statement, declaration in top_level(syntax)
        if declaration.type in VARIABLES
        for declarator in declaration.named_children
        if declarator.type == "variable_declarator"
    }


def type_declarations(syntax: Syntax) -> dict[str, Node]:
    """The statements that declare a type at the top of a file, by its name; the first of each name."""
    by_name: dict[str, Node] = {}
    for statement, declaration in top_level(syntax):
        if declaration.type in _TYPES:
            by_name.setdefault(source_text(name_of(declaration)), statement)
    return by_name


def type_names(syntax: Syntax) -> TypeNames:
    """The names of the types that a file declares, imports and exports."""
    local = {name for _, declaration in top_level(syntax) for name in _local_types(declaration)}
    exported: dict[str, Elsewhere | None] = {}
    stars: list[str] = []
    for statement in _export_statements(syntax):
        source = part_text(statement, "source")[1:-1]
        exported.update(_exported_types(statement, source))
        if source and any(child.type == "*" for child in statement.children):
            stars.append(source)
    return TypeNames(frozenset(local), exported, tuple(stars))


def _without_declare(declaration: Node | None) -> Node | None:
    """What stands behind ``declare``; the declaration itself where that is missing."""
    if not is_a(declaration, "ambient_declaration"):
        return declaration
    return next(iter(declaration.named_children), None)


def _local_types(declaration: Node) -> Iterator[str]:
    """The names that a declaration or an import gives to types, or to what may be one."""
    if declaration.type in _TYPES:
        yield part_text(declaration, "name")
    elif declaration.type == "import_alias":
        yield from map(source_text, declaration.named_children[:1])
    elif declaration.type == "import_statement":
        yield from map(source_text, _imported_names(declaration))


def _imported_names(statement: Node) -> Iterator[Node]:
    kinds = ("import_specifier", "import_clause", "namespace_import", "import_require_clause")
    for node in walk(statement, *kinds):
        if node.type == "import_specifier":
            yield part(node, "alias") or name_of(node)
        else:
            # The name of a default import, of `* as name`, of `name = require(...)` stands first.
            yield from (child for child in node.named_children[:1] if child.type == "identifier")


def _exported_types(statement: Node, source: str) -> Iterator[tuple[str, Elsewhere | None]]:
    declaration = part(statement, "declaration")
    is_default = any(child.type == "default" for child in statement.children)
    inner = _without_declare(declaration)
    # A default export has no name that another file could import the type under.
    if inner is not None and not is_default:
        yield from dict.fromkeys(_local_types(inner)).items()
    if declaration is not None:
        return
    for specifier in walk(statement, "export_specifier"):
        original = source_text(name_of(specifier))
        name = part_text(specifier, "alias") or original
        yield name, Elsewhere(source, original) if source else None
    for namespace in walk(statement, "namespace_export"):
        yield source_text(namespace.named_children[-1]), Elsewhere(source, "*")


def _export_statements(syntax: Syntax) -> Iterator[Node]:
    return (node for node in syntax.root.children if node.type == "export_statement")


def _exported(statement: Node) -> Iterator[Declared]:
    declaration = part(statement, "declaration")
    if declaration is not None:
        yield from _declarations(declaration)
        return
    for specifier in walk(statement, "export_specifier"):
        node = part(specifier, "alias") or name_of(specifier)
        yield Declared(source_text(node), node, "name")


def _declarations(declaration: Node) -> Iterator[Declared]:
    if declaration.type in VARIABLES:
        for declarator in (node for node in declaration.children if node.type == "variable_declarator"):
            value, name = part(declarator, "value"), name_of(declarator)
            is_function = is_a(value, *FUNCTIONS)
            yield Declared(source_text(name), name, "function" if is_function else "value")
    elif declaration.type in _KINDS:
        name = name_of(declaration)
        yield Declared(source_text(name), name, _KINDS[declaration.type])


def _defaults(statement: Node) -> Iterator[Node]:
    if any(child.type == "default" for child in statement.children):
        yield statement
    elif part(statement, "declaration") is None:
        for specifier in walk(statement, "export_specifier"):
            if source_text(part(specifier, "alias") or name_of(specifier)) == "default":
                yield specifier
