"""The questions about a sync. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..answers.runs import RUNS_HINT, runs_problem
from ..derive.requests.placeholders import mentioned
from ..derive.syncs.patterns import is_always_full, is_incremental, pattern_roots
from ..errors import AnswersError
from ..spec.patterns import Configuration
from .draft import PROVIDER, Slot
from .fields import as_lines
from .question import Option, Question
from .script_questions import (
    ask_name,
    ask_path,
    ask_scopes,
    derived,
    derived_with_models,
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
        "selection",
        "selected items",
        "folders and single items that the user picked, walked to the bottom",
    ),
    Option("configuration", "chosen fields", "each connection names the models and fields it wants"),
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


def _pattern(script: int, draft: Draft, world: World) -> Question:
    return Question(
        Slot(script, "pattern"),
        "How does it fetch?",
        "the pattern of the sync",
        "choice",
        "paginated",
        derived=True,
        options=PATTERNS,
    )


def _path(script: int, draft: Draft, world: World) -> Question:
    roots = frozenset(pattern_roots(draft.about(script, "pattern")))
    return ask_path(script, draft, world, "metadata", roots)


def _fields(script: int, draft: Draft, world: World) -> Question | None:
    if draft.about(script, "pattern") == Configuration.NAME:
        return None
    spec, integration = derived_with_models(script, "fields", draft, world)
    return Question(
        Slot(script, "fields"),
        f"Fields of {spec.model}" if spec else "Fields of a record",
        "one per line, such as email?: string, or paste a record or a response as JSON",
        "lines",
        as_lines(integration.models[spec.model]) if integration and spec else "",
        derived=True,
    )


def _metadata(script: int, draft: Draft, world: World) -> Question | None:
    if draft.about(script, "pattern") not in (None, "paginated"):
        return None
    placeholders = list(mentioned(draft.about(script, "path") or "", "metadata"))
    if not placeholders:
        return None
    spec, integration = derived_with_models(script, "metadata", draft, world)
    fields = integration.models[spec.metadata.name] if integration and spec and spec.metadata else {}
    return Question(
        Slot(script, "metadata"),
        "Metadata of a connection",
        "the path is filled in from it; your app sets it for each connection; one field per line",
        "lines",
        as_lines(fields),
        derived=True,
    )


def _type(script: int, draft: Draft, world: World) -> Question | None:
    pattern = draft.about(script, "pattern")
    if is_incremental(pattern) or is_always_full(pattern):
        return None
    return Question(
        Slot(script, "type"),
        "What does a run ask for?",
        "full is always right; incremental saves requests where the API can filter by date",
        "choice",
        "full",
        derived=True,
        options=_TYPES,
    )


def _filter(script: int, draft: Draft, world: World) -> Question | None:
    if draft.about(script, "type") != "incremental":
        return None
    spec = derived(script, "filter", draft, world)
    return Question(
        Slot(script, "filter"),
        "Parameter for the date",
        "the query parameter that takes the date of the last run, such as since or updated_after; empty: none",
        default=spec.incremental.param if spec and spec.incremental else "",
        derived=True,
    )


def _runs(script: int, draft: Draft, world: World) -> Question:
    spec = derived(script, "runs", draft, world)

    def read(text: str) -> str:
        phrase = text if text.startswith("every ") else f"every {text}"
        reason = runs_problem(phrase)
        if reason:
            raise AnswersError(f"{text[:60]!r} cannot be used: {reason}", fix=f"accepted: {RUNS_HINT}")
        return phrase

    return Question(
        Slot(script, "runs"),
        "How often does it run?",
        "every hour, every day, every 15m, every 6 hours; at least every 30s",
        default=spec.runs if spec else "",
        derived=True,
        read=read,
    )


SYNC_QUESTIONS: dict[str, Callable[[int, Draft, World], Question | None]] = {
    "name": _name,
    "pattern": _pattern,
    "path": _path,
    "fields": _fields,
    "metadata": _metadata,
    "type": _type,
    "filter": _filter,
    "runs": _runs,
    "scopes": ask_scopes,
}
