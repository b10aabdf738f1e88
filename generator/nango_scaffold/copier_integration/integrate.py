"""What Copier cannot render: an integration's part of the files that all share, and the manifest of what was written.

Pure but for the reader it is handed, like ``scaffold``: that one decides about every file, here Copier has written
the integration's own ones already, or is about to.
"""

from __future__ import annotations

import json
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any

from ..answers import load_answers
from ..derive import derive
from ..derive.models.misspelt_names import named_models
from ..frozen import frozen
from ..manifest import digest
from ..operations.files import decided, written
from ..operations.manifests import last_manifest
from ..operations.optional_files import with_decided_files
from ..operations.place import Integration, OwnFiles, Workspace, place
from ..plan import Plan
from ..providers import ProviderFacts
from ..render.view import IntegrationView, integration_view
from .answers_file import OTHERS_MODELS, facts_of, optional_files_of, raw_answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..manifest import Manifest
    from ..operations import Outcome, Reader
    from ..operations.hand_written import Described


@frozen
class StoredIntegration(Integration):
    """An integration that follows from its stored answers alone."""

    @property
    def scripts(self) -> tuple[str, ...]:
        """The names of its syncs and actions; there is at least one."""
        return (*(sync.name for sync in self.spec.syncs), *(action.name for action in self.spec.actions))

    @cached_property
    def view(self) -> IntegrationView:
        """What templates see."""
        return integration_view(self.spec)


def integration_of(copier_answers: Mapping[str, Any]) -> StoredIntegration:
    """The integration that Copier's answers describe.

    Raises:
        ScaffoldError: they describe none.
    """
    # As a text that a cache can hold: Copier renders some forty small templates from the same answers.
    raw, facts = raw_answers(copier_answers), facts_of(copier_answers)
    stored = [raw, facts, copier_answers.get(OTHERS_MODELS) or {}, optional_files_of(copier_answers)]
    return _integration(json.dumps(stored, default=str))


@lru_cache(maxsize=4)
def _integration(stored: str) -> StoredIntegration:
    raw, facts_data, models_of_others, optional_files = json.loads(stored)
    answers = with_decided_files(load_answers(raw), optional_files)
    facts = ProviderFacts.from_data(facts_data)
    # The gate has looked for misspelt models, in the whole of nango.yaml: no copy of an update refuses one on its own.
    spec = derive(answers, facts, models_of_others, written=named_models(answers))
    return StoredIntegration(answers, facts, spec)


def bring_in(
    integration: Integration,
    reader: Reader,
    project_files: Iterable[str],
    *,
    was_there: bool,
    is_merged: bool,
) -> Outcome:
    """Put an integration into the files that all share: nango.yaml and schema.zod.ts, and write its manifest.

    Args:
        integration: what it is now.
        reader: reads the project.
        project_files: the paths of the project files that came with this integration.
        was_there: whether it has been brought in before. If so and the manifest is lost, entries of its names are taken
            for its own, and stay as they are.
        is_merged: whether Copier has merged edited files with the new version, or passed over them.

    Raises:
        ProjectError: nango.yaml cannot be merged into without risk, or the manifest cannot be read.
    """
    # The block is what is to be pasted where nango.yaml cannot be edited.
    workspace = Workspace(reader, lambda: integration.block)
    last = last_manifest(integration.name, workspace.project)
    files = partial(_files, project_files=tuple(project_files), is_merged=is_merged)
    workspace.placed.append(place(integration, workspace, files, last, lost_manifest=was_there))
    return workspace.finish()


def _files(
    integration: Integration,
    last: Manifest | None,
    _: Described,
    workspace: Workspace,
    *,
    project_files: tuple[str, ...],
    is_merged: bool,
) -> OwnFiles:
    """What Copier writes, or has written."""
    texts = integration.files
    # A copy passes over files that are there: then what was written last of them is of an earlier run.
    if not is_merged:
        texts = written(texts, decided(texts, workspace.project, last), last)
    founded = {path: digest(integration.project_files[path]) for path in project_files}
    return OwnFiles(Plan(()), texts, {**(last.project_files if last else {}), **founded})
