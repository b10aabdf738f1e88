"""The whole integration as its templates see it."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from ..frozen import frozen
from .actions import ActionView, action_view
from .mappers import MapperView, TypesView, mapper_files, mapper_view, shared_stems
from .on_events import OnEventView, on_event_view
from .pins import DOTENV, NANGO, ZOD
from .project_view import ProjectView, project_view
from .syncs import SyncView, sync_view

if TYPE_CHECKING:
    from ..spec.integration import IntegrationSpec


@frozen
class IntegrationView:
    """What the templates are filled with, as ``view``; ``types`` holds the one file of raw types, or none."""

    integration: str
    types: tuple[TypesView, ...]
    mappers: tuple[MapperView, ...]
    syncs: tuple[SyncView, ...]
    actions: tuple[ActionView, ...]
    on_events: tuple[OnEventView, ...]
    nango_version: str = NANGO
    zod_version: str = ZOD
    dotenv_version: str = DOTENV
    project: ProjectView = field(default_factory=project_view)


def integration_view(spec: IntegrationSpec) -> IntegrationView:
    """Lay out everything the templates show."""
    stems = shared_stems(spec.mappers)
    return IntegrationView(
        integration=spec.integration,
        types=(TypesView(spec.raw_types),) if spec.raw_types else (),
        mappers=tuple(mapper_view(*file, stems=stems) for file in mapper_files(spec.mappers)),
        syncs=tuple(sync_view(sync, stems) for sync in spec.syncs),
        actions=tuple(action_view(action, stems) for action in spec.actions),
        on_events=tuple(on_event_view(script) for script in spec.on_events),
    )
