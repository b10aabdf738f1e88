"""What ``adopt`` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..plan import Plan
from .page import Level, Lines, Page, Piece, line, sentence, titled
from .plan import diffs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..adopt import Adoption
    from ..plan import Change
    from .page import Part

_DONE = {"create": "written", "change": "written", "unchanged": "is there already, and says the same"}


def adoption_as_data(adoption: Adoption, file: str | None, *, dry_run: bool) -> dict[str, Any]:
    """An adoption as plain data: what ``--json`` prints.

    Args:
        adoption: what was found.
        file: where the answers were written; None where they were not.
        dry_run: whether they only would be.
    """
    return {
        "dry_run": dry_run,
        "integration": adoption.integration,
        "provider": adoption.provider,
        "file": file,
        "answers": dict(adoption.answers),
        "unexpressed": [{"place": note.place, "reason": note.reason} for note in adoption.unexpressed],
    }


def adoption_page(adoption: Adoption, change: Change, *, dry_run: bool) -> Page:
    """What was written, what it does not say, and what can be done with it."""
    if dry_run:
        closing = sentence("Dry run: nothing was written.")
        return Page((diffs(Plan((change,))), unexpressed(adoption), closing))
    result = sentence(f"{change.path}: {_DONE[change.kind]}", "good")
    return Page((result, unexpressed(adoption), _next(adoption)))


def unexpressed(adoption: Adoption) -> Part:
    """What the answers do not say: a line for each reason, with its places."""
    if not adoption.unexpressed:
        return sentence(f"The answers describe {adoption.integration} completely.", "good")
    by_reason: dict[str, list[str]] = {}
    for note in adoption.unexpressed:
        by_reason.setdefault(note.reason, []).append(note.place)
    lines = tuple(text for reason, places in by_reason.items() for text in _group(reason, places))
    return titled("Could not be expressed; it stays as it is:", Lines(lines), Level.USUAL, "warning")


def _group(reason: str, places: list[str]) -> Iterator[tuple[Piece, ...]]:
    for place in places:
        yield line("  ", Piece(place, "strong"))
    yield line("      ", reason)


def _next(adoption: Adoption) -> Part:
    steps = [f"  nango-scaffold add {kind} {adoption.integration} NAME" for kind in ("sync", "action")]
    return titled("Next:", Lines(tuple(line(Piece(step, "place")) for step in steps)))
