"""What every derivation needs at hand: answers, facts, the model book, and the notes taken on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..naming.words import pascal
from .spec import Guess

if TYPE_CHECKING:
    from ..answers import Answers
    from ..providers import ProviderFacts
    from .book import ModelBook


@dataclass
class Context:
    """One derivation under way.

    Attributes:
        guesses: what was neither said nor known, in the order met.
        endpoints: each ``METHOD /path`` already given away, with the script that has it. Rule Y10.
        mappings: for each mapped model, the mapping of each script that has one, by the script's place.
    """

    answers: Answers
    facts: ProviderFacts
    book: ModelBook
    guesses: list[Guess] = field(default_factory=list)
    endpoints: dict[str, str] = field(default_factory=dict)
    mappings: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """The integration's name at the head of raw types. Rule T02."""
        return pascal(self.answers.integration)

    def guess(self, answer: str, value: str, why: str) -> None:
        """Note something that was neither said nor known."""
        self.guesses.append(Guess(answer, value, why))

    def raw_name(self, model: str) -> str:
        """The raw type of a model: ``GithubPullRequestResponse``."""
        return f"{model if model.startswith(self.prefix) else self.prefix + model}Response"
