"""The tests of an action: success, a refused input, an error of the API, and of a list its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ...models.types import Alias, Model, is_nullable
from ...spec.integration import Scenario, ScriptTest
from ...spec.paths import steps_of
from ...spec.requests import CONNECTION
from .javascript import (
    UNDEFINED,
    UNKNOWN,
    UntestableError,
    date_of,
    is_nothing,
    known,
    moment_as,
    put_at,
    text_of,
    value_at,
)
from .pages import Listing, has_flag, limit_parameter, next_place, offset_at, page_parameters, require_list
from .recording import Recording, ScriptError
from .requests import holds, sent_request
from .surroundings import REFUSED, connection_of, fitted, look_up, settings_of, spoilt, without_errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...spec.actions import ActionSpec, Check, ListResult, Synced
    from .surroundings import Surroundings


def action_test(action: ActionSpec, around: Surroundings) -> ScriptTest:
    """The tests of an action.

    Raises:
        UntestableError: it does something of which nobody can tell beforehand what comes of it.
    """
    if action.returns == "binary":
        raise UntestableError("bytes")
    scenarios = tuple(_scenarios(action, around))
    return ScriptTest(
        "action",
        action.name,
        scenarios,
        takes_input=action.input is not None,
        has_output=action.output is not None,
    )


def _scenarios(action: ActionSpec, around: Surroundings) -> Iterator[Scenario]:
    input_ = _input(action, around)
    if action.listing and action.listing.pagination.kind != "none":
        yield from _pages(action, action.listing, around, input_)
        input_ = _without_cursor(input_)
    else:
        title = "sends what it is called for" if action.returns == "nothing" else "returns what the API sends"
        yield _played(action, around, input_, "success", title)
    if action.listing:
        title = "ends where the response has no list"
        yield _played(action, around, input_, "noList", title, is_missing=True)
    yield from _troubles(action, around, input_)
    if action.synced:
        yield _saved_records(action, action.listing, action.synced, around, input_)
    yield from _refusals(action, around, input_)


def _pages(action: ActionSpec, listing: ListResult, around: Surroundings, input_: Any) -> Iterator[Scenario]:
    first = _without_cursor(input_)
    title = "returns the first page, and where the next one begins"
    yield _played(action, around, first, "firstPage", title, pages=(2, 1))
    if _names_its_end(listing):
        yield _played(action, around, first, "lastPage", "returns the last page", pages=(2,))
    if isinstance(input_, dict) and isinstance(input_.get("cursor"), str):
        yield from _later_page(action, around, first)


def _without_cursor(input_: Any) -> Any:
    if not isinstance(input_, dict):
        return input_
    return {name: value for name, value in input_.items() if name != "cursor"}


def _troubles(action: ActionSpec, around: Surroundings, input_: Any) -> Iterator[Scenario]:
    yield _played(action, around, input_, "apiError", "ends with the error of the API", trouble="fails")
    if action.lookups:
        title = "ends where a look-up finds nothing"
        yield _played(action, around, input_, "nothingFound", title, trouble="finds nothing")
    if action.requests[0].graphql:
        title = "ends with the errors of a query"
        yield _played(action, around, input_, "queryErrors", title, trouble="lists errors")


def _names_its_end(listing: ListResult) -> bool:
    """Whether a page itself says that it is the last one."""
    return has_flag(listing.pagination) or listing.pagination.kind in ("cursor", "link", "graphql")


def _input(action: ActionSpec, around: Surroundings) -> Any:
    if action.input is None:
        return UNDEFINED
    of = action.input.type if isinstance(action.input, Alias) else action.input.shape
    value = around.value(of, action.input.name)
    value = fitted(value, "input", action.requests)
    for date in action.dates:
        value = put_at(value, (date.field,), "2024-03-05T09:30:00.000Z")
    if action.listing and isinstance(value, dict) and "limit" in value:
        value["limit"] = 2
    return value


def _later_page(action: ActionSpec, around: Surroundings, input_: Any) -> Iterator[Scenario]:
    """The page that a cursor asks for."""
    assert action.listing is not None
    pagination = action.listing.pagination
    if not isinstance(input_, dict):
        return
    later = {**input_, "cursor": "2" if pagination.counts else "cursor-2"}
    if pagination.kind == "link":
        later["cursor"] = "page=2"
    if pagination.kind != "total":
        yield _played(action, around, later, "laterPage", "asks for the page of a cursor", pages=(2,))
    if pagination.counts:
        wrong = {**input_, "cursor": "no number"}
        yield _played(
            action, around, wrong, "wrongCursor", "refuses a cursor that no page has given", pages=(2,)
        )


def _refusals(action: ActionSpec, around: Surroundings, input_: Any) -> Iterator[Scenario]:
    if action.input is not None:
        wrong = spoilt(action.input)
        if wrong is not UNDEFINED:
            recording, _ = _recording_of(action, around, wrong, Recording())
            yield Scenario("refusedInput", "refuses an input that does not fit", recording, REFUSED)
    for index, check in enumerate(action.checks):
        yield from _unchecked(action, around, input_, check, index)
    if action.metadata is None:
        return
    required = [
        field.name
        for field in action.metadata.shape.fields
        if not field.optional and not is_nullable(field.type)
    ]
    if required:
        recording, _ = _recording_of(action, around, input_, Recording())
        message = f"The connection's metadata does not set {required[0]}"
        yield Scenario(
            "refusedMetadata", "refuses metadata that is not set", {**recording, "metadata": {}}, message
        )


def _saved_records(
    action: ActionSpec, listing: ListResult | None, synced: Synced, around: Surroundings, input_: Any
) -> Scenario:
    """The run in which Nango has records of a sync."""
    if listing is None:
        raise UntestableError("saved records that are no list")
    query = urlencode({"model": synced.model, "filter": "added,updated", **_saved_limit(listing, input_)})
    headers = {
        "Authorization": "Bearer secret-key-1",
        "Connection-Id": "connection-1",
        "Provider-Config-Key": "integration-1",
    }
    sent = {"method": "GET", "endpoint": f"https://api.nango.dev/records?{query}", "headers": headers}
    records = [around.named(synced.model, number) for number in (1, 2)]
    stored = [{**record, "_nango_metadata": {"last_action": "ADDED"}} for record in records]
    recording, following = Recording(), None
    output: dict[str, Any] = {listing.field: records}
    if listing.pagination.kind != "none":
        # Marked as a cursor of Nango's: one of the API's own leads to the API.
        following = "saved-2"
        output["next_cursor"] = f"synced:{following}"
    recording.exchange(sent, {"records": stored, "next_cursor": following})
    played, _ = _recording_of(action, around, input_, recording)
    variables = [{"name": synced.key_variable, "value": "secret-key-1"}]
    played = {**played, "variables": variables, "output": output}
    return Scenario("savedRecords", "returns what the sync saved, where there is a key to read it", played)


def _saved_limit(listing: ListResult, input_: Any) -> dict[str, str]:
    """The records that are asked for at once."""
    if listing.pagination.kind == "none":
        return {"limit": "1000"}
    limit = _limit_in(listing, input_)
    return {"limit": text_of(limit)} if limit else {}


def _limit_in(listing: ListResult, input_: Any) -> Any:
    """The records a page that the input asks for; ``None`` where it does not say."""
    return input_.get("limit") if listing.takes_limit and isinstance(input_, dict) else None


def _unchecked(
    action: ActionSpec, around: Surroundings, input_: Any, check: Check, index: int
) -> Iterator[Scenario]:
    """An input that its schema takes and a check does not: one without some optional fields."""
    if not isinstance(input_, dict) or not isinstance(action.input, Model):
        return
    needed = [field.name for field in action.input.shape.fields if not field.optional]
    short = {name: value for name, value in input_.items() if name in needed}
    metadata = settings_of(action.metadata, around, action.requests)
    if not holds(check.unless, {"input": short, "metadata": metadata}):
        name = f"unchecked{index + 1}"
        yield _played(action, around, short, name, f"refuses an input that fails check {index + 1}")


def _recording_of(
    action: ActionSpec, around: Surroundings, input_: Any, recording: Recording
) -> tuple[dict[str, Any], bool]:
    return recording.played(
        input=input_,
        metadata=settings_of(action.metadata, around, action.requests),
        connection=connection_of(action.requests) or UNDEFINED,
    )


def _played(
    action: ActionSpec,
    around: Surroundings,
    input_: Any,
    name: str,
    title: str,
    *,
    pages: tuple[int, ...] = (1,),
    is_missing: bool = False,
    trouble: str = "",
) -> Scenario:
    """A run of the action; ``trouble``: what is wrong in it, see ``Recording``."""
    recording = Recording(trouble)
    error, output = "", UNDEFINED
    try:
        output = _output(action, around, input_, recording, pages, is_missing=is_missing)
    except ScriptError as end:
        error = str(end)
    played, is_exact = _recording_of(action, around, input_, recording)
    if output is not UNDEFINED and not error:
        played["output"], is_known = known(output)
        is_exact = is_exact and is_known
        if played["output"] is UNKNOWN:
            raise UntestableError("the output")
    return Scenario(name, title, played, error, is_exact)


def _output(
    action: ActionSpec,
    around: Surroundings,
    input_: Any,
    recording: Recording,
    pages: tuple[int, ...],
    *,
    is_missing: bool,
) -> Any:
    roots = {
        "input": input_,
        "metadata": settings_of(action.metadata, around, action.requests),
        CONNECTION: connection_of(action.requests),
        "dates": _dates(action, input_),
    }
    for check in action.checks:
        if not holds(check.unless, roots):
            raise ScriptError(check.message)
    roots = look_up(action, roots, around, recording)
    if action.listing:
        return _listed(action, action.listing, around, roots, recording, pages, is_missing=is_missing)
    body = _body(action, around)
    if action.read_back is None:
        recording.exchange(sent_request(action.request, roots, {}), body)
    else:
        body = _read_back(action, around, roots, recording, body)
    return _result(action, around, body)


def _dates(action: ActionSpec, input_: Any) -> dict[str, Any]:
    values = {date: value_at(input_, (date.field,)) for date in action.dates}
    return {
        date.field: moment_as(date.form, date_of(value))
        for date, value in values.items()
        if not is_nothing(value)
    }


def _body(action: ActionSpec, around: Surroundings) -> Any:
    """A response in which everything is there."""
    body = around.named(action.raw) if action.raw else {}
    steps = steps_of(action.response_path)
    if action.returns == "record" and action.output and action.constant is None:
        raw = value_at(body, steps)
        body = put_at(body, steps, around.fitting.record(action.output.name, raw, 1))
    request = action.read_back.request if action.read_back else action.request
    return without_errors(body, request)


def _read_back(
    action: ActionSpec, around: Surroundings, roots: Mapping[str, Any], recording: Recording, body: Any
) -> Any:
    assert action.read_back is not None
    written = around.named(action.read_back.written) if action.read_back.written else {}
    recording.exchange(sent_request(action.request, roots, {}), without_errors(written, action.request))
    sent = sent_request(action.read_back.request, {**roots, "response": written}, {})
    recording.exchange(sent, body)
    return body


def _result(action: ActionSpec, around: Surroundings, body: Any) -> Any:
    if action.returns == "nothing" or action.output is None:
        return UNDEFINED
    if action.constant is not None:
        return around.mappers.value(action.constant, {})
    value = value_at(body, steps_of(action.response_path))
    if action.returns == "value":
        return {action.output.shape.fields[0].name: value}
    if action.returns != "record":
        raise UntestableError(f"an action that returns {action.returns}")
    return around.mappers.record(action.output.name, value)


def _listed(
    action: ActionSpec,
    listing: ListResult,
    around: Surroundings,
    roots: Mapping[str, Any],
    recording: Recording,
    pages: tuple[int, ...],
    *,
    is_missing: bool,
) -> Any:
    """The page of a list that an action returns."""
    pagination, input_ = listing.pagination, roots["input"]
    raws = [
        [
            around.raw(listing.raw_item, listing.item_model, number + 1, sparse=number == 1)
            for number in range(size)
        ]
        for size in pages
    ]
    body = around.named(action.raw) if action.raw in around.types else {}
    page = Listing(
        request=action.request,
        pagination=pagination,
        steps=steps_of(pagination.response_path),
        body=without_errors(body, action.request),
        pages=raws,
        own={},
        is_missing=is_missing,
    )
    cursor = input_.get("cursor") if isinstance(input_, dict) else None
    if pagination.counts and cursor is not None and not str(cursor).isdecimal():
        raise ScriptError("cursor is not the next_cursor of an earlier page")
    own = {**limit_parameter(pagination, _limit_in(listing, input_)), **_place(listing, cursor)}
    sent = sent_request(action.request, roots, own, in_body=pagination.in_body, inside=pagination.inside)
    data, headers = page.page(0)
    recording.exchange(sent, data, headers)
    require_list(data, page.steps)
    items = [_item(listing, around, raw) for raw in raws[0]]
    following = _next_cursor(listing, page, cursor)
    if following is None:
        return {listing.field: items}
    return {listing.field: items, "next_cursor": str(following)}


def _item(listing: ListResult, around: Surroundings, raw: Any) -> Any:
    if listing.constant is not None:
        return around.mappers.value(listing.constant, {})
    return around.mappers.record(listing.item_model, raw)


def _place(listing: ListResult, cursor: Any) -> dict[str, Any]:
    pagination = listing.pagination
    if pagination.kind == "none":
        return {}
    if pagination.counts:
        return page_parameters(pagination, offset_at(pagination, cursor))
    if pagination.kind == "link" and cursor:
        # The cursor of an action is the query of a link: its path is that of the request.
        return page_parameters(pagination, f"?{cursor}")
    return page_parameters(pagination, cursor)


def _next_cursor(listing: ListResult, page: Listing, cursor: Any) -> Any:
    """The cursor that an action hands out."""
    pagination, more = listing.pagination, page.leads_on(0)
    if pagination.kind == "total":
        raise UntestableError("a total")
    if pagination.kind == "none" or (has_flag(pagination) and not more):
        return None
    following = next_place(page, offset_at(pagination, cursor) if pagination.counts else None, 0)
    if pagination.kind == "link" and "?" in str(following):
        return str(following).split("?")[1]
    return following
