"""What the rest of the house knows about a provider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields, replace
from typing import Any

from ..errors import AnswersError, ScaffoldError
from ..frozen import frozen
from .base_url import base_path_of
from .errors import CatalogueError
from .fields import (
    READERS,
    ConnectionField,
    base_address,
    line,
    lines,
    mapping,
    read_fields,
    read_line,
    read_lines,
    read_mapping,
    required_first,
    shown,
    usable_headers,
    usable_paginate,
    usable_retry,
    web_address,
)

MODES_WITH_SCOPES = frozenset(("OAUTH1", "OAUTH2", "OAUTH2_CC", "MCP_OAUTH2", "MCP_OAUTH2_GENERIC"))

# Providers whose API is GraphQL and nothing else: a path made from a name is never there. Nango's providers.yaml does not
# say so. Only those are named of which the provider's own documentation leaves no doubt; one that has a REST API as well
# (GitHub, Shopify, Buildkite) is none of them.
_GRAPHQL = {
    **dict.fromkeys(("fireflies", "greenhouse-onboarding", "jobber", "linear"), "/graphql"),
    "monday": "/v2",
    "plain": "/v1",
}
_MOST_FIELDS = 200
"""Of a connection; what has more is no form for anybody to fill in, and counts as not given."""


@frozen
class ProviderFacts:
    """One provider, reduced to what a scaffold needs.

    Args:
        key: the provider's key, as asked for.
        auth_mode: Nango's word for how it authenticates: OAUTH2, API_KEY, BASIC, ...
        alias_of: the entry whose facts were taken over, None when the entry stands alone.
        display_name: as people write it.
        base_url: as written; may hold ``${connectionConfig.x}`` and ``a || b``. None when Nango knows none.
        headers: what the proxy adds to every request by itself.
        paginate: ``type`` (link, cursor, offset) and its keys in the SDK's names; None when Nango knows none,
            or not enough of it to follow.
        retry: when and how the proxy waits: ``at``, ``after``, ``error_code`` (lists), ``remaining``, ``in_body``.
        docs: documentation: the third party's own where we know it, else Nango's page on it.
        connection_config: what a connection carries, the required fields first.
        scopes: those Nango asks for by default.
        categories: Nango's.
        source: where the facts came from, for messages.
        resources: what is known of resources that the answers name, by name, each in the format of
            ``answers/resource_format.py``; see `known_resources`.
        stated: the names of those that the answers state and that Nango's own entry lacks, or has otherwise: its
            server knows nothing of them.
    """

    key: str
    auth_mode: str
    alias_of: str | None = None
    display_name: str = ""
    base_url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    paginate: Mapping[str, Any] | None = None
    retry: Mapping[str, Any] | None = None
    docs: str | None = None
    connection_config: tuple[ConnectionField, ...] = ()
    scopes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    source: str = ""
    stated: tuple[str, ...] = ()
    resources: Mapping[str, Any] = field(default_factory=dict)

    @property
    def source_in_words(self) -> str:
        """The source as a sentence names it: ``the built-in facts and the answers``."""
        return self.source.replace("embedded", "the built-in facts").replace(", answers", " and the answers")

    @property
    def source_says(self) -> str:
        """The source as the subject of a sentence, with its verb: ``the built-in facts say``."""
        words = self.source_in_words
        return f"{words} {'says' if words == self.source else 'say'}"

    @property
    def base_path(self) -> str:
        """The path part of the base URL without trailing slash; '' when there is none."""
        return base_path_of(self.base_url)

    @property
    def graphql_endpoint(self) -> str:
        """The one path of a provider whose API is GraphQL alone; '' for any other."""
        return _GRAPHQL.get(self.key) or _GRAPHQL.get(self.alias_of or "", "")

    @property
    def has_scopes(self) -> bool:
        """Whether connections of this auth mode carry scopes."""
        return self.auth_mode in MODES_WITH_SCOPES

    def to_data(self) -> dict[str, Any]:
        """Plain data that `from_data` reads back to equal facts; empty parts are left out."""
        data: dict[str, Any] = {}
        for part in fields(self):
            value = getattr(self, part.name)
            if part.name == "connection_config":
                value = [item.to_data() for item in value]
            if value or part.name == "key":
                data[part.name] = _plain(value)
        return data

    @classmethod
    def from_data(cls, data: Any, where: str = "provider_facts") -> ProviderFacts:
        """Facts from the plain data `to_data` gave, which a person may have edited.

        Raises:
            AnswersError: a part that is missing, unknown, or of another shape. An auth mode is not compared
                with those we know: it came from a catalogue that may be newer.
        """
        facts = mapping(data)
        # The auth mode among them, which the readers would compare with those that we know.
        own = {name: facts[name] for name in ("key", "alias_of", "source", "auth_mode") if name in facts}
        others = {name: value for name, value in facts.items() if name not in (*own, "stated", "resources")}
        parts = read_fields(others, where)
        for name in ("key", "auth_mode"):
            if name not in facts:
                fix = f"Known parts: {', '.join(READERS)}"
                raise AnswersError(f"{name} is missing", where=where, accepted=READERS, fix=fix)
        parts.update({name: read_line(value, f"{where}.{name}") for name, value in own.items()})
        if "stated" in facts:
            parts["stated"] = read_lines(facts["stated"], f"{where}.stated")
        if "resources" in facts:
            parts["resources"] = read_mapping(facts["resources"], f"{where}.resources")
        return cls(**parts)


def facts_from_entry(
    key: str, entry: Mapping[str, Any], base: Mapping[str, Any] | None, source: str
) -> ProviderFacts:
    """Reduce an entry of providers.yaml.

    Nango lays an alias's own keys over its target's, whole top-level keys at a time: an alias with a ``proxy``
    of its own shares nothing of its target's ``proxy``. An alias whose target is missing keeps what it has.

    Args:
        key: the entry's key.
        entry: the entry, parsed.
        base: the target's entry, itself merged, when `entry` is an alias.
        source: where the entry came from, for messages.

    Raises:
        CatalogueError: no auth mode in either.
    """
    whole: dict[str, Any] = {**(base or {}), **entry}
    proxy = mapping(whole.get("proxy"))
    auth_mode = line(whole.get("auth_mode"))
    if not auth_mode:
        raise CatalogueError(_without_auth_mode(entry, base), where=f"{source}: {key}")
    return ProviderFacts(
        key=key,
        auth_mode=auth_mode,
        alias_of=(line(entry.get("alias")) or None) if base is not None else None,
        display_name=line(whole.get("display_name")) or key,
        base_url=base_address(proxy.get("base_url")),
        headers=usable_headers(proxy.get("headers")),
        paginate=usable_paginate(proxy.get("paginate")),
        retry=usable_retry(proxy.get("retry")),
        docs=web_address(whole.get("docs")),
        connection_config=_connection_fields(whole.get("connection_config")),
        scopes=lines(whole.get("default_scopes")),
        categories=lines(whole.get("categories")),
        source=source,
    )


def _without_auth_mode(entry: Mapping[str, Any], base: Mapping[str, Any] | None) -> str:
    if "alias" in entry and base is None:
        return f"the entry is an alias of {shown(entry['alias'])}, which the catalogue lacks, and has no auth_mode"
    return "the entry has no auth_mode"


def _connection_fields(value: Any) -> tuple[ConnectionField, ...]:
    fields = mapping(value)
    if len(fields) > _MOST_FIELDS:
        return ()
    named = ((line(name), mapping(item)) for name, item in fields.items())
    return required_first(_connection_field(name, item) for name, item in named if name)


def _connection_field(name: str, settings: Mapping[str, Any]) -> ConnectionField:
    # Nobody has to fill in what may be missing, what Nango finds by itself or does not show, and what has a default.
    is_optional = any(settings.get(flag) is True for flag in ("optional", "automated", "hidden"))
    return ConnectionField(
        name=name,
        type=line(settings.get("type")) or "string",
        required=not is_optional and "default_value" not in settings,
        automated=settings.get("automated") is True,
        example=line(settings.get("example")) or None,
        pattern=line(settings.get("pattern")) or None,
    )


def _plain(value: Any) -> Any:
    """A copy made of dicts, lists and scalars only."""
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def stored_facts(
    stored: Mapping[str, Any], provider: str, answer_facts: Mapping[str, Any] | None
) -> ProviderFacts | None:
    """The facts an earlier run stored, which hold until the answers ask for others; None when they do.

    Catalogues differ from machine to machine and from day to day. An integration must not change with them.

    Args:
        stored: as `ProviderFacts.to_data` gave them.
        provider: the key the answers ask for.
        answer_facts: what the answers state of it themselves.
    """
    answer_facts = answer_facts or {}
    # Whatever is wrong with either is said when the facts are looked up anew.
    try:
        known = ProviderFacts.from_data(stored)
        # A source is only in facts that an earlier run wrote into the answers, all of them.
        if "source" in answer_facts:
            complete = ProviderFacts.from_data(answer_facts)
            complete = replace(complete, resources=complete.resources or known.resources)
            return known if known == complete else None
        with_answers = replace(known, **read_fields(answer_facts, "provider_facts"))
    except ScaffoldError:
        return None
    if known.key != provider or with_answers != known:
        return None
    # A fact that the answers no longer state is to be that of a catalogue again.
    is_of_answers = known.source.endswith("answers")
    states_as_much = set(known.stated) <= set(answer_facts) and bool(answer_facts) == is_of_answers
    return known if states_as_much else None
