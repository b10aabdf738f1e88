"""What a name in a script stands for: the parameter, variable, import or function that binds it where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from .nodes import FUNCTIONS, NAMES, VARIABLES, around, is_a, parameters, part, part_text, source_text
from .syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal, TypeAlias

    from .syntax import Node

    Binder: TypeAlias = 'Literal["parameter", "variable", "loop", "import", "function", "other"]'

_NAMED_FUNCTIONS = ("function_declaration", "generator_function_declaration")
_BLOCKS = ("program", "statement_block", "switch_case", "switch_default")


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
        return part(self.node, "value") if self.kind == "variable" and self.is_whole else None

    @property
    def type(self) -> Node | None:
        """The annotation of a parameter or a variable as a whole; None without one."""
        return part(self.node, "type") if self.is_whole else None

    @property
    def is_constant(self) -> bool:
        """Whether it is a variable that is declared with ``const``."""
        declaration = self.node.parent if self.kind == "variable" else None
        return declaration is not None and declaration.children[0].type == "const"


def binding_of(name: Node | None) -> Binding | None:
    """What binds a name where it is used; None for a global, for any other expression, and in a text that is broken there."""
    if name is None or name.type not in NAMES:
        return None
    text = source_text(name)
    # A declaration further down in the block binds the name as well, as it does in JavaScript.
    for scope in around(name):
        for binding in _bound_by(scope):
            if source_text(binding.name) == text:
                return binding
    return None


def variable_value(name: Node | None) -> Node | None:
    """What the variable of a name is given where it is declared; None for all else, and for a part of a value."""
    binding = binding_of(name)
    return binding.value if binding is not None else None


def mentions(bound: Node, root: Node) -> Iterator[Node]:
    """Where the name that a declaration binds is used."""
    name = source_text(bound)
    for node in walk(root, *NAMES):
        if source_text(node) == name and node != bound:
            binding = binding_of(node)
            if binding is not None and binding.name == bound:
                yield node


def path_in_pattern(binding: Binding) -> tuple[str, ...] | None:
    """The members that lead from a value to the name that a pattern takes out of it.

    Returns:
        ``("data", "id")`` for ``c`` of ``{ data: { id: c } }``, none for the whole value; None where a rest or the items of
        a list are bound.
    """
    steps: list[str] = []
    node = binding.name
    while node != binding.node:
        outer = node.parent
        if outer is None or node.type in ("rest_pattern", "array_pattern"):
            return None
        if node.type == "shorthand_property_identifier_pattern":
            steps.append(source_text(node))
        elif node.type == "pair_pattern":
            steps.append(part_text(node, "key").strip("'\""))
        node = outer
    return tuple(reversed(steps))


def is_rest(binding: Binding) -> bool:
    """Whether a name holds what is left of a value when some of its members were taken out."""
    outer = binding.name.parent
    return is_a(outer, "rest_pattern")


def _bound_by(scope: Node) -> Iterator[Binding]:
    if scope.type in FUNCTIONS:
        for parameter in parameters(scope):
            yield from _names(parameter, part(parameter, "pattern") or parameter, "parameter")
    elif scope.type == "for_in_statement":
        yield from _names(scope, part(scope, "left"), "loop")
    elif scope.type == "for_statement":
        yield from _declared(part(scope, "initializer"))
    elif scope.type == "catch_clause":
        yield from _names(scope, part(scope, "parameter"), "other")
    elif scope.type in _BLOCKS:
        for child in scope.children:
            yield from _declared(part(child, "declaration") if child.type == "export_statement" else child)


def _declared(node: Node | None) -> Iterator[Binding]:
    if node is None:
        return
    if node.type in VARIABLES:
        for declarator in node.named_children:
            yield from _names(declarator, part(declarator, "name"), "variable")
    elif node.type in _NAMED_FUNCTIONS or node.type.endswith("class_declaration"):
        name = part(node, "name")
        if name is not None:
            yield Binding("function" if node.type in _NAMED_FUNCTIONS else "other", name, node, True)
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
        node = stack.pop()
        if node.type in ("identifier", "shorthand_property_identifier_pattern"):
            yield node
        elif node.type == "pair_pattern":
            stack.extend(node.named_children[1:])  # behind the key
        elif node.type in ("assignment_pattern", "object_assignment_pattern"):
            stack.extend(node.named_children[:1])  # before the default value
        elif node.type in ("object_pattern", "array_pattern", "rest_pattern"):
            stack.extend(reversed(node.named_children))
