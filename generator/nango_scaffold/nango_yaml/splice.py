"""Edits to text: each becomes a few insertions and deletions at node positions, and nothing else moves."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from .document import Document, Pair, is_alias, pairs
from .edits import ABSENT, Edit, Path
from .emit import Layout, after_colon, entry, flow_list, list_item, mapping
from .habits import blank_lines_between, layout_of, line_end
from .nodes import value_of
from .refusal import Refused, position
from .spans import (
    behind_comments,
    blank_lines_before,
    block_header_end,
    is_blank,
    keeps_what_follows,
    line_start,
    line_stop,
    node_stop,
    pair_stop,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ANCHOR = re.compile(r"(?<![^\s,\[{])&([^\s,\[\]{}]+)")
_DOCUMENT_END = re.compile(r"^\.\.\.(?=\s|\Z)", re.MULTILINE)


@dataclass(frozen=True)
class Splice:
    """Replace ``text[start:end]``."""

    start: int
    end: int
    text: str


def splice(document: Document, edits: Iterable[Edit]) -> str:
    """The file's text after edits.

    Args:
        document: the file as read.
        edits: changes none of whose paths is a prefix of another's.

    Raises:
        Refused: a place that an edit needs cannot be written to: an alias, a flow mapping with content, a scalar.
    """
    by_parent: dict[Path, list[Edit]] = {}
    for edit in edits:
        by_parent.setdefault(edit.path[:-1], []).append(edit)
    if not by_parent:
        return document.bom + document.text
    ended = document.text.endswith("\n") or not document.text
    text = document.text if ended else document.text + line_end(document.text)
    open_end = Document(text, document.bom, document.root)
    inner_first = sorted(by_parent.items(), key=lambda item: -len(item[0]))
    splices = [part for parent, group in inner_first for part in _Mapping(open_end, parent).splices(group)]
    result = _apply(text, splices)
    return document.bom + (result if ended else re.sub(r"\r?\n\Z", "", result))


def _apply(text: str, splices: list[Splice]) -> str:
    parts: list[str] = []
    place = 0
    for part in sorted(splices, key=lambda part: (part.start, part.end)):
        if part.start < place:
            raise Refused("two changes meet in one place", line=text.count("\n", 0, part.start) + 1)
        _refuse_anchor(text, part)
        parts += [text[place : part.start], part.text]
        place = part.end
    return "".join([*parts, text[place:]])


def _refuse_anchor(text: str, part: Splice) -> None:
    """What is taken out must not hold an anchor that something staying refers to."""
    gone = text[part.start : part.end]
    for anchor in _ANCHOR.findall(gone):
        if _refers(text[: part.start], anchor) or _refers(text[part.end :], anchor):
            line = text.count("\n", 0, part.start + gone.index(f"&{anchor}")) + 1
            raise Refused(f"the anchor &{anchor} stands here, and other entries refer to it", line=line)


def _refers(text: str, anchor: str) -> bool:
    return re.search(rf"(?<![^\s,\[{{]){re.escape('*' + anchor)}(?![^\s,\]}}])", text) is not None


class _Mapping:
    """One mapping of the file and the splices that change its entries."""

    def __init__(self, document: Document, path: Path) -> None:
        self.document = document
        self.text = document.text
        self.path = path
        self.pair = document.pair(*path)
        self.node = self._node()
        self.entries: dict[str, Pair] = pairs(self.node) if self.node is not None else {}

    def splices(self, edits: list[Edit]) -> list[Splice]:
        gone = [edit.path[-1] for edit in edits if edit.value is ABSENT]
        new = [edit for edit in edits if edit.path[-1] not in self.entries]
        changed = [edit for edit in edits if edit.value is not ABSENT and edit.path[-1] in self.entries]
        parts = [part for edit in changed for part in self._replace(edit)]
        parts += self._delete(gone)
        if new:
            parts += self._insert(new)
        elif gone and len(gone) == self._size():
            parts += self._leave_empty()
        return parts

    def _node(self) -> yaml.MappingNode | None:
        """The block mapping at the path; None when it is empty and may be filled."""
        if not self.path:
            return self._block(self.document.root)
        if self.pair is None:
            raise Refused(f"{'.'.join(self.path)} is not written in this file")
        if is_alias(self.pair):
            raise Refused(
                f"{'.'.join(self.path)} is an alias; its content stands elsewhere", **position(self.pair[0])
            )
        self._refuse_shared()
        return self._block(self.pair[1])

    def _refuse_shared(self) -> None:
        """Content that an alias repeats elsewhere cannot change here alone."""
        for length in range(1, len(self.path) + 1):
            pair = self.document.pair(*self.path[:length])
            anchor = (
                _ANCHOR.match(self.text, pair[1].start_mark.index) if pair and not is_alias(pair) else None
            )
            if pair and anchor and _refers(self.text[anchor.end() :], anchor.group(1)):
                place = ".".join(self.path[:length])
                raise Refused(
                    f"{place} is repeated elsewhere by the alias *{anchor.group(1)}", **position(pair[1])
                )

    def _block(self, node: yaml.Node | None) -> yaml.MappingNode | None:
        if node is None or (isinstance(node, yaml.ScalarNode) and value_of(node) is None):
            return None
        place = ".".join(self.path) or "the file"
        if not isinstance(node, yaml.MappingNode):
            raise Refused(f"{place} is no mapping", **position(node))
        if node.flow_style and node.value:
            raise Refused(
                f"{place} is written in braces, where a block cannot be added",
                **position(node),
                fix="Write it as a block.",
            )
        return node if node.value else None

    def _size(self) -> int:
        return len(self.node.value) if self.node is not None else 0

    # --- taking out

    def _delete(self, names: list[str]) -> list[Splice]:
        gone = set(names)
        left = [pair for name, pair in self.entries.items() if name not in gone]
        habit = blank_lines_between(self.text, left)
        parts: list[Splice] = []
        leading, floor = True, 0
        for name, pair in self.entries.items():
            leading = leading and name in gone
            if name in gone:
                start, end = self._lines_of(pair)
                parts.append(self._with_gap(start, end, habit, None if leading else floor))
            floor = pair_stop(self.text, pair)
        return parts

    def _lines_of(self, pair: Pair) -> tuple[int, int]:
        start = line_start(self.text, pair[0].start_mark.index)
        return start, behind_comments(self.text, pair_stop(self.text, pair), self.column() + 1)

    def _with_gap(self, start: int, end: int, habit: int, floor: int | None) -> Splice:
        """Take an entry out with the blank lines that set it apart: those above it, or below it when it stands first."""
        if floor is not None:
            above = blank_lines_before(self.text, start, floor)[:habit]
            return Splice(above[-1] if above else start, end, "")
        for _ in range(habit):
            end = line_stop(self.text, end) if is_blank(self.text, end) else end
        return Splice(start, end, "")

    def _leave_empty(self) -> list[Splice]:
        if self.pair is None:
            return []
        colon = self.text.index(":", self.pair[0].end_mark.index) + 1
        return [Splice(colon, colon, " {}")]

    # --- putting in

    def _insert(self, new: list[Edit]) -> list[Splice]:
        if self.node is None:
            return self._fill(new)
        column = self.column()
        blank = blank_lines_between(self.text, list(self.entries.values()))
        grouped: dict[int, list[str]] = {}
        for edit in new:
            place, apart = self._place(edit.after, column)
            gap = [""] * (blank if apart else 0)
            grouped.setdefault(place, []).extend(
                [*gap, *entry(edit.path[-1], edit.value, column, self._layout(edit))]
            )
        return [
            Splice(place, place, "".join(line + line_end(self.text, place) for line in lines))
            for place, lines in grouped.items()
        ]

    def _place(self, after: str | None, column: int) -> tuple[int, bool]:
        """Where a new key goes, and whether blank lines may set it apart."""
        assert self.node is not None
        if after == "":
            return line_start(self.text, self.node.value[0][0].start_mark.index), False
        last = self.node.value[-1]
        pair = self.entries.get(after, last) if after is not None else last
        stop = pair_stop(self.text, pair)
        apart = not keeps_what_follows(self.text, pair[1])
        return behind_comments(self.text, stop, column if pair is last else column + 1), apart

    def _fill(self, new: list[Edit]) -> list[Splice]:
        """Children for a mapping that has none: ``key:``, ``key: {}``, ``key: null`` or an empty file."""
        if self.pair is None:
            return self._fill_file({edit.path[-1]: edit.value for edit in new})
        key, value = self.pair
        column = key.start_mark.column + self._layout_above().step(0)
        end = line_end(self.text, key.end_mark.index)
        lines = [line for edit in new for line in entry(edit.path[-1], edit.value, column, self._layout())]
        colon = self.text.index(":", key.end_mark.index) + 1
        token = max(value.end_mark.index, colon) if value.start_mark.index < value.end_mark.index else colon
        stop = behind_comments(self.text, line_stop(self.text, token), key.start_mark.column + 1)
        emptied = [Splice(colon, token, "")] if token > colon else []
        return [*emptied, Splice(stop, stop, "".join(line + end for line in lines))]

    def _fill_file(self, data: Mapping[str, Any]) -> list[Splice]:
        root = self.document.root
        end = line_end(self.text)
        emptied: list[Splice] = []
        floor = 0
        if root is not None:
            start, floor = root.start_mark.index, root.end_mark.index
            line = line_start(self.text, start), line_stop(self.text, floor)
            alone = self.text[slice(*line)].strip() == self.text[start:floor]
            emptied = [Splice(*line, "") if alone else Splice(start, floor, "")]
        marker = _DOCUMENT_END.search(self.text, floor)
        place = marker.start() if marker else len(self.text)
        return [
            *emptied,
            Splice(place, place, "".join(line + end for line in mapping(data, 0, self._layout_above()))),
        ]

    # --- changing

    def _replace(self, edit: Edit) -> list[Splice]:
        key, value = pair = self.entries[edit.path[-1]]
        if is_alias(pair):
            raise Refused(f"{'.'.join(edit.path)} is an alias; its value stands elsewhere", **position(key))
        items = self._replace_items(key, value, edit.value)
        if items is not None:
            return items
        if (
            isinstance(value, yaml.SequenceNode)
            and value.flow_style
            and value.value
            and isinstance(edit.value, list)
        ):
            flow = flow_list(edit.value)
            if flow is not None:
                return [Splice(value.start_mark.index, value.end_mark.index, flow)]
        inline, rest = after_colon(edit.value, key.start_mark.column, self._layout())
        end = line_end(self.text, key.end_mark.index)
        below = "".join(line + end for line in rest)
        if self._starts_below(pair):
            return self._replace_below(pair, inline, below)
        return self._replace_beside(pair, inline, below)

    def _starts_below(self, pair: Pair) -> bool:
        key, value = pair
        return bool(
            value.start_mark.line > key.end_mark.line and value.start_mark.index < value.end_mark.index
        )

    def _replace_below(self, pair: Pair, inline: str, below: str) -> list[Splice]:
        key, value = pair
        colon = self.text.index(":", key.end_mark.index) + 1
        start, stop = line_start(self.text, value.start_mark.index), node_stop(self.text, value)
        beside = [Splice(colon, colon, f" {inline}")] if inline else []
        return [*beside, Splice(start, stop, below)]

    def _replace_beside(self, pair: Pair, inline: str, below: str) -> list[Splice]:
        key, value = pair
        colon = self.text.index(":", key.end_mark.index) + 1
        start, stop = value.start_mark.index, pair_stop(self.text, pair)
        header = block_header_end(self.text, value)
        end = header if header is not None else value.end_mark.index
        if start == value.end_mark.index:
            start = end = colon
        parts = (
            [Splice(start, end, inline if start > colon else f" {inline}")]
            if inline
            else [Splice(colon, end, "")]
        )
        content = line_stop(self.text, end)
        if content < stop or below:
            parts.append(Splice(content, max(stop, content), below))
        return parts

    def _replace_items(self, key: yaml.Node, value: yaml.Node, new: Any) -> list[Splice] | None:
        """Change only the list items that differ, so that comments on the others stay."""
        if not (isinstance(value, yaml.SequenceNode) and isinstance(new, list) and new):
            return None
        spans = self._item_spans(value)
        if spans is None:
            return None
        column = value.start_mark.column
        old = [json.dumps(value_of(item), sort_keys=True) for item in value.value]
        wanted = [json.dumps(item, sort_keys=True) for item in new]
        end = line_end(self.text, spans[0][1])
        layout = self._layout().below(1)
        parts: list[Splice] = []
        for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, wanted, autojunk=False).get_opcodes():
            lines = "".join(line + end for item in new[j1:j2] for line in list_item(item, column, layout))
            if kind == "insert":
                place = spans[i1 - 1][1] if i1 else spans[0][0]
                parts.append(Splice(place, place, lines))
            elif kind != "equal":
                parts += [Splice(start, stop, "") for start, stop in spans[i1 + 1 : i2]]
                parts.append(Splice(*spans[i1], lines))
        return parts

    def _item_spans(self, node: yaml.SequenceNode) -> list[tuple[int, int]] | None:
        if node.flow_style or not node.value:
            return None
        spans: list[tuple[int, int]] = []
        for item in node.value:
            start = line_start(self.text, item.start_mark.index)
            dash = start + node.start_mark.column
            if (
                item.start_mark.index <= dash
                or self.text[dash : dash + 2] != "- "
                or (spans and start < spans[-1][1])
            ):
                return None
            if self.text[start:dash].strip():
                return None
            spans.append((start, node_stop(self.text, item)))
        return spans

    # --- where and how

    def column(self) -> int:
        """The column of the mapping's keys."""
        assert self.node is not None
        key = self.node.value[0][0]
        start = line_start(self.text, key.start_mark.index)
        lead = self.text[start : key.start_mark.index]
        return lead.index("?") if "?" in lead else int(key.start_mark.column)

    def _layout_above(self) -> Layout:
        """The indentation below the mapping's own key."""
        section = self.path[0] if self.path else "integrations"
        return layout_of(self.document, section).below(max(len(self.path) - 1, 0))

    def _layout(self, edit: Edit | None = None) -> Layout:
        """The indentation below the mapping's keys."""
        if not self.path:
            return layout_of(self.document, edit.path[0] if edit else "integrations")
        return self._layout_above().below(1)
