"""``prefix_models: true``: every model of the integration has the integration's name in front, wherever it is named.

The answers go on speaking of ``User``; nango.yaml and the scripts have ``GithubUser``. What others own keeps its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...answers.answers import NOTHING
from ...errors import AnswersError
from ...frozen import frozen
from ...naming.verbs import without_fetching
from ...naming.words import pascal
from ..requests.endpoints import entity_in
from ..syncs.output_models import said_output
from .misspelt_names import stated_models

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ...answers import ActionAnswer, Answers, SyncAnswer

_MODEL_PLACE = re.compile(r"^(models|responses)\.(\w+)")


@frozen
class Prefixing:
    """New names of models, by the names that the answers have."""

    names: Mapping[str, str]

    def answers(self, answers: Answers) -> Answers:
        """The answers with the new names."""
        return replace(
            answers,
            models={self._of(name): self._types(fields) for name, fields in answers.models.items()},
            responses={self._of(name): self._types(fields) for name, fields in answers.responses.items()},
            syncs=tuple(map(self._sync, answers.syncs)),
            actions=tuple(map(self._action, answers.actions)),
        )

    def place(self, where: str) -> str:
        """A place in the renamed answers as the user has it."""
        old = {new: name for name, new in self.names.items()}
        return _MODEL_PLACE.sub(lambda found: f"{found[1]}.{old.get(found[2], found[2])}", where)

    def _of(self, name: str) -> str:
        return self.names.get(name, name)

    def _sync(self, sync: SyncAnswer) -> SyncAnswer:
        return replace(
            sync,
            model=sync.model and self._of(sync.model),
            models=None if sync.models is None else tuple(map(self._of, sync.models)),
            metadata=sync.metadata and self._of(sync.metadata),
            requests={self._of(name): request for name, request in sync.requests.items()},
            children=sync.children and replace(sync.children, model=self._of(sync.children.model)),
        )

    def _action(self, action: ActionAnswer) -> ActionAnswer:
        return replace(
            action,
            input=action.input and self._of(action.input),
            output=action.output and self._of(action.output),
        )

    def _types(self, data: Any) -> Any:
        """Model data with the new names; keys are names of fields."""
        if isinstance(data, str):
            return "".join(map(self._word, re.split(r"([|,])", data)))
        if isinstance(data, Mapping):
            return {key: self._types(value) for key, value in data.items()}
        return [self._types(item) for item in data] if isinstance(data, (list, tuple)) else data

    def _word(self, part: str) -> str:
        word = part.strip().removesuffix("[]")
        return part.replace(word, self.names[word], 1) if word in self.names else part


def prefixing_of(answers: Answers, taken: Collection[str], written: Collection[str]) -> Prefixing:
    """How the models of the integration are called; nothing is renamed where the answers do not ask for it.

    Args:
        answers: the answers.
        taken: the models of other entries in nango.yaml: one that the answers name without describing it stays theirs.
        written: the models that this integration wrote earlier: one of them is its own, whatever others have since.

    Raises:
        AnswersError: a new name that the answers give to another model.
    """
    if not answers.prefix_models:
        return Prefixing({})
    names = {
        name: prefixed(name, answers.integration)
        for name in _own_models(answers, taken, written)
        if prefixed(name, answers.integration) != name
    }
    for name, new in names.items():
        if new in answers.models:
            raise AnswersError(
                f"{name} would be called {new}, and so is another model of the answers",
                where=f"models.{new}",
                fix="leave one of them out, or give it another name",
            )
    return Prefixing(names)


def prefixed(name: str, integration: str) -> str:
    """A model's name with the integration's before it, once.

    >>> prefixed("User", "github"), prefixed("GithubUser", "github"), prefixed("Githubs", "github")
    ('GithubUser', 'GithubUser', 'GithubGithubs')
    """
    prefix = pascal(integration)
    rest = name.removeprefix(prefix)
    return name if rest != name and not rest[:1].islower() else f"{prefix}{name}"


def _own_models(answers: Answers, taken: Collection[str], written: Collection[str]) -> Iterator[str]:
    yield from answers.models
    for name in sorted(stated_models(answers) - {NOTHING}):
        if name not in taken or prefixed(name, answers.integration) in written:
            yield name
    for sync in answers.syncs:  # models of the answers may name what a sync saves
        if said_output(sync) is None:
            yield pascal(entity_in(without_fetching(sync.name), answers.integration))
