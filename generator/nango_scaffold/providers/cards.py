"""A provider on one line: what a list, a search and a choice need of it."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from ..frozen import frozen

if TYPE_CHECKING:
    from .facts import ProviderFacts


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
