"""What stands around and inside the nodes of a syntax tree, and the parts of functions and calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeGuard

    from .syntax import Node

FUNCTIONS = (
    "function_declaration",
    "function_expression",
    "arrow_function",
    "method_definition",
    "generator_function",
    "generator_function_declaration",
)
LOOPS = ("for_statement", "for_in_statement", "while_statement", "do_statement")
VARIABLES = ("lexical_declaration", "variable_declaration")
NAMES = ("identifier", "shorthand_property_identifier")
"""The nodes of the grammar that are a name whose value is meant."""

COMPUTED = "[]"
"""What stands for the name of a member that is computed."""

WRAPPERS = ("parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression")
"""The nodes that have the value of what stands in them."""

_MEMBERS = ("member_expression", "subscript_expression")
_WHOLE_TOKENS = ("string", "template_string", "regex")
_OPTIONAL = ("optional_chain", "?.")  # of a member, and of a call


def is_a(node: Node | None, *kinds: str) -> TypeGuard[Node]:
    """Whether there is a node, and of one of some kinds: names of the grammar such as ``object``."""
    return node is not None and node.type in kinds


def source_text(node: Node | None) -> str:
    """What a node was written as; empty for no node."""
    return "" if node is None or node.text is None else node.text.decode()


def part(node: Node | None, name: str) -> Node | None:
    """What stands in a node under the name of a field of the grammar; None where nothing does."""
    return node.child_by_field_name(name) if node is not None else None


def part_text(node: Node | None, name: str) -> str:
    """What a part of a node was written as; empty where there is none."""
    return source_text(part(node, name))


def unspaced(node: Node | None) -> str:
    """What a node was written as, without blanks and line breaks."""
    return "".join(source_text(node).split())


def tokens(node: Node) -> list[str]:
    """The tokens of a node, in the order of the text: words, marks, whole literals; comments left out."""
    texts: list[str] = []
    stack = [node]
    while stack:
        node = stack.pop()
        if node.type in _WHOLE_TOKENS or not node.children:
            texts.append(source_text(node))
        else:
            stack.extend(child for child in reversed(node.children) if child.type != "comment")
    return [text for text in texts if text]


# Around a node.


def around(node: Node) -> Iterator[Node]:
    """What a node stands in, the nearest first."""
    outer = node.parent
    while outer is not None:
        yield outer
        outer = outer.parent


def tree_root(node: Node) -> Node:
    """The root of the tree that a node is in."""
    return [node, *around(node)][-1]


def inside(node: Node, outer: Node) -> bool:
    """Whether a node is another or stands in it."""
    return outer.start_byte <= node.start_byte and node.end_byte <= outer.end_byte


def enclosing(node: Node, *kinds: str) -> Node | None:
    """The nearest node of some kinds that a node stands in; None where it stands in none."""
    return next((outer for outer in around(node) if outer.type in kinds), None)


def function_around(node: Node) -> Node | None:
    """The function that a node stands in; None at the top of a script."""
    return enclosing(node, *FUNCTIONS)


def is_in_loop(node: Node) -> bool:
    """Whether a node stands in a loop, be that one round the function it stands in."""
    return any(outer.type in LOOPS for outer in around(node))


def comments_before(node: Node) -> tuple[Node, ...]:
    """The comments between a node and what comes before it among its siblings, in the order of the text.

    One that stands on the line where the former sibling ends belongs to that one, unless the node stands there as well.
    """
    comments: list[Node] = []
    sibling = node.prev_sibling
    while sibling is not None and sibling.type == "comment":
        comments.append(sibling)
        sibling = sibling.prev_sibling
    comments.reverse()
    # Behind the comma of the property before it a comment is that one's; behind an opening brace it is of what follows.
    if not is_a(sibling, ",", ";"):
        return tuple(comments)
    row = sibling.end_point[0]
    if row == node.start_point[0]:
        return tuple(comments)
    return tuple(comment for comment in comments if comment.start_point[0] != row)


# Inside a node.


def walk_own(node: Node, *kinds: str) -> Iterator[Node]:
    """Like `walk`, but not into the functions that stand in a node."""
    stack = [node]
    while stack:
        inner = stack.pop()
        if not kinds or inner.type in kinds:
            yield inner
        if inner == node or inner.type not in FUNCTIONS:
            stack.extend(reversed(inner.children))


def uses(node: Node, name: str) -> Iterator[Node]:
    """Where a name is written as a name in a node, types and properties left out."""
    return (inner for inner in walk(node, *NAMES) if source_text(inner) == name)


def plain(node: Node | None) -> Node | None:
    """An expression without parentheses, casts and ``!`` around it."""
    while node is not None and node.type in WRAPPERS and node.named_children:
        node = node.named_children[0]
    return node


def member_nodes(node: Node | None) -> tuple[Node | None, list[Node]]:
    """What a chain such as ``f(x).a?.b['c']`` begins with, and the nodes that read its members, ``f(x).a`` first."""
    members: list[Node] = []
    node = plain(node)
    while node is not None and node.type in _MEMBERS:
        members.append(node)
        node = plain(part(node, "object"))
    return node, members[::-1]


def is_optional(node: Node) -> bool:
    """Whether ``?.`` stands in a member or a call itself, not in what it is taken of."""
    return any(child.type in _OPTIONAL for child in node.children)


def member_chain(node: Node | None) -> tuple[Node | None, tuple[str, ...]]:
    """What a chain begins with, and the names of its members; a computed one is `COMPUTED`."""
    root, members = member_nodes(node)
    return root, tuple(map(member_name, members))


def root_of(node: Node | None) -> tuple[Node, int] | None:
    """The name that a chain such as ``a.b[0]!.c`` begins with, and how many members follow; None for other nodes."""
    root, members = member_nodes(node)
    return (root, len(members)) if is_a(root, "identifier") else None


def member_name(node: Node) -> str:
    """The name of the member that a node reads; `COMPUTED` where that is computed."""
    name = part(node, "property")
    if name is not None:
        return source_text(name)
    index = part(node, "index")
    return source_text(index)[1:-1] if is_a(index, "string") else COMPUTED


# Functions and calls.


def parameters(function: Node | None) -> list[Node]:
    """The parameters of a function, without comments."""
    node = part(function, "parameters")
    if node is None:  # an arrow function may have one without parentheses
        only = part(function, "parameter")
        return [only] if only is not None else []
    return [child for child in node.named_children if child.type != "comment"]


def parameter_name(parameter: Node) -> str:
    """What a parameter is called; the whole pattern of one that takes a value apart."""
    return source_text(part(parameter, "pattern") or parameter)


def type_of(node: Node, field: str = "type") -> Node | None:
    """The type that stands behind a parameter's colon, or a function's for the field ``return_type``; None for none."""
    annotation = part(node, field)
    return annotation.named_children[-1] if annotation is not None and annotation.named_children else None


def is_async(function: Node) -> bool:
    """Whether a function is declared ``async``."""
    return any(child.type == "async" for child in function.children)


def returned(function: Node | None) -> Iterator[Node]:
    """What a function gives: its body when that is an expression, else what stands behind each ``return``."""
    body = part(function, "body")
    if is_a(body, "statement_block"):
        parts = (node.named_children for node in walk_own(body, "return_statement"))
        values: list[Node | None] = [children[0] for children in parts if children]
    else:
        values = [body]
    yield from filter(None, map(plain, values))


def called(call: Node | None) -> Node | None:
    """What a call calls, such as ``nango.get``; the grammar reads ``await f<T>(x)`` as ``(await f)<T>(x)``."""
    function = part(call, "function")
    if is_a(function, "await_expression"):
        return function.children[-1]
    return function


def arguments(call: Node | None) -> list[Node]:
    """The arguments of a call, without comments."""
    node = part(call, "arguments")
    return [child for child in node.named_children if child.type != "comment"] if node is not None else []


def first_argument(call: Node | None) -> Node | None:
    """The first argument of a call; None where there is none."""
    return next(iter(arguments(call)), None)
