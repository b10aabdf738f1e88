"""Edits to mappings: each becomes a few insertions and deletions at node positions, and nothing else moves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from ..yaml12.nodes import value_of
from .document import Document, Pair, is_alias, pairs, with_root
from .edits import ABSENT, Edit, Path
from .emit import Layout, entry, mapping
from .errors import Refused, position
from .spans import (
    Splice,
    anchor_at,
    behind_colon,
    behind_comments,
    blank_lines_before,
    is_blank,
    keeps_what_follows,
    line_start,
    line_stop,
    pair_stop,
    patch,
    refers,
)
from .style import blank_lines_between, layout_of, line_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_DOCUMENT_END = re.compile(r"^\.\.\.(?=\s|\Z)", re.MULTILINE)


def splice(document: Document, edits: Iterable[Edit]) -> str:
    """The file's text after edits.

    Args:
        document: the file as read.
        edits: changes none of whose paths is a prefix of another's.

    Raises:
        Refused: a place that an edit needs cannot be written to: an alias, a flow mapping with content, a scalar.
    """
    edits = list(edits)
    # All that is put in goes behind a line end: a file that ends without one has it for the time being.
    ended = document.text.endswith("\n") or not (document.text and edits)
    if not ended:
        text = document.text + line_end(document.text)
        document = with_root(Document(text, document.bom, document.data), document.root)
    result = patch(document.text, splices_of(document, edits))
    return document.bom + (result if ended else re.sub(r"\r?\n\Z", "", result))


def splices_of(document: Document, edits: Iterable[Edit]) -> list[Splice]:
    """The changes of the text that edits are, for a file whose last line has a line end.

    Raises:
        Refused: as ``splice``.
    """
    by_parent: dict[Path, list[Edit]] = {}
    for edit in edits:
        by_parent.setdefault(edit.path[:-1], []).append(edit)
    # What is put in at one place stands in the order of the splices: the last lines of an entry before the next entry.
    inner_first = sorted(by_parent.items(), key=lambda item: -len(item[0]))
    return [part for parent, group in inner_first for part in _Mapping(document, parent).splices(group)]


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
        new = [edit for edit in edits if edit.path[-1] not in self.entries]
        deleted = [edit.path[-1] for edit in edits if edit.value is ABSENT]
        parts = [*self._changes(edits), *self._delete(deleted)]
        if new:
            return parts + self._insert(new)
        is_emptied = self.node is not None and len(deleted) == len(self.node.value)
        return parts + self._leave_empty() if is_emptied else parts

    def _changes(self, edits: Iterable[Edit]) -> Iterator[Splice]:
        """The splices of entries that get another value."""
        for edit in edits:
            if edit.value is not ABSENT and edit.path[-1] in self.entries:
                yield from self._replace(edit)

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
            start = pair[1].start_mark.index if pair and not is_alias(pair) else len(self.text)
            anchor = anchor_at(self.text, start)
            if pair and anchor and refers(self.text[start:], anchor):
                place = ".".join(self.path[:length])
                raise Refused(f"{place} is repeated elsewhere by the alias *{anchor}", **position(pair[1]))

    def _block(self, node: yaml.Node | None) -> yaml.MappingNode | None:
        if node is None or (isinstance(node, yaml.ScalarNode) and value_of(node) is None):
            return None
        place = ".".join(self.path) or "the file"
        if not isinstance(node, yaml.MappingNode):
            raise Refused(f"{place} is not a mapping", **position(node))
        if node.flow_style and node.value:
            raise Refused(
                f"{place} is written in braces, where a block cannot be added",
                **position(node),
                fix="Write it as a block.",
            )
        return node if node.value else None

    # --- taking out

    def _delete(self, names: list[str]) -> list[Splice]:
        if not names:
            return []
        gone = set(names)
        # An entry that stands first has no blank lines of its own above it: it goes with those below.
        # Those that stay tell how many blank lines set an entry apart, and so how many of them go with it.
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
        # Nothing behind the colon would be null, which crashes the CLI where it is `models:`.
        colon = behind_colon(self.text, self.pair[0])
        return [Splice(colon, colon, " {}")]

    # --- putting in

    def _insert(self, new: list[Edit]) -> list[Splice]:
        if self.node is None:
            return self._fill(new)
        column = self.column()
        blank = blank_lines_between(self.text, list(self.entries.values()))
        # One splice a place, in which new keys stand in their order.
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
        # A comment in the column of the keys is about the key below it; behind the last key it is about that.
        least_indent = column if pair is last else column + 1
        return behind_comments(self.text, stop, least_indent), apart

    def _fill(self, new: list[Edit]) -> list[Splice]:
        """Children for a mapping that has none: ``key:``, ``key: {}``, ``key: null`` or an empty file."""
        if self.pair is None:
            return self._fill_file({edit.path[-1]: edit.value for edit in new})
        key, value = self.pair
        column = key.start_mark.column + self._layout_above().step(0)
        end = line_end(self.text, key.end_mark.index)
        lines = [line for edit in new for line in entry(edit.path[-1], edit.value, column, self._layout())]
        colon = behind_colon(self.text, key)
        is_written = value.start_mark.index < value.end_mark.index
        # Only `{}` or `null` goes: a comment behind it stays, and those below it stay above the new entries.
        token = max(value.end_mark.index, colon) if is_written else colon
        stop = behind_comments(self.text, line_stop(self.text, token), key.start_mark.column + 1)
        new_lines = Splice(stop, stop, "".join(line + end for line in lines))
        return [Splice(colon, token, ""), new_lines] if token > colon else [new_lines]

    def _fill_file(self, data: Mapping[str, Any]) -> list[Splice]:
        root = self.document.root
        end = line_end(self.text)
        emptied: list[Splice] = []
        floor = 0
        if root is not None:
            start, floor = root.start_mark.index, root.end_mark.index
            line = line_start(self.text, start), line_stop(self.text, floor)
            # `{}` takes its line with it, but for a comment beside it.
            alone = self.text[slice(*line)].strip() == self.text[start:floor]
            emptied = [Splice(*line, "") if alone else Splice(start, floor, "")]
        # Behind `...` it would be another document.
        marker = _DOCUMENT_END.search(self.text, floor)
        place = marker.start() if marker else len(self.text)
        return [
            *emptied,
            Splice(place, place, "".join(line + end for line in mapping(data, 0, self._layout_above()))),
        ]

    def _replace(self, edit: Edit) -> list[Splice]:
        pair = self.entries[edit.path[-1]]
        if is_alias(pair):
            raise Refused(
                f"{'.'.join(edit.path)} is an alias; its value stands elsewhere", **position(pair[0])
            )
        from .replace import replace_value  # a new entry replaces nothing

        return replace_value(self.text, pair, edit.value, self._layout())

    # --- where and how

    def column(self) -> int:
        """The column of the mapping's keys."""
        assert self.node is not None
        key = self.node.value[0][0]
        start = line_start(self.text, key.start_mark.index)
        lead = self.text[start : key.start_mark.index]
        if "?" in lead:  # `? key` is a key that stands where its mark does
            return lead.index("?")
        return int(key.start_mark.column)

    def _layout_above(self) -> Layout:
        """The indentation below the mapping's own key."""
        section = self.path[0] if self.path else "integrations"
        return layout_of(self.document, section).below(max(len(self.path) - 1, 0))

    def _layout(self, edit: Edit | None = None) -> Layout:
        """The indentation below the mapping's keys."""
        if not self.path:
            return layout_of(self.document, edit.path[0] if edit else "integrations")
        return self._layout_above().below(1)
