"""The records that earlier runs left in the integrations' folders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .. import record
from ..errors import ProjectError
from ..naming.reserved import INTEGRATION_NAME
from ..plan.merging import like
from ..render.paths import ROOT
from .hand_written import told_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..record import Record
    from .project import Project


def record_path(integration: str) -> str:
    """Where the record of an integration lies."""
    return f"{ROOT}/{integration}/{record.NAME}"


def file_of(integration: str, path: str) -> str:
    """The path below the project of a file that was named by its path there, or below its integration's folder."""
    own = f"{ROOT}/{integration}/"
    return path if path.startswith(own) else own + path.removeprefix("./")


def read_record(data: bytes | None, path: str) -> Record | None:
    """The record of the last run; None when there is none.

    Raises:
        ProjectError: it cannot be read.
    """
    if data is None:
        return None
    try:
        return record.from_text(data.decode("utf-8-sig"), path)
    except UnicodeDecodeError:
        raise ProjectError("the record is not UTF-8", where=path, fix="restore it from git") from None


def last_record(integration: str, project: Project) -> Record | None:
    """The record of the last run for an integration; None when there is none.

    Raises:
        ProjectError: it cannot be read.
    """
    path = record_path(integration)
    found = read_record(project.get(path), path)
    return found and told_apart(found, project)


def put_record(integration: str, now: Record, project: Project) -> None:
    """Put the record of an integration into the project; one that says the same stays, however it is laid out.

    A formatter may have been at it, and git may have given it other line ends. The same answers out of another file are no
    reason to write either.
    """
    path = record_path(integration)
    before = project.get(path)
    text = record.to_text(now)
    project.put(path, before if _says(before, now, path) else like(before, text.encode()))


def _says(data: bytes | None, now: Record, path: str) -> bool:
    """Whether a file is a record that says what is to be said."""
    try:
        there = read_record(data, path)
    except ProjectError:
        return False
    if there is None or there.mixes_hand_written:
        return False
    return record.to_text(replace(there, answers_file=now.answers_file)) == record.to_text(now)


def records(integrations: Iterable[str], project: Project) -> Iterator[tuple[str, Record]]:
    """The records of all integrations that have one, by integration."""
    names = [name for name in integrations if INTEGRATION_NAME.fullmatch(str(name))]
    found = project.read(map(record_path, names))
    for name in names:
        path = record_path(name)
        one = read_record(found[path], path)
        if one is not None:
            yield name, told_apart(one, project)


def founded_by(integrations: Iterable[str], project: Project) -> Iterator[str]:
    """The files that runs for some integrations wrote: one that is gone was deleted by the user."""
    return (
        path for _, found in records(integrations, project) for path in (*found.files, *found.project_files)
    )
