"""Where in the text of an answers file an answer stands. Looked up only when there is something to say about it."""

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
    """A stretch of one line, as offsets into the text.

    Attributes:
        start: its first character.
        end: behind its last.
        key: the same of the answer's key; None for an item of a list.
    """

    start: int
    end: int
    key: tuple[int, int] | None = None


@frozen
class _Found:
    name: str
    key: yaml.Node | None
    value: yaml.Node


def position_of(text: str, where: str, *, on_key: bool = False) -> Position | None:
    """The position of an answer.

    Args:
        text: the answers, as YAML that can be read.
        where: the answer, as problems name it: ``syncs[0].request.path``.
        on_key: whether its key is meant, and not its value.

    Returns:
        Its position; that of the nearest answer around it where it is not written; None where none of them is.
    """
    root = _composed(text)
    found = _in_short_form(root, where) or _nearest(root, where)
    if found is None:
        return None
    exact = where in (found.name, found.name.removesuffix("?"))
    start, end = _stretch(text, found, on_key=on_key and exact, exact=exact)
    line_end = text.find("\n", start)
    key = _ends(found.key) if found.key is not None else None
    return Position(start, min(end, line_end if line_end >= 0 else len(text)), key)


@lru_cache(maxsize=1)
def _composed(text: str) -> yaml.Node | None:
    """The nodes of a text; one with many problems is asked for each."""
    return compose(text)


def _nearest(root: yaml.Node | None, where: str) -> _Found | None:
    """The answer at a place, or the nearest around it."""
    nearest, inside = None, [_Found("", None, root)] if root is not None else []
    while inside:
        nearest = max(inside, key=lambda found: len(found.name))
        inside = [found for found in _within(nearest) if _leads_to(found.name, where)]
    return nearest if nearest and nearest.name else None


def _leads_to(name: str, where: str) -> bool:
    bare = name.removesuffix("?")
    return where in (name, bare) or where.startswith((f"{name}.", f"{name}[", f"{bare}.", f"{bare}["))


def _within(found: _Found) -> Iterator[_Found]:
    """What stands directly in a mapping or a list."""
    if isinstance(found.value, yaml.SequenceNode):
        for index, item in enumerate(found.value.value):
            yield _Found(f"{found.name}[{index}]", None, item)
    elif isinstance(found.value, yaml.MappingNode):
        for key, value in found.value.value:
            if is_merge(key):
                yield from _merged(found.name, value)
            else:
                yield _Found(below(found.name, key.value), key, value)


def _merged(name: str, value: yaml.Node) -> Iterator[_Found]:
    """What ``<<`` brings in: one mapping, or a list of them."""
    for source in value.value if isinstance(value, yaml.SequenceNode) else [value]:
        if isinstance(source, yaml.MappingNode):
            yield from _within(_Found(name, None, source))


def _in_short_form(root: yaml.Node | None, where: str) -> _Found | None:
    """A script of ``sync_names``, of which problems speak as if it stood behind those in ``syncs``."""
    script = _SCRIPT.match(where)
    if script is None:
        return None
    full = _nearest(root, f"{script[1]}s")
    written = full.value.value if full and isinstance(full.value, yaml.SequenceNode) else []
    index = int(script[2]) - len(written)
    return _nearest(root, f"{script[1]}_names[{index}]") if index >= 0 else None


def _stretch(text: str, found: _Found, *, on_key: bool, exact: bool) -> tuple[int, int]:
    """The offsets of the key or of the value, whichever shows better what is meant."""
    value, key = found.value, found.key
    if key is not None and value.start_mark.index < key.end_mark.index:
        alias = _ALIAS.match(text, key.end_mark.index)
        return (alias.start(1), alias.end(1)) if alias and not on_key else _ends(key)
    is_empty = value.start_mark.index == value.end_mark.index
    shows = isinstance(value, yaml.ScalarNode) or (exact and not _is_block(value))
    if key is not None and (on_key or is_empty or not shows):
        return _ends(key)
    while _is_block(value) and value.value:
        first = value.value[0]
        value = first[0] if isinstance(first, tuple) else first
    return _ends(value)


def _is_block(node: yaml.Node) -> bool:
    """Whether it is a mapping or a list over several lines, without braces."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _ends(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index
