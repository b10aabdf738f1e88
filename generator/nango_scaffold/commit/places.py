"""Where the paths of a plan lie on this disk, and whether a run may write there."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from ..errors import ProjectError
from ..frozen import frozen
from ..plan.paths import check_path, taken_part
from .disk import Disk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ..plan.changes import Change, Plan

# What can stand where a file belongs, besides a file.
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)

Folders: TypeAlias = "dict[str, Path | None]"
"""The real paths of a project's folders, as one look at it finds them; None where there is no such folder."""


@frozen
class Place:
    """One path of a plan, found on disk.

    Attributes:
        path: as in the plan.
        target: the real file a rename replaces; for a link, the file at its end.
        base: the deepest folder above ``target`` that exists.
        missing: the folders to make first, outermost first; posix, relative to the project.
        data: the bytes that are there; None when there is no file.
        mode: permission bits of the file, 0 when there is none.
        owner: uid and gid of the file.
        link: the inode of the target where that is a link itself, which is to be deleted as such; else 0.
        outside: whether ``target`` lies outside the project, elsewhere in its git work tree.
    """

    path: str
    target: Path
    base: Path
    missing: tuple[str, ...] = ()
    data: bytes | None = None
    mode: int = 0
    owner: tuple[int, int] = (0, 0)
    link: int = 0
    outside: bool = False


def folders_in(folder: Path) -> list[str]:
    """The names of the folders in a folder, sorted; none where there is no such folder, or it cannot be looked into."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir())
    except OSError:
        return []


def read(project: Path, paths: Iterable[str], *, disk: Disk | None = None) -> dict[str, bytes | None]:
    """What stands at some paths of a project: the reading room, which trusts nothing that lies there.

    A link is followed when it leads to a place in the project or, where the project is part of a git work tree,
    elsewhere in that.

    Args:
        project: the project folder; it need not exist.
        paths: posix, relative to the project.
        disk: the disk to ask.

    Returns:
        The bytes by path, through links; None where there is no file.

    Raises:
        AnswersError: a path is none :func:`check_path` lets through.
        ProjectError: something that is no readable file stands in a file's place, the file is larger than
            :data:`~nango_scaffold.regular_file.LIMIT`, a file stands where a folder is needed, or a link leads too
            far or to nothing.
    """
    disk = disk or Disk()
    root = find_project(disk, project)
    folders: Folders = {}
    return {path: find(disk, root, path, folders=folders).data for path in paths}


def preflight(project: Path, plan: Plan, *, disk: Disk | None = None) -> None:
    """Refuse a plan that ``apply`` would refuse, without writing: what a dry run asks.

    Raises:
        ProjectError: as :func:`read`; also when a file is not as the plan has it, or may not be written.
    """
    disk = disk or Disk()
    root = find_project(disk, project)
    survey(disk, root, plan.changes)


def find_project(disk: Disk, project: Path) -> Path:
    """The real path of the project folder, which need not exist.

    Raises:
        ProjectError: it is no folder, or cannot be looked at.
    """
    try:
        root = disk.real(project)
        status = disk.look(root)
    except OSError as error:
        raise cannot("look at", error, str(project)) from error
    if status is not None and not stat.S_ISDIR(status.st_mode):
        raise ProjectError("the project is not a folder.", where=str(project), fix="Name a folder.")
    return root


def survey(disk: Disk, root: Path, changes: Sequence[Change]) -> list[Place]:
    """Find every file of a plan and check that it is as the plan has it and may be written.

    Raises:
        ProjectError: as :func:`preflight`.
    """
    folders: Folders = {}
    places = [
        find(disk, root, change.path, follow=change.after is not None, folders=folders) for change in changes
    ]
    targets: dict[Path, str] = {}
    writable: set[Path] = set()
    for change, place in zip(changes, places, strict=True):
        # A plan is made on what was read before; written over anything else, it would undo somebody's work.
        if place.data != change.before:
            raise changed_meanwhile(change.path)
        other = targets.setdefault(place.target, place.path)
        if other != place.path:
            _refuse(place.path, f"it is the same file as {other}, through a link")
        if change.kind != "unchanged":
            _check_writable(disk, place, {place.base, root} - writable)
            writable |= {place.base, root}
    return places


def find(disk: Disk, root: Path, path: str, *, follow: bool = True, folders: Folders | None = None) -> Place:
    """Find one path on disk, as :func:`locate`, with every failure as a clean sentence.

    Raises:
        ProjectError: as :func:`read`.
    """
    try:
        return locate(disk, root, path, follow=follow, folders=folders)
    except OSError as error:
        raise cannot("read", error, path) from error


def locate(
    disk: Disk, root: Path, path: str, *, follow: bool = True, folders: Folders | None = None
) -> Place:
    """Find one path on disk.

    Args:
        disk: the disk to ask.
        root: the real path of the project.
        path: posix, relative to the project.
        follow: whether the target is the end of a link, rather than the link.
        folders: those of the project that this look at it has been through; more are added.

    Raises:
        ProjectError: something stands in the way, as :func:`read` says.
        OSError: the disk does not answer.
    """
    check_path(path)
    *names, leaf = path.split("/")
    known = {} if folders is None else folders
    base = root
    # From the outside in: each folder may be a link, which is judged before anything behind it is looked at.
    try:
        for depth in range(len(names)):
            name = "/".join(names[: depth + 1])
            if name not in known:
                known[name] = _real_folder(disk, root, path, base / names[depth])
            real = known[name]
            if real is None:
                missing = tuple("/".join(names[: end + 1]) for end in range(depth, len(names)))
                target = base.joinpath(*names[depth:], leaf)
                return Place(path, target, base, missing, outside=not base.is_relative_to(root))
            base = real
        return _find_file(disk, root, path, base / leaf, follow=follow)
    except OSError as error:
        if error.errno == errno.ELOOP:
            _refuse(path, "a link in it leads back to itself")
        raise


def _real_folder(disk: Disk, root: Path, path: str, name: Path) -> Path | None:
    """The real path of a folder of the project; None where nothing has the name."""
    itself = disk.look(name, follow=False)
    if itself is None:
        return None
    return name if stat.S_ISDIR(itself.st_mode) else _follow_folder(disk, root, path, name)


def locate_target(disk: Disk, root: Path, path: str, target: Path) -> Place:
    """Find a path again whose target is known, though the links that led there may be no more.

    Raises:
        ProjectError: something else stands there, or no link of the project may lead there.
        OSError: the disk does not answer.
    """
    # The target was real when it was written down; if it is not, a link has come in its way, or it was planted.
    if disk.real(target.parent) != target.parent or beyond_reach(disk, root, target):
        _refuse(path, f"its target {target} is out of reach")
    if disk.look(target.parent) is None:
        return Place(path, target, root, missing=(str(target.parent),))
    return _find_file(disk, root, path, target, follow=False)


def _follow_folder(disk: Disk, root: Path, path: str, name: Path) -> Path:
    """The real folder that a link leads to."""
    status = disk.look(name)
    if status is None:
        _refuse(path, f"its folder {name.name!r} is a link to nothing")
    if not stat.S_ISDIR(status.st_mode):
        _refuse(path, f"a file stands where its folder {name.name!r} is needed")
    real = disk.real(name)
    if too_far := beyond_reach(disk, root, real):
        _refuse(path, f"its folder {name.name!r} is a link {too_far}")
    return real


def _find_file(disk: Disk, root: Path, path: str, name: Path, *, follow: bool) -> Place:
    itself = disk.look(name, follow=False)
    if itself is None:
        return Place(path, name, name.parent, outside=not name.is_relative_to(root))
    if stat.S_ISLNK(itself.st_mode):
        real, status = _behind_link(disk, root, path, name)
    else:
        real, status = name, itself
    _refuse_other_kinds(path, status)
    # To be deleted, a link is the target itself; what is compared with the plan is the file at its end all the same.
    target = real if follow else name
    return Place(
        path,
        target,
        target.parent,
        data=disk.read(real),
        mode=stat.S_IMODE(status.st_mode),
        owner=(status.st_uid, status.st_gid),
        link=itself.st_ino if target != real else 0,
        outside=not target.is_relative_to(root),
    )


def _behind_link(disk: Disk, root: Path, path: str, name: Path) -> tuple[Path, os.stat_result]:
    """The file that a link leads to."""
    status, real = disk.look(name), disk.real(name)
    if status is None:
        _refuse(path, f"it is a link to nothing ({real})")
    # Before its reach: a link to /dev/zero is refused for what it is.
    _refuse_other_kinds(path, status)
    if too_far := beyond_reach(disk, root, real):
        _refuse(path, f"it is a link {too_far}")
    return real, status


def _refuse_other_kinds(path: str, status: os.stat_result) -> None:
    for is_kind, kind in _KINDS:
        if is_kind(status.st_mode):
            _refuse(path, f"{kind} stands where a file is needed")


def beyond_reach(disk: Disk, root: Path, real: Path) -> str:
    """Why a link of the project is not followed to a real path, as the rest of a sentence; empty when it may be.

    It may lead to anything in the project, and in the git work tree that the project is part of: what is there is
    checked out, reviewed and committed together. It may not lead to git's own files, or to ours.

    Raises:
        OSError: the disk does not answer.
    """
    home = root
    if not real.is_relative_to(root):
        tree = _work_tree(disk, root)
        if tree is None:
            return f"that leads out of the project, to {real}"
        # A repository within this one, such as a submodule, has commits and reviewers of its own.
        if _work_tree(disk, real) != tree:
            return f"that leads out of the project's git work tree, to {real}"
        home = tree
    if any(map(taken_part, real.relative_to(home).parts)):
        return f"to a place that belongs to git or to this tool, {real}"
    return ""


def _work_tree(disk: Disk, path: Path) -> Path | None:
    """The git work tree that a real path is part of: where the nearest ``.git`` lies."""
    above = (path, *path.parents)
    return next((place for place in above if disk.look(place / ".git", follow=False) is not None), None)


def _check_writable(disk: Disk, place: Place, folders: Iterable[Path]) -> None:
    try:
        if place.data is not None and not disk.may_write(place.target):
            _refuse(place.path, "the file is read-only", "make it writable")
        for folder in folders:
            if disk.look(folder) is not None and not disk.may_write(folder):
                _refuse(place.path, f"the folder {folder} is read-only", "make it writable")
    except OSError as error:
        raise cannot("write", error, place.path) from error


def changed_meanwhile(path: str) -> ProjectError:
    """What a run ends with when somebody saved a file it is about to replace."""
    return ProjectError(
        "the file was changed by someone else while this run was preparing its own change.",
        where=path,
        fix="Nothing was changed; run the command again.",
    )


def cannot(verb: str, error: OSError, where: str = "") -> ProjectError:
    """An operating-system error as one clean sentence."""
    fix = "Nothing was changed."
    if error.errno == errno.EXDEV:
        fix += " A folder inside the project is a mount of its own; name the folder below it as the project."
    return ProjectError(
        f"cannot {verb}: {reason_of(error)}.", where=where or str(error.filename or ""), fix=fix
    )


def reason_of(error: BaseException) -> str:
    """What went wrong, in words without a number or a path."""
    if isinstance(error, OSError):
        return error.strerror or os.strerror(error.errno or errno.EIO)
    return str(error) or type(error).__name__


def _refuse(path: str, reason: str, remedy: str = "move it out of the way") -> NoReturn:
    raise ProjectError(
        f"{reason}.", where=path, fix=f"Nothing was changed; {remedy} and run the command again."
    )
