"""Jobs: integrations to be written, in order, and the outcome of writing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from .. import __version__, nango_yaml, record
from ..answers import load_answers
from ..derive import derive
from ..derive.companions import with_companions
from ..derive.pagination import pagination_reasons
from ..errors import AnswersError, ProjectError
from ..frozen import frozen
from ..plan import KEEP, Merging, Plan
from ..render.entry import block
from ..render.integration import render_files
from ..render.paths import SCHEMA, YAML
from .adopted import adopted_answers, adopted_path, adopted_record
from .beside import decided_beside
from .files import found_project_files, written
from .origin import Beginning, origin_before_us
from .project import Project
from .records import last_record, record_path
from .schema import noted, put_schema, shared_out

if TYPE_CHECKING:
    from ..answers import Answers
    from ..derive.spec import Guess
    from ..nango_yaml import Block, Difference, Document
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
    draft = _draft(project, jobs)
    before = draft.document()
    found: list[_Found] = []
    for job in jobs:
        if begin:
            begin(job)
        one = _integration(job, project, draft, is_first=not found, prune=prune, merging=merging)
        found += [one] if one else []
    if found:
        _finish(found, project, before, draft.document())
    return Outcome(
        Plan(
            tuple(project.changes()),
            tuple(kept for one in found for kept in one.plan.kept),
            tuple(merged for one in found for merged in one.plan.merged),
        ),
        {job.answers.integration: () for job in jobs} | {one.integration: one.guesses for one in found},
        tuple(difference for one in found for difference in one.differences),
        {one.integration: one.paginations for one in found},
    )


@frozen
class _Found:
    """One job, done but for what all of them share.

    Attributes:
        integration: its key.
        plan: what becomes of its own files.
        differences: what stays of nango.yaml as the user has it.
        guesses: what was neither said nor known.
        paginations: how each script reads pages, and why.
        last: what was written last.
        now: what is written now, without what is said of schema.zod.ts.
        changes_models: whether it brought, changed or took out a model.
    """

    integration: str
    plan: Plan
    differences: tuple[Difference, ...]
    guesses: tuple[Guess, ...]
    paginations: Mapping[str, str]
    last: record.Record | None
    now: record.Record
    changes_models: bool


def _draft(project: Project, jobs: Sequence[Job]) -> nango_yaml.Draft:
    """The draft of nango.yaml; a file that cannot be edited is refused with what a single job would put into it."""
    text = project.text(YAML)
    if len(jobs) != 1:
        return nango_yaml.Draft(text)
    (job,) = jobs
    return nango_yaml.begin(text, lambda: block(derive(job.answers, job.facts, {})))


def _integration(
    job: Job, project: Project, draft: nango_yaml.Draft, *, is_first: bool, prune: bool, merging: Merging
) -> _Found | None:
    """Put one integration into the project in memory, and its block into the draft of nango.yaml.

    Returns:
        None where there is nothing to do: what an adopted integration's own answers describe is there already.
    """
    name = job.answers.integration
    last, is_adopted = _before(job, project, draft)
    job = _as_named_before(job, last)
    if is_adopted and last and last.answers == job.answers.raw:
        return None
    if last and not prune:
        _refuse_dropping(job.answers, last)
    ours = last.block if last else None
    spec = derive(
        job.answers,
        job.facts,
        taken_models(draft.models, ours),
        written=tuple(ours.models) if ours else (),
    )
    files, project_files = render_files(spec)
    others = draft.integrations
    beginning = None if last else _beginning(project, draft, is_first=is_first)
    put = draft.put(block(spec), ours)
    origin = beginning.origin(draft, put.owned) if beginning else last.origin if last else record.Origin()

    beside = decided_beside(files, name, project, last, merging, is_adopted=is_adopted)
    if is_adopted:  # what the user's project does without is not missing: it counts as written and deleted
        founded = {path: text for path, text in project_files.items() if project.get(path) is None}
    else:
        founded = found_project_files(project_files, project, last, others)
    for change in beside.plan.changes:
        project.put(change.path, change.after)
    now = record.Record(
        job.answers.raw,
        job.facts.to_data(),
        {**written(beside.files, beside.plan, beside.last), **founded},
        put.owned,
        __version__,
        origin=origin,
    )
    plan, differences = beside.plan, put.kept
    if is_adopted:
        project.put(adopted_path(name), None)
        plan, differences = _news(plan), tuple(each for each in differences if each.why == "conflict")
    reasons = pagination_reasons(spec)
    return _Found(name, plan, differences, spec.guesses, reasons, last, now, put.changes_models)


def _as_named_before(job: Job, last: record.Record | None) -> Job:
    """The job with the names its models have: an integration is not renamed by answers that do not speak of it."""
    key = "prefix_models"
    if last is None or key in job.answers.raw or not last.answers.get(key):
        return job
    return replace(job, answers=load_answers({**job.answers.raw, key: True}))


def _beginning(project: Project, draft: nango_yaml.Draft, *, is_first: bool) -> Beginning:
    """What an integration comes into: what is there, and what those before it in this run bring."""
    return Beginning(
        draft,
        has_yaml=not is_first or project.get(YAML) is not None,
        has_schema=not is_first or project.get(SCHEMA) is not None,
    )


def _finish(found: Sequence[_Found], project: Project, before: Document, after: Document) -> None:
    """Put what all jobs share, once, and the records."""
    project.put(YAML, after.source.encode())
    part = put_schema(project, before, after, [one.last for one in found if one.last])
    changing = {one.integration for one in found if one.changes_models}
    shares = shared_out(part.added, [one.now.block for one in found])
    for one, added in zip(found, shares, strict=True):
        is_concerned = not changing or one.integration in changing
        schema = noted(replace(part, added=added), one.last, project, is_concerned=is_concerned)
        now = replace(one.now, schema=schema.digest, schema_added=schema.added)
        project.put(record_path(one.integration), record.to_text(now).encode())


def _before(job: Job, project: Project, draft: nango_yaml.Draft) -> tuple[record.Record | None, bool]:
    """What was written last, and whether the answers of an adopted integration only stand for it."""
    name = job.answers.integration
    last = last_record(name, project)
    adopted = adopted_answers(name, project) if last is None else None
    if adopted is None:
        return last, False
    document = draft.document()
    return adopted_record(adopted, job.facts, document, origin_before_us(project, document)), True


def _news(plan: Plan) -> Plan:
    """A plan without the files that stay because the user wrote them: of an adopted integration that is all there was."""
    return Plan(plan.changes, tuple(kept for kept in plan.kept if kept.news), plan.merged)


def taken_models(models: Mapping[str, Any], ours: Block | None) -> dict[str, Mapping[str, Any]]:
    """The models of nango.yaml that an integration has not written itself.

    Args:
        models: all of them.
        ours: what the integration wrote last; None when it never did.
    """
    own = ours.models if ours else {}
    return {
        name: fields for name, fields in models.items() if name not in own and isinstance(fields, Mapping)
    }


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
