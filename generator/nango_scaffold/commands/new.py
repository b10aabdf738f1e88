"""The command ``new``: read the answers, work out the plan under the lock, show it or commit it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import report, wizard
from ..answers import Source
from ..commit import git_merger
from ..errors import AnswersError
from ..plan import Merging
from .batch import read_jobs, sources_of, work_out
from .clock import Clock
from .progress import progress
from .terminal_output import say
from .transaction import carry_out, find_project, told_of
from .verification import prove

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from ..operations import Outcome, Reader
    from ..project import NangoProject
    from .batch import Sourced


def run(options: argparse.Namespace) -> int:
    """Run ``new``.

    Raises:
        ScaffoldError: anything that keeps the run from being done; nothing was changed then.
    """
    project = find_project(options)
    _refuse_unwritten_proof(options)
    prefixing = ["prefix_models=true"] if options.prefix_models else []
    sources = sources_of(options.answers, [*options.settings, *prefixing])
    if wizard.is_wanted(options):
        from ..wizard.entry import converse

        ending = converse(options, project)
        if ending.answers is None:
            return ending.exit_code
        sources = [Source(ending.file, stated=ending.answers, settings=tuple(prefixing))]
    options.dry_run = options.dry_run or options.check
    clock = Clock()
    jobs, outcome = _done(sources, options, project, clock)
    told = _run(jobs, outcome, options, project, clock)
    proof = prove(told, options, clock) if options.verify else None
    parts, passed = (proof.parts, proof.passed) if proof else ((), True)

    def data() -> dict[str, Any]:
        return {**report.as_data(outcome, told), **(proof.data if proof else {})}

    say(report.page(outcome, told, proof=parts, compiled=bool(proof) and passed), options, data)
    drifts = options.check and not outcome.plan.is_empty
    return 1 if drifts or outcome.has_conflicts or not passed else 0


def _done(
    sources: Sequence[Source], options: argparse.Namespace, project: NangoProject, clock: Clock
) -> tuple[list[Sourced], Outcome]:
    """Do all of it but for the talking."""
    providers = Path(options.providers) if options.providers else None

    steps = 2 * len(sources) if len(sources) > 1 else 1
    with progress(steps, options) as tick:
        with clock.step("read the answers"):
            jobs = read_jobs(sources, project=project, providers=providers, tick=tick)

        def plan(reader: Reader) -> Outcome:
            with clock.step("work out the plan"):
                return work_out(
                    jobs,
                    reader,
                    prune=options.prune,
                    merging=Merging(git_merger()),
                    layout=project.layout,
                    tick=tick,
                )

        return jobs, carry_out(project, plan, options, clock=clock)


def _refuse_unwritten_proof(options: argparse.Namespace) -> None:
    """The CLI reads what is on disk: what is only shown cannot be verified."""
    if options.verify and (options.dry_run or options.check):
        raise AnswersError(
            "what is not written cannot be verified", where="--verify", fix="leave out --dry-run and --check"
        )


def _run(
    jobs: Sequence[Sourced],
    outcome: Outcome,
    options: argparse.Namespace,
    project: NangoProject,
    clock: Clock,
) -> report.Run:
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
    return told_of(options, project, outcome, integrations, clock)
