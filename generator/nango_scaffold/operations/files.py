"""An integration's own files, and those a project needs once: what becomes of each, and what the manifest says of it.

Names that differ only in case are one folder, or one file, on macOS and Windows: they are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..errors import ProjectError
from ..manifest import digest
from ..plan import KEEP, Change, Kept, Merging, Plan, decide
from ..plan.merging import with_line_feeds
from ..render.paths import ROOT, YAML
from .manifests import founded_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ..manifest import Manifest
    from ..nango_yaml import Block, Document
    from .project import Project


def decided(
    files: Mapping[str, str],
    project: Project,
    last: Manifest | None,
    merging: Merging = KEEP,
    handed_over: Collection[str] = (),
) -> Plan:
    """Set an integration's own files against the project and what was written last.

    A file that its owner hands over counts as written, as it is: then ours replaces it.
    """
    last_written = {path: text.encode() for path, text in (last.files if last else {}).items()}
    on_disk = project.read([*files, *last_written])
    for path in handed_over:
        if data := on_disk.get(path):
            last_written[path] = with_line_feeds(data)
    rendered = {path: text.encode() for path, text in files.items()}
    return decide(rendered, on_disk, last_written, merging)


def written(files: Mapping[str, str], plan: Plan, last: Manifest | None) -> dict[str, str]:
    """What we wrote last of each file: now, or earlier where the user's version stays."""
    # Of a file that stays, what was written earlier is still what the next run has to merge from.
    kept_paths = {kept_file.path for kept_file in plan.kept}
    before = {path: text for path, text in (last.files if last else {}).items() if path in kept_paths}
    return {**{path: text for path, text in files.items() if path not in kept_paths}, **before}


def found_project_files(
    files: Mapping[str, str], project: Project, last: Manifest | None, others: Iterable[str]
) -> dict[str, str]:
    """Write the project files that are not there and never were ours; the digests of all that this integration founded."""
    ours = {path: mark for path, mark in (last.project_files if last else {}).items() if path in files}
    absent = [path for path in files if project.get(path) is None]
    if not absent:
        return ours
    # One that a run has founded and that is gone was deleted by the user, whichever integration it came with.
    founded_before = {*ours, *founded_by(others, project)}
    for path in absent:
        if path not in founded_before:
            project.put(path, files[path].encode())
            ours[path] = digest(files[path])
    return ours


def dropped_project_files(last: Manifest, project: Project) -> Plan:
    """What becomes of the project files that came with an integration, when nobody is left who needs them."""
    changes, kept_files = [], []
    for path, mark in last.project_files.items():
        data = project.get(path)
        if data is None:
            continue
        if is_as_written(data, mark):
            changes.append(Change(path, data, None))
        else:
            kept_files.append(Kept(path, "edited since it was written", dropped=True))
    return Plan(tuple(changes), tuple(kept_files))


def is_as_written(data: bytes, mark: str) -> bool:
    """Whether a file holds the text of a digest, in whatever line ends."""
    return digest(with_line_feeds(data).decode("utf-8", "backslashreplace")) == mark


def refuse_twin_folder(integration: str, others: Iterable[str], where: str = YAML) -> None:
    """Refuse an integration whose folder would be that of another.

    Raises:
        ProjectError: one of them differs from it only in case.
    """
    twin = twin_of(integration, others)
    if twin is not None:
        raise ProjectError(
            f"{integration} would lie in the folder of {twin} on macOS and Windows, where case does not count",
            where=where,
            fix=f"say `integration: {twin}`, or take a name that differs in more than case",
        )


def refuse_twin_scripts(ours: Block, document: Document) -> None:
    """Refuse scripts whose files would be those of others of the same integration.

    Raises:
        ProjectError: the name of one differs only in case from that of an entry that is there.
    """
    entry = document.integrations.get(ours.integration)
    for section, names in (("syncs", ours.syncs), ("actions", ours.actions)):
        entries = entry.get(section) if isinstance(entry, Mapping) else None
        present = [str(name) for name in entries] if isinstance(entries, Mapping) else []
        for name in names:
            twin = twin_of(name, present)
            if twin is not None:
                raise ProjectError(
                    f"{name} and {twin} are one file on macOS and Windows, where case does not count",
                    where=f"{ROOT}/{ours.integration}/{section}",
                    fix="take a name that differs in more than case",
                )


def twin_of(name: str, others: Iterable[str]) -> str | None:
    """The first of some names that is another only by its case."""
    folded = name.casefold()
    return next((other for other in others if other != name and other.casefold() == folded), None)
