"""Integrations written from answers, in order: what `new` does, and what `add`, `remove` and `update` do with what is left."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ..answers import load_answers
from ..answers.format import ANSWERS
from ..derive import derive
from ..derive.actions.introspection import with_introspection
from ..errors import AnswersError, ProjectError
from ..frozen import frozen
from ..manifest import digest
from ..plan import KEEP, Merging
from ..project.layout import DEFAULT, Layout
from ..render.entry import block
from .adopted import adopted_answers, adopted_manifest, adopted_path
from .files import found_project_files, written
from .hand_written import Described, models_of_others
from .import_closure import decided_beside
from .manifests import last_manifest
from .optional_files import with_optional_files
from .place import Integration, Outcome, OwnFiles, Placed, Workspace, place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from ..answers import Answers
    from ..manifest import Manifest
    from ..nango_yaml import Draft
    from ..providers import ProviderFacts
    from ..spec.integration import IntegrationSpec
    from .project import Reader


_INHERITED = ("prefix_models", "schema_file")


@frozen
class Job:
    """One integration to be written.

    Attributes:
        answers: what it is to be.
        facts: what is known of its provider.
        handed_over: the paths of hand-written files that their owner hands over.
        answers_file: the file the answers came from, relative to the project; empty when none is known.
    """

    answers: Answers
    facts: ProviderFacts
    handed_over: tuple[str, ...] = ()
    answers_file: str = ""


def scaffold(
    jobs: Sequence[Job],
    reader: Reader,
    *,
    prune: bool = False,
    merging: Merging = KEEP,
    layout: Layout = DEFAULT,
    begin: Callable[[Job], None] | None = None,
    usual_files: Collection[str] = (),
) -> Outcome:
    """Work out everything a run would write.

    Args:
        jobs: the integrations, in order; later ones see what earlier ones add.
        reader: reads the project.
        prune: let syncs and actions go that an earlier run wrote and the answers name no more.
        merging: what becomes of files the user has edited.
        layout: where the files of the project lie.
        begin: told each job before it is worked on.
        usual_files: the optional files that an integration which is new here has.

    Raises:
        AnswersError: answers that cannot be used.
        ProjectError: a project that cannot be written to safely.
    """
    _refuse_twice([job.answers.integration for job in jobs])
    workspace = _workspace(jobs, reader)
    for job in jobs:
        if begin:
            begin(job)
        _place(job, workspace, layout, prune=prune, merging=merging, usual_files=usual_files)
    outcome = workspace.finish()
    return replace(outcome, guesses={job.answers.integration: () for job in jobs} | dict(outcome.guesses))


def _workspace(jobs: Sequence[Job], reader: Reader) -> Workspace:
    """The project; a nango.yaml that cannot be edited is refused with what a single job would put into it."""
    if len(jobs) != 1:
        return Workspace(reader)
    (job,) = jobs
    return Workspace(reader, lambda: block(derive(job.answers, job.facts, {})))


def _place(
    job: Job,
    workspace: Workspace,
    layout: Layout,
    *,
    prune: bool,
    merging: Merging,
    usual_files: Collection[str],
) -> None:
    """Place the integration of a job; nothing where what an adopted integration's own answers describe is there already."""
    last, is_adopted = _before(job, workspace)
    # Before answers are compared: what they leave open counts as the last run had it.
    job = _with_inherited(job, last, workspace)
    if is_adopted and _is_unchanged(job, last):
        return
    if last is not None and not prune:
        _refuse_dropping(job.answers, last)
    job = _decided(job, last, workspace, usual_files)
    integration = Integration(job.answers, job.facts, _spec(job, last, workspace.draft), layout)
    _refuse_unknown_files(job.handed_over, integration.files, integration.name)
    write_files = partial(_write_files, merging=merging, handed_over=job.handed_over, is_adopted=is_adopted)
    placed = place(integration, workspace, write_files, last, answers_file=job.answers_file)
    if is_adopted:  # from here on the manifest holds its answers
        workspace.project.put(adopted_path(integration.name), None)
        placed = _of_adopted(placed)
    workspace.placed.append(placed)


def _write_files(
    integration: Integration,
    last: Manifest | None,
    described: Described,
    workspace: Workspace,
    *,
    merging: Merging,
    handed_over: tuple[str, ...],
    is_adopted: bool,
) -> OwnFiles:
    """Put an integration's own files into the project, merged with what the user made of them, and the project files."""
    beside = decided_beside(
        integration.files, integration.name, workspace.project, last, merging, described.files, handed_over
    )
    # Before the files of this run are put: what is absent now is what the project does without.
    project_files = _founded(integration, last, workspace, is_adopted=is_adopted)
    texts = written(beside.files, beside.plan, beside.last)
    return OwnFiles(beside.plan, texts, project_files, beside.hand_written)


def _decided(job: Job, last: Manifest | None, workspace: Workspace, usual_files: Collection[str]) -> Job:
    """The job with the decision on its optional files, and with what earlier runs know of where its answers come from."""
    peers = [placed.integration.answers for placed in workspace.placed]
    answers = with_optional_files(
        job.answers, last, workspace.project, map(str, workspace.draft.integrations), peers, usual_files
    )
    earlier = last.inferred_from if last else {}
    known = {**earlier, **answers.inferred_from}
    names = {script.name for script in answers.scripts}
    inferred_from = {name: source for name, source in known.items() if name in names}
    return replace(job, answers=replace(answers, inferred_from=inferred_from))


def _is_unchanged(job: Job, last: Manifest | None) -> bool:
    """Whether the answers are those that were written last, and no file is handed over."""
    return last is not None and last.answers == job.answers.raw and not job.handed_over


def _spec(job: Job, last: Manifest | None, draft: Draft) -> IntegrationSpec:
    """The integration, derived beside the models that others have in nango.yaml."""
    ours = tuple(last.block.models) if last else ()
    return derive(job.answers, job.facts, models_of_others(draft.models, last), written=ours)


def _founded(
    integration: Integration, last: Manifest | None, workspace: Workspace, *, is_adopted: bool
) -> dict[str, str]:
    """The project files that count as this integration's, each with its digest.

    What the project of an adopted integration does without is not missing: it counts as written and deleted.
    """
    files, project = integration.project_files, workspace.project
    if not is_adopted:
        return found_project_files(files, project, last, workspace.draft.integrations)
    return {path: digest(text) for path, text in files.items() if project.get(path) is None}


def _with_inherited(job: Job, last: Manifest | None, workspace: Workspace) -> Job:
    """The job with what its answers do not speak of as it was, or else as the project's other integrations have it.

    Neither are models renamed that have the integration's name, nor does schema.zod.ts move.
    """
    before: Mapping[str, Any] = last.answers if last else workspace.usual_answers()
    inherited = {key: before[key] for key in _INHERITED if before.get(key) and key not in job.answers.raw}
    if not inherited:
        return job
    # In the order that the manifest has, or that Copier stores: equal answers give equal manifests.
    positions = {key: position for position, key in enumerate(last.answers if last else ANSWERS.keys)}
    whole = {**job.answers.raw, **inherited}
    keys = sorted(whole, key=lambda key: positions.get(key, len(positions)))
    answers = load_answers({key: whole[key] for key in keys})
    return replace(job, answers=replace(answers, inferred_from=job.answers.inferred_from))


def _before(job: Job, workspace: Workspace) -> tuple[Manifest | None, bool]:
    """The manifest of the last run, and whether the answers of an adopted integration only stand for it."""
    name, project = job.answers.integration, workspace.project
    last = last_manifest(name, project)
    adopted = adopted_answers(name, project) if last is None else None
    if adopted is None:
        return last, False
    return adopted_manifest(adopted, job.facts, workspace.draft.document(), project), True


def _refuse_unknown_files(handed_over: Sequence[str], files: Mapping[str, str], integration: str) -> None:
    """What is handed over must be a file that would be written."""
    for path in handed_over:
        if path not in files:
            known = ", ".join(each.split("/", 2)[2] for each in files)
            raise AnswersError(
                f"nango-scaffold writes no {path.split('/', 2)[2]} for {integration}",
                where="--take",
                fix=f"it writes {known}",
            )


def _of_adopted(placed: Placed) -> Placed:
    """Without the files and entries that stay because the user wrote them: of an adopted integration that is all there was."""
    news = tuple(kept_file for kept_file in placed.plan.kept if kept_file.news)
    conflicts = tuple(difference for difference in placed.differences if difference.why == "conflict")
    return replace(placed, plan=replace(placed.plan, kept=news), differences=conflicts)


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


def _refuse_dropping(answers: Answers, last: Manifest) -> None:
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
