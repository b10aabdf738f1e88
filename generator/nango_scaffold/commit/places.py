"""Where the paths of a plan lie on this disk, and whether a run may write there."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, NoReturn

from ..errors import ProjectError
from ..frozen import frozen
from ..plan.paths import NANGO_YAML, check_path
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
        outside: whether ``target`` lies outside the project (only the file written last may).
    """

    path: str
    target: Path
    base: Path
    missing: tuple[str, ...] = ()
    data: bytes | None = None
    mode: int = 0
    owner: tuple[int, int] = (0, 0)
    outside: bool = False


def read(
    project: Path, paths: Iterable[str], *, last: str = NANGO_YAML, disk: Disk | None = None
) -> dict[str, bytes | None]:
    """What stands at some paths of a project.

    Args:
        project: the project folder; it need not exist.
        paths: posix, relative to the project.
        last: the one path whose link may lead out of the project.
        disk: the disk to ask.

    Returns:
        The bytes by path, through links; None where there is no file.

    Raises:
        AnswersError: a path is none :func:`check_path` lets through.
        ProjectError: something that is no readable file stands in a file's place, a file stands where a folder is
            needed, or a link leads out of the project or to nothing.
    """
    disk = disk or Disk()
    root = find_project(disk, project)
    return {path: find(disk, root, path, last=last).data for path in paths}


def preflight(project: Path, plan: Plan, *, last: str = NANGO_YAML, disk: Disk | None = None) -> None:
    """Refuse a plan that ``apply`` would refuse, without writing: what a dry run asks.

    Raises:
        ProjectError: as :func:`read`; also when a file is not as the plan has it, or may not be written.
    """
    disk = disk or Disk()
    root = find_project(disk, project)
    survey(disk, root, plan.changes, last)


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


def survey(disk: Disk, root: Path, changes: Sequence[Change], last: str) -> list[Place]:
    """Find every file of a plan and check that it is as the plan has it and may be written.

    Raises:
        ProjectError: as :func:`preflight`.
    """
    places = [find(disk, root, change.path, last=last, follow=change.after is not None) for change in changes]
    targets: dict[Path, str] = {}
    for change, place in zip(changes, places, strict=True):
        if place.data != change.before:
            raise ProjectError(
                "the file was changed by someone else while this run was preparing its own change.",
                where=change.path,
                fix="Nothing was changed; run the command again.",
            )
        other = targets.setdefault(place.target, place.path)
        if other != place.path:
            _refuse(place.path, f"it is the same file as {other}, through a link")
        if change.kind != "unchanged":
            _check_writable(disk, root, place)
    return places


def find(disk: Disk, root: Path, path: str, *, last: str, follow: bool = True) -> Place:
    """Find one path on disk, as :func:`locate`, with every failure as a clean sentence.

    Raises:
        ProjectError: as :func:`read`.
    """
    try:
        return locate(disk, root, path, may_leave=path == last, follow=follow)
    except OSError as error:
        raise cannot("read", error, path) from error


def locate(disk: Disk, root: Path, path: str, *, may_leave: bool, follow: bool) -> Place:
    """Find one path on disk.

    Args:
        disk: the disk to ask.
        root: the real path of the project.
        path: posix, relative to the project.
        may_leave: whether the file may be a link that leads out of the project.
        follow: whether the target is the end of a link, rather than the link.

    Raises:
        ProjectError: something stands in the way, as :func:`read` says.
        OSError: the disk does not answer.
    """
    check_path(path)
    *folders, leaf = path.split("/")
    base = root
    try:
        for depth, folder in enumerate(folders):
            if disk.look(base / folder, follow=False) is None:
                missing = tuple("/".join(folders[: end + 1]) for end in range(depth, len(folders)))
                target = base.joinpath(*folders[depth:], leaf)
                return Place(path, target, base, missing)
            base = _enter(disk, root, path, base, folder)
        return _find_file(disk, root, path, base / leaf, may_leave=may_leave, follow=follow)
    except OSError as error:
        if error.errno == errno.ELOOP:
            _refuse(path, "a link in it leads back to itself")
        raise


def _enter(disk: Disk, root: Path, path: str, base: Path, folder: str) -> Path:
    """The real folder below ``base``, which has such a name."""
    status = disk.look(base / folder)
    if status is None:
        _refuse(path, f"its folder {folder!r} is a link to nothing")
    if not stat.S_ISDIR(status.st_mode):
        _refuse(path, f"a file stands where its folder {folder!r} is needed")
    real = disk.real(base / folder)
    if not real.is_relative_to(root):
        _refuse(path, f"its folder {folder!r} is a link that leads out of the project, to {real}")
    return real


def _find_file(disk: Disk, root: Path, path: str, name: Path, *, may_leave: bool, follow: bool) -> Place:
    itself = disk.look(name, follow=False)
    if itself is None:
        return Place(path, name, name.parent)
    linked = stat.S_ISLNK(itself.st_mode)
    status = disk.look(name) if linked else itself
    if status is None:
        _refuse(path, f"it is a link to nothing ({disk.real(name)})")
    for is_kind, kind in _KINDS:
        if is_kind(status.st_mode):
            _refuse(path, f"{kind} stands where a file is needed")
    target = disk.real(name) if linked and follow else name
    outside = not target.is_relative_to(root)
    if outside and not may_leave:
        _refuse(path, f"it is a link that leads out of the project, to {target}")
    return Place(
        path,
        target,
        target.parent,
        data=disk.read(name),
        mode=stat.S_IMODE(status.st_mode),
        owner=(status.st_uid, status.st_gid),
        outside=outside,
    )


def _check_writable(disk: Disk, root: Path, place: Place) -> None:
    try:
        if place.data is not None and not disk.may_write(place.target):
            _refuse(place.path, "the file is read-only", "make it writable")
        for folder in {place.base, root}:
            if disk.look(folder) is not None and not disk.may_write(folder):
                _refuse(place.path, f"the folder {folder} is read-only", "make it writable")
    except OSError as error:
        raise cannot("write", error, place.path) from error


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
