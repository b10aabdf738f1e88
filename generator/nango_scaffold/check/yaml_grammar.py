"""What the CLI takes as a nango.yaml that can be read, and what of one it refuses or passes over in silence.

Source: conventions 6.1, the CLI 0.69.36.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from ..frozen import frozen
from ..models.reader import ModelsError, read_models
from ..nango_yaml.document import SECTIONS as ROOT_KEYS
from ..nango_yaml.document import first_of
from .entries import SECTIONS, Entry, mapping, span_of, value_span_of
from .entry_grammar import entry_amiss, is_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..nango_yaml import Document
    from ..typescript.syntax import Span
    from .entries import Integration

_EVENTS = ("post-connection-creation", "pre-connection-deletion", "validate-connection")
_OLD_EVENTS = "post-connection-scripts"
_V2 = (*SECTIONS, "on-events")
_LOOKED_AT = re.compile(r"[a-zA-Z0-9_-]+")


@frozen
class Amiss:
    """Something that is wrong: where, and one sentence; and whether the CLI passes it over in silence."""

    span: Span
    message: str
    passed_over: bool = False


def amiss_in(document: Document, integrations: tuple[Integration, ...]) -> Iterator[Amiss]:
    """Everything that is wrong with a nango.yaml, as written."""
    yield from _root_amiss(document)
    first = first_of([one.name for one in integrations]) if integrations else ""
    for integration in integrations:
        yield from _integration_amiss(integration, is_first=integration.name == first)
    yield from _models_amiss(document)


def _root_amiss(document: Document) -> Iterator[Amiss]:
    for key in document.top:
        if key not in ROOT_KEYS:
            message = (
                f"nango.yaml has the key {key} at its top, where Nango knows integrations and models only."
            )
            yield Amiss(span_of(document, key), message)
    if not _is_written(document, "integrations"):
        yield Amiss(span_of(document, "integrations"), "nango.yaml has no integrations.")
    elif not _is_written(document, "models"):
        yield Amiss(
            span_of(document, "models"), "nango.yaml has no models: write models: {} if there are none."
        )


def _is_written(document: Document, section: str) -> bool:
    pair = document.pair(section)
    return pair is not None and isinstance(pair[1], yaml.MappingNode)


def _integration_amiss(integration: Integration, *, is_first: bool) -> Iterator[Amiss]:
    sections = _V2 if is_first else (*_V2, _OLD_EVENTS)
    if not any(integration.data.get(section) for section in sections):
        message = (
            f"The integration {integration.name} has no sync, action or event: "
            "Nango looks for them below syncs, actions and on-events."
        )
        yield Amiss(integration.span(), message, passed_over=not integration.data)
        return
    for key, value in integration.data.items():
        if key in SECTIONS:
            yield from _section_amiss(integration, key, value)
        elif key not in ("on-events", _OLD_EVENTS):
            message = (
                f"The integration {integration.name} has the key {key}, which Nango does not know there."
            )
            yield Amiss(integration.span(key), message)
    yield from _events_amiss(integration)
    yield from _shared_names(integration)


def _section_amiss(integration: Integration, section: str, value: Any) -> Iterator[Amiss]:
    if not isinstance(value, dict):
        message = (
            f"{section} of the integration {integration.name} should be a mapping of names to {section}."
        )
        yield Amiss(integration.span(section), message)
        return
    kind = SECTIONS[section]
    for name, data in value.items():
        if not _LOOKED_AT.fullmatch(name):
            continue  # the CLI does not look at what stands below such a name
        if not isinstance(data, dict):
            yield Amiss(
                integration.span(section, name), f"The {kind} {name} is no mapping of keys to values."
            )
            continue
        entry = Entry(integration.name, kind, name, data, integration.document)
        for keys, message in entry_amiss(entry):
            yield Amiss(entry.value_span(*keys) if keys else entry.span(), message)


def _events_amiss(integration: Integration) -> Iterator[Amiss]:
    events, old = (integration.data.get(key) for key in ("on-events", _OLD_EVENTS))
    where = f"of the integration {integration.name}"
    if "on-events" in integration.data and not isinstance(events, dict):
        yield Amiss(
            integration.span("on-events"), f"on-events {where} should be a mapping of events to scripts."
        )
    yield from _each_event_amiss(integration, mapping(events), where)
    if _OLD_EVENTS in integration.data and not is_texts(old):
        yield Amiss(
            integration.value_span(_OLD_EVENTS), f"{_OLD_EVENTS} {where} should be a list of scripts."
        )
    elif old and any(mapping(events).values()):
        message = f"The integration {integration.name} has {_OLD_EVENTS} beside on-events: on-events alone should hold them."
        yield Amiss(integration.span(_OLD_EVENTS), message)


def _each_event_amiss(integration: Integration, events: dict[str, Any], where: str) -> Iterator[Amiss]:
    for event, scripts in events.items():
        if event not in _EVENTS:
            message = f"The event {event} {where} is none that Nango knows: {', '.join(_EVENTS)}."
            yield Amiss(integration.span("on-events", event), message)
        elif not is_texts(scripts) or not all(map(_LOOKED_AT.fullmatch, scripts)):
            message = f"The event {event} {where} should have a list of scripts, named with letters, digits and dashes."
            yield Amiss(integration.value_span("on-events", event), message)


def _shared_names(integration: Integration) -> Iterator[Amiss]:
    syncs = {entry.name for entry in integration.entries if entry.kind == "sync"}
    for entry in integration.entries:
        if entry.kind == "action" and entry.name in syncs:
            message = (
                f"The action {entry.name} has the name of a sync: the names in an integration should differ."
            )
            yield Amiss(entry.span(), message)


def _models_amiss(document: Document) -> Iterator[Amiss]:
    try:
        read_models(document.models)
    except ModelsError as error:
        where = error.where.removeprefix("models.")  # which the reader puts before the name of a model alone
        fix = f" ({error.fix})" if error.fix else ""
        message = f"The models are refused at {where}: {error.what}{fix}."
        yield Amiss(value_span_of(document, *_keys(document, ["models", *where.split(".")])), message)


def _keys(document: Document, path: list[str]) -> list[str]:
    """The keys that lead to a field, question marks and all, as far as they are found."""
    keys: list[str] = []
    for name in path:
        written = [key for key in (name, f"{name}?") if document.pair(*keys, key) is not None]
        if not written:
            break
        keys.append(written[0])
    return keys
