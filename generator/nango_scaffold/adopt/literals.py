"""Literals of TypeScript as data: texts, numbers, lists and objects; all else stays code."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from .tokens import closing, code_of, end_of_expression, is_sign, template_pieces, unescaped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .tokens import Token

_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}
_DEEPEST = 40


@frozen
class Code:
    """A value that is no literal: its tokens, without comments."""

    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The code on one line."""
        return " ".join(token.text for token in self.tokens)


@frozen
class Templated:
    """A template literal: whether a piece is an expression, and its text, in turn."""

    pieces: tuple[tuple[bool, str], ...]


@frozen
class ObjectLiteral:
    """An object literal.

    Attributes:
        fields: values by key, in order.
        spreads: what is spread into it, or given under a computed key.
        comments: the comments above each key.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    spreads: tuple[Code, ...] = ()
    comments: dict[str, str] = field(default_factory=dict)


def value_of(tokens: Sequence[Token], depth: int = 0) -> Any:
    """The value of an expression: data, ``Templated``, ``ObjectLiteral``, a list of such, or ``Code``.

    Args:
        tokens: the expression, comments and all.
        depth: how many literals it stands in.
    """
    code = code_of(tokens)
    code = code[: _cast(code)]
    if len(code) == 1:
        return _single(code[0])
    if len(code) == 2 and is_sign(code[0], "-") and code[1].kind == "number":
        return -_number(code[1].text)
    if code and depth < _DEEPEST:
        if is_sign(code[0], "{") and closing(code, 0) == len(code) - 1:
            return _object(tokens, depth)
        if is_sign(code[0], "[") and closing(code, 0) == len(code) - 1:
            return _list(code[1:-1], depth)
    return Code(tuple(code))


def _cast(code: Sequence[Token]) -> int:
    """Where ``as const``, or any other word on the type of the value, begins; else the end."""
    depth = 0
    for index, token in enumerate(code):
        depth += is_sign(token, *"([{") - is_sign(token, *")]}")
        if depth == 0 and index and token.kind == "word" and token.text in ("as", "satisfies"):
            return index
    return len(code)


def _single(token: Token) -> Any:
    if token.kind == "text":
        return unescaped(token.text[1:-1])
    if token.kind == "number":
        return _number(token.text)
    if token.kind == "template":
        pieces = tuple(template_pieces(token.text))
        return "".join(text for _, text in pieces) if len(pieces) == 1 else Templated(pieces)
    if token.kind == "word" and token.text in _WORDS:
        return _WORDS[token.text]
    return Code((token,))


def _number(text: str) -> int | float:
    digits = text.replace("_", "")
    return int(digits) if digits.isdigit() else float(digits)


def _list(code: Sequence[Token], depth: int) -> list[Any]:
    items, place = [], 0
    while place < len(code):
        end = end_of_expression(code, place, ",")
        items.append(value_of(code[place:end], depth + 1))
        place = end + 1
    return items


def _object(tokens: Sequence[Token], depth: int) -> ObjectLiteral:
    """An object literal, from its first brace on; comments of an inner one are its own."""
    first = next(index for index, token in enumerate(tokens) if is_sign(token, "{"))
    last = closing(tokens, first)
    found = ObjectLiteral()
    spreads: list[Code] = []
    place, above = first + 1, ""
    while place < last:
        token = tokens[place]
        if token.kind == "comment":
            above = f"{above}\n{token.text}" if above else token.text
            place += 1
        elif is_sign(token, ",", ";"):
            place += 1
        else:
            end = max(place + 1, end_of_expression(tokens[:last], place, ","))
            spreads += _entry(tokens[place:end], found, above, depth)
            place, above = end, ""
    return ObjectLiteral(found.fields, tuple(spreads), found.comments)


def _entry(tokens: Sequence[Token], found: ObjectLiteral, above: str, depth: int) -> list[Code]:
    """Put ``key: value`` or ``key`` into an object; give what is neither."""
    code = code_of(tokens)
    key = _key(code[0])
    if key is None or not (len(code) == 1 or is_sign(code[1], ":")):
        return [Code(tuple(code))]
    colon = next((index for index, token in enumerate(tokens) if is_sign(token, ":")), None)
    if code[0].kind != "word" and colon is None:
        return [Code(tuple(code))]
    found.fields[key] = value_of(tokens[colon + 1 :], depth + 1) if colon is not None else Code((code[0],))
    found.comments[key] = above
    return []


def _key(token: Token) -> str | None:
    if token.kind in ("word", "number"):
        return token.text
    return unescaped(token.text[1:-1]) if token.kind == "text" else None
