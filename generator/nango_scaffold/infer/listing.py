"""The operations of a document as a list to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from .operations import entries, read
from .syncs import is_list

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    terms = words.lower().split()
    for entry in entries(document):
        if all(term in _searched(entry) for term in terms):
            kind = "list" if is_list(read(document, entry)) else "one"
            yield ListedOperation(entry.id, entry.method, entry.path, entry.tag, kind, entry.summary)


def _searched(entry: Entry) -> str:
    return " ".join((entry.id, entry.method, entry.path, entry.tag, entry.summary)).lower()
