"""The questions about an action. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..naming.verbs import read_verb
from .as_answers import WITH_INPUT
from .draft import Slot
from .fields import as_lines
from .question import Option, Question
from .script_kind import action_name
from .script_questions import ask_name, ask_path, ask_scopes, derived_with_models

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..derive import IntegrationSpec
    from ..spec.actions import ActionSpec
    from .draft import Draft
    from .rehearsal import World

_METHODS = (
    Option("GET", "GET", "reads, and changes nothing"),
    Option("POST", "POST", "makes something, or sets something going"),
    Option("PATCH", "PATCH", "changes a part of something"),
    Option("PUT", "PUT", "puts something whole in the place of what is there"),
    Option("DELETE", "DELETE", "deletes something"),
)


def _name(script: int, draft: Draft, world: World) -> Question:
    return ask_name(
        script, draft, action_name(script, draft), "what it does: a verb and a thing, such as create-contact"
    )


def _method(script: int, draft: Draft, world: World) -> Question:
    spec, _ = derived_with_models(script, "method", draft, world)
    return Question(
        Slot(script, "method"),
        "Which HTTP method?",
        "of the request to the API",
        "choice",
        spec.request.method if spec else "POST",
        derived=spec is not None,
        options=_METHODS,
    )


def _path(script: int, draft: Draft, world: World) -> Question:
    return ask_path(script, draft, world, "input")


def _input(script: int, draft: Draft, world: World) -> Question | None:
    if read_verb(draft.about(script, "name") or "").kind not in WITH_INPUT:
        return None
    spec, whole = derived_with_models(script, "input", draft, world)
    known = whole.models[spec.input.name] if spec and whole and spec.input else {}
    return Question(
        Slot(script, "input"),
        "What does it take?",
        "the fields of its input, one a line, such as email: string, or an example as JSON",
        "lines",
        as_lines(known),
        derived=True,
    )


def _fields(script: int, draft: Draft, world: World) -> Question | None:
    spec, whole = derived_with_models(script, "fields", draft, world)
    if spec is None or whole is None:
        return None
    model = _record_model(spec, whole)
    if not model or _is_described(model, script, draft, whole) or (spec.listing and model in world.taken):
        return None
    return Question(
        Slot(script, "fields"),
        f"Fields of {model}",
        "what it gives back: one field a line, such as email?: string, or a response as JSON",
        "lines",
        as_lines(whole.models.get(model) or world.taken.get(model) or {}),
        derived=True,
    )


def _record_model(spec: ActionSpec, whole: IntegrationSpec) -> str:
    """The model of the records that an action gives back; empty where it gives back none."""
    if spec.listing:
        return spec.listing.item_model
    return spec.output.name if spec.output and spec.returns == "record" else ""


def _is_described(model: str, script: int, draft: Draft, whole: IntegrationSpec) -> bool:
    """Whether a sync, or an action before this one, has its records in the same model."""
    earlier = {draft.about(number, "name") for number in draft.named if number < script}
    synced = {sync.model for sync in whole.syncs}
    acted: set[Any] = {_record_model(action, whole) for action in whole.actions if action.name in earlier}
    return model in synced | acted


ACTION_QUESTIONS: dict[str, Callable[[int, Draft, World], Question | None]] = {
    "name": _name,
    "method": _method,
    "path": _path,
    "input": _input,
    "fields": _fields,
    "scopes": ask_scopes,
}
