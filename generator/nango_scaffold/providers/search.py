"""Search among providers: words a person types, against keys, names and categories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..naming.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .cards import ProviderCard

_PARTS = re.compile(r"[\W_]+")


def search(cards: Iterable[ProviderCard], words: Sequence[str]) -> list[ProviderCard]:
    """The providers that match every word, best first; equally good ones by key. All of them when there is no word.

    From best to least: the key itself, the whole name, how a key or a name begins, how a part of them begins, the
    whole of a category, the middle of a key or a name, how a category begins. Case does not count.
    """
    typed = " ".join(words).casefold().split()
    ranked = []
    for card in cards:
        scores = [_score(card, word) for word in typed]
        if all(scores):
            whole = _score(card, " ".join(typed)) if typed else 0
            ranked.append((-max(whole, min(scores, default=0)), card.key, card))
    return [card for *_, card in sorted(ranked, key=lambda each: each[:2])]


def meant(cards: Sequence[ProviderCard], words: Sequence[str], n: int = 5) -> list[ProviderCard]:
    """The providers whose key or name is nearest to what was typed, best first."""
    by_key = {card.key: card for card in cards}
    return [
        by_key[key] for key in nearest(" ".join(words), by_key, n, {card.key: card.name for card in cards})
    ]


def _score(card: ProviderCard, word: str) -> int:
    """How well a word matches: 0 for not at all."""
    key, name = card.key.casefold(), card.name.casefold()
    categories = [category.casefold() for category in card.categories]
    parts = [*_PARTS.split(key), *_PARTS.split(name)]
    ways = (
        key == word,
        name == word,
        key.startswith(word) or name.startswith(word),
        any(part.startswith(word) for part in parts),
        word in categories,
        word in key or word in name,
        any(category.startswith(word) for category in categories),
    )
    return next((len(ways) - at for at, matches in enumerate(ways) if matches), 0)
