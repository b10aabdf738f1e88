"""The shape of a script: its functions, and what stands inside and around a node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..typescript.syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..typescript.syntax import Node
    from .script import Call, Import, Script

FUNCTIONS = (
    "function_declaration",
    "function_expression",
    "arrow_function",
    "method_definition",
    "generator_function",
    "generator_function_declaration",
)
LOOPS = ("for_statement", "for_in_statement", "while_statement", "do_statement")


def around(node: Node) -> Iterator[Node]:
    """What a node stands in, the nearest first."""
    one = node.parent
    while one is not None:
        yield one
        one = one.parent


def inside(node: Node, outer: Node) -> bool:
    """Whether a node is another or stands in it."""
    return outer.start_byte <= node.start_byte and node.end_byte <= outer.end_byte


def walk_own(node: Node, *kinds: str) -> Iterator[Node]:
    """Like `walk`, but not into the functions that stand in a node."""
    stack = [node]
    while stack:
        one = stack.pop()
        if not kinds or one.type in kinds:
            yield one
        if one == node or one.type not in FUNCTIONS:
            stack.extend(reversed(one.children))


def function_around(node: Node) -> Node | None:
    """The function that a node stands in; None at the top of a script."""
    return next((one for one in around(node) if one.type in FUNCTIONS), None)


def is_in_loop(node: Node) -> bool:
    """Whether a node stands in a loop, be that one round the function it stands in."""
    return any(one.type in LOOPS for one in around(node))


def parameters(function: Node) -> list[Node]:
    """The parameters of a function, without comments."""
    node = function.child_by_field_name("parameters")
    if node is None:
        one = function.child_by_field_name("parameter")
        return [one] if one is not None else []
    return [child for child in node.named_children if child.type != "comment"]


def type_of(node: Node, field: str = "type") -> Node | None:
    """The type that stands behind a parameter's colon, or a function's for the field ``return_type``; None for none."""
    annotation = node.child_by_field_name(field)
    return annotation.named_children[-1] if annotation is not None and annotation.named_children else None


def is_async(function: Node) -> bool:
    """Whether a function is declared ``async``."""
    return any(child.type == "async" for child in function.children)


def default_export(script: Script) -> Node | None:
    """The first ``export default``; None when there is none."""
    for node in script.syntax.root.children:
        if node.type == "export_statement" and any(child.type == "default" for child in node.children):
            return node
    return None


def named_functions(script: Script) -> dict[str, Node]:
    """The functions that have a name in a script, arrow functions in variables included; the first of each name."""
    found: dict[str, Node] = {}
    for node in walk(script.syntax.root, *FUNCTIONS, "variable_declarator"):
        value = node.child_by_field_name("value") if node.type == "variable_declarator" else node
        name = script.of(node.child_by_field_name("name"))
        if name and value is not None and value.type in FUNCTIONS:
            found.setdefault(name, value)
    return found


def uses(script: Script, node: Node, name: str) -> Iterator[Node]:
    """Where a name is written as a name in a node, types and properties left out."""
    for one in walk(node, "identifier", "shorthand_property_identifier"):
        if script.of(one) == name:
            yield one


def import_of(script: Script, name: str) -> tuple[Import, str] | None:
    """The import that binds a name, and what that is called where it comes from; None when none does."""
    for one in script.imports:
        for bound, original in zip(one.names, one.originals, strict=True):
            if bound == name:
                return one, original
    return None


def text_of(script: Script, node: Node | None) -> str | None:
    """What a string literal says, or a constant of the script that is one; None when that is not certain."""
    if node is None:
        return None
    if node.type == "string" and "\\" not in script.of(node):
        return script.of(node)[1:-1]
    if node.type != "identifier":
        return None
    found = [
        one
        for one in walk(script.syntax.root, "variable_declarator")
        if script.of(one.child_by_field_name("name")) == script.of(node)
    ]
    is_constant = (
        len(found) == 1 and found[0].parent is not None and found[0].parent.children[0].type == "const"
    )
    value = found[0].child_by_field_name("value") if is_constant else None
    return text_of(script, value) if value is not None and value.type == "string" else None


def calls_in(script: Script, node: Node) -> list[Call]:
    """The calls of methods of ``nango`` in a node."""
    return [call for call in script.calls if inside(call.node, node)]
