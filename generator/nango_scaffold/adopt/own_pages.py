"""Loops that turn pages without ``nango.paginate``, and what a sync says of deleted records and of its next run.

Read are the forms that our templates write, and those that people write: the id of the last record, a flag, a total.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..typescript.nodes import around, returned, source_text
from ..typescript.syntax import walk
from ..typescript.values import Code, ObjectLiteral
from .names import object_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..typescript.syntax import Node
    from .script import Request, Script

_LOOPS = ("while_statement", "do_statement", "for_statement")
_STEPS = r"((?:\??\.\w+)+)"
_LAST_RECORD = re.compile(rf"\w+(?:\??\.\w+)*(?:\[\w+(?:\.\w+)*\.length-1\]|\.at\(-1\)){_STEPS}")
_IN_BODY = re.compile(rf"\w+\.data{_STEPS}")
_LINK = re.compile(rf"\w+\.data{_STEPS}\?\.split\('\?'\)\[1\]")
_LIST = re.compile(rf"\w+\.data{_STEPS}?")
_MORE = re.compile(rf"(?:^|&&)(?:Boolean\()?\w+\.data{_STEPS}\)?(?:===true)?$")
_LAST = re.compile(rf"!\w+\.data{_STEPS}$")
_IN_HEADER = re.compile(r"\w+\.headers\[['\"]([\w-]+)['\"]\]")
_TOTAL_IN_HEADER = re.compile(
    rf"<(?:readTotal\(nango,|Number\()?{_IN_HEADER.pattern}(?:,'theheader([\w-]+)')?"
)
_WITHIN = re.compile(rf"\w+\.flatMap\(\((\w+)\)=>\1{_STEPS}\?\?\[\]\)")
_TOTAL = re.compile(rf"<(?:readTotal\(nango,)?\w+\.data{_STEPS}")
_SENT = re.compile(r"^(?:\.\.\.)?\(?(\w+)(?:\?|&&|!=)")


def own_paging(request: Request) -> dict[str, Any]:
    """How a request is paged by the loop that it stands in: ``paginate`` and ``response_path``; empty where it does not show."""
    loop = next((node for node in around(request.node) if node.type in _LOOPS), None)
    if loop is None or request.config is None:
        return {}
    assigned = dict(_assigned(loop))
    place = "params" if "params" in request.config.fields else "data"
    sent = request.config.fields.get(place)
    paginate = _by_cursor(_sent(sent), assigned)
    if not paginate:
        paginate = _counted(sent, loop, assigned)
    else:
        paginate |= _end(assigned, paginate)
    return {"paginate": paginate, **_records(loop)} if paginate else {}


def function_answers(script: Script) -> dict[str, Any]:
    """``deleted.when`` and ``save_metadata`` of a sync, from the functions that our templates write for them."""
    answer: dict[str, Any] = {}
    gone = script.source.functions.get("isDeleted")
    value = next(iter(returned(gone)), None) if gone is not None else None
    if value is not None:
        text = source_text(value)
        is_wrapped = text.startswith("Boolean(") and text.endswith(")")
        answer["deleted"] = {"when": text[len("Boolean(") : -1] if is_wrapped else text}
    saved = dict(_saved_fields(script))
    return {**answer, **({"save_metadata": saved} if saved else {})}


def _saved_fields(script: Script) -> Iterator[tuple[str, Any]]:
    function = script.source.functions.get("nextMetadata")
    if function is None:
        return
    values = {
        source_text(node.child_by_field_name("name")): source_text(node.child_by_field_name("value"))
        for node in walk(function, "variable_declarator")
    }
    for node in returned(function):
        for pair in walk(node, "pair"):
            text = values.get(source_text(pair.child_by_field_name("value")), "")
            steps = re.fullmatch(rf"response{_STEPS}", text)
            name = source_text(pair.child_by_field_name("key")).strip("'")
            yield name, _path(steps[1]) if steps else {"expression": text}


def _assigned(loop: Node) -> Iterator[tuple[str, str]]:
    """The variables that a loop gives another value, each with that, without blanks."""
    for node in walk(loop, "assignment_expression"):
        value = "".join(source_text(node.child_by_field_name("right")).split())
        yield source_text(node.child_by_field_name("left")), value


def _sent(value: Any) -> dict[str, str]:
    """The parameters that are sent where a variable is set, each with the variable: ``...(cursor ? { after: cursor } : {})``."""
    literal = object_of(value)
    sent: dict[str, str] = {}
    for spread in literal.spreads if literal else ():
        match = _SENT.match("".join(spread.text.split()))
        inner = next(walk(spread.node, "object"), None)
        for name in ObjectLiteral(inner).fields if match and inner is not None else ():
            sent[name] = match[1] if match else ""
        if match and "Object.fromEntries" in spread.text:
            sent[""] = match[1]
    return sent


def _by_cursor(sent: Mapping[str, str], assigned: Mapping[str, str]) -> dict[str, Any]:
    for name, variable in sent.items():
        value = assigned.get(variable, "")
        last, link = _LAST_RECORD.fullmatch(value), _LINK.fullmatch(value)
        if last and name:
            return {"type": "last_id", "cursor_name_in_request": name, "id_path": _path(last[1])}
        if link and not name:
            return {"type": "link", "link_path_in_response_body": _path(link[1])}
        place = _place_of_cursor(value) if name else {}
        if place:
            return {"type": "cursor", "cursor_name_in_request": name, **place}
    return {}


def _place_of_cursor(value: str) -> dict[str, str]:
    path, header = _IN_BODY.fullmatch(value), _IN_HEADER.fullmatch(value)
    if path:
        return {"cursor_path_in_response": _path(path[1])}
    return {"cursor_in_response_header": header[1]} if header else {}


def _counted(sent: Any, loop: Node, assigned: Mapping[str, str]) -> dict[str, Any]:
    """An offset, or the number of a page, to a flag or a total: one without such an end nango.paginate can count."""
    paginate = next(_by_number(sent, loop), {})
    end = _end(assigned, paginate) if paginate else {}
    return {**paginate, **end} if end else {}


def _by_number(sent: Any, loop: Node) -> Iterator[dict[str, Any]]:
    """The parameters whose variable a loop counts up."""
    literal = object_of(sent)
    steps = dict(_steps(loop))
    for name, item in literal.fields.items() if literal else ():
        variable = item.text if isinstance(item, Code) else ""
        if variable in steps:
            offset = {"type": "offset", "offset_name_in_request": name}
            start = {"offset_start_value": _start(loop, variable)}
            method = {"offset_calculation_method": "per-page"} if steps[variable] in ("", "1") else {}
            yield {**offset, **(start if start["offset_start_value"] else {}), **method}


def _steps(loop: Node) -> Iterator[tuple[str, str]]:
    """The variables that a loop counts up, each with by how much; empty for ``++``."""
    for node in walk(loop, "augmented_assignment_expression", "update_expression"):
        target = node.child_by_field_name("left") or node.child_by_field_name("argument")
        yield source_text(target), source_text(node.child_by_field_name("right"))


def _start(loop: Node, variable: str) -> int:
    """The number that a variable begins with, by its declaration in front of the loop."""
    for node in walk(loop.parent or loop, "variable_declarator"):
        value = source_text(node.child_by_field_name("value"))
        if source_text(node.child_by_field_name("name")) == variable and value.isdecimal():
            return int(value)
    return 0


def _end(assigned: Mapping[str, str], paginate: Mapping[str, Any]) -> dict[str, Any]:
    """What of a response says whether there are more pages: a total, a flag."""
    for value in assigned.values():
        total = _total(value) if paginate["type"] == "offset" else {}
        if total:
            return {"type": "total", **total}
        if paginate["type"] == "link" or value.startswith("Boolean(cursor)"):
            continue
        last, more = _LAST.search(value), _MORE.search(value)
        if last:
            return {"last_path": _path(last[1])}
        if more and _path(more[1]) != paginate.get("cursor_path_in_response"):
            return {"more_path": _path(more[1])}
    return {}


def _total(value: str) -> dict[str, str]:
    """The place of a total that something is compared with."""
    path, header = _TOTAL.search(value), _TOTAL_IN_HEADER.search(value)
    if path:
        return {"total_path": _path(path[1])}
    return {"total_header": header[2] or header[1]} if header else {}


def _records(loop: Node) -> dict[str, str]:
    """Where the records are: the first variable of the loop that is taken from the body, or what is within its items."""
    values = [
        "".join(source_text(node.child_by_field_name("value")).split())
        for node in walk(loop, "variable_declarator")
    ]
    lists = (match for value in values if (match := _LIST.fullmatch(value)))
    within = (match for value in values if (match := _WITHIN.fullmatch(value)))
    first, inner = next(lists, None), next(within, None)
    if first is None:
        return {}
    record = {"record_path": _path(inner[2])} if inner else {}
    return {"response_path": _path(first[1] or ""), **record}


def _path(steps: str) -> str:
    """``meta.next`` for ``?.meta?.next``."""
    return steps.replace("?.", ".").strip(".")
