"""Which names a TypeScript file uses as types, and which as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from .syntax import walk

if TYPE_CHECKING:
    from .syntax import Node, Syntax

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
    for node in walk(syntax.root, "type_identifier", *_VALUES):
        if not is_in(node, "import_statement"):
            is_type = node.type == "type_identifier" or is_in(node, *_IN_TYPES)
            (as_types if is_type else as_values).add(syntax.text(node))
    return Uses(frozenset(as_types), frozenset(as_values))


def is_in(node: Node, *kinds: str) -> bool:
    """Whether a node stands somewhere inside one of some kinds."""
    one = node.parent
    while one is not None and one.type not in kinds:
        one = one.parent
    return one is not None
