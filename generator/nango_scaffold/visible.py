r"""Text as it may be shown: names come from files of strangers, and a terminal obeys some characters.

What moves the cursor, colours, hides or turns text round (control characters, bidirectional overrides, characters
without a width, halves of surrogate pairs) is written as its escape, such as ``\x1b``. Tabs and ends of lines stay.
"""

from __future__ import annotations

import codecs
import re

_UNSEEN = (
    r"\x7f-\x9f"  # DEL, and the control characters of eight bits
    r"\u00ad\u034f\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # without a width, line separators, bidirectional
    r"\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Texts, which re compiles when they are first used: most runs need none of them, and each takes a millisecond.
_HARMFUL = rf"[\x00-\x08\x0b\x0c\x0e-\x1f{_UNSEEN}]|\r(?!\n)"
_HARMFUL_IN_A_LINE = rf"[\x00-\x08\x0a-\x1f{_UNSEEN}]"
_HARMFUL_IN_JSON = f"[{_UNSEEN}]"
_SHORT = {"\n": r"\n", "\r": r"\r"}
_PLAINER = str.maketrans({"├": "|", "│": "|", "└": "`", "─": "-", "━": "-", "…": "...", "·": "-", "–": "-"})


def columns(text: str) -> int:
    """How many columns a line takes in a terminal: letters of some scripts take two, accents that combine none."""
    if text.isascii():
        return len(text)
    # Seldom needed, and its tables take a while to load.
    from wcwidth import wcwidth

    return sum(max(wcwidth(character), 0) for character in text)


def padded(text: str, width: int) -> str:
    """A line filled with blanks to so many columns."""
    return text + " " * max(width - columns(text), 0)


def shortened(text: str, most: int) -> str:
    """A line in no more than so many columns."""
    if columns(text) <= most:
        return text
    # One column short of it, for the ellipsis; by characters, as one may take two columns or none.
    while text and columns(text) >= most:
        text = text[:-1]
    return f"{text}…"


def visible(text: str) -> str:
    """Text of one line or several as it may be shown."""
    if _is_plain(text.replace("\n", "")):
        return text
    return re.sub(_HARMFUL, _escape, text)


def visible_line(text: str) -> str:
    """Text that belongs in one line, as it may be shown: the ends of lines in it are escaped, too."""
    if _is_plain(text):
        return text
    return re.sub(_HARMFUL_IN_A_LINE, _escape, text)


def _is_plain(text: str) -> bool:
    """Whether a line holds nothing but printable ASCII and what this program draws; quicker than the patterns."""
    line = text.translate(_PLAINER)
    return line.isascii() and line.isprintable()


def visible_json(text: str) -> str:
    """JSON whose strings hold nothing that a terminal obeys; it means the same."""
    return re.sub(_HARMFUL_IN_JSON, lambda match: _json_escape(match[0]), text)


def in_encoding(text: str, encoding: str) -> str:
    """Text that an encoding can hold: drawn lines become plain ones, what else it lacks a question mark."""
    if _holds(encoding, text):
        return text
    plainer = "".join(
        character if _holds(encoding, character) else character.translate(_PLAINER) for character in text
    )
    return plainer.encode(encoding, "replace").decode(encoding)


def json_in_encoding(text: str, encoding: str) -> str:
    """JSON that an encoding can hold; it means the same."""
    if _holds(encoding, text):
        return text
    return "".join(
        character if _holds(encoding, character) else _json_escape(character) for character in text
    )


def _holds(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def known_encoding(name: str | None) -> str:
    """An encoding by its name; UTF-8 where it has none, or an unknown one."""
    try:
        return codecs.lookup(name or "utf-8").name
    except LookupError:
        return "utf-8"


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _json_escape(characters: str) -> str:
    units = characters.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
