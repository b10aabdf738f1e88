"""schema.zod.ts, which all integrations share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .. import record
from ..models.read import read_models
from ..naming.schemas import schema_name
from ..plan import Kept
from ..render.paths import SCHEMA
from ..render.zod import extend_schema_file, is_import, reduce_schema_file, schema_file
from .records import records

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ..nango_yaml import Document
    from ..record import Record
    from .project import Project


@dataclass(frozen=True)
class SchemaPart:
    """What a record says of schema.zod.ts.

    Attributes:
        digest: of the file, where it is all ours, else an empty text.
        added: what was put into a file that is not.
    """

    digest: str
    added: Mapping[str, str] = field(default_factory=dict)


def put_schema(project: Project, before: Document, after: Document, last: Record | None) -> SchemaPart:
    """Bring schema.zod.ts up to the new models: whole while it is as we left it, else only by what it lacks.

    Args:
        project: where the file is put.
        before: nango.yaml as it was.
        after: nango.yaml as it will be.
        last: the record of the last run for the integration.

    Returns:
        What the record says of it. A run that leaves the file as it is leaves its record, too: another integration
        may have written the file since, and notes what it left.
    """
    existing = project.text(SCHEMA)
    models = read_models(after.models, after.integrations)
    rendered = schema_file(models)
    if existing is None:
        project.put(SCHEMA, rendered.encode())
        return SchemaPart(record.digest(rendered))
    plain = existing.replace("\r\n", "\n")  # git on Windows gives back what we wrote with other line ends
    if plain == rendered:
        return SchemaPart(last.schema if last else record.digest(rendered))
    if _is_ours(plain, rendered, before, last, project):
        project.put(SCHEMA, _like(existing, rendered))
        return SchemaPart(record.digest(rendered))
    added = dict(last.schema_added) if last else {}
    gone = _gone(added, (each.name for each in models))
    text, _ = reduce_schema_file(existing, added, gone)
    extension = extend_schema_file(text, models)
    project.put(SCHEMA, extension.text.encode())
    left = {name: piece for name, piece in added.items() if name not in gone}
    return SchemaPart("", {**left, **extension.added})


def drop_schema(
    project: Project, before: Document, after: Document, last: Record, *, alone: bool, kept: Collection[str]
) -> tuple[Kept, ...]:
    """Take the schemas of an integration that goes out of schema.zod.ts.

    Args:
        project: where the file is put.
        before: nango.yaml as it was.
        after: nango.yaml as it will be.
        last: the record of the integration.
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
    if _is_ours(existing.replace("\r\n", "\n"), rendered, before, last, project):
        goes = alone and not kept and not last.origin.has_schema
        project.put(SCHEMA, None if goes else _like(existing, rendered))
        return ()
    gone = _gone(last.schema_added, kept if alone else [each.name for each in models])
    text, left = reduce_schema_file(existing, last.schema_added, gone)
    project.put(SCHEMA, text.encode())
    if left or (last.schema and not last.origin.has_schema):
        edited = f": {', '.join(left)}" if left else ""
        return (Kept(SCHEMA, f"edited since it was written{edited}", news=False, dropped=True),)
    return ()


def _like(existing: str, rendered: str) -> bytes:
    """What is rendered, with the line ends that the file has."""
    return rendered.replace("\n", "\r\n" if "\r\n" in existing else "\n").encode()


def _gone(added: Mapping[str, str], models: Iterable[str]) -> list[str]:
    """The schemas that were put in, but for those of some models, the last one first."""
    there = {schema_name(str(name)) for name in models}
    return [name for name in reversed([*added]) if not is_import(name) and name not in there]


def _is_ours(existing: str, rendered: str, before: Document, last: Record | None, project: Project) -> bool:
    """Whether schema.zod.ts is what we render, for the new models or the old, or as one of our runs left it."""
    if existing in (rendered, schema_file(read_models(before.models, before.integrations))):
        return True
    left = record.digest(existing)
    if last and last.schema == left:  # nango.yaml may have lost its entry
        return True
    return any(found.schema == left for _, found in records(before.integrations, project))
