"""Bring a run to its end from its journal: finish it when its last step was done, else roll it back.

The same code serves a run that meets an error and the run after one that was killed. Each act can be repeated, so
being killed here changes nothing either.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..errors import ProjectError
from ..frozen import frozen
from .journal import (
    Journal,
    Staged,
    Step,
    clear,
    digest,
    discard,
    give_name,
    is_done,
    is_there,
    known_areas,
    load,
    main_area,
)
from .places import Place, beyond_reach, cannot, locate, locate_target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .disk import Disk
    from .lock import Lock


@frozen
class Recovery:
    """What became of a run that was killed.

    Attributes:
        outcome: whether its changes are all there now, or none of them.
        paths: the files it was writing; empty when it had not begun to.
        left: of these, the ones somebody has edited since, which stay as they are.
    """

    outcome: Literal["finished", "rolled back"]
    paths: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What there is to tell the user, without a full stop."""
        if not self.paths:
            return "an earlier run was killed, which left only temporary files; they are removed"
        files = "1 file" if len(self.paths) == 1 else f"{len(self.paths)} files"
        if self.outcome == "finished":
            return f"an earlier run was killed when its {files} had been written, and is finished now"
        left = f"; edited since, and left as they are: {', '.join(self.left)}" if self.left else ""
        return f"an earlier run was killed while it wrote {files}, and is rolled back now{left}"


def recover(lock: Lock) -> Recovery | None:
    """Finish or roll back what a killed run left; every run calls this first.

    Returns:
        What was done; None when nothing was left.

    Raises:
        ProjectError: the disk, or somebody's file in a temporary folder, does not let us.
    """
    settlement = Settlement(lock.disk, lock.project)
    try:
        settlement.run()
    except OSError as error:
        raise cannot("recover what an earlier run left", error) from error
    return settlement.outcome


def is_unfinished(project: Path) -> bool:
    """Whether a run was killed in this project, or is at work right now; for those that only read, as a dry run."""
    return os.path.lexists(main_area(project))


def is_untouched(disk: Disk, gone: Path, before: bytes, link: int) -> bool:
    """Whether what was moved away is what a plan was made on: some bytes, or a link, told by its inode."""
    status = disk.look(gone, follow=False)
    if status is None or link:
        return status is not None and status.st_ino == link
    return stat.S_ISREG(status.st_mode) and disk.read(gone) == before


class Settlement:
    """One attempt after the other to bring a run to its end; the first to read the journal fixes the outcome.

    Attributes:
        outcome: what was done; None when nothing was left.
        overtaken: the path of a file that somebody saved when it had been moved away, for which all is rolled back.
    """

    def __init__(self, disk: Disk, root: Path) -> None:
        self.outcome: Recovery | None = None
        self.overtaken = ""
        self._disk = disk
        self._root = root

    def run(self) -> None:
        """Finish or roll back, and remove every temporary file.

        Raises:
            OSError: the disk does not let us; calling again goes on from there.
            ProjectError: the journal or an area holds what is not ours.
        """
        areas = known_areas(self._disk, self._root)
        if not areas:
            return
        journal = load(self._disk, self._root, areas)
        if journal is not None:
            self._settle(journal, areas)
        elif self.outcome is None:
            # Else an earlier attempt has settled all, and failed while it cleared the areas.
            self.outcome = Recovery("rolled back")
        clear(self._disk, areas)
        if journal is not None and len(areas) > 1:  # only now are folders empty in which an area lay
            self._remove_emptied(journal)

    def _settle(self, journal: Journal, areas: list[Path]) -> None:
        files = [Staged(areas[step.area], number) for number, step in enumerate(journal.steps)]
        paths = tuple(step.path for step in journal.steps)
        if is_done(self._disk, files[-1], journal.steps[-1]) and not self._is_overtaken(journal, files):
            self.outcome = Recovery("finished", paths)
            self._finish(journal, areas)
        else:
            left = self._roll_back(journal, files)
            self.outcome = Recovery("rolled back", paths, left)
        # Before the temporary files go: a journal without them would roll back what cannot be put back any more.
        discard(self._disk, self._root)

    def _is_overtaken(self, journal: Journal, files: Sequence[Staged]) -> bool:
        """Whether somebody who had a file open has saved it after it was moved away, or an earlier attempt saw that."""
        end = journal.steps[-1]
        saved = (
            step.path
            for step, staged in zip(journal.steps, files, strict=True)
            if step.kind != "create" and not self._is_as_recorded(step, staged.gone, is_end=step is end)
        )
        self.overtaken = next(saved, "")
        return bool(self.overtaken)

    def _is_as_recorded(self, step: Step, gone: Path, *, is_end: bool) -> bool:
        status = self._disk.look(gone, follow=False)
        if status is None:
            # On the medium before the last swap: an earlier attempt has put it back, and was killed while it rolled back.
            # The last file's own name may have been lost with the power where names reach the medium in any order.
            return is_end
        if not step.before:
            return stat.S_ISLNK(status.st_mode)
        return stat.S_ISREG(status.st_mode) and digest(self._disk.read_released(gone)) == step.before

    def _finish(self, journal: Journal, areas: list[Path]) -> None:
        end = journal.steps[-1]
        # The area tells that the run was done: after a power cut it must tell the same, or the next run rolls back.
        self._disk.fsync(areas[end.area])
        last = self._find(end)
        if last is not None:
            self._disk.fsync(last.base)
        self._remove_emptied(journal)

    def _remove_emptied(self, journal: Journal) -> None:
        for step in journal.steps:
            if step.kind == "delete" and self._find(step) is not None:
                self._remove_empty((self._root / step.path).parent)

    def _remove_empty(self, folder: Path) -> None:
        """Remove a folder and those above it, as far as they are empty, but none that a link leads to."""
        while folder != self._root and self._is_folder(folder) and self._disk.rmdir(folder):
            folder = folder.parent

    def _is_folder(self, path: Path) -> bool:
        status = self._disk.look(path, follow=False)
        return status is None or stat.S_ISDIR(status.st_mode)

    def _roll_back(self, journal: Journal, files: Sequence[Staged]) -> tuple[str, ...]:
        left = []
        touched = set()
        # The last step first: once it is undone, a run that is killed here is rolled back by the next one, too.
        for step, staged in reversed(list(zip(journal.steps, files, strict=True))):
            if not self._is_begun(step, staged):
                continue
            place = self._find(step)
            if place is None or not self._undo(step, place, staged):
                left.append(step.path)
            else:
                touched.add(place.target.parent)
        self._remove_made(journal.folders)
        # On the medium before the journal goes, which could put it back again.
        self._flush(touched)
        return tuple(left)

    def _is_begun(self, step: Step, staged: Staged) -> bool:
        """Whether anything of a step may have been done, and not been undone."""
        if step.kind != "create":
            return is_there(self._disk, staged.gone)
        if not is_there(self._disk, staged.new):
            return True
        # It has both names where the run was killed between giving it the second and taking the first.
        place = self._find(step)
        return place is not None and self._is_same(staged.new, place.target)

    def _undo(self, step: Step, place: Place, staged: Staged) -> bool:
        """Put one file back as it was; False when somebody has edited it since, whose file it stays."""
        if self._is_foreign(step, staged.back):  # moved away by an earlier attempt, which was killed then
            self._put_back(staged.back, place.target)
            return False
        if step.kind == "create":
            return place.data is None or self._take_back(step, place, staged)
        if self._is_same(staged.gone, place.target):
            return True  # put back by an earlier attempt
        if place.missing:  # somebody has removed its folder since
            return False
        if place.data is None:
            is_free = not self._was_removed(step, staged)
        else:
            # A file where ours was deleted is somebody else's.
            is_free = step.kind != "delete" and self._take_back(step, place, staged)
        return is_free and self._put_back(staged.gone, place.target)

    def _was_removed(self, step: Step, staged: Staged) -> bool:
        """Whether a file that we had put in its place, and that is not there, was removed by somebody else."""
        return step.kind == "change" and is_done(self._disk, staged, step)

    def _take_back(self, step: Step, place: Place, staged: Staged) -> bool:
        """Move away what we had put at a target; False when it is somebody else's."""
        if digest(place.data or b"") != step.after:
            return False
        self._disk.rename(place.target, staged.back)
        if not self._is_foreign(step, staged.back):
            return True
        self._put_back(staged.back, place.target)  # saved between the look and the move
        return False

    def _is_foreign(self, step: Step, back: Path) -> bool:
        """Whether what was moved away is not what we had put there."""
        status = self._disk.look(back, follow=False)
        if status is None:
            return False
        return not stat.S_ISREG(status.st_mode) or digest(self._disk.read(back)) != step.after

    def _put_back(self, source: Path, target: Path) -> bool:
        """Give a file its old name again; False when somebody has put another one there."""
        try:
            give_name(self._disk, source, target)
        except FileExistsError:
            return False
        return True

    def _is_same(self, path: Path, other: Path) -> bool:
        """Whether two names are of one file."""
        first, second = (self._disk.look(path, follow=False) for path in (path, other))
        return first is not None and second is not None and os.path.samestat(first, second)

    def _remove_made(self, folders: tuple[str, ...]) -> None:
        for folder in reversed(folders):
            path = self._root / folder
            # One may be a link by now, or the journal planted: nothing out there is ours to remove.
            if not beyond_reach(self._disk, self._root, self._disk.real(path)):
                self._disk.rmdir(path)

    def _flush(self, folders: Iterable[Path]) -> None:
        for folder in sorted(folders):
            if self._disk.look(folder) is not None:
                self._disk.fsync(folder)

    def _find(self, step: Step) -> Place | None:
        """Where a step's file is; None when somebody has put something else in its way since."""
        try:
            # The links that led to the target may be no more, and lead elsewhere if they are.
            if step.target:
                return locate_target(self._disk, self._root, step.path, Path(step.target))
            return locate(self._disk, self._root, step.path, follow=step.kind != "delete")
        except ProjectError:
            return None
