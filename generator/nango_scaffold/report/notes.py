"""What there is to say beside the tree: what stays as the user has it, what was guessed, how pages are read."""

from __future__ import annotations

import re
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from .page import Level, Lines, Page, Part, Piece, Rows, line, plain, sentence, titled
from .run import or_none

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..nango_yaml import Difference
    from ..operations import Outcome
    from ..operations.open_guesses import OpenGuess
    from ..plan import Plan
    from ..spec.integration import Guess
    from .page import Line

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
    """The sources of values that no answer sets, where the resource of the script is a known one."""
    for integration, known in outcome.known_resources.items():
        title = f"Taken for {integration} from what is known of these resources:"
        rows = (_guess_line(each.answer, f"{each.name}, {each.docs}", each.checked) for each in known)
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
    pairs = ((".".join(each.path), _difference(each)) for each in differences)
    return Lines(tuple(line("  ", Piece(path, "strong"), f": {text}") for path, text in pairs))


def _difference(difference: Difference) -> str:
    if difference.why == "conflict":
        return f"{or_none(difference.theirs)!r}, though it would now be {or_none(difference.ours)!r}"
    return _WHY.get(difference.why, difference.why)


def _guesses(guesses: Iterable[Guess]) -> Rows:
    """A line for each guess; one for all scripts that share it."""
    shared: dict[tuple[str, str], list[str]] = {}
    for guess in guesses:
        shared.setdefault((guess.value, guess.why), []).append(guess.answer)
    rows = (_guess_line(_places(answers), value, why) for (value, why), answers in shared.items())
    return Rows(tuple(rows), aligned=1)


def _guess_line(answer: str, value: str, why: str) -> Line:
    return line(Piece(answer, "place"), value, Piece(f"({why})", "quiet"))


def _places(answers: list[str]) -> str:
    """The answers of a guess: all that differ in their index alone become ``syncs[*]``."""
    # A guess on one script names that one.
    if len(answers) == 1:
        return answers[0]
    patterns = [re.sub(r"\[\d+\]", "[*]", answer) for answer in answers]
    return ", ".join(dict.fromkeys(patterns))


# What ``guesses`` says.


def guesses_as_data(guesses: Sequence[OpenGuess]) -> dict[str, Any]:
    """The guesses as plain data: what ``--json`` prints."""
    return {"guesses": [asdict(guess) for guess in guesses], "count": len(guesses)}


def guesses_page(guesses: Sequence[OpenGuess]) -> Page:
    """The guesses, file by file, each with the answer to set."""
    return Page(tuple(_open_guess_parts(guesses)))


def _open_guess_parts(guesses: Sequence[OpenGuess]) -> Iterator[Part]:
    if not guesses:
        yield sentence("Nothing is guessed: every value is set or known.", "good")
        return
    for (integration, path), some in groupby(guesses, key=lambda guess: (guess.integration, guess.path)):
        rows = tuple(_guess_line(guess.answer, guess.value, guess.why) for guess in some)
        yield titled(f"Guessed for {integration}, in {path}:", Rows(rows, aligned=1))
    yield sentence(
        "Set the answer on the left to confirm or change the value, and run `nango-scaffold new` again "
        "(`nango-scaffold answers NAME` prints the current answers)."
    )
