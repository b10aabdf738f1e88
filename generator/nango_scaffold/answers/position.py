"""The position of an answer in the text of an answers file. Looked up only for messages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from ..frozen import frozen
from ..yaml12 import compose
from ..yaml12.nodes import is_merge
from .shapes import below

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCRIPT = re.compile(r"(sync|action)s\[(\d+)\]")
_ALIAS = re.compile(r"\s*:\s*(\*[^\s,\]}]+)")


@frozen
class Position:
    """A span of one line, as offsets into the text.

    Attributes:
        start: its first character.
        end: the offset behind its last.
        key: the span of the answer's key; None for an item of a list.
    """

    start: int
    end: int
    key: tuple[int, int] | None = None


@frozen
class _Entry:
    """An answer in the text: its place (``syncs[0].request``), its key and its value."""

    name: str
    key: yaml.Node | None
    value: yaml.Node


def position_of(text: str, where: str, *, on_key: bool = False) -> Position | None:
    """The position of an answer, named as problems name it (``syncs[0].request.path``), or of its key.

    Returns:
        Its position; that of the nearest answer around it where it is unset; None where none of them is set.
    """
    root = _composed(text)
    entry = _in_short_form(root, where) or _nearest(root, where)
    if entry is None:
        return None
    exact = where in (entry.name, entry.name.removesuffix("?"))
    start, end = _span(text, entry, on_key=on_key and exact, exact=exact)
    line_end = text.find("\n", start)
    key = _ends(entry.key) if entry.key is not None else None
    return Position(start, min(end, line_end if line_end >= 0 else len(text)), key)


@lru_cache(maxsize=1)
def _composed(text: str) -> yaml.Node | None:
    """The nodes of a text, cached for texts with several problems."""
    return compose(text)


def _nearest(root: yaml.Node | None, where: str) -> _Entry | None:
    """The answer at a place, or the nearest around it."""
    nearest, inner = None, [_Entry("", None, root)] if root is not None else []
    while inner:
        nearest = max(inner, key=lambda entry: len(entry.name))
        inner = [entry for entry in _within(nearest) if _leads_to(entry.name, where)]
    return nearest if nearest and nearest.name else None


def _leads_to(name: str, where: str) -> bool:
    bare = name.removesuffix("?")
    return where in (name, bare) or where.startswith((f"{name}.", f"{name}[", f"{bare}.", f"{bare}["))


def _within(entry: _Entry) -> Iterator[_Entry]:
    """The entries directly in a mapping or a list."""
    if isinstance(entry.value, yaml.SequenceNode):
        for index, item in enumerate(entry.value.value):
            yield _Entry(f"{entry.name}[{index}]", None, item)
    elif isinstance(entry.value, yaml.MappingNode):
        for key, value in entry.value.value:
            if is_merge(key):
                yield from _merged(entry.name, value)
            else:
                yield _Entry(below(entry.name, key.value), key, value)


def _merged(name: str, value: yaml.Node) -> Iterator[_Entry]:
    """The entries that ``<<`` merges: those of one mapping, or of a list of them."""
    for source in value.value if isinstance(value, yaml.SequenceNode) else [value]:
        if isinstance(source, yaml.MappingNode):
            yield from _within(_Entry(name, None, source))


def _in_short_form(root: yaml.Node | None, where: str) -> _Entry | None:
    """A script of ``sync_names``, whose place in problems is behind those in ``syncs``."""
    script = _SCRIPT.match(where)
    if script is None:
        return None
    full = _nearest(root, f"{script[1]}s")
    items = full.value.value if full and isinstance(full.value, yaml.SequenceNode) else []
    index = int(script[2]) - len(items)
    return _nearest(root, f"{script[1]}_names[{index}]") if index >= 0 else None


def _span(text: str, entry: _Entry, *, on_key: bool, exact: bool) -> tuple[int, int]:
    """The offsets of the key or of the value, whichever shows the answer better."""
    value, key = entry.value, entry.key
    if key is None:
        return _ends(_first_line(value))
    if value.start_mark.index < key.end_mark.index:  # an alias: the value is written elsewhere
        alias = _ALIAS.match(text, key.end_mark.index)
        return (alias.start(1), alias.end(1)) if alias and not on_key else _ends(key)
    if on_key or not _shows_value(value, exact=exact):
        return _ends(key)
    return _ends(_first_line(value))


def _shows_value(value: yaml.Node, *, exact: bool) -> bool:
    """Whether the value is written, on one line, and is the answer itself or a scalar around it."""
    is_empty = value.start_mark.index == value.end_mark.index
    is_one_line = isinstance(value, yaml.ScalarNode) or (exact and not _is_block(value))
    return is_one_line and not is_empty


def _first_line(value: yaml.Node) -> yaml.Node:
    """The first entry of a mapping or list over several lines; any other value as it is."""
    while _is_block(value) and value.value:
        first = value.value[0]
        value = first[0] if isinstance(first, tuple) else first
    return value


def _is_block(node: yaml.Node) -> bool:
    """Whether it is a mapping or a list over several lines, without braces."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _ends(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index
