"""What every command that writes to a project does: find the project, work out the plan under the lock, commit it."""

from __future__ import annotations

import os
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from .. import manifest, report
from ..commit import apply, hold, is_unfinished, preflight, read, recover
from ..errors import ProjectError, ScaffoldError
from ..naming.reserved import INTEGRATION_NAME
from ..project import Advice, look
from ..report.run import TOOLS, warnings_page
from .terminal_output import say_before, tell_recovery

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    from ..operations import Outcome, Reader
    from ..project import NangoProject

    AnyOutcome = TypeVar("AnyOutcome", bound=Outcome)


class Clock:
    """Seconds by the name of the step, in the order in which the steps end."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step, without the steps inside it."""
        started, counted = perf_counter(), sum(self.seconds.values())
        try:
            yield
        finally:
            inside = sum(self.seconds.values()) - counted
            self.seconds[name] = perf_counter() - started - inside


def find_project(options: argparse.Namespace) -> NangoProject:
    """The project that a command is to write to; prints the warnings about it.

    Raises:
        ProjectError: it is of a kind that nothing can be written into.
    """
    project = look(options.project)
    project.refuse_unwritable()
    say_before(warnings_page(project.warnings), options)
    return project


def reader_of(project: NangoProject) -> Reader:
    """Reads what stands at planned paths of a project."""
    return project.layout.reading(partial(read, Path(project.root)))


def carry_out(
    project: NangoProject,
    work: Callable[[Reader], AnyOutcome],
    options: argparse.Namespace,
    *,
    clock: Clock | None = None,
) -> AnyOutcome:
    """Work out what is to be written, and write it unless it is a dry run.

    Args:
        project: the project.
        work: gives the outcome, in planned paths, from a reader of them; under the lock, if anything is to be written.
        options: those of the command line. With ``dry_run`` nothing is written, and what writing would refuse is
            refused. What became of an earlier run that was killed is put into ``recovery``, and told at once.
        clock: times the writing.

    Returns:
        The outcome, in real paths.

    Raises:
        ScaffoldError: it cannot be done; nothing was changed.
    """
    root, last = Path(project.root), project.layout.yaml
    options.recovery = None
    if options.dry_run:
        _refuse_unfinished(root)
        outcome = _placed(project, work)
        preflight(root, outcome.plan)
        return outcome
    with hold(root, wait=60.0, last=last) as lock:
        # Before anything is read: half of an earlier commit is not what the user has.
        options.recovery = recover(lock)
        tell_recovery(options.recovery)
        outcome = _placed(project, work)
        with clock.step("write") if clock else nullcontext():
            apply(lock, outcome.plan, last=last)
    return outcome


def _placed(project: NangoProject, work: Callable[[Reader], AnyOutcome]) -> AnyOutcome:
    """Work out the outcome, and let it, or the error, name real paths."""
    with real_places(project):
        outcome = work(reader_of(project))
    plan = project.layout.placed(outcome.plan)
    return outcome if plan is outcome.plan else replace(outcome, plan=plan)


@contextmanager
def real_places(project: NangoProject) -> Iterator[None]:
    """Let errors that name planned paths name the real ones."""
    try:
        yield
    except ScaffoldError as error:
        project.layout.name_real_places(error)
        raise


def _refuse_unfinished(root: Path) -> None:
    """What is on disk may be half a commit: a dry run against it would show something else than the real run."""
    if is_unfinished(root):
        raise ProjectError(
            "another run is at work here, or one was killed",
            where=str(root),
            fix="wait for it, or run once without --dry-run: it recovers that run first",
        )


def run_for_report(
    options: argparse.Namespace,
    project: NangoProject,
    outcome: Outcome,
    integrations: Sequence[report.Integration],
    clock: Clock | None = None,
) -> report.Run:
    """What the report is to know of a run."""
    return report.Run(
        project,
        tuple(integrations),
        dry=options.dry_run,
        tools=tuple(name for name in TOOLS if os.path.exists(Path(project.root, name))),
        seconds=clock.seconds if clock else {},
        remarks=tuple(_remarks_on(project, outcome)),
    )


def _remarks_on(project: NangoProject, outcome: Outcome) -> Iterator[Advice]:
    """What will not work yet, though everything was written.

    Args:
        project: as it was before.
        outcome: what a run does to it, in real paths.
    """
    refusal = _refusal_by_cli(project, outcome)
    if refusal:
        yield refusal
    # A project without a .gitignore gets one, which covers it.
    is_covered_now = ".gitignore" in outcome.plan.paths("create")
    if project.unignored_env and not is_covered_now:
        yield project.unignored_env


def _refusal_by_cli(project: NangoProject, outcome: Outcome) -> Advice | None:
    """Why the nango CLI refuses nango.yaml, where the reason is an entry that we did not write."""
    from ..project.integration_names import integration_names

    text = _changed_yaml(project, outcome)
    # Empty where it is written in another style: then all is looked at.
    names = integration_names(text)
    own = {name for name in names if _is_ours(name, project, outcome)}
    is_all_ours = bool(names) and own.issuperset(names)
    if not text or is_all_ours:
        return None
    # The room of checks takes as long to import as all others together.
    from ..check.refused import refused_entries

    refused = refused_entries(text, own)
    if not refused:
        return None
    others = f" ({len(refused) - 1} more: nango-scaffold check)" if len(refused) > 1 else ""
    place = f"{project.yaml}:{refused[0].line}"
    return Advice(
        f"{place}: {refused[0].message} The nango CLI refuses the whole file for it",
        f"first fix {place}{others}",
        blocks=True,
    )


def _changed_yaml(project: NangoProject, outcome: Outcome) -> str:
    """The nango.yaml that a run leaves; empty where there was none, or none is left."""
    for change in outcome.plan.changes:
        if change.path == project.layout.yaml and change.before is not None:
            return (change.after or b"").decode("utf-8", "replace")
    return ""


def _is_ours(name: str, project: NangoProject, outcome: Outcome) -> bool:
    """Whether an integration is one that we wrote, or write now."""
    if not INTEGRATION_NAME.fullmatch(name):
        return False
    return name in outcome.guesses or Path(project.location, name, manifest.NAME).exists()
