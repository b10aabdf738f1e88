"""What a run is about to do, on record before it does it.

All temporary files lie in *areas*: ``.nango-scaffold-tmp/`` in the project, and one more folder beside each target
on another file system, since a rename cannot cross. An area holds, by the number of the step, ``new-N`` (the staged
bytes), ``gone-N`` (what stood at the target, moved here) and ``back-N`` (what a run had put there and took back).

No mark is written as the steps are done; where the files are tells it. A step that writes is done when its ``new-N``
has left, one that deletes when its ``gone-N`` has come. The run is committed when its last step is done, unless
somebody has saved over a ``gone-N``, who had the file open when it was moved.
"""

from __future__ import annotations

import errno
import json
import re
import stat
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..errors import AnswersError, ProjectError
from ..frozen import frozen
from ..plan.paths import STAGING, check_path
from .places import beyond_reach

if TYPE_CHECKING:
    from .disk import Disk

JOURNAL = "journal.json"
_DRAFT = f"{JOURNAL}.new"
_BESIDE = "beside.json"  # the areas outside the project's own, on record before they are made
_OURS = r"(?:new|gone|back)-\d+"
_VERSION = 2
_KINDS = ("create", "change", "delete")

# What a system answers where a file can have no second name: it is a folder, or the file system has no such thing.
_ONE_NAME = (
    errno.EPERM,
    errno.EACCES,
    errno.EINVAL,
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EMLINK,
)


@frozen
class Step:
    """One file.

    Attributes:
        path: posix, relative to the project.
        kind: what happens to it.
        area: the number of the area its files lie in.
        before: the SHA-256 of what is there; empty when nothing is, or a link, which is deleted as such.
        after: the SHA-256 it ends with; empty when it is deleted.
        target: the real path of the file, where a link leads there; else empty.
    """

    path: str
    kind: Literal["create", "change", "delete"]
    area: int
    before: str
    after: str
    target: str = ""


@frozen
class Staged:
    """Where the temporary files of one step lie: in its area, by its number."""

    area: Path
    number: int

    @property
    def new(self) -> Path:
        """The staged bytes."""
        return self.area / f"new-{self.number}"

    @property
    def gone(self) -> Path:
        """What stood at the target."""
        return self.area / f"gone-{self.number}"

    @property
    def back(self) -> Path:
        """What a run had put there and took back."""
        return self.area / f"back-{self.number}"


@frozen
class Journal:
    """A run's steps in order, and the folders it makes first (posix, relative to the project)."""

    steps: tuple[Step, ...]
    folders: tuple[str, ...]


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, in hex."""
    import hashlib  # OpenSSL takes 5 ms to load, and only a run that writes needs it

    return hashlib.sha256(data).hexdigest()


def is_done(disk: Disk, staged: Staged, step: Step) -> bool:
    """Whether a step has been carried out, told by where its files are."""
    if step.kind == "delete":
        return is_there(disk, staged.gone)
    return not is_there(disk, staged.new) and not is_there(disk, staged.back)


def is_there(disk: Disk, path: Path) -> bool:
    """Whether anything has the name, be it a link to nothing."""
    return disk.look(path, follow=False) is not None


def give_name(disk: Disk, source: Path, target: Path) -> None:
    """Let a temporary file stand at a target too, where nothing may stand yet.

    On a file system whose files have but one name each it is moved there, a moment after the name was free.

    Raises:
        FileExistsError: something stands there.
        OSError: the disk does not let us.
    """
    # A link, because it fails where something stands: a rename would replace what somebody has saved there.
    try:
        disk.link(source, target)
    except OSError as error:
        if error.errno not in _ONE_NAME:
            raise
        if is_there(disk, target):
            raise FileExistsError from None
        disk.rename(source, target)


def main_area(root: Path) -> Path:
    """The area in the project itself."""
    return root / STAGING


def area_beside(root: Path, folder: Path) -> Path:
    """The area of this project in a folder on another file system, or that other projects use too."""
    return folder / f"{STAGING}-{digest(str(root).encode())[:12]}"


def make_areas(disk: Disk, root: Path, beside: list[Path]) -> list[Path]:
    """Make the main area, and those beside targets elsewhere."""
    main = main_area(root)
    # A staged file gets the mode of the one it replaces only after it is written; until then nobody else may read it.
    disk.mkdir(main, 0o700)
    # Before they are made: an area that is on no record would stay for ever after a kill.
    if beside:
        _write_safely(disk, main / _BESIDE, json.dumps([str(area) for area in beside]).encode())
        disk.fsync(main)
    disk.fsync(root)
    for area in beside:
        disk.mkdir(area, 0o700)
        disk.fsync(area.parent)
    return [main, *beside]


def known_areas(disk: Disk, root: Path) -> list[Path]:
    """All areas an earlier run may have left; none when it left nothing.

    Raises:
        ProjectError: something that is no folder has the area's name.
    """
    main = main_area(root)
    status = disk.look(main, follow=False)
    if status is None:
        return []
    if not stat.S_ISDIR(status.st_mode):
        raise ProjectError(
            "this name is needed for temporary files.", where=str(main), fix="Nothing was changed; remove it."
        )
    return [main, *_areas_on_record(disk, main)]


def _areas_on_record(disk: Disk, main: Path) -> list[Path]:
    if not _is_file(disk, main / _BESIDE):
        return []
    try:
        areas = [Path(area) for area in json.loads(disk.read(main / _BESIDE))]
    except (ValueError, TypeError, RecursionError):
        return []  # killed while it was written: no such area was made yet
    return areas if all(_is_area_of(disk, main.parent, area) for area in areas) else []


def _is_area_of(disk: Disk, root: Path, area: Path) -> bool:
    """Whether an area is one this project would make: the list may have come with a cloned repository."""
    folder = disk.real(area.parent)
    return area == area_beside(root, folder) and not beyond_reach(disk, root, folder)


def record(disk: Disk, root: Path, journal: Journal) -> None:
    """Put the journal in its place, whole; from here on an earlier end is rolled back from it."""
    main = main_area(root)
    text = json.dumps({"version": _VERSION, **asdict(journal)})
    # Under its own name the journal is whole or not there: a kill while it is written leaves a draft.
    _write_safely(disk, main / _DRAFT, text.encode())
    disk.rename(main / _DRAFT, main / JOURNAL)
    disk.fsync(main)


def load(disk: Disk, root: Path, areas: list[Path]) -> Journal | None:
    """The journal of a run that came to no end; None when it had not yet begun to change files.

    Raises:
        ProjectError: the journal is not one of ours, or names what no run of ours would.
    """
    path = main_area(root) / JOURNAL
    if not _is_file(disk, path):
        return None
    try:
        data = json.loads(disk.read(path))
        journal = Journal(tuple(Step(**step) for step in data["steps"]), tuple(data["folders"]))
        is_valid = data["version"] == _VERSION and _is_valid(journal, len(areas))
    # The file may have come with a cloned repository and hold anything, a list or a nest without end among it.
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, AnswersError):
        is_valid = False
    if not is_valid:
        raise ProjectError(
            "this is not a journal that this version can read.",
            where=str(path),
            fix="Compare the project with its last commit, then remove the folder.",
        )
    return journal


def _is_valid(journal: Journal, areas: int) -> bool:
    """Whether a run of ours could have written it; a path that no project has is an AnswersError."""
    for path in (*(step.path for step in journal.steps), *journal.folders):
        check_path(path)
    return bool(journal.steps) and all(
        _is_sound(step) and step.area in range(areas) for step in journal.steps
    )


def _is_sound(step: Step) -> bool:
    """Whether the fields of a step are of their types; a file can hold anything."""
    texts = (step.path, step.kind, step.before, step.after, step.target)
    is_text = all(isinstance(text, str) for text in texts)
    # Not isinstance: JSON's true and false are integers to it.
    return is_text and type(step.area) is int and step.kind in _KINDS


def discard(disk: Disk, root: Path) -> None:
    """Remove the journal: its run has come to an end, and only temporary files are left."""
    disk.unlink(main_area(root) / JOURNAL)
    disk.fsync(main_area(root))


def clear(disk: Disk, areas: list[Path]) -> None:
    """Remove the areas; the main one, which knows the others, last.

    Raises:
        ProjectError: an area holds a file that is not ours.
    """
    for area in reversed(areas):
        status = disk.look(area, follow=False)
        if status is None or not stat.S_ISDIR(status.st_mode):
            continue
        names = disk.names(area)
        # The journal is not among ours: while it is there, the files it speaks of are needed.
        foreign = [name for name in names if name not in (_DRAFT, _BESIDE) and not re.fullmatch(_OURS, name)]
        if foreign:
            raise ProjectError(
                "this file is not ours, but is where our temporary files are.",
                where=str(area / foreign[0]),
                fix="Move it away and run the command again.",
            )
        for name in names:
            disk.unlink(area / name)
        disk.rmdir(area)


def _is_file(disk: Disk, path: Path) -> bool:
    """Whether a file of ours is there; something else of its name, such as a pipe or a link, is a ProjectError."""
    status = disk.look(path, follow=False)
    if status is not None and not stat.S_ISREG(status.st_mode):
        raise ProjectError(
            "this is not a regular file, so it is not ours, but it is where our temporary files are.",
            where=str(path),
            fix="Move it away and run the command again.",
        )
    return status is not None


def _write_safely(disk: Disk, path: Path, data: bytes) -> None:
    disk.write(path, data)
    disk.fsync(path)
