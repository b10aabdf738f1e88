"""What happens to models: their names are global to the file, so others may share them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..yaml12.scalars import same
from .conflicts import clash, refuse_literal
from .edits import ABSENT, Block, Edit, Path
from .errors import Refused, all_at_once
from .references import References, mentions
from .three_way import Comparison, Plan
from .verify import expected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .document import Document


class ModelPlan:
    """Plans the models of a block."""

    def __init__(self, document: Document, ours: Block, base: Block, edits: list[Edit]) -> None:
        self.document = document
        self.comparison = Comparison(document)
        self.references = References(document)
        self.ours = ours
        self.base = base
        self.edits = edits

    def plan(self) -> Plan:
        """Edits and differences for all models of both blocks.

        Raises:
            ModelClash: models of these names exist with other fields, or someone else uses those to be changed.
            Refused: a new model's name is used as a literal.
        """
        plan = Plan()
        refusals: list[Refused] = []
        for name, shape in self.ours.models.items():
            try:
                plan.extend(self._model(name, shape))
            except Refused as refusal:  # all of them are told at once
                refusals.append(refusal)
        if refusals:
            raise all_at_once(refusals)
        plan.extend(self._dropped(self.edits + plan.edits))
        return plan

    def _model(self, name: str, shape: Mapping[str, Any]) -> Plan:
        path = ("models", name)
        theirs = self.comparison.at(path)
        base = self.base.models.get(name, ABSENT)
        if theirs is ABSENT and base is ABSENT:
            refuse_literal(self.document, self.references, name, self.ours)
        # One that the user took out stays out, unless an entry would be written whose type is then only a literal.
        if theirs is ABSENT and (base is ABSENT or self._is_needed(name)):
            return Plan([Edit(path, shape)])
        # Somebody else's model of the same shape is shared; it does not become ours.
        if theirs is not ABSENT and base is ABSENT and not same(theirs, shape):
            raise clash(self.document, name, theirs, shape, self.ours, "exists with other fields")
        plan = self.comparison.value(path, shape, base, theirs)
        if plan.edits:
            self._refuse_shared(name, theirs, shape)
        return plan

    def _is_needed(self, model: str) -> bool:
        """Whether an entry that is about to be written names a model."""
        return _is_mentioned(model, expected(self.document, self.edits))

    def _refuse_shared(self, name: str, theirs: Any, shape: Mapping[str, Any]) -> None:
        for use in self.references.to(name):
            if not self._is_ours(use):
                why = f"is also used by {'.'.join(use)}, which a change of its fields would change"
                raise clash(self.document, name, theirs, shape, self.ours, why)

    def _is_ours(self, path: Path) -> bool:
        if path[0] == "models":
            return path[1] in self.base.models or path[1] in self.ours.models
        return path[1] == self.ours.integration

    def _dropped(self, edits: list[Edit]) -> Plan:
        """Take out models that were ours and no longer are, as long as nothing that stays refers to them."""
        plan = Plan()
        # First all that may go, then what of them is needed: two that only use each other go together.
        going: dict[str, Any] = {}
        for name, shape in self.base.models.items():
            if name in self.ours.models:
                continue
            path = ("models", name)
            removal = self.comparison.value(path, ABSENT, shape, self.comparison.at(path))
            plan.kept.extend(removal.kept)
            if removal.edits:
                going[name] = shape
        needed = self._needed(going, edits)
        for name, shape in going.items():
            if name in needed:
                plan.keep(("models", name), ABSENT, shape, "used")
            else:
                plan.edit(("models", name), ABSENT)
        return plan

    def _needed(self, going: Mapping[str, Any], edits: list[Edit]) -> set[str]:
        """The models among ``going`` that something staying refers to, directly or through one another."""
        after = expected(self.document, edits)
        uses = {name: list(self.references.to(name)) for name in going}

        # Entries that are edited are judged by what they will hold, not by what they hold.
        def is_used_by_what_stays(path: Path) -> bool:
            is_of_going_model = path[0] == "models" and path[1] in going
            return path[:2] not in after and not is_of_going_model

        needed = {
            name
            for name, paths in uses.items()
            if any(map(is_used_by_what_stays, paths)) or _is_mentioned(name, after)
        }
        while through := {name for name in going if _is_used_by_models(uses[name], needed)} - needed:
            needed |= through
        return needed


def _is_mentioned(model: str, entries: Mapping[tuple[str, str], Any]) -> bool:
    """Whether an entry names a model."""
    return any(any(True for _ in mentions(section, data, model)) for (section, _), data in entries.items())


def _is_used_by_models(uses: list[Path], models: set[str]) -> bool:
    return any(path[0] == "models" and path[1] in models for path in uses)
