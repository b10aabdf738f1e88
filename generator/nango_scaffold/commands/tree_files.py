"""The files of a folder of integrations as they lie on disk: found, read, and named where they are not looked at.

Everything that is read goes through the reading room of ``commit``, which refuses what is no regular file of the project.
Here only names are listed, never beyond the project or its git work tree.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..check.tree import NOT_LED_TO, Unread
from ..errors import ProjectError, ScaffoldError
from ..frozen import frozen
from ..render.paths import ROOT
from ..render.paths import YAML as NANGO_YAML
from ..typescript.module_paths import candidates
from ..typescript.source_file import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..operations import Reader

_NOT_OURS = ("node_modules", "dist")  # and whatever begins with a dot
_NO_SCRIPTS = re.compile(r"\.d\.ts$|\.test\.ts$|(^|/)(tests|mocks|fixtures)/")


@frozen
class TreeFiles:
    """What lies in a folder of integrations.

    Attributes:
        texts: of each file that belongs to the integrations or is shared by them, by posix path below the folder.
        unread: the other TypeScript files, and what cannot be read.
        javascript: the paths of the JavaScript files.
    """

    texts: dict[str, str]
    unread: tuple[Unread, ...]
    javascript: frozenset[str]


def yaml_text(reader: Reader) -> str:
    """The text of nango.yaml.

    Args:
        reader: reads planned paths of the project.

    Raises:
        ProjectError: it cannot be read.
    """
    data = reader([NANGO_YAML])[NANGO_YAML]
    if data is None:
        raise ProjectError("the file is gone", where=NANGO_YAML, fix="run the command again")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProjectError(_not_utf_8(error), where=NANGO_YAML, fix="save the file as UTF-8") from None


def tree_files(folder: Path, project: Path, names: Iterable[str], reader: Reader) -> TreeFiles:
    """Find and read the files of a folder of integrations, nango.yaml left out.

    Args:
        folder: the folder of nango.yaml.
        project: the root of the project that it lies in.
        names: the keys of the integrations in nango.yaml.
        reader: reads planned paths of the project.
    """
    listing = _Listing(folder, project, names)
    reading = _Reading(f"{ROOT}/", reader)
    reading.read(listing.scripts)
    # What scripts import from elsewhere is compiled with them: a few rounds, as one may import another.
    others = set(listing.others)
    while others and (imported := others & reading.imported()):
        others -= imported
        reading.read(sorted(imported))
    strays = (path for path in sorted(others) if not _NO_SCRIPTS.search(path))
    unread = [
        *listing.closed,
        *reading.refused,
        *(Unread(_plain(path), NOT_LED_TO, False) for path in strays),
    ]
    return TreeFiles(reading.texts, tuple(unread), frozenset(listing.javascript))


class _Listing:
    """The names in a folder of integrations.

    Attributes:
        scripts: the TypeScript files of integrations and those beside nango.yaml.
        others: those in other folders.
        javascript: all JavaScript files.
        closed: the folders that cannot be listed.
    """

    def __init__(self, folder: Path, project: Path, names: Iterable[str]) -> None:
        self._folder = folder
        self._names = frozenset(names)
        self._reach = _reach(project)
        self._linked: set[tuple[str, str]] = set()
        self.scripts: list[str] = []
        self.others: list[str] = []
        self.javascript: list[str] = []
        self.closed: list[Unread] = []
        waiting = [""]
        while waiting:
            waiting.extend(self._list(waiting.pop()))

    def _list(self, inside: str) -> Iterator[str]:
        """Take the files of a folder, and give the folders in it."""
        try:
            entries = sorted(os.scandir(self._folder / inside), key=lambda entry: entry.name)
        except OSError as error:
            # What is gone since it was listed needs no finding.
            if not isinstance(error, FileNotFoundError | NotADirectoryError):
                reason = f"the folder cannot be read: {error.strerror}"
                self.closed.append(Unread(_plain(inside), reason, True))
            return
        for entry in entries:
            path = f"{inside}/{entry.name}" if inside else entry.name
            if entry.name.endswith((".ts", ".js")) and not entry.is_dir(follow_symlinks=False):
                self._take(path)
            elif self._is_ours(path) and self._is_folder(entry, path):
                yield path

    def _take(self, path: str) -> None:
        if path.endswith(".js"):
            self.javascript.append(path)
        elif "/" not in path or path.split("/")[0] in self._names:
            self.scripts.append(path)
        else:
            self.others.append(path)

    def _is_ours(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        return path in self._names or not (name in _NOT_OURS or name.startswith("."))

    def _is_folder(self, entry: os.DirEntry[str], path: str) -> bool:
        """Whether an entry is a folder to look into: a link is, once, where it stays within reach."""
        if not entry.is_symlink():
            return entry.is_dir(follow_symlinks=False)
        real, integration = os.path.realpath(entry.path), path.split("/")[0]
        if integration not in self._names or not os.path.isdir(real):
            return False
        if not Path(real).is_relative_to(self._reach):
            reason = "the folder is a link that leads out of the project"
            self.closed.append(Unread(_plain(path), reason, True))
            return False
        # Once for each integration, as two may share a folder; never to a folder that the link itself is in.
        leads_back = Path(os.path.realpath(os.path.dirname(entry.path))).is_relative_to(real)
        is_new = (integration, real) not in self._linked and not leads_back
        self._linked.add((integration, real))
        return is_new


class _Reading:
    """Files read one after the other, none of which can end the reading of the others.

    Attributes:
        texts: by path.
        refused: what cannot be read, and why.
    """

    def __init__(self, inside: str, reader: Reader) -> None:
        self._inside = inside
        self._reader = reader
        self.texts: dict[str, str] = {}
        self.refused: list[Unread] = []

    def read(self, paths: Iterable[str]) -> None:
        """Read some files."""
        paths_inside = {self._inside + path: path for path in paths}
        try:
            contents = self._reader(paths_inside)
        # One at least is refused: each is read alone, to tell which and why.
        except (ScaffoldError, OSError, ValueError):
            contents = {}
        for full, path in paths_inside.items():
            self._keep(path, contents[full] if full in contents else self._alone(full, path))

    def imported(self) -> set[str]:
        """The paths that imports of the files lead to, there or not."""
        sources = ((path, source) for path, text in self.texts.items() for source in SourceFile(text).sources)
        targets = {target for path, source in sources for target in candidates(path, source)}
        return targets.difference(self.texts)

    def _alone(self, full: str, path: str) -> bytes | None:
        try:
            return self._reader([full])[full]
        except ScaffoldError as error:
            self.refused.append(Unread(_plain(path), error.what.rstrip("."), True))
        except (OSError, ValueError) as error:
            self.refused.append(Unread(_plain(path), str(error), True))
        return None

    def _keep(self, path: str, data: bytes | None) -> None:
        if data is None:
            return
        try:
            self.texts[path] = data.decode("utf-8")
        except UnicodeDecodeError as error:
            self.refused.append(Unread(_plain(path), f"{_not_utf_8(error)}: save it as UTF-8", True))


def _reach(project: Path) -> Path:
    """How far links may lead: the git work tree that a project is part of, else the project itself."""
    real = Path(os.path.realpath(project))
    return next((folder for folder in (real, *real.parents) if (folder / ".git").exists()), real)


def _not_utf_8(error: UnicodeDecodeError) -> str:
    line = error.object.count(b"\n", 0, error.start) + 1
    return f"byte 0x{error.object[error.start]:02x} in line {line} is no UTF-8"


def _plain(path: str) -> str:
    """A path as it can be shown: bytes that are no UTF-8, and unprintable characters, become escapes."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )
