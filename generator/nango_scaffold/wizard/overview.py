"""What the wizard shows: the chosen provider, how an answer was read, the whole, and what would be written. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..plan import tree, unified_diff
from ..render.paths import YAML
from ..report.page import counted
from ..spec.template_text import template_text
from ..visible import shortened
from .as_answers import integration_of, is_own_api, model_text
from .draft import PROVIDER, infer_settings
from .fields import is_sample
from .question import Match
from .world import answers_of, pasted_paging, script_spec, spec_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..derive import IntegrationSpec
    from ..infer.paging_rules import Paging
    from ..infer.whole import InferredAnswers
    from ..operations import Outcome
    from ..providers import ProviderFacts
    from ..providers.cards import ProviderCard
    from .draft import Draft, Slot
    from .question import Question
    from .world import Index, World

_MOST_FIELDS = 6
_LONGEST_NOTE = 140
_LABELS = {
    "type": "runs ask for",
    "filter": "date parameter",
    "auth_mode": "auth mode",
    "parents": "list to walk",
    "parents_in": "where that list is",
    "detail_fields": "fields of a whole record",
    "base_url": "base URL",
}
_PAGINATION_PARTS = (
    ("cursor_path_in_response", "next: {}"),
    ("cursor_name_in_request", "asked by: {}"),
    ("link_rel_in_response_header", "Link header, rel {}"),
    ("link_path_in_response_body", "next: {}"),
    ("offset_name_in_request", "asked by: {}"),
    ("response_path", "records in: {}"),
)
_TOLD = ("path", "response_path", "paginate")
"""The parts of an inferred request that are reported at once."""
_LANGUAGES = {"ts": "typescript", "js": "javascript", "json": "json", "yaml": "yaml"}


def card_line(card: ProviderCard) -> str:
    """A provider in one line, for a search."""
    name = card.name if card.name != card.key else ""
    return " · ".join(filter(None, (name, card.auth_mode)))


def provider_matches(index: Index, typed: str) -> Iterator[Match]:
    """The providers that match what was typed, best first."""
    for card in index.search(typed):
        base_url = card.base_url or "base URL unknown to Nango"
        lines = (
            f"{card.key}: {card.name} · {card.auth_mode}",
            f"{base_url} · pages: {card.paginate or 'unknown'}",
            card.docs,
        )
        yield Match(card.key, card_line(card), lines)


def provider_lines(facts: ProviderFacts) -> list[str]:
    """What is known of the chosen provider."""
    lines = [
        f"{facts.display_name} · {facts.auth_mode}",
        f"base URL    {facts.base_url or 'unknown to Nango'}",
        f"pagination  {_pagination_line(facts.paginate)}",
    ]
    if facts.docs:
        lines.append(f"docs        {facts.docs}")
    return lines


def _pagination_line(paginate: Mapping[str, Any] | None) -> str:
    if not paginate:
        return "unknown to Nango: a cursor is guessed"
    parts = ", ".join(text.format(paginate[key]) for key, text in _PAGINATION_PARTS if paginate.get(key))
    details = f" ({parts})" if parts else ""
    return f"{paginate.get('type', 'unknown')}{details}"


def remarks(slot: Slot, draft: Draft, world: World) -> list[str]:
    """What to tell the user about an answer just given."""
    if slot == PROVIDER and is_own_api(draft.get(PROVIDER) or ""):
        return ["an API that Nango does not know: what you tell about it is saved with the answers"]
    if slot == PROVIDER:
        return provider_lines(world.facts(draft))
    if slot.key in ("fields", "detail_fields", "input", "metadata"):
        return _model_lines(slot, draft, world)
    if slot.key == "name" and infer_settings(draft, slot.script):
        return _inferred_lines(slot.script, draft, world)
    return []


def _inferred_lines(script: int, draft: Draft, world: World) -> list[str]:
    """What was inferred of a script's request, with its sources, and in short what was left out or is uncertain."""
    inferred = answers_of(draft, world)
    kind, name = draft.about(script, "kind"), draft.about(script, "name")
    names = [draft.about(other, "name") for other in draft.named if draft.about(other, "kind") == kind]
    position = names.index(name)
    request = inferred.answers[f"{kind}s"][position].get("request", {})
    sources = ((key, inferred.sources.get(f"{kind}s[{position}].request.{key}")) for key in _TOLD)
    lines = [f"{key} {_value_text(request.get(key))} ({source})" for key, source in sources if source]
    notes = (note.removeprefix(f"{name}: ") for note in inferred.notes if note.startswith(f"{name}: "))
    return [*lines, *(shortened(note, _LONGEST_NOTE) for note in notes)]


def _value_text(value: Any) -> str:
    """A value of the answers in one line."""
    if isinstance(value, Mapping):
        return ", ".join(map(str, value.values()))
    return str(value) if value else "none: the response is the list"


def _model_lines(slot: Slot, draft: Draft, world: World) -> list[str]:
    described = model_text(draft, slot.script, slot.key, world.models)
    if described is None:
        return []
    location = f"records in {described.response_path}; " if described.response_path else ""
    paging = pasted_paging(draft, slot.script, world) if slot.key == "fields" else None
    pages = [_paging_line(paging)] if paging else []
    return [f"{location}{_field_line(described.fields)}", *described.notes, *pages]


def _paging_line(paging: Paging) -> str:
    if paging.settings is None:
        return f"the pagination is not known, so a cursor is guessed: {paging.reason}"
    return f"paginate {_value_text(paging.settings)} ({paging.reason})"


def _field_line(fields: Iterable[str]) -> str:
    """Fields in one line: ``12 fields: id, email?, and 10 more``."""
    names = list(fields)
    first = ", ".join(names[:_MOST_FIELDS])
    more = f" and {len(names) - _MOST_FIELDS} more" if len(names) > _MOST_FIELDS else ""
    return f"{counted(len(names), 'field')}: {first}{more}"


def overview(draft: Draft, world: World) -> list[tuple[str, list[str]]]:
    """Everything answered and derived: a heading and lines for each part."""
    facts = world.facts(draft)
    integration = spec_of(draft, world)
    parts = _inferred_parts(answers_of(draft, world))
    parts += [(integration_of(draft), [f"{facts.display_name} · {facts.auth_mode} · {facts.base_url}"])]
    for script in draft.named:
        kind = draft.about(script, "kind")
        lines_of = _sync_lines if kind == "sync" else _action_lines
        lines = list(lines_of(script, draft, integration))
        parts.append((f"{kind} {draft.about(script, 'name')}", lines))
    return parts


def _inferred_parts(inferred: InferredAnswers) -> list[tuple[str, list[str]]]:
    """Where each value comes from that was inferred, and what was left out or is uncertain."""
    sources = [f"{place}: {source}" for place, source in inferred.sources.items()]
    parts = (("Inferred", sources), ("Not in what was inferred, or uncertain", list(inferred.notes)))
    return [part for part in parts if part[1]]


def _sync_lines(script: int, draft: Draft, integration: IntegrationSpec | None) -> Iterator[str]:
    spec: Any = script_spec(draft, script, integration)
    if spec is None or integration is None:
        return
    yield from _request_lines(spec)
    yield f"{spec.model}: {_field_line(integration.models.get(spec.model, {}))}"
    pattern = draft.about(script, "pattern")
    pattern_part = f", {pattern}" if pattern else ""
    yield f"{spec.runs}, {spec.sync_type}{pattern_part}{_scopes(spec)}"
    if spec.metadata:
        yield f"metadata: {_field_line(integration.models.get(spec.metadata.name, {}))}"


def _action_lines(script: int, draft: Draft, integration: IntegrationSpec | None) -> Iterator[str]:
    spec: Any = script_spec(draft, script, integration)
    if spec is None or integration is None:
        return
    *others, own = _request_lines(spec)
    yield from others
    yield f"{own}{_scopes(spec)}"
    if spec.input:
        yield f"takes: {_field_line(integration.models.get(spec.input.name, {}))}"
    if spec.output:
        yield f"gives: {_field_line(integration.models.get(spec.output.name, {}))}"


def _request_lines(spec: Any) -> Iterator[str]:
    """The requests of a script, in the order in which they are sent first."""
    for lookup in spec.lookups:
        yield f"{lookup.name}: {lookup.request.method} {template_text(lookup.request.path)}"
    if getattr(spec, "parents", None):
        yield f"for each of {spec.parents.request.method} {template_text(spec.parents.request.path)}"
    yield f"{spec.request.method} {template_text(spec.request.path)}"
    if getattr(spec, "detail", None):
        yield f"for each record {spec.detail.request.method} {template_text(spec.detail.request.path)}"


def _scopes(spec: Any) -> str:
    return f", scopes {' '.join(spec.scopes)}" if spec.scopes else ""


def slot_line(question: Question, draft: Draft) -> str:
    """An answer, set or derived, for a list of all that can be changed."""
    slot = question.slot
    owner = draft.about(slot.script, "name") if slot.script else integration_of(draft)
    return f"{owner} · {_LABELS.get(slot.key, slot.key)}: {_answer_line(question.enter)}"


def _answer_line(answer: str) -> str:
    lines = answer.splitlines()
    if len(lines) < 2:
        return answer or "none"
    if is_sample(answer):
        return f"{len(lines)} lines"
    return _field_line(line.partition(":")[0] for line in lines)


def drawn_tree(outcome: Outcome) -> str:
    """Every file, with what happens to it."""
    return tree(outcome.plan)


def changed_files(outcome: Outcome) -> list[str]:
    """The files that would be written, the scripts first, as they are what people look for."""
    written = [change for change in outcome.plan.changes if change.after is not None]
    paths = [change.path for change in written if change.kind != "unchanged"]
    return sorted(paths, key=lambda path: (_rank(path), path))


def file_text(outcome: Outcome, path: str) -> str:
    """A file as it would be written."""
    change = next(change for change in outcome.plan.changes if change.path == path)
    return (change.after or b"").decode("utf-8", "replace")


def yaml_difference(outcome: Outcome) -> str:
    """The diff of nango.yaml."""
    diff = "".join(unified_diff(change) for change in outcome.plan.changes if change.path == YAML)
    return diff or "nango.yaml stays as it is\n"


def language_of(path: str) -> str:
    """The language of a file, by its extension."""
    return _LANGUAGES.get(path.rpartition(".")[2], "")


def _rank(path: str) -> int:
    if "/syncs/" in path or "/actions/" in path:
        return 0
    is_in_integrations = path.startswith(YAML.partition("/")[0])
    return 1 if is_in_integrations and not path.endswith(".json") else 2
