"""What every derivation needs at hand: answers, facts, the model book, and the notes taken on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..naming.words import pascal, plural
from ..spec.integration import Guess

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..answers import Answers
    from ..providers import ProviderFacts
    from .models.registry import ModelRegistry


@dataclass
class Context:
    """One derivation under way.

    Attributes:
        guesses: what was neither said nor known, in the order met.
        endpoints: each ``METHOD /path`` said or given away, with the place of the script that has it. Rule Y10.
        mappings: for each mapped model, the mapping of each script that has one, by the script's place.
        saved: the model that each sync saves, by the sync's name, once the syncs are derived.
        plurals: the plural of an entity as the answers spell it: ``persons`` where a sync or a list has that name.
        records: the model that a sync saves for an entity, so that actions on the entity speak of the same model.
    """

    answers: Answers
    facts: ProviderFacts
    book: ModelRegistry
    guesses: list[Guess] = field(default_factory=list)
    endpoints: dict[str, str] = field(default_factory=dict)
    mappings: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)
    saved: dict[str, str] = field(default_factory=dict)
    plurals: Mapping[str, str] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """The integration's name at the head of raw types. Rule T02."""
        return pascal(self.answers.integration)

    @property
    def provider_name(self) -> str:
        """The provider as people write it."""
        return self.facts.display_name or self.facts.key

    def many(self, entity: str) -> str:
        """Several of an entity, kebab-case: as the answers spell it, else the usual plural."""
        return self.plurals.get(entity) or plural(entity)

    def guess(self, answer: str, value: str, why: str) -> None:
        """Note something that was neither said nor known."""
        self.guesses.append(Guess(answer, value, why))

    def raw_name(self, model: str) -> str:
        """The raw type of a model: ``GithubPullRequestResponse``. Rules T02, T03, T07."""
        wanted = f"{model if model.startswith(self.prefix) else self.prefix + model}Response"
        return self.book.raw_name(wanted, f"model {model}")

    def body_name(self, action: str) -> str:
        """The raw type of an action's response body: ``GithubListUsersBody``."""
        return self.book.raw_name(f"{self.prefix}{pascal(action)}Body", f"action {action}")
