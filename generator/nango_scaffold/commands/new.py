"""The command ``new``: read the answers, work out the plan under the lock, show it or commit it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .. import report, wizard
from ..answers import load_answers, parse_text, with_settings
from ..assemble import Job, Outcome, scaffold
from ..commit import apply, hold, is_unfinished, preflight, read, recover
from ..errors import AnswersError, ProjectError
from ..providers import find
from ..render.paths import ROOT

if TYPE_CHECKING:
    import argparse
    from typing import Any


def run(options: argparse.Namespace) -> int:
    """Run ``new``.

    Raises:
        ScaffoldError: anything that keeps the run from being done; nothing was changed then.
    """
    project = Path(options.project)
    _refuse_inside(project)
    if wizard.is_wanted(options):
        from ..wizard.entry import converse

        ending = converse(options)
        if ending.answers is None:
            return ending.exit_code
        given = [ending.answers]
    else:
        given = _given(options)
    answers = [load_answers(data) for data in given]
    providers = Path(options.providers) if options.providers else None
    jobs = [
        Job(one, find(one.provider, providers_path=providers, project=project, generic=one.provider_facts))
        for one in answers
    ]
    options.dry_run = options.dry_run or options.check
    if options.dry_run:
        _refuse_unfinished(project)
        outcome = scaffold(jobs, lambda paths: read(project, paths), prune=options.prune)
        preflight(project, outcome.plan)
    else:
        outcome = _write(jobs, project, prune=options.prune)
    print(_shown(outcome, options), end="")
    drifts = options.check and not outcome.plan.is_empty
    return 1 if drifts or outcome.has_conflicts else 0


def _refuse_inside(project: Path) -> None:
    """The folder that holds nango.yaml is not the project: the project is the folder above it."""
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


def _write(jobs: list[Job], project: Path, *, prune: bool) -> Outcome:
    with hold(project, wait=60.0) as lock:
        recover(lock)
        outcome = scaffold(jobs, lambda paths: read(project, paths), prune=prune)
        apply(lock, outcome.plan)
    return outcome


def _given(options: argparse.Namespace) -> list[dict[str, Any]]:
    """The answers of each file with the settings over them; of the settings alone when no file is named."""
    given = [parse_text(_text_of(name), name) for name in options.answers] or [{}]
    return [with_settings(data, options.settings) for data in given]


def _text_of(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise AnswersError(
            f"the answers file cannot be read: {error.strerror}",
            where=name,
            fix="name an existing file, or - for standard input",
        ) from None
    except UnicodeDecodeError:
        raise AnswersError("the answers file is not UTF-8", where=name, fix="save it as UTF-8") from None


def _shown(outcome: Outcome, options: argparse.Namespace) -> str:
    if options.json:
        return report.as_json(report.as_data(outcome, dry_run=options.dry_run)) + "\n"
    return report.dry_run(outcome) if options.dry_run else report.done(outcome, options.project)
