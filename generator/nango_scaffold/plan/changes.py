"""The plan: what happens to each file, and which files stay because the user has made them their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..frozen import frozen
from .merging import KEEP, Merging, has_marks, like, with_line_feeds
from .paths import check_path, check_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind = Literal["create", "change", "delete", "unchanged"]


@frozen
class Change:
    """One file of the plan.

    Attributes:
        path: posix, relative to the project; it passed :func:`check_path`.
        before: the bytes the plan was made against; None when the file is not there.
        after: the bytes it ends with; None when the file goes.
    """

    path: str
    before: bytes | None
    after: bytes | None

    def __post_init__(self) -> None:
        check_path(self.path)

    @property
    def kind(self) -> Kind:
        """What happens to the file."""
        if self.before == self.after:
            return "unchanged"
        if self.before is None:
            return "create"
        return "delete" if self.after is None else "change"


@frozen
class Kept:
    """A file we would have written differently, but that stays as the user has it.

    Attributes:
        path: posix, relative to the project.
        why: one clause for the report, such as ``edited since it was written``.
        news: False when this run renders what the last one did, so the user misses nothing by keeping theirs.
        dropped: whether it would have gone, rather than been written.
    """

    path: str
    why: str
    news: bool = True
    dropped: bool = False

    def __post_init__(self) -> None:
        check_path(self.path)


@frozen
class Merged:
    """An edited file into which this run merges something new; its change is among the plan's.

    Attributes:
        path: posix, relative to the project.
        conflicts: in how many places both sides changed the same lines; they are marked the way git does it.
    """

    path: str
    conflicts: int = 0

    def __post_init__(self) -> None:
        check_path(self.path)


@frozen
class Plan:
    """Everything a run would do, in the order it is shown.

    Raises:
        AnswersError: two changes name one file (also where case is ignored), or one lies below another.
    """

    changes: tuple[Change, ...]
    kept: tuple[Kept, ...] = ()
    merged: tuple[Merged, ...] = ()

    def __post_init__(self) -> None:
        check_paths(change.path for change in self.changes)

    @property
    def is_empty(self) -> bool:
        """Whether the run would write nothing."""
        return all(change.kind == "unchanged" for change in self.changes)

    @property
    def has_conflicts(self) -> bool:
        """Whether something new could not be brought in, or not without marks."""
        return any(file.news for file in self.kept) or any(merged.conflicts for merged in self.merged)

    def paths(self, kind: Kind) -> tuple[str, ...]:
        """The paths of one kind, in order."""
        return tuple(change.path for change in self.changes if change.kind == kind)

    def plus(self, changes: Iterable[Change] = (), kept: Iterable[Kept] = ()) -> Plan:
        """This plan with more in it, such as the spliced nango.yaml."""
        return Plan((*self.changes, *changes), (*self.kept, *kept), self.merged)


def decide(
    rendered: Mapping[str, bytes],
    on_disk: Mapping[str, bytes | None],
    last_written: Mapping[str, bytes],
    merging: Merging = KEEP,
) -> Plan:
    """Set rendered files against the project, so that the user's edits win.

    Args:
        rendered: every file this run would have, by path.
        on_disk: what is there now, for every path of the other two; None or no key: no such file.
        last_written: what we wrote the last time, by path; empty on the first run.
        merging: what becomes of edited files that now would be written differently.

    Returns:
        The plan, by path. A file as we last wrote it, in whatever line ends, is replaced, or deleted when it is
        rendered no more; one that was edited is merged where there is something new, or kept; one that was deleted
        or never ours stays as it is.

    Raises:
        AnswersError: a path leaves the project, or two paths cannot stand in one tree.
    """
    verdicts = [
        verdict
        for path in sorted({*rendered, *last_written})
        for verdict in _verdicts(path, rendered.get(path), on_disk.get(path), last_written.get(path), merging)
    ]
    return Plan(
        tuple(verdict for verdict in verdicts if isinstance(verdict, Change)),
        tuple(verdict for verdict in verdicts if isinstance(verdict, Kept)),
        tuple(verdict for verdict in verdicts if isinstance(verdict, Merged)),
    )


def _verdicts(
    path: str, new: bytes | None, now: bytes | None, last: bytes | None, merging: Merging
) -> tuple[Change | Kept | Merged, ...]:
    text = None if now is None else with_line_feeds(now)
    # Asked first: who has made the same change by hand, or merged it already, has edited nothing.
    if text == new:
        if now is None:
            return ()  # a file the user deleted, which is rendered no more
        return (Change(path, now, now),)
    # As we left it; or neither there nor ever ours, where both are None.
    if text == last:
        after = None if new is None else like(now, new)
        return (Change(path, now, after),)
    if now is None:
        return (Kept(path, "deleted since it was written", news=new != last),)
    # Without a merge base there is nothing to tell the user's lines from ours.
    if last is None:
        return (Kept(path, "was there before and is not ours"),)
    return _edited(path, new, now, last, merging)


def _edited(
    path: str, new: bytes | None, now: bytes, last: bytes, merging: Merging
) -> tuple[Change | Kept | Merged, ...]:
    if new is None:
        why = "edited since it was written, though no longer part of the integration"
        return (Kept(path, why, dropped=True),)
    # A merge into an open conflict would put marks within marks. What we wrote may itself hold lines like marks.
    if has_marks(now) and not has_marks(last):
        return (Kept(path, "still contains conflicts; resolve what is between <<<<<<< and >>>>>>>"),)
    if new == last:
        return (Kept(path, "edited since it was written", news=False),)
    merge = merging.merge(last, now, new)
    if merge is None:
        return (Kept(path, "edited since it was written"),)
    if merge.conflicts and not merging.marks:
        return (Kept(path, "edited since it was written, where it would now be written differently"),)
    change = Change(path, now, merge.text)
    return (change,) if change.kind == "unchanged" else (change, Merged(path, merge.conflicts))
