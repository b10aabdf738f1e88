"""Syncs, actions, or a whole integration taken out again: exactly what is ours and unedited."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .. import nango_yaml
from ..answers import load_answers
from ..derive.known_resources import named_resources
from ..errors import AnswersError
from ..frozen import frozen
from ..plan import KEEP, Kept, Merging, Plan
from ..project.layout import DEFAULT, Layout
from ..providers import ProviderFacts
from ..render.paths import YAML
from .adopted import adopted_path
from .answers_without import answers_without
from .files import decided, dropped_project_files
from .hand_written import described_by, models_of_others, whole_block
from .lookup import did_you_mean, known_manifest
from .manifests import Manifests, manifest_path
from .new import Job, scaffold
from .ownership_transfer import hand_over, hand_over_models
from .place import Outcome
from .project import Project
from .schema_file import ROOT_FILE, drop_schema, file_of_manifest, refresh_schema
from .undo_baseline import what_is_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..manifest import Manifest
    from ..nango_yaml import Block, Difference, Document
    from .project import Reader


@frozen
class Removal(Outcome):
    """What taking something out would do.

    Attributes:
        gone: the scripts that go.
        stays: those that were to go, and stay as a whole because the user has edited their entry in nango.yaml.
        whole: whether the integration goes.
    """

    gone: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    whole: bool = False

    @property
    def has_conflicts(self) -> bool:
        """Whether it is not done: something stays in nango.yaml, or what remains could not be brought up to date.

        Files that stay because they were edited are no conflict: they are the user's from now on.
        """
        open_news = any(kept_file.news and not kept_file.dropped for kept_file in self.plan.kept)
        return bool(self.stays) or open_news or any(merged.conflicts for merged in self.plan.merged)


def remove(
    integration: str,
    names: Sequence[str],
    reader: Reader,
    merging: Merging = KEEP,
    facts: ProviderFacts | None = None,
    layout: Layout = DEFAULT,
) -> Removal:
    """Work out everything that taking an integration, or some of its scripts, out would do.

    A script whose entry in nango.yaml was edited stays with all it needs. Where any stays, the integration is
    scaffolded again without the others.

    Args:
        integration: its key.
        names: the scripts that go; none: the whole integration.
        reader: reads the project.
        merging: what becomes of edited files that the remaining scripts share.
        facts: what is known of the provider, where the integration was adopted and has no manifest.
        layout: where the files of the project lie.

    Raises:
        AnswersError: there is no such integration, or no such script in it.
        ProjectError: the integration has no manifest, or the project cannot be written to safely.
    """
    project = Project(reader)
    last = known_manifest(integration, project, facts)
    block = _whole_block(project, last)
    scripts = _scripts(block)
    _refuse_unknown(integration, names, scripts)
    targets = dict.fromkeys(names or scripts)
    edited = _edited(project, block)
    stays = tuple(name for name in targets if name in edited)
    gone = tuple(name for name in targets if name not in edited)
    if targets and not gone:
        return Removal(Plan(()), {}, tuple(edited[name] for name in stays), stays=stays)
    # Scripts of events alone are no integration: with its last sync or action all of it goes.
    if {*gone}.issuperset((*block.syncs, *block.actions)):
        outcome = _whole(integration, project, replace(last, block=block))
        return Removal(outcome.plan, {}, outcome.differences, gone=gone, whole=True)
    outcome = _without(gone, project, last, reader, merging, layout)
    return Removal(outcome.plan, {}, outcome.differences, gone=gone, stays=stays)


def _whole_block(project: Project, last: Manifest) -> Block:
    """What nango.yaml has of the integration, as it was written or described."""
    document = nango_yaml.read(project.text(YAML) or "")
    return whole_block(last, described_by(last, document))


def _scripts(block: Block) -> tuple[str, ...]:
    events = (name for scripts in block.on_events.values() for name in scripts)
    return (*block.syncs, *block.actions, *events)


def _refuse_unknown(integration: str, names: Iterable[str], scripts: Sequence[str]) -> None:
    for name in names:
        if name not in scripts:
            raise AnswersError(
                f"{integration} has no sync or action {name} of ours", fix=did_you_mean(name, scripts)
            )


def _edited(project: Project, block: Block) -> dict[str, Difference]:
    """The scripts whose entry in nango.yaml the user has edited, each with how."""
    differences = nango_yaml.edited_entries(project.text(YAML) or "", block)
    own = ("integrations", block.integration)
    return {each.path[3]: each for each in differences if each.path[:2] == own and each.why == "edited"}


def _without(
    names: Sequence[str], project: Project, last: Manifest, reader: Reader, merging: Merging, layout: Layout
) -> Outcome:
    """The integration without some of its scripts, scaffolded again."""
    document = nango_yaml.read(project.text(YAML) or "")
    facts = ProviderFacts.from_data(last.facts)
    foreign_models = models_of_others(document.models, last)
    answers = load_answers(
        answers_without(names, last.answers, facts, foreign_models, tuple(last.block.models))
    )
    if facts.resources:  # what is known of a resource goes with the last script that took it
        facts = replace(facts, resources=named_resources(facts.resources, answers))
    outcome = scaffold([Job(answers, facts)], reader, prune=True, merging=merging, layout=layout)
    others = (name for name in document.integrations if name != answers.integration)
    hand_over_models(last, Manifests(others, project), outcome.differences, project)
    return replace(outcome, plan=outcome.plan.plus(project.changes()))


def _whole(integration: str, project: Project, last: Manifest) -> Outcome:
    """Nothing of the integration any more."""
    text = project.text(YAML) or ""
    before = nango_yaml.read(text)
    removed = nango_yaml.remove(text, last.block)
    after = removed.document
    _put_rest(project, removed.text, last)
    others = Manifests((name for name in after.integrations if name != integration), project)
    # Those that were there before us have managed without the files of the project that came with us.
    is_last = not others and {*map(str, after.integrations)} <= {*last.origin.beside}
    kept_files = _drop_files(project, last, is_last=is_last)
    models = [difference.path[1] for difference in removed.kept if difference.path[0] == "models"]
    schema = _drop_schema(project, before, after, last, integration, is_last=is_last, staying=models)
    # Behind schema.zod.ts, whose digest the manifests of the others hold.
    hand_over(integration, last, others, removed.kept, project)
    _drop_manifest(project, integration)
    return Outcome(Plan(tuple(project.changes()), (*kept_files, *schema)), {}, removed.kept)


def _drop_schema(
    project: Project,
    before: Document,
    after: Document,
    last: Manifest,
    integration: str,
    *,
    is_last: bool,
    staying: list[str],
) -> tuple[Kept, ...]:
    """Take the schemas of the integration out of its schema.zod.ts, or that file out."""
    file = file_of_manifest(integration, last)
    if file == ROOT_FILE:
        return drop_schema(file, project, before, after, last, alone=is_last, staying=staying)
    refresh_schema(project, before, after, [last])
    if last.origin.has_schema:
        return ()
    return drop_schema(file, project, before, after, last, alone=True, staying=())


def _put_rest(project: Project, text: str, last: Manifest) -> None:
    """What stays of nango.yaml; no file where the integration came into none."""
    if project.text(YAML) is not None:
        rest = what_is_left(text, last.origin.undo)
        project.put(YAML, None if rest is None else rest.encode())


def _drop_manifest(project: Project, integration: str) -> None:
    for path in (manifest_path(integration), adopted_path(integration)):  # an integration has one of them
        if project.get(path) is not None:
            project.put(path, None)


def _drop_files(project: Project, last: Manifest, *, is_last: bool) -> tuple[Kept, ...]:
    """Take out the integration's own files and, with the last integration, those of the project; what stays of both."""
    own = decided({}, project, last).plus(kept=_hand_written(project, last))
    founded = dropped_project_files(last, project) if is_last else Plan(())
    for change in (*own.changes, *founded.changes):
        project.put(change.path, change.after)
    return tuple(replace(kept_file, news=False) for kept_file in (*own.kept, *founded.kept))


def _hand_written(project: Project, last: Manifest) -> list[Kept]:
    """The files of an adopted integration that its owner wrote: they stay."""
    files = (path for path in last.hand_written.files if project.get(path) is not None)
    return [Kept(path, "written by hand", dropped=True) for path in files]
