"""schema.zod.ts, which all integrations share."""

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
    from collections.abc import Collection, Mapping, Sequence

    from ..manifest import Manifest
    from ..nango_yaml import Block, Document
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
    rendered = schema_file(models)
    if existing is None or _is_ours(existing, rendered, before, lasts, project):
        project.put(SCHEMA, like(project.get(SCHEMA), rendered.encode()))
        return SchemaPart(manifest.digest(rendered))
    from .foreign_schema_file import with_models  # most files are ours

    extension = with_models(existing, models, [last.schema_added for last in lasts])
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
        from .foreign_schema_file import still_in

        return SchemaPart("", {**(still_in(last.schema_added, part.models) if last else {}), **part.added})
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
    rendered = schema_file(models)
    if _is_ours(existing, rendered, before, [last], project):
        goes = alone and not kept and not last.origin.has_schema
        project.put(SCHEMA, None if goes else like(project.get(SCHEMA), rendered.encode()))
        return ()
    from .foreign_schema_file import without_models

    there = kept if alone else [each.name for each in models]
    text, left = without_models(existing, last.schema_added, there)
    project.put(SCHEMA, text.encode())
    if left or (last.schema and not last.origin.has_schema):
        edited = f": {', '.join(left)}" if left else ""
        return (Kept(SCHEMA, f"edited since it was written{edited}", news=False, dropped=True),)
    return ()


def _is_ours(
    existing: str, rendered: str, before: Document, lasts: Sequence[Manifest], project: Project
) -> bool:
    """Whether schema.zod.ts is what we render, for the new models or the old, or as one of our runs left it.

    Line ends do not count: git or an editor may have changed them.
    """
    existing = with_line_feeds(existing.encode()).decode()
    if existing in (rendered, schema_file(read_models(before.models, before.integrations))):
        return True
    left = manifest.digest(existing)
    if any(last.schema == left for last in lasts):  # nango.yaml may have lost their entries
        return True
    return any(found.schema == left for _, found in manifests(before.integrations, project))
