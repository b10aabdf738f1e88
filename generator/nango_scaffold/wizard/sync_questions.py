"""The questions about a sync. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..answers.runs import RUNS_HINT, runs_problem
from ..derive.requests.request_texts import mentioned, split_query
from ..derive.syncs.patterns import is_always_full, is_incremental, pattern_roots
from ..errors import AnswersError
from ..spec.patterns import Configuration
from ..spec.template_text import template_text
from .as_answers import model_text
from .draft import PROVIDER, Slot, infer_settings
from .fields import fields_question
from .further_questions import ask_parents, ask_place_of_parents, ask_query, ask_variables
from .further_requests import NO_DETAIL, asks_for_changes, detail_path, has_only_id, request_text
from .question import Option, Question, choice
from .script_questions import (
    ask_name,
    ask_path,
    ask_scopes,
    derived,
    derived_with_models,
    read_path,
    suggest_sync,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from .draft import Draft
    from .world import World

PATTERNS = (
    Option("paginated", "page by page", "all records of one list: right for most"),
    Option(
        "window",
        "window by window",
        "a long history, month by month, then what changed; resumes where it stopped",
    ),
    Option("extended", "in several runs", "more records than one run of 24 hours can fetch"),
    Option(
        "selection", "selected items", "folders and single items that the user picked, walked to the bottom"
    ),
    Option("configuration", "chosen fields", "each connection names the models and fields it wants"),
)
_SAMPLES = (
    Option("no", "no", "describe the fields, or paste a response"),
    Option("connection", "yes", "with a connection of this integration that works"),
)
_TYPES = (
    Option("full", "full", "every run reads everything; what is no longer in the API counts as deleted"),
    Option(
        "incremental", "incremental", "a run asks for what changed since the last one, where the API can tell"
    ),
)


def _name(script: int, draft: Draft, world: World) -> Question:
    card = world.index.card(draft.get(PROVIDER) or "")
    known = world.resource_names(world.facts(draft))
    suggestion = suggest_sync(script, draft, card, known)
    return ask_name(script, draft, suggestion, "what it fetches, in the plural, such as pull-requests", known)


def _pattern(script: int, draft: Draft, world: World) -> Question | None:
    if world.facts(draft).graphql_endpoint:
        return None
    ask, help = "How does it fetch?", "the pattern of the sync"
    return choice(Slot(script, "pattern"), ask, help, PATTERNS, derived=True)


def _path(script: int, draft: Draft, world: World) -> Question | None:
    if world.facts(draft).graphql_endpoint and not infer_settings(draft, script):
        return None
    roots = frozenset(pattern_roots(draft.about(script, "pattern")))
    return ask_path(script, draft, world, "metadata", roots)


def _sample(script: int, draft: Draft, world: World) -> Question | None:
    has_other = draft.about(script, "query") or draft.about(script, "pattern") == Configuration.NAME
    if world.page is None or has_other or infer_settings(draft, script):
        return None
    help = "one page is fetched through Nango's proxy; the request is shown before it is sent"
    ask = "Take the fields from a live connection?"
    return choice(Slot(script, "sample"), ask, help, _SAMPLES, derived=True)


def _fields(script: int, draft: Draft, world: World) -> Question | None:
    if draft.about(script, "pattern") == Configuration.NAME:
        return None
    spec, integration = derived_with_models(script, "fields", draft, world)
    fields = integration.models[spec.model] if integration and spec else {}
    ask = f"Fields of {spec.model}" if spec else "Fields of a record"
    help = "one per line, such as email?: string, or paste a record or a response as JSON"
    return fields_question(Slot(script, "fields"), ask, help, fields)


def _detail(script: int, draft: Draft, world: World) -> Question | None:
    record = model_text(draft, script, "fields", world.models)
    spec = derived(script, "detail", draft, world)
    # A query asks for whole records itself.
    if record is None or not has_only_id(record) or spec is None or draft.about(script, "query"):
        return None
    path = split_query(template_text(spec.request.path))[0]
    # A record alone does not tell which parent its list was below.
    is_own = "${parent." not in path
    default = f"{path}/${{record.{record.mapping.get('id', 'id')}}}" if is_own else ""
    help = f"the list has only ids: this is asked for each of them; {NO_DETAIL}: ids are enough"

    def read(text: str) -> str:
        return text if text == NO_DETAIL else read_path(text, world.facts(draft), "record")

    return Question(Slot(script, "detail"), "Path of one record", help, default=default, read=read)


def _detail_fields(script: int, draft: Draft, world: World) -> Question | None:
    record = model_text(draft, script, "fields", world.models)
    if not has_only_id(record) or not detail_path(draft, script):
        return None
    help = "one per line, or paste the response to that request as JSON"
    fields = record.fields if record else {}
    return fields_question(Slot(script, "detail_fields"), "Fields of a whole record", help, fields)


def _metadata(script: int, draft: Draft, world: World) -> Question | None:
    if draft.about(script, "pattern") not in (None, "paginated"):
        return None
    placeholders = list(mentioned(request_text(draft, script), "metadata"))
    if not placeholders:
        return None
    spec, integration = derived_with_models(script, "metadata", draft, world)
    fields = integration.models[spec.metadata.name] if integration and spec and spec.metadata else {}
    help = "the path is filled in from it; your app sets it for each connection; one field per line"
    return fields_question(Slot(script, "metadata"), "Metadata of a connection", help, fields)


def _type(script: int, draft: Draft, world: World) -> Question | None:
    pattern = draft.about(script, "pattern")
    # Pattern or path have decided it already.
    if is_incremental(pattern) or is_always_full(pattern) or asks_for_changes(draft, script):
        return None
    help = "full is always right; incremental saves requests where the API can filter by date"
    return choice(Slot(script, "type"), "What does a run ask for?", help, _TYPES, derived=True)


def _filter(script: int, draft: Draft, world: World) -> Question | None:
    is_sent = asks_for_changes(draft, script) or draft.about(script, "query")
    if draft.about(script, "type") != "incremental" or is_sent:
        return None
    spec = derived(script, "filter", draft, world)
    default = spec.incremental.param if spec and spec.incremental else ""
    help = "the query parameter that takes the date of the last run, such as since, or since=${lastSyncDate:date}; empty: none"
    slot = Slot(script, "filter")
    return Question(slot, "Parameter for the date", help, default=default, derived=True, read=_read_filter)


def _read_filter(text: str) -> str:
    """A parameter, or one with a value that the date of the last run stands in."""
    name, sign, value = text.partition("=")
    if sign and (not name or "${lastSyncDate" not in value):
        fix = "since=${lastSyncDate:date}; the formats are date, epoch_seconds, epoch_milliseconds and http"
        raise AnswersError(f"{text[:60]!r} does not say where the date goes", fix=fix)
    return text


def _runs(script: int, draft: Draft, world: World) -> Question:
    spec = derived(script, "runs", draft, world)

    def read(text: str) -> str:
        phrase = text if text.startswith("every ") else f"every {text}"
        reason = runs_problem(phrase)
        if reason:
            raise AnswersError(f"{text[:60]!r} cannot be used: {reason}", fix=f"accepted: {RUNS_HINT}")
        return phrase

    slot, default = Slot(script, "runs"), spec.runs if spec else ""
    help = "every hour, every day, every 15m, every 6 hours; at least every 30s"
    return Question(slot, "How often does it run?", help, default=default, derived=True, read=read)


SYNC_QUESTIONS: dict[str, Callable[[int, Draft, World], Question | None]] = {
    "name": _name,
    "pattern": _pattern,
    "path": _path,
    "query": ask_query,
    "variables": ask_variables,
    "parents": ask_parents,
    "parents_in": ask_place_of_parents,
    "sample": _sample,
    "fields": _fields,
    "detail": _detail,
    "detail_fields": _detail_fields,
    "metadata": _metadata,
    "type": _type,
    "filter": _filter,
    "runs": _runs,
    "scopes": ask_scopes,
}
