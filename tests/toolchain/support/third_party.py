"""A scriptable third-party API: a table of routes, and collections paginated in every style Nango knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlencode

if TYPE_CHECKING:
    import re

Json = Any

BASE_URL: Final = "https://api.third-party.test"


@dataclass(frozen=True)
class Request:
    """One request as it reached the server.

    Attributes:
        path: without the query, and without the `/proxy` of Nango's own address.
        query: the last value of each key.
        headers: by lower-case name.
        body: parsed when it is JSON, else the text; None when there is none.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Json = None

    @property
    def retries(self) -> int:
        """How often Nango is asked to try again; 0 when the script does not say."""
        return int(self.headers.get("retries", "0"))

    @property
    def base_url_override(self) -> str:
        """The base URL the script asks for in place of the provider's; empty when it does not."""
        return self.headers.get("base-url-override", "")

    @property
    def forwarded(self) -> Mapping[str, str]:
        """The headers that the script set for the third party, by lower-case name."""
        prefix = "nango-proxy-"
        names = (name for name in self.headers if name.startswith(prefix))
        return {name.removeprefix(prefix): self.headers[name] for name in names}


@dataclass(frozen=True)
class Reply:
    """What the server answers: `body` goes out as JSON, or as it is when it is bytes."""

    body: Json = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Reply | Callable[[Request], Reply]
When = Callable[[Request], bool]


@dataclass(frozen=True)
class Route:
    """One row of the table; the first row that fits answers. A pattern must match the whole path."""

    method: str
    path: str | re.Pattern[str]
    answer: Answer
    when: When = lambda _request: True

    def fits(self, request: Request) -> bool:
        """Tell whether this row answers the request."""
        if isinstance(self.path, str):
            same_path = request.path == self.path
        else:
            same_path = self.path.fullmatch(request.path) is not None
        return same_path and request.method == self.method and self.when(request)

    def reply(self, request: Request) -> Reply:
        """Answer the request."""
        return self.answer(request) if callable(self.answer) else self.answer


def query_has(**expected: str) -> When:
    """Give a predicate for `Route.when`: the query holds these values, maybe among others."""
    return lambda request: expected.items() <= dict(request.query).items()


Pages = Sequence[Sequence[Json]]


def link_header(path: str, pages: Pages, *, page_param: str = "page", records_at: str = "") -> Route:
    """Paginate by an absolute URL in the `Link` header, `rel="next"`; the last page has none."""

    def answer(request: Request) -> Reply:
        number = _number(request.query.get(page_param), 1)
        if not 1 <= number <= _count(pages):
            return _no_such_page(request)
        following = _link(path, request, {page_param: str(number + 1)})
        headers = {"Link": f'<{following}>; rel="next"'} if number < len(pages) else {}
        return Reply(_placed(records_at, _page(pages, number - 1)), headers=headers)

    return Route("GET", path, answer)


def link_body(
    path: str,
    pages: Pages,
    *,
    page_param: str = "page",
    records_at: str = "items",
    link_at: str = "next",
    absolute: bool = True,
) -> Route:
    """Paginate by a URL in the body (a path when not `absolute`); on the last page it is null."""

    def answer(request: Request) -> Reply:
        number = _number(request.query.get(page_param), 1)
        if not 1 <= number <= _count(pages):
            return _no_such_page(request)
        following = _link(path, request, {page_param: str(number + 1)})
        link = following if absolute else following.removeprefix(BASE_URL)
        body = _placed(records_at, _page(pages, number - 1))
        return Reply(_merged(body, _placed(link_at, link if number < len(pages) else None)))

    return Route("GET", path, answer)


def cursor(
    path: str,
    pages: Pages,
    *,
    cursor_param: str = "cursor",
    cursor_at: str = "next_cursor",
    records_at: str = "items",
    method: str = "GET",
) -> Route:
    """Paginate by an opaque cursor, in the query of a GET and in the body of any other method."""

    def answer(request: Request) -> Reply:
        sent = _parameters(request).get(cursor_param)
        known: dict[Json, int] = {_cursor(index): index for index in range(1, len(pages))}
        known[None] = 0
        if sent not in known:
            return _no_such_page(request)
        index = known[sent]
        following = _cursor(index + 1) if index + 1 < len(pages) else None
        return Reply(_merged(_placed(records_at, _page(pages, index)), _placed(cursor_at, following)))

    return Route(method, path, answer)


def offset(
    path: str,
    pages: Pages,
    *,
    offset_param: str = "offset",
    records_at: str = "",
    start: int = 0,
    by: Literal["by-response-size", "per-page"] = "by-response-size",
    method: str = "GET",
) -> Route:
    """Paginate by an offset that counts records or pages; the page after the last one is empty."""

    def answer(request: Request) -> Reply:
        sent = _number(_parameters(request).get(offset_param), start)
        step = (lambda page: 1) if by == "per-page" else len
        starts = [start + sum(map(step, pages[:index])) for index in range(len(pages) + 1)]
        if sent not in starts:
            return _no_such_page(request)
        return Reply(_placed(records_at, _page(pages, starts.index(sent))))

    return Route(method, path, answer)


def _parameters(request: Request) -> Mapping[str, Json]:
    if request.method == "GET":
        return request.query
    return request.body if isinstance(request.body, dict) else {}


def _count(pages: Pages) -> int:
    # A collection without any page still has one to show: an empty one.
    return max(1, len(pages))


def _page(pages: Pages, index: int) -> list[Json]:
    return list(pages[index]) if index < len(pages) else []


def _number(text: Json, default: int) -> int:
    try:
        return default if text is None else int(text)
    except (TypeError, ValueError):
        return -1


def _cursor(index: int) -> str:
    return f"to-page-{index + 1}"


def _link(path: str, request: Request, changes: Mapping[str, str]) -> str:
    return f"{BASE_URL}{path}?{urlencode({**request.query, **changes})}"


def _placed(path: str, value: Json) -> Json:
    for key in reversed(path.split(".") if path else []):
        value = {key: value}
    return value


def _merged(first: dict[str, Json], second: dict[str, Json]) -> dict[str, Json]:
    merged = dict(first)
    for key, value in second.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both else value
    return merged


def _no_such_page(request: Request) -> Reply:
    return Reply({"error": f"no such page: {dict(request.query)} {request.body}"}, status=400)
