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
    found = count(words(outcome.plan).values())
    found["conflicts"] += sum(difference.why == "conflict" for difference in outcome.differences)
    return found


def count(said: Iterable[str]) -> dict[str, int]:
    """How many of some words of the tree there are of each kind, all kinds named."""
    found = Counter(word.partition(":")[0] for word in said)
    return {done: found[word] for word, done, _ in _COUNTED}


def in_words(found: Mapping[str, int], *, dry: bool = False) -> str:
    """Counts as a line: ``12 created, 1 conflict``; ``dry``: before it is done."""
    return ", ".join(
        f"{found[done]} {_one(would if dry else done) if found[done] == 1 else would if dry else done}"
        for _, done, would in _COUNTED
        if found[done]
    )


def _one(kind: str) -> str:
    return kind.removesuffix("s")
