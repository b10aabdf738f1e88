"""Jobs: integrations to be written, in order, and the outcome of writing them."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from .. import __version__, manifest, nango_yaml
from ..answers import load_answers
from ..derive import derive
from ..derive.actions.introspection import with_introspection
from ..derive.requests.pagination import pagination_reasons
from ..errors import AnswersError, ProjectError
from ..frozen import frozen
from ..plan import KEEP, Merging, Plan
from ..project.layout import DEFAULT, Layout
from ..render.entry import block
from ..render.integration import render_files
from ..render.paths import SCHEMA, YAML
from .adopted import adopted_answers, adopted_manifest, adopted_path
from .case_collisions import refuse_twin_folder, refuse_twin_scripts
from .files import found_project_files, written
from .hand_written import (
    NOTHING_DESCRIBED,
    Described,
    described_by,
    let_go,
    models_of_others,
    news_of_entries,
    ours_of,
    still_hand_written,
)
from .import_closure import decided_beside
from .manifests import last_manifest, put_manifest
from .open_guesses import about_ours
from .project import Project
from .schema_file import noted, put_schema, shared_out
from .undo_baseline import Beginning

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ..answers import Answers
    from ..nango_yaml import Block, Difference, Document
    from ..providers import ProviderFacts
    from ..spec.integration import Guess, IntegrationSpec
    from .project import Reader


@frozen
class Job:
    """One integration to be written.

    Attributes:
        answers: what it is to be.
        facts: what is known of its provider.
        taken: the paths of hand-written files that their owner hands over.
        answers_file: the file the answers came from, relative to the project; empty when none is known.
    """

    answers: Answers
    facts: ProviderFacts
    taken: tuple[str, ...] = ()
    answers_file: str = ""


@frozen
class Outcome:
    """What a run would do.

    Attributes:
        plan: every change of the project's files.
        guesses: for each integration, what was neither said nor known.
        differences: what stays in nango.yaml as the user has it.
        paginations: for each integration, how each script that reads pages does so, and why, in words.
        advice: what else is to be done by hand, a sentence each.
    """

    plan: Plan
    guesses: Mapping[str, tuple[Guess, ...]]
    differences: tuple[Difference, ...]
    paginations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    advice: tuple[str, ...] = ()

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
    layout: Layout = DEFAULT,
    begin: Callable[[Job], None] | None = None,
) -> Outcome:
    """Work out everything a run would write.

    Args:
        jobs: the integrations, in order; later ones see what earlier ones add.
        reader: reads the project.
        prune: let syncs and actions go that an earlier run wrote and the answers name no more.
        merging: what becomes of files the user has edited.
        layout: where the files of the project lie.
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
        one = _integration(job, project, draft, layout, is_first=not found, prune=prune, merging=merging)
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
    last: manifest.Manifest | None
    now: manifest.Manifest
    changes_models: bool


def _draft(project: Project, jobs: Sequence[Job]) -> nango_yaml.Draft:
    """The draft of nango.yaml; a file that cannot be edited is refused with what a single job would put into it."""
    text = project.text(YAML)
    if len(jobs) != 1:
        return nango_yaml.Draft(text)
    (job,) = jobs
    return nango_yaml.begin(text, lambda: block(derive(job.answers, job.facts, {})))


def _integration(
    job: Job,
    project: Project,
    draft: nango_yaml.Draft,
    layout: Layout,
    *,
    is_first: bool,
    prune: bool,
    merging: Merging,
) -> _Found | None:
    """Put one integration into the project in memory, and its block into the draft of nango.yaml.

    Returns:
        None where there is nothing to do: what an adopted integration's own answers describe is there already.
    """
    name = job.answers.integration
    last, is_adopted = _before(job, project, draft)
    job = _as_named_before(job, last)
    if is_adopted and _is_unchanged(job, last):
        return None
    _refuse_misfits(job, last, draft, prune=prune)
    spec = _spec(job, last, draft)
    files, project_files = render_files(spec, layout.folder)
    project_files = {path: text for path, text in project_files.items() if path not in layout.elsewhere}
    _refuse_unknown_files(job.taken, files, name)
    wanted, others = block(spec), draft.integrations
    if name in others:
        refuse_twin_scripts(wanted, draft.document())
    beginning = None if last else _beginning(project, draft, is_first=is_first)
    described = described_by(last, draft.document()) if last and last.hand_written else NOTHING_DESCRIBED
    put, news = _put(wanted, last, described, draft)
    beside = decided_beside(files, name, project, last, merging, described.files, job.taken)
    # Before the files of this run are put: what is absent now is what the project does without.
    founded = _founded(project_files, project, last, others, is_adopted=is_adopted)
    for change in beside.plan.changes:
        project.put(change.path, change.after)
    theirs = (
        still_hand_written(last, wanted, put.owned, beside.hand_written) if last else manifest.HandWritten()
    )
    now = manifest.Manifest(
        job.answers.raw,
        job.facts.to_data(),
        written(beside.files, beside.plan, beside.last),
        put.owned,
        __version__,
        origin=_origin(beginning, last, draft, put.owned),
        project_files=founded,
        hand_written=theirs,
        guesses=about_ours(spec.guesses, job.answers, name, theirs),
        answers_file=_answers_file(job, last),
    )
    plan, differences = beside.plan, (*put.kept, *news)
    if is_adopted:
        project.put(adopted_path(name), None)
        plan, differences = _news(plan), tuple(each for each in differences if each.why == "conflict")
    reasons = pagination_reasons(spec)
    return _Found(name, plan, differences, spec.guesses, reasons, last, now, put.changes_models)


def _is_unchanged(job: Job, last: manifest.Manifest | None) -> bool:
    """Whether the answers are those that were written last, and no file is handed over."""
    return last is not None and last.answers == job.answers.raw and not job.taken


def _refuse_misfits(
    job: Job, last: manifest.Manifest | None, draft: nango_yaml.Draft, *, prune: bool
) -> None:
    """Refuse answers that would drop what is deployed, and a new integration in the folder of another."""
    if last is None:
        refuse_twin_folder(job.answers.integration, map(str, draft.integrations))
    elif not prune:
        _refuse_dropping(job.answers, last)


def _spec(job: Job, last: manifest.Manifest | None, draft: nango_yaml.Draft) -> IntegrationSpec:
    """The integration, derived beside the models that others have in nango.yaml."""
    ours = tuple(last.block.models) if last else ()
    return derive(job.answers, job.facts, models_of_others(draft.models, last), written=ours)


def _founded(
    files: Mapping[str, str],
    project: Project,
    last: manifest.Manifest | None,
    others: Sequence[str],
    *,
    is_adopted: bool,
) -> dict[str, str]:
    """The project files that count as this integration's, each with its digest.

    What the project of an adopted integration does without is not missing: it counts as written and deleted.
    """
    if not is_adopted:
        return found_project_files(files, project, last, others)
    return {path: manifest.digest(text) for path, text in files.items() if project.get(path) is None}


def _origin(
    beginning: Beginning | None, last: manifest.Manifest | None, draft: nango_yaml.Draft, owned: Block
) -> manifest.UndoBaseline:
    """What the integration came into: noted at its first run, and kept since."""
    if beginning is not None:
        return beginning.origin(draft, owned)
    return last.origin if last else manifest.UndoBaseline()


def _answers_file(job: Job, last: manifest.Manifest | None) -> str:
    """The answers file that goes with the integration: this run's, else that of an earlier one."""
    return job.answers_file or (last.answers_file if last else "")


def _as_named_before(job: Job, last: manifest.Manifest | None) -> Job:
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
    """Put what all jobs share, once, and the manifests."""
    project.put(YAML, after.source.encode())
    part = put_schema(project, before, after, [one.last for one in found if one.last])
    changing = {one.integration for one in found if one.changes_models}
    shares = shared_out(part.added, [one.now.block for one in found])
    for one, added in zip(found, shares, strict=True):
        is_concerned = not changing or one.integration in changing
        schema = noted(replace(part, added=added), one.last, project, is_concerned=is_concerned)
        now = replace(one.now, schema=schema.digest, schema_added=schema.added)
        put_manifest(one.integration, now, project)


def _before(job: Job, project: Project, draft: nango_yaml.Draft) -> tuple[manifest.Manifest | None, bool]:
    """What was written last, and whether the answers of an adopted integration only stand for it."""
    name = job.answers.integration
    last = last_manifest(name, project)
    adopted = adopted_answers(name, project) if last is None else None
    if adopted is None:
        return last, False
    return adopted_manifest(adopted, job.facts, draft.document(), project), True


def _put(
    wanted: Block, last: manifest.Manifest | None, described: Described, draft: nango_yaml.Draft
) -> tuple[nango_yaml.Put, tuple[Difference, ...]]:
    """Put what is ours of an integration into nango.yaml; and what is new of what is hand-written."""
    if last is None or not last.hand_written:
        return draft.put(wanted, last.block if last else None), ()
    news = tuple(news_of_entries(last, wanted, described, draft.document()))
    ours = ours_of(wanted, last, draft.models)
    return draft.put(ours, let_go(last, wanted, described)), news


def _refuse_unknown_files(taken: Sequence[str], files: Mapping[str, str], integration: str) -> None:
    """What is handed over must be a file that would be written."""
    for path in taken:
        if path not in files:
            known = ", ".join(each.split("/", 2)[2] for each in files)
            raise AnswersError(
                f"nango-scaffold writes no {path.split('/', 2)[2]} for {integration}",
                where="--take",
                fix=f"it writes {known}",
            )


def _news(plan: Plan) -> Plan:
    """A plan without the files that stay because the user wrote them: of an adopted integration that is all there was."""
    return Plan(plan.changes, tuple(kept for kept in plan.kept if kept.news), plan.merged)


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


def _refuse_dropping(answers: Answers, last: manifest.Manifest) -> None:
    """Answers that name less than was written: whoever meant to add must not lose what is deployed."""
    answers = with_introspection(answers)
    for kind, named, before in (
        ("sync", answers.syncs, (*last.block.syncs, *last.hand_written.syncs)),
        ("action", answers.actions, (*last.block.actions, *last.hand_written.actions)),
    ):
        gone = sorted(set(before) - {script.name for script in named})
        if gone:
            raise ProjectError(
                f"{answers.integration} has the {kind} {gone[0]}, which the answers do not name: it would be deleted",
                where=f"{kind}s",
                fix=f"name it too (`nango-scaffold answers {answers.integration} > FILE` writes the current answers), "
                f"or say --prune to let go of {', '.join(gone)}",
            )
