"""Which files lie below a folder of a project, for the rooms that look at files no plan has named."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from ..errors import AnswersError, ProjectError
from ..frozen import frozen
from ..plan.paths import check_path
from .disk import Disk
from .places import beyond_reach, find_project, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_INSTALLED_OR_BUILT = ("node_modules", "dist")


@frozen
class Unreadable:
    """Something below a folder that cannot be looked at.

    Attributes:
        path: posix, relative to the project; what is no UTF-8 in it is escaped, so it can be printed.
        why: a clause, such as ``it is a link that leads out of the project, to /etc``.
    """

    path: str
    why: str


@frozen
class Listing:
    """The files below a folder.

    Attributes:
        paths: the files, posix, relative to the project, sorted; :func:`read` takes each of them.
        unreadable: what was wanted as well, but is out of reach.
    """

    paths: tuple[str, ...]
    unreadable: tuple[Unreadable, ...]


def is_script(name: str) -> bool:
    """Whether a file name is that of a TypeScript file."""
    return name.endswith(".ts")


def is_source_folder(name: str) -> bool:
    """Whether a folder may hold what people write: not what was installed or built, nor what is hidden."""
    return name not in _INSTALLED_OR_BUILT and not name.startswith(".")


def list_files(
    project: Path,
    folder: str = "",
    *,
    is_wanted: Callable[[str], bool] = is_script,
    is_entered: Callable[[str], bool] = is_source_folder,
    disk: Disk | None = None,
) -> Listing:
    """List the files below a folder of a project.

    Links are followed as :func:`read` follows them, each folder once. Nothing that lies there is an error: what is
    no regular file, leads out of the project, may not be read or has a name that no path of ours can have is told.

    Args:
        project: the project folder; it need not exist.
        folder: posix, relative to the project; empty for all of it. It need not exist.
        is_wanted: whether a file of some name is listed.
        is_entered: whether a folder of some name is looked into.
        disk: the disk to ask.

    Raises:
        ProjectError: the project is no folder, or cannot be looked at.
    """
    disk = disk or Disk()
    root = find_project(disk, project)
    walk = _Walk(disk, root, is_wanted, is_entered)
    found = list(walk.begin(folder))
    paths = sorted(each for each in found if isinstance(each, str))
    unreadable = sorted((each for each in found if isinstance(each, Unreadable)), key=lambda each: each.path)
    return Listing(tuple(paths), tuple(unreadable))


class _Walk:
    """One walk: each real folder is entered once, so that a link to a folder above it comes to an end."""

    def __init__(
        self, disk: Disk, root: Path, is_wanted: Callable[[str], bool], is_entered: Callable[[str], bool]
    ) -> None:
        self._disk = disk
        self._root = root
        self._is_wanted = is_wanted
        self._is_entered = is_entered
        self._entered: set[Path] = set()

    def begin(self, folder: str) -> Iterator[str | Unreadable]:
        """As :meth:`below`, of a folder that anybody may have named."""
        try:
            if folder:
                check_path(folder)
        except AnswersError as error:
            yield Unreadable(_printable(folder), error.what.removesuffix("."))
            return
        yield from self.below(folder)

    def below(self, folder: str) -> Iterator[str | Unreadable]:
        """The wanted files below a folder, and what is out of reach."""
        try:
            if self._disk.look(self._root / folder) is None:
                return
            real = self._disk.real(self._root / folder)
            if too_far := beyond_reach(self._disk, self._root, real):
                yield Unreadable(_printable(folder), f"it is a link {too_far}")
                return
            if real in self._entered:
                return
            self._entered.add(real)
            names = self._disk.names(self._root / folder)
        except OSError as error:
            yield Unreadable(_printable(folder), reason_of(error))
            return
        for name in names:
            yield from self._one(f"{folder}/{name}" if folder else name, name)

    def _one(self, path: str, name: str) -> Iterator[str | Unreadable]:
        try:
            status = self._disk.look(self._root / path) or self._disk.look(self._root / path, follow=False)
        except OSError as error:
            if self._is_wanted(name):
                yield Unreadable(_printable(path), reason_of(error))
            return
        if status is not None and stat.S_ISDIR(status.st_mode):
            if self._is_entered(name):
                yield from self.below(path)
        elif self._is_wanted(name):
            yield self._listed(path)

    def _listed(self, path: str) -> str | Unreadable:
        """A file that can be read as far as its name and its kind go."""
        try:
            check_path(path)
            real = self._disk.real(self._root / path)
            status = self._disk.look(real)
        except (AnswersError, ProjectError) as error:
            return Unreadable(_printable(path), error.what.removesuffix("."))
        except OSError as error:
            return Unreadable(_printable(path), reason_of(error))
        if too_far := beyond_reach(self._disk, self._root, real):
            return Unreadable(path, f"it is a link {too_far}")
        if status is None:
            return Unreadable(path, f"it is a link to nothing ({real})")
        return path if stat.S_ISREG(status.st_mode) else Unreadable(path, "it is not a regular file")


def _printable(path: str) -> str:
    """A path as any stream can print it: names on disk are bytes, in no encoding for certain."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return text if text.isprintable() else text.encode("unicode_escape").decode("ascii")
