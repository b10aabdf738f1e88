"""What every derivation needs at hand: answers, facts, the model registry, and the guesses noted on the way."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..naming.resources import entity_in, plural_resource, synced_resource
from ..naming.verbs import read_verb, without_fetching
from ..naming.words import pascal, plural, singular
from ..spec.integration import Guess

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..answers import Answers
    from ..providers import ProviderFacts
    from ..spec.paths import Path
    from .models.registry import ModelData, ModelRegistry


@frozen
class Context:
    """The state of one derivation.

    Attributes:
        guesses: values that neither the answers nor the facts determine, in the order met.
        endpoints: each ``METHOD /path`` in use, with the place of the script that has it. Rule Y10.
        mappings: for each mapped model, the mapping of each script that has one, by the script's place.
        reads: the paths that scripts read of the raw records of a model, beside its mapper.
        saved: the model that each sync saves, by the sync's name, once the syncs are derived.
        plurals: the plural of an entity as the answers spell it: ``persons`` where a sync or a list has that name.
        known_pages: the places of the scripts whose pagination is that of a known resource.
        records: the model that a sync saves for an entity, so that actions on the entity use the same model.
    """

    answers: Answers
    facts: ProviderFacts
    models: ModelRegistry
    guesses: list[Guess] = field(default_factory=list)
    endpoints: dict[str, str] = field(default_factory=dict)
    mappings: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    reads: dict[str, list[Path]] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)
    saved: dict[str, str] = field(default_factory=dict)
    plurals: Mapping[str, str] = field(default_factory=dict)
    known_pages: frozenset[str] = frozenset()

    @property
    def prefix(self) -> str:
        """The integration's name at the head of raw types. Rule T02."""
        return pascal(self.answers.integration)

    @property
    def provider_name(self) -> str:
        """The provider as people write it."""
        return self.facts.display_name or self.facts.key

    def entity(self, name: str) -> str:
        """The resource that a name is about: singular, kebab-case, without the provider's name."""
        return entity_in(name, self.answers.integration)

    def many(self, entity: str) -> str:
        """The plural of an entity, kebab-case: as the answers spell it, else the usual one."""
        return self.plurals.get(entity) or plural(entity)

    def is_saved(self, model: str) -> bool:
        """Whether a sync saves a model."""
        return self.models.has(model) and model in self.records.values()

    def guess(self, answer: str, value: str, why: str) -> None:
        """Note a value that neither the answers nor the facts determine."""
        self.guesses.append(Guess(answer, value, why))

    def record_model(self, name: str, fields: ModelData, *, fixed: bool) -> str:
        """The model of a resource: the integration's own, one of the project, or a new one.

        Args:
            name: the name to use.
            fields: the fields of a new model, as nango.yaml data.
            fixed: whether the answers name the model; only then may it be one of the project's.

        Returns:
            The name of the model.
        """
        own = self.models.own_name(name)
        if own is not None:
            return own
        if fixed and self.models.has(name):
            return name
        model = self.models.add(name, fields, fixed=fixed)
        self.guess(f"models.{model}", ", ".join(fields), "nobody described the record")
        return model

    def raw_name(self, model: str) -> str:
        """The raw type of a model: ``GithubPullRequestResponse``. Rules T02, T03, T07."""
        stem = model if model.startswith(self.prefix) else self.prefix + model
        return self.models.raw_name(f"{stem}Response", f"model {model}")

    def body_name(self, script: str) -> str:
        """The raw type of a script's response body: ``GithubListUsersBody``."""
        return self.models.raw_name(f"{self.prefix}{pascal(script)}Body", f"action {script}")


def spelled_plurals(answers: Answers) -> dict[str, str]:
    """The plural of each entity as scripts spell it in their names: ``{"person": "persons"}``.

    A sync's name is taken as it is, whatever its number; the entity of an action's name only where it is a plural.
    """
    spelled: dict[str, str] = {}
    integration = answers.integration
    # The first spelling stands, and that of a sync goes before that of an action.
    for sync in answers.syncs:
        entity = entity_in(without_fetching(sync.name), integration)
        spelled.setdefault(entity, synced_resource(sync.name, integration))
    for action in answers.actions:
        verb = read_verb(action.name)
        if verb.known and verb.entity != singular(verb.entity):
            entity = entity_in(verb.entity, integration)
            spelled.setdefault(entity, plural_resource(verb.entity, integration))
    return spelled
