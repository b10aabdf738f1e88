"""schema.zod.ts, which all integrations share: all ours, or somebody else's with our schemas put into it."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from .. import manifest
from ..frozen import frozen
from ..models.read import read_models
from ..naming.schemas import schema_name
from ..plan import Kept
from ..plan.merging import like, with_line_feeds
from ..render.paths import SCHEMA
from ..render.zod import schema_file
from .manifests import manifests

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ..manifest import Manifest
    from ..models.types import Alias, Model
    from ..nango_yaml import Block, Document
    from ..render.zod.extend import Extension
    from .project import Project


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


def put_schema(project: Project, before: Document, after: Document, lasts: Sequence[Manifest]) -> SchemaPart:
    """Bring schema.zod.ts up to the new models: whole while it is as we left it, else only by what it lacks.

    Args:
        project: where the file is put.
        before: nango.yaml as it was.
        after: nango.yaml as it will be.
        lasts: the manifests of the last runs for the integrations that are written.

    Returns:
        What there is to say of the file.
    """
    existing = project.text(SCHEMA)
    models = read_models(after.models, after.integrations)
    rendered = schema_file(models, portable=True)
    if existing is None or _is_ours(existing, rendered, before, lasts, project):
        project.put(SCHEMA, like(project.get(SCHEMA), rendered.encode()))
        return SchemaPart(manifest.digest(rendered))
    extension = _with_models(existing, models, [last.schema_added for last in lasts])
    project.put(SCHEMA, extension.text.encode())
    return SchemaPart("", extension.added, tuple(each.name for each in models))


def shared_out(added: Mapping[str, str], blocks: Sequence[Block]) -> list[dict[str, str]]:
    """What was put into schema.zod.ts, for each integration of a run: its own schemas; all else is the first one's."""
    owner = {
        schema_name(str(model)): index
        for index, block in reversed([*enumerate(blocks)])
        for model in block.models
    }
    shares: list[dict[str, str]] = [{} for _ in blocks]
    for name, piece in added.items():
        shares[owner.get(name, 0)][name] = piece
    return shares


def noted(part: SchemaPart, last: Manifest | None, project: Project, *, is_concerned: bool) -> SchemaPart:
    """What the manifest of an integration says of schema.zod.ts.

    A run that leaves the file as it is leaves its manifest, too: another integration may have written the file since,
    and notes what it left.

    Args:
        part: what there is to say of the file, as far as it is about the integration.
        last: the manifest of the last run for the integration.
        project: where the file was put.
        is_concerned: whether it may be for this integration that the file changes.
    """
    if not part.digest:
        still_in = _still_in(last.schema_added, part.models) if last else {}
        return SchemaPart("", {**still_in, **part.added})
    if last is None or (is_concerned and project.is_changed(SCHEMA)):
        return part
    return SchemaPart(last.schema)


def drop_schema(
    project: Project, before: Document, after: Document, last: Manifest, *, alone: bool, kept: Collection[str]
) -> tuple[Kept, ...]:
    """Take the schemas of an integration that goes out of schema.zod.ts.

    Args:
        project: where the file is put.
        before: nango.yaml as it was.
        after: nango.yaml as it will be.
        last: the manifest of the integration.
        alone: whether nobody is left who has come to rely on the file since.
        kept: the models of the integration that stay.

    Returns:
        The file, if it keeps something of ours that somebody has edited.
    """
    existing = project.text(SCHEMA)
    if existing is None:
        return ()
    models = read_models(after.models, after.integrations)
    rendered = schema_file(models, portable=True)
    if _is_ours(existing, rendered, before, [last], project):
        goes = alone and not kept and not last.origin.has_schema
        project.put(SCHEMA, None if goes else like(project.get(SCHEMA), rendered.encode()))
        return ()
    names = kept if alone else [model.name for model in models]
    return _drop_added(existing, names, project, last)


def _drop_added(existing: str, names: Collection[str], project: Project, last: Manifest) -> tuple[Kept, ...]:
    """Take what was put into somebody else's file out again, but for the schemas of some models."""
    from ..render.zod.extend import reduce_schema_file  # most files are ours

    text, edited = reduce_schema_file(existing, last.schema_added, _gone(last.schema_added, names))
    project.put(SCHEMA, text.encode())
    was_all_ours = last.schema and not last.origin.has_schema
    if not edited and not was_all_ours:
        return ()
    which = f": {', '.join(edited)}" if edited else ""
    return (Kept(SCHEMA, f"edited since it was written{which}", news=False, dropped=True),)


def _is_ours(
    existing: str, rendered: str, before: Document, lasts: Sequence[Manifest], project: Project
) -> bool:
    """Whether schema.zod.ts is what we render, for the new models or the old, or as one of our runs left it.

    Line ends do not count: git or an editor may have changed them.
    """
    existing = with_line_feeds(existing.encode()).decode()
    models = read_models(before.models, before.integrations)
    if existing == rendered or existing in (schema_file(models, portable=True), schema_file(models)):
        return True
    left = manifest.digest(existing)
    if any(last.schema == left for last in lasts):  # nango.yaml may have lost their entries
        return True
    return any(other.schema == left for _, other in manifests(before.integrations, project))


def _with_models(
    existing: str, models: Sequence[Model | Alias], earlier: Iterable[Mapping[str, str]]
) -> Extension:
    """The file with the schemas it lacks, and without those of ours whose models are gone.

    Args:
        existing: what it holds.
        models: all models of nango.yaml.
        earlier: what earlier runs have put in, for each integration that is written.
    """
    from ..render.zod.extend import extend_schema_file, reduce_schema_file  # most files are ours

    text, names = existing, [each.name for each in models]
    for added in earlier:
        text, _ = reduce_schema_file(text, added, _gone(added, names))
    return extend_schema_file(text, models)


def _still_in(added: Mapping[str, str], models: Iterable[str]) -> dict[str, str]:
    """What was put in, without the schemas of models that are gone."""
    gone = _gone(added, models)
    return {name: piece for name, piece in added.items() if name not in gone}


def _gone(added: Mapping[str, str], models: Iterable[str]) -> list[str]:
    """The schemas that were put in, but for those of some models, the last one first."""
    from ..render.zod.extend import is_import

    present = {schema_name(str(name)) for name in models}
    return [name for name in reversed([*added]) if not is_import(name) and name not in present]
