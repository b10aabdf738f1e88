"""From text to a tree of positioned nodes, read the way js-yaml 4 reads it.

PyYAML does the parsing (with libyaml where it is built in); this module keeps it to YAML 1.2: only the YAML 1.2 line
ends count, tabs may separate, scalars are left unresolved until asked for, and duplicate keys are errors.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypedDict

import yaml
from yaml.composer import Composer
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from .refusal import Refused
from .scalars import js_key, resolve, same

if TYPE_CHECKING:
    from collections.abc import Iterator

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML without libyaml: the same, slower
    CParser = None  # type: ignore[assignment, misc]

DEEPEST = 150  # no nango.yaml nests like this
LARGEST = 5_000_000  # nodes in one value
_SAFE_FOR_C = (
    2_000  # libyaml's composer recurses on the C stack, and overflows it at some ten thousand levels
)

_PLAIN = "?"
_TAG = "tag:yaml.org,2002:"
_RESOLVED = frozenset(
    {_PLAIN, *(_TAG + name for name in ("null", "bool", "int", "float", "timestamp", "merge"))}
)
_KNOWN = _RESOLVED | {"!", *(_TAG + name for name in ("str", "binary", "map", "seq", "omap", "pairs", "set"))}
_YAML11_BREAKS = re.compile("[\x85\u2028\u2029]")
_BLANK_WITH_TAB = re.compile(r"^[ ]*\t[ \t]*(?=\r?$)", re.MULTILINE)
_NOT_YAML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_STAND_INS = range(0xE000, 0xF900)


class _Core:
    """Tags as written: nothing is guessed from the text of a plain scalar."""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass

    def check_resolver_prefix(self, depth: int, path: Any, kind: Any, index: Any) -> bool:
        return False

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            return _PLAIN if implicit[0] else _TAG + "str"
        return _TAG + ("map" if kind is yaml.MappingNode else "seq")


class _PythonLoader(_Core, Reader, Scanner, Parser, Composer):
    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)


if CParser is None:
    _Loader: Any = _PythonLoader
else:

    class _Loader(_Core, CParser):  # type: ignore[no-redef]
        pass


def compose(text: str) -> yaml.Node | None:
    """The root node of the one document in a text, or None when there is none.

    Args:
        text: without a byte order mark; positions in the tree are character offsets into it.

    Raises:
        Refused: the text is no YAML, holds several documents, or nests deeper than ``DEEPEST``.
    """
    readable, stand_ins = _without_yaml11_breaks(text if text.endswith("\n") else text + "\n")
    if CParser is None:
        readable = readable.replace("\t", " ")
    _refuse_depth(readable)
    try:
        root = _parse(readable)
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, text) from None
    except yaml.YAMLError as error:
        raise _unreadable(error, text) from None
    if root is not None and stand_ins:
        _restore(root, stand_ins)
    return root


def _parse(text: str) -> yaml.Node | None:
    """Parse, and once more if blank lines that hold tabs, which YAML 1.2 allows, are in libyaml's way."""
    try:
        root: yaml.Node | None = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError:
        blanked = _BLANK_WITH_TAB.sub(lambda line: " " * len(line.group()), text)
        if blanked == text:
            raise
        root = _Loader(blanked).get_single_node()
    return root


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
            raise Refused(f"the tag {node.tag} is unknown to the nango CLI", **position(node))
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
        for node in source.value if isinstance(source, yaml.SequenceNode) else [source]:
            if not isinstance(node, yaml.MappingNode):
                raise Refused("a merge key (<<) that names no mapping", **position(node))
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
    return key.value == "<<" and key.tag in (_PLAIN, _TAG + "merge")


def check_tree(root: yaml.Node) -> None:
    """Make sure that no mapping of a tree holds a key twice, and that the tree is not absurdly deep.

    Raises:
        Refused: naming the place.
    """
    seen: set[int] = set()
    level: list[yaml.Node] = [root]
    for _ in range(DEEPEST):
        below: list[yaml.Node] = []
        for node in level:
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
    return [value for _, value in node.value]


class Position(TypedDict):
    """A place in the file, from 1."""

    line: int
    column: int


def position(node: Any) -> Position:
    """Line and column of a node, from 1, as the keyword arguments of ``Refused``."""
    return Position(line=node.start_mark.line + 1, column=node.start_mark.column + 1)


def equal(left: yaml.Node, right: yaml.Node) -> bool:
    """Whether two nodes hold the same data."""
    return same(value_of(left), value_of(right))


def _refuse_second(node: yaml.Node, names: list[str]) -> None:
    seen: set[str] = set()
    for (key, _), name in zip(node.value, names, strict=False):
        if name in seen and not is_merge(key):
            raise _duplicate(key, name)
        seen.add(name)


def _duplicate(key: yaml.Node, name: str) -> Refused:
    return Refused(
        f"the key {name!r} stands twice in one mapping, which the nango CLI refuses", **position(key)
    )


def _without_yaml11_breaks(text: str) -> tuple[str, dict[str, str]]:
    """YAML 1.1 ends lines at U+0085, U+2028 and U+2029; YAML 1.2 does not. Let unused characters stand in for them."""
    if not _YAML11_BREAKS.search(text):
        return text, {}
    unused = (chr(code) for code in _STAND_INS if chr(code) not in text)
    stand_ins = {next(unused): character for character in "\x85\u2028\u2029"}
    return text.translate({ord(character): mark for mark, character in stand_ins.items()}), stand_ins


def _restore(root: yaml.Node, stand_ins: dict[str, str]) -> None:
    table = {ord(mark): character for mark, character in stand_ins.items()}
    for node in _scalars(root):
        node.value = node.value.translate(table)


def _scalars(root: yaml.Node) -> Iterator[yaml.ScalarNode]:
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield node
        elif isinstance(node, yaml.SequenceNode):
            stack.extend(node.value)
        else:
            stack.extend(part for pair in node.value for part in pair)


def _refuse_depth(text: str) -> None:
    """Refuse what would overflow the C stack, counting only where a cheap bound does not already rule it out."""
    brackets = text.count("[") - text.count("[]") + text.count("{") - text.count("{}")
    longest = max(map(len, text.split("\n")))
    if brackets + 2 * longest < _SAFE_FOR_C:
        return
    depth = 0
    try:
        for event in yaml.parse(text, _Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _SAFE_FOR_C:
                raise Refused(f"it nests more than {_SAFE_FOR_C} levels deep", **position(event))
    except yaml.YAMLError:
        return  # the composer says it better, and stops at the same place


def _syntax(error: yaml.MarkedYAMLError, text: str) -> Refused:
    problem = f"it is no valid YAML: {error.problem or error.context}"
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    if "expected a single document" in str(error.context):
        problem = "it holds several documents; the nango CLI reads one"
    elif mark and text[mark.index : mark.index + 1] == "\t":
        problem = "a tab indents this line; YAML indents with blanks only"
    return Refused(problem, line=line, column=column)


def _unreadable(error: yaml.YAMLError, text: str) -> Refused:
    found = _NOT_YAML.search(text)
    if found is None:
        return Refused(f"it is no valid YAML: {error}")
    line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
    return Refused(f"YAML does not allow the character U+{ord(found.group()):04X}", line=line, column=column)
