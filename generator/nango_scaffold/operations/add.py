"""More syncs and actions for an integration that is there."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from ..answers import load_answers
from ..answers.change import named_scripts, scripts_of, with_descriptions, with_scripts
from ..errors import AnswersError
from ..frozen import frozen
from ..plan import KEEP, Change, Merging, Plan
from ..project.layout import DEFAULT, Layout
from ..providers import ProviderFacts
from ..render.paths import YAML
from .lookup import known_manifest
from .manifests import manifest_path
from .new import Job, scaffold
from .place import Outcome
from .project import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from ..answers import Answers
    from ..answers.change import ScriptKind
    from ..manifest import Manifest
    from .project import Reader


@frozen
class Addition:
    """What is to be added.

    Attributes:
        integration: to which integration.
        kind: what the scripts are.
        scripts: each as an item of ``syncs`` or ``actions`` in the answers.
        inferred_from: by the name of a script, what its answers were inferred from.
        described: ``models`` and ``responses`` that come with them, as in the answers; and ``integration`` and
            ``provider``, if these say whose they are.
        facts: what is known of the provider, where it is not to be as the integration was written with.
        complete: adds to the facts what is known of the resources that answers name, the names of the scripts that
            are there already aside.
    """

    integration: str
    kind: ScriptKind
    scripts: Sequence[Mapping[str, Any]]
    described: Mapping[str, Any] = field(default_factory=dict)
    facts: ProviderFacts | None = None
    complete: Callable[[ProviderFacts, Answers, Collection[str]], ProviderFacts] | None = None
    inferred_from: Mapping[str, str] = field(default_factory=dict)


def add(addition: Addition, reader: Reader, merging: Merging = KEEP, layout: Layout = DEFAULT) -> Outcome:
    """Work out everything that adding scripts would write.

    The integration is scaffolded again, from the answers its manifest keeps and the new ones, so that all it shares
    (types, mappers, models) follows. A script that is there with the very same answers is left as it is: whoever
    repeats a command that was cut short has nothing to do.

    Raises:
        AnswersError: there is no such integration, it has such a script with other answers, or the new answers cannot
            be used.
        ProjectError: the integration has no manifest, or the project cannot be written to safely.
    """
    project = Project(reader)
    last = known_manifest(addition.integration, project, addition.facts)
    # Before anything is refused: a command that is repeated brings nothing new, and is no mistake.
    addition = replace(addition, scripts=_missing(addition, last))
    _refuse_present(addition, last)
    _refuse_other_models(addition, last)
    _refuse_others(addition, last)
    if not addition.scripts:
        return _nothing(addition.integration, project)
    raw = with_descriptions(with_scripts(last.answers, addition.kind, addition.scripts), addition.described)
    facts = addition.facts or ProviderFacts.from_data(last.facts)
    answers = replace(load_answers(raw), inferred_from=addition.inferred_from)
    if addition.complete is not None:
        facts = addition.complete(facts, answers, named_scripts(last.answers))
    outcome = scaffold([Job(answers, facts)], reader, merging=merging, layout=layout)
    return _about_new(outcome, answers, addition, last)


def _missing(addition: Addition, last: Manifest) -> list[Mapping[str, Any]]:
    """The scripts that are not there with the same answers."""
    scripts = scripts_of(last.answers, addition.kind)
    return [script for script in addition.scripts if script not in scripts]


def _nothing(integration: str, project: Project) -> Outcome:
    """The outcome of an addition of which all is there: what it has read stays as it is."""
    contents = project.read([YAML, manifest_path(integration)])
    same = tuple(Change(path, data, data) for path, data in contents.items() if data)
    return Outcome(Plan(same), {integration: ()}, (), {integration: {}})


def _refuse_others(addition: Addition, last: Manifest) -> None:
    """Answers may say whose they are; then they must be those of the integration."""
    for key, own in (("integration", addition.integration), ("provider", last.answers["provider"])):
        other = addition.described.get(key, own)
        if other != own and other is not None:
            raise AnswersError(f"the answers are for {other}, not for {own}", where=key, fix="leave it out")


def _refuse_present(addition: Addition, last: Manifest) -> None:
    present = {
        **dict.fromkeys(last.block.actions, "action"),
        **dict.fromkeys(last.block.syncs, "sync"),
        **named_scripts(last.answers),
    }
    for script in addition.scripts:
        name = script["name"]
        kind = present.get(name)
        if kind is not None:
            how = ", with other answers" if kind == addition.kind else ""
            raise AnswersError(
                f"{addition.integration} has the {kind} {name} already{how}",
                fix="take another name, or change it with `nango-scaffold new`",
            )


def _refuse_other_models(addition: Addition, last: Manifest) -> None:
    for key in ("models", "responses"):
        present = last.answers.get(key) or {}
        for name, fields in (addition.described.get(key) or {}).items():
            if name in present and present[name] != fields:
                raise AnswersError(
                    f"{addition.integration} describes {name} already, with other fields",
                    where=f"{key}.{name}",
                    fix="leave it out, take another name, or change it with `nango-scaffold new`",
                )


def _about_new(outcome: Outcome, answers: Answers, addition: Addition, last: Manifest) -> Outcome:
    """The outcome with what it says of the new scripts alone; the rest was said when it was written."""
    name = addition.integration
    new = {script["name"] for script in addition.scripts}
    old_models = tuple(f"models.{model}" for model in last.block.models)
    new_scripts = tuple(script.where for script in answers.scripts if script.name in new)
    guesses = tuple(
        guess for guess in outcome.guesses[name] if _is_about_new(guess.answer, new_scripts, old_models)
    )
    paginations = {script: why for script, why in outcome.paginations[name].items() if script in new}
    return replace(outcome, guesses={name: guesses}, paginations={name: paginations})


def _is_about_new(answer: str, new_scripts: tuple[str, ...], old_models: tuple[str, ...]) -> bool:
    if answer.startswith("models."):
        return not _is_below(answer, old_models)
    return _is_below(answer, new_scripts)


def _is_below(answer: str, places: tuple[str, ...]) -> bool:
    """Whether an answer stands at one of some places, or below one."""
    return answer in places or answer.startswith(tuple(f"{place}." for place in places))
