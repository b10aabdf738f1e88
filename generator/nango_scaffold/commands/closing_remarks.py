"""What is to be said of a project once it is known what a run makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .. import manifest
from ..naming.reserved import INTEGRATION_NAME
from ..project import Advice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..operations import Outcome
    from ..project import NangoProject


def remarks_on(project: NangoProject, outcome: Outcome) -> Iterator[Advice]:
    """What will not work yet, though everything was written.

    Args:
        project: as it was before.
        outcome: what a run does to it, in real paths.
    """
    if refusal := refusal_by_cli(project, outcome):
        yield refusal
    is_covered_now = ".gitignore" in outcome.plan.paths("create")
    if project.unignored_env and not is_covered_now:
        yield project.unignored_env


def refusal_by_cli(project: NangoProject, outcome: Outcome) -> Advice | None:
    """Why the nango CLI takes nothing of nango.yaml, when that is for the entry of somebody else."""
    yaml = next((each for each in outcome.plan.changes if each.path == project.layout.yaml), None)
    if yaml is None or yaml.before is None or yaml.after is None:
        return None
    from .complete.names import integration_names  # most runs go on alone

    text = yaml.after.decode("utf-8", "replace")
    names = integration_names(text)
    ours = {name for name in names if _is_ours(name, project, outcome)}
    if names and ours.issuperset(names):
        return None
    from ..check.refused import (
        refused_entries,  # the room of checks takes as long to import as all others together
    )

    refused = refused_entries(text, ours)
    if not refused:
        return None
    others = f" ({len(refused) - 1} more: nango-scaffold check)" if len(refused) > 1 else ""
    place = f"{project.yaml}:{refused[0].line}"
    return Advice(
        f"{place}: {refused[0].message} The nango CLI refuses the whole file for it",
        f"first mend {place}{others}",
        blocks=True,
    )


def _is_ours(name: str, project: NangoProject, outcome: Outcome) -> bool:
    """Whether an integration is one that we wrote, or write now."""
    if not INTEGRATION_NAME.fullmatch(name):
        return False
    return name in outcome.guesses or Path(project.location, name, manifest.NAME).exists()
