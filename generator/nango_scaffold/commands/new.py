"""The command ``new``: read the answers, work out the plan under the lock, show it or commit it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import AnswersError
from .arguments import (
    Commands,
    add_answers,
    add_command,
    add_dry_run,
    add_project,
    add_providers,
    add_sample_from,
    add_saying,
    add_verify,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from .. import report
    from ..answers import Source
    from ..operations import Outcome, Reader
    from ..project import NangoProject
    from ..report.page import Part
    from .batch import Sourced
    from .transaction import Clock

_EXAMPLES = """\
  nango-scaffold new
  nango-scaffold new --set provider=hubspot --set sync_names=users
  nango-scaffold new --answers github.yml --project ../my-project --dry-run
  nango-scaffold new --answers answers/*.yml --verify
"""


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    new = add_command(
        commands,
        "new",
        help="write integrations from answers",
        description="Write one integration, or several in one commit. A second run with the same answers writes nothing.\n"
        "At a terminal it asks for required answers that are unset, and shows everything before it writes.",
        examples=_EXAMPLES,
    )
    add_answers(new)
    add_project(new)
    add_providers(new)
    add_dry_run(new)
    new.add_argument(
        "--check",
        action="store_true",
        help="write nothing, show what would change, and exit with code 1 if anything would: for CI",
    )
    new.add_argument(
        "--prefix-models",
        action="store_true",
        help="put the integration's name before the names of its models, as `prefix_models: true` in the answers does",
    )
    new.add_argument(
        "--prune",
        action="store_true",
        help="remove syncs and actions that an earlier run wrote and that are no longer in the answers",
    )
    add_inference(new)
    add_verify(new)
    add_saying(new)


def add_inference(parser: argparse.ArgumentParser) -> None:
    """What answers are inferred from."""
    parser.add_argument(
        "--openapi",
        metavar="FILE",
        default="",
        help="infer the scripts from operations of an OpenAPI document",
    )
    parser.add_argument(
        "--operation",
        metavar="ID",
        action="append",
        default=[],
        dest="operations",
        help="an operation of that document, by its id or such as 'GET /users'",
    )
    parser.add_argument(
        "--sample",
        metavar="SYNC=FILE",
        action="append",
        default=[],
        dest="samples",
        help="infer a sync from the JSON of a response; several files for one sync are read together",
    )
    add_sample_from(parser)


def run(options: argparse.Namespace) -> int:
    """Run ``new``.

    Raises:
        ScaffoldError: anything that keeps the run from being done; nothing was changed then.
    """
    from dataclasses import replace

    from .. import report, wizard
    from ..answers import Source
    from .terminal_output import say
    from .transaction import Clock, find_project

    project = find_project(options)
    _refuse_unwritten_proof(options)
    prefixing = ["prefix_models=true"] if options.prefix_models else []
    sources = _sources(options, project, prefixing)
    if wizard.is_wanted(options):
        # Only here: scripts never pay for what draws at a terminal.
        from ..wizard.entry import converse
        from .inferring import files_of_answers

        ending = converse(options, project, files_of_answers())
        if ending.answers is None:
            return ending.exit_code
        answers, origins = ending.answers, ending.inferred_from
        sources = [Source(ending.file, plain=answers, settings=tuple(prefixing), inferred_from=origins)]
    options.dry_run = options.dry_run or options.check
    clock = Clock()
    jobs, outcome = _carried_out(sources, options, project, clock)
    report_run = _run_for_report(jobs, outcome, options, project, clock)
    compiles, parts, verdict = _verified(report_run, options, clock) if options.verify else (False, (), {})

    def data() -> dict[str, Any]:
        return {**report.as_data(outcome, report_run), **_inferred_data(jobs), **verdict}

    page = report.page(outcome, report_run, proof=parts, compiled=compiles)
    # Of answers that change nothing, everything has been told by the run that wrote them.
    if not outcome.plan.is_empty:
        page = replace(page, parts=(*_inferred_parts(jobs, options), *page.parts))
    say(page, options, data)
    return _exit_code(outcome, options, compiles=compiles)


def _sources(options: argparse.Namespace, project: NangoProject, settings: list[str]) -> list[Source]:
    """Where the answers are: files, settings, and what an API document or samples give."""
    from .batch import sources_of

    sources = sources_of(options.answers, [*options.settings, *settings])
    if _infers(options):
        from .new_from import with_inference

        return with_inference(sources, options, project)
    return sources


def _infers(options: argparse.Namespace) -> bool:
    is_from_file = bool(options.openapi or options.operations or options.samples)
    return is_from_file or options.sample_from is not None


def _inferred_parts(jobs: Sequence[Sourced], options: argparse.Namespace) -> Iterator[Part]:
    """What was inferred: each value and its source in a dry run, and the notes always."""
    for job in jobs:
        if job.inferred is not None:
            from ..report.inferred import inferred_parts

            yield from inferred_parts(job.inferred, job.job.answers.integration, with_sources=options.dry_run)


def _inferred_data(jobs: Sequence[Sourced]) -> dict[str, Any]:
    inferred = {
        job.job.answers.integration: {
            "sources": dict(job.inferred.sources),
            "notes": list(job.inferred.notes),
        }
        for job in jobs
        if job.inferred is not None
    }
    return {"inferred": inferred} if inferred else {}


def _exit_code(outcome: Outcome, options: argparse.Namespace, *, compiles: bool) -> int:
    is_drift = options.check and not outcome.plan.is_empty
    has_failed = options.verify and not compiles
    return 1 if is_drift or outcome.has_conflicts or has_failed else 0


def _carried_out(
    sources: Sequence[Source], options: argparse.Namespace, project: NangoProject, clock: Clock
) -> tuple[list[Sourced], Outcome]:
    """Do all of it but for the talking."""
    from pathlib import Path

    from ..commit import git_merger
    from ..plan import Merging
    from .batch import read_jobs, work_out
    from .terminal_output import progress
    from .transaction import carry_out

    providers = Path(options.providers) if options.providers else None
    # Each file is read and worked out; of one, a bar would be gone before it is seen.
    steps = 2 * len(sources) if len(sources) > 1 else 1
    with progress(steps, options) as tick:
        # Outside the lock, as catalogues may take longer to read than all else takes.
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
                    usual_files=project.usual_files,
                )

        return jobs, carry_out(project, plan, options, clock=clock)


def _verified(
    run: report.Run, options: argparse.Namespace, clock: Clock
) -> tuple[bool, tuple[Part, ...], dict[str, Any]]:
    """Let the project's own CLI compile the integrations that a run has written, in the project as it is now.

    Returns:
        Whether all of it compiles, and how that is reported to people and as data.

    Raises:
        ProjectError: nango.yaml cannot be read.
    """
    from .. import verify
    from ..project import look
    from .terminal_output import waiting

    names = {integration.name for integration in run.integrations}
    with waiting(options) as tell, clock.step("verify"):
        # Looked at anew: the run may have founded the project.
        verdict = verify.verify(look(options.project), tell)
    data = {"verify": verify.as_data(verdict, names)}
    return verdict.passes(names), tuple(verify.parts(verdict, names)), data


def _refuse_unwritten_proof(options: argparse.Namespace) -> None:
    """The CLI reads what is on disk: what is only shown cannot be verified."""
    if options.verify and (options.dry_run or options.check):
        raise AnswersError(
            "what is not written cannot be verified", where="--verify", fix="leave out --dry-run and --check"
        )


def _run_for_report(
    jobs: Sequence[Sourced],
    outcome: Outcome,
    options: argparse.Namespace,
    project: NangoProject,
    clock: Clock,
) -> report.Run:
    """What the report is to know of the run."""
    from .. import report
    from .transaction import run_for_report

    integrations = []
    for answers, facts in ((each.job.answers, each.job.facts) for each in jobs):
        syncs = tuple(sync.name for sync in answers.syncs)
        actions = tuple(action.name for action in answers.actions)
        integration = report.Integration(answers.integration, answers.provider, facts.source, syncs, actions)
        integrations.append(integration)
    return run_for_report(options, project, outcome, integrations, clock)
