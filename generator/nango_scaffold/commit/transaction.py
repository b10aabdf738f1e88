"""Write a plan: stage everything, put it on record, swap it in, the shared nango.yaml last."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Literal, NoReturn

from ..errors import ProjectError, ScaffoldError
from ..frozen import frozen
from ..plan.paths import NANGO_YAML
from .journal import (
    Journal,
    Staged,
    Step,
    area_beside,
    digest,
    give_name,
    main_area,
    make_areas,
    record,
)
from .lock import uninterrupted
from .places import Folders, Place, cannot, changed_meanwhile, find, reason_of, survey
from .recovery import Recovery, Settlement, is_untouched

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

    The last file is the point of no return: what fails or is killed before it is in its place leaves the old tree,
    after it the new one. Whatever somebody saves meanwhile stays as saved, and the plan is taken back. Modes and,
    where permitted, owners of files that are replaced stay; so do links.

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
    # An entry of nango.yaml without its script gets an empty stub from the CLI; a script without an entry does nothing.
    changes = sorted(plan.changes, key=lambda change: change.path == last)
    try:
        places = survey(disk, root, changes)
        _check_no_leftovers(disk, root)
    except OSError as error:
        raise cannot("read", error) from error
    failure: BaseException | None = None
    with ExitStack() as shield:
        try:
            works, areas = _prepare(disk, root, changes, places)
            # Up to here there are only temporary files, and a signal may end the run at once.
            shield.enter_context(uninterrupted())
            _carry_out(disk, root, works, areas, changes)
        except BaseException as error:  # whatever it was, the tree has to be whole before it goes on
            failure = error
            shield.enter_context(uninterrupted())
        _conclude(disk, root, failure)


def _check_no_leftovers(disk: Disk, root: Path) -> None:
    if disk.look(main_area(root), follow=False) is not None:
        raise ProjectError(
            "an earlier run left temporary files.",
            where=str(main_area(root)),
            fix="Nothing was changed; run the command again, which recovers them first.",
        )


def _prepare(
    disk: Disk, root: Path, changes: Sequence[Change], places: list[Place]
) -> tuple[list[_Work], list[Path]]:
    """Stage everything in the areas, and see that the project is still as the plan has it."""
    beside: dict[Path, int] = {}  # area folders other than the main one, with their numbers
    device = _device(disk, root)
    works = [
        _Work(change, place, _area_number(disk, root, device, place, beside))
        for change, place in zip(changes, places, strict=True)
        if change.kind != "unchanged"
    ]
    areas = make_areas(disk, root, list(beside))
    staged = [
        _stage(disk, Staged(areas[work.area], number).new, work)
        for number, work in enumerate(works)
        if work.change.after is not None
    ]
    # Bytes before names: a name that outlives a power cut leads to all of its bytes.
    _sync(disk, staged)
    _sync(disk, areas)
    # Staging takes its time, and editors do not ask for the lock.
    if survey(disk, root, changes) != places:
        raise ProjectError(
            "a file was moved meanwhile.", where=str(root), fix="Nothing was changed; run again."
        )
    return works, areas


def _carry_out(
    disk: Disk, root: Path, works: Sequence[_Work], areas: Sequence[Path], changes: Sequence[Change]
) -> None:
    """Put the plan on record, and swap the files in."""
    folders = _folders(works)
    # From here on the project changes, so what undoes it comes first: the folders to make are in the journal, too.
    record(disk, root, Journal(tuple(_step(root, work) for work in works), folders))
    for folder in folders:
        disk.mkdir(root / folder)
    files = [Staged(areas[work.area], number) for number, work in enumerate(works)]
    *others, end = zip(works, files, strict=True)
    for work, staged in others:
        _swap(disk, root, work, staged)
    _flush(disk, root, folders, areas, works[:-1])
    # A step is done once its staged name has left; by then its target has to be on the medium.
    for work, staged in others:
        _leave(disk, work, staged)
    # Until here a save over any of them takes the plan back; behind the next line the run counts as done.
    _refuse_saved_over(disk, root, works[:-1], changes)
    _swap(disk, root, *end)
    _flush(disk, root, (), areas, works[-1:])
    _leave(disk, *end)


def _refuse_saved_over(disk: Disk, root: Path, works: Iterable[_Work], changes: Iterable[Change]) -> None:
    """Look once more before the point of no return: at what was swapped in, and at what the plan only read."""
    folders: Folders = {}
    for work in works:
        follows = work.place.link == 0
        if find(disk, root, work.change.path, follow=follows, folders=folders).data != work.change.after:
            raise changed_meanwhile(work.change.path)
    for change in changes:
        if change.kind != "unchanged":
            continue
        if find(disk, root, change.path, folders=folders).data != change.before:
            raise changed_meanwhile(change.path)


def _folders(works: Iterable[_Work]) -> tuple[str, ...]:
    """The folders to make, outermost first, each once though links may give it two names."""
    by_target: dict[Path, str] = {}
    for work in works:
        missing = work.place.missing
        for real, folder in zip(reversed(work.place.target.parents[: len(missing)]), missing, strict=True):
            by_target.setdefault(real, folder)
    return tuple(by_target.values())


def _area_number(disk: Disk, root: Path, device: int | None, place: Place, beside: dict[Path, int]) -> int:
    """The area a file is staged in: the main one (0), or one from which a rename reaches its target."""
    base = place.base
    # Of a project that is yet to be made, nothing can lie on another file system.
    here = device if base == root else _device(disk, base)
    if device is None or here is None or (here == device and not place.outside):
        return 0
    # Up to the highest folder of that file system in the project, so that all its targets share one area. Outside of
    # the project, nothing but the target's own folder is ours to use.
    while not place.outside and base.parent != root and _device(disk, base.parent) == here:
        base = base.parent
    return beside.setdefault(area_beside(root, base), len(beside) + 1)


def _device(disk: Disk, folder: Path) -> int | None:
    status = disk.look(folder)
    return None if status is None else status.st_dev


def _stage(disk: Disk, path: Path, work: _Work) -> Path:
    """Write what a file ends with, with the mode and the owner of what it replaces."""
    disk.write(path, work.change.after or b"")
    if work.place.data is not None:
        disk.dress(path, work.place.mode, work.place.owner)
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


def _step(root: Path, work: _Work) -> Step:
    before, after = work.change.before, work.change.after
    kind: Literal["create", "change", "delete"] = "change"
    if before is None or after is None:
        kind = "create" if before is None else "delete"
    before_digest = after_digest = ""
    if before is not None and not work.place.link:
        before_digest = digest(before)
    if after is not None:
        after_digest = digest(after)
    target = work.place.target
    # Where a link leads is written down: it may lead elsewhere by the time a killed run is recovered.
    far_target = "" if target == root / work.change.path else str(target)
    return Step(work.change.path, kind, work.area, before_digest, after_digest, far_target)


def _swap(disk: Disk, root: Path, work: _Work, staged: Staged) -> None:
    """Move away what stands at a target, put the new file in its place, and see that it was what was planned on.

    Editors do not ask for the lock, and no look is ever late enough. So nothing is replaced: the new file is put where
    nothing is, at once, and what was moved away is looked at afterwards.

    Raises:
        ProjectError: somebody has saved the file since.
    """
    change, place = work.change, work.place
    # Most saves are seen here, before anything is moved away and has to be put back.
    _refuse_changed(disk, root, work)
    if change.before is not None:
        try:
            disk.rename(place.target, staged.gone)
        except FileNotFoundError:
            raise changed_meanwhile(change.path) from None
    if change.after is not None:
        try:
            give_name(disk, staged.new, place.target)
        except FileExistsError:
            raise changed_meanwhile(change.path) from None
    if change.before is not None and not is_untouched(disk, staged.gone, change.before, place.link):
        raise changed_meanwhile(change.path)


def _refuse_changed(disk: Disk, root: Path, work: _Work) -> None:
    now, planned = find(disk, root, work.change.path, follow=work.change.after is not None), work.place
    # Not all of the place: an earlier step may have made its folder, and `base` and `missing` with it.
    is_same = now.target == planned.target and now.data == planned.data
    if not is_same or (now.mode, now.link) != (planned.mode, planned.link):
        raise changed_meanwhile(work.change.path)


def _leave(disk: Disk, work: _Work, staged: Staged) -> None:
    """Let a staged file be only where it belongs: from here on its step is done."""
    if work.change.after is not None:
        disk.unlink(staged.new)


def _flush(
    disk: Disk, root: Path, folders: Iterable[str], areas: Sequence[Path], works: Sequence[_Work]
) -> None:
    """Have all names that changed reach the medium, so that no later step can overtake them."""
    # First where files have come to, then where they have left: none may be lost in between.
    arrived = {areas[work.area] for work in works if work.change.before is not None}
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
    if settlement.overtaken:
        raise changed_meanwhile(settlement.overtaken)


def _unsettled(failure: BaseException) -> ProjectError:
    return ProjectError(
        f"the run stopped half-way ({reason_of(failure)}), and neither could it be finished nor rolled back.",
        fix="Fix the cause and run the command again: the next run recovers the project first.",
    )


def _report(outcome: Recovery | None, failure: BaseException) -> NoReturn:
    if not isinstance(failure, Exception):  # Ctrl-C stays Ctrl-C, whatever became of the files
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
