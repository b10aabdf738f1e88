"""What a run would change: rendered files against the project on disk, decided without touching it (pure)."""

from __future__ import annotations

from .changes import Change, Kept, Kind, Plan, decide
from .paths import check_path
from .show import as_data, tree, tree_rows, unified_diff, words

__all__ = [
    "Change",
    "Kept",
    "Kind",
    "Plan",
    "as_data",
    "check_path",
    "decide",
    "tree",
    "tree_rows",
    "unified_diff",
    "words",
]
