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


def put_schema(project: Project, before: Document, after: Document, last: Record | None) -> str:
    """Bring schema.zod.ts up to the new models: whole while it is as we left it, else only by what it lacks.

    Args:
        project: where the file is put.
        before: nango.yaml as it was.
        after: nango.yaml as it will be.
        last: the record of the last run for the integration.

    Returns:
        The digest of the file where it is all ours, else an empty text. A run that leaves the file as it is leaves its
        record, too: another integration may have written the file since, and notes what it left.
    """
    existing = project.text(SCHEMA)
    models = read_models(after.models, after.integrations)
    rendered = schema_file(models)
    if existing is None:
        project.put(SCHEMA, rendered.encode())
        return record.digest(rendered)
    plain = existing.replace("\r\n", "\n")  # git on Windows gives back what we wrote with other line ends
    if plain == rendered:
        return last.schema if last else record.digest(rendered)
    if _is_ours(plain, rendered, before, project):
        ends = "\r\n" if plain != existing else "\n"
        project.put(SCHEMA, rendered.replace("\n", ends).encode())
        return record.digest(rendered)
    project.put(SCHEMA, extend_schema_file(existing, models).encode())
    return ""


def _is_ours(existing: str, rendered: str, before: Document, project: Project) -> bool:
    """Whether schema.zod.ts is what we render, for the new models or the old, or as one of our runs left it."""
    if existing in (rendered, schema_file(read_models(before.models, before.integrations))):
        return True
    left = record.digest(existing)
    return any(found.schema == left for found in records(before.integrations, project))
