"""Jobs: integrations to be written, in order, and the outcome of writing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .. import __version__, nango_yaml, record
from ..derive import derive
from ..derive.companions import with_companions
from ..derive.pagination import pagination_reasons
from ..errors import AnswersError, ProjectError
from ..plan import KEEP, Kept, Merged, Merging, Plan
from ..render.entry import block
from ..render.integration import render_files
from ..render.paths import YAML
from .adopted import adopted_answers, adopted_path, adopted_record
from .beside import decided_beside
from .files import found_project_files, written
from .origin import origin_before_us, origin_of
from .project import Project
from .records import last_record, record_path
from .schema import put_schema

if TYPE_CHECKING:
    from ..answers import Answers
    from ..derive.spec import Guess
    from ..nango_yaml import Block, Difference, Document
    from ..providers import ProviderFacts
    from .project import Reader


@dataclass(frozen=True)
class Job:
    """One integration to be written."""

    answers: Answers
    facts: ProviderFacts


@dataclass(frozen=True)
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
        """Whether something new could not be brought in because the user's version stays, or not without marks."""
        return self.plan.has_conflicts or any(difference.why == "conflict" for difference in self.differences)


def scaffold(
    jobs: Sequence[Job],
    reader: Reader,
    *,
    prune: bool = False,
    merging: Merging = KEEP,
    begin: Callable[[Job], None] | None = None,
) -> Outcome:
    """Work out everything a run would write.

    Args:
        jobs: the integrations, in order; later ones see what earlier ones add.
        reader: reads the project.
        prune: let syncs and actions go that an earlier run wrote and the answers name no more.
        merging: what becomes of files the user has edited.
        begin: told each job before it is worked on.

    Raises:
        AnswersError: answers that cannot be used.
        ProjectError: a project that cannot be written to safely.
    """
    _refuse_twice([job.answers.integration for job in jobs])
    project = Project(reader)
    kept: list[Kept] = []
    merged: list[Merged] = []
    differences: list[Difference] = []
    guesses: dict[str, tuple[Guess, ...]] = {}
    paginations: dict[str, Mapping[str, str]] = {}
    for job in jobs:
        if begin:
            begin(job)
        found = _integration(job, project, prune=prune, merging=merging)
        kept += found.plan.kept
        merged += found.plan.merged
        differences += found.differences
        guesses[job.answers.integration] = found.guesses
        paginations[job.answers.integration] = found.paginations
    plan = Plan(tuple(project.changes()), tuple(kept), tuple(merged))
    return Outcome(plan, guesses, tuple(differences), paginations)


@dataclass(frozen=True)
class _Found:
    plan: Plan
    differences: tuple[Difference, ...]
    guesses: tuple[Guess, ...]
    paginations: Mapping[str, str]


def _integration(job: Job, project: Project, *, prune: bool, merging: Merging) -> _Found:
    """Put one integration into the project in memory."""
    name = job.answers.integration
    before = project.text(YAML)
    document = nango_yaml.read(before or "")
    last, adopted = last_record(name, project), None
    if last is None and (adopted := adopted_answers(name, project)) is not None:
        if adopted.raw == job.answers.raw:
            return _Found(Plan(()), (), (), {})  # all that they describe is there, as the user wrote it
        last = adopted_record(adopted, job.facts, document, origin_before_us(project, document, name))
    if last and not prune:
        _refuse_dropping(job.answers, last)
    spec = derive(job.answers, job.facts, taken_models(document, last.block if last else None))
    files, project_files = render_files(spec)
    merged = nango_yaml.merge(before, block(spec), last.block if last else None)
    after = nango_yaml.read(merged.text)

    beside = decided_beside(files, name, project, last, merging, is_adopted=adopted is not None)
    plan = beside.plan
    origin = last.origin if last else origin_of(project, document, merged)
    project.put(YAML, merged.text.encode())
    schema = put_schema(project, document, after, last)
    if adopted:  # what the user's project does without is not missing: it counts as written and deleted
        founded = {path: text for path, text in project_files.items() if project.get(path) is None}
    else:
        founded = found_project_files(project_files, project, last, document.integrations)
    for change in plan.changes:
        project.put(change.path, change.after)
    now = record.Record(
        job.answers.raw,
        job.facts.to_data(),
        {**written(beside.files, plan, beside.last), **founded},
        merged.owned,
        __version__,
        schema.digest,
        schema.added,
        origin,
    )
    project.put(record_path(name), record.to_text(now).encode())
    if not adopted:
        return _Found(plan, merged.kept, spec.guesses, pagination_reasons(spec))
    project.put(adopted_path(name), None)
    conflicts = tuple(found for found in merged.kept if found.why == "conflict")
    return _Found(_news(plan), conflicts, spec.guesses, pagination_reasons(spec))


def _news(plan: Plan) -> Plan:
    """A plan without the files that stay because the user wrote them: of an adopted integration that is all there was."""
    return Plan(plan.changes, tuple(kept for kept in plan.kept if kept.news), plan.merged)


def taken_models(document: Document, ours: Block | None) -> dict[str, Mapping[str, Any]]:
    """The models of nango.yaml that an integration has not written itself.

    Args:
        document: nango.yaml.
        ours: what the integration wrote last; None when it never did.
    """
    own = ours.models if ours else {}
    models = document.models.items()
    return {name: fields for name, fields in models if name not in own and isinstance(fields, Mapping)}


def _refuse_twice(integrations: Sequence[str]) -> None:
    """Two answers for one integration in one run: the second would undo the first."""
    for index, name in enumerate(integrations):
        if name in integrations[:index]:
            raise AnswersError(
                f"two of the answers are for {name}",
                where="integration",
                fix="put them into one file, or give one another `integration:`",
            )


def _refuse_dropping(answers: Answers, last: record.Record) -> None:
    """Answers that name less than was written: whoever meant to add must not lose what is deployed."""
    answers = with_companions(answers)
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
