"""The last gate: what was written is read again and compared with what was meant.

A file is not parsed anew for a change of a few of its entries. Everything outside the splices is the same text as
before, and in block style without anchors an entry means the same whatever stands beside it; so the entries that a
splice touches are parsed alone, between neighbours that stand in for theirs. Wherever that proves nothing, the whole
text is read.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

import yaml

from ..frozen import frozen
from ..yaml12.bounds import has_anchors, is_within
from ..yaml12.scalars import same
from .document import SECTIONS, Document, read
from .edits import ABSENT, Edit, Path, apply
from .errors import BOUNDS, Refused
from .spans import line_start, patch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .spans import Splice

Entry = tuple[str, str]

_BEFORE, _BEHIND = "nango-scaffold-before", "nango-scaffold-behind"


def expected(document: Document, edits: Iterable[Edit]) -> dict[Entry, Any]:
    """What the integrations and models that edits touch will hold, by section and name; ``ABSENT`` where one goes."""
    entry_edits = [part for edit in edits for part in _entry_edits(edit)]
    after = apply(document.data, entry_edits)
    touched = dict.fromkeys((edit.path[0], edit.path[1]) for edit in entry_edits)
    return {(section, name): (after.get(section) or {}).get(name, ABSENT) for section, name in touched}


def verify(document: Document, text: str, edits: Iterable[Edit]) -> Document:
    """Make sure that a text, with its byte order mark, is the old file plus the edits and nothing else; give it as read.

    Raises:
        Refused: it is not.
    """
    try:
        after = read(text)
    except Refused as problem:
        raise _mismatch(f"line {problem.line} ({problem.reason})") from None
    intended = apply(document.data, edits)
    # The order counts, too: the first integration decides how the CLI reads the file.
    if list(after.data) != list(intended):
        raise _mismatch("the top level")
    for section in SECTIONS:
        _compare(section, intended.get(section) or {}, after.data.get(section) or {})
    return after


def verify_regions(document: Document, splices: Sequence[Splice], edits: Sequence[Edit]) -> Document | None:
    """The same by parsing no more than the entries that splices touch; None where only reading all of it can tell."""
    intended = apply(document.data, edits)
    # A new section is no entry of one that is there.
    if not _is_plain(document.text) or list(intended) != list(document.data):
        return None
    if not _regions_hold(document, splices, intended):
        return None
    after = patch(document.text, splices)
    return Document(after, document.bom, intended) if is_within(after, BOUNDS) else None


def _regions_hold(document: Document, splices: Sequence[Splice], intended: Mapping[str, Any]) -> bool:
    """Whether the entries that splices touch come out as intended, and the others are those of before."""
    regions = {section: _regions(document, section) for section in SECTIONS}
    touched = _touched([region for section in SECTIONS for region in regions[section]], splices)
    if touched is None:
        return False
    return all(
        _section_holds(_entries_after(document, regions[section], touched), intended.get(section))
        for section in SECTIONS
    )


def _section_holds(entries: Mapping[str, Any] | None, intended: Any) -> bool:
    return entries is not None and _is_equal(entries, intended or {})


def _is_plain(text: str) -> bool:
    """Whether nothing in a text reaches over its entries; where there are tabs, what can be read depends on all of it."""
    return text.endswith("\n") and "\t" not in text and not has_anchors(text)


@frozen
class _Region:
    """The lines of one entry of a section, from its key up to the next key, by their offsets."""

    section: str
    name: str
    start: int
    stop: int
    column: int
    is_last: bool


def _regions(document: Document, section: str) -> list[_Region]:
    """The regions of a section; none where its entries are not blocks on lines of their own."""
    pair = document.pair(section)
    entries = document.section(section)
    if pair is None or pair[0].start_mark.column or not _is_block(pair[1], len(entries)):
        return []
    text = document.text
    keys = [key for key, _ in entries.values()]
    column = keys[0].start_mark.column
    starts = [line_start(text, key.start_mark.index) for key in keys]
    # Behind a `?`, or behind another key's value, an entry has no lines of its own.
    if any(text[start : key.start_mark.index].strip(" ") for start, key in zip(starts, keys, strict=True)):
        return []
    stops = [*starts[1:], _section_stop(document, pair[0].start_mark.index)]
    return [
        _Region(section, name, start, stop, column, start == starts[-1])
        for name, start, stop in zip(entries, starts, stops, strict=True)
    ]


def _is_block(node: yaml.Node, count: int) -> bool:
    """Whether a section is a block mapping of so many entries, without merge keys."""
    return isinstance(node, yaml.MappingNode) and not node.flow_style and len(node.value) == count > 0


def _section_stop(document: Document, start: int) -> int:
    """Where the top-level key behind a section begins, or the text ends."""
    following = [key.start_mark.index for key, _ in document.top.values() if key.start_mark.index > start]
    return line_start(document.text, min(following)) if following else len(document.text)


def _touched(regions: Sequence[_Region], splices: Sequence[Splice]) -> dict[int, list[Splice]] | None:
    """The splices by the start of the region they change; None if one changes something else."""
    in_order = sorted(regions, key=lambda region: region.start)
    starts = [region.start for region in in_order]
    touched: dict[int, list[Splice]] = {}
    for splice in splices:
        index = bisect_right(starts, splice.start) - 1
        if index >= 0 and in_order[index].stop < splice.end:
            return None
        if index < 0 or splice.start > in_order[index].stop:
            return None
        touched.setdefault(starts[index], []).append(splice)
    return touched


def _entries_after(
    document: Document, regions: Sequence[_Region], touched: Mapping[int, Sequence[Splice]]
) -> dict[str, Any] | None:
    """What the entries of a section hold after splices; None where a region cannot be read alone."""
    section_entries: dict[str, Any] = {}
    count = 0
    for region in regions:
        if region.start in touched:
            region_entries = _read_alone(document, region, touched[region.start])
        else:
            region_entries = {region.name: document.data[region.section][region.name]}
        if region_entries is None:
            return None
        count += len(region_entries)
        section_entries |= region_entries
    # Regions read alone cannot tell that two of them hold one key, which js-yaml refuses.
    return section_entries if len(section_entries) == count else None


def _read_alone(document: Document, region: _Region, splices: Sequence[Splice]) -> dict[str, Any] | None:
    """The entries in a region after splices, read with an entry before it and one like that which follows in the file."""
    lines = patch(
        document.text[region.start : region.stop], [splice.moved(-region.start) for splice in splices]
    )
    if lines and not lines.endswith("\n"):
        return None
    indent = " " * region.column
    # An open quote, or a scalar that goes on, would swallow what follows: then the neighbours come out as other keys.
    follower = _follower(document, region)
    try:
        data = read(f"models:\n{indent}{_BEFORE}: 0\n{lines}{follower}").data
    except Refused:
        return None
    first, *names = data["models"]
    if follower:
        siblings = list(data) if region.is_last else names
        if siblings.pop() != _BEHIND:
            return None
    return {name: data["models"][name] for name in names} if first == _BEFORE else None


def _follower(document: Document, region: _Region) -> str:
    """A line like that which follows a region: the key of the next entry or section, or nothing at the end."""
    if region.stop == len(document.text):
        return ""
    return f"{_BEHIND}: 0\n" if region.is_last else f"{' ' * region.column}{_BEHIND}: 0\n"


def _is_equal(entries: Mapping[str, Any], intended: Mapping[str, Any]) -> bool:
    """Whether entries are those wanted, in their order; what no edit touches is the same object in both."""
    return list(entries) == list(intended) and all(
        value is intended[name] or same(value, intended[name]) for name, value in entries.items()
    )


def _compare(section: str, intended: Mapping[str, Any], entries: Mapping[str, Any]) -> None:
    """Refuse entries that are not those wanted."""
    if list(entries) != list(intended):
        raise _mismatch(section)
    for name, value in entries.items():
        if not same(value, intended[name]):
            raise _mismatch(f"{section}.{name}")


def _entry_edits(edit: Edit) -> list[Edit]:
    """An edit that brings a whole section, as one edit for each of its entries."""
    if len(edit.path) > 1:
        return [edit]
    section: Path = edit.path
    return [Edit((*section, name), value) for name, value in edit.value.items()]


def _mismatch(place: str) -> Refused:
    return Refused(
        f"the edited text would not read back as intended at {place}; nothing was changed",
        fix="Please report this file: the editor should have known better.",
    )
