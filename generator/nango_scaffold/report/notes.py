"""What there is to say beside the tree: what stays as the user has it, what was guessed, how pages are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .data import or_none
from .page import Level, Lines, Page, Part, Piece, Rows, line, plain, sentence, titled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..nango_yaml import Difference
    from ..operations import Outcome
    from ..plan import Plan
    from ..spec.integration import Guess

_WHY = {"edited": "edited by you", "deleted": "deleted by you", "used": "still used by another entry"}


def remarks(outcome: Outcome, *, guesses: bool = True) -> Iterator[str]:
    """The remarks as text, each with a blank line before it."""
    level = Level.USUAL if guesses else None
    return (f"\n{plain(Page((part,)))}" for part in remark_parts(outcome, guesses=level))


def remark_parts(outcome: Outcome, *, guesses: Level | None = Level.USUAL) -> Iterator[Part]:
    """Conflicts, what stays as the user has it, and, from the level ``guesses`` on, what was guessed."""
    yield from _file_parts(outcome.plan)
    yield from _entry_parts(outcome.differences)
    for advice in outcome.advice:
        yield sentence(advice, "warning")
    if guesses is not None:
        yield from _known_parts(outcome, guesses)
        yield from _guess_parts(outcome, guesses)


def _file_parts(plan: Plan) -> Iterator[Part]:
    """The files with conflict markers, and those that stay though there is something new."""
    marked = [line(Piece(file.path, "strong")) for file in plan.merged if file.conflicts]
    if marked:
        title = "Conflicts between your edits and what is new; look for <<<<<<< and >>>>>>> in:"
        yield titled(title, Rows(tuple(marked)), Level.QUIET, "bad")
    outdated = [line(Piece(file.path, "strong"), file.why) for file in plan.kept if file.news]
    if outdated:
        title = "Kept as you have it, though there is something new:"
        yield titled(title, Rows(tuple(outdated)), Level.QUIET, "warning")


def _entry_parts(differences: Sequence[Difference]) -> Iterator[Part]:
    """The values of nango.yaml that stay: those in a conflict first."""
    conflicts = [difference for difference in differences if difference.why == "conflict"]
    if conflicts:
        title = "Kept in nango.yaml as you have it, though there is something new:"
        yield titled(title, _differences(conflicts), Level.QUIET, "warning")
    others = [difference for difference in differences if difference.why != "conflict"]
    if others:
        yield titled("Kept in nango.yaml as you have it:", _differences(others))


def _known_parts(outcome: Outcome, level: Level) -> Iterator[Part]:
    """Where what nobody has said of a script comes from, if its resource is a known one."""
    for integration, known in outcome.known_resources.items():
        title = f"Taken for {integration} from what is known of these resources:"
        rows = (
            line(
                Piece(each.answer, "place"), f"{each.name}, {each.docs}", Piece(f"({each.checked})", "quiet")
            )
            for each in known
        )
        if known:
            yield titled(title, Rows(tuple(rows), aligned=1), level)


def _guess_parts(outcome: Outcome, level: Level) -> Iterator[Part]:
    for integration, guesses in outcome.guesses.items():
        if guesses:
            title = f"Guessed for {integration}; set the answer on the left to confirm or change it:"
            yield titled(title, _guesses(guesses), level)


def pagination_parts(outcome: Outcome, level: Level) -> Iterator[Part]:
    """How each script that reads pages does so, and why."""
    for integration, reasons in outcome.paginations.items():
        if reasons:
            lines = tuple(line(f"  pagination of {script}: {reason}") for script, reason in reasons.items())
            yield titled(f"How {integration} reads pages:", Lines(lines), level)


def _differences(differences: Iterable[Difference]) -> Lines:
    return Lines(
        tuple(
            line("  ", Piece(".".join(difference.path), "strong"), f": {_difference(difference)}")
            for difference in differences
        )
    )


def _difference(difference: Difference) -> str:
    if difference.why == "conflict":
        return f"{or_none(difference.theirs)!r}, though it would now be {or_none(difference.ours)!r}"
    return _WHY.get(difference.why, difference.why)


def _guesses(guesses: Iterable[Guess]) -> Rows:
    """A line for each guess; one for all scripts that share it."""
    shared: dict[tuple[str, str], list[str]] = {}
    for guess in guesses:
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
