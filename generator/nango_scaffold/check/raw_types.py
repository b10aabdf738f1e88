"""What types.ts says of a value: the type of a field, some members deep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..typescript.nodes import part, part_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..typescript.syntax import Node
    from .script import Script
    from .tree import Tree

_DECLARATIONS = ("interface_declaration", "type_alias_declaration")
_NOTHING = ("null", "undefined")
_DEPTH = 12  # types may be declared in a circle


@frozen
class Type:
    """A type as written, and the file whose names it uses; ``is_optional`` for that of a field with a question mark."""

    node: Node
    script: Script
    is_optional: bool = False

    @property
    def text(self) -> str:
        """As written."""
        return self.script.of(self.node)


def alternatives(type_: Type, tree: Tree, depth: int = _DEPTH) -> Iterator[Type]:
    """What a union may be, aliases resolved; a type that is no union is its own only one."""
    if depth and type_.node.type in ("union_type", "parenthesized_type"):
        for child in type_.node.named_children:
            yield from alternatives(Type(child, type_.script), tree, depth - 1)
        return
    declared = _declared_as(type_, tree)
    value = part(declared.node, "value") if declared is not None else None
    if depth and declared is not None and value is not None:
        yield from alternatives(Type(value, declared.script), tree, depth - 1)
    else:
        yield type_


def field_of(type_: Type, name: str, tree: Tree, depth: int = _DEPTH) -> Type | None:
    """The type of a field of a type, where that is null or missing left aside; None when one cannot tell."""
    # Of a union of several shapes no field is certain.
    kinds = [kind for kind in alternatives(type_, tree) if kind.text not in _NOTHING]
    if len(kinds) != 1 or not depth:
        return None
    kind = kinds[0]
    if kind.node.type == "intersection_type":
        return _in_any(kind.node.named_children, kind.script, name, tree, depth - 1)
    declared = _declared_as(kind, tree)
    if declared is not None:
        return _in_interface(declared, name, tree, depth - 1)
    return _in_body(kind, name) if kind.node.type == "object_type" else None


def _in_any(nodes: list[Node], script: Script, name: str, tree: Tree, depth: int) -> Type | None:
    """The type of a field in the first of several types that has it."""
    types = (field_of(Type(node, script), name, tree, depth) for node in nodes)
    return next((type_ for type_ in types if type_ is not None), None)


def _in_interface(declared: Type, name: str, tree: Tree, depth: int) -> Type | None:
    body = part(declared.node, "body")
    own = _in_body(Type(body, declared.script), name) if body is not None else None
    if own is not None:
        return own
    clauses = (child for child in declared.node.named_children if child.type == "extends_type_clause")
    parents = [parent for clause in clauses for parent in clause.named_children]
    return _in_any(parents, declared.script, name, tree, depth)


def _declared_as(type_: Type, tree: Tree) -> Type | None:
    """The declaration of a type that is written as a name."""
    return _declared(type_.script, type_.text, tree) if type_.node.type == "type_identifier" else None


def _in_body(body: Type, name: str) -> Type | None:
    for field in body.node.named_children:
        key, annotation = part(field, "name"), part(field, "type")
        if field.type != "property_signature" or annotation is None or not annotation.named_children:
            continue
        if body.script.of(key).strip("'\"") == name:
            is_optional = any(child.type == "?" for child in field.children)
            return Type(annotation.named_children[0], body.script, is_optional)
    return None


def _declared(script: Script, name: str, tree: Tree) -> Type | None:
    """Where a type is declared: in the file, or in one that it is imported from."""
    for node in script.syntax.root.children:
        inner = part(node, "declaration") if node.type == "export_statement" else node
        if inner is not None and _declares(inner, name):
            return Type(inner, script)
    for imported in script.imports:
        other = tree.imported_script(script, imported.source) if name in imported.names else None
        if other is not None and other is not script:
            return _declared(other, imported.originals[imported.names.index(name)], tree)
    return None


def _declares(node: Node, name: str) -> bool:
    """Whether a node declares a type of a name, one without parameters."""
    if node.type not in _DECLARATIONS or part(node, "type_parameters") is not None:
        return False
    return part_text(node, "name") == name
