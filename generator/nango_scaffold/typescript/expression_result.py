"""What an expression gives, as far as it shows without types: the kind of its value, and whether there may be none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from .expression import expression_node
from .nodes import arguments, called, is_optional, part, part_text, unspaced
from .values import value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .syntax import Node

_METHODS = {
    "text": "charAt join normalize padEnd padStart repeat replace replaceAll substring toFixed toISOString toLowerCase "
    "toPrecision toString toUpperCase trim trimEnd trimStart",
    "number": "charCodeAt findIndex indexOf lastIndexOf localeCompare search",
    "boolean": "endsWith every includes some startsWith test",
    "list": "filter flat flatMap map reverse sort split",
}
_FUNCTIONS = {
    "text": "JSON.stringify String String.fromCharCode String.fromCodePoint decodeURIComponent decodeURI encodeURI "
    "encodeURIComponent",
    "number": "Date.UTC Date.now Date.parse Math.abs Math.ceil Math.floor Math.max Math.min Math.pow Math.round Math.sign "
    "Math.sqrt Math.trunc Number Number.parseFloat Number.parseInt parseFloat parseInt",
    "boolean": "Array.isArray Boolean Number.isFinite Number.isInteger Number.isNaN isFinite isNaN",
    "list": "Array.from Array.of Object.entries Object.keys Object.values",
}
_OPERATORS = {
    "boolean": "! != !== < <= == === > >= in instanceof",
    "number": "% * ** - / ~",
    "text": "typeof",
}
_LITERALS = {
    "array": "list",
    "false": "boolean",
    "number": "number",
    "object": "object",
    "string": "text",
    "template_string": "text",
    "true": "boolean",
}
_MAYBE_NO_ITEM = ("find", "pop", "shift", "at")


def _by_word(table: dict[str, str]) -> dict[str, str]:
    return {word: kind for kind, words in table.items() for word in words.split()}


_KIND_OF_METHOD, _KIND_OF_FUNCTION, _KIND_OF_OPERATOR = map(_by_word, (_METHODS, _FUNCTIONS, _OPERATORS))


@frozen
class Result:
    """What an expression gives.

    Attributes:
        kind: ``text``, ``number``, ``boolean``, ``list`` or ``object``; empty where it does not show.
        absence: ``never`` for a value that is always there; ``null`` for one that may be null, though never undefined;
            ``undefined`` for one that may be undefined; empty where it does not show.
        constants: all the values that it can have, where it names them.
    """

    kind: str = ""
    absence: str = ""
    constants: tuple[object, ...] | None = None


def result_of(text: str, known: Mapping[str, Result] | None = None) -> Result:
    """What an expression without a problem gives; ``known``: what it gives where it is no more than one of these names."""
    return (known or {}).get(text.strip()) or _result(expression_node(text))


def _result(node: Node | None) -> Result:
    if node is None:
        return Result()
    if node.type in _LITERALS:
        constant = value_of(node)
        is_constant = isinstance(constant, (str, int, float))
        return Result(_LITERALS[node.type], "never", (constant,) if is_constant else None)
    read = _READERS.get(node.type)
    return read(node) if read else Result()


def _inside(node: Node) -> Result:
    return _result(node.named_children[0])


def _operation(node: Node) -> Result:
    operator = part_text(node, "operator")
    left, right = (_result(part(node, name)) for name in ("left", "right"))
    if operator in ("??", "||"):
        return _default(left, right)
    if operator == "+":
        is_text = "text" in (left.kind, right.kind)
        return Result("text" if is_text else _same(left.kind, right.kind), "never")
    kind = _KIND_OF_OPERATOR.get(operator, "")
    return Result(kind, "never" if kind else "")


def _default(left: Result, right: Result) -> Result:
    """``a ?? b``; a left side of no known kind is taken to be whatever its place holds."""
    if not right.kind:
        # `?? null` and `?? undefined` leave the kind as it is; any other value without a kind may be of another.
        return Result(left.kind if right.absence in ("null", "undefined") else "", right.absence)
    if not left.kind:
        # Whoever writes `raw.labels ?? []` takes the left side for a list, too.
        return Result(right.kind, right.absence, right.constants)
    return Result(_same(left.kind, right.kind), right.absence)


def _same(first: str, second: str) -> str:
    return first if first == second else ""


def _unary(node: Node) -> Result:
    operator = part_text(node, "operator")
    return Result("number" if operator == "+" else _KIND_OF_OPERATOR.get(operator, ""), "never")


def _choice(node: Node) -> Result:
    """``a ? b : c``."""
    sides = [_result(part(node, name)) for name in ("consequence", "alternative")]
    values = [side for side in sides if not _is_nothing(side)]
    kinds = {side.kind for side in values}
    return Result(
        kinds.pop() if len(kinds) == 1 else "",
        _absence([side.absence for side in sides]),
        _all_constants(values),
    )


def _is_nothing(result: Result) -> bool:
    return not result.kind and result.absence in ("null", "undefined")


def _all_constants(results: list[Result]) -> tuple[object, ...] | None:
    """The constants of several results; ``None`` where one of them names none."""
    constants: list[object] = []
    for result in results:
        if result.constants is None:
            return None
        constants += result.constants
    return tuple(constants)


def _absence(each: list[str]) -> str:
    """Whether there may be no value, where each of several may be what an expression gives."""
    return next((word for word in ("undefined", "", "null") if word in each), "never")


def _call(node: Node) -> Result:
    function = called(node)
    name = unspaced(function)
    if function is None or name in _KIND_OF_FUNCTION:
        return Result(_KIND_OF_FUNCTION.get(name, ""), "never")
    method = part_text(function, "property")
    kind = _KIND_OF_METHOD.get(method, "")
    # What a list is gathered into begins as the value behind the function, and stays of its kind.
    if method == "reduce" and len(arguments(node)) == 2:
        kind = _result(arguments(node)[1]).kind
    if method in _MAYBE_NO_ITEM or _has_optional_link(node):
        return Result(kind, "undefined")
    return Result(kind, "never" if kind else "")


def _member(node: Node) -> Result:
    is_length = part_text(node, "property") == "length"
    index = value_of(part(node, "index"))
    # With noUncheckedIndexedAccess, which the CLI sets, an item of a list may be undefined to TypeScript.
    if node.type == "subscript_expression" and isinstance(index, int):
        return Result("text" if _is_split(part(node, "object")) else "", "undefined")
    if _has_optional_link(node):
        return Result("number" if is_length else "", "undefined")
    return Result("number", "never") if is_length else Result()


def _is_split(node: Node | None) -> bool:
    function = called(node)
    return function is not None and part_text(function, "property") == "split"


def _has_optional_link(node: Node | None) -> bool:
    """Whether ``?.`` stands in a chain, so that all of it may be undefined."""
    while node is not None and node.type in ("member_expression", "subscript_expression", "call_expression"):
        if is_optional(node):
            return True
        node = part(node, "object") or part(node, "function")
    return False


_READERS: dict[str, Callable[[Node], Result]] = {
    "binary_expression": _operation,
    "call_expression": _call,
    "member_expression": _member,
    "non_null_expression": lambda node: Result(_inside(node).kind),
    "null": lambda node: Result(absence="null"),
    "parenthesized_expression": _inside,
    "subscript_expression": _member,
    "ternary_expression": _choice,
    "unary_expression": _unary,
    "undefined": lambda node: Result(absence="undefined"),
}
