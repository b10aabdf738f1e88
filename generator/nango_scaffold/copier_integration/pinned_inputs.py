"""What is pinned once, when an integration is made, and kept in its answers: all that a project adds to a rendering.

An update renders in empty folders. Whatever a rendering took from the project's surroundings (the providers.yaml of
its CLI, the models other integrations have in nango.yaml) it must therefore take from the answers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from .. import nango_yaml
from ..answers import Answers, load_answers
from ..answers.change import named_scripts
from ..commit import read
from ..derive import derive
from ..errors import ScaffoldError
from ..known_resources import with_known_resources
from ..nango_yaml import decode
from ..operations.hand_written import models_of_others
from ..operations.manifests import manifest_path, read_manifest
from ..operations.optional_files import OPTIONAL_FILES, with_optional_files
from ..operations.project import Project
from ..operations.schema_file import usual_answers
from ..providers import ProviderFacts, find
from ..providers.facts import stored_facts
from ..render.paths import YAML
from .answers_file import OTHERS_MODELS, facts_of, from_text, path_of, raw_answers

if TYPE_CHECKING:
    from pathlib import Path

    from ..manifest import Manifest
    from ..spec.integration import IntegrationSpec

Models = Mapping[str, Mapping[str, Any]]
_SEPARATORS = re.compile(r"\||\[\]|,")


def pinned_facts(provider: str, provider_facts: Mapping[str, Any] | None, project: Path) -> dict[str, Any]:
    """The provider's facts as they are known now.

    Raises:
        ScaffoldError: nobody knows the provider, or what the answers state of it cannot be used.
    """
    return find(provider, project=project, generic=provider_facts or None).to_data()


def pinned_resources(copier_answers: Mapping[str, Any], project: Path) -> dict[str, Any]:
    """What is known of the resources that the answers name: of scripts that are there, what was known when they came.

    Raises:
        ScaffoldError: the answers, or what was stored earlier, cannot be used.
    """
    answers = load_answers(raw_answers(copier_answers))
    path = manifest_path(answers.integration)
    last = read_manifest(read(project, [path])[path], path)
    facts = ProviderFacts.from_data({**facts_of(copier_answers), "resources": {}})
    pinned = stored_facts(last.facts, answers.provider, answers.provider_facts) if last else None
    present: Collection[str] = ()
    # Of another provider, or with other facts stated, the scripts that are there are written anew, too.
    if last is not None and pinned is not None:
        facts, present = replace(facts, resources=pinned.resources), named_scripts(last.answers)
    return dict(with_known_resources(facts, answers, present).resources)


def facts_fit(facts: Mapping[str, Any], provider: str, provider_facts: Mapping[str, Any] | None) -> bool:
    """Whether pinned facts still are those of the answers: of this provider, and with what they state of it."""
    return stored_facts(facts, provider, provider_facts) is not None


def usual_schema_file(integration: str, project: Path) -> str:
    """The answer ``schema_file`` for an integration that does not say it, as the project has it; empty for none."""
    files, path = Project(partial(read, project)), manifest_path(integration)
    last = read_manifest(files.get(path), path)
    if last is not None:
        return str(last.answers.get("schema_file") or "")
    document = nango_yaml.read(files.text(YAML) or "")
    return usual_answers(document.integrations, files).get("schema_file", "")


def usual_optional_files(integration: str, project: Path, usual: Collection[str]) -> list[str]:
    """The optional files, by the answers that decide on them, that an integration has whose answers do not say it."""
    files, path = Project(partial(read, project)), manifest_path(integration)
    last = read_manifest(files.get(path), path)
    document = nango_yaml.read(files.text(YAML) or "")
    answers = Answers(provider="", integration=integration)
    decided = with_optional_files(answers, last, files, map(str, document.integrations), usual=usual)
    return [key for key in OPTIONAL_FILES if getattr(decided, key)]


def pinned_models_in(copier_answers: Mapping[str, Any], project: Path) -> dict[str, Any]:
    """The models of others that have a say, as a project has them now and as they were pinned for it earlier.

    Raises:
        ScaffoldError: the answers, nango.yaml, or what was stored earlier cannot be used.
    """
    answers = load_answers(raw_answers(copier_answers))
    facts = ProviderFacts.from_data(facts_of(copier_answers))
    own, answers_path = manifest_path(answers.integration), path_of(answers.integration)
    contents = read(project, [YAML, own, answers_path])
    last = read_manifest(contents[own], own)
    before = from_text(decode(contents[answers_path] or b"{}"), answers_path)
    text = contents[YAML]
    now = others_models(None if text is None else decode(text), last)
    written = tuple(last.block.models) if last else ()
    return pinned_models(answers, facts, now, before.get(OTHERS_MODELS) or {}, written)


def others_models(text: str | None, ours: Manifest | None) -> Models:
    """The models of nango.yaml that the integration has not written itself."""
    return models_of_others(nango_yaml.read(text or "").models, ours)


def pinned_models(
    answers: Answers, facts: ProviderFacts, now: Models, before: Models, written: Collection[str]
) -> dict[str, Any]:
    """Of the models of others, the few that have a say in what is derived.

    Args:
        answers: the answers.
        facts: the provider's facts.
        now: the models of others as they are.
        before: those pinned earlier. A name that has become free since stays taken: nothing of ours is renamed for it.
        written: the models that the integration wrote earlier.

    Returns:
        A part of both that gives the same derivation as the whole.

    Raises:
        ScaffoldError: the answers cannot be derived from.
    """
    whole = {**before, **now}
    target = derive(answers, facts, whole, written=written)
    chosen = {name: whole[name] for name in before}
    # Only a model that the answers or a derivation name can have a say: more are taken until it comes out the same.
    while True:
        spec = _derived(answers, facts, chosen, written)
        if spec == target:
            return {name: _plain(chosen[name]) for name in whole if name in chosen}
        named = {*_names(target), *_names(spec), *_words(answers.raw), *_words(chosen)}
        more = {name: whole[name] for name in whole.keys() & (named - chosen.keys())}
        chosen = {**chosen, **more} if more else dict(whole)  # none is left that is named: all may have a say


def _derived(
    answers: Answers, facts: ProviderFacts, models_of_others: Models, written: Collection[str]
) -> IntegrationSpec | None:
    try:
        return derive(answers, facts, models_of_others, written=written)
    except ScaffoldError:
        return None  # a model is missing that the answers rely on


def _names(spec: IntegrationSpec | None) -> set[str]:
    if spec is None:
        return set()
    return {*spec.models, *(raw.name for raw in spec.raw_types), *_words(spec.models)}


def _words(data: Any) -> set[str]:
    """Every word in the texts of some data: some are names of models."""
    if isinstance(data, str):
        return set(_SEPARATORS.sub(" ", data).split())
    if isinstance(data, Mapping):
        return _words([*data.keys(), *data.values()])
    if isinstance(data, (list, tuple)):
        return set().union(*map(_words, data))
    return set()


def _plain(value: Any) -> Any:
    """Data as Copier stores it, and reads it again in an update."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
