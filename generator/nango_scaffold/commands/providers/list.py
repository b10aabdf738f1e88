"""The command ``providers list``: search among all providers."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...naming.suggest import nearest
from ...output import is_terminal
from ...project import look
from ...providers.index import provider_cards
from ...providers.places import open_catalogues
from ...providers.search import meant, search
from ...report.providers import cards_as_data, catalogues_told, nothing_found, table
from ..say import say_data, say_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from ...providers.index import ProviderCard


def run(options: argparse.Namespace) -> int:
    """Run ``providers list``.

    Raises:
        ScaffoldError: a catalogue cannot be read, or nobody has the auth mode or the category.
    """
    cards = chosen(
        provider_cards(Path(look(options.project).seeks_providers_from), _path(options.providers)), options
    )
    found = search(cards, options.words)
    near = [] if found else meant(cards, options.words)
    if options.json:
        say_data(cards_as_data(found, near))
    elif options.quiet:
        say_text("".join(f"{card.key}\n" for card in found))
    else:
        width = get_terminal_size().columns if is_terminal(sys.stdout) else None
        said = table(found, width) if found else nothing_found(options.words, near, width)
        say_text(said)
        if options.verbose:
            project = Path(look(options.project).seeks_providers_from)
            say_text(catalogues_told(open_catalogues(_path(options.providers), project)))
    return 0


def chosen(cards: Iterable[ProviderCard], options: argparse.Namespace) -> list[ProviderCard]:
    """The cards with the auth mode and the category asked for.

    Raises:
        AnswersError: no provider has them.
    """
    cards = list(cards)
    modes = Counter(card.auth_mode for card in cards)
    categories = Counter(category for card in cards for category in card.categories)
    mode = _known("--auth-mode", options.auth_mode, modes)
    category = _known("--category", options.category, categories)
    return [card for card in cards if mode in (None, card.auth_mode) and category in (None, *card.categories)]


def _known(option: str, value: str | None, counts: Counter[str]) -> str | None:
    """The word as the catalogue writes it."""
    if value is None:
        return None
    spellings = {word.casefold(): word for word in counts}
    if value.casefold() not in spellings:
        near = nearest(value, counts, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        there = ", ".join(f"{word} ({count})" for word, count in sorted(counts.items()))
        raise AnswersError(f"no provider has {value[:80]!r}", where=option, fix=f"{hint}There are: {there}")
    return spellings[value.casefold()]


def _path(name: str | None) -> Path | None:
    return Path(name) if name else None
