"""A provider on one line: what a list and a choice need of it, and the search for the words that a person types."""

from __future__ import annotations

import re
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..naming.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .facts import ProviderFacts

_PARTS = re.compile(r"[\W_]+")


@frozen
class ProviderCard:
    """A few of a provider's facts; `find` gives all of them.

    Args:
        key: its key in providers.yaml.
        name: as people write it.
        auth_mode: Nango's word for how it authenticates.
        base_url: as written; '' when Nango knows none.
        categories: Nango's.
        docs: the documentation; '' when there is none.
        alias_of: the entry it takes its facts from; None when it stands alone.
        paginate: link, cursor or offset; '' when Nango knows no pagination.
    """

    key: str
    name: str
    auth_mode: str
    base_url: str
    categories: tuple[str, ...]
    docs: str
    alias_of: str | None
    paginate: str


def card_of(facts: ProviderFacts) -> ProviderCard:
    """The card of a provider."""
    return ProviderCard(
        key=facts.key,
        name=facts.display_name or facts.key,
        auth_mode=facts.auth_mode,
        base_url=facts.base_url or "",
        categories=facts.categories,
        docs=facts.docs or "",
        alias_of=facts.alias_of,
        paginate=str((facts.paginate or {}).get("type", "")),
    )


def to_row(card: ProviderCard) -> list[Any]:
    """A card as plain data."""
    return list(astuple(card))


def from_row(row: Any) -> ProviderCard:
    """The card that `to_row` gave.

    Raises:
        ValueError: it is no such row.
    """
    key, name, auth_mode, base_url, categories, docs, alias_of, paginate = row
    return ProviderCard(key, name, auth_mode, base_url, tuple(categories), docs, alias_of, paginate)


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
            # A name of several words is matched word by word, and once more as a whole.
            whole = _score(card, " ".join(typed)) if typed else 0
            ranked.append((-max(whole, min(scores, default=0)), card.key, card))
    return [card for *_, card in sorted(ranked, key=lambda each: each[:2])]


def meant(cards: Sequence[ProviderCard], words: Sequence[str], n: int = 5) -> list[ProviderCard]:
    """The providers whose key or name is nearest to what was typed, best first."""
    by_key = {card.key: card for card in cards}
    names = {card.key: card.name for card in cards}
    return [by_key[key] for key in nearest(" ".join(words), by_key, n, names)]


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
