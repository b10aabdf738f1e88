"""A nango.yaml as data with line numbers."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import yaml

from ..frozen import frozen
from ..yaml12 import YamlProblem, compose, value_of
from ..yaml12.nodes import is_merge, key_of
from .errors import BOUNDS, Refused, position, refused, shows_the_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .emit import Layout

BOM = "\ufeff"
SECTIONS = ("integrations", "models")

Pair = tuple[yaml.Node, yaml.Node]


@frozen
class Document:
    """The file as the nango CLI reads it.

    Attributes:
        text: without the byte order mark; node positions are offsets into it.
        bom: the byte order mark, or the empty string.
        data: all of it as plain data.
    """

    text: str
    bom: str = ""
    data: dict[str, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def root(self) -> yaml.MappingNode | None:
        """The root mapping, None when the file holds no content."""
        return _root_of(self.text)

    @property
    def source(self) -> str:
        """The whole file, byte order mark and all."""
        return self.bom + self.text

    @property
    def integrations(self) -> dict[str, Any]:
        """The data below ``integrations``; empty when it is missing or null."""
        return self.data.get("integrations") or {}

    @property
    def models(self) -> dict[str, Any]:
        """The data below ``models``; empty when it is missing or null."""
        return self.data.get("models") or {}

    @cached_property
    def layouts(self) -> dict[str, Layout]:
        """The indentation below each section that was asked for, as ``style.layout_of`` measured it."""
        return {}

    def line_of(self, *path: str) -> int:
        """The line, from 1, of the key at a path such as ``("integrations", "github", "syncs", "issues")``.

        Raises:
            KeyError: nothing is written at that path.
        """
        pair = self.pair(*path)
        if pair is None:
            raise KeyError(".".join(path))
        return int(pair[0].start_mark.line) + 1

    def pair(self, *path: str) -> Pair | None:
        """The key and the value node written at a path, None when there are none."""
        pair = self.top.get(path[0]) if path else None
        if pair is None or len(path) < 2:
            return pair
        pair = self.section(path[0]).get(path[1]) if path[0] in SECTIONS else None
        node = pair[1] if pair else None
        for name in path[2:]:
            pair = self._pairs_in(node).get(name) if isinstance(node, yaml.MappingNode) else None
            if pair is None:
                return None
            node = pair[1]
        return pair

    def _pairs_in(self, node: yaml.MappingNode) -> Mapping[str, Pair]:
        """What is written in a mapping of the tree; asked for each of its entries, it is looked through once."""
        if id(node) not in self._pairs_by_node:
            self._pairs_by_node[id(node)] = pairs(node)
        return self._pairs_by_node[id(node)]

    @cached_property
    def _pairs_by_node(self) -> dict[int, Mapping[str, Pair]]:
        return {}

    @cached_property
    def top(self) -> Mapping[str, Pair]:
        """The key and value nodes at the top level."""
        return pairs(self.root) if self.root is not None else {}

    def section(self, name: str) -> Mapping[str, Pair]:
        """The key and value nodes of the entries of ``integrations`` or ``models``, in writing order."""
        return self._sections[name]

    @cached_property
    def _sections(self) -> dict[str, Mapping[str, Pair]]:
        return {name: self._pairs_of(name) for name in SECTIONS}

    def _pairs_of(self, name: str) -> Mapping[str, Pair]:
        section = self.pair(name)
        return pairs(section[1]) if section and isinstance(section[1], yaml.MappingNode) else {}


def decode(data: bytes) -> str:
    """The text of a nango.yaml's bytes; byte order mark and line ends stay as they are.

    Raises:
        Refused: the bytes are no UTF-8; line and column (in characters) of the first that is not.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        raise Refused(
            f"byte 0x{data[error.start]:02x} is no UTF-8",
            line=line,
            column=column,
            fix="Save the file as UTF-8 and run again.",
        ) from None


@shows_the_line
def read(text: str) -> Document:
    """Read a whole nango.yaml, with its byte order mark if it has one, the way the nango CLI does: YAML 1.2 by js-yaml 4.

    Raises:
        Refused: what js-yaml refuses (a syntax error, a duplicate key, several documents), and what is no nango.yaml
            (a root or a section that is no mapping).
    """
    return _read(text)


@lru_cache(maxsize=2)  # the file before a change and after it: each step of a command reads them again
def _read(text: str) -> Document:
    bom = BOM if text.startswith(BOM) else ""
    body = text.removeprefix(BOM)
    root = _root_of(body)
    # All values at once: duplicate keys and unknown tags, which the CLI refuses, only show when they are built.
    try:
        data = value_of(root) if root is not None else {}
    except YamlProblem as problem:
        raise refused(problem, body) from None
    document = with_root(Document(body, bom, data), root)
    for name in SECTIONS:
        _refuse_non_mapping(document, name)
    return document


def with_root(document: Document, root: yaml.MappingNode | None) -> Document:
    """A document whose nodes are known, so that its text is not parsed again."""
    vars(document)["root"] = root
    return document


def pairs(node: yaml.MappingNode) -> dict[str, Pair]:
    """What is written in a mapping, by name: key and value nodes, without merge keys."""
    return {key_of(key): (key, value) for key, value in node.value if not is_merge(key)}


def is_alias(pair: Pair) -> bool:
    """Whether the value of a pair is an alias, that is, written elsewhere."""
    key, value = pair
    return bool(value.start_mark.index < key.end_mark.index)


def first_of(names: Sequence[str]) -> str:
    """The integration that decides how the CLI reads the whole file: the first in JavaScript's key order."""
    indexes = [name for name in names if _is_array_index(name)]
    return min(indexes, key=int) if indexes else names[0]


def _is_array_index(name: str) -> bool:
    return name.isascii() and name.isdigit() and str(int(name)) == name and int(name) < 2**32 - 1


def _root_of(text: str) -> yaml.MappingNode | None:
    _refuse_lone_carriage_return(text)
    try:
        root = compose(text, BOUNDS, expands=True)
    except YamlProblem as problem:
        raise refused(problem, text) from None
    if isinstance(root, yaml.ScalarNode) and root.start_mark.index == root.end_mark.index:
        return None  # nothing behind ``---``
    if root is not None and not isinstance(root, yaml.MappingNode):
        raise Refused("it holds no mapping at its top", **position(root))
    return root


def _refuse_non_mapping(document: Document, name: str) -> None:
    pair = document.pair(name)
    if pair is None or isinstance(pair[1], yaml.MappingNode) or document.data[name] is None:
        return
    raise Refused(f"{name} is not a mapping", **position(pair[1] if not is_alias(pair) else pair[0]))


def _refuse_lone_carriage_return(text: str) -> None:
    if "\r" not in text:
        return
    # YAML ends a line here, but all offsets of ours are those of line feeds.
    place = text.replace("\r\n", "\n\n").find("\r")
    if place >= 0:
        line = text.count("\n", 0, place) + 1
        column = place - text.rfind("\n", 0, place)
        raise Refused("a carriage return without a line feed ends a line here", line=line, column=column)
