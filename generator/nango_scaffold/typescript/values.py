"""What a value of a script may be, as far as the script itself tells."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from .nodes import arguments, comments_before, is_a, part, part_text, plain, returned, source_text, tokens
from .scopes import binding_of, constant_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from .syntax import Node

_DEPTH = 4
_DEEPEST_LIST = 40
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)


@frozen
class Code:
    """A value that is no literal."""

    node: Node

    @cached_property
    def tokens(self) -> list[str]:
        """Its tokens, without comments."""
        return tokens(self.node)

    @property
    def text(self) -> str:
        """The code on one line."""
        return " ".join(self.tokens)


@frozen
class Templated:
    """A template literal with expressions in it."""

    node: Node

    @cached_property
    def parts(self) -> tuple[str | Node, ...]:
        """Its texts, and the expressions between them, in turn; it begins and ends with a text."""
        parts: list[str | Node] = [""]
        # Once: each look at the text copies all of it.
        written, offset = self.node.text or b"", self.node.start_byte
        start = 1
        # The grammar names the expressions and the escapes, but not the text between them.
        for child in self.node.named_children:
            if child.type == "template_substitution":
                parts[-1] = unescaped(written[start : child.start_byte - offset].decode())
                parts += [child, ""]
                start = child.end_byte - offset
        parts[-1] = unescaped(written[start:-1].decode())
        return tuple(parts)

    @property
    def pieces(self) -> tuple[tuple[bool, str], ...]:
        """Whether a part is an expression, and its text, in turn."""
        return tuple(
            (False, part) if isinstance(part, str) else (True, source_text(part)[2:-1]) for part in self.parts
        )


@frozen
class ObjectLiteral:
    """An object literal."""

    node: Node

    @cached_property
    def pairs(self) -> dict[str, Node]:
        """Its ``key: value`` and shorthand properties by key; of a key that is written twice, the last."""
        return {key: child for child in self.node.named_children if (key := _key(child)) is not None}

    @cached_property
    def spreads(self) -> tuple[Code, ...]:
        """What else is in it: what is spread, computed keys, accessors and methods."""
        others = (child for child in self.node.named_children if child.type != "comment")
        return tuple(Code(child) for child in others if _key(child) is None)

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The values of its pairs as data, by key; see `value_of`."""
        return {key: value_of(self.value(key)) for key in self.pairs}

    @cached_property
    def comments(self) -> dict[str, str]:
        """The comments above each key."""
        return {key: "\n".join(map(source_text, comments_before(pair))) for key, pair in self.pairs.items()}

    @property
    def has_spread(self) -> bool:
        """Whether it takes in what another object holds."""
        return any(child.type == "spread_element" for child in self.node.named_children)

    def value(self, key: str) -> Node | None:
        """The value of a pair, without parentheses and casts; None when it is not there."""
        pair = self.pairs.get(key)
        if not is_a(pair, "pair"):
            return pair  # a shorthand one is its own value
        return plain(part(pair, "value"))


def object_literal(node: Node | None) -> ObjectLiteral | None:
    """An expression that is an object literal, in parentheses or cast perhaps; None for any other."""
    node = plain(node)
    return ObjectLiteral(node) if is_a(node, "object") else None


def returned_object(function: Node | None) -> ObjectLiteral | None:
    """The first object literal that a function gives; None where it gives none."""
    return next(filter(None, map(object_literal, returned(function))), None)


def dated(node: Node | None) -> Node | None:
    """What ``new Date(...)`` is made of; None for any other expression."""
    values = arguments(node)
    return plain(values[0]) if part_text(node, "constructor") == "Date" and len(values) == 1 else None


def value_of(node: Node | None, depth: int = 0) -> Any:
    """An expression as data.

    Args:
        node: the expression.
        depth: how many lists it stands in.

    Returns:
        A string, number, boolean or None; a list of such; `ObjectLiteral`, `Templated`, or `Code` for all else.
    """
    node = plain(node)
    if node is None:
        return None
    read = _READERS.get(node.type)
    # Lists are gone into by recursion: one that is nested deeper than a person writes is code.
    if node.type == "array" and depth < _DEEPEST_LIST:
        return [value_of(item, depth + 1) for item in node.named_children if item.type != "comment"]
    return read(node) if read else Code(node)


def string_value(node: Node) -> str:
    """What a string literal means."""
    return unescaped(source_text(node)[1:-1])


def unescaped(text: str) -> str:
    """What the text between the quotes of a literal means."""
    joined = _ESCAPE.sub(_meant, text) if "\\" in text else text
    # Two escapes may be the halves of an emoji, which this joins; half of one alone becomes U+FFFD.
    return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def possible_texts(node: Node | None, depth: int = _DEPTH) -> set[str]:
    """The texts that a value may be: a literal, either side of a choice, a constant; empty when others are possible."""
    node = plain(node)
    if node is None or not depth:
        return set()
    if node.type == "string":
        return {source_text(node)[1:-1]}
    if node.type == "ternary_expression":
        return _all_of(node.named_children[1:], depth)
    return _texts_of_name(node, depth) if node.type == "identifier" else set()


def constant_text(node: Node | None) -> str | None:
    """What a string literal says, or a constant that is one; None when that is not certain."""
    if is_a(node, "identifier"):
        node = constant_value(node)
    if not is_a(node, "string") or "\\" in source_text(node):
        return None
    return source_text(node)[1:-1]


def _texts_of_name(name: Node, depth: int) -> set[str]:
    binding = binding_of(name)
    if binding is None:
        return set()
    texts = _texts_of_type(binding.type.named_children[-1]) if binding.type is not None else set()
    if texts or not binding.is_constant:
        return texts
    return possible_texts(binding.value, depth - 1)


def _all_of(nodes: list[Node], depth: int) -> set[str]:
    choices = [possible_texts(node, depth - 1) for node in nodes]
    return set().union(*choices) if all(choices) else set()


def _texts_of_type(node: Node) -> set[str]:
    """The texts of a union of literals; empty for any other type."""
    texts: set[str] = set()
    waiting = [node]
    while waiting:
        member = waiting.pop()
        if member.type == "union_type":
            waiting.extend(member.named_children)
        elif member.type == "literal_type" and member.named_children[0].type == "string":
            texts.add(source_text(member.named_children[0])[1:-1])
        else:
            return set()
    return texts


def _key(child: Node) -> str | None:
    """The key of a property that is no spread, accessor or method; None for those."""
    if child.type == "shorthand_property_identifier":
        return source_text(child)
    key = part(child, "key") if child.type == "pair" else None
    if key is None or key.type == "computed_property_name":
        return None
    return string_value(key) if key.type == "string" else source_text(key)


def _number(node: Node) -> Any:
    """A number; code where it is none that data can hold."""
    digits = source_text(node).replace("_", "")
    try:
        return int(digits) if digits.isdigit() else float(digits)
    except ValueError:
        return Code(node)


def _negative(node: Node) -> Any:
    operand = part(node, "argument")
    is_negative = part_text(node, "operator") == "-"
    number = _number(operand) if is_negative and is_a(operand, "number") else None
    return -number if isinstance(number, (int, float)) else Code(node)


def _template(node: Node) -> Any:
    template = Templated(node)
    return template.parts[0] if len(template.parts) == 1 else template


def _meant(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    if code is None:
        return _ESCAPES.get(escape[4], escape[4])
    return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else "\ufffd"


_READERS: dict[str, Callable[[Node], Any]] = {
    "string": string_value,
    "number": _number,
    "unary_expression": _negative,
    "template_string": _template,
    "object": ObjectLiteral,
    **dict.fromkeys(_WORDS, lambda node: _WORDS[node.type]),
}
