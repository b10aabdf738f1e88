"""The wizard: ``nango-scaffold new`` at a terminal asks for what the command line leaves unset.

The middle is pure: a draft is the answers so far (``draft``), each question comes with the default that derivation
itself would use (``questions``, ``world``), and every answer is tested by deriving the whole before it is accepted.
Only ``terminal`` and ``plain_terminal`` talk to the user, and only ``answers_file`` writes a file, where the user says.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..output import is_terminal

if TYPE_CHECKING:
    import argparse

__all__ = ["is_wanted"]


def is_wanted(options: argparse.Namespace) -> bool:
    """Whether ``new`` has to ask, and may: a required answer is unset, and there is a terminal to ask at.

    The provider and one sync or action are all that is required. Nothing is ever asked without a terminal, nor with
    ``--answers``, ``--yes``, ``--json`` or ``--check``, which a script uses, nor where the command line names what the
    answers are inferred from.
    """
    by_script = (options.answers, options.yes, options.json, options.check)
    if any(by_script) or _names_sources(options):
        return False
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        return False
    # Whether a value is valid is for the check of the whole to say: here only what is named.
    keys = {setting.partition("=")[0].partition("[")[0] for setting in options.settings}
    has_script = bool(keys & {"sync_names", "action_names", "syncs", "actions"})
    return not (has_script and "provider" in keys)


def _names_sources(options: argparse.Namespace) -> bool:
    return bool(options.openapi or options.samples) or options.sample_from is not None
