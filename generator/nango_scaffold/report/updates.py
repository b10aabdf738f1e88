"""What ``update`` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..plan import tree, unified_diff
from ..render.paths import ROOT
from .data import as_data
from .text import remarks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..assemble.updating import Row, Updated

_HEADS = ("integration", "from", "to", "changed", "merged", "conflicts", "kept")


def updates_as_data(updated: Updated, *, dry_run: bool) -> dict[str, Any]:
    """An update as plain data: what ``--json`` prints."""
    rows = [
        {
            "integration": row.integration,
            "from": row.before,
            "to": row.after,
            "changed": list(row.changed),
            "merged": list(row.merged),
            "conflicts": list(row.conflicts),
            "kept": list(row.kept),
        }
        for row in updated.rows
    ]
    return {"integrations": rows, **as_data(updated, dry_run=dry_run)}


def updates(updated: Updated, project: str, *, dry_run: bool) -> str:
    """What became of each integration, where there are conflicts, and what to do next."""
    if not updated.rows:
        return "Nothing to do: no integration here was written by nango-scaffold or Copier.\n"
    lines = list(_shown(updated)) if dry_run else []
    lines += [*summary(updated.rows), *remarks(updated, guesses=False)]
    if dry_run:
        lines.append("\nDry run: nothing was written.\n")
    elif updated.plan.is_empty:
        lines.append("\nNothing to do: everything is of the newest version.\n")
    else:
        folder = "" if project == "." else project.rstrip("/") + "/"
        lines.append(f"\nNext:\n  cd {folder}{ROOT} && npx nango generate && npx nango compile\n")
    return "".join(lines)


def summary(rows: Sequence[Row]) -> Iterator[str]:
    """A line for each integration."""
    table = [
        _HEADS,
        *(
            (
                row.integration,
                row.before,
                row.after,
                *(str(len(part)) for part in (row.changed, row.merged, row.conflicts, row.kept)),
            )
            for row in rows
        ),
    ]
    widths = [max(len(cells[column]) for cells in table) for column in range(len(_HEADS))]
    for cells in table:
        left = "  ".join(cell.ljust(width) for cell, width in zip(cells[:3], widths[:3], strict=True))
        right = "  ".join(cell.rjust(width) for cell, width in zip(cells[3:], widths[3:], strict=True))
        yield f"{left}  {right}\n"


def _shown(updated: Updated) -> Iterator[str]:
    if not updated.plan.is_empty:
        yield tree(updated.plan) + "\n"
        yield from (unified_diff(change) for change in updated.plan.changes)
        yield "\n"
