"""What ``guesses`` says."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from .page import Page, Piece, Rows, line, sentence, titled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..operations.open_guesses import OpenGuess
    from .page import Part


def guesses_as_data(guesses: Sequence[OpenGuess]) -> dict[str, Any]:
    """The guesses as plain data: what ``--json`` prints."""
    return {"guesses": [asdict(guess) for guess in guesses], "count": len(guesses)}


def guesses_page(guesses: Sequence[OpenGuess]) -> Page:
    """The guesses, file by file, each with the answer to set."""
    return Page(tuple(_parts(guesses)))


def _parts(guesses: Sequence[OpenGuess]) -> Iterator[Part]:
    if not guesses:
        yield sentence("Nothing is guessed: every value is set or known.", "good")
        return
    for (integration, path), some in groupby(guesses, key=lambda guess: (guess.integration, guess.path)):
        rows = tuple(
            line(Piece(guess.answer, "place"), guess.value, Piece(f"({guess.why})", "quiet"))
            for guess in some
        )
        yield titled(f"Guessed for {integration}, in {path}:", Rows(rows, aligned=1))
    yield sentence(
        "Set the answer on the left to confirm or change the value, and run `nango-scaffold new` again "
        "(`nango-scaffold answers NAME` prints the current answers)."
    )
