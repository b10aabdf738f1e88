"""``prefix_models: true``: every model of the integration has the integration's name in front, wherever it is named.

The answers name ``User``; nango.yaml and the scripts have ``GithubUser``. Models of other entries keep their names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...answers.answers import NOTHING
from ...errors import AnswersError
from ...frozen import frozen
from ...naming.resources import entity_in
from ...naming.verbs import without_fetching
from ...naming.words import pascal
from .misspelt_names import named_models
from .registry import prefixed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ...answers import ActionAnswer, Answers, FetchAnswer, SyncAnswer

_MODEL_PLACE = r"^(models|responses)\.(\w+)"


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
        """A place in the renamed answers as the user wrote it."""
        old = {new: name for name, new in self.names.items()}
        return re.sub(_MODEL_PLACE, lambda match: f"{match[1]}.{old.get(match[2], match[2])}", where)

    def _of(self, name: str) -> str:
        return self.names.get(name, name)

    def _sync(self, sync: SyncAnswer) -> SyncAnswer:
        return replace(
            sync,
            model=self._types(sync.model),
            models=None if sync.models is None else tuple(map(self._of, sync.models)),
            metadata=self._types(sync.metadata),
            requests={self._of(name): self._fetch(fetch) for name, fetch in sync.requests.items()},
            children=sync.children and replace(sync.children, model=self._of(sync.children.model)),
        )

    def _fetch(self, fetch: FetchAnswer) -> FetchAnswer:
        return replace(fetch, source=self._types(fetch.source))

    def _action(self, action: ActionAnswer) -> ActionAnswer:
        return replace(
            action,
            input=self._types(action.input),
            output=self._types(action.output),
            metadata=self._types(action.metadata),
        )

    def _types(self, data: Any) -> Any:
        """Model data or the name of a model with the new names; keys are names of fields, and ``None`` is unset."""
        if isinstance(data, str):
            return "".join(map(self._word, re.split(r"([|,])", data)))
        if isinstance(data, Mapping):
            return {key: self._types(value) for key, value in data.items()}
        return [self._types(item) for item in data] if isinstance(data, (list, tuple)) else data

    def _word(self, part: str) -> str:
        word = part.strip().removesuffix("[]")
        # Blanks and brackets around the word stay as the answers have them.
        return part.replace(word, self.names[word], 1) if word in self.names else part


def prefixing_of(answers: Answers, foreign: Collection[str], written: Collection[str]) -> Prefixing:
    """The new names of the integration's models; nothing is renamed unless ``prefix_models`` is set.

    Args:
        answers: the answers.
        foreign: the models of other entries in nango.yaml: one that the answers name without describing it keeps its name.
        written: the models that this integration wrote earlier: these stay its own, whatever others have added since.

    Raises:
        AnswersError: a new name that another model of the answers has.
    """
    if not answers.prefix_models:
        return Prefixing({})
    integration = answers.integration
    own = {name: prefixed(name, integration) for name in _own_models(answers, foreign, written)}
    names = {name: new for name, new in own.items() if new != name}
    for name, new in names.items():
        if new in answers.models:
            raise AnswersError(
                f"{name} would be called {new}, and so is another model of the answers",
                where=f"models.{new}",
                fix="leave one of them out, or give it another name",
            )
    return Prefixing(names)


def _own_models(answers: Answers, foreign: Collection[str], written: Collection[str]) -> Iterator[str]:
    yield from answers.models
    for name in sorted(named_models(answers) - {NOTHING}):
        # Another entry may have taken the plain name since the first run, which wrote the prefixed one.
        if name not in foreign or prefixed(name, answers.integration) in written:
            yield name
    # A model of the answers may name the one that a sync saves by default.
    for sync in answers.syncs:
        if sync.output_model is None:
            yield pascal(entity_in(without_fetching(sync.name), answers.integration))
