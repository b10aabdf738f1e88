"""All providers at a glance, without parsing their catalogues again.

A catalogue takes from 0.2 s to 2 s to parse. What a list needs of it is kept in the user's cache, by the digest
of the catalogue's text (one that nobody can make another text for: a project's catalogue is not to be listed in the
next project): so it is never stale, and whatever is wrong with it (cut short, edited, of another version,
a folder that cannot be written) costs that time and nothing else.
"""

from __future__ import annotations

import json
import os
from binascii import crc32
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

try:
    from _blake2 import blake2b  # hashlib takes 5 ms to load, for OpenSSL's sake
except ImportError:
    from hashlib import blake2b

from .. import __version__
from . import cache
from .cards import ProviderCard, card_of, from_row, to_row
from .catalogue_locations import embedded, open_catalogues
from .errors import UNUSABLE, CatalogueError, as_answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .catalogue_locations import Catalogue

__all__ = ["ProviderCard", "provider_cards"]

FORMAT = 1
"""Of the rows and of how facts are reduced to them: to be raised when either changes."""

_FOLDER = "index"
_MOST_FILES = 8  # a project or two, the refreshed catalogue and the embedded one, each in a few versions

Cards: TypeAlias = "dict[str, ProviderCard | None]"
"""None for an entry that is there, and that nobody can use."""


def provider_cards(
    project: Path | None = None, providers_path: Path | None = None
) -> tuple[ProviderCard, ...]:
    """The providers that `find` would find with the same arguments, sorted by key.

    Args:
        project: the folder that holds, or will hold, ``nango-integrations/``.
        providers_path: a providers.yaml to read instead of all others.

    Raises:
        AnswersError: the file at `providers_path` cannot be used.
        ProjectError: the project's providers.yaml cannot be used.
    """
    own_docs = {key: card.docs for key, card in _cards(embedded()).items() if card}
    cards: Cards = {}
    for catalogue in open_catalogues(providers_path, project):
        for key, card in _cards(catalogue).items():
            # An entry that cannot be used hides those of later catalogues, as `find` refuses it; but not one of our copy.
            if card is not None or not catalogue.is_refreshed:
                cards.setdefault(key, _with_own_docs(card, own_docs))
    return tuple(card for _, card in sorted(cards.items()) if card is not None)


def _with_own_docs(card: ProviderCard | None, own_docs: Mapping[str, str]) -> ProviderCard | None:
    """With the third party's documentation where we know it, as `find` has it."""
    if card is None or not own_docs.get(card.key):
        return card
    return replace(card, docs=own_docs[card.key])


def _cards(catalogue: Catalogue) -> Cards:
    """The cards of a catalogue: from the cache where they are, else made and put there."""
    name = f"{_FOLDER}/{_digest(catalogue)}.json"
    cards = _from_text(cache.read(name))
    if cards is None:
        cards = _parsed(catalogue)
        with suppress(OSError):  # a cache that cannot be written is no cache
            _delete_old(cache.write(name, _to_text(cards)).parent)
    return cards


def _parsed(catalogue: Catalogue) -> Cards:
    from .resolve import all_facts  # what parses is imported only now: it takes longer than all the rest

    try:
        return {key: card_of(facts) if facts else None for key, facts in all_facts(catalogue)}
    except CatalogueError as error:
        if catalogue.is_refreshed:
            return {}
        placed = CatalogueError(error.what, where=str(catalogue.path), fix=UNUSABLE)
        raise (as_answer(placed) if catalogue.kind == "named" else placed) from None


def _digest(catalogue: Catalogue) -> str:
    """What the cards depend on: the text, its schema, and us."""
    data = f"{FORMAT} {__version__} {catalogue.is_embedded}\n{catalogue.text}".encode()
    return f"{blake2b(data, digest_size=16).hexdigest()}-{len(data)}"


def _to_text(cards: Cards) -> str:
    """One line a provider, below their checksum."""
    rows = [json.dumps(to_row(card) if card else [key], ensure_ascii=False) for key, card in cards.items()]
    body = ",\n".join(rows)
    return f"[{crc32(body.encode())},\n{body}\n]\n"


def _from_text(text: str | None) -> Cards | None:
    """The cards in a file of the cache; None when it is not as we wrote it."""
    # Checked before it is parsed: a file that was cut short could still be JSON.
    head, _, rest = (text or "").partition(",\n")
    body = rest.removesuffix("\n]\n")
    if head != f"[{crc32(body.encode())}":
        return None
    try:
        return {row[0]: from_row(row) if len(row) > 1 else None for row in json.loads(f"[{body}]")}
    except (ValueError, TypeError, LookupError):
        return None


def _delete_old(folder: Path) -> None:
    """Delete all but the newest few."""
    aged = sorted(folder.glob("*.json"), key=os.path.getmtime, reverse=True)
    for path in aged[_MOST_FILES:]:
        path.unlink(missing_ok=True)
