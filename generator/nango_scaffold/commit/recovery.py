"""Bring a run to its end from its journal: finish it when its last step was done, else roll it back.

The same code serves a run that meets an error and the run after one that was killed. Each act can be repeated, so
being killed here changes nothing either.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Literal

from ..errors import ProjectError
from ..frozen import frozen
from .journal import (
    Journal,
    Step,
    clear,
    digest,
    discard,
    is_done,
    known_areas,
    load,
    main_area,
)
from .places import Place, beyond_reach, cannot, locate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

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


def recover(lock: Lock) -> Recovery | None:
    """Finish or roll back what a killed run left; every run calls this first.

    Args:
        lock: the lock of the project.

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


class Settlement:
    """One attempt after the other to bring a run to its end; the first to read the journal fixes the outcome."""

    def __init__(self, disk: Disk, root: Path) -> None:
        self.outcome: Recovery | None = None
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
        if journal is None:
            self.outcome = self.outcome or Recovery("rolled back")
        else:
            self._settle(journal, areas)
        clear(self._disk, areas)
        if journal is not None and len(areas) > 1:  # only now are folders empty in which an area lay
            self._remove_emptied(journal)

    def _settle(self, journal: Journal, areas: list[Path]) -> None:
        number = len(journal.steps) - 1
        paths = tuple(step.path for step in journal.steps)
        if is_done(self._disk, areas, number, journal.steps[number]):
            self.outcome = Recovery("finished", paths)
            self._finish(journal, areas)
        else:
            left = self._roll_back(journal, areas)
            self.outcome = Recovery("rolled back", paths, left)
        discard(self._disk, self._root)

    def _finish(self, journal: Journal, areas: list[Path]) -> None:
        end = journal.steps[-1]
        if (
            end.kind == "delete"
        ):  # where it has come to, before where it has left: it tells that the run was done
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

    def _roll_back(self, journal: Journal, areas: list[Path]) -> tuple[str, ...]:
        left = []
        touched = set()
        for number in reversed(range(len(journal.steps))):
            step = journal.steps[number]
            if not is_done(self._disk, areas, number, step):
                continue
            place = self._find(step)
            if place is None or not self._undo(step, place, areas[step.area], number):
                left.append(step.path)
            else:
                touched.add(place.target.parent)
        self._remove_made(journal.folders)
        self._flush(touched)
        return tuple(left)

    def _undo(self, step: Step, place: Place, area: Path, number: int) -> bool:
        """Put one file back as it was; False when somebody has edited it since."""
        kept = area / f"{'gone' if step.kind == 'delete' else 'old'}-{number}"
        if step.kind != "create" and self._disk.look(kept, follow=False) is None:
            return True  # put back by an earlier attempt
        if step.kind == "delete":
            if place.data is not None or place.missing:
                return False
            self._disk.rename(kept, place.target)
            return True
        if place.data is None or digest(place.data) != step.after:
            return step.kind == "create" and place.data is None
        if step.kind == "create":
            self._disk.rename(place.target, area / f"new-{number}")
        else:
            self._disk.rename(kept, place.target)
        return True

    def _remove_made(self, folders: tuple[str, ...]) -> None:
        for folder in reversed(folders):
            path = self._root / folder
            if not beyond_reach(self._disk, self._root, self._disk.real(path)):
                self._disk.rmdir(path)

    def _flush(self, folders: Iterable[Path]) -> None:
        for folder in sorted(folders):
            if self._disk.look(folder) is not None:
                self._disk.fsync(folder)

    def _find(self, step: Step) -> Place | None:
        """Where a step's file is; None when somebody has put something else in its way since."""
        try:
            follow = step.kind != "delete"
            return locate(self._disk, self._root, step.path, follow=follow)
        except ProjectError:
            return None
