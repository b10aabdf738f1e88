"""The request of a script in the words of the answers, as far as it is made of literals and known names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from ..answers import PAGINATE
from .literals import Code, ObjectLiteral, Templated, value_of
from .tokens import closing, is_sign

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .names import Names
    from .script import Call

    Note = Callable[[str], None]

_WEB_ADDRESS = re.compile(r"https?://[^\s'\"`*<>]+")
_LAST_RUN = "lastSyncDate"
_READ = ("endpoint", "method", "params", "headers", "paginate", "retries", "data")
_ADDED_BY_US = ("cursor", "limit")


def request_of(call: Call, names: Names, note: Note) -> dict[str, Any]:
    """A request as the answers have it.

    Args:
        call: the request.
        names: what the names of its script stand for.
        note: told what could not be taken up.
    """
    if call.config is None:
        note(f"the configuration of nango.{call.verb} is not an object that can be read")
        return {}
    given = call.config.fields
    path, query = _path(given.get("endpoint"), names, note)
    said: dict[str, Any] = {"method": call.method, "path": path, "docs": docs_of(call.config)}
    said["params"], since = _values("params", given.get("params"), names, note)
    said["params"] = {**query, **(said["params"] or {})}
    said["incremental"] = {"param": since} if since else None
    said["headers"], _ = _values("headers", given.get("headers"), names, note)
    said["paginate"] = _paginate(given.get("paginate"), note)
    said["response_path"] = (said["paginate"] or {}).pop("response_path", None)
    said["retries"] = _whole_number(given.get("retries"), note)
    said.update(_data(given.get("data"), names, note))
    for key in given:
        if key not in _READ:
            note(f"{key} has no place in the answers")
    for spread in call.config.spreads:
        note(f"the configuration is put together: {spread.text[:60]}")
    return {key: value for key, value in said.items() if value not in (None, {})}


def docs_of(config: ObjectLiteral) -> str | None:
    """The first web address in the comments of a configuration; the endpoint's own first."""
    above = [config.comments.get("endpoint", ""), *config.comments.values()]
    found = [address for comment in above for address in _WEB_ADDRESS.findall(comment)]
    return found[0].rstrip(".,;)") if found else None


def text_of(value: Any, names: Names) -> str | None:
    """A text with ``${input.x}`` in it; ``None`` where something else is filled in."""
    if isinstance(value, str):
        return value
    if isinstance(value, Code):
        found = names.field_of(value.tokens)
        return f"${{{found}}}" if found else None
    if not isinstance(value, Templated):
        return None
    parts = [
        (f"${{{names.field_in(text)}}}" if names.field_in(text) else None) if is_code else text
        for is_code, text in value.pieces
    ]
    return None if None in parts else "".join(part or "" for part in parts)


def _path(value: Any, names: Names, note: Note) -> tuple[str | None, dict[str, str]]:
    """The path after the base URL, and the query that stands behind it."""
    text = text_of(value, names)
    if text is None:
        note("the endpoint is put together from more than fields of the input or the metadata")
        return None, {}
    path, _, query = text.partition("?")
    pairs = dict(parse_qsl(query, keep_blank_values=True))
    is_whole = path.startswith(("/", "http://", "https://"))
    return path if is_whole else f"/{path}", pairs


def _values(part: str, value: Any, names: Names, note: Note) -> tuple[dict[str, Any] | None, str]:
    """Parameters or headers; and the parameter that is filled from the date of the last run."""
    if value is None:
        return None, ""
    if not isinstance(value, ObjectLiteral):
        note(f"the {part} are not an object that can be read")
        return None, ""
    found, since = {}, ""
    for key, item in value.fields.items():
        if isinstance(item, Code) and _LAST_RUN in item.text:
            since = key
            continue
        plain = item if isinstance(item, (bool, int, float)) else text_of(item, names)
        if plain is None:
            note(f"{part}.{key} is computed")
        else:
            found[key] = plain
    for spread in value.spreads:
        since = since or _since(spread)
        if _LAST_RUN not in spread.text and not any(word in spread.text for word in _ADDED_BY_US):
            note(f"{part} are put together: {spread.text[:60]}")
    return found, since


def _since(spread: Code) -> str:
    """The parameter in ``...(nango.lastSyncDate ? { since: ... } : {})``."""
    inner = spread_object(spread)
    return next(iter(inner.fields), "") if inner and _LAST_RUN in spread.text else ""


def spread_object(spread: Code) -> ObjectLiteral | None:
    """The first object literal within what is spread."""
    for index, token in enumerate(spread.tokens):
        if is_sign(token, "{"):
            value = value_of(spread.tokens[index : closing(spread.tokens, index) + 1])
            return value if isinstance(value, ObjectLiteral) else None
    return None


def _paginate(value: Any, note: Note) -> dict[str, Any] | None:
    if value is None:
        return None
    if not isinstance(value, ObjectLiteral):
        note("paginate is not an object that can be read")
        return None
    settings = {key: item for key, item in value.fields.items() if not _is_our_hook(key, item)}
    if value.fields and not settings:
        return None
    found = {}
    for key, item in settings.items():
        if key not in PAGINATE.keys or not isinstance(item, (str, int, float, bool)):
            note(f"paginate.{key} is computed, or has no place in the answers")
        else:
            found[key] = item
    return found


def _is_our_hook(key: str, value: Any) -> bool:
    """Whether this is ``on_page: onPage``, which every sync that follows a cursor is written with."""
    return key == "on_page" and isinstance(value, Code) and value.text == "onPage"


def _whole_number(value: Any, note: Note) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        note("retries is not a number")
        return None
    return value


def _data(value: Any, names: Names, note: Note) -> dict[str, Any]:
    """The body: fields of the input, under their own names or others; nothing said where it is all that is left."""
    if value is None:
        return {}
    if isinstance(value, Code):
        meant = names.meaning(value.tokens)
        is_rest = len(value.tokens) == 1 and value.tokens[0].text in names.rests
        if is_rest or meant == "input":
            return {}
        if meant.count(".") == 1:
            return {"body": meant.partition(".")[2]}
    if not isinstance(value, ObjectLiteral):
        note("the body is put together by code")
        return {}
    fields = dict(value.fields)
    for spread in value.spreads:
        inner = spread_object(spread)
        fields.update(inner.fields if inner else {"...": spread})
    body = {
        key: names.field_of(item.tokens) if isinstance(item, Code) else "" for key, item in fields.items()
    }
    odd = [key for key, found in body.items() if not found.startswith("input.")]
    if odd:
        note(f"the body is put together by code: {', '.join(odd)[:60]}")
        return {}
    return {"data": _shortest({key: found.partition(".")[2] for key, found in body.items()})}


def _shortest(body: Mapping[str, str]) -> list[str] | dict[str, str]:
    return list(body) if all(key == name for key, name in body.items()) else dict(body)
