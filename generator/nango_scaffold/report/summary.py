"""How many files were created, changed, merged, kept and so on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..plan import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..operations import Outcome

# The word of the tree; what it is called when it is counted, and before it is done.
_COUNTED = (
    ("create", "created", "to create"),
    ("change", "changed", "to change"),
    ("merged", "merged", "to merge"),
    ("kept", "kept", "kept"),
    ("conflict", "conflicts", "conflicts"),
    ("delete", "deleted", "to delete"),
    ("unchanged", "unchanged", "unchanged"),
)


def counts(outcome: Outcome) -> dict[str, int]:
    """How many files there are of each kind, and among the conflicts the values of nango.yaml that are in one."""
    by_kind = count(words(outcome.plan).values())
    by_kind["conflicts"] += sum(difference.why == "conflict" for difference in outcome.differences)
    return by_kind


def count(file_words: Iterable[str]) -> dict[str, int]:
    """How many of some words of the tree there are of each kind, all kinds named."""
    by_word = Counter(word.partition(":")[0] for word in file_words)
    return {kind: by_word[word] for word, kind, _ in _COUNTED}


def in_words(by_kind: Mapping[str, int], *, dry: bool = False) -> str:
    """Counts as a line: ``12 created, 1 conflict``; ``dry``: before it is done."""
    return ", ".join(
        f"{by_kind[kind]} {_one(future if dry else kind) if by_kind[kind] == 1 else future if dry else kind}"
        for _, kind, future in _COUNTED
        if by_kind[kind]
    )


def _one(kind: str) -> str:
    return kind.removesuffix("s")
