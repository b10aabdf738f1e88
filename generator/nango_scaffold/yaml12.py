"""YAML 1.2 (core schema) on PyYAML: what ``no``, ``0o14``, ``1e3`` and dates mean to js-yaml, they mean here.

PyYAML reads YAML 1.1, where ``no`` is false and ``2024-01-01`` a date. The scanner and the composer are used as they
are; only the meaning of plain scalars is replaced.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


DEEPEST = 100


class YamlProblem(Exception):  # noqa: N818 - it is a value that the caller turns into its own error
    """A text that is no YAML: the reason in a few words, line and column from 1."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column


class Loader12(_Base):  # type: ignore[misc]
    """The safe loader with the resolvers of YAML 1.2's core schema, refusing duplicate keys."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+0123456789.",
    ),
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("merge", r"<<", "<"),
):
    Loader12.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), [c if c != "\0" else "" for c in _first]
    )


def _int(loader: Any, node: yaml.ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    return int(text, 0) if text[:2] in ("0o", "0x") else int(text)


def _mapping(loader: Any, node: yaml.MappingNode) -> Any:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = getattr(key_node, "value", None)
        if isinstance(key, str) and key in seen and key != "<<":
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} stands twice", key_node.start_mark
            )
        if isinstance(key, str):
            seen.add(key)
    data: dict[Any, Any] = {}
    yield data
    loader.flatten_mapping(node)
    data.update(loader.construct_mapping(node))


Loader12.add_constructor("tag:yaml.org,2002:int", _int)
Loader12.add_constructor("tag:yaml.org,2002:map", _mapping)


def _refuse_depth(text: str) -> None:
    """Refuse what is nested without end: libyaml's composer calls itself for each level, until the process dies."""
    depth = 0
    for event in yaml.parse(text, _Base):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            mark: Any = event.start_mark
            raise YamlProblem(f"nested deeper than {DEEPEST} levels", mark.line + 1, mark.column + 1)


def load(text: str) -> Any:
    """Read one YAML 1.2 document into plain data; an empty text gives ``None``.

    Raises:
        YamlProblem: the text is no YAML, holds a key twice, holds several documents, or is nested deeper than
            ``DEEPEST`` levels.
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
        _refuse_depth(text)
        return how()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlProblem(str(error.problem or error.context), line, column) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise YamlProblem(str(error).splitlines()[0] if str(error) else "nested too deeply", 1, 1) from None
