"""Answers files on their way to one plan: read, set against what is known of their providers, and worked out together.

One bad file does not hide the others: all that cannot be used are named, each with its problems.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..answers import Source, load_answers
from ..commit import folders_in
from ..errors import AnswersError, BatchError, ScaffoldError
from ..frozen import frozen
from ..operations import Job, scaffold
from ..operations.files import refuse_twin_folder
from ..yaml12 import BOUNDS
from .facts import facts_for, look_up
from .transaction import reader_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from typing import Any

    from ..infer.whole import InferredAnswers
    from ..operations import Outcome, Reader
    from ..plan import Merging
    from ..project import Layout, NangoProject

STANDARD_INPUT = "standard input"


@frozen
class Sourced:
    """A job, and where its answers came from.

    Attributes:
        source: of the answers.
        job: what is to be done.
        inferred: the answers that took the place of ``infer:``; None where there was none.
    """

    source: Source
    job: Job
    inferred: InferredAnswers | None = None


def sources_of(names: Iterable[str], settings: Iterable[str]) -> list[Source]:
    """The text of each answers file, with the settings over it; the settings alone when no file is named.

    Raises:
        AnswersError: a file cannot be read.
    """
    over = tuple(settings)
    return [_source(name, over) for name in names] or [Source(settings=over)]


def _source(name: str, settings: tuple[str, ...]) -> Source:
    # One more than may be: whoever parses it says that it is too much.
    most = BOUNDS.characters + 1
    if name == "-":
        return Source(STANDARD_INPUT, sys.stdin.read(most).removeprefix("\ufeff"), settings)
    try:
        with Path(name).open(encoding="utf-8-sig") as file:
            return Source(name, file.read(most), settings)
    except OSError as error:
        raise AnswersError(
            f"the answers file cannot be read: {error.strerror}",
            where=name,
            fix="name an existing file, or - for standard input",
        ) from None
    except UnicodeDecodeError:
        raise AnswersError("the answers file is not UTF-8", where=name, fix="save it as UTF-8") from None


def read_jobs(
    sources: Sequence[Source], *, project: NangoProject, providers: Path | None, tick: Callable[[str], None]
) -> list[Sourced]:
    """Check the answers and find the facts about their providers.

    Args:
        sources: where the answers are.
        project: the project, whose own providers.yaml is asked.
        providers: a providers.yaml to ask instead.
        tick: called with the name of the next file.

    Raises:
        ScaffoldError: some of them cannot be used.
    """
    jobs: list[Sourced] = []
    failures: list[tuple[Source, ScaffoldError]] = []
    for source in sources:
        tick(source.name)
        try:
            sourced = _sourced(source, project, providers)
            _refuse_second(sourced.job, jobs)
            jobs.append(sourced)
        except ScaffoldError as error:
            failures.append((source, error))
    if failures:
        # The others may fail as well when they are worked out: all failures are reported at once.
        if len(sources) > 1:
            failures.extend(_failing(jobs, reader_of(project)))
        raise _failed(failures, sources)
    return jobs


def work_out(
    jobs: Sequence[Sourced],
    reader: Reader,
    *,
    prune: bool,
    merging: Merging,
    layout: Layout,
    tick: Callable[[str], None],
    usual_files: Collection[str],
) -> Outcome:
    """Work out one plan for all jobs.

    Raises:
        ScaffoldError: some of the answers cannot be used, or the project cannot be written to safely.
    """
    begun: list[Job] = []

    def begin(job: Job) -> None:
        begun.append(job)
        tick(job.answers.integration)

    try:
        return scaffold(
            [sourced.job for sourced in jobs],
            reader,
            prune=prune,
            merging=merging,
            layout=layout,
            begin=begin,
            usual_files=usual_files,
        )
    except ScaffoldError as error:
        if not begun:
            raise
        # It is the job begun last that has failed; those behind it have not been tried.
        at = len(begun) - 1
        others = _failing(jobs[at + 1 :], reader, prune=prune)
        raise _failed([(jobs[at].source, error), *others], [sourced.source for sourced in jobs]) from None


def _sourced(source: Source, project: NangoProject, providers: Path | None) -> Sourced:
    data = source.data()
    inferred = _inferred(data, source, project, providers) if _infers(data) else None
    answers = load_answers(inferred.answers if inferred else data)
    if inferred:
        from ..infer.whole import inferred_from

        answers = replace(answers, inferred_from=inferred_from(data))
    elif source.inferred_from:
        answers = replace(answers, inferred_from=source.inferred_from)
    refuse_twin_folder(answers.integration, folders_in(Path(project.location)), project.folders.folder)
    facts, file = facts_for(answers, project, providers), _answers_file(source, project)
    return Sourced(source, Job(answers, facts, answers_file=file), inferred)


def _infers(data: Mapping[str, Any]) -> bool:
    """Whether any script is to be inferred from a file; of answers whose shape has not been checked."""
    for scripts in (data.get("syncs"), data.get("actions")):
        for script in scripts if isinstance(scripts, list) else ():
            if isinstance(script, dict) and "infer" in script:
                return True
    return False


def _inferred(
    data: Mapping[str, Any], source: Source, project: NangoProject, providers: Path | None
) -> InferredAnswers:
    """The answers with what was inferred in place of each ``infer:``."""
    from ..answers import check_shape
    from .inferring import inferred_answers

    check_shape(data)
    facts = look_up(data["provider"], project, providers, data.get("provider_facts"))
    is_file = source.name and source.name != STANDARD_INPUT
    folder = os.path.dirname(source.name) if is_file else ""
    return inferred_answers(data, folder, facts, source.samples)


def _answers_file(source: Source, project: NangoProject) -> str:
    """The file of answers that is kept beside the project, in the project or in its git work tree; empty for any other.

    With settings over it a file does not say what the answers are.
    """
    if not source.name or source.name == STANDARD_INPUT or source.settings:
        return ""
    file, folder = Path(os.path.realpath(source.name)), Path(os.path.realpath(project.root))
    if not file.name.lower().endswith((".yml", ".yaml", ".json")):
        return ""
    tree = Path(os.path.realpath(project.git or project.root))
    if not (file.is_relative_to(folder) or file.is_relative_to(tree)):
        return ""
    return Path(os.path.relpath(file, folder)).as_posix()


def _refuse_second(job: Job, others: Iterable[Sourced]) -> None:
    """Two answers for one integration: the second would undo the first."""
    name = job.answers.integration
    for other in others:
        if other.job.answers.integration == name:
            raise AnswersError(
                f"two of the answers are for {name}; the others are those of {other.source.name}",
                where="integration",
                fix="put them into one file, or give one another `integration:`",
            )


def _failing(
    jobs: Iterable[Sourced], reader: Reader, *, prune: bool = False
) -> Iterable[tuple[Source, ScaffoldError]]:
    """Those of some jobs that cannot be worked out by themselves either."""
    for sourced in jobs:
        try:
            scaffold([sourced.job], reader, prune=prune)
        except ScaffoldError as error:
            yield sourced.source, error


def _failed(failures: Sequence[tuple[Source, ScaffoldError]], sources: Sequence[Source]) -> ScaffoldError:
    """What went wrong, each problem with its place in the answers: the one error, or all of a batch."""
    for source, error in failures:
        if isinstance(error, AnswersError):
            error.locate(source.place_of)
    if len(sources) == 1:
        return failures[0][1]
    # In the order of the command line; two files may hold the same answers, so sources are told apart by identity.
    order = {id(source): index for index, source in enumerate(sources)}
    ranked = sorted(failures, key=lambda failure: order[id(failure[0])])
    return BatchError([(source.name, error) for source, error in ranked], len(sources))
