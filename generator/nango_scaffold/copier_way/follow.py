"""Copier's answers follow what ``add``, ``remove`` and the like do to an integration that Copier keeps.

Otherwise the next ``copier update`` would render without the new script, or with one that is gone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from ..answers import load_answers
from ..assemble.project import Project
from ..assemble.records import read_record, record_path
from ..nango_yaml import decode
from ..plan import Change
from ..providers import ProviderFacts
from ..render.paths import YAML
from .settle import others_models, settle_taken
from .stored import TAKEN, facts_of, from_text, path_of, to_text, with_raw_answers

if TYPE_CHECKING:
    from ..assemble import Outcome, Reader
    from ..record import Record

    AnyOutcome = TypeVar("AnyOutcome", bound=Outcome)


def followed(outcome: AnyOutcome, integration: str, reader: Reader) -> AnyOutcome:
    """An outcome with what becomes of Copier's answers in it; the same where Copier does not keep the integration.

    Args:
        outcome: what becomes of an integration, its record among the changes.
        integration: its key.
        reader: reads the project as it is before.

    Raises:
        ProjectError: Copier's answers cannot be read.
    """
    path, own = path_of(integration), record_path(integration)
    before = Project(reader).text(path)
    after = {change.path: change.after for change in outcome.plan.changes}
    if before is None or own not in after:
        return outcome
    record = read_record(after[own], own)
    text = None if record is None else _answers(from_text(before, path), record, after[YAML])
    if text == before:
        return outcome
    change = Change(path, before.encode(), None if text is None else text.encode())
    return replace(outcome, plan=outcome.plan.plus([change]))


def _answers(given: dict[str, Any], record: Record, nango_yaml: bytes | None) -> str:
    """The answers file that gives what the record says."""
    after = with_raw_answers(given, record.answers)
    others = others_models(None if nango_yaml is None else decode(nango_yaml), record)
    facts = ProviderFacts.from_data(facts_of(after))
    taken = settle_taken(
        load_answers(record.answers), facts, others, given.get(TAKEN) or {}, tuple(record.block.models)
    )
    return to_text({**after, TAKEN: taken})
