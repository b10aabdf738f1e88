"""The description of one integration, complete and checked: what every output format is rendered from."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .actions import ActionSpec
    from .mappers import DynamicMapper, Mapper, RawType
    from .page import Page
    from .script_tests import ScriptTest
    from .syncs import OnEvent, SyncSpec


@frozen
class Guess:
    """A value that neither the answers nor the facts determine.

    Attributes:
        answer: the answer that would set it, such as ``syncs[0].request.path``.
        value: the default.
        why: where the value comes from, in a few words.
    """

    answer: str
    value: str
    why: str


@frozen
class KnownResource:
    """Where what the answers leave out of a script comes from, if its resource is a known one.

    Attributes:
        answer: the script's place in the answers, such as ``syncs[0]``.
        name: the resource's, such as ``contacts``.
        docs: the page of the API's documentation.
        checked: with what it was compared, and when: ``docs, 2026-11-27``.
        has_pages: whether that includes how it is paged.
    """

    answer: str
    name: str
    docs: str
    checked: str
    has_pages: bool = True


@frozen
class IntegrationSpec:
    """One integration, ready to be rendered.

    Attributes:
        models: nango.yaml's model data by name, in writing order: the answers' and the derived ones.
        schema_file: ``root`` or ``integration``: beside nango.yaml, or in its own folder.
        guesses: the values that neither the answers nor the facts determine.
        tests: the tests of its scripts; ``None`` where none come with them.
        known_resources: the scripts whose resources are known, as far as their answers left something out.
        page: what its README.md tells beyond all this; ``None`` where it has none.
    """

    integration: str
    provider: str
    display_name: str
    syncs: tuple[SyncSpec, ...]
    actions: tuple[ActionSpec, ...]
    models: Mapping[str, Mapping[str, Any]]
    raw_types: tuple[RawType, ...]
    mappers: tuple[Mapper | DynamicMapper, ...]
    on_events: tuple[OnEvent, ...] = ()
    schema_file: str = "root"
    guesses: tuple[Guess, ...] = field(default=())
    known_resources: tuple[KnownResource, ...] = ()
    page: Page | None = None
    tests: tuple[ScriptTest, ...] | None = None

    @property
    def scripts(self) -> tuple[SyncSpec | ActionSpec, ...]:
        """The syncs, then the actions."""
        return (*self.syncs, *self.actions)
