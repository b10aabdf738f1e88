"""Search-as-you-type over every provider: each search is done once, though completions and help lines ask for it."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..providers.search import meant, search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..providers.cards import ProviderCard


@frozen
class Index:
    """Every provider.

    Args:
        cards: the providers, sorted by key.
    """

    cards: Sequence[ProviderCard]
    _found: dict[str, list[ProviderCard]] = field(default_factory=dict, repr=False, compare=False)

    def card(self, key: str) -> ProviderCard | None:
        """The provider of a key."""
        return next((card for card in self.cards if card.key == key), None)

    def search(self, typed: str) -> list[ProviderCard]:
        """The providers that may be meant, best first; all of them for nothing typed."""
        typed = typed.strip()
        if typed not in self._found:
            self._found[typed] = search(self.cards, [typed])
        return self._found[typed]

    def alike(self, typed: str) -> list[str]:
        """The keys of those spelled nearly like what was typed, for a question back."""
        return [card.key for card in meant(self.cards, [typed], 3)]
