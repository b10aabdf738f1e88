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
    listed = [finding for finding in findings if finding.state != "ok"] if quiet else findings
    rows = tuple(row for finding in listed for row in _rows(finding))
    table = (Part((Rows(rows, 0),), Level.QUIET),) if rows else ()
    return Page((*table, sentence(_summary(findings), "strong")))


def _summary(findings: Sequence[Finding]) -> str:
    """How many findings there are of each state: ``7 ok, 2 warnings, 1 missing``."""
    counts = Counter(finding.state for finding in findings)
    return ", ".join(_counted(counts[state], state) for state in _TONES if counts[state])


def _counted(count: int, state: str) -> str:
    plural = "s" if state == "warning" and count > 1 else ""
    return f"{count} {state}{plural}"


def as_data(findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings as plain data: what ``--json`` prints."""
    return {"findings": [asdict(finding) for finding in findings]}


def _rows(finding: Finding) -> Iterator[Line]:
    tone = _TONES[finding.state]
    yield line(Piece(finding.state, tone), Piece(finding.name, "strong"), finding.what)
    if finding.fix:
        yield line("", "", Piece(finding.fix, "place"))
