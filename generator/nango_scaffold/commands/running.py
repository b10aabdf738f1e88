"""What every command that writes to a project does: look at the project, work out the plan under the lock, commit it."""

from __future__ import annotations

import os
import sys
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
    from ..commit import Recovery
    from .clock import Clock

    AnyOutcome = TypeVar("AnyOutcome", bound=Outcome)


def carry_out(
    project: Path,
    work: Callable[[Reader], AnyOutcome],
    options: argparse.Namespace,
    *,
    clock: Clock | None = None,
) -> AnyOutcome:
    """Work out what is to be written, and write it unless it is a dry run.

    Args:
        project: the project folder.
        work: gives the outcome, from a reader of the project; under the lock, if anything is to be written.
        options: those of the command line. With ``dry_run`` nothing is written, and what writing would refuse is
            refused. What became of an earlier run that was killed is put into ``recovery``, and told at once.
        clock: times the writing.

    Raises:
        ScaffoldError: it cannot be done; nothing was changed.
    """
    reader = partial(read, project)
    options.recovery = None
    if options.dry_run:
        _refuse_unfinished(project)
        outcome = work(reader)
        preflight(project, outcome.plan)
        return outcome
    with hold(project, wait=60.0) as lock:
        options.recovery = recover(lock)
        tell_recovery(options.recovery)
        outcome = work(reader)
        with clock.step("write") if clock else nullcontext():
            apply(lock, outcome.plan)
    return outcome


def tell_recovery(recovery: Recovery | None) -> None:
    """Say on standard error what became of an earlier run that was killed."""
    if recovery is not None:
        print(f"nango-scaffold: {recovery.sentence}", file=sys.stderr)


def refuse_inside(project: Path) -> None:
    """The folder that holds nango.yaml is not the project: the project is the folder above it.

    Raises:
        ProjectError: it was named as the project.
    """
    if os.path.exists(project / "nango.yaml") and not os.path.exists(project / ROOT):
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
        tools=tuple(name for name in TOOLS if os.path.exists(Path(options.project) / name)),
        seconds=clock.seconds if clock else {},
    )
