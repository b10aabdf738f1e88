"""The description of one integration, with its tests and its page: what every output format is rendered from."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any, Literal

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .actions import ActionSpec
    from .mappers import DynamicMapper, Mapper, RawType
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


Kind = Literal["facts", "inferred", "known resource", "pagination", "guess"]


@frozen
class Origin:
    """Where a fact comes from.

    Attributes:
        subject: what the fact is about: a script's name, or an answer such as ``syncs[0].request.path``.
        value: the fact; empty where it is everything that the answers leave out of a script.
        kind: what kind of source it is.
        source: the source in words: the provider's facts, a file, who checked it when, the reason of a guess.
        docs: the page of the API's documentation; empty for none.
    """

    subject: str
    value: str
    kind: Kind
    source: str
    docs: str = ""


@frozen
class ConnectionSetting:
    """A value that a connection to the provider carries.

    Attributes:
        is_automated: whether Nango finds it by itself while connecting.
    """

    name: str
    type: str
    is_required: bool
    is_automated: bool
    example: str


@frozen
class Page:
    """The provider of an integration, and its sources.

    Attributes:
        auth_mode: Nango's word for how the provider authenticates, such as ``OAUTH2``.
        base_url: as Nango writes it; may hold ``${connectionConfig.x}``.
        docs: the provider's documentation; empty for none.
        has_scopes: whether connections carry scopes.
        settings: what a connection carries.
    """

    auth_mode: str
    base_url: str
    docs: str
    has_scopes: bool
    settings: tuple[ConnectionSetting, ...]
    origins: tuple[Origin, ...]


@frozen
class Scenario:
    """One test of a script.

    Attributes:
        name: its key in the file of recordings.
        title: what it shows: ``saves the records of the first page``.
        recording: what the script is run with, the responses that it gets, and what is expected of it, as JSON.
        error: the message with which the script ends; empty where it comes through.
        is_exact: whether every expected value is known; else the known ones are compared.
    """

    name: str
    title: str
    recording: Mapping[str, Any]
    error: str = ""
    is_exact: bool = True


@frozen
class ScriptTest:
    """The tests of one script.

    Attributes:
        kind: ``sync`` or ``action``.
        name: the script's name.
        scenarios: its tests, in order.
        takes_input: whether the script is an action with an input.
        has_output: whether it is an action with an output.
        now: the time at which the tests run, in ISO 8601; empty where the script does not ask for the time.
    """

    kind: str
    name: str
    scenarios: tuple[Scenario, ...]
    takes_input: bool = False
    has_output: bool = False
    now: str = ""
