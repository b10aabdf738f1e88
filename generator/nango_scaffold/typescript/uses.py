"""Which names a TypeScript file uses as types, and which as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen

if TYPE_CHECKING:
    from .syntax import Syntax

_VALUES = ("identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern")
_IN_TYPES = ("type_query", "nested_type_identifier")


@frozen
class Uses:
    """The names in a file, its imports left out.

    Attributes:
        types: those that are used, or declared, as types.
        values: those that are used, or stand for something, as values.
    """

    types: frozenset[str]
    values: frozenset[str]


def uses_of(syntax: Syntax) -> Uses:
    """How a file uses its names."""
    as_types, as_values = set[str](), set[str]()
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
