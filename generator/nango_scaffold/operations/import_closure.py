"""New files beside what the user has written: they import mappers and types, which must be there.

An adopted integration holds no mapper for its User, and its types.ts has names of its own; where we wrote it, one may have
been deleted. A new script that imports ours would not compile. So what a new file imports is there afterwards: a file that
is missing is written, a type that is missing is put behind the user's own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..plan import Change, Kept, Merged, Plan
from ..plan.merging import has_marks, like, with_line_feeds
from ..render.paths import ROOT
from .files import decided

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ..manifest import Manifest
    from ..plan import Merging
    from .project import Project

_IMPORT = re.compile(r"^import (?:type )?\{([^}]*)\} from '(\.[^']+)';", re.MULTILINE)
_DECLARED = re.compile(r"^\s*(?:export )?(?:declare )?(?:interface|type|enum|class) (\w+)", re.MULTILINE)
_DECLARATION = re.compile(
    r"(?:^/\*\*(?:(?!\*/).)*\*/\n)?^export (?:interface|type) (\w+).*?(?=^/\*\*|^export |\Z)",
    re.MULTILINE | re.DOTALL,
)


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
    taken: Collection[str] = (),
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
        taken: the paths that their owner hands over: they are replaced by ours.
    """
    if last is None:
        return Beside(decided(files, project, None, merging, taken), files, None)
    types = f"{ROOT}/{integration}/types.ts"
    theirs = {path for path in last.hand_written.files if path not in taken}
    new = [path for path in files if path not in last.files and path not in theirs]
    needed = _needed(files, new, project)  # what is missing and needed counts as new
    if theirs:  # ours may need by now what its owner always did without
        needed |= theirs & _needed(files, [path for path in last.files if path in files], project)
    apart = {*(path for path in theirs if path not in needed), *_foreign_types(types, project, last, taken)}
    ours = {path: text for path, text in files.items() if path not in apart}
    gone = needed | apart
    last = replace(last, files={path: text for path, text in last.files.items() if path not in gone})
    plan = decided(ours, project, last, merging, taken)
    left = _left(files, {*apart} - {types}, described, integration, project)
    whole = _completed(plan.plus(kept=left), files, types, project, taken)
    return Beside(
        whole, ours, last, tuple(sorted(path for path in theirs if path in files and path in apart))
    )


def _foreign_types(types: str, project: Project, last: Manifest, taken: Collection[str]) -> set[str]:
    """The types.ts, where it is somebody else's work, rather than an edited one of ours."""
    is_foreign = types not in last.files and types not in taken and project.get(types) is not None
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
    plan: Plan, files: Mapping[str, str], types: str, project: Project, taken: Collection[str]
) -> Plan:
    """The plan with all types in types.ts that files it creates import, or those that were handed over."""
    there = next((change.after for change in plan.changes if change.path == types), project.get(types))
    is_open = any(kept.path == types and kept.news for kept in plan.kept)
    if there is None or is_open or types not in files or has_marks(there):
        return plan
    new = {
        change.path: files[change.path]
        for change in plan.changes
        if change.kind == "create" or change.path in taken
    }
    text = _with_needed(there, files[types], types, new)
    if text == there:
        return plan
    changes = [change for change in plan.changes if change.path != types]
    whole = sorted([*changes, Change(types, project.get(types), text)], key=lambda change: change.path)
    kept = tuple(each for each in plan.kept if each.path != types)  # as last time, but for what is added now
    merged = tuple(each for each in plan.merged if each.path != types)
    return Plan(tuple(whole), kept, (*merged, Merged(types)))


def _needed(files: Mapping[str, str], new: list[str], project: Project) -> set[str]:
    """The files that are not there and that new ones import, directly or not."""
    pending, found = list(new), set(new)
    while pending:
        path = pending.pop()
        for other, _ in _imports(path, files[path]):
            if other in files and other not in found and project.get(other) is None:
                found.add(other)
                pending.append(other)
    return found


def _with_needed(types: bytes, rendered: str, path: str, new: Mapping[str, str]) -> bytes:
    ours = _declarations(rendered)
    text = with_line_feeds(types).decode("utf-8", "surrogateescape")
    there = set(_DECLARED.findall(text))
    pending = [
        name for file in new for other, names in _imports(file, new[file]) if other == path for name in names
    ]
    missing: set[str] = set()
    while pending:
        name = pending.pop()
        if name in ours and name not in there and name not in missing:
            missing.add(name)
            pending += re.findall(r"\w+", ours[name])
    if not missing:
        return types
    whole = "\n\n".join([text.rstrip("\n"), *(ours[name] for name in ours if name in missing)]).lstrip("\n")
    return like(types, f"{whole}\n".encode("utf-8", "surrogateescape"))


def _declarations(text: str) -> dict[str, str]:
    return {found[1]: found[0].strip("\n") for found in _DECLARATION.finditer(text)}


def _imports(path: str, text: str) -> Iterator[tuple[str, list[str]]]:
    """The files of the project that a file of ours imports, each with the names."""
    for names, source in _IMPORT.findall(text):
        target = normpath(join(dirname(path), source)).removesuffix(".js")
        yield f"{target}.ts", [name.strip() for name in names.split(",") if name.strip()]
