"""The command ``answers``: the answers of an integration as they are now."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..answers import load_answers
from ..assemble import Project, known_record
from ..assemble.adopted import adopted_answers
from ..assemble.answers_file import answers_text
from ..assemble.records import last_record
from ..commit import read
from ..naming.reserved import INTEGRATION_NAME
from .running import refuse_inside
from .say import say_data

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from typing import Any


def run(options: argparse.Namespace) -> int:
    """Run ``answers``.

    Raises:
        ScaffoldError: there is no such integration, or nothing is on record of it.
    """
    folder = Path(options.project)
    refuse_inside(folder)
    answers = _answers(options.integration, Project(partial(read, folder)))
    if options.json:
        say_data(answers)
    else:
        print(answers_text(answers), end="")
    return 0


def _answers(integration: str, project: Project) -> Mapping[str, Any]:
    """Those on record, else those that an integration was adopted with."""
    if INTEGRATION_NAME.fullmatch(integration) and last_record(integration, project) is None:
        adopted = adopted_answers(integration, project)
        if adopted is not None:
            return adopted.raw
    return load_answers(known_record(integration, project).answers).raw
