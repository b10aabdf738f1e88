"""The scripts that Nango runs at the events of a connection."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import AnswersError
from ..models.types import ArrayOf, without_null
from ..spec.syncs import CREATION, VALIDATION, OnEvent
from .requests.request import ACTION_RETRIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..answers import Answers
    from ..models.types import Field
    from ..spec.actions import ActionSpec
    from ..spec.requests import Request
    from ..spec.syncs import SyncSpec


def derive_on_events(
    answers: Answers, syncs: tuple[SyncSpec, ...], actions: tuple[ActionSpec, ...]
) -> tuple[OnEvent, ...]:
    """The scripts of ``on_events``, each with what it needs of the syncs and actions.

    Raises:
        AnswersError: a name that another script has; no request that could check a connection.
    """
    places = {script.name: script.where for script in answers.scripts}
    scripts: list[OnEvent] = []
    for event, names in answers.on_events.items():
        for index, name in enumerate(names):
            where = f"on_events.{event}[{index}]"
            if name in places:
                raise AnswersError(
                    f"the name {name!r} is already that of {places[name]}",
                    where=where,
                    fix="accepted: each name once; Nango builds the scripts of an integration into one folder",
                )
            places[name] = where
            scripts.append(_script(event, name, where, syncs, actions))
    return tuple(scripts)


def _script(
    event: str, name: str, where: str, syncs: tuple[SyncSpec, ...], actions: tuple[ActionSpec, ...]
) -> OnEvent:
    if event == CREATION:
        fields = _settings(syncs)
        required = tuple(field.name for field in fields if not field.optional)
        lists = tuple(field.name for field in fields if isinstance(without_null(field.type), ArrayOf))
        return OnEvent(event, name, required, lists)
    if event == VALIDATION:
        return OnEvent(event, name, check=_check(where, syncs, actions))
    return OnEvent(event, name)


def _settings(syncs: Iterable[SyncSpec]) -> list[Field]:
    """Every field of the metadata, once; that of the first sync takes precedence."""
    fields: dict[str, Field] = {}
    for metadata in (sync.metadata for sync in syncs if sync.metadata):
        for field in metadata.shape.fields:
            fields.setdefault(field.name, field)
    return list(fields.values())


def _check(where: str, syncs: Iterable[SyncSpec], actions: Iterable[ActionSpec]) -> Request:
    """The first GET request that needs no settings and no input: valid credentials are enough for it.

    Raises:
        AnswersError: no such request.
    """
    requests = [*(sync.request for sync in syncs), *(action.request for action in actions)]
    for request in requests:
        # Somebody waits for this request, as for that of an action: it is not retried as often as one of a sync.
        if request.method == "GET" and not _is_filled(request):
            return replace(request, retries=ACTION_RETRIES)
    raise AnswersError(
        "no GET request of this integration can be made without settings or input",
        where=where,
        fix="add a sync or an action with such a request, or leave validate-connection out",
    )


def _is_filled(request: Request) -> bool:
    """Whether anything of a request comes from settings, input, or a pattern's own loop."""
    return next(iter(request.variables), None) is not None
