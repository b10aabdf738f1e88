"""Copier's answers follow what ``add``, ``remove`` and the like do to an integration that Copier keeps.

Otherwise the next ``copier update`` would render without the new script, or with one that is gone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from ..answers import load_answers
from ..nango_yaml import decode
from ..operations.manifests import manifest_path, read_manifest
from ..operations.project import Project
from ..plan import Change
from ..providers import ProviderFacts
from ..render.paths import YAML
from .answers_file import OTHERS_MODELS, RESOURCES, facts_of, from_text, path_of, to_text, with_raw_answers
from .pinned_inputs import others_models, pinned_models

if TYPE_CHECKING:
    from ..manifest import Manifest
    from ..operations import Outcome, Reader

    AnyOutcome = TypeVar("AnyOutcome", bound=Outcome)


def followed(outcome: AnyOutcome, integration: str, reader: Reader) -> AnyOutcome:
    """An outcome with what becomes of Copier's answers in it; the same where Copier does not keep the integration.

    The integration's manifest is among the changes of the outcome; the reader reads the project as it is before them.

    Raises:
        ProjectError: Copier's answers cannot be read.
    """
    path, own = path_of(integration), manifest_path(integration)
    before = Project(reader).text(path)
    after = {change.path: change.after for change in outcome.plan.changes}
    if before is None or own not in after:
        return outcome
    manifest = read_manifest(after[own], own)
    text = None if manifest is None else _answers(from_text(before, path), manifest, after[YAML])
    if text == before:
        return outcome
    change = Change(path, before.encode(), None if text is None else text.encode())
    return replace(outcome, plan=outcome.plan.plus([change]))


def _answers(copier_answers: dict[str, Any], manifest: Manifest, nango_yaml: bytes | None) -> str:
    """The answers file that gives what the manifest says."""
    after = with_raw_answers(copier_answers, manifest.answers)
    after[RESOURCES] = manifest.facts.get("resources")
    others = others_models(None if nango_yaml is None else decode(nango_yaml), manifest)
    answers, facts = load_answers(manifest.answers), ProviderFacts.from_data(facts_of(after))
    before, written = copier_answers.get(OTHERS_MODELS) or {}, tuple(manifest.block.models)
    # Settled again: a new script may name a model of others that had no say before.
    return to_text({**after, OTHERS_MODELS: pinned_models(answers, facts, others, before, written)})
