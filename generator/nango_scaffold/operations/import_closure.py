"""New files beside what the user has written: they import mappers and types, which must be there.

An adopted integration holds no mapper for its User, and its types.ts has names of its own; where we wrote it, one may have
been deleted. A new script that imports ours would not compile. So what a new file imports is there afterwards: a file that
is missing is written, a type that is missing is put behind the user's own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..plan import Change, Kept, Merged, Plan
from ..plan.merging import has_marks
from ..render.paths import ROOT
from .files import decided

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ..manifest import Manifest
    from ..plan import Merging
    from .project import Project


@frozen
class Beside:
    """What becomes of an integration's own files.

    Attributes:
        plan: every change of them.
        files: those that are ours to write, by path.
        last: what was written last of them.
        hand_written: the paths of an adopted integration that are its owner's.
    """

    plan: Plan
    files: Mapping[str, str]
    last: Manifest | None
    hand_written: tuple[str, ...] = ()


def decided_beside(
    files: Mapping[str, str],
    integration: str,
    project: Project,
    last: Manifest | None,
    merging: Merging,
    described: Mapping[str, str],
    handed_over: Collection[str] = (),
) -> Beside:
    """Set an integration's own files against the project, and see to it that the new ones find what they import.

    What somebody else has written is never ours, and is neither replaced nor merged; a types.ts is added to.

    Args:
        files: everything that is rendered, by path.
        integration: whose it is.
        project: the project before the run.
        last: what was written last.
        merging: what becomes of edited files.
        described: what the hand-written files were described as, by path.
        handed_over: the paths that their owner hands over: they are replaced by ours.
    """
    if last is None:
        return Beside(decided(files, project, None, merging, handed_over), files, None)
    types = f"{ROOT}/{integration}/types.ts"
    # Three kinds of files: those that stay apart as their owner's, those of them that ours cannot do without and that are
    # written after all, and ours. A types.ts of somebody else's is added to, whoever owns it.
    theirs = {path for path in last.hand_written.files if path not in handed_over}
    needed = _needed_by_ours(files, theirs, project, last)
    apart = (theirs - needed) | _foreign_types(types, project, last, handed_over)
    ours = _without(files, apart)
    last = replace(last, files=_without(last.files, needed | apart))
    plan = decided(ours, project, last, merging, handed_over)
    plan = plan.plus(kept=_left(files, apart - {types}, described, integration, project))
    # What types.ts lacks depends on the files that are created, so it comes last.
    plan = _completed(plan, files, types, project, handed_over)
    return Beside(plan, ours, last, tuple(sorted(files.keys() & theirs & apart)))


def _needed_by_ours(
    files: Mapping[str, str], theirs: Collection[str], project: Project, last: Manifest
) -> set[str]:
    """The files that are new, and those that are missing and that ours import."""
    new = [path for path in files if path not in last.files and path not in theirs]
    needed = _needed(files, new, project)
    if not theirs:
        return needed
    # Ours may need by now what its owner always did without.
    return needed | ({*theirs} & _needed(files, [path for path in last.files if path in files], project))


def _without(files: Mapping[str, str], paths: Collection[str]) -> dict[str, str]:
    return {path: text for path, text in files.items() if path not in paths}


def _foreign_types(types: str, project: Project, last: Manifest, handed_over: Collection[str]) -> set[str]:
    """The types.ts, where it is somebody else's work, rather than an edited one of ours."""
    is_foreign = types not in last.files and types not in handed_over and project.get(types) is not None
    return {types} if is_foreign else set()


def _left(
    files: Mapping[str, str],
    theirs: Collection[str],
    described: Mapping[str, str],
    integration: str,
    project: Project,
) -> Iterator[Kept]:
    """The hand-written files about which there is something to say."""
    for path in sorted(theirs):
        if project.get(path) is None:
            continue
        if path not in files:
            yield Kept(path, "written by hand, though no longer part of the integration", dropped=True)
        elif path in described and files[path] != described[path]:
            hint = f"`nango-scaffold update {integration} --take {path.split('/', 2)[2]}` hands it over"
            yield Kept(path, f"written by hand, where something is new; {hint}")


def _completed(
    plan: Plan, files: Mapping[str, str], types: str, project: Project, handed_over: Collection[str]
) -> Plan:
    """The plan with all types in types.ts that files it creates import, or those that were handed over."""
    existing = _planned(plan, types, project)
    if existing is None or _is_complete(plan, files, types, existing):
        return plan
    created = [
        change.path for change in plan.changes if change.kind == "create" or change.path in handed_over
    ]
    names = list(_imported_from(types, {path: files[path] for path in created if path != types}))
    if not names:
        return plan
    from .missing_types import with_types

    text = with_types(existing, types, files[types], names, project)
    return plan if text == existing else _with_change(plan, Change(types, project.get(types), text))


def _is_complete(plan: Plan, files: Mapping[str, str], types: str, existing: bytes) -> bool:
    """Whether types.ts needs nothing, or cannot be completed while a conflict in it is open."""
    if types not in files or existing == files[types].encode():
        return True
    return _has_open_conflict(plan, types, existing)


def _planned(plan: Plan, path: str, project: Project) -> bytes | None:
    """What a file ends with by the plan."""
    return next((change.after for change in plan.changes if change.path == path), project.get(path))


def _has_open_conflict(plan: Plan, path: str, data: bytes) -> bool:
    """Whether the user has still to decide on a file."""
    return has_marks(data) or any(kept_file.path == path and kept_file.news for kept_file in plan.kept)


def _with_change(plan: Plan, change: Change) -> Plan:
    """The plan with a file that is added to; what it was to be before counts no more."""
    # A types.ts that stays as the user has it, or is merged, is among the kept or merged ones as well.
    changes = [other for other in plan.changes if other.path != change.path]
    others = tuple(other for other in plan.kept if other.path != change.path)
    merged = tuple(other for other in plan.merged if other.path != change.path)
    in_order = sorted([*changes, change], key=lambda each: each.path)
    return Plan(tuple(in_order), others, (*merged, Merged(change.path)))


def _imported_from(path: str, files: Mapping[str, str]) -> Iterator[str]:
    """The names that some files import from another."""
    from .missing_types import imports_of  # read only where there is something to read

    for importer, text in files.items():
        for target, names in imports_of(importer, text):
            yield from names if target == path else ()


def _needed(files: Mapping[str, str], new: list[str], project: Project) -> set[str]:
    """The files that are not there and that new ones import, directly or not."""
    if not new:
        return set()
    from .missing_types import imports_of

    pending, needed = list(new), set(new)
    while pending:
        path = pending.pop()
        for target, _ in imports_of(path, files[path]):
            if target in files and target not in needed and project.get(target) is None:
                needed.add(target)
                pending.append(target)
    return needed
