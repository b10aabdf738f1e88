"""The editor's operations: put a block into a nango.yaml, and take it out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from .document import read
from .draft import Draft, carry_out, house_style, plan_of, refuse_v1_reading
from .edits import Block
from .errors import ModelClash, Refused, shows_the_line
from .three_way import Comparison, lift
from .verify import expected

if TYPE_CHECKING:
    from .document import Document
    from .edits import Difference


@frozen
class Merged:
    """A nango.yaml with a block put in.

    Attributes:
        text: the whole file.
        kept: what was left as the user has it.
        owned: the block as it is now ours, to be given as ``base`` the next time: models that stood in the file before
            and were reused are not among it.
    """

    text: str
    kept: tuple[Difference, ...]
    owned: Block


@frozen
class Removed:
    """A nango.yaml with a block taken out.

    Attributes:
        document: the file without it.
        kept: what was left: edited by the user, or still used by another entry.
    """

    document: Document
    kept: tuple[Difference, ...]

    @property
    def text(self) -> str:
        """The whole file."""
        return self.document.source


@shows_the_line
def merge(text: str | None, ours: Block, base: Block | None = None) -> Merged:
    """Put a block into a nango.yaml, changing no byte outside its own entries.

    Args:
        text: the file; None or empty for none yet.
        ours: what it is to hold.
        base: the block as we last wrote it (``Merged.owned``), None when we never did.

    Returns:
        The new text; the old one, byte for byte, when there is nothing to do.

    Raises:
        Refused: the file cannot be edited without risk, or an entry of that name is not ours.
        ModelClash: a model of that name exists with other fields.
    """
    try:
        draft = Draft(text)
        put = draft.put(ours, base)
        return Merged(draft.document().source, put.kept, put.owned)
    except ModelClash:
        raise  # pasting the block would not help
    except Refused as refusal:
        raise refusal if refusal.block else refusal.with_block(house_style(ours)) from None


@shows_the_line
def edited_entries(text: str, block: Block) -> tuple[Difference, ...]:
    """How the entries of an integration differ from the block that we last wrote, models aside.

    Args:
        text: the file.
        block: the block as we last wrote it (``Merged.owned``).

    Raises:
        Refused: the file cannot be read.
    """
    return tuple(Comparison(read(text)).integration(Block(block.integration), block).kept)


@shows_the_line
def remove(text: str, block: Block) -> Removed:
    """Take a block out of a nango.yaml: exactly what is ours, unedited, and used by no one else.

    Args:
        text: the file.
        block: the block as we last wrote it (``Merged.owned``).

    Raises:
        Refused: the file cannot be edited without risk.
    """
    document = read(text)
    plan = plan_of(document, Block(block.integration), block)
    edits = lift(document, plan.edits)
    refuse_v1_reading(document, expected(document, edits), adding=False)
    return Removed(carry_out(document, edits), tuple(plan.kept))
