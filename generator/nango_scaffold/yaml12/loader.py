"""From text to a tree of positioned nodes, by PyYAML kept to YAML 1.2.

Only the line ends of YAML 1.2 count, tabs may separate, and scalars are left unresolved: what they mean is asked of
``nodes``. libyaml does the parsing where PyYAML was built with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml
from yaml.composer import Composer
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from .bounds import BOUNDS, YamlProblem, excess
from .nodes import PLAIN, TAG, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .bounds import Bounds

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML without libyaml: the same, slower
    CParser = None  # type: ignore[assignment, misc]

BOM = "\ufeff"
_YAML11_ONLY = "\x85\u2028\u2029\ufeff"
# Compiled where they are needed, which is seldom: each takes up to a millisecond of the start.
_BLANK_WITH_TAB = r"(?m)^[ ]*\t[ \t]*(?=\r?$)"
_BEHIND_INDENTATION = r"(?m)(?<=[^\s]).+$"
_NOT_YAML = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
_STAND_INS = range(0xE000, 0xF900)


class _Core:
    """Tags as written: nothing is guessed from the text of a plain scalar."""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            return PLAIN if implicit[0] else TAG + "str"
        return TAG + ("map" if kind is yaml.MappingNode else "seq")


class _PythonLoader(_Core, Reader, Scanner, Parser, Composer):
    reads_tabs = False

    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)


if CParser is None:
    _Loader: Any = _PythonLoader
else:

    class _Loader(_Core, CParser):  # type: ignore[no-redef]
        reads_tabs = True


def load(text: str) -> Any:
    """Read one document into plain data, numbers and dates as they are written; an empty text gives ``None``.

    Raises:
        YamlProblem: the text cannot be read, or is more than ``BOUNDS``.
    """
    root = compose(text.removeprefix(BOM))
    return None if root is None else value_of(root, "exact")


def compose(text: str, bounds: Bounds = BOUNDS, *, expands: bool = False) -> yaml.Node | None:
    """The root node of the one document in a text, or None when there is none.

    Args:
        text: without a byte order mark; positions in the tree are character offsets into it.
        bounds: what is the most of it.
        expands: whether ``value_of`` is asked for all of it next, which refuses aliases at the place that repeats too much.

    Raises:
        YamlProblem: the text is no YAML, holds several documents, or is more than the bounds.
    """
    # A block scalar on a last line without an end would be read without one, which js-yaml gives it.
    readable, stand_ins = _without_yaml11_marks(text if text.endswith("\n") else text + "\n")
    # A blank for a tab, so that positions stay; at the beginning of a line a tab is an error and has to be seen.
    if not _Loader.reads_tabs:
        readable = re.sub(_BEHIND_INDENTATION, lambda rest: rest.group().replace("\t", " "), readable)
    try:
        _refuse_excess(readable, bounds, expands=expands)
        root = _parse(readable)
    except yaml.MarkedYAMLError as error:
        raise _syntax_problem(error, text) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _other_problem(error, text) from None
    if root is not None and stand_ins:
        _restore(root, stand_ins)
    return root


def _refuse_excess(text: str, bounds: Bounds, *, expands: bool) -> None:
    try:
        too_much = excess(text, bounds, _Loader)
    except yaml.YAMLError:
        return  # composing stops at the same place, and knows ways around it
    # `value_of` names the very alias that repeats too much; what merge keys bring is refused before it is merged.
    is_left_to_value_of = expands and "<<" not in text
    if too_much and not (is_left_to_value_of and too_much.is_by_aliases(text)):
        raise YamlProblem(too_much.reason, too_much.line, too_much.column, kind="excess", excess=too_much)


def _parse(text: str) -> yaml.Node | None:
    """Parse, and once more if blank lines that hold tabs, which YAML 1.2 allows, are in libyaml's way."""
    try:
        root: yaml.Node | None = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError:
        blanked = re.sub(_BLANK_WITH_TAB, lambda line: " " * len(line.group()), text)
        if blanked == text:
            raise
        root = _Loader(blanked).get_single_node()
    return root


def _without_yaml11_marks(text: str) -> tuple[str, dict[str, str]]:
    """YAML 1.1 ends lines at U+0085, U+2028 and U+2029 and skips U+FEFF; to js-yaml they are characters like others.

    Unused characters stand in for them while the text is parsed.
    """
    if text.isascii() or not any(mark in text for mark in _YAML11_ONLY):
        return text, {}
    unused = (chr(code) for code in _STAND_INS if chr(code) not in text)
    stand_ins = {next(unused): mark for mark in _YAML11_ONLY}
    return text.translate({ord(mark): stand_in for stand_in, mark in stand_ins.items()}), stand_ins


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


def _syntax_problem(error: yaml.MarkedYAMLError, text: str) -> YamlProblem:
    kind, reason = "syntax", str(error.problem or error.context)
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    if "expected a single document" in str(error.context):
        kind, reason = "documents", "it holds several documents"
    elif mark and text[mark.index : mark.index + 1] == "\t":
        kind, reason = "tab", "a tab indents this line; YAML indents with blanks only"
    return YamlProblem(reason, line, column, kind=kind)


def _other_problem(error: Exception, text: str) -> YamlProblem:
    match = re.search(_NOT_YAML, text)
    if match is None:
        reason = str(error).split("\n")[0] or "nested too deeply"
        return YamlProblem(reason, 0, 0, kind="syntax")
    line, column = text.count("\n", 0, match.start()) + 1, match.start() - text.rfind("\n", 0, match.start())
    reason = f"YAML does not allow the character U+{ord(match.group()):04X}"
    return YamlProblem(reason, line, column, kind="character")
