"""An integration placed into a project: the steps that ``new``, ``add``, ``update`` and Copier share.

Equal answers and facts in equal projects give the same nango.yaml, schema.zod.ts and manifest, whoever places them. Who
writes the integration's own files differs: Copier has written them already, or is about to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from .. import __version__, nango_yaml
from ..answers.answers import BESIDE
from ..derive.requests.pagination import pagination_reasons
from ..frozen import frozen
from ..manifest import HandWritten, Manifest, UndoBaseline
from ..plan import Plan
from ..project.layout import DEFAULT, Layout
from ..render.entry import block
from ..render.integration import render_files
from ..render.paths import YAML
from .files import refuse_twin_folder, refuse_twin_scripts
from .hand_written import (
    NOTHING_DESCRIBED,
    Described,
    described_by,
    let_go,
    news_of_entries,
    ours_of,
    still_hand_written,
)
from .manifests import put_manifest
from .open_guesses import about_ours
from .project import Project, Reader
from .schema_file import (
    ROOT_FILE,
    SchemaFile,
    SchemaPart,
    drop_schema,
    file_of_manifest,
    file_of_spec,
    noted,
    put_schema,
    refresh_schema,
    shared_out,
    usual_answers,
)
from .undo_baseline import Beginning

if TYPE_CHECKING:
    from ..answers import Answers
    from ..nango_yaml import Block, Difference
    from ..providers import ProviderFacts
    from ..spec.integration import Guess, IntegrationSpec, KnownResource


@frozen
class Outcome:
    """What a run would do.

    Attributes:
        plan: every change of the project's files.
        guesses: for each integration, what was neither set nor known.
        differences: what stays in nango.yaml as the user has it.
        paginations: for each integration, how each script that reads pages does so, and why, in words.
        advice: what else is to be done by hand, a sentence each.
        known_resources: for each integration, its scripts that took what is known of a resource.
    """

    plan: Plan
    guesses: Mapping[str, tuple[Guess, ...]]
    differences: tuple[Difference, ...]
    paginations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    advice: tuple[str, ...] = ()
    known_resources: Mapping[str, tuple[KnownResource, ...]] = field(default_factory=dict)

    @property
    def has_conflicts(self) -> bool:
        """Whether something new could not be brought in because the user's version stays, or not without marks."""
        return self.plan.has_conflicts or any(difference.why == "conflict" for difference in self.differences)


@frozen
class Integration:
    """An integration to be placed.

    Attributes:
        answers: what it is to be.
        facts: what is known of its provider.
        spec: what follows from both.
        layout: where the files of the project lie.
    """

    answers: Answers
    facts: ProviderFacts
    spec: IntegrationSpec
    layout: Layout = DEFAULT

    @property
    def name(self) -> str:
        """The folder, and the key in nango.yaml."""
        return self.answers.integration

    @cached_property
    def block(self) -> Block:
        """Its part of nango.yaml."""
        return block(self.spec)

    @property
    def files(self) -> dict[str, str]:
        """The text of each of its own files, by path."""
        return self._rendered[0]

    @cached_property
    def project_files(self) -> dict[str, str]:
        """The text of each file that a project needs once and has in no other place, by path."""
        elsewhere = self.layout.elsewhere
        return {path: text for path, text in self._rendered[1].items() if path not in elsewhere}

    @cached_property
    def _rendered(self) -> tuple[dict[str, str], dict[str, str]]:
        return render_files(self.spec, self.layout.folder)


@frozen
class OwnFiles:
    """What becomes of an integration's own files and of the project files that come with it.

    Attributes:
        plan: the changes of its own files.
        texts: what was written last of each of them: now, or earlier where the user's version stays.
        project_files: the digest of each project file that came with it.
        hand_written: the paths of an adopted integration that are its owner's.
    """

    plan: Plan
    texts: Mapping[str, str]
    project_files: Mapping[str, str]
    hand_written: tuple[str, ...] = ()


WriteFiles: TypeAlias = Callable[[Integration, "Manifest | None", Described, "Workspace"], OwnFiles]
"""Puts an integration's own files into the project, or tells what somebody else puts there.

It is given the integration, its manifest, what the manifest's answers describe of hand-written files, and the workspace.
"""


@frozen
class Placed:
    """An integration in the project, but for what all integrations of a run share.

    Attributes:
        integration: what was placed.
        plan: what becomes of its own files.
        differences: what stays of nango.yaml as the user has it.
        last: the manifest of the last run.
        now: the manifest of this run, without what it says of schema.zod.ts.
        changes_models: whether it brought, changed or took out a model.
    """

    integration: Integration
    plan: Plan
    differences: tuple[Difference, ...]
    last: Manifest | None
    now: Manifest
    changes_models: bool

    @property
    def name(self) -> str:
        """The integration's key in nango.yaml."""
        return self.integration.name

    @cached_property
    def schema_file(self) -> SchemaFile:
        """The schema.zod.ts that its scripts import."""
        return file_of_spec(self.integration.spec)


class Workspace:
    """A project in memory while integrations are placed in it.

    Args:
        reader: reads the project.
        first_block: what a single integration puts into nango.yaml, to be shown if that file cannot be edited.

    Attributes:
        project: the files.
        draft: nango.yaml so far.
        placed: the integrations so far; whoever places one adds it.

    Raises:
        Refused: nango.yaml cannot be edited without risk.
    """

    def __init__(self, reader: Reader, first_block: Callable[[], Block] | None = None) -> None:
        self.project = Project(reader)
        text = self.project.text(YAML)
        self.draft = nango_yaml.begin(text, first_block) if first_block else nango_yaml.Draft(text)
        self.placed: list[Placed] = []
        self._before = self.draft.document()

    def beginning(self, file: SchemaFile) -> Beginning:
        """What a new integration comes into: what is there, and what those before it in this run bring."""
        has_schema = self.project.get(file.path) is not None
        shares = file == ROOT_FILE and bool(self.placed)
        has_yaml = bool(self.placed) or self.project.get(YAML) is not None
        return Beginning(self.draft, has_yaml=has_yaml, has_schema=has_schema or shares)

    def usual_answers(self) -> dict[str, str]:
        """What a new integration has as the others do, those before it in this run among them, as answers."""
        if self.placed:
            first = self.placed[0].schema_file
            return {} if first == ROOT_FILE else {"schema_file": BESIDE}
        return usual_answers(self.draft.integrations, self.project)

    def finish(self) -> Outcome:
        """Put what all integrations share into the project, once, and their manifests."""
        if self.placed:
            self._put_shared_files()
        specs = {placed.name: placed.integration.spec for placed in self.placed}
        return Outcome(
            self._plan(),
            {name: spec.guesses for name, spec in specs.items()},
            tuple(difference for placed in self.placed for difference in placed.differences),
            {name: pagination_reasons(spec) for name, spec in specs.items()},
            known_resources={name: spec.known_resources for name, spec in specs.items()},
        )

    def _plan(self) -> Plan:
        kept_files = tuple(kept_file for placed in self.placed for kept_file in placed.plan.kept)
        merged = tuple(merged for placed in self.placed for merged in placed.plan.merged)
        return Plan(tuple(self.project.changes()), kept_files, merged)

    def _put_shared_files(self) -> None:
        after = self.draft.document()
        self.project.put(YAML, after.source.encode())
        # After nango.yaml, whose models it holds, and before the manifests, which hold its digest.
        self._put_shared_schema([placed for placed in self.placed if placed.schema_file == ROOT_FILE], after)
        for placed in self.placed:
            if placed.schema_file != ROOT_FILE:
                last = [placed.last] if placed.last else []
                part = put_schema(placed.schema_file, self.project, self._before, after, last)
                self._put_manifest(placed, part)
            self._drop_moved(placed, after)

    def _put_shared_schema(self, sharing: list[Placed], after: nango_yaml.Document) -> None:
        """Put the schema.zod.ts of the project there for the integrations that share it."""
        last = [placed.last for placed in self.placed if placed.last]
        if not sharing:
            refresh_schema(self.project, self._before, after, last)
            return
        part = put_schema(ROOT_FILE, self.project, self._before, after, last)
        shares = shared_out(part.added, [placed.now.block for placed in sharing])
        for placed, added in zip(sharing, shares, strict=True):
            self._put_manifest(placed, replace(part, added=added))

    def _put_manifest(self, placed: Placed, part: SchemaPart) -> None:
        changing = {placed.name for placed in self.placed if placed.changes_models}
        is_concerned = not changing or placed.name in changing
        file = placed.schema_file
        last = placed.last
        if last and file_of_manifest(placed.name, last).path != file.path:
            last = None  # what it says is about the file that the integration had before
        schema = noted(file, part, last, self.project, is_concerned=is_concerned)
        now = replace(placed.now, schema=schema.digest, schema_added=schema.added)
        put_manifest(placed.name, now, self.project)

    def _drop_moved(self, placed: Placed, after: nango_yaml.Document) -> None:
        """Take out the schema.zod.ts of the last run where it is another one now, and nobody shares it."""
        if placed.last is None:
            return
        before = file_of_manifest(placed.name, placed.last)
        others = [name for name in after.integrations if name != placed.name]
        if before.path != placed.schema_file.path and not (before == ROOT_FILE and others):
            drop_schema(before, self.project, self._before, after, placed.last, alone=True, staying=())


def place(
    integration: Integration,
    workspace: Workspace,
    write_files: WriteFiles,
    last: Manifest | None,
    *,
    answers_file: str = "",
    lost_manifest: bool = False,
) -> Placed:
    """Place one integration into a project.

    Args:
        integration: the integration.
        workspace: the project, with the integrations of this run that were placed before.
        write_files: puts its own files there.
        last: its manifest; None where there is none.
        answers_file: the file that the answers came from, relative to the project; by default that of the manifest.
        lost_manifest: whether it was placed before, and its manifest is gone: then what nango.yaml has under its names is
            its own, and stays as it is.

    Raises:
        ProjectError: its files would be those of another, or nango.yaml cannot be merged into without risk.
    """
    _refuse_twins(integration, workspace, last)
    # Looked at before anything of it is put in: taking the integration out again is to lead back here.
    beginning = None if last else workspace.beginning(file_of_spec(integration.spec))
    described = _described(last, workspace)
    entries, news = _put_entries(integration, workspace, last, described, lost_manifest=lost_manifest)
    own = write_files(integration, last, described, workspace)
    for change in own.plan.changes:
        workspace.project.put(change.path, change.after)
    hand_written = HandWritten()
    if last:
        hand_written = still_hand_written(last, integration.block, entries.owned, own.hand_written)
    now = Manifest(
        integration.answers.raw,
        integration.facts.to_data(),
        own.texts,
        entries.owned,
        __version__,
        origin=_origin(beginning, last, workspace, entries.owned),
        project_files=own.project_files,
        hand_written=hand_written,
        guesses=about_ours(integration.spec.guesses, integration.answers, integration.name, hand_written),
        answers_file=answers_file or (last.answers_file if last else ""),
        inferred_from=integration.answers.inferred_from,
    )
    return Placed(integration, own.plan, (*entries.kept, *news), last, now, entries.changes_models)


def _refuse_twins(integration: Integration, workspace: Workspace, last: Manifest | None) -> None:
    """Refuse names that differ from those of others only in case."""
    others = workspace.draft.integrations
    if last is None:
        refuse_twin_folder(integration.name, map(str, others))
    if integration.name in others:
        refuse_twin_scripts(integration.block, workspace.draft.document())


def _described(last: Manifest | None, workspace: Workspace) -> Described:
    """What the answers of the manifest describe of an integration of which some is hand-written."""
    # Asked first, as a draft that is looked at has all that waits in it written and read back.
    if last is None or not last.hand_written:
        return NOTHING_DESCRIBED
    return described_by(last, workspace.draft.document())


def _put_entries(
    integration: Integration,
    workspace: Workspace,
    last: Manifest | None,
    described: Described,
    *,
    lost_manifest: bool,
) -> tuple[nango_yaml.Put, tuple[Difference, ...]]:
    """Put what is ours of an integration into nango.yaml; and what is new of what is hand-written."""
    intended, draft = integration.block, workspace.draft
    if last is None and lost_manifest:
        # Nothing tells the user's values from ours any more: all of them stay, and count as ours.
        entries = draft.put(_as_it_stands(intended, draft.document()))
        return replace(entries, owned=intended), ()
    if last is None or not last.hand_written:
        return draft.put(intended, last.block if last else None), ()
    news = tuple(news_of_entries(last, intended, described, draft.document()))
    ours = ours_of(intended, last, draft.models)
    return draft.put(ours, let_go(last, intended, described)), news


def _as_it_stands(intended: Block, document: nango_yaml.Document) -> Block:
    """The block with what nango.yaml has under its names."""
    entry = document.integrations.get(intended.integration)
    sections = entry if isinstance(entry, Mapping) else {}
    return replace(
        intended,
        syncs=_existing(intended.syncs, sections.get("syncs")),
        actions=_existing(intended.actions, sections.get("actions")),
        models=_existing(intended.models, document.models),
    )


def _existing(
    intended: Mapping[str, Mapping[str, object]], section: object
) -> dict[str, Mapping[str, object]]:
    entries = section if isinstance(section, Mapping) else {}
    return {name: entries.get(name, value) for name, value in intended.items()}


def _origin(
    beginning: Beginning | None, last: Manifest | None, workspace: Workspace, owned: Block
) -> UndoBaseline:
    """What the integration came into: noted when it is first placed, and kept since."""
    if last is not None:
        return last.origin
    return beginning.origin(workspace.draft, owned) if beginning else UndoBaseline()
