"""Provider facts of the answers that Nango's own entry lacks: settings that each request carries.

Nango's server adds the base URL, the headers and the retry rules of its own providers.yaml by itself; those that are
set in ``provider_facts`` it does not know.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...spec.requests import Param, Retry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...providers import ProviderFacts
    from ...spec.requests import Request

_WHERE = "provider_facts"
_HEADER_VALUE = re.compile(r"[\x20-\x7e]+")
_STATUS = re.compile(r"[1-5][0-9]{2}")


def with_provider_overrides(request: Request, facts: ProviderFacts) -> Request:
    """The request with the settings of ``provider_facts``; its own headers take precedence.

    Raises:
        AnswersError: a fact that no setting of a request can hold.
    """
    if "headers" in facts.stated:
        own = {header.name.lower() for header in request.headers}
        others = (header for header in _headers(facts.headers) if header.name.lower() not in own)
        request = replace(request, headers=(*others, *request.headers))
    if "base_url" in facts.stated:
        request = replace(request, base_url=facts.base_url or "")
    if "retry" in facts.stated:
        request = replace(request, retry=_retry(facts.retry or {}))
    return request


def _headers(headers: Mapping[str, str]) -> Iterator[Param]:
    for name, value in headers.items():
        where = f"{_WHERE}.headers.{name}"
        # In providers.yaml such a header takes a credential of the connection, which no script gets to see.
        if "${" in value:
            raise AnswersError(
                f"{value!r} is filled by Nango in its own providers.yaml alone, and a script has no credentials",
                where=where,
                fix="leave it out where Nango's entry adds it; else give a constant here, or "
                "`${metadata.x}` in request.headers of a sync",
            )
        if not _HEADER_VALUE.fullmatch(value):
            raise AnswersError(
                f"{value!r} cannot be sent", where=where, fix="accepted: one line of printable ASCII"
            )
        yield Param(name, (value,))


def _retry(retry: Mapping[str, Any]) -> Retry:
    for key in ("remaining", "in_body"):
        if key in retry:
            raise AnswersError(
                "a script has no setting for it: only Nango's own providers.yaml has",
                where=f"{_WHERE}.retry.{key}",
                fix="accepted: at and after, each a header's name, and error_code",
            )
    codes = tuple(dict.fromkeys(_status(code) for code in retry.get("error_code", ())))
    return Retry(_header_name(retry, "at"), _header_name(retry, "after"), codes)


def _header_name(retry: Mapping[str, Any], key: str) -> str:
    names = retry.get(key, ())
    if len(names) > 1:
        raise AnswersError(
            "a script can name one header",
            where=f"{_WHERE}.retry.{key}",
            fix=f"accepted: one name, such as {names[0]}",
        )
    return names[0] if names else ""


def _status(code: str) -> int:
    if not _STATUS.fullmatch(code):
        raise AnswersError(
            f"{code!r} is not a single status",
            where=f"{_WHERE}.retry.error_code",
            fix="accepted: single ones such as 423; Nango tries 401, 429 and 500 to 599 again by itself",
        )
    return int(code)
