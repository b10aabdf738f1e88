"""The command ``new``: read the answers, work out the plan under the lock, show it or commit it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .. import report
from ..commit import apply, hold, is_unfinished, preflight, read, recover
from ..errors import AnswersError, ProjectError
from ..render.paths import ROOT
from ..report.next_steps import TOOLS
from .batch import read_jobs, sources_of, work_out
from .clock import Clock
from .progress import progress
from .proof import prove
from .say import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ..assemble import Outcome
    from .batch import Sourced


def run(options: argparse.Namespace) -> int:
    """Run ``new``.

    Raises:
        ScaffoldError: anything that keeps the run from being done; nothing was changed then.
    """
    project = Path(options.project)
    _refuse_inside(project)
    _refuse_unwritten_proof(options)
    options.dry_run = options.dry_run or options.check
    clock = Clock()
    jobs, outcome = _done(options, project, clock)
    told = _run(jobs, options, clock)
    proof = prove(project, told, options, clock) if options.verify else None
    page = report.page(
        outcome, told, proof=proof.parts if proof else (), compiled=bool(proof and proof.passed)
    )
    say(page, options, {**report.as_data(outcome, told), **(proof.data if proof else {})})
    drifts = options.check and not outcome.plan.is_empty
    return 1 if drifts or outcome.has_conflicts or (proof and not proof.passed) else 0


def _done(options: argparse.Namespace, project: Path, clock: Clock) -> tuple[list[Sourced], Outcome]:
    """Do all of it but for the talking."""
    sources = sources_of(options.answers, options.settings)
    providers = Path(options.providers) if options.providers else None

    def reader(paths: Iterable[str]) -> Mapping[str, bytes | None]:
        return read(project, paths)

    steps = 2 * len(sources) if len(sources) > 1 else 1
    with progress(steps, options) as tick:
        with clock.step("read the answers"):
            jobs = read_jobs(sources, project=project, providers=providers, reader=reader, tick=tick)

        def plan() -> Outcome:
            with clock.step("work out the plan"):
                return work_out(jobs, reader, prune=options.prune, tick=tick)

        return jobs, _looked(project, plan) if options.dry_run else _written(project, plan, clock)


def _looked(project: Path, plan: Callable[[], Outcome]) -> Outcome:
    """Work out the plan, and that it could be committed."""
    if is_unfinished(project):
        # What is on disk may be half a commit: a dry run against it would show something else than the real run.
        raise ProjectError(
            "another run is at work here, or one was killed",
            where=str(project),
            fix="wait for it, or run once without --dry-run: that settles it first",
        )
    outcome = plan()
    preflight(project, outcome.plan)
    return outcome


def _written(project: Path, plan: Callable[[], Outcome], clock: Clock) -> Outcome:
    """Work out the plan under the lock, and commit it."""
    with hold(project, wait=60.0) as lock:
        recover(lock)
        outcome = plan()
        with clock.step("write"):
            apply(lock, outcome.plan)
    return outcome


def _refuse_inside(project: Path) -> None:
    """The folder that holds nango.yaml is not the project: the project is the folder above it."""
    if (project / "nango.yaml").exists() and not (project / ROOT).exists():
        raise ProjectError(
            "this folder holds nango.yaml itself",
            where=str(project),
            fix=f"name the folder above it: --project {project / '..'}",
        )


def _refuse_unwritten_proof(options: argparse.Namespace) -> None:
    """The CLI reads what is on disk: what is only shown cannot be verified."""
    if options.verify and (options.dry_run or options.check):
        raise AnswersError(
            "what is not written cannot be verified", where="--verify", fix="leave out --dry-run and --check"
        )


def _run(jobs: Sequence[Sourced], options: argparse.Namespace, clock: Clock) -> report.Run:
    """What the report is to know of the run."""
    integrations = tuple(
        report.Integration(
            one.job.answers.integration,
            one.job.answers.provider,
            one.job.facts.source,
            tuple(sync.name for sync in one.job.answers.syncs),
            tuple(action.name for action in one.job.answers.actions),
        )
        for one in jobs
    )
    return report.Run(
        options.project,
        integrations,
        dry=options.dry_run,
        tools=tuple(name for name in TOOLS if (Path(options.project) / name).exists()),
        seconds=clock.seconds,
    )
