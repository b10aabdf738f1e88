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
from ..known_resources import with_known_resources
from ..operations import Job, scaffold
from ..providers import find
from ..providers.index import provider_cards
from ..providers.known_resources import resource_names
from ..render.paths import YAML
from .answers_file import Target, save_answers
from .as_answers import as_answers
from .conversation import Conversation
from .draft import PROVIDER, prefilled_draft
from .evidence import Evidence
from .live_page import page_fetcher, sample_fetcher
from .overview import provider_lines
from .question import Back
from .review import NOTHING_WRITTEN, STOPPED, Ending, Review
from .world import Index, World, inferred_scripts, plain_answers

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from ..infer.settle import Files
    from ..operations import Outcome, Reader
    from ..project import NangoProject
    from ..providers import ProviderFacts
    from .question import Console


def converse(options: argparse.Namespace, project: NangoProject, files: Files) -> Ending:
    """Ask for what the command line leaves unset.

    Args:
        options: those of the command line.
        project: the project that will be written to.
        files: reads the API documents and samples that scripts are inferred from.

    Raises:
        ScaffoldError: the project, or a setting of the command line, is invalid.
    """
    settings = with_settings({}, options.settings)
    _refuse_invalid(settings)
    world = _world(project, Path(options.providers) if options.providers else None, files)
    conversation = Conversation(_console(world.index), world, prefilled_draft(settings))
    target = Target(project, options.providers)
    try:
        conversation.console.say(*_WELCOME)
        if conversation.draft.get(PROVIDER):
            conversation.console.say(*provider_lines(world.facts(conversation.draft)))
        return Review(conversation, target, _rehearsal(project, conversation)).run()
    except KeyboardInterrupt:
        return _stopped(conversation, target)


_WELCOME = (
    "Type an answer, or press Enter for the default. Esc goes one step back, Ctrl-C stops.",
    "Nothing is written before you confirm it.",
)


def _refuse_invalid(settings: Mapping[str, Any]) -> None:
    """Refuse settings of the wrong shape: no answer to a question could correct them."""
    # A provider that is unset, or unknown, is asked for.
    problems = [problem for problem in ANSWERS.problems(settings, "") if problem.where != PROVIDER.key]
    if problems:
        raise BadAnswersError(problems)


def _stopped(conversation: Conversation, target: Target) -> Ending:
    """After Ctrl-C: nothing is left behind, unless the user wants the answers so far saved."""
    console = conversation.console
    if not conversation.draft.is_empty:
        try:
            console.say("Save your answers so far? Esc or Ctrl-C: no.", heading="Stopped.")
            answers = _answers_so_far(conversation)
            save_answers(conversation, target, answers, "Add to them what is missing, then:")
            return Ending(exit_code=STOPPED)
        except (KeyboardInterrupt, Back):
            pass
    console.say(NOTHING_WRITTEN)
    return Ending(exit_code=STOPPED)


def _answers_so_far(conversation: Conversation) -> dict[str, Any]:
    """The answers, with what can be inferred for them by now."""
    draft, world = conversation.draft, conversation.world
    try:
        return plain_answers(draft, world)
    except ScaffoldError:
        return as_answers(draft, world.models)


def _console(index: Index) -> Console:
    # Only here: prompt_toolkit and rich are slow to import, and a run without questions may do without both.
    from .terminal import Terminal, can_move_cursor

    if can_move_cursor():
        return Terminal(index)
    from .plain_terminal import Plain

    return Plain()


def _world(project: NangoProject, providers: Path | None, files: Files) -> World:
    """The providers, and what the project has by now."""
    text = _reader(project)([YAML])[YAML] or b""
    document = nango_yaml.read(nango_yaml.decode(text))
    models = {name: fields for name, fields in document.models.items() if isinstance(fields, Mapping)}
    folder = Path(project.seeks_providers_from)
    cache: dict[str, ProviderFacts] = {}

    # Every question derives the whole, and a catalogue is read from disk.
    def find_facts(provider: str, overrides: Mapping[str, Any] | None) -> ProviderFacts:
        key = f"{provider} {overrides}"
        if key not in cache:
            cache[key] = find(provider, providers_path=providers, project=folder, generic=overrides)
        return cache[key]

    index = Index(provider_cards(folder, providers))
    names = frozenset(document.integrations)
    return World(
        index,
        find_facts,
        with_known_resources,
        resource_names,
        models,
        names,
        page_fetcher(project),
        sample_fetcher(project),
        Evidence(files),
    )


def _reader(project: NangoProject) -> Reader:
    return project.layout.reading(partial(read, Path(project.root)))


def _rehearsal(project: NangoProject, conversation: Conversation) -> Callable[[dict[str, Any]], Outcome]:
    """The run as it would be, up to the point where it would write."""

    def rehearse(answers: dict[str, Any]) -> Outcome:
        world = conversation.world
        loaded = replace(load_answers(answers), inferred_from=inferred_scripts(conversation.draft, world))
        facts = with_known_resources(world.find(loaded.provider, loaded.provider_facts), loaded)
        layout = project.layout
        try:
            outcome = scaffold([Job(loaded, facts)], _reader(project), layout=layout)
        except ScaffoldError as error:
            layout.name_real_places(error)
            raise
        plan = layout.placed(outcome.plan)
        # Refused now, while answers can be changed, is what writing would refuse.
        preflight(Path(project.root), plan)
        return replace(outcome, plan=plan)

    return rehearse
