"""The command ``new``: read the answers, work out the plan under the lock, show it or commit it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .. import report
from ..answers import load_answers
from ..assemble import Job, Outcome, scaffold
from ..commit import git_merger
from ..plan import Merging
from .facts import facts_for
from .running import carry_out, given_answers, refuse_inside

if TYPE_CHECKING:
    import argparse

    from ..assemble import Reader


def run(options: argparse.Namespace) -> int:
    """Run ``new``.

    Raises:
        ScaffoldError: anything that keeps the run from being done; nothing was changed then.
    """
    project = Path(options.project)
    refuse_inside(project)
    answers = [load_answers(data) for data in given_answers(options.answers, options.settings)]
    providers = Path(options.providers) if options.providers else None
    jobs = [Job(one, facts_for(one, project, providers)) for one in answers]

    def work(reader: Reader) -> Outcome:
        return scaffold(jobs, reader, prune=options.prune, merging=Merging(git_merger()))

    options.dry_run = options.dry_run or options.check
    outcome = carry_out(project, work, dry_run=options.dry_run)
    print(report.shown(outcome, options.project, as_json_data=options.json, dry_run=options.dry_run), end="")
    drifts = options.check and not outcome.plan.is_empty
    return 1 if drifts or outcome.has_conflicts else 0
