"""The integration that a command names, and its answers, as its manifest has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import nango_yaml
from ..answers import load_answers
from ..errors import AnswersError, Place, ProjectError, ScaffoldError
from ..naming.reserved import INTEGRATION_NAME
from ..providers import ProviderFacts
from ..render.paths import YAML
from .adopted import adopted_answers, adopted_manifest
from .manifests import last_manifest, manifest_path, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from ..manifest import Manifest
    from .place import Outcome
    from .project import Project


def known_manifest(integration: str, project: Project, facts: ProviderFacts | None = None) -> Manifest:
    """The manifest of an integration of the project, or what stands for it where it was adopted.

    Raises:
        AnswersError: the project has no such integration; with those that may be meant.
        ProjectError: it has, but no manifest of it, or one that cannot be read.
    """
    if INTEGRATION_NAME.fullmatch(integration):  # anything may be typed, and it becomes a part of a path
        manifest = last_manifest(integration, project)
        if manifest is not None:
            _refuse_odd_answers(manifest, integration)
            return manifest
    document = nango_yaml.read(project.text(YAML) or "")
    integrations = document.integrations
    if facts and integration in integrations:
        adopted = adopted_answers(integration, project)
        if adopted:
            return adopted_manifest(adopted, facts, document, project)
    if integration in integrations:
        raise ProjectError(
            f"{integration} was not written by nango-scaffold, or its manifest is lost",
            where=manifest_path(integration),
            fix=f"run `nango-scaffold adopt {integration}` first: it takes the integration under care",
        )
    raise AnswersError(
        f"there is no integration {integration} in this project", fix=did_you_mean(integration, integrations)
    )


def _refuse_odd_answers(manifest: Manifest, integration: str) -> None:
    """The answers of a manifest pass the loader of all answers before anything looks into them."""
    try:
        load_answers(manifest.answers)
        ProviderFacts.from_data(manifest.facts)
    except AnswersError as error:
        error.locate(lambda problem: problem.place or Place(manifest_path(integration)))
        raise


def manifest_in(outcome: Outcome, integration: str) -> Manifest:
    """The manifest that an outcome writes for an integration.

    Raises:
        ProjectError: it writes none.
    """
    path = manifest_path(integration)
    written = {change.path: change.after for change in outcome.plan.changes}
    manifest = read_manifest(written.get(path), path)
    if manifest is None:
        raise ProjectError("the run writes no manifest of it", where=path, fix="restore it from git")
    return manifest


def did_you_mean(typed: str, names: Iterable[str]) -> str:
    """What may have been meant, else all there is."""
    from ..naming.suggest import nearest

    known = [str(name) for name in names]
    near = nearest(typed, known)
    if near:
        return f"did you mean {' or '.join(near)}?"
    if known:
        return f"there are {', '.join(known)}"
    return "there is none; `nango-scaffold new` writes the first"


def syncs_without_track_deletes(integrations: Iterable[str], project: Project) -> Iterator[str]:
    """The scripts of syncs that keep records which are gone from the API, as ``github/syncs/users.ts``.

    Their answers set ``track_deletes: false``; of answers that cannot be used there are none.
    """
    for integration in filter(INTEGRATION_NAME.fullmatch, integrations):
        for sync in _answers(integration, project).get("syncs") or ():
            if sync.get("track_deletes") is False:
                yield f"{integration}/syncs/{sync['name']}.ts"


def _answers(integration: str, project: Project) -> Mapping[str, Any]:
    """The answers of an integration as plain data, from its manifest or as adopted."""
    try:
        manifest = last_manifest(integration, project)
        adopted = None if manifest else adopted_answers(integration, project)
    except ScaffoldError:
        return {}
    if manifest:
        return manifest.answers
    return adopted.raw if adopted else {}
