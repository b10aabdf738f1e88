"""The tests of a sync: pages, an empty list, one that is not there, an error of the API, a later run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...frozen import frozen
from ...spec.integration import Scenario, ScriptTest
from ...spec.patterns import Extended, Selection, Window
from ...spec.requests import CONNECTION, LAST_SYNC_DATE
from .javascript import UNDEFINED
from .recording import NOW, Recording, ScriptError
from .surroundings import REFUSED, connection_of, refused_value, settings_of
from .syncs import LAST_RUN, Plan, SyncRun

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...spec.requests import Request
    from ...spec.syncs import SyncSpec
    from .surroundings import Surroundings

FIRST = Plan()
_OWN_SETTINGS = ("currentStartTime", "lastProcessedId", "totalProcessed", "changedSince")
"""The metadata of the pattern extended that the sync itself writes."""


@frozen
class Case:
    """One test of a sync.

    Attributes:
        name: that of the scenario.
        title: what it shows.
        plan: what the API has.
        metadata: settings other than usual.
        trouble: what is wrong; see ``Recording``.
    """

    name: str
    title: str
    plan: Plan = FIRST
    metadata: Mapping[str, Any] | None = None
    trouble: str = ""


def sync_test(sync: SyncSpec, around: Surroundings) -> ScriptTest:
    """The tests of a sync.

    Raises:
        UntestableError: it does something of which nobody can tell beforehand what comes of it.
    """
    metadata = _metadata(sync, around)
    scenarios = [_scenario(case, sync, metadata, around) for case in _cases(sync)]
    refused = _refused(sync)
    now = NOW if isinstance(sync.pattern, (Window, Extended)) else ""
    return ScriptTest("sync", sync.name, (*scenarios, *refused), now=now)


def _metadata(sync: SyncSpec, around: Surroundings) -> Any:
    metadata = settings_of(sync.metadata, around, sync.requests)
    if isinstance(sync.pattern, Window):
        from .patterns import window_settings

        return {**metadata, **window_settings(sync.pattern.unit)}
    if isinstance(sync.pattern, Extended):
        return {name: value for name, value in metadata.items() if name not in _OWN_SETTINGS}
    return metadata


def _cases(sync: SyncSpec) -> Iterator[Case]:
    yield Case("firstPage", "saves the records of the first page")
    if sync.pagination.kind != "none":
        yield Case("severalPages", "saves the records of several pages", Plan((2, 1)))
    yield Case("empty", "saves nothing of an empty list", Plan((0,)))
    yield Case("noList", "ends where the response has no list", Plan((2,), is_missing=True))
    if sync.deleted and sync.deleted.mark:
        yield Case("deleted", "deletes what is marked as deleted", Plan((2,), has_deleted=True))
    yield from _later_runs(sync)
    yield Case("apiError", "ends with the error of the API", trouble="fails")
    if sync.lookups:
        yield Case("nothingFound", "ends where a look-up finds nothing", trouble="finds nothing")
    if sync.requests[0].graphql:
        yield Case("queryErrors", "ends with the errors of a query", trouble="lists errors")


def _later_runs(sync: SyncSpec) -> Iterator[Case]:
    title = "asks for what changed since the last run"
    if isinstance(sync.pattern, Window):
        # The history is fetched: the metadata leads no further than to the last run.
        later = {"fromDate": LAST_RUN, "toDate": LAST_RUN, "useMetadata": False}
        yield Case("incremental", title, Plan(last_run=LAST_RUN), later)
    elif isinstance(sync.pattern, Extended):
        begun = {
            "currentStartTime": "2024-03-14T12:00:00.000Z",
            "lastProcessedId": "41",
            "totalProcessed": 40,
        }
        yield Case("resumed", "goes on where the run before ended", FIRST, begun)
        if sync.pattern.since_param:
            yield Case("incremental", title, Plan(last_run=LAST_RUN))
    elif sync.incremental and sync.incremental.field:
        title = "saves what changed since the last run, and asks for no more"
        yield Case("incremental", title, Plan((2, 1), last_run=LAST_RUN, older_from=1))
    elif _looks_back(sync):
        yield Case("incremental", title, Plan(last_run=LAST_RUN))


def _looks_back(sync: SyncSpec) -> bool:
    """Whether a later run asks for something else than the first one."""
    is_asked = any(request.reads(LAST_SYNC_DATE) for request in sync.requests)
    has_param = any(fetch.incremental for fetch in sync.saved)
    return is_asked or has_param or sync.deleted_list is not None


def _scenario(case: Case, sync: SyncSpec, usual: Any, around: Surroundings) -> Scenario:
    metadata = usual if case.metadata is None else {**usual, **case.metadata}
    connection = connection_of(_requests(sync))
    recording = Recording(case.trouble)
    run = SyncRun(sync, case.plan, around, recording, {"metadata": metadata, CONNECTION: connection})
    error = ""
    try:
        if sync.pattern is None:
            run.run()
        else:
            from .patterns import run_pattern  # most syncs have none

            run_pattern(run, metadata)
    except ScriptError as end:
        error = str(end)
    played, is_exact = recording.played(
        metadata=metadata,
        connection=connection or UNDEFINED,
        paginate=_paginate(sync) or UNDEFINED,
        lastSyncDate=case.plan.last_run or UNDEFINED,
    )
    return Scenario(case.name, case.title, played, error, is_exact)


def _requests(sync: SyncSpec) -> tuple[Request, ...]:
    return (*sync.requests, *([sync.pattern.item_request] if isinstance(sync.pattern, Selection) else []))


def _refused(sync: SyncSpec) -> Iterator[Scenario]:
    """The run with metadata that its schema refuses."""
    if sync.metadata is None:
        return
    metadata = refused_value(sync.metadata)
    if isinstance(sync.pattern, Selection):
        metadata = {sync.pattern.folders: "of another kind"}
    if metadata is UNDEFINED:
        return
    connection = connection_of(_requests(sync)) or UNDEFINED
    played, _ = Recording().played(metadata=metadata, connection=connection)
    yield Scenario("refusedMetadata", "refuses metadata that does not fit", played, REFUSED)


def _paginate(sync: SyncSpec) -> dict[str, Any]:
    """What Nango's own entry of the provider says of pages, which scripts do not repeat."""
    entries: dict[str, Any] = {}
    for fetch in sync.loops:
        pagination = fetch.pagination
        if pagination.kind in ("cursor", "link", "offset") and not pagination.turns_pages:
            keys = {"type": pagination.kind, **pagination.keys, "response_path": pagination.response_path}
            usual = {key: value for key, value in keys.items() if key not in pagination.written}
            entries.update({key: value for key, value in usual.items() if value != ""})
    return entries
