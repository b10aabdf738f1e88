"""The endpoints that syncs and actions have at Nango, as nango.yaml writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from ..frozen import frozen
from .entries import node_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..typescript.syntax import Span
    from .entries import Entry, Integration

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
        yield Endpoint(
            entry, method or default, path, group, keys, False, span, _path_span(entry, node, span)
        )


def _method_and_path(text: str, default: str) -> tuple[str, str]:
    """``GET /contacts``; the CLI takes what stands between the first two blanks."""
    words = text.split(" ")
    return (words[0], words[1]) if len(words) > 1 else (default, words[0])


def _path_span(entry: Entry, node: yaml.Node | None, span: Span) -> Span:
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value == "path" and value.start_mark.index < value.end_mark.index:
            return node_span(entry.document, value)
    return span
