"""What an expression reads of the values it is over, and what it takes each of them for: enough to type them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ..frozen import frozen
from .expression import GLOBALS, expression_node
from .nodes import (
    NAMES,
    WRAPPERS,
    arguments,
    called,
    enclosing,
    is_a,
    is_optional,
    parameters,
    part,
    part_text,
    plain,
    source_text,
    unspaced,
)
from .scopes import binding_of, path_in_pattern
from .syntax import walk

if TYPE_CHECKING:
    from typing import TypeAlias

    from .syntax import Node

    Place: TypeAlias = "tuple[str, tuple[str | int, ...]]"

_ITEM = 0
_OF_ITEMS = frozenset("every filter find findIndex flatMap forEach map some sort".split())
_SAME_LIST = frozenset("filter reverse slice sort".split())
_ONE_ITEM = frozenset("at find pop shift".split())
_METHODS = {
    **dict.fromkeys(_OF_ITEMS | frozenset("fill flat join pop push reduce reverse shift".split()), "list"),
    **dict.fromkeys(
        "charAt charCodeAt endsWith localeCompare match matchAll normalize padEnd padStart repeat replace replaceAll "
        "search split startsWith substring toLowerCase toUpperCase trim trimEnd trimStart".split(),
        "text",
    ),
    **dict.fromkeys(("toFixed", "toPrecision"), "number"),
}
_OF_TEXT_OR_LIST = frozenset("at concat includes indexOf lastIndexOf length slice".split())
_FUNCTIONS = {
    **dict.fromkeys(
        "Buffer.from Date.parse JSON.parse decodeURI decodeURIComponent encodeURI encodeURIComponent parseFloat "
        "parseInt".split(),
        "text",
    ),
    **dict.fromkeys(
        "Math.abs Math.ceil Math.floor Math.max Math.min Math.pow Math.round Math.sign Math.sqrt Math.trunc".split(),
        "number",
    ),
}
_LITERALS = {
    "array": "list",
    "false": "boolean",
    "number": "number",
    "string": "text",
    "template_string": "text",
    "true": "boolean",
}
_PRINTED, _EITHER = "part of a text", "text or list"
# What says least of a type comes last.
_VAGUE = (_PRINTED, _EITHER, "result")
_NOTHING = ("null", "undefined")
_OR_ELSE = ("??", "||")
_COMPARISONS = ("===", "!==", "==", "!=", "<", ">", "<=", ">=")
_ARITHMETIC = ("-", "*", "/", "%", "**")


@frozen
class Reading:
    """A value that an expression reads.

    Attributes:
        root: the name that it is read from, such as ``response``.
        path: the properties on the way to it; 0 for an item of a list.
        may_be_missing: for each of these, whether the expression provides for its being null or absent.
        kind: what it is taken for: ``text``, ``number``, ``boolean``, ``list``; ``text or list`` where it may be either;
            ``part of a text`` for what is put into one; ``result`` for what becomes the value of the expression
            unchanged; empty where that is unknown.
        is_entered: whether a property or a method of it is read somewhere without ``?.``.
    """

    root: str
    path: tuple[str | int, ...]
    may_be_missing: tuple[bool, ...]
    kind: str
    is_entered: bool = False


def readings(text: str) -> tuple[Reading, ...]:
    """What an expression without a problem reads, in the order of the text; a root that is used as a whole has no path."""
    root = expression_node(text)
    kinds: dict[Place, list[str]] = defaultdict(list)
    missing: set[Place] = set()
    entered: set[Place] = set()
    for node in walk(root):
        place = _place(node)
        # A value in parentheses or casts has the place of these, and counts once, for itself.
        if place is None or place[0] in GLOBALS or node.type in WRAPPERS:
            continue
        kind, is_missing = _use(node)
        kinds[place].append(kind)
        if is_missing:
            missing.add(place)
        if _is_entered(node):
            entered.add(place)
    return tuple(_reading(place, names, missing, place in entered) for place, names in kinds.items())


def _is_entered(node: Node) -> bool:
    """Whether a property of a node's value is read, where it has to be there."""
    outer = node.parent
    while outer is not None and outer.type in WRAPPERS:
        node, outer = outer, outer.parent
    return outer is not None and part(outer, "object") == node and not is_optional(outer)


def _reading(place: Place, kinds: list[str], missing: set[Place], is_entered: bool) -> Reading:
    root, path = place
    # An item is there wherever a function is called with it, whatever an expression asks of it.
    flags = tuple(
        not isinstance(step, int) and (root, path[: index + 1]) in missing for index, step in enumerate(path)
    )
    return Reading(root, path, flags, _common(kinds), is_entered)


def _common(kinds: list[str]) -> str:
    """The kind that all uses of a value agree on; empty where they do not, or where none shows it."""
    known = {kind for kind in kinds if kind}
    # A list may be used as a text or a flag as well, but nothing else can be used as a list.
    if "list" in known:
        return "list"
    firm = known - {*_VAGUE}
    if firm:
        return firm.pop() if len(firm) == 1 else ""
    return min(known, key=_VAGUE.index, default="")


def _place(node: Node | None) -> Place | None:
    """Where the value of a node is read; None for what is computed."""
    node = plain(node)
    if node is None:
        return None
    if node.type in NAMES:
        return _place_of_name(node)
    if node.type == "member_expression":
        return _below(node, part_text(node, "property"))
    if node.type == "subscript_expression":
        index = part(node, "index")
        is_name = is_a(index, "string")
        return _below(node, source_text(index)[1:-1] if is_name else _ITEM)
    if node.type == "call_expression":
        return _place_of_call(node)
    if node.type == "binary_expression" and part_text(node, "operator") in _OR_ELSE:
        return _place(part(node, "left"))
    return None


def _below(node: Node, step: str | int) -> Place | None:
    outer = node.parent
    is_method = is_a(outer, "call_expression") and called(outer) == node
    # The length and the methods of a text or a list are no properties that the API sends.
    if is_method or step == "length":
        return None
    return _at(_place(part(node, "object")), step)


def _at(place: Place | None, *steps: str | int) -> Place | None:
    """The place at some steps below another."""
    if place is None:
        return None
    root, path = place
    return root, (*path, *steps)


def _place_of_name(node: Node) -> Place | None:
    binding = binding_of(node)
    if binding is None:
        return source_text(node), ()
    function = enclosing(binding.node, "arrow_function")
    items = _items_of_parameter(function, binding.node) if function is not None else None
    steps = () if binding.is_whole else path_in_pattern(binding)
    return _at(items, *steps) if steps is not None else None


def _items_of_parameter(function: Node, parameter: Node) -> Place | None:
    """The items of a list, for the parameter of a function that is called with each of them."""
    call = function.parent.parent if function.parent is not None else None
    method = _method(call)
    if call is None or method is None or arguments(call)[:1] != [function]:
        return None
    positions = _positions_of_items(part_text(method, "property"))
    is_item = any(parameter == each for each in parameters(function)[positions])
    return _at(_place(part(method, "object")), _ITEM) if is_item else None


def _positions_of_items(method: str) -> slice:
    """Which parameters of a function get items of the list when a method calls it."""
    if method == "sort":
        return slice(0, 2)
    if method == "reduce":  # its first parameter is what the items are gathered in
        return slice(1, 2)
    return slice(0, 1 if method in _OF_ITEMS else 0)


def _method(call: Node | None) -> Node | None:
    """The member that a call calls, such as ``list.map``; None for other calls."""
    function = called(call)
    return function if is_a(function, "member_expression") else None


def _place_of_call(call: Node) -> Place | None:
    method = _method(call)
    if method is None:
        return None
    name, owner = part_text(method, "property"), part(method, "object")
    if name in _ONE_ITEM:
        return _at(_place(owner), _ITEM)
    return _place(owner) if name in _SAME_LIST else None


# What a value is used for.


def _use(node: Node) -> tuple[str, bool]:
    """What a node's value is taken for, and whether it may be missing there."""
    outer, is_missing = node.parent, False
    while outer is not None and outer.type in WRAPPERS:
        # The parentheses that `expression_node` sets round the whole expression.
        if outer.parent is not None and outer.parent.type == "expression_statement":
            return "result", is_missing
        is_missing = is_missing or outer.type == "non_null_expression"
        node, outer = outer, outer.parent
    use = _USES.get(outer.type, _in_other) if outer is not None else _in_other
    kind, is_missing_there = use(outer or node, node)
    return kind, is_missing or is_missing_there


def _in_other(outer: Node, node: Node) -> tuple[str, bool]:
    return "", False


def _in_member(outer: Node, node: Node) -> tuple[str, bool]:
    if part(outer, "object") != node:
        return "", False
    may_be_missing = is_optional(outer)
    if outer.type == "subscript_expression":
        index = part(outer, "index")
        is_name = is_a(index, "string")
        return ("" if is_name else "list"), may_be_missing
    is_method = outer.parent is not None and _method(outer.parent) == outer
    name = part_text(outer, "property")
    if name in _OF_TEXT_OR_LIST:
        return _EITHER, may_be_missing
    return (_METHODS.get(name, "") if is_method else ""), may_be_missing


def _in_binary(outer: Node, node: Node) -> tuple[str, bool]:
    operator = part_text(outer, "operator")
    is_left = part(outer, "left") == node
    other = plain(part(outer, "right" if is_left else "left"))
    type_ = other.type if other is not None else ""
    kind = _LITERALS.get(type_, "")
    if operator in _COMPARISONS:
        return kind, type_ in _NOTHING
    if operator in _ARITHMETIC:
        return "number", False
    if operator == "+":
        # Beside a text a value may be of any kind, which `+` makes text of; what it is taken for is the likeliest one.
        return kind if kind == "text" else "", False
    return _in_logical(outer, operator, kind, is_left=is_left)


def _in_logical(outer: Node, operator: str, kind: str, *, is_left: bool) -> tuple[str, bool]:
    """The side of ``??``, ``||``, ``&&`` or another operator; ``kind``: that of the other side."""
    if operator == "&&" and is_left:
        return "", True
    flows_to, is_missing = _use(outer)
    return kind or flows_to, is_missing or (is_left and operator in _OR_ELSE)


def _in_ternary(outer: Node, node: Node) -> tuple[str, bool]:
    if part(outer, "condition") == node:
        return "", True
    return _use(outer)


def _in_unary(outer: Node, node: Node) -> tuple[str, bool]:
    operator = part_text(outer, "operator")
    if operator in ("-", "~"):
        return "number", False
    return "", operator == "!"


def _in_arguments(outer: Node, node: Node) -> tuple[str, bool]:
    function = called(outer.parent)
    return _FUNCTIONS.get(unspaced(function), ""), False


def _spread(outer: Node, node: Node) -> tuple[str, bool]:
    is_list = outer.parent is not None and outer.parent.type == "array"
    return ("list" if is_list else ""), False


_USES = {
    "arguments": _in_arguments,
    "binary_expression": _in_binary,
    "member_expression": _in_member,
    "spread_element": _spread,
    "subscript_expression": _in_member,
    "template_substitution": lambda outer, node: (_PRINTED, False),
    "ternary_expression": _in_ternary,
    "unary_expression": _in_unary,
}
