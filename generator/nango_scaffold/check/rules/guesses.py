"""Guesses in integrations that nango-scaffold wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ..entries import span_of
from ..rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...operations.open_guesses import OpenGuess
    from ...typescript.syntax import Span
    from ..finding import Finding, Level
    from ..tree import Tree

_SHORTEST = 3  # of a value that is looked for in a script: shorter ones stand anywhere


class GuessesAreSettled(Rule):
    """Every guess is confirmed or corrected by an answer.

    A path, a list's place in the response, a model's fields: code that rests on a guess looks as finished as any
    other. Set the answer that the note names, to the guessed value or the right one, and run ``nango-scaffold new``
    again; ``nango-scaffold guesses`` lists them all.
    """

    id = "G01"
    level: ClassVar[Level] = "note"

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for guess in tree.guesses:
            message = f"Guessed: {guess.value or 'nothing'} ({guess.why}); set the answer {guess.answer} to confirm or change it."
            path = guess.path.partition("/")[2]  # below the folder of nango.yaml
            script = tree.script(path)
            if script is not None:
                yield self.finding(script, _span(guess, script.text), message)
            elif tree.document is not None:
                yield self.finding(tree.yaml, _place(guess, tree), message)


def _span(guess: OpenGuess, text: str) -> Span:
    """Where the value stands in a script, if it does so once; else the script as a whole."""
    word = guess.value.strip("'\"")
    start = text.find(word) if len(word) >= _SHORTEST and text.count(word) == 1 else -1
    return (start, start + len(word)) if start >= 0 else (0, 0)


def _place(guess: OpenGuess, tree: Tree) -> Span:
    """The model in nango.yaml, else the integration."""
    assert tree.document is not None
    section, _, name = guess.answer.partition(".")
    model = name.partition(".")[0]
    if section == "models" and tree.document.pair("models", model):
        return span_of(tree.document, "models", model)
    return span_of(tree.document, "integrations", guess.integration)
