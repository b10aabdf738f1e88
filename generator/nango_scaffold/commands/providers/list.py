"""The command ``providers list``: search among all providers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ..arguments import Commands, add_command, add_project, add_providers

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

    from ...providers.index import ProviderCard

_EXAMPLES = """\
  nango-scaffold providers list
  nango-scaffold providers list google calendar
  nango-scaffold providers list --category crm --auth-mode OAUTH2
  nango-scaffold providers list crm --quiet
"""


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = add_command(
        commands,
        "list",
        help="search all providers",
        description="List the providers whose key, name or category matches every word, best first.",
        examples=_EXAMPLES,
    )
    parser.set_defaults(run="providers.list")
    parser.add_argument(
        "words", metavar="WORD", nargs="*", help="what to search for (default: all providers)"
    )
    parser.add_argument("--auth-mode", metavar="MODE", help="only those with this auth mode, such as API_KEY")
    parser.add_argument("--category", metavar="CATEGORY", help="only those in this category, such as crm")
    add_project(parser)
    add_providers(parser)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print them as JSON")
    how.add_argument("--quiet", action="store_true", help="print only the keys")
    how.add_argument(
        "--verbose", action="store_true", help="also print where the catalogues are and where they came from"
    )


def run(options: argparse.Namespace) -> int:
    """Run ``providers list``.

    Raises:
        ScaffoldError: a catalogue cannot be read, or nobody has the auth mode or the category.
    """
    from pathlib import Path
    from shutil import get_terminal_size

    from ...output import is_terminal
    from ...project import look
    from ...providers.cards import meant, search
    from ...providers.catalogue_locations import open_catalogues
    from ...providers.index import provider_cards
    from ...report.providers import cards_as_data, catalogue_order, no_match, table
    from ..terminal_output import say_data, say_text

    project = Path(look(options.project).seeks_providers_from)
    catalogue = Path(options.providers) if options.providers else None
    cards = filtered(provider_cards(project, catalogue), options)
    matches = search(cards, options.words)
    near = [] if matches else meant(cards, options.words)
    if options.json:
        say_data(cards_as_data(matches, near))
    elif options.quiet:
        say_text("".join(f"{card.key}\n" for card in matches))
    else:
        width = get_terminal_size().columns if is_terminal(sys.stdout) else None
        say_text(table(matches, width) if matches else no_match(options.words, near, width))
        if options.verbose:
            say_text(catalogue_order(open_catalogues(catalogue, project)))
    return 0


def filtered(cards: Iterable[ProviderCard], options: argparse.Namespace) -> list[ProviderCard]:
    """The cards with the auth mode and the category asked for.

    Raises:
        AnswersError: no provider has them.
    """
    from collections import Counter

    # Read twice: to tell which there are, and to choose.
    cards = list(cards)
    modes = Counter(card.auth_mode for card in cards)
    categories = Counter(category for card in cards for category in card.categories)
    mode = _known("--auth-mode", options.auth_mode, modes)
    category = _known("--category", options.category, categories)
    of_mode = [card for card in cards if mode in (None, card.auth_mode)]
    return [card for card in of_mode if category in (None, *card.categories)]


def _known(option: str, value: str | None, counts: Mapping[str, int]) -> str | None:
    """The word as the catalogue writes it."""
    from ...naming.suggest import nearest

    if value is None:
        return None
    spellings = {word.casefold(): word for word in counts}
    if value.casefold() not in spellings:
        near = nearest(value, counts, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        words_with_counts = ", ".join(f"{word} ({count})" for word, count in sorted(counts.items()))
        raise AnswersError(
            f"no provider has {value[:80]!r}", where=option, fix=f"{hint}There are: {words_with_counts}"
        )
    return spellings[value.casefold()]
