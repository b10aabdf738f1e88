"""TypeScript expressions read into the printer's nodes, from tree-sitter's.

An expression of a shape that no node has becomes a `Name` of its whole text, which is printed as it was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..nodes import is_optional
from .nodes import (
    Arrow,
    Await,
    Binary,
    Block,
    Call,
    Conditional,
    Expression,
    Index,
    ListLiteral,
    Member,
    Name,
    New,
    Not,
    Number,
    ObjectLiteral,
    Property,
    Shorthand,
    SourceText,
    Spread,
    Template,
    TemplateCharacters,
    Written,
)
from .shapes import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..syntax import Node


class UnknownShapeError(Exception):
    """Code that can neither be read into nodes nor be printed on one line as it was written."""


def expression(node: Node) -> Expression:
    """Read an expression.

    Raises:
        UnknownShapeError: it spans lines, and has a part that no node stands for.
    """
    reader = _EXPRESSIONS.get(node.type)
    known = reader(node) if reader else None
    return _verbatim(node) if known is None else known


def text_of(node: Node) -> str:
    """What a node was written as, on one line.

    Raises:
        UnknownShapeError: it spans lines.
    """
    text = (node.text or b"").decode()
    if "\n" in text:
        raise UnknownShapeError(node.type)
    return text


def field_of(node: Node, name: str) -> Node:
    """A part that the grammar gives every node of this type.

    Raises:
        UnknownShapeError: it is missing, in a text that is no TypeScript.
    """
    part = node.child_by_field_name(name)
    if part is None:
        raise UnknownShapeError(node.type)
    return part


def _verbatim(node: Node) -> Expression:
    return Name(text_of(node))


def _parenthesized(node: Node) -> Expression | None:
    """What stands in parentheses; the printer writes them again where they are needed.

    They stay round what no node stands for, such as ``-a``: where that needs them is not known.
    """
    inner = node.named_children[0]
    reader = _EXPRESSIONS.get(inner.type)
    return reader(inner) if reader else None


def _template(node: Node) -> Expression:
    parts: list[Expression | TemplateCharacters] = []
    data, start = node.text or b"", 1  # behind the backtick
    for substitution in node.named_children:
        if substitution.type != "template_substitution":
            continue
        _add_characters(parts, data[start : substitution.start_byte - node.start_byte])
        parts.append(expression(substitution.named_children[0]))
        start = substitution.end_byte - node.start_byte
    _add_characters(parts, data[start:-1])
    return Template(tuple(parts))


def _add_characters(parts: list[Expression | TemplateCharacters], data: bytes) -> None:
    if data:
        parts.append(TemplateCharacters(data.decode()))


def _member(node: Node) -> Expression:
    name, optional = text_of(field_of(node, "property")), is_optional(node)
    return _upon(field_of(node, "object"), lambda owner: Member(owner, name, optional))


def _index(node: Node) -> Expression:
    key, optional = expression(field_of(node, "index")), is_optional(node)
    return _upon(field_of(node, "object"), lambda owner: Index(owner, key, optional))


def _upon(node: Node, build: Callable[[Expression], Expression]) -> Expression:
    """What is called, or a property is taken of; the grammar reads ``await f<T>(x)`` as a call of ``await f``."""
    owner = expression(node)
    if isinstance(owner, (Await, Not)) and node.type != "parenthesized_expression":
        return type(owner)(build(owner.value))
    return build(owner)


def _call(node: Node) -> Expression | None:
    arguments = field_of(node, "arguments")
    # A tagged template has a template string there.
    if arguments.type != "arguments" or is_optional(node):
        return None
    types = node.child_by_field_name("type_arguments")
    names = tuple(text_of(child) for child in types.named_children) if types else ()
    items = _items(arguments)
    return _upon(field_of(node, "function"), lambda callee: Call(callee, items, names))


def _new(node: Node) -> Expression | None:
    arguments = node.child_by_field_name("arguments")
    if arguments is None:
        return None
    types = node.child_by_field_name("type_arguments")
    constructor = field_of(node, "constructor")
    callee = Name(f"{text_of(constructor)}{text_of(types)}") if types else expression(constructor)
    return New(callee, _items(arguments))


def _items(node: Node) -> tuple[Expression, ...]:
    return tuple(expression(child) for child in node.named_children)


def _object(node: Node) -> Expression:
    properties: list[Property | Shorthand | Spread | Written] = []
    comments: list[str] = []
    for child in node.named_children:
        if child.type == "comment":
            comments.append(text_of(child))
        else:
            properties.append(_property(child, tuple(comments)))
            comments = []
    # Prettier keeps an object open when the source has a line break before its first property.
    is_open = bool(properties) and node.start_point.row != node.named_children[0].start_point.row
    return ObjectLiteral(tuple(properties), is_open)


def _property(node: Node, comments: tuple[str, ...]) -> Property | Shorthand | Spread | Written:
    if node.type == "pair":
        key = text_of(field_of(node, "key"))
        return Property(key, expression(field_of(node, "value")), comments)
    if comments:
        raise UnknownShapeError("a comment above what is no pair")
    if node.type == "shorthand_property_identifier":
        return Shorthand(text_of(node))
    if node.type == "spread_element":
        return Spread(expression(node.named_children[0]))
    return Written(text_of(node))


def _arrow(node: Node) -> Expression | None:
    body = field_of(node, "body")
    if node.child_by_field_name("return_type") is not None or node.children[0].type == "async":
        return None
    alone = node.child_by_field_name("parameter")
    parameters = [alone] if alone else field_of(node, "parameters").named_children
    is_block = body.type == "statement_block"
    return Arrow(tuple(map(text_of, parameters)), _block(body) if is_block else expression(body))


def _block(node: Node) -> Block:
    lines = (node.text or b"").decode().split("\n")
    indent = len(lines[-1]) - len(lines[-1].lstrip(" "))  # that of the closing brace
    if len(lines) < 2 or any(line[:indent].strip(" ") for line in lines[1:]):
        raise UnknownShapeError(node.type)
    return Block((lines[0], *(line[indent:] for line in lines[1:])))


def _conditional(node: Node) -> Expression:
    names = ("condition", "consequence", "alternative")
    return Conditional(*(expression(field_of(node, name)) for name in names))


def _binary(node: Node) -> Expression | None:
    operator = text_of(field_of(node, "operator"))
    if operator not in OPERATORS:
        return None
    return Binary(expression(field_of(node, "left")), operator, expression(field_of(node, "right")))


def _unary(node: Node) -> Expression | None:
    if text_of(field_of(node, "operator")) != "!":
        return None
    return Not(expression(field_of(node, "argument")))


_EXPRESSIONS: dict[str, Callable[[Node], Expression | None]] = {
    "array": lambda node: ListLiteral(_items(node)),
    "arrow_function": _arrow,
    "await_expression": lambda node: Await(expression(node.named_children[0])),
    "binary_expression": _binary,
    "call_expression": _call,
    "false": _verbatim,
    "identifier": _verbatim,
    "member_expression": _member,
    "new_expression": _new,
    "null": _verbatim,
    "number": lambda node: Number(text_of(node)),
    "object": _object,
    "parenthesized_expression": _parenthesized,
    "regex": _verbatim,
    "spread_element": lambda node: Spread(expression(node.named_children[0])),
    "string": lambda node: SourceText(text_of(node)),
    "subscript_expression": _index,
    "template_string": _template,
    "ternary_expression": _conditional,
    "this": _verbatim,
    "true": _verbatim,
    "unary_expression": _unary,
    "undefined": _verbatim,
}
