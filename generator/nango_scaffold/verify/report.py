"""What is said of a verdict: what compiled, or each error with its place."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..report.page import Level, Lines, Part, Piece, counted, line, titled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ..report.page import Line
    from .verdict import Fault, Kind, Script, Verdict

_KINDS: tuple[tuple[Kind, str, str], ...] = (
    ("sync", "sync", "syncs"),
    ("action", "action", "actions"),
    ("on-event", "event script", "event scripts"),
)
_MOST_SHOWN = 20


def parts(verdict: Verdict, integrations: Collection[str]) -> Iterator[Part]:
    """A verdict for people.

    Args:
        verdict: what came of it.
        integrations: those that the run wrote; errors of others are told apart.
    """
    if verdict.obstacle:
        lines = (line("  ", verdict.obstacle), line("  ", Piece(verdict.fix, "place")))
        yield titled("Not verified, for the nango CLI cannot be run:", Lines(lines), Level.QUIET, "warning")
        return
    own = [fault for fault in verdict.faults if fault.integration in integrations or not fault.integration]
    others = [fault for fault in verdict.faults if fault not in own]
    scripts = verdict.of(integrations)
    yield _success(verdict, scripts) if verdict.passes(integrations) else _failure(verdict, scripts, own)
    if others:
        yield titled("Errors in other integrations:", Lines(tuple(_faults(others))), Level.USUAL, "warning")


def _success(verdict: Verdict, scripts: Sequence[Script]) -> Part:
    title = f"Verified with nango {verdict.nango}: {_totals(scripts)} compiled."
    return Part((Lines((line(Piece(title, "good")), *_left(verdict))),))


def _failure(verdict: Verdict, scripts: Sequence[Script], faults: Sequence[Fault]) -> Part:
    unbuilt = [script for script in scripts if not script.built]
    title = f"Verified with nango {verdict.nango}: {_totals(unbuilt) or 'nothing'} did not compile."
    return titled(title, Lines(tuple(_faults(faults, verdict.last_words))), Level.QUIET, "bad")


def as_data(verdict: Verdict, integrations: Collection[str]) -> dict[str, Any]:
    """A verdict as plain data: what ``--json`` prints."""
    return {
        "passed": verdict.passes(integrations),
        "nango": verdict.nango or None,
        "obstacle": verdict.obstacle or None,
        "fix": verdict.fix or None,
        "scripts": list(map(asdict, verdict.of(integrations))),
        "errors": [{**asdict(fault), "integration": fault.integration or None} for fault in verdict.faults],
        "new_files": list(verdict.new_files),
    }


def _totals(scripts: Sequence[Script]) -> str:
    totals = Counter(script.kind for script in scripts)
    kinds = [kind for kind in _KINDS if totals[kind[0]]]
    return ", ".join(counted(totals[kind], singular, plural) for kind, singular, plural in kinds)


def _left(verdict: Verdict) -> Iterator[Line]:
    for path in verdict.new_files:
        yield line(f"  {path} is new; commit it, too")


def _faults(faults: Sequence[Fault], last_words: str = "") -> Iterator[Line]:
    for fault in faults[:_MOST_SHOWN]:
        yield line("  ", Piece(fault.place, "place"), f": {fault.what}")
    if len(faults) > _MOST_SHOWN:
        yield line(f"  and {len(faults) - _MOST_SHOWN} more")
    if not faults:
        yield line("  ", f"its last words: {last_words}" if last_words else "it did not say why")
