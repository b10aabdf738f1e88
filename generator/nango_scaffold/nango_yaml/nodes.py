"""What parsed nodes mean: plain data as js-yaml 4 constructs it, duplicate keys and unknown tags refused."""

from __future__ import annotations

from typing import Any

import yaml

from ..yaml_scalars import js_key, resolve
from .loader import PLAIN, TAG
from .refusal import Refused, position

DEEPEST = 150  # no nango.yaml nests like this
LARGEST = 400_000  # nodes in one value

_RESOLVED = frozenset(
    {PLAIN, *(TAG + name for name in ("null", "bool", "int", "float", "timestamp", "merge"))}
)
_KNOWN = _RESOLVED | {"!", *(TAG + name for name in ("str", "binary", "map", "seq", "omap", "pairs", "set"))}


def value_of(node: yaml.Node) -> Any:
    """A node as plain data, as js-yaml constructs it.

    Raises:
        Refused: a key stands twice, a merge key does not name a mapping, a tag is unknown, or aliases expand without end.
    """
    return _Constructor().value(node, 0)


class _Constructor:
    """Builds data from nodes, counting: a few aliases of aliases would otherwise fill the memory."""

    def __init__(self) -> None:
        self.left = LARGEST

    def value(self, node: yaml.Node, depth: int) -> Any:
        self.left -= 1
        if self.left < 0 or depth > DEEPEST:
            raise Refused("its aliases expand without end", **position(node))
        if node.tag not in _KNOWN:
            raise _unknown_tag(node)
        if isinstance(node, yaml.ScalarNode):
            return resolve(node.value) if node.tag in _RESOLVED else str(node.value)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        return self.mapping(node, depth)

    def mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key, value in node.value:
            if is_merge(key):
                self.merge_into(merged, value, depth + 1)
                continue
            name = key_of(key)
            if name in data:
                raise _duplicate(key, name)
            data[name] = self.value(value, depth + 1)
        return {**merged, **data} if merged else data

    def merge_into(self, merged: dict[str, Any], source: yaml.Node, depth: int) -> None:
        for node in _merge_sources(source):
            for name, value in self.mapping(node, depth).items():
                merged.setdefault(name, value)


def key_of(key: yaml.Node) -> str:
    """The property name js-yaml gives a key node."""
    text = key.value
    if isinstance(key, yaml.ScalarNode) and (
        key.tag not in _RESOLVED or (text[:1].isalpha() and text[0] not in "tTfFnN")
    ):
        return str(text)
    return js_key(value_of(key))


def is_merge(key: yaml.Node) -> bool:
    """Whether a key is the merge key ``<<`` (quoted, it is a string)."""
    return key.value == "<<" and key.tag in (PLAIN, TAG + "merge")


def check_tree(root: yaml.Node) -> None:
    """Make sure of what js-yaml checks while constructing: no key twice, known tags, merge keys that name mappings.

    Nor may the tree be absurdly deep.

    Raises:
        Refused: naming the place.
    """
    seen: set[int] = set()
    level: list[yaml.Node] = [root]
    for _ in range(DEEPEST):
        below: list[yaml.Node] = []
        for node in level:
            if node.tag not in _KNOWN:
                raise _unknown_tag(node)
            if isinstance(node, yaml.ScalarNode) or id(node) in seen:
                continue
            seen.add(id(node))
            below.extend(_children(node))
        if not below:
            return
        level = below
    raise Refused(f"it nests more than {DEEPEST} levels deep", **position(level[0]))


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    names = [key_of(key) for key, _ in node.value]
    if len(set(names)) < len(names):
        _refuse_second(node, names)
    if "<<" in names:
        for key, value in node.value:
            _ = _merge_sources(value) if is_merge(key) else []
    return [value for _, value in node.value]


def _refuse_second(node: yaml.Node, names: list[str]) -> None:
    seen: set[str] = set()
    for (key, _), name in zip(node.value, names, strict=False):
        if name in seen and not is_merge(key):
            raise _duplicate(key, name)
        seen.add(name)


def _merge_sources(source: yaml.Node) -> list[yaml.Node]:
    sources = source.value if isinstance(source, yaml.SequenceNode) else [source]
    for node in sources:
        if not isinstance(node, yaml.MappingNode):
            raise Refused("a merge key (<<) names something that is no mapping", **position(node))
    return list(sources)


def _unknown_tag(node: yaml.Node) -> Refused:
    return Refused(f"the tag {node.tag} is unknown to the nango CLI", **position(node))


def _duplicate(key: yaml.Node, name: str) -> Refused:
    return Refused(
        f"the key {name!r} stands twice in one mapping, which the nango CLI refuses", **position(key)
    )
