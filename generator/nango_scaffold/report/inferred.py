"""What ``infer`` prints: answers with the source of each in a comment, and lists of operations."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ..answers.position import position_of
from ..operations.answers_file import answers_text
from ..visible import visible_line
from .page import Lines, Piece, Rows, line, titled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..infer.whole import InferredAnswers, ListedOperation
    from .page import Part

_LONGEST = 110


def inferred_text(inferred: InferredAnswers) -> str:
    """Answers as YAML, each key that was inferred with a comment that says where its value comes from."""
    text = answers_text(inferred.answers)
    # Answers that YAML cannot hold as they are become JSON, which has no comments.
    if text.startswith("{"):
        return text
    comments: dict[int, str] = {}
    for place, source in inferred.sources.items():
        position = position_of(text, place, on_key=True)
        if position is not None:
            # Where values share a line, as in a flow mapping, it has the source of the first.
            comments.setdefault(text.find("\n", position.start), f"  # {_comment(source)}")
    parts: list[str] = []
    start = 0
    for end in sorted(comments):
        parts.extend((text[start:end], comments[end]))
        start = end
    return "".join((*parts, text[start:]))


def _comment(source: str) -> str:
    text = visible_line(source)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def inferred_as_data(inferred: InferredAnswers) -> dict[str, Any]:
    """The same as plain data: what ``--json`` prints."""
    return {
        # Frozen mappings and tuples become what JSON has.
        "answers": json.loads(json.dumps(inferred.answers)),
        "sources": dict(inferred.sources),
        "notes": list(inferred.notes),
    }


def inferred_parts(inferred: InferredAnswers, integration: str, *, with_sources: bool) -> Iterator[Part]:
    """The report of answers that were inferred: what was left out or guessed, and where each value comes from."""
    if with_sources and inferred.sources:
        sources = inferred.sources.items()
        rows = tuple(line(Piece(place, "place"), Piece(source, "quiet")) for place, source in sources)
        yield titled(f"Inferred for {integration}:", Rows(rows, aligned=1))
    if inferred.notes:
        title = f"Not in what was inferred for {integration}, or uncertain:"
        yield titled(title, Lines(tuple(map(line, inferred.notes))))


def operations_text(listed: Sequence[ListedOperation]) -> str:
    """Operations by tag, one a line: its id, method and path, whether it lists records, what it is."""
    if not listed:
        return "No operation matches.\n"
    width = min(max(len(entry.id) for entry in listed), 50)
    ordered = sorted(listed, key=lambda entry: entry.tag)
    groups = groupby(ordered, key=lambda entry: entry.tag)
    return "\n".join(_group(tag, group, width) for tag, group in groups)


def _group(tag: str, listed: Iterable[ListedOperation], width: int) -> str:
    lines = [visible_line(tag) or "(no tag)"]
    for entry in listed:
        text = f"  {entry.kind:4}  {entry.id:{width}}  {entry.method:6} {entry.path}"
        summary = f"  {entry.summary[:60]}" if entry.summary else ""
        lines.append(visible_line(f"{text}{summary}"))
    return "".join(f"{text}\n" for text in lines)


def operations_as_data(listed: Iterable[ListedOperation]) -> list[Mapping[str, str]]:
    """The same as plain data."""
    keys = ("id", "method", "path", "tag", "kind", "summary")
    return [{key: getattr(entry, key) for key in keys} for entry in listed]
