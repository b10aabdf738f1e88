"""The whole integration as its templates see it: what they are filled with, escaped for the place where it goes."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from ..answers.answers import BESIDE
from ..frozen import frozen
from ..spec.syncs import CREATION, VALIDATION
from ..typescript.printer.literals import string_literal, template_text
from .actions import ActionView, action_view
from .lookups import HelperView, helper_views, with_helpers
from .loops import read_values
from .mappers import MapperView, TypesView, mapper_files, mapper_view, shared_stems
from .paths import ROOT
from .pins import DOTENV, NANGO, VITEST, ZOD
from .syncs import SyncView, sync_view

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..spec.integration import IntegrationSpec, ScriptTest
    from ..spec.syncs import OnEvent
    from .lookups import LookupView
    from .loops import ReadValues
    from .page import PageView

_Script = TypeVar("_Script", SyncView, ActionView)
_PARTS = {CREATION: "creation", VALIDATION: "validation"}
_GLOB = re.compile(r"([\\*?\[\]#! ])")
SUPPORT = "nango-mock"
"""The file that the tests of an integration share."""


@frozen
class OnEventView:
    """One script; ``part``: the template of its function."""

    name: str
    spec: OnEvent
    part: str


def on_event_view(script: OnEvent) -> OnEventView:
    """Everything the template needs to write a script."""
    return OnEventView(script.name, script, _PARTS.get(script.event, "deletion"))


@frozen
class TestView:
    """The tests of one script.

    Attributes:
        stem: the names of its files without ending.
        recordings: what they play, by the name of the scenario.
    """

    stem: str
    spec: ScriptTest
    recordings: Mapping[str, Any]


def test_views(spec: IntegrationSpec) -> tuple[TestView, ...]:
    """The tests of each script that has some."""
    return tuple(
        # The name that Nango's own `generate:tests` gives the tests of a script.
        TestView(f"{spec.integration}-{test.name}", test, _recordings(test))
        for test in spec.tests or ()
    )


def _recordings(test: ScriptTest) -> dict[str, Any]:
    return {scenario.name: scenario.recording for scenario in test.scenarios}


@frozen
class ProjectView:
    """The folder of nango.yaml, as each file needs it.

    Attributes:
        folder_literal: from the project, as a literal of TypeScript.
        env_literals: the ``.env`` files to read, as literals, the first one first.
        env: the ``.env`` beside nango.yaml, in a comment.
        env_in_template: the same inside of a template literal.
        enter: what comes before a command that is run in it, inside of a JSON string.
        include: its TypeScript files, as a JSON string.
        folder_in_shell: as a word of a shell; empty for the project itself.
        root_from_folder: the way back to the project, as the beginning of a path.
        ignored: what stands before a path in .gitignore.
    """

    folder_literal: str
    env_literals: str
    env: str
    env_in_template: str
    enter: str
    include: str
    folder_in_shell: str
    root_from_folder: str
    ignored: str


def project_view(folder: str = ROOT) -> ProjectView:
    """Lay out what the project files say.

    Args:
        folder: the folder of nango.yaml, below the project; empty for the project itself.
    """
    below = f"{folder}/" if folder else ""
    env = f"{below}.env"
    # The name of the folder is the user's, so each place where it goes has an escape of its own.
    return ProjectView(
        folder_literal=string_literal(folder or "."),
        env_literals=", ".join(map(string_literal, dict.fromkeys([env, ".env"]))),
        env=env,
        env_in_template=template_text(env),
        # A shell word inside of a JSON string: the quotes round the whole come from the template.
        enter=json.dumps(f"cd {shlex.quote(folder)} && ")[1:-1] if folder else "",
        include=json.dumps(f"{below}**/*.ts"),
        folder_in_shell=shlex.quote(folder) if folder else "",
        root_from_folder="../" * below.count("/"),
        ignored=_GLOB.sub(r"\\\1", below) or "/",
    )


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
        tests=test_views(spec),
        test_support=() if spec.tests is None else (SUPPORT,),
        schema_module="../schema.zod.js" if spec.schema_file == BESIDE else "../../schema.zod.js",
        pages=_pages(spec),
    )


def _pages(spec: IntegrationSpec) -> tuple[PageView, ...]:
    if spec.page is None:
        return ()
    from .page import page_view  # many integrations do without a README.md

    return (page_view(spec),)


def _sharing(script: _Script, helpers: tuple[HelperView, ...]) -> _Script:
    """A script with the look-ups that it shares with others in their helpers."""
    lookups = with_helpers(script.lookups, helpers)
    elsewhere = {lookup.spec.body for lookup in lookups if lookup.is_shared}
    if not elsewhere:
        return script
    # The CLI compiles with noUnusedLocals: a type that only the helper names must not be imported here, too.
    own = tuple(name for name in script.raw_types if name not in elsewhere)
    return replace(script, lookups=lookups, raw_types=own, reads=_own_reads(script, lookups))


def _own_reads(script: SyncView | ActionView, lookups: tuple[LookupView, ...]) -> ReadValues:
    """What the requests in a script's own file read: the queries and errors of shared look-ups are in their helpers."""
    own = [lookup.request for lookup in lookups if not lookup.is_shared]
    # A script's requests begin with those of its look-ups, one for each.
    reads = read_values([*own, *script.spec.requests[len(lookups) :]])
    return replace(script.reads, queries=reads.queries, errors=reads.errors)
