"""Runs of the syncs that follow a pattern: windows, batches, what the metadata selects or configures."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from ...spec.patterns import Configuration, Extended, Selection, Window
from .javascript import UNDEFINED, date_of, is_nothing, iso, moment_as, put_at, text_of, value_at
from .pages import has_flag, offset_at, offset_step, play, require_list
from .recording import NOW
from .requests import sent_request
from .surroundings import look_up, without_errors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .pages import Listing
    from .syncs import SyncRun

START = "2024-01-01T00:00:00.000Z"
"""A Monday, and the first of a month: a boundary of every kind of window."""


def run_pattern(run: SyncRun, metadata: Any) -> None:
    """Everything that a sync with a pattern does; ``metadata``: what it is run with."""
    run.roots = look_up(run.sync, run.roots, run.around, run.recording)
    pattern = run.sync.pattern
    if isinstance(pattern, Window):
        _run_windows(run, pattern, metadata)
    elif isinstance(pattern, Extended):
        _run_batches(run, pattern, metadata)
    elif isinstance(pattern, Selection):
        _run_selection(run, pattern, metadata)
    elif isinstance(pattern, Configuration):
        _run_configurations(run, pattern, metadata)


# Windows.


def window_settings(unit: str) -> dict[str, Any]:
    """Settings by which a pass holds a whole window and a part of the next one."""
    second = next_boundary(unit, date_of(START))
    third = next_boundary(unit, second)
    return {"fromDate": START, "toDate": iso(second + (third - second) / 2), "useMetadata": True}


def next_boundary(unit: str, moment: datetime) -> datetime:
    """The first moment of the unit after the one that a moment lies in."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "day":
        return day + timedelta(days=1)
    if unit == "week":
        return day + timedelta(days=7 - day.weekday())
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _run_windows(run: SyncRun, pattern: Window, metadata: Mapping[str, Any]) -> None:
    # Once the history is fetched, a run is one window from the last run on.
    if run.plan.last_run:
        _save_window(run, pattern, date_of(run.plan.last_run), date_of(NOW))
        run.recording.note({"fromDate": NOW, "toDate": NOW, "useMetadata": False})
        return
    start, end = date_of(metadata["fromDate"]), date_of(metadata["toDate"])
    while start < end:
        to = min(next_boundary(pattern.unit, start), end)
        _save_window(run, pattern, start, to)
        run.recording.note({"fromDate": iso(to), "toDate": iso(end), "useMetadata": to < end})
        start = to


def _save_window(run: SyncRun, pattern: Window, start: datetime, end: datetime) -> None:
    form = pattern.date_format
    span = {pattern.from_param: moment_as(form, start), pattern.to_param: moment_as(form, end)}
    _save_list(run, run.roots, run.raw_pages(run.sync, run.plan.pages), span)


def _save_list(
    run: SyncRun, roots: Mapping[str, Any], pages: Sequence[Sequence[Any]], own: Mapping[str, Any]
) -> None:
    """Save every record of a list, which is asked for again where it is empty."""
    listing = replace(run.listing(run.sync, pages), own=own)

    def use(_: Any, records: Sequence[Any]) -> bool:
        _save(run, records, roots)
        return True

    play(listing, roots, run.recording, use, counts_records=True)


def _save(run: SyncRun, records: Sequence[Any], roots: Mapping[str, Any]) -> None:
    """Save records that are listed as a whole."""
    run.save(run.sync, [(record, record) for record in records], roots, UNDEFINED)


# Batches.


def _run_batches(run: SyncRun, pattern: Extended, metadata: Mapping[str, Any]) -> None:
    settings, since, began = metadata, None, metadata.get("currentStartTime")
    # A run that was stopped before its end is gone on with; any other one begins anew.
    if is_nothing(began):
        settings, since, began = {}, run.plan.last_run or None, NOW
        _note_progress(run, pattern, NOW, since)
    _play_batches(run, pattern, settings, since)
    _note_progress(run, pattern, None, began)


def _note_progress(run: SyncRun, pattern: Extended, began: str | None, since: str | None) -> None:
    """What the metadata says between two passes: when this one began, and since when there are changes to fetch."""
    progress: dict[str, Any] = {"currentStartTime": began, "lastProcessedId": None, "totalProcessed": 0}
    if pattern.since_param:
        progress["changedSince"] = since
    run.recording.note(progress)


def _play_batches(run: SyncRun, pattern: Extended, metadata: Mapping[str, Any], since: Any) -> None:
    pagination = run.sync.pagination
    listing = run.listing(run.sync, run.raw_pages(run.sync, run.plan.pages))
    listing = replace(listing, steps=pattern.record_steps)
    cursor, total, index = metadata.get("lastProcessedId"), metadata.get("totalProcessed", 0), 0
    while True:
        body, headers = listing.page(index)
        # The cursor of the pattern need not be the one by which the list is paged.
        if pattern.cursor_steps and not listing.is_missing:
            body = put_at(body, pattern.cursor_steps, listing.cursor(index))
        own = _batch_parameters(run, pattern, cursor, since)
        sent = sent_request(
            run.sync.request, run.roots, own, in_body=pagination.in_body, inside=pagination.inside
        )
        run.recording.exchange(sent, body, headers)
        require_list(body, pattern.record_steps)
        records = listing.records(index)
        _save(run, records, run.roots)
        total += len(records)
        cursor = _next_cursor(run, pattern, cursor, body, records)
        run.recording.note({"lastProcessedId": cursor, "totalProcessed": total})
        if not records or cursor is None or not _has_more(listing, index, cursor, total):
            return
        index += 1


def _has_more(listing: Listing, index: int, cursor: Any, total: int) -> bool:
    """Whether the body of a batch says that there are more."""
    pagination = listing.pagination
    if has_flag(pagination) and not listing.leads_on(index):
        return False
    if pagination.kind != "total":
        return True
    if pagination.keys["total_unit"] == "pages":
        return int(cursor) - offset_at(pagination) < listing.total
    return total < listing.total


def _is_counted(run: SyncRun) -> bool:
    return run.sync.pagination.turns_pages and run.sync.pagination.counts


def _batch_parameters(run: SyncRun, pattern: Extended, cursor: Any, since: Any) -> dict[str, Any]:
    parameters = {pattern.limit_param: pattern.limit}
    if since:
        parameters[pattern.since_param] = since
    if _is_counted(run):
        parameters[pattern.cursor_param] = offset_at(run.sync.pagination, cursor)
    elif cursor:
        parameters[pattern.cursor_param] = cursor
    return parameters


def _next_cursor(run: SyncRun, pattern: Extended, cursor: Any, body: Any, records: Sequence[Any]) -> Any:
    pagination = run.sync.pagination
    if pattern.cursor_steps:
        value = value_at(body, pattern.cursor_steps)
    elif _is_counted(run):
        # The metadata holds a cursor of any kind as a string.
        return str(offset_at(pagination, cursor) + offset_step(pagination, records))
    else:
        value = value_at(records[-1] if records else UNDEFINED, pattern.id_steps)
    return None if is_nothing(value) else text_of(value)


# Selections.


def _run_selection(run: SyncRun, pattern: Selection, metadata: Mapping[str, Any]) -> None:
    for folder in metadata[pattern.folders]:
        _save_folder(run, pattern, folder, has_folders=len(run.plan.pages) > 1)
    for item in metadata[pattern.items]:
        _save_item(run, pattern, item)


def _save_folder(run: SyncRun, pattern: Selection, folder: str, *, has_folders: bool) -> None:
    roots = {**run.roots, "folder": folder}
    pages = [
        [put_at(raw, (pattern.kind_field,), pattern.item_kind) for raw in page]
        for page in run.raw_pages(run.sync, run.plan.pages)
    ]
    if has_folders:
        below = put_at(pages[0][-1], (pattern.kind_field,), pattern.folder_kind)
        pages[0][-1] = put_at(below, pattern.id_steps, f"below-{folder}")
    entries: list[Any] = []

    def use(_: Any, records: Sequence[Any]) -> bool:
        entries.extend(records)
        return True

    listing = run.listing(run.sync, pages)
    play(listing, roots, run.recording, use, counts_records=True)
    # The pages of a folder first: the folders below it are only gone into when all of it is listed.
    _save(run, [entry for entry in entries if entry[pattern.kind_field] == pattern.item_kind], roots)
    for entry in entries:
        if entry[pattern.kind_field] == pattern.folder_kind:
            _save_folder(run, pattern, text_of(value_at(entry, pattern.id_steps)), has_folders=False)


def _save_item(run: SyncRun, pattern: Selection, item: str) -> None:
    roots = {**run.roots, "item": item}
    raw = run.raw_pages(run.sync, (1,))[0][0]
    sent = sent_request(pattern.item_request, roots, {})
    run.recording.exchange(sent, without_errors(raw, pattern.item_request))
    _save(run, [raw], roots)


# Configurations.


def _run_configurations(run: SyncRun, pattern: Configuration, metadata: Mapping[str, Any]) -> None:
    for configuration in metadata[pattern.configurations]:
        model = configuration[pattern.model_field]
        fields = configuration[pattern.fields_field]
        names = [field[pattern.name_field] if pattern.name_field else field for field in fields]
        roots = {**run.roots, "configuration": model, "fields": ",".join(map(text_of, names))}
        _save_configured(run, pattern, model, [text_of(name) for name in names], roots)


def _save_configured(
    run: SyncRun, pattern: Configuration, model: str, names: Sequence[str], roots: Mapping[str, Any]
) -> None:
    numbers = count(1)

    def configured_raw(number: int) -> Any:
        return put_at({name: f"{name} of {number}" for name in names}, pattern.id_steps, f"id-{number}")

    pages = [[configured_raw(next(numbers)) for _ in range(size)] for size in run.plan.pages]

    def use(_: Any, records: Sequence[Any]) -> bool:
        run.recording.save(run.sync.model, [_configured(pattern, model, names, raw) for raw in records])
        return True

    play(run.listing(run.sync, pages), roots, run.recording, use, counts_records=True)


def _configured(
    pattern: Configuration, model: str, names: Sequence[str], raw: Mapping[str, Any]
) -> dict[str, Any]:
    values = {name: raw.get(name, UNDEFINED) for name in names}
    id_ = text_of(value_at(raw, pattern.id_steps))
    return {"id": id_, pattern.record_model_field: model, pattern.record_values_field: values}
