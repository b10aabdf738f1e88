"""What an integration came into, noted when it is first written, so that taking it out gives that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import nango_yaml
from ..nango_yaml import Block
from ..record import Origin, Undo, digest
from ..render.paths import SCHEMA, YAML

if TYPE_CHECKING:
    from ..nango_yaml import Document, Merged
    from .project import Project


_FRESH = nango_yaml.house_style(Block(""))
"""What taking everything out of a file of ours leaves."""


def origin_of(project: Project, document: Document, merged: Merged) -> Origin:
    """What an integration comes into.

    Args:
        project: as it was before.
        document: its nango.yaml, as it was before.
        merged: the nango.yaml with the integration in it.
    """
    return Origin(
        beside=tuple(map(str, document.integrations)),
        has_schema=project.get(SCHEMA) is not None,
        undo=_undo(project, document, merged),
    )


def _undo(project: Project, document: Document, merged: Merged) -> Undo | None:
    """The last step back to nango.yaml as it was; None where there is none, or where there was no file.

    A file that has both integrations and models comes back by itself.
    """
    before = document.bom + document.text
    if (document.integrations and document.models) or merged.text == before or project.get(YAML) is None:
        return None
    left = nango_yaml.remove(merged.text, merged.owned).text
    if left == before and not _is_fresh(before):
        return None
    start = _same_start(left, before)
    stop = _same_start(left[start:][::-1], before[start:][::-1])
    return Undo(digest(left), start, len(left) - stop, before[start : len(before) - stop])


def what_is_left(text: str, undo: Undo | None) -> str | None:
    """A nango.yaml out of which the entries of an integration were taken, as it was before they came.

    Args:
        text: what is left of it.
        undo: the last step back, from the integration's record.

    Returns:
        The file; None when it came with the integration, and nothing else is in it.
    """
    if undo is None:
        return None if _is_fresh(text) else text
    if digest(text) != undo.left:
        return text
    return text[: undo.start] + undo.text + text[undo.stop :]


def _is_fresh(text: str) -> bool:
    """Whether a text is what taking everything out of a file of ours leaves, in any line ends."""
    return text.replace("\r\n", "\n") == _FRESH


def _same_start(one: str, other: str) -> int:
    for count, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return count
    return min(len(one), len(other))
