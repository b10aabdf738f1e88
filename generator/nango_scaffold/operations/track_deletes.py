"""The syncs that keep records gone from the API: their answers set ``track_deletes: false``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import ScaffoldError
from ..naming.reserved import INTEGRATION_NAME
from .adopted import adopted_answers
from .manifests import last_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from .project import Project


def syncs_without_track_deletes(integrations: Iterable[str], project: Project) -> Iterator[str]:
    """The scripts of such syncs, as ``github/syncs/users.ts``; none of answers that cannot be used."""
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
