"""What was guessed and is still open: kept in the manifest until an answer states it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..answers import load_answers
from ..derive import derive
from ..errors import ScaffoldError
from ..frozen import frozen
from ..providers import ProviderFacts
from ..render.paths import ROOT, YAML
from .hand_written import models_of_others
from .manifests import Manifests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..answers import Answers
    from ..manifest import HandWritten, Manifest
    from ..nango_yaml import Document
    from ..spec.integration import Guess
    from .project import Project


@frozen
class OpenGuess:
    """A guess that no answer has settled yet.

    Attributes:
        integration: whose it is.
        path: the file of the project in which it shows.
        answer: the answer that settles it, such as ``syncs[0].request.path``.
        value: what was taken.
        why: where the value comes from, in a few words.
    """

    integration: str
    path: str
    answer: str
    value: str
    why: str


def open_guesses(project: Project, document: Document, names: Iterable[str]) -> Iterator[OpenGuess]:
    """The open guesses of some integrations, in order; those without a manifest have none.

    Raises:
        ScaffoldError: a manifest cannot be read.
    """
    for name, manifest in Manifests(names, project).items():
        yield from guesses_of(name, manifest, document)


def guesses_of(integration: str, manifest: Manifest, document: Document) -> Iterator[OpenGuess]:
    """The open guesses of one integration.

    Raises:
        AnswersError: the answers of its manifest cannot be used.
    """
    answers = load_answers(manifest.answers)
    guesses = manifest.guesses
    if guesses is None:
        guesses = _guessed_again(answers, manifest, document)
    for guess in guesses:
        script = _script(guess.answer, answers)
        path = f"{ROOT}/{integration}/{script}" if script else YAML
        yield OpenGuess(integration, path, guess.answer, guess.value, guess.why)


def about_ours(
    guesses: Iterable[Guess], answers: Answers, integration: str, hand_written: HandWritten
) -> tuple[Guess, ...]:
    """The guesses without those about scripts that were written by hand: nothing was guessed there."""
    theirs = {path.removeprefix(f"{ROOT}/{integration}/") for path in hand_written.files}
    return tuple(guess for guess in guesses if _script(guess.answer, answers) not in theirs)


def _guessed_again(answers: Answers, manifest: Manifest, document: Document) -> tuple[Guess, ...]:
    """The guesses of a manifest of format 1, which did not keep them."""
    try:
        facts = ProviderFacts.from_data(manifest.facts)
        spec = derive(answers, facts, models_of_others(document.models, manifest))
    except ScaffoldError:
        return ()
    return about_ours(spec.guesses, answers, answers.integration, manifest.hand_written)


def _script(place: str, answers: Answers) -> str:
    """The file of the script that an answer is about, below the integration's folder; empty where it is about a model."""
    for kind, scripts in (("syncs", answers.syncs), ("actions", answers.actions)):
        for script in scripts:
            if place == script.where or place.startswith((f"{script.where}.", f"{script.where}[")):
                return f"{kind}/{script.name}.ts"
    return ""
