"""What a report knows of a run besides its outcome: its integrations, its counts of files, its warnings."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..plan import words
from .page import Level, Lines, Page, Part, Piece, line, titled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..operations import Outcome
    from ..project import Advice, NangoProject


@frozen
class Integration:
    """One integration that a run writes.

    Attributes:
        name: its folder and key.
        provider: the provider's key; empty when it is not told.
        source: where the facts about the provider come from.
        syncs: the names of its syncs.
        actions: the names of its actions.
    """

    name: str
    provider: str = ""
    source: str = ""
    syncs: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()

    @property
    def script(self) -> str:
        """The script to try first; empty when none is told."""
        return next(iter((*self.syncs, *self.actions)), "")


@frozen
class Run:
    """A run of a command that writes integrations.

    Attributes:
        project: the project.
        integrations: what is written, in order.
        dry: whether nothing is written.
        tools: those of `next_steps.TOOLS` that the project has.
        seconds: how long each step took, by its name.
        remarks: what is to be said of the project as it is now.
    """

    project: NangoProject
    integrations: tuple[Integration, ...]
    dry: bool = False
    tools: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    remarks: tuple[Advice, ...] = ()


# The word of the tree; what it is called when it is counted, and before it is done.
_COUNTED = (
    ("create", "created", "to create"),
    ("change", "changed", "to change"),
    ("merged", "merged", "to merge"),
    ("kept", "kept", "kept"),
    ("conflict", "conflicts", "conflicts"),
    ("delete", "deleted", "to delete"),
    ("unchanged", "unchanged", "unchanged"),
)


def counts(outcome: Outcome) -> dict[str, int]:
    """How many files there are of each kind, and among the conflicts the values of nango.yaml that are in one."""
    by_kind = count(words(outcome.plan).values())
    by_kind["conflicts"] += sum(difference.why == "conflict" for difference in outcome.differences)
    return by_kind


def count(file_words: Iterable[str]) -> dict[str, int]:
    """How many of some words of the tree there are of each kind, all kinds named."""
    by_word = Counter(word.partition(":")[0] for word in file_words)
    return {kind: by_word[word] for word, kind, _ in _COUNTED}


def in_words(by_kind: Mapping[str, int], *, dry: bool = False) -> str:
    """Counts as a line: ``12 created, 1 conflict``; ``dry``: before it is done."""
    return ", ".join(
        f"{by_kind[kind]} {_one(future if dry else kind) if by_kind[kind] == 1 else future if dry else kind}"
        for _, kind, future in _COUNTED
        if by_kind[kind]
    )


def _one(kind: str) -> str:
    return kind.removesuffix("s")


def warnings_page(advice: Iterable[Advice]) -> Page:
    """Warnings by themselves; an empty page for none."""
    return Page(tuple(warning_parts(advice)))


def warning_parts(advice: Iterable[Advice]) -> Iterator[Part]:
    """Each warning with what to do below it."""
    lines = [
        row for each in advice for row in (line(f"  {each.what}"), line("    ", Piece(each.fix, "place")))
    ]
    if lines:
        yield titled("About this project:", Lines(tuple(lines)), Level.USUAL, "warning")


def warnings_as_data(advice: Iterable[Advice]) -> list[dict[str, Any]]:
    """Warnings as plain data: what ``--json`` prints."""
    return [{"what": each.what, "fix": each.fix} for each in advice]
