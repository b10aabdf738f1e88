"""The command ``providers show``: all that is known of one provider."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from ...project import look
from ...providers import find
from ...report.providers import card
from ..terminal_output import say_data, say_text

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Run ``providers show``.

    Raises:
        UnknownProviderError: no catalogue has it.
        ScaffoldError: a catalogue cannot be read.
    """
    providers = Path(options.providers) if options.providers else None
    facts = find(
        options.key, providers_path=providers, project=Path(look(options.project).seeks_providers_from)
    )
    if options.json:
        say_data(facts.to_data())
    else:
        say_text(card(facts, _repeated(options)))
    return 0


def _repeated(options: argparse.Namespace) -> str:
    """The options that said where to look: whoever goes on from here needs them again."""
    project = f" --project {quote(options.project)}" if options.project != "." else ""
    return project + (f" --providers {quote(options.providers)}" if options.providers else "")
