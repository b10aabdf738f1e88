"""What an integration's README.md tells beyond its scripts and models: the provider, and where each fact comes from."""

from __future__ import annotations

from typing import Literal

from ..frozen import frozen

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
