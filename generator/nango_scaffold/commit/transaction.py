"""Write a plan: stage everything, put it on record, swap it in by renames, the shared nango.yaml last."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from ..errors import ProjectError, ScaffoldError
from ..frozen import frozen
from ..plan.paths import NANGO_YAML
from .journal import Journal, Step, area_beside, digest, main_area, make_areas, record
from .places import Place, cannot, reason_of, survey
from .recovery import Recovery, Settlement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ..plan.changes import Change, Plan
    from .disk import Disk
    from .lock import Lock


_MANY = 50  # files or folders from which on it pays to wait for several at once
_AT_ONCE = 8


class WrittenError(ProjectError):
    """Everything was written, but something went wrong after that."""


@frozen
class _Work:
    """One file to write: what the plan says, where it lies, and the number of its area."""

    change: Change
    place: Place
    area: int


def apply(lock: Lock, plan: Plan, *, last: str = NANGO_YAML) -> None:
    """Write a plan, all of it or nothing.

    The last rename is the point of no return: what fails or is killed before it leaves the old tree, after it the
    new one. Modes and, where permitted, owners of files that are replaced stay; so do links.

    Args:
        lock: the lock of the project, on which :func:`recover` was called.
        plan: made from what is on disk; files with no change are compared too.
        last: the path that is written after all others.

    Raises:
        ProjectError: the disk is not as the plan has it, or refused; nothing was changed.
        WrittenError: everything was written, but cleaning up or flushing failed.
        KeyboardInterrupt: pressed before the end; the tree is whole, old or new.
    """
    if plan.is_empty:
        return
    disk, root = lock.disk, lock.project
    changes = sorted(plan.changes, key=lambda change: change.path == last)
    try:
        places = survey(disk, root, changes)
        _check_no_leftovers(disk, root)
    except OSError as error:
        raise cannot("read", error) from error
    failure: BaseException | None = None
    try:
        _write(disk, root, changes, places)
    except BaseException as error:  # whatever it was, the tree has to be whole before it goes on
        failure = error
    _conclude(disk, root, failure)


def _check_no_leftovers(disk: Disk, root: Path) -> None:
    if disk.look(main_area(root), follow=False) is not None:
        raise ProjectError(
            "an earlier run left temporary files.",
            where=str(main_area(root)),
            fix="Nothing was changed; run the command again, which recovers them first.",
        )


def _write(disk: Disk, root: Path, changes: Sequence[Change], places: list[Place]) -> None:
    beside: dict[Path, int] = {}  # area folders other than the main one, with their numbers
    works = [
        _Work(change, place, _area_number(disk, root, place, beside))
        for change, place in zip(changes, places, strict=True)
        if change.kind != "unchanged"
    ]
    areas = make_areas(disk, root, list(beside))
    staged = [
        path
        for number, work in enumerate(works)
        for path in _stage(disk, areas[work.area], number, work, copy_old=number < len(works) - 1)
    ]
    _sync(disk, staged)
    _sync(disk, areas)
    if survey(disk, root, changes) != places:  # staging takes its time, and editors do not ask for the lock
        raise ProjectError(
            "a file was moved meanwhile.", where=str(root), fix="Nothing was changed; run again."
        )
    folders = _folders(works)
    record(disk, root, Journal(tuple(_step(work) for work in works), folders))
    for folder in folders:
        disk.mkdir(root / folder)
    *others, end = enumerate(works)
    for number, work in others:
        _swap(disk, areas[work.area], number, work)
    _flush(disk, root, folders, areas, [work for _, work in others])
    _swap(disk, areas[end[1].area], *end)


def _folders(works: Iterable[_Work]) -> tuple[str, ...]:
    """The folders to make, outermost first, each once though links may give it two names."""
    by_target: dict[Path, str] = {}
    for work in works:
        missing = work.place.missing
        for real, folder in zip(reversed(work.place.target.parents[: len(missing)]), missing, strict=True):
            by_target.setdefault(real, folder)
    return tuple(by_target.values())


def _area_number(disk: Disk, root: Path, place: Place, beside: dict[Path, int]) -> int:
    """The area a file is staged in: the main one (0), or one from which a rename reaches its target."""
    home = disk.look(root)
    base, here = place.base, disk.look(place.base)
    if home is None or here is None or (here.st_dev == home.st_dev and not place.outside):
        return 0
    while not place.outside and base.parent != root and _device(disk, base.parent) == here.st_dev:
        base = base.parent
    return beside.setdefault(area_beside(root, base), len(beside) + 1)


def _device(disk: Disk, folder: Path) -> int | None:
    status = disk.look(folder)
    return None if status is None else status.st_dev


def _stage(disk: Disk, area: Path, number: int, work: _Work, *, copy_old: bool) -> list[Path]:
    """Write the files of one step into its area, and tell which they are."""
    change = work.change
    staged: list[Path] = []
    if change.after is not None:
        staged.append(_put(disk, area / f"new-{number}", change.after, work.place))
    if change.kind == "change" and copy_old:  # the last step is never undone
        staged.append(_put(disk, area / f"old-{number}", change.before or b"", work.place))
    return staged


def _put(disk: Disk, path: Path, data: bytes, place: Place) -> Path:
    disk.write(path, data)
    if place.data is not None:
        disk.dress(path, place.mode, place.owner)
    return path


def _sync(disk: Disk, paths: Sequence[Path]) -> None:
    """Have files, or the names in folders, reach the medium, in any order; many at once, as each only waits for it."""
    if len(paths) < _MANY:
        for path in paths:
            disk.fsync(path)
        return
    from concurrent.futures import ThreadPoolExecutor  # only a batch needs it, and it takes 5 ms

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(disk.fsync, paths):
            pass  # the first that fails is raised here, once none is under way any more


def _step(work: _Work) -> Step:
    change = work.change
    if change.after is None:
        return Step(change.path, "delete", work.area, "")
    return Step(change.path, "create" if change.before is None else "change", work.area, digest(change.after))


def _swap(disk: Disk, area: Path, number: int, work: _Work) -> None:
    if work.change.after is None:
        disk.rename(work.place.target, area / f"gone-{number}")
    else:
        disk.rename(area / f"new-{number}", work.place.target)


def _flush(
    disk: Disk, root: Path, folders: Iterable[str], areas: Sequence[Path], works: Sequence[_Work]
) -> None:
    """Have all names that changed reach the medium, so that the last rename cannot overtake another."""
    # First where deleted files have come to, then where they have left: none may be lost in between.
    arrived = {areas[work.area] for work in works if work.change.after is None}
    touched = {(root / folder).parent for folder in folders} | {work.place.target.parent for work in works}
    _sync(disk, sorted(arrived))
    _sync(disk, sorted(touched))


def _conclude(disk: Disk, root: Path, failure: BaseException | None) -> None:
    """Finish or roll back, and say which it was where something failed."""
    settlement = Settlement(disk, root)
    try:
        settlement.run()
    except BaseException as error:
        failure = failure or error
        try:
            settlement.run()  # once more: most failures are single, and nothing should be left to the next run
        except OSError as again:
            raise _unsettled(failure) from again
    if failure is not None:
        _report(settlement.outcome, failure)


def _unsettled(failure: BaseException) -> ProjectError:
    return ProjectError(
        f"the run stopped half-way ({reason_of(failure)}), and neither could it be finished nor rolled back.",
        fix="Mend the cause and run the command again: the next run recovers the project first.",
    )


def _report(outcome: Recovery | None, failure: BaseException) -> NoReturn:
    if not isinstance(failure, Exception):
        raise failure
    if outcome is not None and outcome.outcome == "finished":
        raise WrittenError(
            f"everything was written, but something failed after that: {reason_of(failure)}.",
            fix="Run the command again to see that nothing is left to do.",
        ) from failure
    if isinstance(failure, ScaffoldError):
        raise failure
    if isinstance(failure, OSError):
        raise cannot("write", failure) from failure
    raise ProjectError(
        f"stopped by {type(failure).__name__}: {failure}.", fix="Nothing was changed."
    ) from failure
