"""A nango.yaml that takes one block after the other, and is written once.

Most blocks bring entries and models that are new. They are planned against the file as it was read, and wait: the text
is spliced and verified once for all of them. The outcome is that of merging one by one, byte for byte; a block that
looks at what waits, or changes what is there, has everything written and read back first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..yaml12.nodes import value_of
from ..yaml12.scalars import same
from .conflicts import is_v2, refuse_collisions, refuse_foreign_keys, refuse_v1
from .document import SECTIONS, Document, first_of, read
from .edits import ABSENT, Block, Difference, Edit
from .emit import Unwritable, check_writable, mapping
from .errors import ModelClash, Refused
from .model_plan import ModelPlan
from .references import script_models, type_names
from .splice import splice, splices_of
from .three_way import Comparison, Plan, lift
from .verify import expected, verify, verify_regions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@frozen
class Put:
    """What became of a block.

    Attributes:
        kept: what was left as the user has it.
        owned: the block as it is now ours, to be given as ``base`` the next time: models that stood in the file before
            and were reused are not among it.
        changes_models: whether it brought, changed or took out a model.
    """

    kept: tuple[Difference, ...]
    owned: Block
    changes_models: bool


class Draft:
    """A nango.yaml while blocks are put into it.

    Args:
        text: the file; None or empty for none yet.

    Raises:
        Refused: the file cannot be edited without risk.
    """

    def __init__(self, text: str | None) -> None:
        self._document = read(text or "")
        self._waiting = _Waiting()

    @property
    def models(self) -> dict[str, Any]:
        """The models, those of the blocks so far among them."""
        return {**self._document.models, **self._waiting.models}

    @property
    def integrations(self) -> list[str]:
        """The integrations, those of the blocks so far among them."""
        return [*self._document.integrations, *self._waiting.integrations]

    def put(self, ours: Block, base: Block | None = None) -> Put:
        """Put a block in, changing no byte outside its own entries.

        Args:
            ours: what the file is to hold.
            base: the block as we last wrote it (``Put.owned``), None when we never did.

        Raises:
            Refused: the file cannot be edited without risk, or an entry of that name is not ours.
            ModelClash: a model of that name exists with other fields.
        """
        _check(ours)
        base = base or Block(ours.integration)
        # A plan is made against the text, in which what waits does not stand yet.
        if not self._waiting.leaves_alone(ours, base):
            self._write()
        try:
            return self._put(ours, base)
        except Refused as refusal:
            refusal.show_in(self._document.source)
            if isinstance(refusal, ModelClash):
                raise  # pasting the block would not help
            raise refusal.with_block(house_style(ours)) from None

    def document(self) -> Document:
        """The file with all blocks so far.

        Raises:
            Refused: the file cannot be edited without risk.
        """
        self._write()
        return self._document

    def _put(self, ours: Block, base: Block) -> Put:
        refuse_foreign_keys(self._document)
        # A model that waits has the same shape, as it leaves this block alone: it comes once, with the other block.
        waiting = self._waiting.models
        new = replace(ours, models={name: of for name, of in ours.models.items() if name not in waiting})
        plan = plan_of(self._document, new, base)
        edits = lift(self._document, plan.edits)
        _refuse_traps(self._document, edits, ours)
        self._prove(edits)
        self._waiting.add(plan.edits)
        # Before it is written: which models stood there already is asked of the file as it was.
        owned = self._owned(ours, new, base, changed=bool(edits))
        # A change of what is there cannot wait: the plans of later blocks would be made on what it replaces.
        if not all(self._is_new(edit) for edit in plan.edits):
            self._write()
        return Put(tuple(plan.kept), owned, any(edit.path[0] == "models" for edit in edits))

    def _prove(self, edits: list[Edit]) -> None:
        """Make sure that a place where a block is put in can be written to, as long as it is known whose block it is."""
        # Once for each place: a batch of hundreds of blocks goes to the same two.
        places = {edit.path[:-1] for edit in edits}
        if not places <= self._waiting.proven:
            splice(self._document, edits + _missing_sections(self._document, edits))
            self._waiting.proven |= places

    def _is_new(self, edit: Edit) -> bool:
        return edit.value is not ABSENT and self._document.pair(*edit.path[:2]) is None

    def _owned(self, ours: Block, new: Block, base: Block, *, changed: bool) -> Block:
        if not changed and base == Block(ours.integration):
            return ours  # all of it stood there already: we wrote it, and the note of that is lost
        existing = self._document.section("models")
        models = {
            name: shape for name, shape in new.models.items() if name in base.models or name not in existing
        }
        return replace(ours, models=models)

    def _write(self) -> None:
        """Write what waits, and read it back."""
        if not self._waiting.edits:
            return
        edits = lift(self._document, self._waiting.edits)
        self._document = carry_out(self._document, edits + _missing_sections(self._document, edits))
        self._waiting = _Waiting()


class _Waiting:
    """What is to be put in and does not stand there yet."""

    def __init__(self) -> None:
        self.edits: list[Edit] = []
        self.integrations: dict[str, None] = {}
        self.models: dict[str, Any] = {}
        self.proven: set[tuple[str, ...]] = set()
        self._named: set[str] = set()

    def add(self, edits: Iterable[Edit]) -> None:
        """Let edits wait."""
        for edit in edits:
            self.edits.append(edit)
            if edit.path[0] == "models":
                self.models[edit.path[1]] = edit.value
                self._named |= type_names(edit.value)
            else:
                self.integrations[edit.path[1]] = None
                self._named |= script_models(edit.value) if isinstance(edit.value, Mapping) else set()

    def leaves_alone(self, ours: Block, base: Block) -> bool:
        """Whether what waits has nothing to do with a block: then it can be planned as if nothing waited."""
        if ours.integration in self.integrations:
            return False
        # A model of the last run may have to go, or to change, and what waits may use it.
        if any(name in self.models or name in self._named for name in base.models):
            return False
        return all(self._leaves_model_alone(name, shape) for name, shape in ours.models.items())

    def _leaves_model_alone(self, name: str, shape: Any) -> bool:
        if name in self.models:
            return same(self.models[name], shape)
        # A type name without a model is a literal, whose meaning a model of that name would change.
        return name not in self._named


def begin(text: str | None, ours: Callable[[], Block]) -> Draft:
    """A draft for a block, to be pasted by hand where the file cannot be edited.

    Args:
        text: the file; None or empty for none yet.
        ours: gives the block that is to be put in; asked only where the file is refused.

    Raises:
        Refused: the file cannot be edited without risk.
    """
    try:
        return Draft(text)
    except Refused as refusal:
        raise refusal.with_block(house_style(ours())) from None


def house_style(block: Block) -> str:
    """A block as a nango.yaml of its own, in the indentation of a fresh file."""
    return "".join(f"{line}\n" for line in mapping(block.as_data(), 0))


def plan_of(document: Document, ours: Block, base: Block) -> Plan:
    """What has to be done to a file for a block, entries first."""
    plan = Plan()
    if ours.sections() or base.sections():
        plan.extend(Comparison(document).integration(ours, base))
    plan.extend(ModelPlan(document, ours, base, plan.edits).plan())
    return plan


def carry_out(document: Document, edits: list[Edit]) -> Document:
    """A file after edits, verified."""
    if not edits:
        return document
    # Cheaper than reading the whole file, which is left for where the entries alone prove nothing.
    if document.text.endswith("\n"):
        after = verify_regions(document, splices_of(document, edits), edits)
        if after is not None:
            return after
    return verify(document, splice(document, edits), edits)


def refuse_v1_reading(document: Document, after: Mapping[tuple[str, str], Any], *, adding: bool) -> None:
    """Neither add to a file that is read in the v1 form, nor take out the entry that had it read as v2."""
    names = list(document.section("integrations"))
    left = [name for name in names if after.get(("integrations", name)) is not ABSENT]
    if not left or not (after or adding):
        return
    # A file that was read as v1 before stays as it was: nothing that is taken out makes that worse.
    if adding or is_v2(_after(document, {}, first_of(names))):
        first = first_of(left)
        refuse_v1(document, first, _after(document, after, first))


def _missing_sections(document: Document, edits: list[Edit]) -> list[Edit]:
    """The CLI cannot read a file without ``models``, or with a null there."""
    if not edits:
        return []
    touched = {edit.path[0] for edit in edits}
    return [
        Edit((name,), {})
        for name in SECTIONS
        if name not in touched and (name not in document.top or value_of(document.top[name][1]) is None)
    ]


def _refuse_traps(document: Document, edits: list[Edit], ours: Block) -> None:
    after = expected(document, edits + _missing_sections(document, edits))
    refuse_v1_reading(document, after, adding=bool(ours.sections()))
    refuse_collisions(document, ours.integration, _after(document, after, ours.integration), ours)


def _after(document: Document, after: Mapping[tuple[str, str], Any], integration: str) -> Any:
    """What an integration holds once the edits are made."""
    pair = document.section("integrations").get(integration)
    return after.get(("integrations", integration), value_of(pair[1]) if pair else ABSENT)


def _check(block: Block) -> None:
    try:
        check_writable(block.as_data())
    except Unwritable as problem:
        raise Refused(f"{'.'.join(problem.path) or 'the block'}: {problem.reason}") from None
