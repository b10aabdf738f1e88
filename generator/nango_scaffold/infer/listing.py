"""The operations of a document as a list to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from .operations import entries, read
from .syncs import is_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .document import Document
    from .operations import Entry


@frozen
class ListedOperation:
    """An operation to choose.

    Attributes:
        id: what ``--operation`` names it by.
        method: in capitals.
        path: as the document has it.
        tag: its group; empty for none.
        kind: ``list`` for what a sync can fetch, ``one`` for what is an action.
        summary: one line; empty for none.
    """

    id: str
    method: str
    path: str
    tag: str
    kind: str
    summary: str


def listing(document: Document, words: str = "") -> Iterator[ListedOperation]:
    """The operations of a document, those only whose id, path, tag or summary holds all of some words."""
    for entry in matching(entries(document), words):
        kind = "list" if is_list(read(document, entry)) else "one"
        yield ListedOperation(entry.id, entry.method, entry.path, entry.tag, kind, entry.summary)


def matching(operations: Iterable[Entry], words: str) -> Iterator[Entry]:
    """The operations whose id, method, path, tag or summary holds all of some words, in their order."""
    terms = words.lower().split()
    for entry in operations:
        text = " ".join((entry.id, entry.method, entry.path, entry.tag, entry.summary)).lower()
        if all(term in text for term in terms):
            yield entry


def best_matching(operations: Iterable[Entry], words: str) -> list[Entry]:
    """The operations that match some words, the most likely first: by id, then by path, the shortest of each first."""
    name = " ".join(words.split()).lower()

    def rank(entry: Entry) -> tuple[bool, bool, bool, int]:
        names = (entry.id.lower(), f"{entry.method} {entry.path}".lower())
        is_named = all(term in names[0] for term in name.split())
        is_at_end = entry.path.lower().endswith(name)
        return name not in names, not is_at_end, not is_named, len(entry.path)

    return sorted(matching(operations, words), key=rank)
