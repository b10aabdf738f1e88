"""A TypeScript text as a row of tokens: enough to tell code from comments and texts, and brackets from each other.

It is no compiler's scanner, and need not be: what is not understood is one character of punctuation, and whoever reads
the row says that it did not understand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PIECE = re.compile(
    r"""(?P<blank>\s+)
    | (?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
    | (?P<text>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")
    | (?P<number>\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?\b)
    | (?P<word>[^\W\d][\w$]*|\$[\w$]*)
    | (?P<sign>\.\.\.|=>|.)""",
    re.DOTALL | re.VERBOSE,
)
_PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")
_BEFORE_PATTERN = frozenset("(,=:[!&|?{};")
_BEGINS_STATEMENT = frozenset(
    (
        "const",
        "let",
        "var",
        "if",
        "for",
        "while",
        "do",
        "return",
        "throw",
        "try",
        "switch",
        "export",
        "function",
    )
)
_OPENING = {"(": ")", "[": "]", "{": "}"}
_CLOSING = frozenset(_OPENING.values())


@frozen
class Token:
    """One piece of code.

    Attributes:
        kind: ``comment``, ``text``, ``template``, ``number``, ``word`` or ``sign``.
        text: as written.
        start: its offset in the file.
    """

    kind: str
    text: str
    start: int


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text, comments among them."""
    found: list[Token] = []
    place = 0
    while place < len(text):
        token = _template(text, place) or _pattern(text, place, found) or _plain(text, place)
        place = token.start + len(token.text)
        if token.kind != "blank":
            found.append(token)
    return found


def code_of(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the comments."""
    return [token for token in tokens if token.kind != "comment"]


def closing(tokens: Sequence[Token], start: int) -> int:
    """The index of the bracket that closes the one at ``start``; the number of tokens where none does."""
    depth = 0
    for index in range(start, len(tokens)):
        if is_sign(tokens[index], *_OPENING):
            depth += 1
        elif is_sign(tokens[index], *_CLOSING):
            depth -= 1
            if depth == 0:
                return index
    return len(tokens)


def end_of_expression(tokens: Sequence[Token], start: int, *stops: str) -> int:
    """The index at which an expression ends: at one of the stops, or a bracket closed that it did not open."""
    depth = 0
    for index in range(start, len(tokens)):
        token = tokens[index]
        if depth == 0 and is_sign(token, *stops):
            return index
        if is_sign(token, *_OPENING):
            depth += 1
        elif is_sign(token, *_CLOSING):
            if depth == 0:
                return index
            depth -= 1
    return len(tokens)


def end_of_statement(tokens: Sequence[Token], start: int) -> int:
    """The index at which the expression of a declaration ends, with a semicolon or without."""
    if start < len(tokens) and is_sign(tokens[start], "{", "["):
        return min(len(tokens), closing(tokens, start) + 1)
    depth = 0
    for index in range(start, len(tokens)):
        token = tokens[index]
        begins_next = token.kind == "word" and token.text in _BEGINS_STATEMENT
        if depth == 0 and (begins_next or is_sign(token, ";", ",", *_CLOSING)):
            return index
        depth += is_sign(token, *_OPENING) - is_sign(token, *_CLOSING)
    return len(tokens)


def is_sign(token: Token, *signs: str) -> bool:
    """Whether a token is one of some punctuation marks."""
    return token.kind == "sign" and token.text in signs


def matches(tokens: Sequence[Token], index: int, *texts: str) -> bool:
    """Whether the tokens from an index on are these words and signs."""
    found = tokens[index : index + len(texts)]
    return len(found) == len(texts) and all(
        token.text == text and token.kind in ("word", "sign")
        for token, text in zip(found, texts, strict=True)
    )


def generic_end(tokens: Sequence[Token], index: int) -> int:
    """The index behind type arguments ``<...>`` that begin at an index; the index itself where none do."""
    if index >= len(tokens) or not is_sign(tokens[index], "<"):
        return index
    depth = 0
    for place in range(index, len(tokens)):
        depth += is_sign(tokens[place], "<") - is_sign(tokens[place], ">")
        if depth == 0:
            return place + 1
    return index


def template_pieces(text: str) -> Iterator[tuple[bool, str]]:
    """The pieces of a template literal, in turn: whether one is an expression, and its text."""
    place, last, body = 1, 1, text[:-1]
    while place < len(body):
        if body[place] == "\\":
            place += 2
        elif body.startswith("${", place):
            yield False, unescaped(body[last:place])
            end = _end_of_nest(body, place + 2, "{")
            yield True, body[place + 2 : end - 1]
            place = last = end
        else:
            place += 1
    yield False, unescaped(body[last:])


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)


def unescaped(text: str) -> str:
    """What a text literal means, from between its quotes."""

    def meant(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        if code is None:
            return _ESCAPES.get(found[4], found[4])
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else "\ufffd"

    joined = _ESCAPE.sub(meant, text)
    return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _plain(text: str, place: int) -> Token:
    found = _PIECE.match(text, place)
    assert found is not None, "the pattern takes any character"
    return Token(str(found.lastgroup), found[0], place)


def _pattern(text: str, place: int, before: Sequence[Token]) -> Token | None:
    """A regular expression, where a division cannot stand."""
    if text[place] != "/" or text[place + 1 : place + 2] in ("/", "*"):
        return None
    last = next((token for token in reversed(before) if token.kind != "comment"), None)
    can_stand = last is None or is_sign(last, *_BEFORE_PATTERN, "=>") or last.text == "return"
    found = _PATTERN.match(text, place) if can_stand else None
    return Token("pattern", found[0], place) if found else None


def _template(text: str, place: int) -> Token | None:
    """A template literal; one that nothing closes is the rest of the text."""
    if text[place] != "`":
        return None
    end = _end_of_nest(text, place + 1, "`")
    is_closed = text[end - 1] == "`" and end - 1 > place
    return Token("template" if is_closed else "comment", text[place:end], place)


def _end_of_nest(text: str, place: int, opening: str) -> int:
    """The offset behind what closes a template literal or a brace; both hold each other, to any depth."""
    open_ = [opening]
    while place < len(text) and open_:
        is_text = open_[-1] == "`"
        if is_text and text[place] == "\\":
            place += 2
        elif is_text and text.startswith("${", place):
            open_.append("{")
            place += 2
        elif text[place] == "`":
            _turn(open_, "`", is_text)
            place += 1
        elif is_text or text[place] not in "{}'\"/":
            place += 1
        elif text[place] in "{}":
            _turn(open_, "{", text[place] == "}")
            place += 1
        else:
            place += len(_plain(text, place).text)
    return min(place, len(text))


def _turn(open_: list[str], opening: str, is_closing: bool) -> None:
    if is_closing:
        open_.pop()
    else:
        open_.append(opening)
