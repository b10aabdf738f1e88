"""What a name in a script stands for: the parameter, variable, import or function that binds it where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..typescript.syntax import walk
from .shape import FUNCTIONS, parameters, walk_own

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal, TypeAlias

    from ..typescript.syntax import Node
    from .script import Script

    Binder: TypeAlias = 'Literal["parameter", "variable", "loop", "import", "function", "other"]'

NAMES = ("identifier", "shorthand_property_identifier")
"""The nodes of the grammar that are a name whose value is meant."""

_VARIABLES = ("lexical_declaration", "variable_declaration")
_NAMED = ("function_declaration", "generator_function_declaration")
_WRAPPERS = ("parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression")


@frozen
class Binding:
    """How a name got its meaning.

    Attributes:
        kind: what binds it.
        name: the node of the name there.
        node: what binds: the parameter, the declarator, the loop, the import, the function.
        is_whole: whether the name stands for all of the value and not for a part taken out of it.
    """

    kind: Binder
    name: Node
    node: Node
    is_whole: bool

    @property
    def value(self) -> Node | None:
        """What a variable is given where it is declared; None when it is no variable, or a part of one."""
        return self.node.child_by_field_name("value") if self.kind == "variable" and self.is_whole else None

    @property
    def type(self) -> Node | None:
        """The annotation of a parameter or a variable as a whole; None without one."""
        return self.node.child_by_field_name("type") if self.is_whole else None


def binding_of(script: Script, name: Node) -> Binding | None:
    """What binds a name where it is used; None for a global, and in a text that is broken there."""
    text, one = script.of(name), name.parent
    while one is not None:
        for binding in _bound_by(one):
            if script.of(binding.name) == text:
                return binding
        one = one.parent
    return None


def plain(node: Node | None) -> Node | None:
    """An expression without parentheses, casts and ``!`` around it."""
    while node is not None and node.type in _WRAPPERS and node.named_children:
        node = node.named_children[0]
    return node


def root_of(node: Node | None) -> tuple[Node, int] | None:
    """The name that a chain such as ``a.b[0]!.c`` begins with, and how many members follow; None for other nodes."""
    members = 0
    node = plain(node)
    while node is not None and node.type in ("member_expression", "subscript_expression"):
        node, members = plain(node.child_by_field_name("object")), members + 1
    return (node, members) if node is not None and node.type == "identifier" else None


def returned(function: Node) -> Iterator[Node]:
    """What a function gives: its body when that is an expression, else what stands behind each ``return``."""
    body = function.child_by_field_name("body")
    if body is None or body.type != "statement_block":
        yield from (one for one in [plain(body)] if one is not None)
        return
    for statement in walk_own(body, "return_statement"):
        yield from (node for one in statement.named_children[:1] if (node := plain(one)) is not None)


def _bound_by(node: Node) -> Iterator[Binding]:
    if node.type in FUNCTIONS:
        for parameter in parameters(node):
            yield from _names(parameter, parameter.child_by_field_name("pattern") or parameter, "parameter")
    elif node.type == "for_in_statement":
        yield from _names(node, node.child_by_field_name("left"), "loop")
    elif node.type == "for_statement":
        yield from _declared(node.child_by_field_name("initializer"))
    elif node.type == "catch_clause":
        yield from _names(node, node.child_by_field_name("parameter"), "other")
    elif node.type in ("program", "statement_block", "switch_case", "switch_default"):
        for child in node.children:
            inner = child.child_by_field_name("declaration") if child.type == "export_statement" else child
            yield from _declared(inner)


def _declared(node: Node | None) -> Iterator[Binding]:
    if node is None:
        return
    if node.type in _VARIABLES:
        for declarator in node.named_children:
            yield from _names(declarator, declarator.child_by_field_name("name"), "variable")
    elif node.type in _NAMED or node.type.endswith("class_declaration"):
        name = node.child_by_field_name("name")
        if name is not None:
            yield Binding("function" if node.type in _NAMED else "other", name, node, True)
    elif node.type == "import_statement":
        for name in walk(node, "identifier"):
            yield Binding("import", name, node, True)


def _names(binder: Node, pattern: Node | None, kind: Binder) -> Iterator[Binding]:
    if pattern is None:
        return
    if pattern.type == "identifier":
        yield Binding(kind, pattern, binder, True)
        return
    for name in _in_pattern(pattern):
        yield Binding(kind, name, binder, False)


def _in_pattern(pattern: Node) -> Iterator[Node]:
    """The names that a pattern binds; keys and default values are none."""
    stack = [pattern]
    while stack:
        one = stack.pop()
        if one.type in ("identifier", "shorthand_property_identifier_pattern"):
            yield one
        elif one.type == "pair_pattern":
            stack.extend(one.named_children[1:])
        elif one.type in ("assignment_pattern", "object_assignment_pattern"):
            stack.extend(one.named_children[:1])
        elif one.type in ("object_pattern", "array_pattern", "rest_pattern"):
            stack.extend(reversed(one.named_children))
