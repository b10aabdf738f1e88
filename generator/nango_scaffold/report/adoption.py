"""What ``adopt`` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..plan import unified_diff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..adopt import Adoption
    from ..plan import Change


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


def adopted(adoption: Adoption, change: Change, *, dry_run: bool) -> str:
    """What was written, what it does not say, and what can be done with it."""
    lines = [unified_diff(change)] if dry_run else [f"{change.path}: {_DONE[change.kind]}\n"]
    lines += unexpressed(adoption)
    lines += ["\nDry run: nothing was written.\n"] if dry_run else _next(adoption)
    return "".join(lines)


_DONE = {"create": "written", "change": "written", "unchanged": "is there already, and says the same"}


def unexpressed(adoption: Adoption) -> Iterator[str]:
    """What the answers do not say: a line for each reason, with its places."""
    if not adoption.unexpressed:
        yield f"\nThe answers describe {adoption.integration} completely.\n"
        return
    yield "\nCould not be expressed; it stays as it is:\n"
    by_reason: dict[str, list[str]] = {}
    for note in adoption.unexpressed:
        by_reason.setdefault(note.reason, []).append(note.place)
    for reason, places in by_reason.items():
        yield from (f"  {place}\n" for place in places[:-1])
        yield f"  {places[-1]}\n      {reason}\n"


def _next(adoption: Adoption) -> list[str]:
    return [
        "\nNext:\n",
        f"  nango-scaffold add sync {adoption.integration} NAME\n",
        f"  nango-scaffold add action {adoption.integration} NAME\n",
    ]
