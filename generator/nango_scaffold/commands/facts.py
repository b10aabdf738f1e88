"""The facts that a command works with."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..answers.format import ANSWERS
from ..answers.load import BadAnswersError
from ..errors import AnswersError
from ..known_resources import with_known_resources
from ..naming.reserved import INTEGRATION_NAME
from ..operations import Project
from ..operations.adopted import adopted_answers
from ..operations.manifests import last_manifest, manifest_path, read_manifest
from ..providers import UnknownProviderError, find
from ..providers.facts import stored_facts
from .transaction import reader_of, real_places

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..answers import Answers
    from ..operations import Reader
    from ..project import NangoProject
    from ..providers import ProviderFacts


def look_up(
    provider: str,
    project: NangoProject,
    catalogue: str | Path | None,
    provider_facts: Mapping[str, Any] | None = None,
) -> ProviderFacts:
    """The facts of a provider as they are known now.

    Args:
        provider: its key.
        project: the project, whose own providers.yaml is asked.
        catalogue: a providers.yaml named on the command line, to be asked instead; None or empty for none.
        provider_facts: ``provider_facts`` of the answers.

    Raises:
        ScaffoldError: nobody knows the provider, or a catalogue cannot be read.
    """
    return find(
        provider,
        providers_path=Path(catalogue) if catalogue else None,
        project=Path(project.seeks_providers_from),
        generic=provider_facts or None,
    )


def facts_for(answers: Answers, project: NangoProject, catalogue: Path | None) -> ProviderFacts:
    """The facts of the answers' provider: those the last run used, else those that are known now.

    Args:
        answers: the answers.
        project: the project.
        catalogue: a providers.yaml named on the command line: then facts are looked up there in any case.

    Raises:
        ScaffoldError: nobody knows the provider, or the manifest or a catalogue cannot be read.
    """
    path = manifest_path(answers.integration)
    last = None
    if catalogue is None:
        with real_places(project):
            last = read_manifest(reader_of(project)([path])[path], path)
    # Facts stay as they are until `update --refresh-facts`: a second run of the same answers is to change nothing.
    pinned = stored_facts(last.facts, answers.provider, answers.provider_facts) if last else None
    if last is None or pinned is None:
        facts = look_up(answers.provider, project, catalogue, answers.provider_facts)
        return with_known_resources(facts, answers)
    # A new integration has no manifest, and this module is needed for nothing else there.
    from ..answers.change import named_scripts

    return with_known_resources(pinned, answers, named_scripts(last.answers))


def facts_in_force(
    integration: str, project: NangoProject, reader: Reader, catalogue: str | None
) -> ProviderFacts | None:
    """Facts looked up anew, or None for those that the integration was written with.

    Args:
        integration: its key in nango.yaml, as typed.
        project: the project.
        reader: reads the project.
        catalogue: the catalogue that was named, if one was. Without, only an adopted integration has its facts looked
            up: it was not written with any.

    Raises:
        ScaffoldError: nobody knows the provider.
    """
    # Nothing may be read at such a path; that there is no such integration is for the operation to say.
    if not INTEGRATION_NAME.fullmatch(integration):
        return None
    files = Project(reader)
    manifest = last_manifest(integration, files)
    if manifest is not None:
        raw: Mapping[str, Any] = manifest.answers
        if not catalogue:
            return None
    else:
        adopted = adopted_answers(integration, files)
        if adopted is None:
            return None
        raw = adopted.raw
    return look_up(raw["provider"], project, catalogue, raw.get("provider_facts"))


def facts_of_foreign(
    integration: str, provider: str, base_url: str, project: NangoProject, catalogue: str | None
) -> ProviderFacts:
    """The facts for an integration written by hand.

    Args:
        integration: its key in nango.yaml.
        provider: the provider's key; empty for the provider whose key the integration's name begins with.
        base_url: the API's base URL; empty where the provider's is meant.
        project: the project.
        catalogue: a providers.yaml named on the command line.

    Raises:
        AnswersError: nobody knows such a provider, or nobody knows its base URL.
    """
    provider_facts = {"base_url": base_url} if base_url else {}
    find_facts = partial(look_up, project=project, catalogue=catalogue, provider_facts=provider_facts)
    if provider:
        _refuse_odd_key(provider)
        facts = find_facts(provider)
    else:
        facts = _longest_match(integration, find_facts)
    if not facts.base_url:
        raise AnswersError(
            f"Nango knows no base URL for {facts.key}",
            where="--base-url",
            fix="give it: --base-url https://...",
        )
    return facts


def _longest_match(integration: str, find_facts: Callable[[str], ProviderFacts]) -> ProviderFacts:
    """The provider with the longest key that the name begins with."""
    parts = integration.split("-")
    nearest: list[str] = []
    catalogue = ""
    # `google-calendar-sync` is of google-calendar, not of google.
    for count in range(len(parts), 0, -1):
        name = "-".join(parts[:count])
        try:
            return find_facts(name)
        except UnknownProviderError as error:
            # A part of a name may be misspelled; all that begins with it is no proposal.
            near = [key for key in error.nearest if count == len(parts) or not key.startswith(name)]
            nearest, catalogue = nearest or near, error.whole_catalogue
    raise AnswersError(
        f"whose API {integration} uses is unknown, and its name is no provider's",
        where="--provider",
        fix=f"name it: --provider {nearest[0] if nearest else 'KEY'}.{catalogue}",
    )


def _refuse_odd_key(provider: str) -> None:
    problems = list(ANSWERS.keys["provider"].shape.problems(provider, "--provider"))
    if problems:
        raise BadAnswersError(problems)
