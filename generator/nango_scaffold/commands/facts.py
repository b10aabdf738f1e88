"""The facts that a command works with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..naming.reserved import INTEGRATION_NAME
from ..operations import Project
from ..operations.adopted import adopted_answers
from ..operations.manifests import last_manifest, manifest_path, read_manifest
from ..providers import find
from ..providers.pinned import settled
from .transaction import reader_of, real_places

if TYPE_CHECKING:
    from ..answers import Answers
    from ..operations import Reader
    from ..project import NangoProject
    from ..providers import ProviderFacts


def facts_for(answers: Answers, project: NangoProject, providers: Path | None) -> ProviderFacts:
    """The facts of the answers' provider: those the last run used, else those that are known now.

    Args:
        answers: the answers.
        project: the project.
        providers: a providers.yaml named on the command line: then facts are looked up there in any case.

    Raises:
        ScaffoldError: nobody knows the provider, or the manifest or a catalogue cannot be read.
    """
    if providers is None:
        path = manifest_path(answers.integration)
        with real_places(project):
            last = read_manifest(reader_of(project)([path])[path], path)
        kept = settled(last.facts, answers.provider, answers.provider_facts) if last else None
        if kept is not None:
            return kept
    return find(
        answers.provider,
        providers_path=providers,
        project=Path(project.seeks_providers_from),
        generic=answers.provider_facts,
    )


def facts_in_force(
    integration: str, project: NangoProject, reader: Reader, providers: str | None
) -> ProviderFacts | None:
    """Facts looked up anew, or None for those that the integration was written with.

    Args:
        integration: its key in nango.yaml, as typed.
        project: the project.
        reader: reads the project.
        providers: the catalogue that was named, if one was. Without, only an adopted integration has its facts looked
            up: it was not written with any.

    Raises:
        ScaffoldError: nobody knows the provider.
    """
    if not INTEGRATION_NAME.fullmatch(integration):
        return None
    inside = Project(reader)
    manifest = last_manifest(integration, inside)
    adopted = adopted_answers(integration, inside) if manifest is None else None
    raw = manifest.answers if manifest and providers else adopted.raw if adopted else None
    if raw is None:
        return None
    return find(
        raw["provider"],
        providers_path=Path(providers) if providers else None,
        project=Path(project.seeks_providers_from),
        generic=raw.get("provider_facts"),
    )
