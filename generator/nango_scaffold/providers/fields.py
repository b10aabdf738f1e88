"""The parts of a provider's facts, and how each is read from plain data.

Two readings of the same vocabulary: data a person may have written (the answers, our embedded file) is
checked and refused with what would be accepted; an entry of Nango's providers.yaml is taken as it comes, and
what has an unexpected shape counts as not given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ..errors import AnswersError
from ..frozen import frozen
from .base_url import alternatives

AUTH_MODES = (
    *("OAUTH1", "OAUTH2", "OAUTH2_CC", "BASIC", "API_KEY", "JWT", "BILL", "TBA", "TWO_STEP", "SIGNATURE"),
    *("APP", "APP_STORE", "CUSTOM", "INSTALL_PLUGIN", "MCP_OAUTH2", "MCP_OAUTH2_GENERIC"),
    *("AWS_SIGV4", "NONE"),
)
"""The auth modes of Nango's servers (0.69.36, and AWS_SIGV4 of the newer ones)."""

_SHARED_KEYS = ("limit_name_in_request", "limit", "response_path", "in_body")
PAGINATE_KEYS: dict[str, tuple[str, ...]] = {
    "link": ("link_rel_in_response_header", "link_path_in_response_body", *_SHARED_KEYS),
    "cursor": ("cursor_path_in_response", "cursor_name_in_request", *_SHARED_KEYS),
    "offset": ("offset_name_in_request", "offset_start_value", "offset_calculation_method", *_SHARED_KEYS),
}
"""The keys of `paginate` in the SDK's ProxyConfiguration, by type."""

_CONTROL = "[\x00-\x1f\x7f-\x9f\u2028\u2029]"
_URL = re.compile(r"https?://[^\s'\"`\\<>*]+")
_BASE_URL = re.compile(r"(?:https?://|\$\{)[^\s'\"`\\<>]+")
_LONGEST_ADDRESS = 2_000
_MOST_PLACEHOLDERS = 12  # each may stand for anything when a URL is compared; Nango's own have four
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


@frozen
class ConnectionField:
    """One value a connection to the provider carries, as ``${connectionConfig.name}``.

    Args:
        name: its name.
        type: as the provider declares it, mostly ``string``.
        required: whoever connects has to give it; in plain data the default is yes, unless it is automated.
        automated: Nango finds it by itself while connecting.
        example: a value, None when there is none.
        pattern: a regular expression for the value, None when there is none.
    """

    name: str
    type: str = "string"
    required: bool = True
    automated: bool = False
    example: str | None = None
    pattern: str | None = None

    def to_data(self) -> dict[str, Any]:
        """Plain data; what has its default is left out."""
        data: dict[str, Any] = {"name": self.name}
        if self.type != "string":
            data["type"] = self.type
        if self.required == self.automated:
            data["required"] = self.required
        if self.automated:
            data["automated"] = True
        if self.example is not None:
            data["example"] = self.example
        if self.pattern is not None:
            data["pattern"] = self.pattern
        return data


def line(value: Any) -> str | None:
    """A scalar as one line of text; None for anything else."""
    # Before numbers, as True is one; and as YAML and JSON spell it.
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        text = str(value)
        # isprintable is quick, and tells of most texts that there is nothing to search for.
        has_control = not text.isprintable() and re.search(_CONTROL, text)
        return None if has_control else text
    return None


def lines(value: Any) -> tuple[str, ...]:
    """A list's scalars as text, without empty ones; empty for anything that is no list."""
    texts = (line(item) for item in (value if isinstance(value, list) else ()))
    return tuple(text for text in texts if text)


def lines_by_name(value: Any) -> dict[str, str]:
    """A mapping's scalars as text by name, without empty ones; empty for anything that is no mapping."""
    texts = {str(name): line(item) for name, item in mapping(value).items()}
    return {name: text for name, text in texts.items() if text}


def mapping(value: Any) -> Mapping[str, Any]:
    """`value` when it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def web_address(value: Any) -> str | None:
    """`value` when it is an http(s) URL that a comment can hold, else None."""
    return value if isinstance(value, str) and _URL.fullmatch(value) else None


def base_address(value: Any) -> str | None:
    """`value` when it is a base URL, alternatives and placeholders included, else None."""
    text = (line(value) or "").strip()
    if len(text) > _LONGEST_ADDRESS or text.count("${") > _MOST_PLACEHOLDERS:
        return None
    parts = alternatives(text)
    return text if parts and all(_BASE_URL.fullmatch(part) for part in parts) else None


def usable_headers(value: Any) -> dict[str, str]:
    """An entry's headers by name, without those that HTTP does not allow."""
    return {name: text for name, text in lines_by_name(value).items() if _HEADER.fullmatch(name)}


def paginate_fault(pagination: Mapping[str, Any]) -> tuple[str, str] | None:
    """Why Nango's paginate helper could not follow this pagination.

    Returns:
        The key at fault and what would be accepted; None when it is complete.
    """
    kind = pagination.get("type")
    if not isinstance(kind, str) or kind not in PAGINATE_KEYS:
        return "type", f"accepted: {', '.join(PAGINATE_KEYS)}"
    if kind == "link":
        one_of = PAGINATE_KEYS["link"][:2]
        return None if any(pagination.get(key) for key in one_of) else (one_of[0], f"give it or {one_of[1]}")
    needed = PAGINATE_KEYS[kind][: 2 if kind == "cursor" else 1]
    missing = next((key for key in needed if not pagination.get(key)), None)
    return (missing, f"pagination by {kind} needs it") if missing else None


def usable_paginate(value: Any) -> dict[str, Any] | None:
    """An entry's pagination in the SDK's names; None when there is none or it is incomplete."""
    pagination = mapping(value)
    if paginate_fault(pagination):
        return None
    known = ("type", *PAGINATE_KEYS[pagination["type"]])
    return {key: item for key, item in pagination.items() if key in known and line(item)}


def _as_list(value: Any) -> list[str]:
    return list(lines(value if isinstance(value, list) else [value]))


RETRY_KEYS: dict[str, Callable[[Any], Any]] = {
    "at": _as_list,
    "after": _as_list,
    "error_code": _as_list,
    "remaining": line,
    "in_body": lines_by_name,
}
"""What a provider's retry rules may state, with the reading of each."""


def usable_retry(value: Any) -> dict[str, Any] | None:
    """An entry's retry rules: header names and error codes as lists of text, the rest as text."""
    rules = {key: RETRY_KEYS[key](item) for key, item in mapping(value).items() if key in RETRY_KEYS}
    return {key: item for key, item in rules.items() if item} or None


# Checked readings: the value, and the place to name in an error.


def read_line(value: Any, where: str) -> str:
    """One line of text.

    Raises:
        AnswersError: no scalar, empty, or with control characters.
    """
    text = line(value)
    if not text:
        what = f"{shown(value)} is not one line of text"
        raise AnswersError(what, where=where, fix="accepted: one line of text")
    return text


def read_lines(value: Any, where: str) -> tuple[str, ...]:
    """A list of texts.

    Raises:
        AnswersError: no list, or an item that is no line of text.
    """
    if not isinstance(value, (list, tuple)):
        what = f"{shown(value)} is not a list of strings"
        raise AnswersError(what, where=where, fix="accepted: a list of strings")
    return tuple(read_line(item, f"{where}[{index}]") for index, item in enumerate(value))


def read_auth_mode(value: Any, where: str) -> str:
    """An auth mode of Nango.

    Raises:
        AnswersError: another word.
    """
    if value not in AUTH_MODES:
        raise AnswersError(f"{shown(value)} is not an auth mode", where=where, accepted=AUTH_MODES)
    return str(value)


def read_base_url(value: Any, where: str) -> str:
    """A base URL, with placeholders and alternatives where it has them.

    Raises:
        AnswersError: not an http(s) URL.
    """
    text = base_address(value)
    if text is None:
        fix = (
            "Accepted: https://api.example.com/v1, with ${connectionConfig.x} for what differs by connection."
        )
        raise AnswersError(f"{shown(value)} is not a base URL", where=where, fix=fix)
    return text


def read_docs(value: Any, where: str) -> str:
    """The address of a documentation page.

    Raises:
        AnswersError: not an http(s) URL.
    """
    address = web_address(value)
    if address is None:
        what = f"{shown(value)} is not an http(s) address"
        raise AnswersError(what, where=where, fix="Accepted: https://docs.example.com")
    return address


def read_headers(value: Any, where: str) -> dict[str, str]:
    """Headers by name.

    Raises:
        AnswersError: no mapping, a name HTTP does not allow, a value of more than one line.
    """
    headers = read_mapping(value, where)
    bad = next((name for name in headers if not _HEADER.fullmatch(str(name))), None)
    if bad is not None:
        fix = "accepted: a name such as X-Api-Version"
        raise AnswersError(f"{shown(bad)} is not the name of a header", where=where, fix=fix)
    return {str(name): read_line(item, f"{where}.{name}") for name, item in headers.items()}


def read_paginate(value: Any, where: str) -> dict[str, Any]:
    """A pagination in the SDK's names.

    Raises:
        AnswersError: an unknown type or key, or one that is missing.
    """
    pagination = read_mapping(value, where)
    fault = paginate_fault(pagination)
    if fault:
        key, fix = fault
        raise AnswersError(f"{shown(pagination.get(key))} will not do", where=f"{where}.{key}", fix=fix)
    _refuse_unknown(pagination, ("type", *PAGINATE_KEYS[pagination["type"]]), where)
    for key, item in pagination.items():
        read_line(item, f"{where}.{key}")
    return dict(pagination)


def read_retry(value: Any, where: str) -> dict[str, Any]:
    """Retry rules, see `usable_retry`.

    Raises:
        AnswersError: an unknown key, or a value of another shape.
    """
    rules = read_mapping(value, where)
    _refuse_unknown(rules, tuple(RETRY_KEYS), where)
    usable = usable_retry(rules) or {}
    # An entry of Nango's may have what we do not know; a person is told what has no effect.
    lost = next((key for key in rules if key not in usable), None)
    if lost is not None:
        fix = "write it as Nango's providers.yaml does, or leave it out"
        raise AnswersError(f"{shown(rules[lost])} cannot be used", where=f"{where}.{lost}", fix=fix)
    return usable


def read_connection_config(value: Any, where: str) -> tuple[ConnectionField, ...]:
    """Connection fields, each a mapping with a name, or the name alone.

    Raises:
        AnswersError: no list, a field without a name, an unknown key.
    """
    if not isinstance(value, (list, tuple)):
        fix = "accepted: a list of names, or of mappings with a name"
        raise AnswersError(f"{shown(value)} is not a list of connection fields", where=where, fix=fix)
    return required_first(_read_field(item, f"{where}[{index}]") for index, item in enumerate(value))


def required_first(fields: Any) -> tuple[ConnectionField, ...]:
    """The fields someone has to give first, each half in its own order."""
    return tuple(sorted(fields, key=lambda field: not field.required))


def _read_field(value: Any, where: str) -> ConnectionField:
    settings = {"name": value} if isinstance(value, str) else read_mapping(value, where)
    _refuse_unknown(settings, ("name", "type", "required", "automated", "example", "pattern"), where)
    parts: dict[str, Any] = {"required": not settings.get("automated", False)}
    # Read even where it is missing: a field needs a name.
    parts["name"] = read_line(settings.get("name"), f"{where}.name")
    for key, item in settings.items():
        read = _read_flag if key in ("required", "automated") else read_line
        parts[key] = read(item, f"{where}.{key}")
    return ConnectionField(**parts)


def _read_flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        what = f"{shown(value)} is neither true nor false"
        raise AnswersError(what, where=where, accepted=("true", "false"))
    return value


READERS: dict[str, Callable[[Any, str], Any]] = {
    "display_name": read_line,
    "auth_mode": read_auth_mode,
    "base_url": read_base_url,
    "headers": read_headers,
    "paginate": read_paginate,
    "retry": read_retry,
    "docs": read_docs,
    "connection_config": read_connection_config,
    "scopes": read_lines,
    "categories": read_lines,
}
"""The facts anyone may state, with the reading of each."""


def read_fields(data: Any, where: str) -> dict[str, Any]:
    """The facts that `data` states, checked: any of `READERS`, by name.

    Raises:
        AnswersError: an unknown name, or a value that is not accepted.
    """
    facts = read_mapping(data, where)
    _refuse_unknown(facts, tuple(READERS), where)
    return {name: READERS[name](value, f"{where}.{name}") for name, value in facts.items()}


def shown(value: Any) -> str:
    """A value as an error shows it: printable, and cut when long."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def read_mapping(value: Any, where: str) -> Mapping[str, Any]:
    """A mapping, whatever is in it.

    Raises:
        AnswersError: something else.
    """
    if not isinstance(value, Mapping):
        raise AnswersError(f"{shown(value)} is not a mapping", where=where, fix="accepted: a mapping")
    return value


def _refuse_unknown(keys: Mapping[str, Any], accepted: tuple[str, ...], where: str) -> None:
    unknown = next((key for key in keys if key not in accepted), None)
    if unknown is not None:
        raise AnswersError(f"{shown(unknown)} is not known here", where=where, accepted=accepted)
