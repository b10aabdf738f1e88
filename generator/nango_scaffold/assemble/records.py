"""The records that earlier runs left in the integrations' folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import record
from ..errors import ProjectError
from ..naming.reserved import INTEGRATION_NAME
from ..render.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..record import Record
    from .project import Project


def record_path(integration: str) -> str:
    """Where the record of an integration lies."""
    return f"{ROOT}/{integration}/{record.NAME}"


def read_record(data: bytes | None, path: str) -> Record | None:
    """The record of the last run; None when there is none.

    Raises:
        ProjectError: it cannot be read.
    """
    if data is None:
        return None
    try:
        return record.from_text(data.decode(), path)
    except UnicodeDecodeError:
        raise ProjectError("the record is not UTF-8", where=path, fix="restore it from git") from None


def last_record(integration: str, project: Project) -> Record | None:
    """The record of the last run for an integration; None when there is none.

    Raises:
        ProjectError: it cannot be read.
    """
    path = record_path(integration)
    return read_record(project.get(path), path)


def records(integrations: Iterable[str], project: Project) -> Iterator[tuple[str, Record]]:
    """The records of all integrations that have one, by integration."""
    names = [name for name in integrations if INTEGRATION_NAME.fullmatch(str(name))]
    found = project.read(map(record_path, names))
    for name in names:
        path = record_path(name)
        one = read_record(found[path], path)
        if one is not None:
            yield name, one


def founded_by(integrations: Iterable[str], project: Project) -> Iterator[str]:
    """The files that runs for some integrations wrote: one that is gone was deleted by the user."""
    return (path for _, found in records(integrations, project) for path in found.files)
