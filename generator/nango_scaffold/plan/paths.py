"""Which paths a plan may name: inside the project, and the same file on every system people check it out on."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn

from ..errors import AnswersError

if TYPE_CHECKING:
    from collections.abc import Iterable

NANGO_YAML = "nango-integrations/nango.yaml"
STAGING = ".nango-scaffold-tmp"
LOCK = ".nango-scaffold-lock"

_LONGEST_NAME = 255  # bytes; the limit of ext4, APFS and NTFS for one name
# Windows takes the superscript digits of Latin-1 for the number of a port, too.
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³"]
)
_NOT_ON_WINDOWS = frozenset('<>:"|?*\\')
# Where the commit room works, each also with a suffix.
_TAKEN = (STAGING, LOCK)


@lru_cache(maxsize=1024)  # a run asks for each of its paths again and again
def check_path(path: str) -> None:
    """Refuse a path that leaves the project or that some system cannot hold.

    Args:
        path: posix, relative to the project, such as ``nango-integrations/github/types.ts``.

    Raises:
        AnswersError: the path is empty or absolute, has ``..``, ``.`` or empty parts, a character or a name that
            Windows does not take (drive letters and backslashes among them), an invisible character, a trailing
            dot or blank, a part longer than 255 bytes, or a part that belongs to git or to this tool.
    """
    if not path:
        _refuse(path, "the path is empty")
    if path.startswith("/"):
        _refuse(path, "the path is absolute")
    for part in path.split("/"):
        _check_part(path, part)


def _check_part(path: str, part: str) -> None:
    if part in ("", ".", ".."):
        _refuse(path, f"the path has the part {part!r}, which could lead out of the project")
    if not part.isprintable():
        _refuse(path, f"the path has an invisible character in {part!r}")
    bad = sorted(_NOT_ON_WINDOWS.intersection(part))
    if bad:
        _refuse(path, f"the path has the character {bad[0]!r}, which a file name cannot hold on every system")
    if part[-1] in ". ":
        _refuse(path, f"the part {part!r} of the path ends in a dot or a blank")
    if len(part.encode()) > _LONGEST_NAME:
        _refuse(path, f"a part of the path is longer than {_LONGEST_NAME} bytes")
    if taken_part(part):
        _refuse(path, f"the name {part!r} is taken")
    # What stands before the first dot decides: `con.ts` is the console.
    if part.split(".")[0].rstrip().casefold() in _DEVICES:
        _refuse(path, f"the name {part!r} is a device on Windows")


def taken_part(part: str) -> bool:
    """Whether a name belongs to git, where a file could be a hook, or to this tool, whatever its case."""
    folded = part.casefold()
    return folded == ".git" or folded.startswith(_TAKEN)


def check_paths(paths: Iterable[str]) -> None:
    """Refuse a set of paths that cannot all be files of one tree, though each passed :func:`check_path`.

    Raises:
        AnswersError: two paths are equal where a file system ignores case, or one lies below another.
    """
    seen: dict[str, str] = {}
    for path in paths:
        other = seen.get(path.casefold())
        if other == path:
            _refuse(path, "the path is named twice")
        if other is not None:
            _refuse(path, f"the path differs from {other!r} only in case")
        seen[path.casefold()] = path
    for path in seen.values():
        folder = path.casefold()
        while "/" in folder:
            folder = folder.rpartition("/")[0]
            if folder in seen:
                _refuse(path, f"the path lies below {seen[folder]!r}, which is a file")


def _refuse(path: str, reason: str) -> NoReturn:
    raise AnswersError(
        f"{reason}.",
        where=_shown(path),
        fix="Use plain names of letters, digits, dashes and dots, with '/' between folders.",
    )


def _shown(path: str) -> str:
    """The path as it can be printed: a hostile one must not move the cursor or fill the screen."""
    text = path if path.isprintable() else ascii(path)
    return text if len(text) <= 120 else f"{text[:117]}..."
