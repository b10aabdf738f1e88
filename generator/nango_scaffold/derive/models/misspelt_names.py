"""Models that the answers name and nobody describes: added where they are new, refused where misspelt.

Nango's CLI compiles a nango.yaml that names a missing model, with a warning at most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...answers.answers import model_in
from ...errors import AnswersError
from ...naming.words import singular_word, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ...answers import Answers


def refuse_misspelt_models(
    answers: Answers, derived: Iterable[str], foreign: Collection[str], written: Collection[str]
) -> None:
    """Refuse the name of a model that is nowhere described while a known model has nearly the same name.

    Args:
        answers: the answers.
        derived: the models that syncs save and the answers do not name.
        foreign: the models of other entries in nango.yaml.
        written: the models that this integration wrote earlier: they stay valid, whatever others have added since.

    Raises:
        AnswersError: such a name.
    """
    known = {*answers.models, *foreign, *written, *derived}
    # A word that a script is named after is spelled as it is on purpose, however near it is to a known one.
    familiar = _familiar_words(answers)
    for where, name in _places_of_models(answers):
        if name in known:
            continue
        from ...naming.suggest import meant_name  # most answers name no such model

        if meant := meant_name(name, known, familiar):
            raise AnswersError(
                f"there is no model {name!r}",
                where=where,
                fix=f"did you mean {meant}? else describe {name} under models.{name}",
            )
        # A model that is new here is known to the scripts below: their spelling is held against it, too.
        known.add(name)


def named_models(answers: Answers) -> frozenset[str]:
    """Every model that a script of the answers names."""
    return frozenset(name for _, name in _places_of_models(answers))


def _familiar_words(answers: Answers) -> set[str]:
    """The words of scripts' and the integration's names: their spelling is the user's intent."""
    names = (answers.integration, answers.provider, *(script.name for script in answers.scripts))
    return {singular_word(word) for name in names for word in words(name)}


def _places_of_models(answers: Answers) -> Iterator[tuple[str, str]]:
    """The place and the name of each model that a script names, in the order of the answers."""
    for sync in answers.syncs:
        yield from _present(sync.where, {"model": sync.model, "metadata": sync.metadata})
        yield from ((f"{sync.where}.models[{index}]", name) for index, name in enumerate(sync.models or ()))
        if sync.children:
            yield f"{sync.where}.children.model", sync.children.model
    for action in answers.actions:
        models = {"input": model_in(action.input), "output": model_in(action.output)}
        yield from _present(action.where, models | {"metadata": action.metadata})


def _present(where: str, names: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    yield from ((f"{where}.{key}", name) for key, name in names.items() if name is not None)
