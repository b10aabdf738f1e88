"""From the command line into the wizard, and out again with answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import nango_yaml
from ..answers import load_answers, with_settings
from ..answers.format import ANSWERS
from ..answers.load import BadAnswersError
from ..commit import preflight, read
from ..errors import ScaffoldError
from ..operations import Job, scaffold
from ..providers import find
from ..providers.index import provider_cards
from ..render.paths import YAML
from .answers_file import Place, keep_answers
from .as_answers import as_answers
from .console import Back
from .conversation import Conversation
from .draft import PROVIDER
from .overview import provider_lines
from .prefill import begin
from .rehearsal import World
from .review import STOPPED, Ending, Finale
from .search import Index

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from ..operations import Outcome, Reader
    from ..project import NangoProject
    from ..providers import ProviderFacts
    from .console import Console


def converse(options: argparse.Namespace, project: NangoProject) -> Ending:
    """Ask for what the command line does not say.

    Args:
        options: those of the command line.
        project: the project that is to be written to.

    Raises:
        ScaffoldError: the project, or what the command line says, cannot be used.
    """
    given = with_settings({}, options.settings)
    _refuse_misshapen(given)
    world = _world(project, Path(options.providers) if options.providers else None)
    talk = Conversation(_console(world.index), world, begin(given))
    place = Place(project, options.providers)
    try:
        talk.console.say(*_WELCOME)
        if talk.draft.get(PROVIDER):
            talk.console.say(*provider_lines(world.facts(talk.draft)))
        return Finale(talk, place, _rehearsal(project, world)).run()
    except KeyboardInterrupt:
        return _stopped(talk, place)


_WELCOME = (
    "Answer, or press Enter for what stands there. Esc goes one step back, Ctrl-C stops.",
    "Nothing is written before you say so.",
)


def _refuse_misshapen(given: Mapping[str, Any]) -> None:
    """Refuse what the command line says in a wrong form: no answer to a question could mend it."""
    problems = [problem for problem in ANSWERS.problems(given, "") if problem.where != PROVIDER.key]
    if problems:
        raise BadAnswersError(problems)


def _stopped(talk: Conversation, place: Place) -> Ending:
    """Stopped by Ctrl-C: nothing is left behind, unless the answers so far are to be kept."""
    if not talk.draft.is_empty:
        try:
            talk.console.say("Keep what you answered so far? Esc or Ctrl-C: no.", heading="Stopped.")
            answers = as_answers(talk.draft, talk.world.taken)
            keep_answers(talk, place, answers, "Add to them what is missing, then:")
            return Ending(exit_code=STOPPED)
        except (KeyboardInterrupt, Back):
            pass
    talk.console.say("Nothing was written, and nothing was kept.")
    return Ending(exit_code=STOPPED)


def _console(index: Index) -> Console:
    from .terminal import Terminal, can_move_cursor

    if can_move_cursor():
        return Terminal(index)
    from .plain_terminal import Plain

    return Plain()


def _world(project: NangoProject, providers: Path | None) -> World:
    """What is known: the providers, and what the project has by now."""
    document = nango_yaml.read(nango_yaml.decode(_reader(project)([YAML])[YAML] or b""))
    models = {name: fields for name, fields in document.models.items() if isinstance(fields, Mapping)}
    found: dict[str, ProviderFacts] = {}
    folder = Path(project.seeks_providers_from)

    def facts(provider: str, stated: Mapping[str, Any] | None) -> ProviderFacts:
        key = f"{provider} {stated}"
        if key not in found:
            found[key] = find(provider, providers_path=providers, project=folder, generic=stated)
        return found[key]

    index = Index(provider_cards(folder, providers))
    return World(index, facts, models, frozenset(document.integrations))


def _reader(project: NangoProject) -> Reader:
    return project.layout.reading(partial(read, Path(project.root)))


def _rehearsal(project: NangoProject, world: World) -> Callable[[dict[str, Any]], Outcome]:
    def rehearse(answers: dict[str, Any]) -> Outcome:
        loaded = load_answers(answers)
        facts = world.find(loaded.provider, loaded.provider_facts)
        layout = project.layout
        try:
            outcome = scaffold([Job(loaded, facts)], _reader(project), layout=layout)
        except ScaffoldError as error:
            layout.name_real_places(error)
            raise
        plan = layout.placed(outcome.plan)
        preflight(Path(project.root), plan)
        return replace(outcome, plan=plan)

    return rehearse
