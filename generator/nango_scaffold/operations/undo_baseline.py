"""What an integration came into, noted when it is first written, so that taking it out gives that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import nango_yaml
from ..manifest import Undo, UndoBaseline, digest
from ..nango_yaml import Block
from ..plan.show import same_start
from ..yaml12.scalars import same

if TYPE_CHECKING:
    from ..nango_yaml import Document, Draft
    from .project import Project


_FRESH = nango_yaml.house_style(Block(""))
"""What taking everything out of a file of ours leaves."""


class Beginning:
    """What an integration comes into, looked at before it is put in; files that this run has begun count as there."""

    def __init__(self, draft: Draft, *, has_yaml: bool, has_schema: bool) -> None:
        self._beside = tuple(map(str, draft.integrations))
        self._has_schema = has_schema
        # A file that has both integrations and models comes back by itself.
        comes_back = not has_yaml or (draft.integrations and draft.models)
        self._before = None if comes_back else draft.document().source

    def origin(self, draft: Draft, owned: Block) -> UndoBaseline:
        """The note of it, once the integration is in."""
        undo = None if self._before is None else _undo(self._before, draft.document().source, owned)
        return UndoBaseline(self._beside, self._has_schema, undo)


def origin_before_us(project: Project, document: Document, schema: str) -> UndoBaseline:
    """What is noted for an integration that was there before us: nango.yaml is the user's, and stays when it is empty."""
    beside = tuple(map(str, document.integrations))
    return UndoBaseline(beside, project.get(schema) is not None, Undo(digest(_FRESH), 0, 0, ""))


def _undo(before: str, merged: str, owned: Block) -> Undo | None:
    """The last step back to a nango.yaml as it was; None where taking the entries out is enough."""
    if merged == before:
        return None
    left = nango_yaml.remove(merged, owned).text
    if left == before and not _is_fresh(before):
        return None
    start = same_start(left, before)
    stop = same_start(left[start:][::-1], before[start:][::-1])
    return Undo(digest(left), start, len(left) - stop, before[start : len(before) - stop])


def what_is_left(text: str, undo: Undo | None) -> str | None:
    """A nango.yaml out of which the entries of an integration were taken, as it was before they came.

    Args:
        text: what is left of it.
        undo: the last step back, from the integration's manifest.

    Returns:
        The file; None when it came with the integration, and nothing else is in it.
    """
    if undo is None:
        return None if _is_fresh(text) else text
    # Somebody has edited it since: the offsets of the step are those of another text.
    if digest(text) != undo.left:
        return text
    before = text[: undo.start] + undo.text + text[undo.stop :]
    return before if _says_as_much(before, text) else text


def _says_as_much(before: str, left: str) -> bool:
    """Whether the last step back changes nothing but how the file is written; the manifest may be somebody else's."""
    try:
        document, other = nango_yaml.read(before), nango_yaml.read(left)
        sections = ((document.integrations, other.integrations), (document.models, other.models))
    except nango_yaml.Refused:
        return False
    foreign = {*document.top} - {"integrations", "models"}
    return not foreign and all(same(mine, theirs) for mine, theirs in sections)


def _is_fresh(text: str) -> bool:
    """Whether a text is what taking everything out of a file of ours leaves, in any line ends."""
    return text.replace("\r\n", "\n") == _FRESH
