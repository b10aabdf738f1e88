"""What the doctor says: a line for each check, and below it the command that mends it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..report.page import Level, Line, Page, Part, Piece, Rows, Tone, line, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .surroundings import Finding, State

_TONES: dict[State, Tone] = {"ok": "good", "warning": "warning", "missing": "bad"}


def page(findings: Sequence[Finding], *, quiet: bool = False) -> Page:
    """The findings as a page; ``quiet``: only those that want something done."""
    shown = [finding for finding in findings if not quiet or finding.state != "ok"]
    rows = tuple(row for finding in shown for row in _rows(finding))
    counted = Counter(finding.state for finding in findings)
    summary = ", ".join(
        f"{counted[state]} {state}{'s' if state == 'warning' and counted[state] > 1 else ''}"
        for state in _TONES
        if counted[state]
    )
    table = (Part((Rows(rows, 0),), Level.QUIET),) if rows else ()
    return Page((*table, sentence(summary, "strong")))


def as_data(findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings as plain data: what ``--json`` prints."""
    return {"findings": [asdict(finding) for finding in findings]}


def _rows(finding: Finding) -> Iterator[Line]:
    tone = _TONES[finding.state]
    yield line(Piece(finding.state, tone), Piece(finding.name, "strong"), finding.what)
    if finding.fix:
        yield line("", "", Piece(finding.fix, "place"))
