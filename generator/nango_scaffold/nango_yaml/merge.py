"""The editor's operations: put a block into a nango.yaml, and take it out again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from .document import SECTIONS, Document, first_of, read
from .edits import ABSENT, Block, Difference, Edit
from .emit import Unwritable, check_writable, mapping
from .model_plan import ModelPlan
from .nodes import value_of
from .pace import without_collector
from .plan import Comparison, Plan, lift
from .refusal import ModelClash, Refused
from .splice import splice
from .traps import is_v2, refuse_collisions, refuse_foreign_keys, refuse_v1
from .verify import expected, verify

if TYPE_CHECKING:
    from collections.abc import Mapping


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
        text: the whole file.
        kept: what was left: edited by the user, or still used by another entry.
    """

    text: str
    kept: tuple[Difference, ...]


@without_collector
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
    _check(ours)
    try:
        return _merge(read(text or ""), ours, base or Block(ours.integration))
    except ModelClash:
        raise  # pasting the block would not help
    except Refused as refusal:
        raise refusal.with_block(house_style(ours)) from None


@without_collector
def remove(text: str, block: Block) -> Removed:
    """Take a block out of a nango.yaml: exactly what is ours, unedited, and used by no one else.

    Args:
        text: the file.
        block: the block as we last wrote it (``Merged.owned``).

    Raises:
        Refused: the file cannot be edited without risk.
    """
    document = read(text)
    plan = _plan(document, Block(block.integration), block)
    edits = lift(document, plan.edits)
    _refuse_v1_reading(document, expected(document, edits), adding=False)
    return Removed(_carry_out(document, edits), tuple(plan.kept))


def house_style(block: Block) -> str:
    """A block as a nango.yaml of its own, in the indentation of a fresh file."""
    return "".join(f"{line}\n" for line in mapping(block.as_data(), 0))


def _merge(document: Document, ours: Block, base: Block) -> Merged:
    refuse_foreign_keys(document)
    plan = _plan(document, ours, base)
    edits = lift(document, plan.edits)
    if edits:
        edits += _missing_sections(document, edits)
    _refuse_traps(document, edits, ours)
    text = _carry_out(document, edits)
    return Merged(text, tuple(plan.kept), _owned(document, ours, base, changed=bool(edits)))


def _plan(document: Document, ours: Block, base: Block) -> Plan:
    plan = Plan()
    if ours.sections() or base.sections():
        plan.extend(Comparison(document).integration(ours, base))
    plan.extend(ModelPlan(document, ours, base, plan.edits).plan())
    return plan


def _carry_out(document: Document, edits: list[Edit]) -> str:
    text = splice(document, edits)
    if edits:
        verify(document, text, edits)
    return text


def _missing_sections(document: Document, edits: list[Edit]) -> list[Edit]:
    """The CLI cannot read a file without ``models``, or with a null there."""
    touched = {edit.path[0] for edit in edits}
    return [
        Edit((name,), {})
        for name in SECTIONS
        if name not in touched and (name not in document.top or value_of(document.top[name][1]) is None)
    ]


def _refuse_traps(document: Document, edits: list[Edit], ours: Block) -> None:
    after = expected(document, edits)
    _refuse_v1_reading(document, after, adding=bool(ours.sections()))
    refuse_collisions(document, ours.integration, _after(document, after, ours.integration), ours)


def _refuse_v1_reading(document: Document, after: Mapping[tuple[str, str], Any], *, adding: bool) -> None:
    """Neither add to a file that is read in the v1 form, nor take out the entry that had it read as v2."""
    names = list(document.section("integrations"))
    left = [name for name in names if after.get(("integrations", name)) is not ABSENT]
    if not left or not (after or adding):
        return
    if adding or is_v2(_after(document, {}, first_of(names))):
        first = first_of(left)
        refuse_v1(document, first, _after(document, after, first))


def _after(document: Document, after: Mapping[tuple[str, str], Any], integration: str) -> Any:
    """What an integration holds once the edits are made."""
    pair = document.section("integrations").get(integration)
    return after.get(("integrations", integration), value_of(pair[1]) if pair else ABSENT)


def _owned(document: Document, ours: Block, base: Block, *, changed: bool) -> Block:
    if not changed and base == Block(ours.integration):
        return ours  # all of it stood there already: we wrote it, and the note of that is lost
    there = document.section("models")
    return replace(
        ours,
        models={
            name: shape for name, shape in ours.models.items() if name in base.models or name not in there
        },
    )


def _check(block: Block) -> None:
    try:
        check_writable(block.as_data())
    except Unwritable as problem:
        raise Refused(f"{'.'.join(problem.path) or 'the block'}: {problem.reason}") from None
