"""An integration's own files, and those a project needs once: what becomes of each, and what the record says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import KEEP, Merging, Plan, decide
from ..render.paths import ROOT
from .records import founded_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..record import Record
    from .project import Project


def decided(files: Mapping[str, str], project: Project, last: Record | None, merging: Merging = KEEP) -> Plan:
    """Set an integration's own files against the project and what was written last."""
    written = {
        path: text.encode()
        for path, text in (last.files if last else {}).items()
        if path.startswith(f"{ROOT}/")
    }
    on_disk = project.read([*files, *written])
    return decide({path: text.encode() for path, text in files.items()}, on_disk, written, merging)


def written(files: Mapping[str, str], plan: Plan, last: Record | None) -> dict[str, str]:
    """What we wrote last of each file: now, or earlier where the user's version stays."""
    kept = {found.path for found in plan.kept}
    before = {path: text for path, text in (last.files if last else {}).items() if path in kept}
    return {**{path: text for path, text in files.items() if path not in kept}, **before}


def found_project_files(
    files: Mapping[str, str], project: Project, last: Record | None, others: Iterable[str]
) -> dict[str, str]:
    """Write the project files that are not there and never were ours; give all that this integration founded."""
    ours = {path: text for path, text in (last.files if last else {}).items() if path in files}
    absent = [path for path in files if project.get(path) is None]
    founded_before = {*ours, *(founded_by(others, project) if absent else ())}
    for path in absent:
        if path not in founded_before:
            project.put(path, files[path].encode())
            ours[path] = files[path]
    return ours
