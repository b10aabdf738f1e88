"""What an expression of the answers gives, as far as it reads, compares and chooses; calls are left to TypeScript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...typescript.expression import expression_node
from ...typescript.nodes import source_text
from .javascript import UNDEFINED, UNKNOWN, is_nothing, text_of, value_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ...typescript.syntax import Node

_CONSTANTS = {"true": True, "false": False, "null": None, "undefined": UNDEFINED}


def evaluated(source: str, variables: Mapping[str, Any]) -> Any:
    """The value of an expression; unknown where it takes more than reading, comparing and choosing.

    Args:
        source: the expression.
        variables: the values of what it names.
    """
    return _value(expression_node(source), variables)


def is_truthy(value: Any) -> bool:
    """Whether JavaScript takes a value, which is known, for true."""
    return value is not UNDEFINED and (isinstance(value, (list, dict)) or bool(value))


def _is_same(left: Any, right: Any) -> bool:
    """``===``; to Python a flag is the same as a number."""
    are_alike = isinstance(left, bool) == isinstance(right, bool)
    return are_alike and bool(left == right)


def _is_equal(left: Any, right: Any) -> bool:
    """``==``, as far as null and undefined go."""
    return (is_nothing(left) and is_nothing(right)) or _is_same(left, right)


def _value(node: Node | None, variables: Mapping[str, Any]) -> Any:
    if node is None:
        return UNKNOWN
    kind = node.type
    if kind in _CONSTANTS:
        return _CONSTANTS[kind]
    reader = _READERS.get(kind)
    return reader(node, variables) if reader else UNKNOWN


def _name(node: Node, variables: Mapping[str, Any]) -> Any:
    return variables.get(source_text(node), UNKNOWN)


def _string(node: Node, _: Mapping[str, Any]) -> Any:
    text = source_text(node)
    # What an escape stands for is left to TypeScript.
    return UNKNOWN if "\\" in text else text[1:-1]


def _number(node: Node, _: Mapping[str, Any]) -> Any:
    text = source_text(node)
    return int(text) if text.isdecimal() else UNKNOWN


def _inside(node: Node, variables: Mapping[str, Any]) -> Any:
    return _value(node.named_child(0), variables)


def _member(node: Node, variables: Mapping[str, Any]) -> Any:
    owner, name = _value(node.child_by_field_name("object"), variables), node.child_by_field_name("property")
    if owner is UNKNOWN or name is None:
        return UNKNOWN
    word = source_text(name)
    if word == "length" and isinstance(owner, (list, str)):
        return len(owner)
    return value_at(owner, [word]) if isinstance(owner, dict) or is_nothing(owner) else UNKNOWN


def _unary(node: Node, variables: Mapping[str, Any]) -> Any:
    value = _value(node.child_by_field_name("argument"), variables)
    operator = node.child_by_field_name("operator")
    if value is UNKNOWN or operator is None or operator.type != "!":
        return UNKNOWN
    return not is_truthy(value)


def _binary(node: Node, variables: Mapping[str, Any]) -> Any:
    left = _value(node.child_by_field_name("left"), variables)
    operator = node.child_by_field_name("operator")
    if left is UNKNOWN or operator is None:
        return UNKNOWN
    # The right side is looked at only where the left one does not decide: it may be unknown.
    short_cut = {"&&": not is_truthy(left), "||": is_truthy(left), "??": not is_nothing(left)}
    if short_cut.get(operator.type):
        return left
    right = _value(node.child_by_field_name("right"), variables)
    if operator.type in short_cut or right is UNKNOWN:
        return right
    if operator.type not in _COMPARISONS:
        return UNKNOWN
    compare, expected = _COMPARISONS[operator.type]
    return compare(left, right) == expected


def _choice(node: Node, variables: Mapping[str, Any]) -> Any:
    condition = _value(node.child_by_field_name("condition"), variables)
    if condition is UNKNOWN:
        return UNKNOWN
    branch = "consequence" if is_truthy(condition) else "alternative"
    return _value(node.child_by_field_name(branch), variables)


def _call(node: Node, variables: Mapping[str, Any]) -> Any:
    """``Boolean(value)`` and ``String(value)``."""
    name, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if name is None or arguments is None or arguments.named_child_count != 1:
        return UNKNOWN
    function = _FUNCTIONS.get(source_text(name))
    value = _value(arguments.named_child(0), variables)
    if function is None or value is UNKNOWN:
        return UNKNOWN
    # `text_of` has no text for an object, which would leave the whole script without tests.
    if function is text_of and isinstance(value, dict):
        return UNKNOWN
    return function(value)


_COMPARISONS: dict[str, tuple[Callable[[Any, Any], bool], bool]] = {
    "===": (_is_same, True),
    "!==": (_is_same, False),
    "==": (_is_equal, True),
    "!=": (_is_equal, False),
}
_FUNCTIONS: dict[str, Callable[[Any], Any]] = {"Boolean": is_truthy, "String": text_of}
_READERS: dict[str, Callable[[Node, Mapping[str, Any]], Any]] = {
    "binary_expression": _binary,
    "call_expression": _call,
    "identifier": _name,
    "member_expression": _member,
    "non_null_expression": _inside,
    "number": _number,
    "parenthesized_expression": _inside,
    "string": _string,
    "ternary_expression": _choice,
    "unary_expression": _unary,
}
