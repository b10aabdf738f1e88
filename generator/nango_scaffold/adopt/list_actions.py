"""List actions: how they turn pages by ``input.cursor`` and ``input.limit``, and which give back what a sync saved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..naming.verbs import read_verb
from ..typescript.nodes import called, first_argument, part, part_text, plain, source_text, unspaced
from ..typescript.scopes import variable_value
from ..typescript.syntax import walk
from ..typescript.values import Code
from .conditions import optional_fields
from .own_pages import IN_BODY, IN_HEADER, LAST_RECORD, STEPS, offset_page, path_of, sent_objects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..typescript.syntax import Node
    from ..typescript.values import ObjectLiteral
    from .names import Names
    from .script import Request, Script

CURSOR, LIMIT = "input.cursor", "input.limit"
"""The fields of a list action's input that select the page."""

_MORE = re.compile(rf"^\w+\.data{STEPS}(?:===true)?\?(?!\.)|!\w+\.data{STEPS}\?undefined:")
_LAST = re.compile(rf"^!\w+\.data{STEPS}\?(?!\.)|(?:^|\|\|)\w+\.data{STEPS}(?:===true)?\?undefined:")
_TOTAL = re.compile(rf">=(?:readTotal\(nango,)?\w+\.data{STEPS}")
_TOTAL_IN_HEADER = re.compile(rf">=(?:readTotal\(nango,)?{IN_HEADER.pattern}(?:,'theheader([\w-]+)')?")
_DEFAULT = re.compile(r"\?\?(\d+)$")
_START = re.compile(r"\?\?(\d+)\)?$")
_RECORDS = re.compile(r"new URL\(\s*['\"`][^'\"`]*/records['\"`]")
_MODEL = re.compile(r"searchParams\.set\(\s*['\"]model['\"],\s*['\"](\w+)['\"]")
_VARIABLE = re.compile(r"\b(key|host)\s*=\s*\w+\.find\([^;]*?\.name === ['\"](\w+)['\"]\)")


def list_paging(request: Request, names: Names) -> dict[str, Any]:
    """``paginate`` of a list action; empty where it does not show."""
    next_cursor = _next_cursor(names.main)
    if request.config is None or not next_cursor:
        return {}
    for sent, is_query in sent_objects(request.config):
        values = dict(_sent(sent, names)) if sent is not None else {}
        page = _of_cursor(values, next_cursor, is_query=is_query) or _of_offset(values, next_cursor)
        if page:
            return page | _limit(values)
    return {}


def page_variables(request: Request) -> frozenset[str]:
    """What stands for the page in a list action: fields of the input, and the variable that counts."""
    variables = {CURSOR, LIMIT}
    for sent, _ in sent_objects(request.config) if request.config else ():
        fields = sent.fields.values() if sent is not None else ()
        variables.update(item.text for item in fields if _counted_from(item))
    return frozenset(variables)


def _next_cursor(main: Node | None) -> str:
    """What an action returns as the next cursor, without blanks."""
    for pair in walk(main, "pair"):
        if part_text(pair, "key") == "next_cursor":
            return unspaced(_value(part(pair, "value")))
    return ""


def _value(node: Node | None) -> Node | None:
    """What a name is declared to be, and what ``String(...)`` is made of."""
    node = plain(node)
    if source_text(called(node)) == "String":
        return _value(first_argument(node))
    return plain(variable_value(node)) or node


def _sent(sent: ObjectLiteral, names: Names) -> Iterator[tuple[str, tuple[str, str]]]:
    """What is sent of the page: each parameter with its meaning, and the number that it begins with or that is usual."""
    optional = [fields.fields for spread in sent.spreads if (fields := optional_fields(spread.node))]
    for literal in (sent, *optional):
        for name in literal.pairs:
            value = literal.value(name)
            meaning, start = names.meaning(value), _counted_from(literal.fields[name])
            # A count first: it is made of the cursor and so means that, too.
            if start:
                yield "offset", (name, start)
            elif meaning in (CURSOR, LIMIT):
                default = _DEFAULT.search(unspaced(value))
                yield meaning, (name, default[1] if default else "")


def _counted_from(item: Any) -> str:
    """The number from which a variable counts: ``const offset = Number(input.cursor ?? 1)``; empty for another value."""
    text = unspaced(variable_value(item.node)) if isinstance(item, Code) else ""
    start = _START.search(text)
    return start[1] if start and "cursor" in text else ""


def _of_cursor(values: dict[str, tuple[str, str]], next_cursor: str, *, is_query: bool) -> dict[str, Any]:
    name, _ = values.get(CURSOR, ("", ""))
    if not name:
        return {}
    page = {"cursor_name_in_request": name}
    if header := IN_HEADER.fullmatch(next_cursor):
        return {"type": "cursor", **page, "cursor_in_response_header": header[1]}
    # Before the body: the list whose last record is read stands in the body as well.
    if last := LAST_RECORD.search(next_cursor):
        return {"type": "last_id", **page, "id_path": path_of(last[1])} | _end(next_cursor)
    paths = IN_BODY.findall(next_cursor)
    if not paths:
        return {}
    # The last path is the cursor: those before it are conditions, such as a flag that there is more.
    path = path_of(paths[-1])
    if is_query:
        return {"type": "graphql", **page, "page_info_path": path.rpartition(".")[0]}
    return {"type": "cursor", **page, "cursor_path_in_response": path} | _end(next_cursor)


def _of_offset(values: dict[str, tuple[str, str]], next_cursor: str) -> dict[str, Any]:
    name, start = values.get("offset", ("", ""))
    end = _end(next_cursor)
    if not name or not end:
        return {}
    page = offset_page(name, int(start), counts_pages=next_cursor.endswith("+1"))
    if {"total_path", "total_header"} & end.keys():
        page["type"] = "total"
    return page | end


def _end(next_cursor: str) -> dict[str, str]:
    """What of the response says whether there is a next page."""
    header = _TOTAL_IN_HEADER.search(next_cursor)
    if header:
        # The name in the error message has the header's own case; the key in the response is in lower case.
        return {"total_header": header[2] or header[1]}
    for key, pattern in (("total_path", _TOTAL), ("more_path", _MORE), ("last_path", _LAST)):
        match = pattern.search(next_cursor)
        if match:
            return {key: path_of(next(filter(None, match.groups())))}
    return {}


def _limit(values: dict[str, tuple[str, str]]) -> dict[str, Any]:
    name, default = values.get(LIMIT, ("", ""))
    if not name:
        return {}
    limit = {"limit": int(default)} if default else {}
    return {**limit, "limit_name_in_request": name}


def saved_records(name: str, script: Script, syncs: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """``from_sync`` of an action that reads the records of a sync from Nango's own API; empty for another one.

    The variables with the secret key and the host are with it.
    """
    model = _MODEL.search(script.text)
    if model is None or read_verb(name).kind != "list" or not _RECORDS.search(script.text):
        return {}
    variables = {f"from_sync_{use}": variable for use, variable in _VARIABLE.findall(script.text)}
    for sync in syncs:
        if model[1] in (sync.get("models") or [sync.get("model")]):
            return {"from_sync": sync["name"], **variables}
    return {}
