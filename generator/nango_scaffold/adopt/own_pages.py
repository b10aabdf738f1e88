"""Loops that turn pages without ``nango.paginate``, and the functions of a sync for deleted records and for its next run.

Read are the forms that our templates write, and those that people write: the id of the last record, a flag, a total.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..typescript.nodes import enclosing, part, part_text, returned, source_text, unspaced
from ..typescript.syntax import walk
from ..typescript.values import Code, ObjectLiteral
from .names import object_of
from .requests import spread_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..typescript.syntax import Node
    from .script import Request, Script

_LOOPS = ("while_statement", "do_statement", "for_statement")
STEPS = r"((?:\??\.\w+)+)"
LAST_RECORD = re.compile(rf"\w+(?:\??\.\w+)*(?:\[\w+(?:\.\w+)*\.length-1\]|\.at\(-1\)){STEPS}")
IN_BODY = re.compile(rf"\w+\.data{STEPS}")
_LINK = re.compile(rf"\w+\.data{STEPS}\?\.split\('\?'\)\[1\]")
_LIST = re.compile(rf"\w+\.data{STEPS}?")
_MORE = re.compile(rf"(?:^|&&)(?:Boolean\()?\w+\.data{STEPS}\)?(?:===true)?$")
_LAST = re.compile(rf"!\w+\.data{STEPS}$")
IN_HEADER = re.compile(r"\w+\.headers\[['\"]([\w-]+)['\"]\]")
_TOTAL_IN_HEADER = re.compile(
    rf"<(?:readTotal\(nango,|Number\()?{IN_HEADER.pattern}(?:,'theheader([\w-]+)')?"
)
_WITHIN = re.compile(rf"\w+\.flatMap\(\((\w+)\)=>\1{STEPS}\?\?\[\]\)")
_TOTAL = re.compile(rf"<(?:readTotal\(nango,)?\w+\.data{STEPS}")
_SENT = re.compile(r"^(?:\.\.\.)?\(?(\w+)(?:\?|&&|!=)")


def own_paging(request: Request) -> dict[str, Any]:
    """How a request is paged by the loop that it stands in: ``paginate`` and ``response_path``; empty where it does not show."""
    loop = enclosing(request.node, *_LOOPS)
    if loop is None or request.config is None:
        return {}
    assigned = dict(_assigned(loop))
    read = (_paged(sent, loop, assigned) for sent in sent_objects(request.config))
    paginate = next(filter(None, read), {})
    return {"paginate": paginate, **_records(loop)} if paginate else {}


def page_variables(request: Request) -> frozenset[str]:
    """The variables that say which page a loop asks for; none where it does not show how it turns them."""
    loop = enclosing(request.node, *_LOOPS) if own_paging(request) else None
    if loop is None:
        return frozenset()
    return frozenset(dict(_assigned(loop)) | dict(_steps(loop)))


def sent_objects(config: ObjectLiteral) -> Iterator[tuple[ObjectLiteral | None, bool]]:
    """What is sent of which a part may say the page, each with whether it is the variables of a GraphQL query."""
    places = [place for place in ("params", "data") if place in config.fields]
    yield from ((object_of(config.fields[place]), False) for place in places)
    body = object_of(config.fields.get("data"))
    if body is not None and {"query", "variables"} <= body.fields.keys():
        yield object_of(body.fields["variables"]), True


def _paged(sent: tuple[Any, bool], loop: Node, assigned: Mapping[str, str]) -> dict[str, Any]:
    value, is_query = sent
    paginate = _by_cursor(_sent(value), assigned)
    if is_query:
        return _by_page_info(paginate)
    return paginate | _end(assigned, paginate) if paginate else _counted(value, loop, assigned)


def _by_page_info(paginate: Mapping[str, Any]) -> dict[str, Any]:
    """The cursor of a query, which stands in ``pageInfo``."""
    info, _, cursor = paginate.get("cursor_path_in_response", "").rpartition(".")
    if cursor != "endCursor":
        return {}
    name = paginate["cursor_name_in_request"]
    return {"type": "graphql", "cursor_name_in_request": name, "page_info_path": info}


def function_answers(script: Script) -> dict[str, Any]:
    """``deleted.when`` and ``save_metadata`` of a sync, from the functions that our templates write for them."""
    answer: dict[str, Any] = {}
    value = next(returned(script.source.functions.get("isDeleted")), None)
    if value is not None:
        text = source_text(value)
        # Around a condition that is no boolean, which the function has to return.
        is_wrapped = text.startswith("Boolean(") and text.endswith(")")
        answer["deleted"] = {"when": text[len("Boolean(") : -1] if is_wrapped else text}
    saved = dict(_saved_fields(script))
    if saved:
        answer["save_metadata"] = saved
    return answer


def _saved_fields(script: Script) -> Iterator[tuple[str, Any]]:
    function = script.source.functions.get("nextMetadata")
    declarators = walk(function, "variable_declarator")
    values = {part_text(node, "name"): part_text(node, "value") for node in declarators}
    for node in returned(function):
        for pair in walk(node, "pair"):
            text = values.get(part_text(pair, "value"), "")
            steps = re.fullmatch(rf"response{STEPS}", text)
            name = part_text(pair, "key").strip("'")
            yield name, path_of(steps[1]) if steps else {"expression": text}


def _assigned(loop: Node) -> Iterator[tuple[str, str]]:
    """The variables that a loop gives another value, each with that, without blanks."""
    for node in walk(loop, "assignment_expression"):
        yield part_text(node, "left"), unspaced(part(node, "right"))


def _sent(value: Any) -> dict[str, str]:
    """The parameters that are sent where a variable is set, each with the variable: ``...(cursor ? { after: cursor } : {})``."""
    literal = object_of(value)
    sent: dict[str, str] = {}
    for spread in literal.spreads if literal else ():
        text = unspaced(spread.node)
        match = _SENT.match(text)
        if not match:
            continue
        fields = spread_object(spread)
        if fields is not None:
            sent.update(dict.fromkeys(fields.fields, match[1]))
        # The whole query of a link to the next page: no parameter has a name of its own.
        if "Object.fromEntries" in text:
            sent[""] = match[1]
    return sent


def _by_cursor(sent: Mapping[str, str], assigned: Mapping[str, str]) -> dict[str, Any]:
    for name, variable in sent.items():
        value = assigned.get(variable, "")
        link = _LINK.fullmatch(value)
        # Without a name, it is the whole query of a link that is sent.
        if link and not name:
            return {"type": "link", "link_path_in_response_body": path_of(link[1])}
        if not name:
            continue
        last, place = LAST_RECORD.fullmatch(value), _place_of_cursor(value)
        if last:
            return {"type": "last_id", "cursor_name_in_request": name, "id_path": path_of(last[1])}
        if place:
            return {"type": "cursor", "cursor_name_in_request": name, **place}
    return {}


def _place_of_cursor(value: str) -> dict[str, str]:
    path, header = IN_BODY.fullmatch(value), IN_HEADER.fullmatch(value)
    if path:
        return {"cursor_path_in_response": path_of(path[1])}
    return {"cursor_in_response_header": header[1]} if header else {}


def _counted(sent: Any, loop: Node, assigned: Mapping[str, str]) -> dict[str, Any]:
    """An offset, or the number of a page, to a flag, a total or an empty page."""
    paginate = next(_by_number(sent, loop), {})
    end = _end(assigned, paginate) if paginate else {}
    # A loop that counts and shows no end may end anywhere: it is left to whoever wrote it.
    ends_empty = any(value.endswith(".length>0") for value in assigned.values())
    return {**paginate, **end} if end or ends_empty else {}


def _by_number(sent: Any, loop: Node) -> Iterator[dict[str, Any]]:
    """The parameters whose variable a loop counts up."""
    literal = object_of(sent)
    steps = dict(_steps(loop))
    for name, item in literal.fields.items() if literal else ():
        variable = item.text if isinstance(item, Code) else ""
        if variable in steps:
            yield offset_page(name, _start(loop, variable), counts_pages=steps[variable] in ("", "1"))


def offset_page(name: str, start: int, *, counts_pages: bool) -> dict[str, Any]:
    """``paginate`` of a list that is paged by a number: that of a page, which counts up by one, or of a record."""
    page: dict[str, Any] = {"type": "offset", "offset_name_in_request": name}
    # Zero is the default.
    if start:
        page["offset_start_value"] = start
    if counts_pages:
        page["offset_calculation_method"] = "per-page"
    return page


def _steps(loop: Node) -> Iterator[tuple[str, str]]:
    """The variables that a loop counts up, each with by how much; empty for ``++``."""
    for node in walk(loop, "augmented_assignment_expression", "update_expression"):
        target = part(node, "left") or part(node, "argument")
        yield source_text(target), part_text(node, "right")


def _start(loop: Node, variable: str) -> int:
    """The number that a variable begins with, by its declaration in front of the loop."""
    for node in walk(loop.parent or loop, "variable_declarator"):
        value = part_text(node, "value")
        if part_text(node, "name") == variable and value.isdecimal():
            return int(value)
    return 0


def _end(assigned: Mapping[str, str], paginate: Mapping[str, Any]) -> dict[str, Any]:
    """What of a response says whether there are more pages: a total, a flag."""
    for value in assigned.values():
        total = _total(value) if paginate["type"] == "offset" else {}
        if total:
            return {"type": "total", **total}
        # That there is a link or a cursor is how such a list ends anyway.
        if paginate["type"] == "link" or value == "Boolean(cursor)":
            continue
        last, more = _LAST.search(value), _MORE.search(value)
        if last:
            return {"last_path": path_of(last[1])}
        if more and path_of(more[1]) != paginate.get("cursor_path_in_response"):
            return {"more_path": path_of(more[1])}
    return {}


def _total(value: str) -> dict[str, str]:
    """The place of a total that something is compared with."""
    path, header = _TOTAL.search(value), _TOTAL_IN_HEADER.search(value)
    if path:
        return {"total_path": path_of(path[1])}
    return {"total_header": header[2] or header[1]} if header else {}


def _records(loop: Node) -> dict[str, str]:
    """Where the records are: the first variable of the loop that is taken from the body, or what is within its items."""
    values = [unspaced(part(node, "value")) for node in walk(loop, "variable_declarator")]
    first = next(filter(None, map(_LIST.fullmatch, values)), None)
    inner = next(filter(None, map(_WITHIN.fullmatch, values)), None)
    if first is None:
        return {}
    records = {"response_path": path_of(first[1] or "")}
    return {**records, "record_path": path_of(inner[2])} if inner else records


def path_of(steps: str) -> str:
    """``meta.next`` for ``?.meta?.next``."""
    return steps.replace("?.", ".").strip(".")
