"""The last gate: what was written is parsed again and compared with what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..yaml_scalars import same
from .document import SECTIONS, Document, Pair, locate
from .edits import ABSENT, Edit, Path, apply
from .nodes import value_of
from .refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

Entry = tuple[str, str]


def expected(document: Document, edits: Iterable[Edit]) -> dict[Entry, Any]:
    """What the integrations and models that edits touch will hold, ``ABSENT`` where one goes.

    Returns:
        Data by section and name.
    """
    single = [part for edit in edits for part in _entry_edits(edit)]
    before: dict[str, Any] = {section: {} for section in SECTIONS}
    for section, name in dict.fromkeys((edit.path[0], edit.path[1]) for edit in single):
        pair = document.section(section).get(name)
        if pair is not None:
            before[section][name] = value_of(pair[1])
    after = apply(before, single)
    return {(edit.path[0], edit.path[1]): after[edit.path[0]].get(edit.path[1], ABSENT) for edit in single}


def verify(document: Document, text: str, edits: list[Edit]) -> Document:
    """Make sure that a text is the old file plus the edits, and nothing else.

    An entry whose source is the same text as before means the same as before (unless aliases reach into it), so only
    the others are compared value by value.

    Args:
        document: the file before.
        text: the file after, with its byte order mark.
        edits: what was to change.

    Returns:
        The text as read. All in it has been checked: what is new here, what is not when the old file was read.

    Raises:
        Refused: it is not.
    """
    after = _read_back(text)
    wanted = expected(document, edits)
    by_text = not ("&" in document.text and "*" in document.text)
    if list(after.top) != [name for name in document.top if name in after.top] + [
        name for name in after.top if name not in document.top
    ]:
        raise _mismatch("the top level")
    for section in SECTIONS:
        _verify_names(document, after, section, wanted)
        old, new = _sources(document, section), _sources(after, section)
        for name, pair in after.section(section).items():
            if (section, name) in wanted:
                if not same(value_of(pair[1]), wanted[section, name]):
                    raise _mismatch(f"{section}.{name}")
            elif not (by_text and old[name] == new[name]) and not _equal(
                document.section(section)[name], pair
            ):
                raise _mismatch(f"{section}.{name}")
    if by_text:
        _share_values(document, after, wanted)
    return after


def _share_values(before: Document, after: Document, wanted: dict[Entry, Any]) -> None:
    """Let the file after know what its entries hold: those that stand there as before hold what they held."""
    for section, values in (("integrations", before.integrations), ("models", before.models)):
        vars(after)[section] = {
            name: wanted.get((section, name), values.get(name)) for name in after.section(section)
        }


def _read_back(text: str) -> Document:
    try:
        return locate(text)
    except Refused as problem:
        raise _mismatch(f"line {problem.line} ({problem.reason})") from None


def _verify_names(before: Document, after: Document, section: str, wanted: dict[Entry, Any]) -> None:
    gone = {name for (part, name), data in wanted.items() if part == section and data is ABSENT}
    names = [name for name in before.section(section) if name not in gone]
    new = [
        name
        for (part, name), data in wanted.items()
        if part == section and data is not ABSENT and name not in names
    ]
    pair = after.pair(section)
    written = len(pair[1].value) if pair is not None and after.section(section) else 0
    merges = _merge_count(before, section)
    if list(after.section(section)) != names + new or written != len(names) + len(new) + merges:
        raise _mismatch(section)


def _merge_count(document: Document, section: str) -> int:
    pair = document.pair(section)
    entries = document.section(section)
    return len(pair[1].value) - len(entries) if pair is not None and entries else 0


def _sources(document: Document, section: str) -> dict[str, tuple[int, str]]:
    """Column and source text of each entry, up to the start of the next."""
    entries = document.section(section)
    found = document.pair(section)
    if found is None or not entries:
        return {}
    starts = [key.start_mark.index for key, _ in entries.values()]
    stops = [*starts[1:], found[1].end_mark.index]
    return {
        name: (pair[0].start_mark.column, document.text[start:stop])
        for (name, pair), start, stop in zip(entries.items(), starts, stops, strict=False)
    }


def _equal(left: Pair, right: Pair) -> bool:
    return same(value_of(left[1]), value_of(right[1]))


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
