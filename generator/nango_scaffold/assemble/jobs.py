"""Jobs: integrations to be written, in order, and the outcome of writing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

from .. import __version__, nango_yaml, record
from ..derive import derive
from ..derive.pagination import pagination_reasons
from ..errors import AnswersError, ProjectError
from ..frozen import frozen
from ..plan import Kept, Plan
from ..render.entry import block
from ..render.integration import render_files
from ..render.paths import YAML
from .files import decided, found_project_files, written
from .project import Project
from .records import last_record, record_path
from .schema import noted, put_schema

if TYPE_CHECKING:
    from ..answers import Answers
    from ..derive.spec import Guess
    from ..nango_yaml import Difference, Document
    from ..providers import ProviderFacts
    from .project import Reader


@frozen
class Job:
    """One integration to be written."""

    answers: Answers
    facts: ProviderFacts


@frozen
class Outcome:
    """What a run would do.

    Attributes:
        plan: every change of the project's files.
        guesses: for each integration, what was neither said nor known.
        differences: what stays in nango.yaml as the user has it.
        paginations: for each integration, how each script that reads pages does so, and why, in words.
    """

    plan: Plan
    guesses: Mapping[str, tuple[Guess, ...]]
    differences: tuple[Difference, ...]
    paginations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def has_conflicts(self) -> bool:
        """Whether something new could not be brought in because the user's version stays."""
        return any(kept.news for kept in self.plan.kept) or any(
            difference.why == "conflict" for difference in self.differences
        )


def scaffold(
    jobs: Sequence[Job],
    reader: Reader,
    *,
    prune: bool = False,
    on_job: Callable[[int, str], None] | None = None,
) -> Outcome:
    """Work out everything a run would write.

    Args:
        jobs: the integrations, in order; later ones see what earlier ones add.
        reader: reads the project.
        prune: let syncs and actions go that an earlier run wrote and the answers name no more.
        on_job: told of each job when it begins: its index, and its integration.

    Raises:
        AnswersError: answers that cannot be used.
        ProjectError: a project that cannot be written to safely.
    """
    _refuse_twice([job.answers.integration for job in jobs])
    project = Project(reader)
    draft = nango_yaml.Draft(project.text(YAML))
    before = draft.document()
    found: list[_Found] = []
    for index, job in enumerate(jobs):
        if on_job is not None:
            on_job(index, job.answers.integration)
        found.append(_integration(job, project, draft, prune=prune))
    if jobs:
        _finish(found, project, before, draft.document())
    return Outcome(
        Plan(tuple(project.changes()), tuple(kept for one in found for kept in one.kept)),
        {one.integration: one.guesses for one in found},
        tuple(difference for one in found for difference in one.put.kept),
        {one.integration: one.paginations for one in found},
    )


@frozen
class _Found:
    """One job, done but for what all of them share."""

    integration: str
    kept: tuple[Kept, ...]
    put: nango_yaml.Put
    guesses: tuple[Guess, ...]
    paginations: Mapping[str, str]
    last: record.Record | None
    now: record.Record


def _integration(job: Job, project: Project, draft: nango_yaml.Draft, *, prune: bool) -> _Found:
    """Put one integration into the project in memory, and its block into the draft of nango.yaml."""
    name = job.answers.integration
    last = last_record(name, project)
    if last and not prune:
        _refuse_dropping(job.answers, last)
    ours = last.block.models if last else {}
    others = draft.integrations
    taken = {
        model: fields
        for model, fields in draft.models.items()
        if model not in ours and isinstance(fields, Mapping)
    }

    spec = derive(job.answers, job.facts, taken)
    files, project_files = render_files(spec)
    put = draft.put(block(spec), last.block if last else None)
    plan = decided(files, project, last)
    founded = found_project_files(project_files, project, last, others)
    for change in plan.changes:
        project.put(change.path, change.after)
    files = {**written(files, plan, last), **founded}
    now = record.Record(job.answers.raw, job.facts.to_data(), files, put.owned, __version__)
    return _Found(name, plan.kept, put, spec.guesses, pagination_reasons(spec), last, now)


def _finish(found: Sequence[_Found], project: Project, before: Document, after: Document) -> None:
    """Put what all jobs share, once, and the records."""
    project.put(YAML, after.source.encode())
    left = put_schema(project, before, after)
    changing = {one.integration for one in found if one.put.changes_models}
    for one in found:
        is_concerned = not changing or one.integration in changing
        schema = noted(left, one.last, project, is_concerned=is_concerned)
        now = replace(one.now, schema=schema)
        project.put(record_path(one.integration), record.to_text(now).encode())


def _refuse_twice(integrations: Sequence[str]) -> None:
    """Two answers for one integration in one run: the second would undo the first."""
    seen: set[str] = set()
    for name in integrations:
        if name in seen:
            raise AnswersError(
                f"two of the answers are for {name}",
                where="integration",
                fix="put them into one file, or give one another `integration:`",
            )
        seen.add(name)


def _refuse_dropping(answers: Answers, last: record.Record) -> None:
    """Answers that name less than was written: whoever meant to add must not lose what is deployed."""
    for kind, named, before in (
        ("sync", answers.syncs, last.block.syncs),
        ("action", answers.actions, last.block.actions),
    ):
        gone = sorted(set(before) - {script.name for script in named})
        if gone:
            raise ProjectError(
                f"{answers.integration} has the {kind} {gone[0]}, which the answers do not name: it would be deleted",
                where=f"{kind}s",
                fix=f"name it too, or say --prune to let go of {', '.join(gone)}",
            )
