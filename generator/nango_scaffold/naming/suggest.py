"""Did you mean: the names nearest to one that is not known, and the model that a misspelt name means.

Names of models that differ on purpose are far more frequent than misspelt ones: ``Contact`` and ``Contacts``, ``CreateUser``
and ``UpdateUser``, ``UserV1`` and ``UserV2``. So a name counts as misspelt only where all of it but one word agrees with
another, and that word is one typing error away: a letter too many, one missing, a wrong one, two in the wrong order.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from .words import singular_word, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from difflib import SequenceMatcher

_LONGEST = 60  # of what was typed; no key is longer, and comparing takes the square of it
_ALIKE = 0.6  # difflib's ratio from which two words look alike


def nearest(
    key: str,
    keys: Iterable[str],
    n: int = 3,
    names: Mapping[str, str] | None = None,
    *,
    abbreviated: bool = True,
) -> list[str]:
    """The keys nearest to `key`, best first; equally near ones in alphabetical order.

    Case, blanks, dashes and punctuation do not count. The order of nearness: the same word (a key's or a
    display name's), the same parts in another order, one the beginning of the other, a spelling mistake.

    Args:
        key: as typed.
        keys: those there are.
        n: how many at most.
        names: display names by key, compared like keys ('Gmail' finds ``google-mail``).
        abbreviated: whether any beginning of a key may stand for it, and not only most of it.
    """
    from difflib import SequenceMatcher  # only a mistake needs it

    typed = key[:_LONGEST].casefold()
    # difflib keeps what it knows of the second word: all candidates are compared with that one.
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    matcher.set_seq2(_bare(typed))
    scored = []
    for candidate in dict.fromkeys(keys):
        spellings = {candidate.casefold(), (names or {}).get(candidate, candidate).casefold()}
        score = max(_nearness(typed, spelling, matcher, abbreviated=abbreviated) for spelling in spellings)
        if score:
            scored.append((-score, candidate))
    return [candidate for _, candidate in sorted(scored)[:n]]


def _nearness(typed: str, spelling: str, matcher: SequenceMatcher[str], *, abbreviated: bool) -> float:
    """0 for nothing in common, else up to 4; each way of being near has its own unit."""
    short, long = sorted((_bare(typed), _bare(spelling)), key=len)
    if not short:
        return 0
    if short == long:
        return 4
    if _parts(typed) == _parts(spelling):
        return 3
    is_most = 2 * len(short) >= _ALIKE * (len(short) + len(long))
    if (abbreviated or is_most) and len(short) >= 3 and long.startswith(short):
        return 1 + len(short) / len(long)
    return _likeness(typed, spelling, matcher)


def _likeness(typed: str, spelling: str, matcher: SequenceMatcher[str]) -> float:
    """0 for words that no slip of the fingers leads to, else up to about 1; beginnings are mistyped less than ends."""
    bare, word = _bare(typed), _bare(spelling)
    matcher.set_seq1(word)
    # Upper bounds of the ratio, which cost a part of it.
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0
    ratio = matcher.ratio()
    if ratio < _ALIKE or not (_is_misspelled(bare, word) or _is_shortened(typed, spelling)):
        return 0
    common_beginning = takewhile(lambda letters: letters[0] == letters[1], zip(bare, word, strict=False))
    return ratio + len(list(common_beginning)) / 1000


def _is_misspelled(typed: str, word: str) -> bool:
    """Whether few slips lead from one to the other: a letter left out, added, changed, or two that changed places.

    Words that share letters are not enough: ``discourse`` is no ``discord``, and ``heroku`` no ``xero``.
    """
    most = 1 if min(len(typed), len(word)) < 5 else 2
    return abs(len(typed) - len(word)) <= most and _slips(typed, word) <= most


def _is_shortened(typed: str, spelling: str) -> bool:
    """Whether a word is kept and the others are cut short, as ``ms-teams`` is for ``microsoft-teams``."""
    short, long = _bare(typed), iter(_bare(spelling))
    shares_a_word = bool({*_parts(typed)} & {*_parts(spelling)})
    return shares_a_word and short[0] == _bare(spelling)[0] and all(letter in long for letter in short)


def _slips(typed: str, word: str) -> int:
    """The edit distance of two words, in which two neighbours that changed places count once."""
    before: list[int] = []
    row = list(range(len(word) + 1))
    for line, letter in enumerate(typed, 1):
        before, above, row = row, before, [line]
        for at, other in enumerate(word, 1):
            changed = before[at - 1] + (letter != other)
            fewest = min(before[at] + 1, row[at - 1] + 1, changed)
            if line > 1 and at > 1 and letter == word[at - 2] and typed[line - 2] == other:
                fewest = min(fewest, above[at - 2] + 1)
            row.append(fewest)
    return row[-1]


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _parts(text: str) -> list[str]:
    return sorted(re.findall(r"[^\W_]+", text))


_SHORTEST = 4  # letters of the longer word: among shorter ones every other is one letter away

_SHORTEST_WITH_A_WRONG_LETTER = 6  # note, node and vote are words of their own

_INFLECTIONS = ("s", "d")  # user, users; update, updated


def meant_name(name: str, known: Iterable[str], familiar: Collection[str] = ()) -> str:
    """The known name that a name is most likely a misspelling of; '' for none.

    >>> meant_name("Contcat", ["Contact", "Company"]), meant_name("Contacts", ["Contact"])
    ('Contact', '')

    Args:
        name: in PascalCase.
        known: the names there are; ``name`` is none of them.
        familiar: words that are right as they stand, in lower case and in the singular.
    """
    return next((each for each in sorted(known) if _is_slip(words(name), words(each), familiar)), "")


def _is_slip(name: tuple[str, ...], other: tuple[str, ...], familiar: Collection[str]) -> bool:
    if "".join(name) == "".join(other):  # GitHubUser and GithubUser
        return True
    if len(name) != len(other):
        return False
    differing = [pair for pair in zip(name, other, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1:
        return False
    word, right = differing[0]
    return singular_word(word) not in familiar and _is_slip_of(word, right)


def _is_slip_of(word: str, right: str) -> bool:
    """Whether two words are one slip apart, and not two forms or two versions of one."""
    if singular_word(word) == singular_word(right) or _digits(word) != _digits(right):
        return False
    short, long = sorted((word, right), key=len)
    if len(long) < _SHORTEST:
        return False
    if len(short) == len(long):
        return _has_swapped_letters(word, right) or (
            len(word) >= _SHORTEST_WITH_A_WRONG_LETTER and len(_places(word, right)) == 1
        )
    inflected = long[:-1] == short and long[-1] in _INFLECTIONS
    return not inflected and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _has_swapped_letters(word: str, right: str) -> bool:
    places = _places(word, right)
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    first, second = places
    return word[first] == right[second] and word[second] == right[first]


def _places(word: str, right: str) -> list[int]:
    """Where two words of one length differ."""
    return [at for at, (letter, other) in enumerate(zip(word, right, strict=True)) if letter != other]


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))
