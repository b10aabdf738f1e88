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
        marks = {
            "cursor_path_in_response": self.cursor(index),
            "link_path_in_response_body": self.link(index),
            "more_path": self.leads_on(index),
            "last_path": not self.leads_on(index),
            "total_path": self.total,
        }
        for key, value in marks.items():
            if key not in keys:
                continue
            if not isinstance(body, dict):
                raise UntestableError(f"{keys[key]} in a body that is a list")
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
    counts_records: bool = False,
) -> None:
    """Go through a list as a script does.

    Args:
        listing: the list.
        roots: what the requests are filled from.
        recording: takes the requests down.
        use: handed each body with its records; tells whether to go on.
        counts_records: whether the number of the records, and not that of the pages, decides if a list of links is asked for
            again.

    Raises:
        ScriptError: the list is not there.
        UntestableError: nobody can tell what the script asks for.
    """
    if listing.pagination.kind == "none":
        _play_single(listing, roots, recording, use)
    elif listing.pagination.turns_pages:
        _play_own_loop(listing, roots, recording, use)
    else:
        _Paginate(listing, roots, recording).play(use, counts_records=counts_records)


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
    place: Any = offset_at(pagination) if pagination.counts else None
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


def limit_parameter(pagination: Pagination, limit: Any = None) -> dict[str, Any]:
    """The parameter with the records of a page: a limit of the caller's own, or else the one that is set, if any."""
    keys = pagination.keys
    limit = limit or keys.get("limit")
    if not limit or pagination.kind == "none":
        return {}
    return {str(keys.get("limit_name_in_request", "limit")): limit}


def offset_at(pagination: Pagination, cursor: Any = None) -> int:
    """The offset, or the number of a page, that a cursor says; without one that of the first page."""
    start = pagination.keys.get("offset_start_value") or 0
    return int(start if cursor is None else cursor)


def offset_step(pagination: Pagination, records: Sequence[Any]) -> int:
    """How far it is from a page to the next one: one page, or as many records as it holds."""
    is_by_page = pagination.keys.get("offset_calculation_method") == "per-page"
    return 1 if is_by_page else len(records)


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
        return place + offset_step(pagination, records)
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
    # In the order of the conditions in the generated loop; what the API says of the last page goes before all else.
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
    if pagination.kind not in ("cursor", "link"):
        return False
    is_in_header = "cursor_in_response_header" in pagination.keys
    return is_in_header or bool(pagination.reads_body or pagination.item_steps)


def _is_below_total(listing: Listing, fetched: int, place: Any) -> bool:
    keys = listing.pagination.keys
    # The number of the page is no number of records.
    if keys.get("total_unit") == "records" and keys.get("offset_calculation_method") == "per-page":
        return fetched < listing.total
    return int(place) - offset_at(listing.pagination) < listing.total


class _Paginate:
    """``nango.paginate`` of CLI 0.69.36, as a script uses it."""

    def __init__(self, listing: Listing, roots: Mapping[str, Any], recording: Recording) -> None:
        self._listing, self._roots, self._recording = listing, roots, recording
        self._pages: list[Sequence[Any]] = []

    def play(self, use: Callable[[Any, Sequence[Any]], bool], *, counts_records: bool) -> None:
        if not self._walk(use) or not self._is_asked_again(counts_records=counts_records):
            return
        # The script's own request, with what nango.paginate left in it: an offset is behind the last page then.
        is_behind = self._listing.pagination.kind == "offset" and self._pages
        body, headers = self._listing.page(len(self._listing.pages) if is_behind else 0)
        self._recording.exchange(self._again, body, headers)
        require_list(body, self._listing.steps)

    def _walk(self, use: Callable[[Any, Sequence[Any]], bool]) -> bool:
        """Whether all pages were gone through."""
        listing, kind, index = self._listing, self._listing.pagination.kind, 0
        place: Any = offset_at(listing.pagination) if kind == "offset" else None
        while True:
            body, headers = listing.page(index)
            self._again, sent = self._requests(index, place)
            self._recording.exchange(sent, body, headers)
            records = listing.records(index)
            # Of links it hands on an empty page, too; of cursors and offsets it ends at one, and at a list that is missing.
            if kind == "link":
                require_list(body, listing.steps)
            elif not records or listing.is_missing:
                return True
            self._pages.append(records)
            if not use(body, records):
                return False
            # Only an offset goes on behind the last page, as nothing in a page says that it is the last one.
            if kind != "offset" and not listing.leads_on(index):
                return True
            place = next_place(listing, place, index)
            index += 1

    def _requests(self, index: int, place: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The request as the script has it, with what was noted in it; and the one that is sent."""
        listing, pagination = self._listing, self._listing.pagination
        is_link = pagination.kind == "link"
        own = {**listing.own, **limit_parameter(pagination)}
        if not is_link:
            own |= _place_of_paginate(pagination, place)
        sent = sent_request(listing.request, self._roots, own, in_body=_in_body(pagination, own))
        if not is_link:
            return sent, sent
        # The limit is noted in the parameters that the script's request has; one without any stays without.
        has_part = bool(listing.own or listing.request.params or pagination.in_body)
        again = sent if has_part else sent_request(listing.request, self._roots, {})
        if index:
            # A link is followed as it is: to its own host, and with no parameters but its own.
            path = str(listing.link(index - 1)).removeprefix(HOST)
            sent = {name: part for name, part in sent.items() if name != "params"}
            sent.update(endpoint=path, baseUrlOverride=HOST)
        return again, sent

    def _is_asked_again(self, *, counts_records: bool) -> bool:
        """Whether the script cannot tell yet if the list was empty or missing: `nango.paginate` ends alike at both."""
        pagination = self._listing.pagination
        if pagination.kind == "link":
            return not any(self._pages) if counts_records else not self._pages
        if pagination.kind == "cursor" or not self._pages:
            return not self._pages
        limit = pagination.keys.get("limit")
        # A page that is not full is the last one, and it was there.
        return not limit or len(self._pages[-1]) >= int(limit)


def _place_of_paginate(pagination: Pagination, place: Any) -> dict[str, Any]:
    """What ``nango.paginate`` asks for: an offset always, a cursor once there is one."""
    if pagination.kind == "offset":
        return {str(pagination.keys["offset_name_in_request"]): place}
    return {} if place is None else {str(pagination.keys["cursor_name_in_request"]): place}


def _in_body(pagination: Pagination, own: Mapping[str, Any]) -> bool:
    # nango.paginate takes the dots in the name of such a parameter for a path.
    if pagination.in_body and any("." in name for name in own):
        raise UntestableError("a parameter inside of another in the body")
    return pagination.in_body
