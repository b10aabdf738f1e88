"""What every command that writes to a project does: look at the project, work out the plan under the lock, commit it."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from .. import report
from ..commit import apply, hold, is_unfinished, preflight, read, recover
from ..errors import ProjectError
from ..render.paths import ROOT
from ..report.next_steps import TOOLS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from ..assemble import Outcome, Reader
    from .clock import Clock

    AnyOutcome = TypeVar("AnyOutcome", bound=Outcome)


def carry_out(
    project: Path, work: Callable[[Reader], AnyOutcome], *, dry_run: bool, clock: Clock | None = None
) -> AnyOutcome:
    """Work out what is to be written, and write it unless it is a dry run.

    Args:
        project: the project folder.
        work: gives the outcome, from a reader of the project; under the lock, if anything is to be written.
        dry_run: write nothing, and refuse what writing would refuse.
        clock: times the writing.

    Raises:
        ScaffoldError: it cannot be done; nothing was changed.
    """
    reader = partial(read, project)
    if dry_run:
        _refuse_unfinished(project)
        outcome = work(reader)
        preflight(project, outcome.plan)
        return outcome
    with hold(project, wait=60.0) as lock:
        recover(lock)
        outcome = work(reader)
        with clock.step("write") if clock else nullcontext():
            apply(lock, outcome.plan)
    return outcome


def refuse_inside(project: Path) -> None:
    """The folder that holds nango.yaml is not the project: the project is the folder above it.

    Raises:
        ProjectError: it was named as the project.
    """
    if (project / "nango.yaml").exists() and not (project / ROOT).exists():
        raise ProjectError(
            "this folder holds nango.yaml itself",
            where=str(project),
            fix=f"name the folder above it: --project {project / '..'}",
        )


def _refuse_unfinished(project: Path) -> None:
    """What is on disk may be half a commit: a dry run against it would show something else than the real run."""
    if is_unfinished(project):
        raise ProjectError(
            "another run is at work here, or one was killed",
            where=str(project),
            fix="wait for it, or run once without --dry-run: that settles it first",
        )


def told_of(
    options: argparse.Namespace, integrations: Sequence[report.Integration], clock: Clock | None = None
) -> report.Run:
    """What the report is to know of a run."""
    return report.Run(
        options.project,
        tuple(integrations),
        dry=options.dry_run,
        tools=tuple(name for name in TOOLS if (Path(options.project) / name).exists()),
        seconds=clock.seconds if clock else {},
    )
