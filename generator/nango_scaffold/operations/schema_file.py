"""schema.zod.ts: that of the project, which integrations share, or that of one integration, for its own models.

Either is all ours, or somebody else's with our schemas put into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from .. import manifest
from ..answers.answers import AT_ROOT, BESIDE
from ..frozen import frozen
from ..models.reader import read_models
from ..naming.reserved import INTEGRATION_NAME
from ..naming.schemas import schema_name
from ..plan import Kept
from ..plan.merging import like, with_line_feeds
from ..render.paths import ROOT, SCHEMA
from ..render.zod import schema_file
from .hand_written import models_named
from .manifests import Manifests

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ..manifest import Manifest
    from ..models.types import Alias, Model
    from ..nango_yaml import Block, Document
    from ..render.zod.extend import Extension
    from ..spec.integration import IntegrationSpec
    from .project import Project


_TYPED = "z.ZodSchema<"


@frozen
class SchemaFile:
    """A schema.zod.ts.

    Attributes:
        integration: whose it is; empty for that of the project, which holds all models.
        names: models that it holds beside those that the integration's entry names.
    """

    integration: str = ""
    names: frozenset[str] = frozenset()

    @property
    def path(self) -> str:
        """Where it lies."""
        return beside_path(self.integration) if self.integration else SCHEMA

    def text(self, document: Document, *, typed: bool = False) -> str:
        """What it holds, all ours, for the models of a nango.yaml.

        Args:
            document: nango.yaml.
            typed: whether it is as ts-to-zod has it; else schemas of models in a circle compile under every CLI, and
                pass Nango's lint.
        """
        return schema_file(self.models(document), typed=typed, root=self.root)

    def next_text(self, existing: str | None, before: Document, after: Document) -> str:
        """What it holds next, all ours: as ts-to-zod has it where it is so now."""
        return self.text(after, typed=existing is not None and self.is_typed(existing, before))

    def is_typed(self, existing: str, document: Document) -> bool:
        """Whether a text is as ts-to-zod has it, and names the types of models in a circle."""
        return _TYPED in existing and existing == self.text(document, typed=True)

    @property
    def root(self) -> str:
        """The folder of nango.yaml, from its own."""
        return ".." if self.integration else "."

    def models(self, document: Document) -> tuple[Model | Alias, ...]:
        """The models that it holds: all of them, or those of the integration and what these are made of."""
        if not self.integration:
            return read_models(document.models, document.integrations)
        entry = document.integrations.get(self.integration)
        entry = entry if isinstance(entry, Mapping) else {}
        named = self._named(entry, document)
        models = {name: fields for name, fields in document.models.items() if name in named}
        return read_models(models, {self.integration: entry})

    def _named(self, entry: Mapping[str, Any], document: Document) -> set[str]:
        sections = [entry.get("syncs"), entry.get("actions")]
        scripts = [
            script for section in sections if isinstance(section, Mapping) for script in section.values()
        ]
        own = [{"output": [*self.names]}]
        return models_named([each for each in (*scripts, *own) if isinstance(each, Mapping)], document.models)


ROOT_FILE = SchemaFile()


def beside_path(integration: str) -> str:
    """Where the schema.zod.ts of one integration lies."""
    return f"{ROOT}/{integration}/{SCHEMA.rpartition('/')[2]}"


def file_of_spec(spec: IntegrationSpec) -> SchemaFile:
    """The schema.zod.ts that the scripts of an integration import."""
    if spec.schema_file == AT_ROOT:
        return ROOT_FILE
    metadata = {action.metadata.name for action in spec.actions if action.metadata}
    return SchemaFile(spec.integration, frozenset(spec.models) | metadata)


def file_of_manifest(integration: str, last: Manifest) -> SchemaFile:
    """The schema.zod.ts that the scripts of the last run import."""
    if last.answers.get("schema_file", AT_ROOT) == AT_ROOT:
        return ROOT_FILE
    return SchemaFile(integration, frozenset(last.block.models))


def usual_answers(integrations: Iterable[str], project: Project) -> dict[str, str]:
    """Where the integrations of a project have their schema.zod.ts, as an answer; none where at the root, or nowhere."""
    # The keys of nango.yaml become parts of paths.
    names = [str(name) for name in integrations if INTEGRATION_NAME.fullmatch(str(name))]
    if not names or project.get(SCHEMA) is not None:
        return {}
    beside = project.read(map(beside_path, names))
    return {"schema_file": BESIDE} if any(text is not None for text in beside.values()) else {}


@frozen
class SchemaPart:
    """What a manifest says of schema.zod.ts.

    Attributes:
        digest: of the file, where it is all ours, else an empty text.
        added: what was put into a file that is not.
        models: the models the file is for, where it is not all ours.
    """

    digest: str
    added: Mapping[str, str] = field(default_factory=dict)
    models: tuple[str, ...] = ()


def put_schema(
    file: SchemaFile, project: Project, before: Document, after: Document, lasts: Sequence[Manifest]
) -> SchemaPart:
    """Bring schema.zod.ts up to the new models: whole while it is as we left it, else only by what it lacks.

    ``before`` and ``after`` are nango.yaml, ``lasts`` the manifests of the last runs for the integrations that are written.

    Returns:
        What the manifests are to say of the file.
    """
    existing = project.text(file.path)
    rendered = file.next_text(existing, before, after)
    if existing is None or _is_ours(existing, rendered, file, before, lasts, project):
        project.put(file.path, like(project.get(file.path), rendered.encode()))
        return SchemaPart(manifest.digest(rendered))
    models = file.models(after)
    extension = _with_models(existing, models, [last.schema_added for last in lasts], file.root)
    project.put(file.path, extension.text.encode())
    return SchemaPart("", extension.added, tuple(each.name for each in models))


def refresh_schema(project: Project, before: Document, after: Document, lasts: Sequence[Manifest]) -> None:
    """Bring the project's schema.zod.ts up to the new models where it is all ours, though no integration at hand uses it."""
    existing = project.text(SCHEMA)
    rendered = ROOT_FILE.next_text(existing, before, after)
    if existing is not None and _is_ours(existing, rendered, ROOT_FILE, before, lasts, project):
        project.put(SCHEMA, like(project.get(SCHEMA), rendered.encode()))


def shared_out(added: Mapping[str, str], blocks: Sequence[Block]) -> list[dict[str, str]]:
    """What was put into schema.zod.ts, for each integration of a run: its own schemas; all else is the first one's."""
    owner: dict[str, int] = {}
    for index, block in enumerate(blocks):
        for model in block.models:
            owner.setdefault(schema_name(str(model)), index)
    shares: list[dict[str, str]] = [{} for _ in blocks]
    for name, piece in added.items():
        shares[owner.get(name, 0)][name] = piece
    return shares


def noted(
    file: SchemaFile, part: SchemaPart, last: Manifest | None, project: Project, *, is_concerned: bool
) -> SchemaPart:
    """What the manifest of an integration says of schema.zod.ts.

    A run that leaves the file as it is leaves its manifest, too: another integration may have written the file since,
    and notes what it left. So does one that changes the file for others (not ``is_concerned``).
    """
    if not part.digest:  # the file is not all ours: what was put into it is on record piece by piece
        still_in = _still_in(last.schema_added, part.models) if last else {}
        return SchemaPart("", {**still_in, **part.added})
    if last is None or (is_concerned and project.is_changed(file.path)):
        return part
    return SchemaPart(last.schema)


def drop_schema(
    file: SchemaFile,
    project: Project,
    before: Document,
    after: Document,
    last: Manifest,
    *,
    alone: bool,
    staying: Collection[str],
) -> tuple[Kept, ...]:
    """Take the schemas of an integration that goes out of schema.zod.ts, but for those of models that stay.

    The file goes where it is all ours and ``alone``: nobody is left who has come to rely on it since.

    Returns:
        The file, if it keeps something of ours that somebody has edited.
    """
    existing = project.text(file.path)
    if existing is None:
        return ()
    rendered = file.next_text(existing, before, after)
    if _is_ours(existing, rendered, file, before, [last], project):
        goes = alone and not staying and not last.origin.has_schema
        project.put(file.path, None if goes else like(project.get(file.path), rendered.encode()))
        return ()
    names = staying if alone else [model.name for model in file.models(after)]
    return _drop_added(existing, names, file.path, project, last)


def _drop_added(
    existing: str, names: Collection[str], path: str, project: Project, last: Manifest
) -> tuple[Kept, ...]:
    """Take what was put into somebody else's file out again, but for the schemas of some models."""
    from ..render.zod.extend import reduce_schema_file  # most files are ours

    text, edited = reduce_schema_file(existing, last.schema_added, _gone(last.schema_added, names))
    project.put(path, text.encode())
    was_all_ours = last.schema and not last.origin.has_schema
    if not edited and not was_all_ours:
        return ()
    which = f": {', '.join(edited)}" if edited else ""
    return (Kept(path, f"edited since it was written{which}", news=False, dropped=True),)


def _is_ours(
    existing: str,
    rendered: str,
    file: SchemaFile,
    before: Document,
    lasts: Sequence[Manifest],
    project: Project,
) -> bool:
    """Whether a schema.zod.ts is what we render, for the new models or the old, or as one of our runs left it.

    Line ends do not count: git or an editor may have changed them.
    """
    existing = with_line_feeds(existing.encode()).decode()
    if existing == rendered or existing == file.text(before) or file.is_typed(existing, before):
        return True
    left = manifest.digest(existing)
    if any(last.schema == left for last in lasts):  # nango.yaml may have lost their entries
        return True
    # Last, as it reads the manifest of every other integration.
    sharing = Manifests(before.integrations, project).values() if file == ROOT_FILE else ()
    return any(other.schema == left for other in sharing)


def _with_models(
    existing: str, models: Sequence[Model | Alias], earlier: Iterable[Mapping[str, str]], root: str
) -> Extension:
    """The file with the schemas it lacks, and without those of ours, put in by earlier runs, whose models are gone."""
    from ..render.zod.extend import extend_schema_file, reduce_schema_file  # most files are ours

    text, names = existing, [each.name for each in models]
    for added in earlier:
        text, _ = reduce_schema_file(text, added, _gone(added, names))
    return extend_schema_file(text, models, typed=False, root=root)


def _still_in(added: Mapping[str, str], models: Iterable[str]) -> dict[str, str]:
    """What was put in, without the schemas of models that are gone."""
    gone = _gone(added, models)
    return {name: piece for name, piece in added.items() if name not in gone}


def _gone(added: Mapping[str, str], models: Iterable[str]) -> list[str]:
    """The schemas that were put in, but for those of some models, the last one first."""
    from ..render.zod.extend import is_import

    present = {schema_name(str(name)) for name in models}
    return [name for name in reversed([*added]) if not is_import(name) and name not in present]
