"""Search-as-you-type over every provider: an index in memory, made once. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..providers import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..providers.cards import ProviderCard


@dataclass(frozen=True)
class Index:
    """Every provider by what people may type for it.

    Args:
        cards: the providers.
        rows: for each, its key and name in small letters without anything but letters and digits, and its words.
    """

    cards: Sequence[ProviderCard]
    rows: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, cards: Sequence[ProviderCard]) -> Index:
        """Make the index."""
        rows = ((_bare(card.key), _bare(card.name), _words(card)) for card in cards)
        return cls(cards, tuple(rows))

    def card(self, key: str) -> ProviderCard | None:
        """The provider of a key."""
        return next((card for card in self.cards if card.key == key), None)

    def search(self, typed: str, most: int = 50) -> list[ProviderCard]:
        """The providers that may be meant, best first; all of them, by key, for nothing typed.

        What is typed counts without case, blanks and punctuation. First come those whose key or name it is, then
        those that begin so, then those with a word that begins so, then those that hold it anywhere.
        """
        wanted = _bare(typed)
        if not wanted:
            return list(self.cards[:most])
        found = [(rank, at) for at, row in enumerate(self.rows) if (rank := _rank(wanted, row)) is not None]
        return [self.cards[at] for _, at in sorted(found)[:most]]

    def alike(self, typed: str) -> list[str]:
        """The keys that are spelled nearly like what was typed, for a question back."""
        return nearest(typed, (card.key for card in self.cards), names={c.key: c.name for c in self.cards})


def _rank(wanted: str, row: tuple[str, str, str]) -> tuple[int, int] | None:
    key, name, words = row
    if wanted in (key, name):
        return 0, 0
    if key.startswith(wanted) or name.startswith(wanted):
        return 1, len(key)
    if f" {wanted}" in words:
        return 2, len(key)
    return (3, len(key)) if wanted in key or wanted in name else None


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _words(card: ProviderCard) -> str:
    return " " + " ".join(re.findall(r"[^\W_]+", f"{card.key} {card.name}".casefold()))
