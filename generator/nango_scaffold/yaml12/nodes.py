"""What nodes mean: plain data as js-yaml 4 constructs it; duplicate keys, unknown tags and bad merge keys are problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import yaml

from .bounds import ENDLESS, YamlProblem
from .scalars import Timestamp, js_key, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

Numbers = Literal["javascript", "exact", "integers"]

PLAIN = "?"
"""The tag of a scalar whose meaning depends on its text."""
TAG = "tag:yaml.org,2002:"
DEEPEST = 150  # of lists and mappings inside each other; Python's stack ends at some hundreds
LARGEST = 400_000  # nodes of one value, those that aliases repeat counted each time
_MOST_DIGITS = 4_000  # that Python turns into a number
_MERGE = TAG + "merge"
_TYPES: dict[str, Any] = {
    TAG + "null": type(None),
    TAG + "bool": bool,
    TAG + "int": int,
    TAG + "float": (int, float),
    TAG + "timestamp": Timestamp,
}
_TEXTS = frozenset({TAG + "str", TAG + "binary", _MERGE})
_LISTS = frozenset({TAG + "seq", TAG + "omap", TAG + "pairs"})
_MAPPINGS = frozenset({TAG + "map", TAG + "set"})
_KNOWN = _TYPES.keys() | _TEXTS | _LISTS | _MAPPINGS


def value_of(node: yaml.Node, numbers: Numbers = "javascript") -> Any:
    """A node as plain data, as js-yaml constructs it; ``!!binary`` stays the text it is.

    Args:
        node: of a tree that ``compose`` gave.
        numbers: ``javascript`` gives the nearest that JavaScript can hold, and dates as ``Timestamp``. For what is not
            read by JavaScript alone, ``exact`` gives numbers as they are written, and ``integers`` gives only decimal
            integers, all others being text (such as the version 1.10); dates are text, as keys are, and a list or a mapping is no key.

    Raises:
        YamlProblem: a key stands twice, a merge key does not name a mapping, a tag is unknown or does not fit, or it
            is more than ``DEEPEST`` and ``LARGEST``.
    """
    return _Constructor(numbers).value(node)


def key_of(key: yaml.Node) -> str:
    """The property name js-yaml gives a key node.

    Raises:
        YamlProblem: as ``value_of``.
    """
    value = resolve(key.value) if key.tag == PLAIN else value_of(key)
    return value if type(value) is str else js_key(value)


def is_merge(key: yaml.Node) -> bool:
    """Whether a key is the merge key ``<<`` (quoted, it is a string)."""
    return key.value == "<<" and key.tag in (PLAIN, _MERGE)


class _Constructor:
    """Builds data from nodes."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.is_javascript = numbers == "javascript"
        self.left = LARGEST
        self.around: list[yaml.Node] = []

    def value(self, node: yaml.Node) -> Any:
        self.left -= 1  # for each time that an alias repeats it, too
        if self.left < 0:
            raise _problem("endless", ENDLESS, node)
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        if node in self.around:  # an alias of what it stands in
            raise _problem("endless", ENDLESS, node)
        if len(self.around) == DEEPEST:
            raise _problem("deep", f"it nests more than {DEEPEST} levels deep", node)
        self.around.append(node)
        build: Any = self.sequence if isinstance(node, yaml.SequenceNode) else self.mapping
        data = build(node)
        self.around.pop()
        return data

    def scalar(self, node: yaml.ScalarNode) -> Any:
        text = str(node.value)
        if node.tag in _TEXTS:
            return text
        if node.tag == PLAIN:
            return resolve(text) if self.is_javascript else self.resolved(node, text)
        value = self.resolved(node, text)
        # `!!null ""` is no null: only what is not written at all is.
        is_quoted_nothing = not text and node.style
        if node.tag not in _TYPES or is_quoted_nothing or not _has_type(resolve(text), node.tag):
            raise _tag_problem(node)
        return value

    def resolved(self, node: yaml.Node, text: str) -> Any:
        value = resolve(text, exact=not self.is_javascript)
        if self.is_javascript or isinstance(value, bool) or value is None:
            return value
        if isinstance(value, float) and len(text) > _MOST_DIGITS:
            raise _problem("misfit", "this number is too long", node)
        if isinstance(value, Timestamp) or not self._is_number_here(value, text):
            return text
        return value

    def _is_number_here(self, value: Any, text: str) -> bool:
        """Whether a number stays one: where only integers do, one that is written as it is shown."""
        return self.numbers != "integers" or (not isinstance(value, float) and str(value) == text)

    def sequence(self, node: yaml.SequenceNode) -> list[Any]:
        if node.tag not in _LISTS:
            raise _tag_problem(node)
        items = [self.value(item) for item in node.value]
        return items if node.tag == TAG + "seq" else _ordered(node, items)

    def mapping(self, node: yaml.Node) -> dict[str, Any]:
        if node.tag not in _MAPPINGS:
            raise _tag_problem(node)
        data: dict[str, Any] = {}
        merged: set[str] = set()  # names whose value an own key may still replace
        for key, value in node.value:
            if is_merge(key):
                merged |= self.merge_into(data, value)
                continue
            name = key_of(key) if self.is_javascript else _key_as_written(key)
            if name in data and name not in merged:
                raise _problem("duplicate", f"the key {name[:60]!r} stands twice", key, name)
            # Replaced once by an own key, a merged one is the mapping's own: a second of the name stands twice.
            merged.discard(name)
            data[name] = self.value(value)
        if node.tag == TAG + "set" and any(value is not None for value in data.values()):
            raise _tag_problem(node)
        return data

    def merge_into(self, data: dict[str, Any], sources: yaml.Node) -> set[str]:
        """Put in what a merge key names, as far as it is not there; the names that came with it."""
        # Of several sources the first that has a name gives it, and none replaces what stands above the merge key.
        before = set(data)
        for source in _merge_sources(sources):
            for name, value in self.value(source).items():
                data.setdefault(name, value)
        return data.keys() - before


def _ordered(node: yaml.SequenceNode, items: list[Any]) -> list[Any]:
    """A list of mappings of one key each: ``!!pairs``, or ``!!omap``, in which no key stands twice."""
    if not all(isinstance(item, dict) and len(item) == 1 for item in items):
        raise _tag_problem(node)
    entries = [entry for item in items for entry in item.items()]
    if node.tag == TAG + "pairs":
        return [list(entry) for entry in entries]
    if len(dict(entries)) < len(items):
        raise _tag_problem(node)
    return items


def _key_as_written(key: yaml.Node) -> str:
    if not isinstance(key, yaml.ScalarNode):
        raise _problem("misfit", "found unhashable key", key)
    return str(key.value)


def _has_type(value: Any, tag: str) -> bool:
    if isinstance(value, bool):  # which Python takes for a number, too
        return tag == TAG + "bool"
    return isinstance(value, _TYPES[tag])


def _merge_sources(source: yaml.Node) -> Iterator[yaml.MappingNode]:
    for node in source.value if isinstance(source, yaml.SequenceNode) else [source]:
        if not isinstance(node, yaml.MappingNode):
            raise _problem("merge", "a merge key (<<) names something that is not a mapping", node)
        yield node


def _tag_problem(node: yaml.Node) -> YamlProblem:
    if node.tag in _KNOWN:
        return _problem("misfit", f"this is no {node.tag.removeprefix(TAG)}", node)
    return _problem("tag", f"could not determine a constructor for the tag {node.tag!r}", node, node.tag)


def _problem(kind: str, reason: str, node: yaml.Node, subject: str = "") -> YamlProblem:
    return YamlProblem(
        reason, node.start_mark.line + 1, node.start_mark.column + 1, kind=kind, subject=subject
    )
