"""The questions about the requests beside a script's own, and about a query: asked where the path, or the API, needs them.

A path that reads ``${lookup.cloud}`` is followed by the questions of that look-up, one that reads ``${parent.id}`` by those
of the list it walks; an API that is GraphQL is asked for a query. Pure.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ..answers.graphql_query import query_problem
from ..derive.requests.request_texts import split_query
from ..errors import AnswersError
from .draft import Slot, infer_settings
from .further_requests import (
    GRAPHQL_PATH,
    PICK,
    URL,
    default_variables,
    lookup_names,
    name_and_value,
    own_variables,
    walks_parents,
)
from .question import Question
from .script_questions import read_path

if TYPE_CHECKING:
    from .draft import Draft
    from .world import World


def ask_lookup(slot: Slot, draft: Draft, world: World) -> Question | None:
    """A question of a look-up; ``None`` where no other request reads its value."""
    key, _, name = slot.key.partition(" ")
    if name not in lookup_names(draft, slot.script):
        return None
    if key == PICK:
        help = "such as id, data.account.id, or 0.id for the first of a list"
        return Question(slot, f"Where is {name} in that response?", help)
    help = "of the request that is sent first; a whole URL if it is on another host"
    read = partial(_read_further, draft=draft, script=slot.script, world=world)
    return Question(slot, f"Path that gives {name}", help, read=read)


def ask_parents(script: int, draft: Draft, world: World) -> Question | None:
    """Ask for the list of which a sync walks the entries."""
    if not walks_parents(draft, script):
        return None
    # `/boards/${parent.id}/items`: most APIs list the boards below /boards.
    before, placeholder, _ = (draft.about(script, "path") or "").partition("/${parent.")
    default = before if placeholder else ""
    read = partial(_read_further, draft=draft, script=script, world=world)
    help = "its entries are not saved: for each, the path is filled in and asked for"
    return Question(Slot(script, "parents"), "Path of the list to walk", help, default=default, read=read)


def ask_place_of_parents(script: int, draft: Draft, world: World) -> Question | None:
    """Ask where the entries of that list are."""
    if not walks_parents(draft, script):
        return None
    help = "such as data or boards.items; Enter: where the provider's lists are"
    return Question(Slot(script, "parents_in"), "Where is that list in its response?", help, derived=True)


def _read_further(text: str, draft: Draft, script: int, world: World) -> str:
    """The path of a further request, or a whole URL where that is not below the base URL."""
    root = "metadata" if draft.about(script, "kind") == "sync" else "input"
    try:
        return read_path(text, world.facts(draft), root)
    except AnswersError:
        if not URL.fullmatch(text):
            raise
        return text


def is_graphql(script: int, draft: Draft, world: World) -> bool:
    """Whether a script sends a query, by its provider or by its path."""
    path = split_query(draft.about(script, "path") or "")[0]
    is_query = path.endswith(GRAPHQL_PATH) or bool(world.facts(draft).graphql_endpoint)
    is_set = "graphql" in (draft.extra.get(script, {}).get("request") or {})
    # The other patterns have requests of their own.
    return is_query and not is_set and draft.about(script, "pattern") in (None, "paginated")


def ask_query(script: int, draft: Draft, world: World) -> Question | None:
    """Ask for the query of a GraphQL API; what is inferred has a request already."""
    if infer_settings(draft, script) or not is_graphql(script, draft, world):
        return None
    kind = "query" if draft.about(script, "kind") == "sync" else "query or mutation"
    help = (
        "such as query ($after: String) { users(after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }; an empty "
        "line ends it"
    )
    return Question(Slot(script, "query"), f"GraphQL {kind}", help, "lines", read=_read_query)


def _read_query(text: str) -> str:
    reason = query_problem(text)
    if reason:
        fix = "one query or mutation, as the API's explorer has it"
        raise AnswersError(f"that is not a query: {reason}", fix=fix)
    return text


def ask_variables(script: int, draft: Draft, world: World) -> Question | None:
    """Ask what the variables of a query are filled with, where it has others than those of a page."""
    names = own_variables(draft, script)
    if not names:
        return None
    is_sync = draft.about(script, "kind") == "sync"
    example = "${lastSyncDate}, ${metadata.team}" if is_sync else "${input.title}"
    help = f"one per line, as name: value; values such as {example}; the query has {', '.join(names)}"
    slot, default = Slot(script, "variables"), default_variables(draft, script)
    return Question(
        slot, "Variables of the query", help, "lines", default, derived=True, read=_read_variables
    )


def _read_variables(text: str) -> str:
    for line in text.splitlines():
        name, value = name_and_value(line)
        if not name or not value:
            fix = "write name: value, such as team: ${metadata.team}"
            raise AnswersError(f"{line[:60]!r} is no variable", fix=fix)
    return text
