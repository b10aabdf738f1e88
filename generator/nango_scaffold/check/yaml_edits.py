"""Edits of nango.yaml that are certain: a key of an entry said or set right, a value written without its quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from ..nango_yaml.document import is_alias, pairs
from ..nango_yaml.spans import line_start, pair_stop
from ..yaml_scalars import is_string_everywhere
from .finding import Edit
from .tree import YAML

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..nango_yaml import Document
    from ..nango_yaml.document import Pair
    from .entries import Entry
    from .finding import Span

_PLAIN = re.compile(r"\w(?:[\w .|+-]*[\w.|+-])?")
_BLANKS = re.compile(r" +")


def key_said(entry: Entry, key: str, value: str, after: Sequence[str]) -> tuple[Edit, ...]:
    """What makes an entry say ``key: value``, whether it says something else or nothing so far.

    Args:
        entry: a sync or an action.
        key: what is to be said.
        value: as it is written in YAML.
        after: the keys behind which it goes when it is new, the best place first; else it goes last.

    Returns:
        No edits where more hangs on the place: an alias, an anchor, an entry in braces.
    """
    mapping = _own_mapping(entry)
    if mapping is None:
        return ()
    written = pairs(mapping)
    if key in written:
        return _replaced(entry.document, written[key], value)
    places = [written[name] for name in after if name in written]
    return _inserted(entry.document, mapping, places[0] if places else mapping.value[-1], f"{key}: {value}")


def plain_value(span: Span, value: str) -> tuple[Edit, ...]:
    """What writes a value without quotes; no edits where it would then be no text any more."""
    if not _PLAIN.fullmatch(value) or not is_string_everywhere(value):
        return ()
    return (Edit(YAML, *span, value),)


def _own_mapping(entry: Entry) -> yaml.MappingNode | None:
    """The mapping of an entry, when nothing else in the file shares it and it is written a key a line."""
    path = ("integrations", entry.integration, f"{entry.kind}s", entry.name)
    for length in range(1, len(path) + 1):
        pair = entry.document.pair(*path[:length])
        if pair is None or is_alias(pair) or _has_anchor(entry.document, pair[1]):
            return None
    node = pair[1] if pair else None
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        return None
    return node


def _has_anchor(document: Document, node: yaml.Node) -> bool:
    return "&" in document.text[node.start_mark.index : node.start_mark.index + 1]


def _replaced(document: Document, pair: Pair, value: str) -> tuple[Edit, ...]:
    key, node = pair
    start, end = node.start_mark.index, node.end_mark.index
    old = document.text[start:end]
    if is_alias(pair) or not isinstance(node, yaml.ScalarNode) or old[:1] in ("&", "|", ">") or "\n" in old:
        return ()
    if not old:
        start = end = document.text.index(":", key.end_mark.index) + 1
        value = f" {value}"
    return (_edit(document, start, end, value),)


def _inserted(document: Document, mapping: yaml.MappingNode, before: Pair, line: str) -> tuple[Edit, ...]:
    first = mapping.value[0][0].start_mark.index
    indent = document.text[line_start(document.text, first) : first]
    if not _BLANKS.fullmatch(indent) or any(_is_explicit(document, pair) for pair in mapping.value):
        return ()
    stop = pair_stop(document.text, before)
    end = "\r\n" if "\r\n" in document.text else "\n"
    is_closed = document.text[:stop].endswith("\n")
    text = f"{indent}{line}{end}" if is_closed else f"{end}{indent}{line}"
    return (_edit(document, stop, stop, text),)


def _is_explicit(document: Document, pair: Pair) -> bool:
    """Whether a key is written in the long way, with a question mark of its own."""
    start = pair[0].start_mark.index
    return "?" in document.text[line_start(document.text, start) : start]


def _edit(document: Document, start: int, end: int, text: str) -> Edit:
    offset = len(document.bom)
    return Edit(YAML, start + offset, end + offset, text)
