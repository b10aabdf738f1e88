"""The keys someone may have meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from difflib import SequenceMatcher

_LONGEST = 60  # of what was typed; no key is longer, and comparing takes the square of it
_ALIKE = 0.6  # difflib's ratio from which two words look alike


def nearest(key: str, keys: Iterable[str], n: int = 3, names: Mapping[str, str] | None = None) -> list[str]:
    """The keys nearest to `key`, best first; equally near ones in alphabetical order.

    Case, blanks, dashes and punctuation do not count. The order of nearness: the same word (a key's or a
    display name's), the same parts in another order, one the beginning of the other, a spelling mistake.

    Args:
        key: as typed.
        keys: those there are.
        n: how many at most.
        names: display names by key, compared like keys ('Gmail' finds ``google-mail``).
    """
    from difflib import SequenceMatcher  # only a mistake needs it

    typed = key[:_LONGEST].casefold()
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(_bare(typed))
    found = []
    for candidate in dict.fromkeys(keys):
        spellings = {candidate.casefold(), (names or {}).get(candidate, candidate).casefold()}
        score = max(_nearness(typed, spelling, matcher) for spelling in spellings)
        if score:
            found.append((-score, candidate))
    return [candidate for _, candidate in sorted(found)[:n]]


def _nearness(typed: str, spelling: str, matcher: SequenceMatcher[str]) -> float:
    """0 for nothing in common, else up to 4; each way of being near has its own unit."""
    short, long = sorted((_bare(typed), _bare(spelling)), key=len)
    if not short:
        return 0
    if short == long:
        return 4
    if _parts(typed) == _parts(spelling):
        return 3
    if len(short) >= 3 and long.startswith(short):
        return 1 + len(short) / len(long)
    matcher.set_seq1(_bare(spelling))
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0
    ratio = matcher.ratio()
    same_first = next((at for at in range(len(short)) if short[at] != long[at]), len(short))
    return ratio + same_first / 1000 if ratio >= _ALIKE else 0  # beginnings are mistyped less than ends


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _parts(text: str) -> list[str]:
    return sorted(re.findall(r"[^\W_]+", text))
