"""What a run would change: rendered files against the project on disk, decided without touching it (pure)."""

from __future__ import annotations

from .changes import Change, Kept, Kind, Merged, Plan, decide
from .merging import KEEP, Merge, Merger, Merging
from .paths import check_path
from .show import as_data, tree, tree_rows, unified_diff, words

__all__ = [
    "KEEP",
    "Change",
    "Kept",
    "Kind",
    "Merge",
    "Merged",
    "Merger",
    "Merging",
    "Plan",
    "as_data",
    "check_path",
    "decide",
    "tree",
    "tree_rows",
    "unified_diff",
    "words",
]
