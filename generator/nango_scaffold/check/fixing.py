"""The edits of findings carried out on texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .finding import BOM

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .finding import Edit, Finding


def fixed(files: Mapping[str, str], findings: Iterable[Finding]) -> dict[str, str]:
    """Carry out the edits of findings, each finding's all or none.

    A finding whose edits touch those of an earlier one is left for another round: its places may have moved.

    Args:
        files: the texts by path.
        findings: in the order in which they go first.

    Returns:
        The new text of each file that changes.
    """
    taken: list[Edit] = []
    for finding in findings:
        if all(not _touches(edit, other) for edit in finding.edits for other in taken):
            taken.extend(finding.edits)
    return {
        path: _edited(files[path], [edit for edit in taken if edit.path == path]) for path in _paths(taken)
    }


def _touches(edit: Edit, other: Edit) -> bool:
    return edit.path == other.path and edit.start <= other.end and other.start <= edit.end


def _paths(edits: list[Edit]) -> list[str]:
    return sorted({edit.path for edit in edits})


def _edited(text: str, edits: list[Edit]) -> str:
    bom = BOM if text.startswith(BOM) else ""  # it stays first, whatever is put there
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        start, end = max(edit.start, len(bom)), max(edit.end, len(bom))
        new = edit.text.removeprefix(bom) if edit.start == 0 else edit.text
        text = text[:start] + new + text[end:]
    return text
