"""What the CLI takes as a nango.yaml that can be read, and what of one it refuses or passes over in silence.

Source: conventions 6.1, the CLI 0.69.36.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from ..answers.runs import runs_problem
from ..answers.shapes import shown
from ..frozen import frozen
from ..models.reader import ModelsError, read_models
from ..nango_yaml.document import SECTIONS as ROOT_KEYS
from ..nango_yaml.document import first_of
from ..yaml12.scalars import Timestamp
from .entries import SECTIONS, Entry, mapping, span_of, value_span_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from ..nango_yaml import Document
    from ..typescript.syntax import Span
    from .entries import Integration

_EVENTS = ("post-connection-creation", "pre-connection-deletion", "validate-connection")
_OLD_EVENTS = "post-connection-scripts"
_V2 = (*SECTIONS, "on-events")
_LOOKED_AT = re.compile(r"[a-zA-Z0-9_-]+")


@frozen
class Problem:
    """Something that is wrong: where, and one sentence; and whether the CLI passes it over in silence."""

    span: Span
    message: str
    passed_over: bool = False


def grammar_problems(document: Document, integrations: tuple[Integration, ...]) -> Iterator[Problem]:
    """Everything that is wrong with a nango.yaml, as written."""
    yield from _root_problems(document)
    first = first_of([integration.name for integration in integrations]) if integrations else ""
    for integration in integrations:
        yield from _integration_problems(integration, is_first=integration.name == first)
    yield from _models_problems(document)


def _root_problems(document: Document) -> Iterator[Problem]:
    for key in document.top:
        if key not in ROOT_KEYS:
            message = (
                f"nango.yaml has the key {key} at its top, where Nango knows integrations and models only."
            )
            yield Problem(span_of(document, key), message)
    if not _is_written(document, "integrations"):
        yield Problem(span_of(document, "integrations"), "nango.yaml has no integrations.")
    elif not _is_written(document, "models"):
        message = "nango.yaml has no models: write models: {} if there are none."
        yield Problem(span_of(document, "models"), message)


def _is_written(document: Document, section: str) -> bool:
    pair = document.pair(section)
    return pair is not None and isinstance(pair[1], yaml.MappingNode)


def _integration_problems(integration: Integration, *, is_first: bool) -> Iterator[Problem]:
    # By the keys of its first integration the CLI takes a file for one of version 2, and the old key of events is not
    # among these: it reads such a file as one of version 1, which has no sections, and finds nothing in it.
    sections = _V2 if is_first else (*_V2, _OLD_EVENTS)
    if not any(integration.data.get(section) for section in sections):
        message = (
            f"The integration {integration.name} has no sync, action or event: "
            "Nango looks for them below syncs, actions and on-events."
        )
        yield Problem(integration.span(), message, passed_over=not integration.data)
        return
    for key, value in integration.data.items():
        if key in SECTIONS:
            yield from _section_problems(integration, key, value)
        elif key not in ("on-events", _OLD_EVENTS):
            message = (
                f"The integration {integration.name} has the key {key}, which Nango does not know there."
            )
            yield Problem(integration.span(key), message)
    yield from _events_problems(integration)
    yield from _shared_names(integration)


def _section_problems(integration: Integration, section: str, value: Any) -> Iterator[Problem]:
    if not isinstance(value, dict):
        message = (
            f"{section} of the integration {integration.name} should be a mapping of names to {section}."
        )
        yield Problem(integration.span(section), message)
        return
    kind = SECTIONS[section]
    for name, data in value.items():
        if not _LOOKED_AT.fullmatch(name):
            continue  # the CLI does not look at what stands below such a name
        if not isinstance(data, dict):
            message = f"The {kind} {name} is not a mapping of keys to values."
            yield Problem(integration.span(section, name), message)
            continue
        entry = Entry(integration.name, kind, name, data, integration.document)
        for keys, message in entry_problems(entry):
            yield Problem(entry.value_span(*keys) if keys else entry.span(), message)


def _events_problems(integration: Integration) -> Iterator[Problem]:
    events, old = (integration.data.get(key) for key in ("on-events", _OLD_EVENTS))
    where = f"of the integration {integration.name}"
    if "on-events" in integration.data and not isinstance(events, dict):
        message = f"on-events {where} should be a mapping of events to scripts."
        yield Problem(integration.span("on-events"), message)
    yield from _each_event_problems(integration, mapping(events), where)
    if _OLD_EVENTS in integration.data and not is_texts(old):
        message = f"{_OLD_EVENTS} {where} should be a list of scripts."
        yield Problem(integration.value_span(_OLD_EVENTS), message)
    elif old and any(mapping(events).values()):
        message = f"The integration {integration.name} has {_OLD_EVENTS} beside on-events: on-events alone should hold them."
        yield Problem(integration.span(_OLD_EVENTS), message)


def _each_event_problems(integration: Integration, events: dict[str, Any], where: str) -> Iterator[Problem]:
    for event, scripts in events.items():
        if event not in _EVENTS:
            message = f"The event {event} {where} is none that Nango knows: {', '.join(_EVENTS)}."
            yield Problem(integration.span("on-events", event), message)
        elif not is_texts(scripts) or not all(map(_LOOKED_AT.fullmatch, scripts)):
            message = f"The event {event} {where} should have a list of scripts, named with letters, digits and dashes."
            yield Problem(integration.value_span("on-events", event), message)


def _shared_names(integration: Integration) -> Iterator[Problem]:
    syncs = {entry.name for entry in integration.entries if entry.kind == "sync"}
    for entry in integration.entries:
        if entry.kind == "action" and entry.name in syncs:
            message = (
                f"The action {entry.name} has the name of a sync: the names in an integration should differ."
            )
            yield Problem(entry.span(), message)


def _models_problems(document: Document) -> Iterator[Problem]:
    try:
        read_models(document.models)
    except ModelsError as error:
        where = error.where.removeprefix("models.")  # which the reader puts before the name of a model alone
        fix = f" ({error.fix})" if error.fix else ""
        message = f"The models are refused at {where}: {error.what}{fix}."
        yield Problem(value_span_of(document, *_keys(document, ["models", *where.split(".")])), message)


def _keys(document: Document, path: list[str]) -> list[str]:
    """The keys that lead to a field, question marks and all, as far as they are found."""
    keys: list[str] = []
    for name in path:
        written = [key for key in (name, f"{name}?") if document.pair(*keys, key) is not None]
        if not written:
            break
        keys.append(written[0])
    return keys


# A sync or an action.

_VERSION = re.compile(r"[0-9]+|[0-9]+\.[0-9]+\.[0-9]+")


@frozen
class Demand:
    """What the value of a key has to be: a test of it, and the words for it."""

    is_met: Callable[[Any], bool]
    words: str


def is_text(value: Any) -> bool:
    """Whether a value is a text to the CLI, too."""
    return isinstance(value, str) and not isinstance(value, Timestamp)


def is_texts(value: Any) -> bool:
    """Whether a value is a list of texts."""
    return isinstance(value, list) and all(map(is_text, value))


def _is_version(value: Any) -> bool:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number or (is_text(value) and _VERSION.fullmatch(value) is not None)


_TEXT = Demand(is_text, "a string")
_TEXTS = Demand(lambda value: is_text(value) or is_texts(value), "a string or a list of strings")
_MODELS = Demand(
    lambda value: is_text(value) or is_texts(value), "the name of a model or a list of such names"
)
_MODEL = Demand(lambda value: value is None or is_text(value), "the name of a model")
_FLAG = Demand(lambda value: isinstance(value, bool), "true or false")

_BOTH = {
    "description": _TEXT,
    "input": _MODEL,
    "output": _MODELS,
    "scopes": _TEXTS,
    "version": Demand(_is_version, "a whole number, or three of them with points between, such as 1.0.0"),
}
_DEMANDS: dict[str, dict[str, Demand]] = {
    "sync": {
        **_BOTH,
        "sync_type": Demand(lambda value: value in ("full", "incremental"), "full or incremental"),
        "track_deletes": _FLAG,
        "auto_start": _FLAG,
        "webhook-subscriptions": _TEXTS,
    },
    "action": _BOTH,
}
_OTHERS = {"sync": ("runs", "endpoint"), "action": ("endpoint",)}
_REQUIRED = {"sync": ("runs", "output", "endpoint"), "action": ("endpoint",)}


def entry_problems(entry: Entry) -> Iterator[tuple[tuple[str, ...], str]]:
    """What the CLI refuses of a sync or an action: the keys below it that lead to the place, and a sentence."""
    owner = f"the {entry.kind} {entry.name}"
    for key in _REQUIRED[entry.kind]:
        if key not in entry.data:
            yield (), f"The {entry.kind} {entry.name} has no {key}, which every {entry.kind} needs."
    demands = _DEMANDS[entry.kind]
    for key, value in entry.data.items():
        if key in demands:
            if not demands[key].is_met(value):
                yield (key,), f"The {key} {shown(value)} of {owner} should be {demands[key].words}."
        elif key not in _OTHERS[entry.kind]:
            yield (key,), f"The {entry.kind} {entry.name} has the key {key}, which Nango does not know there."
    yield from _runs_problems(entry, owner)
    if "endpoint" in entry.data:
        for key, message in endpoints_problems(entry):
            yield ("endpoint", *([key] if key else [])), message


def _runs_problems(entry: Entry, owner: str) -> Iterator[tuple[tuple[str, ...], str]]:
    if entry.kind == "sync" and "runs" in entry.data:
        runs = entry.data["runs"]
        why = runs_problem(runs) if is_text(runs) else "it is not a string"
        if why:
            yield ("runs",), f"The interval {shown(runs)} of {owner} cannot be used: {why}."


# An endpoint.

_ENDPOINT_METHODS = {"sync": ("GET",), "action": ("GET", "POST", "PUT", "PATCH", "DELETE")}
_ENDPOINT_TEXTS = {
    "sync": re.compile(r"(GET\s)?/[a-zA-Z0-9./_-]+"),
    "action": re.compile(r"((GET|POST|PUT|PATCH|DELETE)\s)?/[a-zA-Z0-9:{}./_-]+"),
}
_PATH = re.compile(r"/[a-zA-Z0-9:{}./_-]+")
_GROUP = re.compile(r"[a-zA-Z _-]{1,64}")
_ENDPOINT_KEYS = ("method", "path", "group")
_PARAMETER = re.compile(r"\{([^}]+)\}")


def endpoints_problems(entry: Entry) -> Iterator[tuple[str, str]]:
    """What is wrong with the endpoints of an entry: the key below ``endpoint`` that is meant, if one is, and a sentence."""
    value = entry.data["endpoint"]
    owner = f"the {entry.kind} {entry.name}"
    values = value if isinstance(value, list) and entry.kind == "sync" else [value]
    for endpoint in values:
        yield from _endpoint_problems(endpoint, entry.kind, owner)
        yield from _unknown_model(endpoint, entry, owner)
    if entry.kind == "sync" and entry.outputs and len(values) != len(entry.outputs):
        counts = f"{len(values)} for {len(entry.outputs)}"
        yield "", f"The sync {entry.name} should have one endpoint for each of its outputs, but has {counts}."


def _endpoint_problems(value: Any, kind: str, owner: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        yield from _endpoint_mapping_problems(value, kind, owner)
    elif not isinstance(value, str):
        yield "", f"The endpoint {shown(value)} of {owner} should be a mapping of method, path and group."
    elif not _ENDPOINT_TEXTS[kind].fullmatch(value):
        example = "GET /contacts" if kind == "sync" else "POST /contacts"
        yield "", f"The endpoint {shown(value)} of {owner} should be like {example}."


def _endpoint_mapping_problems(value: dict[str, Any], kind: str, owner: str) -> Iterator[tuple[str, str]]:
    for key in value:
        if key not in _ENDPOINT_KEYS:
            yield key, f"The endpoint of {owner} has the key {key}, but only method, path and group are known."
    method, path, group = (value.get(key) for key in _ENDPOINT_KEYS)
    if "method" in value and method not in _ENDPOINT_METHODS[kind]:
        yield "method", f"The method {shown(method)} of {owner} should be {_either(_ENDPOINT_METHODS[kind])}."
    if "path" not in value:
        yield "", f"The endpoint of {owner} has no path."
    elif not _is_match(_PATH, path):
        yield "path", f"The path {shown(path)} of {owner} should be a slash and letters, digits, dashes and slashes behind it."
    if "group" in value and not _is_match(_GROUP, group):
        yield "group", f"The group {shown(group)} of {owner} should be letters, blanks and dashes, at most 64."


def _unknown_model(value: Any, entry: Entry, owner: str) -> Iterator[tuple[str, str]]:
    # The CLI takes what is in braces, as in `/tickets/{Ticket:id}`, for a model and a field of it.
    path = value.get("path") if isinstance(value, dict) else value
    parameter = _PARAMETER.search(path) if isinstance(path, str) else None
    model = parameter[1].split(":")[0] if parameter else ""
    models: Collection[str] = entry.document.models
    if model and model not in models:
        yield "path", f"The path {path} of {owner} has {model} in braces, which is not a model of nango.yaml."


def _is_match(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _either(words: tuple[str, ...]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
