"""The questions about an action. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..naming.verbs import read_verb
from .as_answers import WITH_INPUT
from .draft import Slot, infer_settings
from .fields import fields_question
from .further_questions import ask_query, ask_variables
from .question import Option, Question, choice
from .script_questions import ask_name, ask_path, ask_scopes, derived, derived_with_models, suggest_action

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..derive import IntegrationSpec
    from ..spec.actions import ActionSpec
    from .draft import Draft
    from .world import World

_METHODS = (
    Option("GET", "GET", "reads, and changes nothing"),
    Option("POST", "POST", "creates something, or starts something"),
    Option("PATCH", "PATCH", "changes some fields"),
    Option("PUT", "PUT", "replaces the whole"),
    Option("DELETE", "DELETE", "deletes something"),
)


def _name(script: int, draft: Draft, world: World) -> Question:
    known = world.resource_names(world.facts(draft))
    help = "what it does: a verb and a noun, such as create-contact"
    return ask_name(script, draft, suggest_action(script, draft, known), help, known)


def _method(script: int, draft: Draft, world: World) -> Question | None:
    if world.facts(draft).graphql_endpoint:
        return None
    spec = derived(script, "method", draft, world)
    method = spec.request.method if spec else "POST"
    slot, help = Slot(script, "method"), "of the request to the API"
    return choice(slot, "Which HTTP method?", help, _METHODS, method, derived=spec is not None)


def _path(script: int, draft: Draft, world: World) -> Question | None:
    # All queries go to one path; what is inferred may be a request of another kind.
    if world.facts(draft).graphql_endpoint and not infer_settings(draft, script):
        return None
    return ask_path(script, draft, world, "input")


def _input(script: int, draft: Draft, world: World) -> Question | None:
    if read_verb(draft.about(script, "name") or "").kind not in WITH_INPUT:
        return None
    spec, integration = derived_with_models(script, "input", draft, world)
    fields = integration.models[spec.input.name] if integration and spec and spec.input else {}
    help = "the fields of its input, one per line, such as email: string, or an example as JSON"
    return fields_question(Slot(script, "input"), "What does it take?", help, fields)


def _fields(script: int, draft: Draft, world: World) -> Question | None:
    spec, integration = derived_with_models(script, "fields", draft, world)
    if spec is None or integration is None:
        return None
    model = _record_model(spec)
    if not model or _is_described(model, script, draft, integration):
        return None
    # The project has a model of that name: a list returns its records as they are.
    if spec.listing and model in world.models:
        return None
    fields = integration.models.get(model) or world.models.get(model) or {}
    help = "what it returns: one field per line, such as email?: string, or a response as JSON"
    return fields_question(Slot(script, "fields"), f"Fields of {model}", help, fields)


def _record_model(spec: ActionSpec) -> str:
    """The model of the records that an action returns; empty where it returns none."""
    if spec.listing:
        return spec.listing.item_model
    return spec.output.name if spec.output and spec.returns == "record" else ""


def _is_described(model: str, script: int, draft: Draft, integration: IntegrationSpec) -> bool:
    """Whether a sync, or an earlier action, has its records in the same model."""
    if model in {sync.model for sync in integration.syncs}:
        return True
    earlier = {draft.about(number, "name") for number in draft.named if number < script}
    return any(_record_model(action) == model for action in integration.actions if action.name in earlier)


ACTION_QUESTIONS: dict[str, Callable[[int, Draft, World], Question | None]] = {
    "name": _name,
    "method": _method,
    "path": _path,
    "query": ask_query,
    "variables": ask_variables,
    "input": _input,
    "fields": _fields,
    "scopes": ask_scopes,
}
