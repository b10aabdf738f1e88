"""The pages of a list: the bodies that an API sends, and the requests by which a script goes from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...frozen import frozen
from ...spec.paths import steps_of
from .javascript import UNDEFINED, UntestableError, is_nothing, put_at, value_at, without
from .recording import ScriptError
from .requests import sent_request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ...spec.paths import Path
    from ...spec.requests import Pagination, Request
    from .recording import Recording

HOST = "https://api.example.com"


@frozen
class Listing:
    """A list as the API sends it.

    Attributes:
        request: the request for a page.
        pagination: how it is paged.
        steps: where the list is in a body.
        body: a body around the list, with whatever else is in it.
        pages: the records of each page.
        own: what the script itself asks for.
        is_missing: whether the bodies lack the list.
    """

    request: Request
    pagination: Pagination
    steps: Path
    body: Any
    pages: Sequence[Sequence[Any]]
    own: Mapping[str, Any]
    is_missing: bool = False

    def page(self, index: int) -> tuple[Any, dict[str, str]]:
        """The body of a page, and the headers that come with it."""
        records = self.records(index)
        if self.is_missing:
            return without(self.body, self.steps), {}
        item_steps = self.pagination.item_steps
        items = [put_at({}, item_steps, record) for record in records] if item_steps else list(records)
        return self._marked(put_at(self.body, self.steps, items), index)

    def records(self, index: int) -> Sequence[Any]:
        """The records of a page; none behind the last one."""
        return self.pages[index] if index < len(self.pages) else ()

    def leads_on(self, index: int) -> bool:
        """Whether a page is not the last one."""
        return index + 1 < len(self.pages)

    def _marked(self, body: Any, index: int) -> tuple[Any, dict[str, str]]:
        """A body that says whether there are more pages, and the headers where they say it."""
        keys = self.pagination.keys
        if self.pagination.kind == "none":
            return body, {}
        more = self.leads_on(index)
        for key, value in (
            ("cursor_path_in_response", self.cursor(index)),
            ("link_path_in_response_body", self.link(index)),
            ("more_path", more),
            ("last_path", not more),
            ("total_path", self.total),
        ):
            if key in keys and not isinstance(body, dict):
                raise UntestableError(f"{keys[key]} in a body that is a list")
            if key in keys:
                body = put_at(body, steps_of(str(keys[key])), value)
        return body, self._headers(index)

    def _headers(self, index: int) -> dict[str, str]:
        keys, headers = self.pagination.keys, dict[str, str]()
        if "total_header" in keys:
            headers[str(keys["total_header"]).lower()] = str(self.total)
        if self.leads_on(index) and "cursor_in_response_header" in keys:
            headers[str(keys["cursor_in_response_header"]).lower()] = self.cursor(index)
        if self.leads_on(index) and "link_rel_in_response_header" in keys:
            headers["link"] = f'<{self.link(index)}>; rel="{keys["link_rel_in_response_header"]}"'
        return headers

    def cursor(self, index: int) -> Any:
        """The cursor behind a page; null behind the last one."""
        return f"cursor-{index + 2}" if self.leads_on(index) else None

    def link(self, index: int) -> Any:
        """The link behind a page; null behind the last one."""
        return f"{HOST}/next?page={index + 2}" if self.leads_on(index) else None

    @property
    def total(self) -> int:
        """The total that the bodies say."""
        keys = self.pagination.keys
        in_pages = keys.get("total_unit") == "pages"
        return len(self.pages) if in_pages else sum(len(page) for page in self.pages)


def play(
    listing: Listing,
    roots: Mapping[str, Any],
    recording: Recording,
    use: Callable[[Any, Sequence[Any]], bool],
    *,
    is_counted: Callable[[], bool] | None = None,
) -> None:
    """Go through a list as a script does.

    Args:
        listing: the list.
        roots: what the requests are filled from.
        recording: takes the requests down.
        use: handed each body with its records; tells whether to go on.
        is_counted: whether something has been found, where that and not the number of pages decides if a list of links is
            asked for again.

    Raises:
        ScriptError: the list is not there.
        UntestableError: nobody can tell what the script asks for.
    """
    if listing.pagination.kind == "none":
        _play_single(listing, roots, recording, use)
    elif listing.pagination.turns_pages:
        _play_own_loop(listing, roots, recording, use)
    else:
        _Paginate(listing, roots, recording).play(use, is_counted)


def require_list(body: Any, steps: Path) -> None:
    """End where a body has no list.

    Raises:
        ScriptError: it has none.
    """
    if not isinstance(value_at(body, steps), list):
        raise ScriptError(f"The response has no list at {'.'.join(steps) or 'the top level'}")


def _play_single(
    listing: Listing,
    roots: Mapping[str, Any],
    recording: Recording,
    use: Callable[[Any, Sequence[Any]], bool],
) -> None:
    body, headers = listing.page(0)
    in_body = listing.pagination.in_body
    recording.exchange(sent_request(listing.request, roots, listing.own, in_body=in_body), body, headers)
    require_list(body, listing.steps)
    use(body, listing.records(0))


def _play_own_loop(
    listing: Listing,
    roots: Mapping[str, Any],
    recording: Recording,
    use: Callable[[Any, Sequence[Any]], bool],
) -> None:
    pagination, index, fetched = listing.pagination, 0, 0
    place: Any = pagination.keys.get("offset_start_value", 0) if pagination.counts else None
    while True:
        body, headers = listing.page(index)
        own = {**listing.own, **limit_parameter(pagination), **page_parameters(pagination, place)}
        inside = pagination.inside
        sent = sent_request(listing.request, roots, own, in_body=pagination.in_body, inside=inside)
        recording.exchange(sent, body, headers)
        require_list(body, listing.steps)
        records = listing.records(index)
        if not use(body, records):
            return
        fetched += len(records)
        place = next_place(listing, place, index)
        if not _goes_on(listing, index, fetched, place):
            return
        index += 1


def limit_parameter(pagination: Pagination) -> dict[str, Any]:
    """The parameter with the records of a page, where that is set."""
    keys = pagination.keys
    if not keys.get("limit") or pagination.kind == "none":
        return {}
    return {str(keys.get("limit_name_in_request", "limit")): keys["limit"]}


def page_parameters(pagination: Pagination, place: Any) -> dict[str, Any]:
    """The parameter with the place of a page; none for the first one where it is no number."""
    keys = pagination.keys
    if pagination.counts:
        return {str(keys["offset_name_in_request"]): place}
    if place is None:
        return {}
    if pagination.kind == "link":
        return dict(pair.split("=") for pair in str(place).split("?")[1].split("&"))
    return {str(keys["cursor_name_in_request"]): place}


def next_place(listing: Listing, place: Any, index: int) -> Any:
    """Where the page behind another begins: an offset, an id, a link or a cursor."""
    pagination, records = listing.pagination, listing.records(index)
    if pagination.counts:
        is_by_page = pagination.keys.get("offset_calculation_method") == "per-page"
        return place + (1 if is_by_page else len(records))
    if pagination.kind == "last_id":
        last = records[-1] if records else UNDEFINED
        id_ = value_at(last, steps_of(str(pagination.keys["id_path"])))
        return None if is_nothing(id_) else id_
    if "cursor_in_response_header" not in pagination.keys and pagination.kind == "link":
        return listing.link(index)
    return listing.cursor(index)


def _goes_on(listing: Listing, index: int, fetched: int, place: Any) -> bool:
    """Whether a loop of the script's own asks for another page."""
    pagination = listing.pagination
    if has_flag(pagination) and not listing.leads_on(index):
        return False
    if _follows(pagination):
        return bool(place)
    if not listing.records(index):
        return False
    if pagination.kind == "total":
        return _is_below_total(listing, fetched, place)
    return pagination.counts or bool(place)


def has_flag(pagination: Pagination) -> bool:
    """Whether a body says that there are more pages, or that it is the last one."""
    return "more_path" in pagination.keys or "last_path" in pagination.keys


def _follows(pagination: Pagination) -> bool:
    """Whether nothing but the cursor tells if there is another page."""
    is_read = pagination.reads_body or pagination.item_steps
    return pagination.kind in ("cursor", "link") and bool(
        is_read or "cursor_in_response_header" in pagination.keys
    )


def _is_below_total(listing: Listing, fetched: int, place: Any) -> bool:
    keys = listing.pagination.keys
    counts_records = (
        keys.get("total_unit") == "records" and keys.get("offset_calculation_method") == "per-page"
    )
    received = fetched if counts_records else int(place) - int(keys.get("offset_start_value") or 0)
    return received < listing.total


class _Paginate:
    """``nango.paginate`` of CLI 0.69.36, as a script uses it."""

    def __init__(self, listing: Listing, roots: Mapping[str, Any], recording: Recording) -> None:
        self._listing, self._roots, self._recording = listing, roots, recording
        self._pages = 0
        self._last_size = 0

    def play(self, use: Callable[[Any, Sequence[Any]], bool], is_counted: Callable[[], bool] | None) -> None:
        if not self._walk(use):
            return
        if self._is_asked_again(is_counted):
            body, headers = self._listing.page(len(self._listing.pages))
            if self._listing.pagination.kind != "offset" or not self._pages:
                body, headers = self._listing.page(0)
            self._recording.exchange(self._again, body, headers)
            require_list(body, self._listing.steps)

    def _walk(self, use: Callable[[Any, Sequence[Any]], bool]) -> bool:
        """Whether all pages were gone through."""
        kind, index, place = self._listing.pagination.kind, 0, self._start
        while True:
            body, headers = self._listing.page(index)
            self._again, sent = self._requests(index, place)
            self._recording.exchange(sent, body, headers)
            records = self._listing.records(index)
            if kind == "link":
                require_list(body, self._listing.steps)
            elif not records or self._listing.is_missing:
                return True
            self._pages, self._last_size = self._pages + 1, len(records)
            if not use(body, records):
                return False
            if kind != "offset" and not self._listing.leads_on(index):
                return True
            place = self._following(place, index)
            index += 1

    @property
    def _start(self) -> Any:
        pagination = self._listing.pagination
        return pagination.keys.get("offset_start_value") or 0 if pagination.kind == "offset" else None

    def _following(self, place: Any, index: int) -> Any:
        pagination = self._listing.pagination
        if pagination.kind == "offset":
            is_by_page = pagination.keys.get("offset_calculation_method") == "per-page"
            return place + (1 if is_by_page else self._last_size)
        return self._listing.cursor(index)

    def _requests(self, index: int, place: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The request as the script has it, with what was noted in it; and the one that is sent."""
        listing, pagination = self._listing, self._listing.pagination
        if pagination.kind != "link":
            own = {**listing.own, **limit_parameter(pagination), **_place_of_paginate(pagination, place)}
            sent = sent_request(listing.request, self._roots, own, in_body=_in_body(pagination, own))
            return sent, sent
        own = {**listing.own, **limit_parameter(pagination)}
        sent = sent_request(listing.request, self._roots, own, in_body=_in_body(pagination, own))
        has_part = bool(listing.own or listing.request.params or pagination.in_body)
        again = sent if has_part else sent_request(listing.request, self._roots, {})
        if index:
            _, _, path = str(listing.link(index - 1)).partition(HOST)
            sent = {**{name: part for name, part in sent.items() if name != "params"}}
            sent.update(endpoint=path, baseUrlOverride=HOST)
        return again, sent

    def _is_asked_again(self, is_counted: Callable[[], bool] | None) -> bool:
        pagination = self._listing.pagination
        if pagination.kind == "link":
            return not (is_counted() if is_counted else self._pages)
        if pagination.kind == "cursor":
            return not self._pages
        limit = pagination.keys.get("limit")
        return not limit or not self._pages or self._last_size >= int(limit)


def _place_of_paginate(pagination: Pagination, place: Any) -> dict[str, Any]:
    """What ``nango.paginate`` asks for: an offset always, a cursor once there is one."""
    if pagination.kind == "offset":
        return {str(pagination.keys["offset_name_in_request"]): place}
    return {} if place is None else {str(pagination.keys["cursor_name_in_request"]): place}


def _in_body(pagination: Pagination, own: Mapping[str, Any]) -> bool:
    if pagination.in_body and any("." in name for name in own):
        raise UntestableError("a parameter inside of another in the body")
    return pagination.in_body
