"""The wizard: ``nango-scaffold new`` at a terminal asks for what it was not told.

The middle is pure: a draft is what was said so far (``draft``), each question comes with the default that derivation
itself would take (``questions``, ``rehearsal``), and every answer is tried by deriving the whole before it is taken.
Only ``terminal`` and ``plain`` talk to a person, and only ``keep`` writes a file: the answers, where the person says.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..output import is_terminal

if TYPE_CHECKING:
    import argparse

__all__ = ["is_wanted"]


def is_wanted(options: argparse.Namespace) -> bool:
    """Whether ``new`` has to ask, and may: something needed is not said, and there is someone to be asked.

    The provider and one sync or action are all it needs. Without a terminal nothing is ever asked, nor where
    ``--answers``, ``--yes``, ``--json`` or ``--check`` say that a script is at work.
    """
    by_script = options.answers or options.yes or options.json or options.check
    if by_script or not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        return False
    said = {setting.partition("=")[0].partition("[")[0] for setting in options.settings}
    return not ("provider" in said and said & {"sync_names", "action_names", "syncs", "actions"})
