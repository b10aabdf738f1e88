"""What stands in nango.yaml, as data that knows where it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from ..nango_yaml import Document
    from ..nango_yaml.document import Pair
    from ..typescript.syntax import Span

SECTIONS: dict[str, Literal["sync", "action"]] = {"syncs": "sync", "actions": "action"}


@frozen
class Entry:
    """A sync or an action.

    Attributes:
        integration: the key of its integration.
        kind: which of the two.
        name: its key.
        data: what stands below it; empty when that is no mapping.
        document: where it stands.
    """

    integration: str
    kind: Literal["sync", "action"]
    name: str
    data: dict[str, Any]
    document: Document

    @property
    def script(self) -> str:
        """Where its script lies, or should."""
        return f"{self.integration}/{self.kind}s/{self.name}.ts"

    @property
    def sync_type(self) -> str:
        """That of a sync, as the CLI reads it."""
        return str(self.data.get("sync_type") or "full")

    @property
    def input(self) -> str:
        """The model or type it takes; empty for none."""
        return str(self.data.get("input") or "")

    @property
    def outputs(self) -> tuple[str, ...]:
        """The models or types it gives."""
        return texts(self.data.get("output"))

    def pair(self, *keys: str) -> Pair | None:
        """The nodes of the key and the value at a path below this entry, or of its own; None where nothing is written."""
        return self.document.pair(*self._path, *keys)

    def span(self, *keys: str) -> Span:
        """Where the key at a path below this entry is written, else where the entry's own is."""
        return span_of(self.document, *self._path, *keys)

    def value_span(self, *keys: str) -> Span:
        """Where the value at a path below this entry is written, else where the entry's own key is."""
        return value_span_of(self.document, *self._path, *keys)

    @property
    def _path(self) -> tuple[str, ...]:
        return "integrations", self.integration, f"{self.kind}s", self.name


@frozen
class Integration:
    """An integration.

    Attributes:
        name: its key.
        entries: its syncs, then its actions, as written.
        document: where it stands.
        data: what stands below it; empty when that is no mapping.
    """

    name: str
    entries: tuple[Entry, ...]
    document: Document
    data: dict[str, Any]

    def span(self, *keys: str) -> Span:
        """Where the key at a path below this integration is written, else where its own is."""
        return span_of(self.document, "integrations", self.name, *keys)

    def value_span(self, *keys: str) -> Span:
        """Where the value at a path below this integration is written; see `value_span_of`."""
        return value_span_of(self.document, "integrations", self.name, *keys)


def integrations_of(document: Document) -> tuple[Integration, ...]:
    """The integrations of a nango.yaml, as written."""
    return tuple(
        Integration(str(name), tuple(_entries(document, str(name), data)), document, mapping(data))
        for name, data in document.integrations.items()
    )


def span_of(document: Document, *path: str) -> Span:
    """Where the last key of a path that is written stands, offsets into the whole text; (0, 0) when none is."""
    for length in range(len(path), 0, -1):
        pair = document.pair(*path[:length])
        if pair is not None:
            return node_span(document, pair[0])
    return 0, 0


def value_span_of(document: Document, *path: str) -> Span:
    """Where the value at a path is written, else what `span_of` gives: nothing stands there, or an empty value."""
    pair = document.pair(*path)
    if pair is None or pair[1].start_mark.index == pair[1].end_mark.index:
        return span_of(document, *path)
    return node_span(document, pair[1])


def node_span(document: Document, node: yaml.Node) -> Span:
    """Where a node stands, offsets into the whole text."""
    offset = len(document.bom)  # the parser is given the text behind it
    return node.start_mark.index + offset, node.end_mark.index + offset


def texts(value: Any) -> tuple[str, ...]:
    """One name or a list of names as names."""
    names = value if isinstance(value, list) else [value]
    return tuple(str(name) for name in names if name)


def mapping(value: Any) -> dict[str, Any]:
    """A value when it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def _entries(document: Document, integration: str, data: Any) -> Iterator[Entry]:
    for section, kind in SECTIONS.items():
        for name, below in mapping(mapping(data).get(section)).items():
            yield Entry(integration, kind, str(name), mapping(below), document)


_DEFAULT_METHODS = {"sync": "GET", "action": "POST"}


@frozen
class Endpoint:
    """One endpoint.

    Attributes:
        entry: the sync or action it belongs to.
        method: in upper case as the CLI wants it; its default where none is written.
        path: below Nango's own URL; empty when none is written.
        group: empty when none is written.
        keys: those that are written; none when the endpoint is one text.
        is_text: whether it is written as one text, such as ``GET /contacts``.
        span: where it is written.
        path_span: where its path is written.
    """

    entry: Entry
    method: str
    path: str
    group: str
    keys: tuple[str, ...]
    is_text: bool
    span: Span
    path_span: Span

    @property
    def owner(self) -> str:
        """The sync or action, for a message."""
        return f"the {self.entry.kind} {self.entry.name}"


def endpoints_of(entry: Entry) -> Iterator[Endpoint]:
    """Those of a sync or an action that are texts or mappings, as written."""
    value = entry.data.get("endpoint")
    pair = entry.pair("endpoint")
    node = pair[1] if pair else None
    if not isinstance(value, list):
        yield from _endpoint(entry, value, node, entry.span("endpoint"))
        return
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    for index, item in enumerate(value):
        below = items[index] if index < len(items) else None
        place = node_span(entry.document, below) if below is not None else entry.span("endpoint")
        yield from _endpoint(entry, item, below, place)


def all_endpoints(integration: Integration) -> Iterator[Endpoint]:
    """Those of an integration: of its syncs, then of its actions."""
    for entry in integration.entries:
        yield from endpoints_of(entry)


def _endpoint(entry: Entry, value: Any, node: yaml.Node | None, span: Span) -> Iterator[Endpoint]:
    default = _DEFAULT_METHODS[entry.kind]
    if isinstance(value, str) and value.strip():
        method, path = _method_and_path(value, default)
        place = node_span(entry.document, node) if node is not None else span
        yield Endpoint(entry, method, path, "", (), True, place, place)
    elif isinstance(value, dict):
        method, path, group = (str(value.get(key) or "") for key in ("method", "path", "group"))
        keys = tuple(key for key, written in value.items() if written not in (None, ""))
        path_span = _path_span(entry, node, span)
        yield Endpoint(entry, method or default, path, group, keys, False, span, path_span)


def _method_and_path(text: str, default: str) -> tuple[str, str]:
    """``GET /contacts``; the CLI takes what stands between the first two blanks."""
    words = text.split(" ")  # at each blank: of `GET  /a` the path is empty
    return (words[0], words[1]) if len(words) > 1 else (default, words[0])


def _path_span(entry: Entry, node: yaml.Node | None, span: Span) -> Span:
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value == "path" and value.start_mark.index < value.end_mark.index:
            return node_span(entry.document, value)
    return span
