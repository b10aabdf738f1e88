"""Actions that are added to a sync. Pattern CB, E4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ...answers import ActionAnswer, RequestAnswer
from ...spec.patterns import Configuration

if TYPE_CHECKING:
    from ...answers import Answers, SyncAnswer

ACTION = "list-fields"


def with_introspection(answers: Answers) -> Answers:
    """The answers with an action that lists a model's fields, for each sync whose metadata names such fields.

    An action of that name in the answers replaces it, and ``introspection: false`` leaves it out.
    """
    # A sync and an action of one integration cannot have one name.
    names = {sync.name for sync in answers.syncs} | {action.name for action in answers.actions}
    added: list[ActionAnswer] = []
    for sync in answers.syncs:
        settings = sync.configuration or {}
        name = settings.get("action", ACTION)
        if sync.pattern == Configuration.NAME and settings.get("introspection", True) and name not in names:
            added.append(_introspection(sync, name))
            names.add(name)
    return replace(answers, actions=(*answers.actions, *added))


def _introspection(sync: SyncAnswer, name: str) -> ActionAnswer:
    settings = sync.configuration or {}
    # The action runs before there is any metadata: it is what people choose the fields for the metadata by.
    base_url = sync.request.base_url
    if base_url and "${metadata" in base_url:
        base_url = None
    request = RequestAnswer(
        path=settings.get("path", "/${input.name}/fields"),
        docs=settings.get("docs", sync.request.docs),
        base_url=base_url,
        headers={} if _reads_settings(sync) else sync.request.headers,
        paginate={"type": "none"},
        response_path=settings.get("response_path", "fields"),
    )
    return ActionAnswer(
        where=f"{sync.where}.configuration",
        name=name,
        description="Lists the fields of a model, to choose from in the metadata.",
        scopes=sync.scopes,
        request=request,
        mapping=settings.get("mapping", {"id": "name"}),
        paginated=False,
    )


def _reads_settings(sync: SyncAnswer) -> bool:
    """Whether a header of the sync is filled from the metadata, which an action does not have."""
    return any("${" in str(value) or isinstance(value, Mapping) for value in sync.request.headers.values())
