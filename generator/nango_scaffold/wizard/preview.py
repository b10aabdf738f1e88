"""What a run would write, for a look before it does: the tree, a file, the difference in nango.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import tree, unified_diff
from ..render.paths import YAML

if TYPE_CHECKING:
    from ..operations import Outcome

_LANGUAGES = {"ts": "typescript", "js": "javascript", "json": "json", "yaml": "yaml"}


def drawn_tree(outcome: Outcome) -> str:
    """Every file, with what happens to it."""
    return tree(outcome.plan)


def changed_files(outcome: Outcome) -> list[str]:
    """The files that would be written, the scripts first, as they are what people look for."""
    paths = [
        change.path
        for change in outcome.plan.changes
        if change.after is not None and change.kind != "unchanged"
    ]
    return sorted(paths, key=lambda path: (_rank(path), path))


def file_text(outcome: Outcome, path: str) -> str:
    """A file as it would be."""
    change = next(change for change in outcome.plan.changes if change.path == path)
    return (change.after or b"").decode("utf-8", "replace")


def yaml_difference(outcome: Outcome) -> str:
    """The difference in nango.yaml."""
    found = [unified_diff(change) for change in outcome.plan.changes if change.path == YAML]
    return "".join(found) or "nango.yaml stays as it is\n"


def language_of(path: str) -> str:
    """The language of a file, by its ending."""
    return _LANGUAGES.get(path.rpartition(".")[2], "")


def _rank(path: str) -> int:
    if "/syncs/" in path or "/actions/" in path:
        return 0
    return 1 if path.startswith(YAML.partition("/")[0]) and not path.endswith(".json") else 2
