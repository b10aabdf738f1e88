"""The requests beside a script's own that its path needs, and its query: which there are, and as answers. Pure.

Until the questions of a look-up or of a list to walk are answered, a draft is tried out with a request that stands in for
it; that is never written down.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..answers.graphql_query import read_query
from ..derive.requests.request_texts import mentioned, split_query
from .draft import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..infer.samples import Described
    from .draft import Draft

LOOKUP, PICK = "lookup", "pick"
"""The keys of the questions of a look-up; the value's name stands behind each."""

NO_DETAIL = "-"
"""The answer that wants no request for each record."""

_LAST_RUN = "${lastSyncDate"
_PAGE_VARIABLES = ("after", "before", "first", "last", "cursor", "limit")
URL = re.compile(r"(https?://[^/?#\s]+)(/[^\s#]*)?")
"""A URL: its host, and what follows that."""

GRAPHQL_PATH = "/graphql"
"""How the path of a GraphQL API ends."""

_WHOLE_INPUT = "...input"
_MOST_LOOKUPS = 20


# What the answers mention.


def request_text(draft: Draft, script: int) -> str:
    """All that was typed of a script's requests: its path, its variables, the paths of its look-ups and parents."""
    lookups = (f"{LOOKUP} {name}" for name in lookup_names(draft, script))
    keys = ("path", "variables", "parents", "detail", *lookups)
    return "\n".join(draft.about(script, key) or "" for key in keys)


def lookup_names(draft: Draft, script: int) -> list[str]:
    """The values that a script looks up, those that others need first."""
    if "lookups" in draft.extra.get(script, {}):
        return []
    names: list[str] = []
    for key in ("path", "variables", "parents"):
        _add_lookups(draft.about(script, key) or "", draft, script, names)
    return names


def _add_lookups(text: str, draft: Draft, script: int, names: list[str], outer: tuple[str, ...] = ()) -> None:
    for name in mentioned(text, "lookup"):
        # `outer` are those whose paths need this one: a circle would have no end.
        if name not in (*names, *outer) and len(names) < _MOST_LOOKUPS:
            path = draft.about(script, f"{LOOKUP} {name}") or ""
            _add_lookups(path, draft, script, names, (*outer, name))
            names.append(name)


def walks_parents(draft: Draft, script: int) -> bool:
    """Whether a sync's path needs an entry of another list."""
    if draft.about(script, "kind") != "sync" or "parents" in draft.extra.get(script, {}):
        return False
    text = f"{draft.about(script, 'path') or ''}\n{draft.about(script, 'variables') or ''}"
    return next(mentioned(text, "parent"), None) is not None


def asks_for_changes(draft: Draft, script: int) -> bool:
    """Whether a sync's path, or the variables of its query, hold the date of the last run."""
    return draft.about(script, "kind") == "sync" and _LAST_RUN in request_text(draft, script)


def has_only_id(record: Described | None) -> bool:
    """Whether a list, as it was pasted, tells of each record no more than its id; a field that was left out is more."""
    if record is None or not record.is_list or any(note.startswith("left out") for note in record.notes):
        return False
    return {*record.fields} <= {"id", record.mapping.get("id", "id")}


def detail_path(draft: Draft, script: int) -> str:
    """The path of the request for each record; empty for none."""
    path = draft.about(script, "detail") or ""
    return "" if path == NO_DETAIL else path


def lookup_slots(script: int, draft: Draft) -> Iterator[Slot]:
    """The slots of a script's look-ups."""
    for name in lookup_names(draft, script):
        yield from (Slot(script, f"{key} {name}") for key in (LOOKUP, PICK))


# As answers.


def query_answer(draft: Draft, script: int) -> dict[str, Any]:
    """``request.graphql`` of a script; empty where no query was typed."""
    query, path = draft.about(script, "query"), split_query(draft.about(script, "path") or "")[0]
    is_other = bool(path) and not path.endswith(GRAPHQL_PATH)
    if not query or is_other or draft.about(script, "pattern") not in (None, "paginated"):
        return {}
    typed = draft.about(script, "variables")
    lines = default_variables(draft, script) if typed is None else typed
    variables = {name: _variable(value) for name, value in map(name_and_value, lines.splitlines())}
    # With a line break at its end, YAML writes it as a block.
    answer: dict[str, Any] = {"query": f"{query}\n" if "\n" in query else query}
    if variables:
        answer["variables"] = variables
    return answer


def name_and_value(line: str) -> tuple[str, str]:
    """A line such as ``team: ${metadata.team}`` in its two parts."""
    name, _, value = line.partition(":")
    return name.strip(), value.strip().strip("'\"")


def _variable(value: str) -> Any:
    return {"...": "input"} if value == _WHOLE_INPUT else value


def lookups_answer(draft: Draft, script: int, *, is_trial: bool) -> list[dict[str, Any]]:
    """``lookups`` of a script.

    Args:
        draft: the draft.
        script: the script.
        is_trial: whether a request stands in for what is not answered yet.
    """
    lookups = []
    for name in lookup_names(draft, script):
        path, pick = (draft.about(script, f"{key} {name}") for key in (LOOKUP, PICK))
        if is_trial:
            path, pick = path or "/", pick or "id"
        if path and pick:
            lookups.append({"name": name, **_request(path), "pick": pick})
    return lookups


def parents_answer(draft: Draft, script: int, *, is_trial: bool) -> dict[str, Any]:
    """``parents`` of a sync; empty where it walks none."""
    path = draft.about(script, "parents") or ("/" if is_trial else "")
    if not path or not walks_parents(draft, script):
        return {}
    answer, place = _request(path), draft.about(script, "parents_in")
    if place:
        answer["response_path"] = place
    return answer


def _request(path_or_url: str) -> dict[str, Any]:
    """The path of a request, its parameters, and its host where that is another one."""
    base_url, path_and_query = "", path_or_url
    url = URL.fullmatch(path_or_url)
    if url is not None:
        base_url, path_and_query = url[1], url[2] or "/"
    path, params = split_query(path_and_query)
    parts = {"path": path, "base_url": base_url, "params": params}
    return {key: value for key, value in parts.items() if value}


def own_variables(draft: Draft, script: int) -> list[str]:
    """The variables that a query declares, without those of a page."""
    query = draft.about(script, "query")
    declared = read_query(query).variables if query else ()
    return [name for name in declared if name not in _PAGE_VARIABLES]


def default_variables(draft: Draft, script: int) -> str:
    """The variables of an action's query, each filled with the field of its input that has its name."""
    if draft.about(script, "kind") == "sync":
        return ""
    names = own_variables(draft, script)
    values = (_WHOLE_INPUT if name == "input" else f"${{input.{name}}}" for name in names)
    return "\n".join(f"{name}: {value}" for name, value in zip(names, values, strict=True))
