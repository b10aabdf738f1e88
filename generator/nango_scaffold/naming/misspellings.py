"""The model that a misspelt name means.

Names that differ on purpose are far more frequent than misspelt ones: ``Contact`` and ``Contacts``, ``CreateUser`` and
``UpdateUser``, ``UserV1`` and ``UserV2``. So a name counts as misspelt only where all of it but one word agrees with
another, and that word is one typing error away: a letter too many, one missing, a wrong one, two in the wrong order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .numbers import singular_word
from .words import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

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
