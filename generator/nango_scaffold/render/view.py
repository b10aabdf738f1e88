"""The whole integration as its templates see it."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, TypeVar

from ..answers.answers import BESIDE
from ..frozen import frozen
from .actions import ActionView, action_view
from .lookups import HelperView, helper_views, with_helpers
from .loops import read_values
from .mappers import MapperView, TypesView, mapper_files, mapper_view, shared_stems
from .on_events import OnEventView, on_event_view
from .pins import DOTENV, NANGO, VITEST, ZOD
from .project_view import ProjectView, project_view
from .script_tests import SUPPORT, TestView, test_views
from .syncs import SyncView, sync_view

if TYPE_CHECKING:
    from ..spec.integration import IntegrationSpec
    from .lookups import LookupView
    from .loops import ReadValues
    from .page import PageView

_Script = TypeVar("_Script", SyncView, ActionView)


@frozen
class IntegrationView:
    """What the templates are filled with, as ``view``.

    Attributes:
        types: the one file of raw types, or none.
        pages: the README.md, or none.
        schema_module: schema.zod.ts, as scripts import it.
        tests: the tests of scripts, and
        test_support: the names of what they share; none where none come with the scripts.
    """

    integration: str
    types: tuple[TypesView, ...]
    mappers: tuple[MapperView, ...]
    syncs: tuple[SyncView, ...]
    actions: tuple[ActionView, ...]
    on_events: tuple[OnEventView, ...]
    helpers: tuple[HelperView, ...] = ()
    nango_version: str = NANGO
    zod_version: str = ZOD
    dotenv_version: str = DOTENV
    vitest_version: str = VITEST
    tests: tuple[TestView, ...] = ()
    test_support: tuple[str, ...] = ()
    project: ProjectView = field(default_factory=project_view)
    schema_module: str = "../../schema.zod.js"
    pages: tuple[PageView, ...] = ()


def integration_view(spec: IntegrationSpec) -> IntegrationView:
    """Lay out everything the templates show."""
    stems = shared_stems(spec.mappers)
    helpers = helper_views(spec)
    return IntegrationView(
        integration=spec.integration,
        types=(TypesView(spec.raw_types),) if spec.raw_types else (),
        mappers=tuple(mapper_view(*file, stems=stems) for file in mapper_files(spec.mappers)),
        syncs=tuple(_sharing(sync_view(sync, stems), helpers) for sync in spec.syncs),
        actions=tuple(_sharing(action_view(action, stems), helpers) for action in spec.actions),
        on_events=tuple(on_event_view(script) for script in spec.on_events),
        helpers=helpers,
        tests=test_views(spec) if spec.tests else (),
        test_support=() if spec.tests is None else (SUPPORT,),
        schema_module="../schema.zod.js" if spec.schema_file == BESIDE else "../../schema.zod.js",
        pages=_pages(spec),
    )


def _pages(spec: IntegrationSpec) -> tuple[PageView, ...]:
    if spec.page is None:
        return ()
    from .page import page_view  # many integrations do without

    return (page_view(spec),)


def _sharing(script: _Script, helpers: tuple[HelperView, ...]) -> _Script:
    """A script with the look-ups that it shares with others in their helpers."""
    lookups = with_helpers(script.lookups, helpers)
    elsewhere = {lookup.spec.body for lookup in lookups if lookup.is_shared}
    if not elsewhere:
        return script
    own = tuple(name for name in script.raw_types if name not in elsewhere)
    return replace(script, lookups=lookups, raw_types=own, reads=_own_reads(script, lookups))


def _own_reads(script: SyncView | ActionView, lookups: tuple[LookupView, ...]) -> ReadValues:
    """What the requests in a script's own file read: the queries and errors of shared look-ups are in their helpers."""
    own = [lookup.request for lookup in lookups if not lookup.is_shared]
    reads = read_values([*own, *script.spec.requests[len(lookups) :]])
    return replace(script.reads, queries=reads.queries, errors=reads.errors)
