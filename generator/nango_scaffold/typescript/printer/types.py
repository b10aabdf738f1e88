"""Declarations of types laid out as prettier 3.3 does it, from tree-sitter's nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..nodes import source_text
from .layout import Doc, aligned, concat, group, hardline, if_break, indented, join, line, softline
from .parse_expressions import field_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..syntax import Node

_NOTHING = ("null", "void")
_PREDEFINED_NAMES = ("ArrayBuffer", "bigint")


def interface(node: Node, exported: str) -> Doc:
    """The document of an interface; ``exported`` is what stands before it."""
    return concat(
        f"{exported}interface {source_text(field_of(node, 'name'))} ", _body(field_of(node, "body"))
    )


def type_alias(node: Node, exported: str) -> Doc:
    """The document of a type alias; ``exported`` is what stands before it."""
    value = field_of(node, "value")
    left, doc = f"{exported}type {source_text(field_of(node, 'name'))} =", type_doc(value)
    # Of all types only a string alone goes to a line of its own when it is too wide.
    if value.named_children and value.named_children[0].type == "string":
        return concat(group(left, group(indented(line, doc))), ";")
    return concat(left, " ", doc, ";")


def type_doc(node: Node) -> Doc:
    """The document of a type; objects have one field a line."""
    if node.type == "array_type":
        return concat(_operand(node.named_children[0]), "[]")
    if node.type == "object_type":
        return _body(node)
    if node.type == "union_type":
        return group(_union([*_members(node)]))
    return _record(node) if _is_record(node) else source_text(node)


def _operand(node: Node) -> Doc:
    """A type as part of another one; what stands in parentheses is a union."""
    if node.type != "parenthesized_type":
        return type_doc(node)
    members = [*_members(node.named_children[0])]
    end: Doc = "" if _is_object_or_nothing(members) else softline
    return concat("(", group(_union(members), end), ")")


def _members(node: Node) -> Iterator[Node]:
    """The members of a union, which the grammar nests to the left."""
    chain = [node]
    while chain:
        current = chain.pop()
        if current.type == "union_type":
            chain.extend(reversed(current.named_children))
        else:
            yield current


def _union(members: Sequence[Node], *, as_argument: bool = False) -> Doc:
    """``A | B``; broken, each member has its own line, deeper than the rest unless it is a type argument."""
    docs = [_operand(member) for member in members]
    if _is_object_or_nothing(members):
        return join(" | ", docs)
    bar = concat(line, "| ")
    parts = join(bar, [aligned(2, doc) for doc in docs])
    return concat(if_break("| "), parts) if as_argument else indented(if_break(bar), parts)


def _is_object_or_nothing(members: Sequence[Node]) -> bool:
    """One object or named type, and besides it only null: they stay on one line with the bars."""
    others = [member for member in members if source_text(member) not in _NOTHING]
    return len(others) == 1 and _is_object_or_name(others[0])


def _is_object_or_name(node: Node) -> bool:
    if node.type in ("object_type", "generic_type"):
        return True
    # Prettier's grammar has keywords for some types that are mere names in this one.
    return node.type == "type_identifier" and source_text(node) not in _PREDEFINED_NAMES


def _is_record(node: Node) -> bool:
    return node.type == "generic_type" and len(field_of(node, "type_arguments").named_children) == 2


def _record(node: Node) -> Doc:
    """``Record<string, T>``."""
    name = source_text(field_of(node, "name"))
    key, value = field_of(node, "type_arguments").named_children
    is_union = value.type == "union_type"
    doc = group(_union([*_members(value)], as_argument=True)) if is_union else type_doc(value)
    return group(f"{name}<", indented(softline, source_text(key), ",", line, doc), softline, ">")


def _body(node: Node) -> Doc:
    """``{ ... }``, always on several lines."""
    members = [_member(child) for child in node.named_children]
    if not members:
        return "{}"
    return group("{", indented(hardline, join(hardline, members)), hardline, "}")


def _member(node: Node) -> Doc:
    """A field or an index signature, or the comment above one."""
    if node.type == "comment":
        # The lines of a comment below its first one begin with a star, under that of the first.
        first, *others = source_text(node).splitlines()
        return join(hardline, [first, *(f" {text.lstrip()}" for text in others)])
    annotation = field_of(node, "type")
    before = (node.text or b"")[: annotation.start_byte - node.start_byte].decode()
    doc = concat(before, ": ", type_doc(annotation.named_children[0]))
    return concat(group(doc) if node.type == "property_signature" else doc, ";")
