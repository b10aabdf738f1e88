"""What Copier cannot render: an integration's part of the files that all share, and the manifest of what was written.

Pure but for the reader it is handed, like ``scaffold``: that one decides about every file, here Copier has written
the integration's own ones already, or is about to.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from .. import __version__, manifest, nango_yaml
from ..answers import load_answers
from ..derive import derive
from ..derive.models.misspelt_names import named_models
from ..frozen import frozen
from ..operations.files import decided, written
from ..operations.manifests import last_manifest, put_manifest
from ..operations.project import Project
from ..operations.schema_file import noted, put_schema
from ..operations.undo_baseline import Beginning
from ..providers import ProviderFacts
from ..render.entry import block
from ..render.integration import render_files
from ..render.paths import SCHEMA, YAML
from ..render.view import IntegrationView, integration_view
from .answers_file import TAKEN, facts_of, raw_answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..answers import Answers
    from ..manifest import Manifest
    from ..nango_yaml import Block, Difference
    from ..operations.project import Reader
    from ..plan import Change
    from ..spec.integration import IntegrationSpec


@frozen
class Integration:
    """One integration, from its stored answers alone."""

    answers: Answers
    facts: ProviderFacts
    spec: IntegrationSpec

    @property
    def name(self) -> str:
        """The folder, and the key in nango.yaml."""
        return self.answers.integration

    @property
    def scripts(self) -> tuple[str, ...]:
        """The names of its syncs and actions; there is at least one."""
        spec = self.spec
        return (*(sync.name for sync in spec.syncs), *(action.name for action in spec.actions))

    @cached_property
    def view(self) -> IntegrationView:
        """What templates see."""
        return integration_view(self.spec)

    @cached_property
    def files(self) -> dict[str, str]:
        """Its own files, by path."""
        return self._rendered[0]

    @cached_property
    def project_files(self) -> dict[str, str]:
        """The files a project needs once, written where there are none."""
        return self._rendered[1]

    @cached_property
    def _rendered(self) -> tuple[dict[str, str], dict[str, str]]:
        return render_files(self.spec)


def integration_of(given: Mapping[str, Any]) -> Integration:
    """The integration that Copier's answers describe.

    Args:
        given: Copier's answers, the settled ones among them.

    Raises:
        ScaffoldError: they describe none.
    """
    # As a text that a cache can hold: Copier renders some forty small templates from the same answers.
    return _integration(
        json.dumps([raw_answers(given), facts_of(given), given.get(TAKEN) or {}], default=str)
    )


@lru_cache(maxsize=4)
def _integration(stored: str) -> Integration:
    raw, facts_data, taken = json.loads(stored)
    answers = load_answers(raw)
    facts = ProviderFacts.from_data(facts_data)
    # The gate has looked for misspelt models, in the whole of nango.yaml: no copy of an update refuses one on its own.
    spec = derive(answers, facts, taken, written=named_models(answers))
    return Integration(answers, facts, spec)


@frozen
class Brought:
    """The shared files with the integration in them.

    Attributes:
        changes: nango.yaml, schema.zod.ts and the manifest.
        differences: what stays in nango.yaml as the user has it.
        entries: the scripts that nango.yaml has for the integration afterwards, by name.
    """

    changes: tuple[Change, ...]
    differences: tuple[Difference, ...]
    entries: frozenset[str]


def bring_in(
    integration: Integration, reader: Reader, founded: Iterable[str], *, was_there: bool, is_merged: bool
) -> Brought:
    """Put an integration into the shared files.

    Args:
        integration: what it is now.
        reader: reads the project.
        founded: the project files that came with this integration.
        was_there: whether it has been brought in before. If so and the manifest is lost, entries of its names are taken
            for its own, and stay as they are.
        is_merged: whether Copier has merged edited files with the new version, or passed over them.

    Raises:
        ProjectError: nango.yaml cannot be merged into without risk, or the manifest cannot be read.
    """
    project = Project(reader)
    last = last_manifest(integration.name, project)
    before = project.text(YAML)
    ours = block(integration.spec)
    wanted = _as_it_stands(ours, before) if was_there and not last else ours
    draft = nango_yaml.begin(before, lambda: wanted)
    document = draft.document()
    has_schema = project.get(SCHEMA) is not None
    beginning = Beginning(draft, has_yaml=before is not None, has_schema=has_schema)
    merged = draft.put(wanted, last.block if last else None)
    origin = last.origin if last else beginning.origin(draft, merged.owned)
    after = draft.document()
    project.put(YAML, after.source.encode())
    part = put_schema(project, document, after, [last] if last else [])
    schema = noted(part, last, project, is_concerned=True)
    now = manifest.Manifest(
        integration.answers.raw,
        integration.facts.to_data(),
        _written(integration, project, last, is_merged=is_merged),
        merged.owned if wanted is ours else ours,
        __version__,
        schema.digest,
        schema.added,
        origin,
        project_files=_founded(integration, last, founded),
        guesses=integration.spec.guesses,
        answers_file=last.answers_file if last else "",
    )
    put_manifest(integration.name, now, project)
    return Brought(tuple(project.changes()), merged.kept, frozenset(_entries(after, integration.name)))


def _written(
    integration: Integration,
    project: Project,
    last: Manifest | None,
    *,
    is_merged: bool,
) -> dict[str, str]:
    """What the manifest says of each file: what stands in it of ours, under the user's edits."""
    files = integration.files
    return files if is_merged else written(files, decided(files, project, last), last)


def _founded(integration: Integration, last: Manifest | None, founded: Iterable[str]) -> dict[str, str]:
    """The digests of the project files that came with the integration."""
    now = {path: manifest.digest(integration.project_files[path]) for path in founded}
    return {**(last.project_files if last else {}), **now}


def _as_it_stands(ours: Block, text: str | None) -> Block:
    """The block with what nango.yaml has under its names: nothing tells the user's values from ours any more."""
    document = nango_yaml.read(text or "")
    entry = document.integrations.get(ours.integration)

    def found(section: str, names: Mapping[str, Any]) -> dict[str, Any]:
        there = entry.get(section) if isinstance(entry, dict) else None
        return {name: (there or {}).get(name, value) for name, value in names.items()}

    models = {name: document.models.get(name, shape) for name, shape in ours.models.items()}
    return replace(
        ours, syncs=found("syncs", ours.syncs), actions=found("actions", ours.actions), models=models
    )


def _entries(document: nango_yaml.Document, integration: str) -> Iterator[str]:
    entry = document.integrations.get(integration)
    sections = entry if isinstance(entry, dict) else {}
    for section in ("syncs", "actions"):
        yield from (str(name) for name in sections.get(section) or ())
    for scripts in (sections.get("on-events") or {}).values():
        yield from (str(name) for name in scripts or ())
