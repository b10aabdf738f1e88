"""The answers of an integration without some of its scripts, and without what only these needed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..answers import load_answers
from ..answers.change import named_scripts, without_descriptions, without_scripts
from ..derive import derive
from ..derive.actions.introspection import ACTION
from ..derive.models.registry import prefixed
from ..errors import AnswersError, ProjectError
from ..nango_yaml import script_models
from ..render.entry import block
from ..spec.patterns import Configuration

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ..providers import ProviderFacts

_WORD = re.compile(r"\w+")


def answers_without(
    names: Collection[str],
    raw: Mapping[str, Any],
    facts: ProviderFacts,
    foreign_models: Mapping[str, Any],
    written: Collection[str],
) -> dict[str, Any]:
    """The answers without some scripts, and without the models and responses that nothing else names.

    What the answers describe without any need stays: somebody wanted it.

    Raises:
        ProjectError: a script that stays cannot do without one that goes.
    """
    left = without_scripts(_without_companions(raw, names), names)
    # The difference of two derivations: what only the scripts that go have needed.
    needed = _needed(raw, facts, foreign_models, written)
    try:
        still_needed = _needed(left, facts, foreign_models, written)
    except AnswersError as error:
        raise ProjectError(
            f"{', '.join(names)} cannot go alone: {error.what}",
            where=error.where,
            fix="name what needs it, too",
        ) from None
    return without_descriptions(left, needed - still_needed)


def _without_companions(raw: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """An action that comes with a sync is in no answers; the sync can do without it when it is told to."""
    named = named_scripts(raw)

    def alone(sync: Mapping[str, Any]) -> Mapping[str, Any]:
        configuration = sync.get("configuration") or {}
        action = configuration.get("action", ACTION)
        if sync.get("pattern") != Configuration.NAME or action in named or action not in names:
            return sync
        return {**sync, "configuration": {**configuration, "introspection": False}}

    return {**raw, "syncs": [alone(sync) for sync in raw["syncs"]]} if raw.get("syncs") else {**raw}


def _needed(
    raw: Mapping[str, Any], facts: ProviderFacts, foreign_models: Mapping[str, Any], written: Collection[str]
) -> set[str]:
    """Every model that the scripts of some answers name, in words or by derivation, directly or not."""
    answers = load_answers(raw)
    ours = block(derive(answers, facts, foreign_models, written=written))
    scripts = (*ours.syncs.values(), *ours.actions.values())
    pending = {
        *_words([raw.get("syncs"), raw.get("actions")]),
        *(name for script in scripts for name in script_models(script)),
    }
    models: set[str] = set()
    while pending:
        name = pending.pop()
        models.add(name)
        if answers.prefix_models:
            # In nango.yaml it has the integration's name in front, in the answers it has not.
            bare = {each for each in answers.models if prefixed(each, answers.integration) == name}
            pending |= bare - models
        described = (ours.models.get(name), answers.models.get(name), answers.responses.get(name))
        pending |= {*_words(described)} - models
    return models


def _words(data: Any) -> Iterator[str]:
    """Every word in some data, keys among them: some are names of models."""
    if isinstance(data, str):
        yield from _WORD.findall(data)
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _words(key)
            yield from _words(value)
    elif isinstance(data, (list, tuple)):
        for item in data:
            yield from _words(item)
