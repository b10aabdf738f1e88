"""What there is to say beside the tree: what stays as the user has it, what was guessed, how pages are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .data import or_none
from .page import Level, Lines, Page, Part, Piece, Rows, line, plain, sentence, titled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..nango_yaml import Difference
    from ..operations import Outcome
    from ..spec.integration import Guess

_WHY = {"edited": "edited by you", "deleted": "deleted by you", "used": "still used by another entry"}


def remarks(outcome: Outcome, *, guesses: bool = True) -> Iterator[str]:
    """The remarks as text, each with a blank line before it."""
    level = Level.USUAL if guesses else None
    return (f"\n{plain(Page((part,)))}" for part in remark_parts(outcome, guesses=level))


def remark_parts(outcome: Outcome, *, guesses: Level | None = Level.USUAL) -> Iterator[Part]:
    """Conflicts, what stays as the user has it, and, from the level ``guesses`` on, what was guessed."""
    if marked := [found.path for found in outcome.plan.merged if found.conflicts]:
        rows = tuple(line(Piece(path, "strong")) for path in marked)
        title = "Conflicts between your edits and what is new; look for <<<<<<< and >>>>>>> in:"
        yield titled(title, Rows(rows), Level.QUIET, "bad")
    if news := [kept for kept in outcome.plan.kept if kept.news]:
        rows = tuple(line(Piece(kept.path, "strong"), kept.why) for kept in news)
        yield titled(
            "Kept as you have it, though there is something new:", Rows(rows), Level.QUIET, "warning"
        )
    against = [found for found in outcome.differences if found.why == "conflict"]
    if against:
        yield titled(
            "Kept in nango.yaml as you have it, though there is something new:",
            _differences(against),
            Level.QUIET,
            "warning",
        )
    if others := [found for found in outcome.differences if found.why != "conflict"]:
        yield titled("Kept in nango.yaml as you have it:", _differences(others))
    for advice in outcome.advice:
        yield sentence(advice, "warning")
    if guesses is not None:
        yield from _guess_parts(outcome, guesses)


def _guess_parts(outcome: Outcome, level: Level) -> Iterator[Part]:
    for integration, found in outcome.guesses.items():
        if found:
            title = f"Guessed for {integration}; set the answer on the left to confirm or change it:"
            yield titled(title, _guesses(found), level)


def pagination_parts(outcome: Outcome, level: Level) -> Iterator[Part]:
    """How each script that reads pages does so, and why."""
    for integration, reasons in outcome.paginations.items():
        if reasons:
            said = tuple(line(f"  pagination of {script}: {reason}") for script, reason in reasons.items())
            yield titled(f"How {integration} reads pages:", Lines(said), level)


def _differences(found: Iterable[Difference]) -> Lines:
    return Lines(
        tuple(line("  ", Piece(".".join(one.path), "strong"), f": {_difference(one)}") for one in found)
    )


def _difference(found: Difference) -> str:
    if found.why == "conflict":
        return f"{or_none(found.theirs)!r}, though it would now be {or_none(found.ours)!r}"
    return _WHY.get(found.why, found.why)


def _guesses(found: Iterable[Guess]) -> Rows:
    """A line for each guess; one for all scripts that share it."""
    shared: dict[tuple[str, str], list[str]] = {}
    for guess in found:
        shared.setdefault((guess.value, guess.why), []).append(guess.answer)
    return Rows(
        tuple(
            line(Piece(_places(answers), "place"), value, Piece(f"({why})", "quiet"))
            for (value, why), answers in shared.items()
        ),
        aligned=1,
    )


def _places(answers: list[str]) -> str:
    """The answers of a guess: all that differ in their index alone become ``syncs[*]``."""
    patterns = dict.fromkeys(
        re.sub(r"\[\d+\]", "[*]", answer) if len(answers) > 1 else answer for answer in answers
    )
    return ", ".join(patterns)
