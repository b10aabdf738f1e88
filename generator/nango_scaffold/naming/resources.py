"""The resource that the name of a script, a model or an entity is about, without the words that name the provider."""

from __future__ import annotations

from .verbs import without_fetching
from .words import plural, singular, words


def resource_name(entity: str, integration: str) -> str:
    """The entity without the words that name the provider, kebab-case.

    A word that is only a part of the provider's name may be all that an entity is called (the calendars of
    google-calendar); the whole name says nothing: the githubs of github are records.
    """
    parts = words(integration)
    # Short parts, such as the `one` of a name, are words that an entity may well be called by.
    provider_words = {integration.lower(), *(part for part in parts if len(part) >= 4)}
    rest = [word for word in words(entity) if word not in provider_words]
    if rest:
        return "-".join(rest)
    return "record" if words(singular(entity)) == words(singular(integration)) else entity


def entity_in(name: str, integration: str) -> str:
    """The resource that a kebab-case name is about: singular, without the provider's name."""
    return resource_name(singular(name), integration)


def plural_resource(name: str, integration: str) -> str:
    """The resource in a plural name, spelled as it is there: ``persons`` stays ``persons``."""
    resource = resource_name(name, integration)
    is_spelled = set(words(resource)) <= set(words(name))
    return resource if is_spelled else plural(resource)


def synced_resource(sync: str, integration: str) -> str:
    """The resource of a sync as its name spells it, without the provider's name and a verb such as ``fetch``."""
    return plural_resource(without_fetching(sync), integration)
