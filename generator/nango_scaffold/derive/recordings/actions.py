"""The tests of an action: success, a refused input, an error of the API, and of a list its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ...models.types import Model, is_nullable
from ...models.walk import definition_type
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
from .surroundings import REFUSED, connection_of, fitted, look_up, refused_value, settings_of, without_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...spec.actions import ActionSpec, Check, ListResult, ReadBack, Synced
    from ...spec.requests import Pagination
    from .requests import Roots
    from .surroundings import Surroundings


def action_test(action: ActionSpec, around: Surroundings) -> ScriptTest:
    """The tests of an action.

    Raises:
        UntestableError: it does something of which nobody can tell beforehand what comes of it.
    """
    if action.returns == "binary":
        raise UntestableError("bytes")
    scenarios = tuple(_ActionTests(action, around).scenarios())
    takes_input, has_output = action.input is not None, action.output is not None
    return ScriptTest("action", action.name, scenarios, takes_input=takes_input, has_output=has_output)


class _ActionTests:
    """The tests of one action."""

    def __init__(self, action: ActionSpec, around: Surroundings) -> None:
        self._action, self._around = action, around
        self._metadata = settings_of(action.metadata, around, action.requests)
        self._connection = connection_of(action.requests)

    def scenarios(self) -> Iterator[Scenario]:
        action, input_ = self._action, self._input()
        if action.listing and action.listing.pagination.kind != "none":
            yield from self._pages(action.listing, input_)
            # From here on every test asks for the first page.
            input_ = _without_cursor(input_)
        else:
            is_silent = action.returns == "nothing"
            title = "sends what it is called for" if is_silent else "returns what the API sends"
            yield self._played(input_, "success", title)
        if action.listing:
            yield self._played(input_, "noList", "ends where the response has no list", is_missing=True)
        yield from self._troubles(input_)
        if action.synced:
            yield self._saved_records(action.listing, action.synced, input_)
        yield from self._refusals(input_)

    def _input(self) -> Any:
        action = self._action
        if action.input is None:
            return UNDEFINED
        value = self._around.value(definition_type(action.input), action.input.name)
        value = fitted(value, "input", action.requests)
        for date in action.dates:
            value = put_at(value, (date.field,), "2024-03-05T09:30:00.000Z")
        if action.listing and isinstance(value, dict) and "limit" in value:
            value["limit"] = 2
        return value

    def _pages(self, listing: ListResult, input_: Any) -> Iterator[Scenario]:
        first = _without_cursor(input_)
        title = "returns the first page, and where the next one begins"
        yield self._played(first, "firstPage", title, pages=(2, 1))
        if _names_its_end(listing.pagination):
            yield self._played(first, "lastPage", "returns the last page", pages=(2,))
        if isinstance(input_, dict) and isinstance(input_.get("cursor"), str):
            yield from self._later_page(listing.pagination, first)

    def _later_page(self, pagination: Pagination, input_: dict[str, Any]) -> Iterator[Scenario]:
        """The page that a cursor asks for."""
        later = {**input_, "cursor": "2" if pagination.counts else "cursor-2"}
        if pagination.kind == "link":
            later["cursor"] = "page=2"
        if pagination.kind != "total":
            yield self._played(later, "laterPage", "asks for the page of a cursor", pages=(2,))
        if pagination.counts:
            invalid = {**input_, "cursor": "no number"}
            title = "refuses a cursor that no page has given"
            yield self._played(invalid, "wrongCursor", title, pages=(2,))

    def _troubles(self, input_: Any) -> Iterator[Scenario]:
        yield self._played(input_, "apiError", "ends with the error of the API", trouble="fails")
        if self._action.lookups:
            title = "ends where a look-up finds nothing"
            yield self._played(input_, "nothingFound", title, trouble="finds nothing")
        if self._action.requests[0].graphql:
            title = "ends with the errors of a query"
            yield self._played(input_, "queryErrors", title, trouble="lists errors")

    def _saved_records(self, listing: ListResult | None, synced: Synced, input_: Any) -> Scenario:
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
        records = [self._around.named(synced.model, number) for number in (1, 2)]
        stored = [{**record, "_nango_metadata": {"last_action": "ADDED"}} for record in records]
        recording, following = Recording(), None
        output: dict[str, Any] = {listing.field: records}
        if listing.pagination.kind != "none":
            # Marked as a cursor of Nango's: one of the API's own leads to the API.
            following = "saved-2"
            output["next_cursor"] = f"synced:{following}"
        recording.exchange(sent, {"records": stored, "next_cursor": following})
        played, _ = self._recorded(input_, recording)
        variables = [{"name": synced.key_variable, "value": "secret-key-1"}]
        played = {**played, "variables": variables, "output": output}
        return Scenario(
            "savedRecords", "returns what the sync saved, where there is a key to read it", played
        )

    def _refusals(self, input_: Any) -> Iterator[Scenario]:
        action = self._action
        invalid = refused_value(action.input) if action.input else UNDEFINED
        if invalid is not UNDEFINED:
            played, _ = self._recorded(invalid, Recording())
            yield Scenario("refusedInput", "refuses an input that does not fit", played, REFUSED)
        for number, check in enumerate(action.checks, 1):
            yield from self._unchecked(input_, check, number)
        fields = action.metadata.shape.fields if action.metadata else ()
        required = [field.name for field in fields if not (field.optional or is_nullable(field.type))]
        if required:
            played, _ = self._recorded(input_, Recording())
            played["metadata"] = {}
            message = f"The connection's metadata does not set {required[0]}"
            yield Scenario("refusedMetadata", "refuses metadata that is not set", played, message)

    def _unchecked(self, input_: Any, check: Check, number: int) -> Iterator[Scenario]:
        """An input that its schema takes and a check does not: one without some optional fields."""
        if not isinstance(input_, dict) or not isinstance(self._action.input, Model):
            return
        needed = [field.name for field in self._action.input.shape.fields if not field.optional]
        short = {name: value for name, value in input_.items() if name in needed}
        if not holds(check.unless, {"input": short, "metadata": self._metadata}):
            yield self._played(short, f"unchecked{number}", f"refuses an input that fails check {number}")

    def _recorded(self, input_: Any, recording: Recording) -> tuple[dict[str, Any], bool]:
        connection = self._connection or UNDEFINED
        return recording.played(input=input_, metadata=self._metadata, connection=connection)

    def _played(
        self,
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
            output = self._output(input_, recording, pages, is_missing=is_missing)
        except ScriptError as end:
            error = str(end)
        played, is_exact = self._recorded(input_, recording)
        if output is not UNDEFINED:
            played["output"], is_known = known(output)
            is_exact = is_exact and is_known
            if played["output"] is UNKNOWN:
                raise UntestableError("the output")
        return Scenario(name, title, played, error, is_exact)

    def _output(self, input_: Any, recording: Recording, pages: tuple[int, ...], *, is_missing: bool) -> Any:
        action = self._action
        roots = {
            "input": input_,
            "metadata": self._metadata,
            CONNECTION: self._connection,
            "dates": _dates(action, input_),
        }
        for check in action.checks:
            if not holds(check.unless, roots):
                raise ScriptError(check.message)
        roots = look_up(action, roots, self._around, recording)
        if action.listing:
            return self._listed(action.listing, roots, recording, pages, is_missing=is_missing)
        body = self._body()
        if action.read_back is None:
            recording.exchange(sent_request(action.request, roots, {}), body)
        else:
            self._read_back(action.read_back, roots, recording, body)
        return self._result(body)

    def _body(self) -> Any:
        """A response in which everything is there."""
        action, steps = self._action, steps_of(self._action.response_path)
        body = self._around.named(action.raw) if action.raw else {}
        if action.returns == "record" and action.output and action.constant is None:
            raw = value_at(body, steps)
            body = put_at(body, steps, self._around.mappers.fitting(action.output.name, raw, 1))
        return without_errors(body, action.read_back.request if action.read_back else action.request)

    def _read_back(self, read_back: ReadBack, roots: Roots, recording: Recording, body: Any) -> None:
        request = self._action.request
        written = self._around.named(read_back.written) if read_back.written else {}
        recording.exchange(sent_request(request, roots, {}), without_errors(written, request))
        recording.exchange(sent_request(read_back.request, {**roots, "response": written}, {}), body)

    def _result(self, body: Any) -> Any:
        action = self._action
        if action.returns == "nothing" or action.output is None:
            return UNDEFINED
        if action.constant is not None:
            return self._around.mappers.value(action.constant, {})
        value = value_at(body, steps_of(action.response_path))
        if action.returns == "value":
            return {action.output.shape.fields[0].name: value}
        if action.returns != "record":
            raise UntestableError(f"an action that returns {action.returns}")
        return self._around.mappers.record(action.output.name, value)

    def _listed(
        self,
        listing: ListResult,
        roots: Roots,
        recording: Recording,
        pages: tuple[int, ...],
        *,
        is_missing: bool,
    ) -> Any:
        """The page of a list that an action returns."""
        request, pagination, input_ = self._action.request, listing.pagination, roots["input"]
        page = self._page(listing, pages, is_missing=is_missing)
        cursor = input_.get("cursor") if isinstance(input_, dict) else None
        if pagination.counts and cursor is not None and not str(cursor).isdecimal():
            raise ScriptError("cursor is not the next_cursor of an earlier page")
        own = {**limit_parameter(pagination, _limit_in(listing, input_)), **_place(pagination, cursor)}
        sent = sent_request(request, roots, own, in_body=pagination.in_body, inside=pagination.inside)
        body, headers = page.page(0)
        recording.exchange(sent, body, headers)
        require_list(body, page.steps)
        output: dict[str, Any] = {listing.field: [self._item(listing, raw) for raw in page.records(0)]}
        following = _next_cursor(page, cursor)
        if following is not None:
            output["next_cursor"] = str(following)
        return output

    def _page(self, listing: ListResult, sizes: tuple[int, ...], *, is_missing: bool) -> Listing:
        action, around = self._action, self._around

        def raw(index: int) -> Any:
            return around.raw(listing.raw_item, listing.item_model, index + 1, sparse=index == 1)

        body = around.named(action.raw) if action.raw in around.types else {}
        return Listing(
            request=action.request,
            pagination=listing.pagination,
            steps=steps_of(listing.pagination.response_path),
            body=without_errors(body, action.request),
            pages=[[raw(index) for index in range(size)] for size in sizes],
            own={},
            is_missing=is_missing,
        )

    def _item(self, listing: ListResult, raw: Any) -> Any:
        if listing.constant is not None:
            return self._around.mappers.value(listing.constant, {})
        return self._around.mappers.record(listing.item_model, raw)


def _without_cursor(input_: Any) -> Any:
    if not isinstance(input_, dict):
        return input_
    return {name: value for name, value in input_.items() if name != "cursor"}


def _names_its_end(pagination: Pagination) -> bool:
    """Whether a page itself says that it is the last one."""
    return has_flag(pagination) or pagination.kind in ("cursor", "link", "graphql")


def _saved_limit(listing: ListResult, input_: Any) -> dict[str, str]:
    """The records that are asked for at once."""
    if listing.pagination.kind == "none":
        return {"limit": "1000"}
    limit = _limit_in(listing, input_)
    return {"limit": text_of(limit)} if limit else {}


def _limit_in(listing: ListResult, input_: Any) -> Any:
    """The records a page that the input asks for; ``None`` where it does not say."""
    return input_.get("limit") if listing.takes_limit and isinstance(input_, dict) else None


def _dates(action: ActionSpec, input_: Any) -> dict[str, Any]:
    dates: dict[str, Any] = {}
    for date in action.dates:
        value = value_at(input_, (date.field,))
        if not is_nothing(value):
            dates[date.field] = moment_as(date.form, date_of(value))
    return dates


def _place(pagination: Pagination, cursor: Any) -> dict[str, Any]:
    if pagination.kind == "none":
        return {}
    if pagination.counts:
        return page_parameters(pagination, offset_at(pagination, cursor))
    if pagination.kind == "link" and cursor:
        # The cursor of an action is the query of a link: its path is that of the request.
        return page_parameters(pagination, f"?{cursor}")
    return page_parameters(pagination, cursor)


def _next_cursor(page: Listing, cursor: Any) -> Any:
    """The cursor that an action hands out."""
    pagination = page.pagination
    if pagination.kind == "total":
        raise UntestableError("a total")
    if pagination.kind == "none" or (has_flag(pagination) and not page.leads_on(0)):
        return None
    following = next_place(page, offset_at(pagination, cursor) if pagination.counts else None, 0)
    if pagination.kind == "link" and "?" in str(following):
        return str(following).split("?")[1]
    return following
