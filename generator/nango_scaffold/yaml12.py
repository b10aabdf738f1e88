"""YAML 1.2 on PyYAML: what ``no``, ``0o14``, ``1_000`` and dates mean to js-yaml, they mean here.

PyYAML reads YAML 1.1, where ``no`` is false and ``2024-01-01`` a date. The scanner and the composer are used as they
are; what scalars mean is asked of ``yaml_scalars``, as it is for nango.yaml. A date stays the text it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from .yaml_bounds import Bounds, Excess, excess
from .yaml_scalars import Timestamp, resolve

if TYPE_CHECKING:
    from collections.abc import Callable

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

BOUNDS = Bounds(characters=1_000_000, nodes=100_000, depth=100)
_TAG = "tag:yaml.org,2002:"
_PLAIN = "?"


class YamlProblem(Exception):  # noqa: N818 - it is a value that the caller turns into its own error
    """A text that is no YAML, or too much of it.

    Attributes:
        reason: a few words.
        line: where, from 1.
        column: where, from 1.
        excess: what it has too much of; None when it is no YAML.
    """

    def __init__(self, reason: str, line: int, column: int, excess: Excess | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column
        self.excess = excess


class Loader12(_Base):  # type: ignore[misc]
    """The safe loader with the scalars of YAML 1.2 as js-yaml reads them, refusing duplicate keys."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """The tag of what has none; the meaning of a plain scalar depends on its text."""
        if kind is not yaml.ScalarNode:
            return f"{_TAG}{'map' if kind is yaml.MappingNode else 'seq'}"
        if not implicit[0]:
            return f"{_TAG}str"
        return f"{_TAG}merge" if value == "<<" else _PLAIN


def _plain(loader: Any, node: yaml.ScalarNode) -> Any:
    value = resolve(str(loader.construct_scalar(node)), exact=True)
    return str(value) if isinstance(value, Timestamp) else value


def _tagged(loader: Any, node: yaml.ScalarNode) -> Any:
    """A scalar whose tag says what it is, which has to be true."""
    value = resolve(str(loader.construct_scalar(node)), exact=True)
    if not isinstance(value, _KINDS[node.tag]) or (isinstance(value, bool) and node.tag != f"{_TAG}bool"):
        name = node.tag.removeprefix(_TAG)
        raise yaml.constructor.ConstructorError(None, None, f"this is no {name}", node.start_mark)
    return str(value) if isinstance(value, Timestamp) else value


_KINDS: dict[str, Any] = {
    f"{_TAG}null": type(None),
    f"{_TAG}bool": bool,
    f"{_TAG}int": int,
    f"{_TAG}float": (int, float),
    f"{_TAG}timestamp": Timestamp,
}


def _mapping(loader: Any, node: yaml.MappingNode) -> Any:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = getattr(key_node, "value", None)
        if isinstance(key, str) and key in seen and key != "<<":
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key[:60]!r} stands twice", key_node.start_mark
            )
        if isinstance(key, str):
            seen.add(key)
    data: dict[Any, Any] = {}
    yield data
    loader.flatten_mapping(node)
    data.update(loader.construct_mapping(node))


Loader12.add_constructor(_PLAIN, _plain)
Loader12.add_constructor(f"{_TAG}merge", lambda loader, node: str(node.value))  # where it is no key
Loader12.add_constructor(f"{_TAG}map", _mapping)
for _tag in _KINDS:
    Loader12.add_constructor(_tag, _tagged)


def load(text: str) -> Any:
    """Read one YAML 1.2 document into plain data; an empty text gives ``None``.

    Raises:
        YamlProblem: the text is no YAML, holds a key twice, holds several documents, or is more than ``BOUNDS``.
    """
    return _read(text, lambda: yaml.load(text, Loader12))


def compose(text: str) -> yaml.Node | None:
    """The nodes of a text that ``load`` reads, with their places in it; None when it holds nothing.

    Raises:
        YamlProblem: as ``load``.
    """
    root: yaml.Node | None = _read(text, lambda: yaml.compose(text, Loader12))
    return root


def _read(text: str, how: Callable[[], Any]) -> Any:
    try:
        if too_much := excess(text, BOUNDS, _Base):
            raise YamlProblem(too_much.reason, too_much.line, too_much.column, too_much)
        return how()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlProblem(str(error.problem or error.context), line, column) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise YamlProblem(str(error).splitlines()[0] if str(error) else "nested too deeply", 1, 1) from None
