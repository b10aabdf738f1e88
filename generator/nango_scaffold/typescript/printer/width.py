"""How many columns a text takes, counted as prettier 3.3 counts them.

East Asian wide characters and emoji take two columns, control characters and combining marks none. Source:
the Unicode tables (UAX #11, emoji-data.txt); the counting rule was measured against prettier's own.
"""

from __future__ import annotations

import re
import unicodedata

# Emoji that Unicode calls narrow; every other single emoji is wide by its East Asian width already.
_NARROW_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u2328\u23cf\u23ed-\u23ef\u23f1\u23f2"
    "\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb\u25fc\u2600-\u2604\u260e\u2611\u2618\u261d\u2620"
    "\u2622\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642\u265f\u2660\u2663\u2665\u2666\u2668"
    "\u267b\u267e\u2692\u2694-\u2697\u2699\u269b\u269c\u26a0\u26a7\u26b0\u26b1\u26c8\u26cf\u26d1\u26d3"
    "\u26e9\u26f0\u26f1\u26f4\u26f7-\u26f9\u2702\u2708\u2709\u270c\u270d\u270f\u2712\u2714\u2716\u271d"
    "\u2721\u2733\u2734\u2744\u2747\u2763\u2764\u27a1\u2934\u2935\u2b05-\u2b07\U0001f170\U0001f171"
    "\U0001f17e\U0001f17f\U0001f321\U0001f324-\U0001f32c\U0001f336\U0001f37d\U0001f396\U0001f397"
    "\U0001f399-\U0001f39b\U0001f39e\U0001f39f\U0001f3cb-\U0001f3ce\U0001f3d4-\U0001f3df\U0001f3f3"
    "\U0001f3f5\U0001f3f7\U0001f43f\U0001f441\U0001f4fd\U0001f549\U0001f54a\U0001f56f\U0001f570"
    "\U0001f573-\U0001f579\U0001f587\U0001f58a-\U0001f58d\U0001f590\U0001f5a5\U0001f5a8\U0001f5b1"
    "\U0001f5b2\U0001f5bc\U0001f5c2-\U0001f5c4\U0001f5d1-\U0001f5d3\U0001f5dc-\U0001f5de\U0001f5e1"
    "\U0001f5e3\U0001f5e8\U0001f5ef\U0001f5f3\U0001f5fa\U0001f6cb\U0001f6cd-\U0001f6cf"
    "\U0001f6e0-\U0001f6e5\U0001f6e9\U0001f6f0\U0001f6f3"
)
_NARROW = f"[{_NARROW_EMOJI}]"
_EMOJI = f"[{_NARROW_EMOJI}\u2614-\u27bf\u2b1b-\u2b55\U0001f300-\U0001faff]"
_SKIN = "[\U0001f3fb-\U0001f3ff]"
_TAGS = "[\U000e0020-\U000e007f]"
_STYLED = f"(?:{_NARROW}\ufe0f|{_EMOJI}{_SKIN}|{_EMOJI})"
# Compiled by the first text that is not plain: that takes longer than to lay out a whole integration.
_SEQUENCE = (
    "[\U0001f1e6-\U0001f1ff]{2}"  # a flag
    "|[0-9#*]\ufe0f?\u20e3"  # a keycap
    f"|{_STYLED}(?:{_TAGS}+|(?:\u200d{_STYLED})+)"
    f"|{_NARROW}\ufe0f|{_EMOJI}{_SKIN}|{_NARROW}"
)
_PLAIN = re.compile("[\x20-\x7f]*")


def text_width(text: str) -> int:
    """The columns ``text`` takes on a line of a monospaced editor.

    Args:
        text: a text without line breaks.

    Returns:
        The number of columns.
    """
    if _PLAIN.fullmatch(text):
        return len(text)
    return sum(map(_character_width, re.sub(_SEQUENCE, "  ", text)))


def _character_width(character: str) -> int:
    code = ord(character)
    if code <= 31 or 127 <= code <= 159 or 768 <= code <= 879:
        return 0
    if unicodedata.category(character) == "Cn":  # Python's tables call what is unassigned wide
        return 2 if 0x20000 <= code <= 0x3FFFD else 1
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
