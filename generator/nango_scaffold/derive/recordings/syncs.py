"""Runs of a sync of the paginated pattern: what it asks for, saves and deletes."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from ...frozen import frozen
from ...spec.requests import LAST_SYNC_DATE
from ...spec.syncs import SyncSpec
from ...spec.values import PARENT, RECORD
from .javascript import UNDEFINED, UNKNOWN, UntestableError, date_of, is_nothing, put_at, value_at
from .pages import Listing, play
from .requests import holds, sent_request
from .surroundings import look_up, without_errors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...spec.syncs import Detail, Fetch, Mark
    from .recording import Recording
    from .surroundings import Surroundings

LAST_RUN = "2024-03-10T00:00:00.000Z"
NEW, OLD = 20, 2
"""Numbers of records: those that were changed after the last run, and before it."""


@frozen
class Plan:
    """What the API has when a sync runs.

    Attributes:
        pages: how many records each page of its own list holds.
        is_missing: whether the list is not there.
        last_run: the date of the last run; empty in the first one.
        has_deleted: whether the last record of each page is marked as deleted.
        older_from: the record from which on they were changed before the last run, from 0.
    """

    pages: tuple[int, ...] = (2,)
    is_missing: bool = False
    last_run: str = ""
    has_deleted: bool = False
    older_from: int = 1_000_000


class SyncRun:
    """One run of a sync, written into a recording."""

    def __init__(
        self, sync: SyncSpec, plan: Plan, around: Surroundings, recording: Recording, roots: Mapping[str, Any]
    ) -> None:
        self.sync, self.plan, self.around, self.recording = sync, plan, around, recording
        self.roots = {**roots, LAST_SYNC_DATE: plan.last_run or UNDEFINED}
        self._numbers: dict[str, int] = {}

    def run(self) -> None:
        """Everything that the sync does."""
        sync = self.sync
        self.roots = look_up(sync, self.roots, self.around, self.recording)
        if sync.parents:
            self._walk_parents(sync.parents)
        else:
            body = self.loop(sync, self.roots)
        for other in sync.others:
            # Records with a source come in the response of another loop.
            if not other.source:
                self.loop(other, self.roots)
        # A first run has saved nothing that could be deleted.
        if sync.deleted_list and self.plan.last_run:
            self._delete_listed(sync.deleted_list)
        if sync.saved_fields:
            self._save_metadata(body)

    def _walk_parents(self, parents: Fetch) -> None:
        listing = self.listing(parents, self.raw_pages(parents, (2,)))

        def use(_: Any, entries: Sequence[Any]) -> bool:
            for entry in entries:
                self.loop(self.sync, {**self.roots, PARENT: entry}, parent=entry)
            return True

        play(listing, self.roots, self.recording, use)

    def _delete_listed(self, deleted: Fetch) -> None:
        """The records that the API lists as deleted."""
        assert self.sync.deleted is not None
        steps = self.sync.deleted.id_steps
        (page,) = self.raw_pages(deleted, (2,))
        # By the types an entry may be without an id, but then it would not say what is deleted.
        for index, entry in enumerate(page):
            if is_nothing(value_at(entry, steps)):
                page[index] = put_at(entry, steps, f"gone-{index}")

        def use(_: Any, entries: Sequence[Any]) -> bool:
            self.recording.delete(self.sync.model, [self._id(entry) for entry in entries])
            return True

        play(self.listing(deleted, [page]), self.roots, self.recording, use)

    def _id(self, raw: Any) -> Any:
        """The id of a raw record or of an entry of the list of deleted ones."""
        assert self.sync.deleted is not None
        if self.sync.deleted.id is None:
            return UNKNOWN
        return self.around.mappers.value(self.sync.deleted.id, {"record": raw, RECORD: raw})

    def _save_metadata(self, body: Any) -> None:
        """The settings with which the next run begins."""
        fields = {
            saved.field: UNKNOWN if saved.expression else value_at(body, saved.steps)
            for saved in self.sync.saved_fields
        }
        self.recording.note({name: value for name, value in fields.items() if not is_nothing(value)})

    # One loop.

    def loop(self, fetch: SyncSpec | Fetch, roots: Mapping[str, Any], parent: Any = UNDEFINED) -> Any:
        """Fetch, save and delete the records of one list.

        Returns:
            The last body.
        """
        is_own = isinstance(fetch, SyncSpec)
        pages = self.raw_pages(fetch, self.plan.pages if is_own else (1,))
        listing = self.listing(fetch, [self._listed(fetch, page) for page in pages])
        # A list may hold less of a record than there is of it.
        listed = map(id, chain.from_iterable(listing.pages))
        whole = dict(zip(listed, chain.from_iterable(pages), strict=True))
        last: list[Any] = [None]

        def use(body: Any, records: Sequence[Any]) -> bool:
            last[0] = body
            changed = self._changed(fetch, records)
            self.save(fetch, [(record, whole[id(record)]) for record in changed], roots, parent)
            self._save_parts(fetch, body)
            # The pages come newest first: behind a record from before the last run nothing has changed.
            return len(changed) == len(records)

        play(listing, roots, self.recording, use)
        return last[0]

    def save(
        self,
        fetch: SyncSpec | Fetch,
        records: Sequence[tuple[Any, Any]],
        roots: Mapping[str, Any],
        parent: Any,
    ) -> None:
        """Save some records, each as it is listed and as a whole; and ask for the children of each."""
        mapped, deleted = [], []
        for listed, raw in records:
            # Nobody asks for the details of what is gone.
            if self._is_deleted(fetch, listed):
                deleted.append(self._id(listed))
            else:
                whole = self._detailed(fetch.detail, listed, raw, roots)
                mapped.append(self.mapped(fetch, whole, parent))
        self.recording.save(fetch.model, mapped)
        self.recording.delete(fetch.model, deleted)
        if self.sync.children and isinstance(fetch, SyncSpec):
            for record in mapped:
                self.loop(self.sync.children, {**roots, PARENT: record}, parent=record)

    def mapped(self, fetch: SyncSpec | Fetch, raw: Any, parent: Any = UNDEFINED) -> Any:
        """The record of the model."""
        if fetch.constant is not None:
            return self.around.mappers.value(fetch.constant, {})
        return self.around.mappers.record(fetch.model, raw, parent)

    def _detailed(self, detail: Detail | None, listed: Any, raw: Any, roots: Mapping[str, Any]) -> Any:
        if detail is None:
            return raw
        body = put_at(self.around.named(detail.body) if detail.body else {}, detail.steps, raw)
        sent = sent_request(detail.request, {**roots, "record": listed}, {})
        self.recording.exchange(sent, without_errors(body, detail.request))
        return {**listed, **raw}

    def _save_parts(self, fetch: SyncSpec | Fetch, body: Any) -> None:
        """The records of other models in the same response."""
        for part in self.sync.others:
            if part.source and part.source == fetch.model:
                raws = value_at(body, part.body_steps)
                self.recording.save(part.model, [self.mapped(part, raw) for raw in raws])

    def _changed(self, fetch: SyncSpec | Fetch, records: Sequence[Any]) -> list[Any]:
        steps = fetch.incremental.field if fetch.incremental else ()
        if not steps or not self.plan.last_run:
            return list(records)
        since = date_of(self.plan.last_run)
        return [record for record in records if date_of(value_at(record, steps)) >= since]

    # Raw records.

    def raw_pages(self, fetch: SyncSpec | Fetch, sizes: Sequence[int]) -> list[list[Any]]:
        """Pages of raw records, no two of them alike."""
        return [[self._raw(fetch, index, size) for index in range(size)] for size in sizes]

    def _raw(self, fetch: SyncSpec | Fetch, index: int, size: int) -> Any:
        number = self._numbers[fetch.raw] = self._numbers.get(fetch.raw, 0) + 1
        raw = self.around.raw(fetch.raw, fetch.model, number, sparse=index == 1)
        raw = self._dated(fetch, raw, number)
        mark = self._mark_of(fetch)
        if mark is None:
            return raw
        return self._marked(mark, raw, is_deleted=self.plan.has_deleted and index == size - 1)

    def _mark_of(self, fetch: SyncSpec | Fetch) -> Mark | None:
        """What marks a record of a loop as deleted: only those of the sync's own loop may be."""
        is_own = isinstance(fetch, SyncSpec)
        return self.sync.deleted.mark if self.sync.deleted and is_own else None

    def _dated(self, fetch: SyncSpec | Fetch, raw: Any, number: int) -> Any:
        """The raw record, changed before the last run or after it."""
        steps = fetch.incremental.field if fetch.incremental else ()
        if not steps:
            return raw
        day = OLD if number > self.plan.older_from else NEW
        date = f"2024-03-{day:02d}T09:30:00.000Z"
        if isinstance(value_at(raw, steps), (int, float)):
            return put_at(raw, steps, int(date_of(date).timestamp() * 1000))
        return put_at(raw, steps, date)

    @staticmethod
    def _marked(mark: Mark, raw: Any, *, is_deleted: bool) -> Any:
        if mark.when:
            return _marked_for_expression(mark, raw, is_deleted=is_deleted)
        if is_deleted:
            return put_at(raw, mark.steps, True if mark.value is None else mark.value)
        # A record that is not deleted has the other flag, or no value there at all.
        return put_at(raw, mark.steps, not mark.value if isinstance(mark.value, bool) else None)

    def _is_deleted(self, fetch: SyncSpec | Fetch, raw: Any) -> bool:
        mark = self._mark_of(fetch)
        if mark is None:
            return False
        if mark.when:
            return holds(mark.when, {mark.name: raw})
        value = value_at(raw, mark.steps)
        if mark.value is None:
            return not is_nothing(value)
        return bool(value == mark.value)

    def _listed(self, fetch: SyncSpec | Fetch, page: Sequence[Any]) -> list[Any]:
        """Records as a list has them: where each has details, not with all of them."""
        if fetch.detail is None:
            return list(page)
        read = {variable.field for variable in fetch.detail.request.variables if variable.root == "record"}
        names = {str(fetch.pagination.keys.get("id_path", "id")).split(".")[0], *read}
        if self.sync.deleted and self.sync.deleted.mark:
            names.update(self.sync.deleted.mark.steps[:1])
        if fetch.incremental:
            names.update(fetch.incremental.field[:1])
        return [{name: raw[name] for name in raw if name in names} for raw in page]

    def listing(self, fetch: SyncSpec | Fetch, pages: Sequence[Sequence[Any]]) -> Listing:
        """The list as the API sends it."""
        own: dict[str, Any] = {}
        if fetch.incremental and fetch.incremental.param and self.plan.last_run:
            own[fetch.incremental.param] = self.plan.last_run
        return Listing(
            request=fetch.request,
            pagination=fetch.pagination,
            steps=fetch.body_steps,
            body=self.body(fetch),
            pages=pages,
            own=own,
            is_missing=self.plan.is_missing and isinstance(fetch, SyncSpec),
        )

    def body(self, fetch: SyncSpec | Fetch) -> Any:
        """A body around the list, with the records of other models that are in it."""
        body = self.around.named(fetch.body) if fetch.body in self.around.types else {}
        for part in self.sync.others:
            if part.source and part.source == fetch.model:
                body = put_at(body, part.body_steps, self.raw_pages(part, (1,))[0])
        return without_errors(body, fetch.request)


def _marked_for_expression(mark: Mark, raw: Any, *, is_deleted: bool) -> Any:
    """A raw record that an expression takes for deleted, or does not.

    Raises:
        UntestableError: no value of one of its properties decides that.
    """
    # As most expressions read one property, and a flag or whether something is there, these values are tried.
    for name in raw if isinstance(raw, dict) else ():
        for value in (raw[name], not is_deleted, is_deleted, None):
            changed = put_at(raw, (name,), value)
            if holds(mark.when, {mark.name: changed}) == is_deleted:
                return changed
    raise UntestableError("an expression tells what is deleted")
