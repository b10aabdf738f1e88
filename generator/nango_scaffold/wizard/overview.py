"""What the wizard says between questions: the chosen provider, what an answer was taken for, the whole. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .as_answers import integration_of, is_own_api, model_text
from .draft import PROVIDER
from .fields import is_sample
from .rehearsal import script_spec, spec_of
from .script_questions import template_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..derive import IntegrationSpec
    from ..providers import ProviderFacts
    from ..providers.cards import ProviderCard
    from .draft import Draft, Slot
    from .question import Question
    from .rehearsal import World

_MOST_FIELDS = 6
_WORDS = {
    "type": "runs ask for",
    "filter": "date parameter",
    "auth_mode": "auth mode",
    "base_url": "base URL",
}


def card_line(card: ProviderCard) -> str:
    """A provider in one line, for a search."""
    return " · ".join(filter(None, (card.name if card.name != card.key else "", card.auth_mode)))


def provider_lines(facts: ProviderFacts) -> list[str]:
    """What there is to know of the chosen provider."""
    return [
        f"{facts.display_name} · {facts.auth_mode}",
        f"base URL    {facts.base_url or 'unknown to Nango'}",
        f"pagination  {paging(facts.paginate)}",
        *([f"docs        {facts.docs}"] if facts.docs else []),
    ]


def paging(paginate: Mapping[str, Any] | None) -> str:
    """A pagination in a few words."""
    if not paginate:
        return "unknown to Nango: a cursor is guessed"
    parts = (
        ("cursor_path_in_response", "next: {}"),
        ("cursor_name_in_request", "asked by: {}"),
        ("link_rel_in_response_header", "Link header, rel {}"),
        ("link_path_in_response_body", "next: {}"),
        ("offset_name_in_request", "asked by: {}"),
        ("response_path", "records in: {}"),
    )
    said = [form.format(paginate[key]) for key, form in parts if paginate.get(key)]
    details = f" ({', '.join(said)})" if said else ""
    return f"{paginate.get('type', 'unknown')}{details}"


def remarks(slot: Slot, draft: Draft, world: World) -> list[str]:
    """What there is to say on an answer just taken."""
    if slot == PROVIDER and is_own_api(draft.get(PROVIDER) or ""):
        return ["an API that Nango does not know: what you say of it is kept with the answers"]
    if slot == PROVIDER:
        return provider_lines(world.facts(draft))
    if slot.key in ("fields", "input", "metadata"):
        described = model_text(draft, slot.script, slot.key, world.taken)
        if described is not None:
            found = f"records in {described.response_path}; " if described.response_path else ""
            return [f"{found}{field_line(described.fields)}", *described.notes]
    return []


def field_line(fields: Iterable[str]) -> str:
    """Fields in one line: ``12 fields: id, email?, and 10 more``."""
    names = list(fields)
    shown = ", ".join(names[:_MOST_FIELDS])
    more = f" and {len(names) - _MOST_FIELDS} more" if len(names) > _MOST_FIELDS else ""
    return f"{len(names)} field{'' if len(names) == 1 else 's'}: {shown}{more}"


def overview(draft: Draft, world: World) -> list[tuple[str, list[str]]]:
    """Everything that was said and derived: a heading and lines for each part."""
    facts = world.facts(draft)
    whole = spec_of(draft, world)
    parts = [(f"{integration_of(draft)}", [f"{facts.display_name} · {facts.auth_mode} · {facts.base_url}"])]
    for script in draft.named:
        kind = draft.about(script, "kind")
        lines = list(
            _sync_lines(script, draft, whole) if kind == "sync" else _action_lines(script, draft, whole)
        )
        parts.append((f"{kind} {draft.about(script, 'name')}", lines))
    return parts


def _sync_lines(script: int, draft: Draft, whole: IntegrationSpec | None) -> Iterator[str]:
    spec: Any = script_spec(draft, script, whole)
    if spec is None or whole is None:
        return
    yield f"GET {template_text(spec.request.path)}"
    yield f"{spec.model}: {field_line(whole.models.get(spec.model, {}))}"
    pattern = draft.about(script, "pattern")
    asks = f", {pattern}" if pattern else ""
    yield f"{spec.runs}, {spec.sync_type}{asks}{_scopes(spec)}"
    if spec.metadata:
        yield f"metadata: {field_line(whole.models.get(spec.metadata.name, {}))}"


def _action_lines(script: int, draft: Draft, whole: IntegrationSpec | None) -> Iterator[str]:
    spec: Any = script_spec(draft, script, whole)
    if spec is None or whole is None:
        return
    yield f"{spec.request.method} {template_text(spec.request.path)}{_scopes(spec)}"
    if spec.input:
        yield f"takes: {field_line(whole.models.get(spec.input.name, {}))}"
    if spec.output:
        yield f"gives: {field_line(whole.models.get(spec.output.name, {}))}"


def _scopes(spec: Any) -> str:
    return f", scopes {' '.join(spec.scopes)}" if spec.scopes else ""


def slot_line(question: Question, draft: Draft) -> str:
    """An answer, said or derived, for a list of all that can be changed."""
    slot, value = question.slot, question.enter or "none"
    owner = integration_of(draft) if slot.script == 0 else draft.about(slot.script, "name")
    lines = value.splitlines()
    if len(lines) > 1:
        value = (
            f"{len(lines)} lines"
            if is_sample(value)
            else field_line(line.partition(":")[0] for line in lines)
        )
    return f"{owner} · {_WORDS.get(slot.key, slot.key)}: {value}"
