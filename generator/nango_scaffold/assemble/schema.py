"""schema.zod.ts, which all integrations share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import record
from ..models.read import read_models
from ..render.paths import SCHEMA
from ..render.zod import extend_schema_file, schema_file
from .records import records

if TYPE_CHECKING:
    from ..nango_yaml import Document
    from ..record import Record
    from .project import Project


def put_schema(project: Project, before: Document, after: Document) -> str:
    """Bring schema.zod.ts up to the new models: whole while it is as we left it, else only by what it lacks.

    Args:
        project: where the file is put.
        before: nango.yaml as it was.
        after: nango.yaml as it will be.

    Returns:
        The digest of the file where it is all ours, else an empty text.
    """
    existing = project.text(SCHEMA)
    models = read_models(after.models, after.integrations)
    rendered = schema_file(models)
    if existing is None or _is_ours(existing, rendered, before, project):
        project.put(SCHEMA, rendered.encode())
        return record.digest(rendered)
    project.put(SCHEMA, extend_schema_file(existing, models).encode())
    return ""


def noted(left: str, last: Record | None, project: Project, *, is_concerned: bool) -> str:
    """What the record of an integration says of schema.zod.ts.

    A run that leaves the file as it is leaves its record, too: another integration may have written the file since,
    and notes what it left.

    Args:
        left: what :func:`put_schema` gave.
        last: the record of the last run for the integration.
        project: where the file was put.
        is_concerned: whether it may be for this integration that the file changes.
    """
    if not left or last is None:
        return left
    return left if is_concerned and project.is_changed(SCHEMA) else last.schema


def _is_ours(existing: str, rendered: str, before: Document, project: Project) -> bool:
    """Whether schema.zod.ts is what we render, for the new models or the old, or as one of our runs left it."""
    if existing in (rendered, schema_file(read_models(before.models, before.integrations))):
        return True
    left = record.digest(existing)
    return any(found.schema == left for found in records(before.integrations, project))
