"""Names of models that the answers state and nobody describes: made where they are new, refused where misspelt.

Nango's CLI warns at most of a model that is not there, and compiles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...naming.misspellings import meant_name
from ...naming.numbers import singular_word
from ...naming.words import words
from ..syncs.output_models import said_output

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ...answers import ActionAnswer, Answers, SyncAnswer
    from ..syncs.output_models import Outputs


def refuse_misspelt_models(
    answers: Answers, outputs: Sequence[Outputs], taken: Collection[str], written: Collection[str]
) -> None:
    """Refuse the name of a model that is nowhere described while a described one has nearly the same.

    Args:
        answers: the answers.
        outputs: the models of each sync.
        taken: the models of other entries in nango.yaml.
        written: the models that this integration wrote earlier: what others have added since makes none of them wrong.

    Raises:
        AnswersError: such a name.
    """
    described = {*answers.models, *taken, *written}
    derived = {
        output.first for sync, output in zip(answers.syncs, outputs, strict=True) if said_output(sync) is None
    }
    known = described | derived
    familiar = _familiar_words(answers)
    for where, name in _stated_names(answers):
        meant = "" if name in known else meant_name(name, known, familiar)
        if meant:
            raise AnswersError(
                f"there is no model {name!r}",
                where=where,
                fix=f"did you mean {meant}? else describe {name} under models.{name}",
            )
        known.add(name)


def stated_models(answers: Answers) -> frozenset[str]:
    """Every model that a script of the answers names."""
    return frozenset(name for _, name in _stated_names(answers))


def _familiar_words(answers: Answers) -> set[str]:
    """What the scripts and the integration are called: their owner knows how these words are spelled."""
    names = (answers.integration, answers.provider, *(script.name for script in _scripts(answers)))
    return {singular_word(word) for name in names for word in words(name)}


def _scripts(answers: Answers) -> Iterator[SyncAnswer | ActionAnswer]:
    yield from answers.syncs
    yield from answers.actions


def _stated_names(answers: Answers) -> Iterator[tuple[str, str]]:
    """Each model that a script names, with the place where it does, in the order of the answers."""
    for sync in answers.syncs:
        yield from _present(sync.where, {"model": sync.model, "metadata": sync.metadata})
        yield from ((f"{sync.where}.models[{index}]", name) for index, name in enumerate(sync.models or ()))
        if sync.children:
            yield f"{sync.where}.children.model", sync.children.model
    for action in answers.actions:
        yield from _present(action.where, {"input": action.input_model, "output": action.output_model})


def _present(where: str, names: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    yield from ((f"{where}.{key}", name) for key, name in names.items() if name is not None)
