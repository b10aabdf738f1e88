"""What the template of a sync is filled with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..naming.schemas import schema_name
from .paths import mapper_from_script
from .statements import NANGO, SCHEMAS, at, imports, nango_call, proxy_config, validation
from .typescript import (
    Arrow,
    Binary,
    Call,
    Conditional,
    Expression,
    Member,
    Name,
    New,
    Not,
    ObjectLiteral,
    Property,
    Spread,
    Text,
    constant,
    doc_comment,
    expression_statement,
)
from .typescript import path as chain
from .values import NULL, mapper_name

if TYPE_CHECKING:
    from ..derive.spec import SyncSpec
    from .layout import Doc

METADATA = Name("metadata")
PAGE = Name("page")
SINCE = "since"


@dataclass(frozen=True)
class SyncView:
    """The texts of one sync file; each statement is laid out for the place it has in the template.

    Attributes:
        imports: import lines.
        comment: lines of the comment above ``fetchData``.
        metadata_type: the model of the settings; empty when the sync has none.
        check_metadata: the check of the settings.
        proxy_config: the request object.
        page_type: the type of one raw record.
        stops: whether the sync ends at the first record older than the last run.
        keep_changed: the statement that keeps the records changed since the last run.
        save: the statement that saves a page.
    """

    name: str
    imports: tuple[str, ...]
    comment: tuple[str, ...]
    metadata_type: str
    read_metadata: str
    check_metadata: str
    proxy_config: str
    page_type: str
    pages: bool
    stops: bool
    keep_changed: str
    save: str


def sync_view(sync: SyncSpec) -> SyncView:
    """Everything the template needs to write a sync."""
    stops = bool(sync.incremental and sync.incremental.field)
    metadata = sync.metadata
    return SyncView(
        name=sync.name,
        imports=_imports(sync),
        comment=tuple(doc_comment([sync.description.strip()])),
        metadata_type=metadata.name if metadata else "",
        read_metadata=(
            at(1, constant("metadata", nango_call("getMetadata", types=(metadata.name,)))) if metadata else ""
        ),
        check_metadata=validation(metadata, METADATA, 1) if metadata else "",
        proxy_config=at(1, _proxy_config(sync)),
        page_type=sync.raw,
        pages=sync.pagination.kind != "none",
        stops=stops,
        keep_changed=at(2, constant("changed", _changed(sync))) if stops else "",
        save=at(2, expression_statement(_save(sync, Name("changed") if stops else PAGE))),
    )


def _imports(sync: SyncSpec) -> tuple[str, ...]:
    names = ["NangoSync", "ProxyConfiguration"] + ([sync.metadata.name] if sync.metadata else [])
    values = {mapper_from_script(sync.model): [mapper_name(sync.model)]}
    if sync.metadata:
        values[SCHEMAS] = [schema_name(sync.metadata.name)]
    return imports(names, raw=[sync.raw], values=values)


def _proxy_config(sync: SyncSpec) -> Doc:
    since = sync.incremental.param if sync.incremental else ""
    params = [_since(since)] if since else []
    return proxy_config(sync.request, {"metadata": METADATA}, pagination=sync.pagination, params=params)


def _since(param: str) -> Spread:
    """``...(nango.lastSyncDate ? { since: nango.lastSyncDate.toISOString() } : {})``: the first run asks for all."""
    last = Member(NANGO, "lastSyncDate")
    sent = Property(param, Call(Member(last, "toISOString")))
    return Spread(
        Conditional(last, ObjectLiteral((sent,), expanded=False), ObjectLiteral((), expanded=False))
    )


def _save(sync: SyncSpec, records: Expression) -> Expression:
    """``await nango.batchSave(page.map(toUser), 'User')``. Rules S07, M01."""
    mapped = Call(Member(records, "map"), (Name(mapper_name(sync.model)),))
    return nango_call("batchSave", mapped, Text(sync.model))


def _changed(sync: SyncSpec) -> Expression:
    """``page.filter((record) => !since || new Date(record.updated_at) >= since)``. Rule S06."""
    assert sync.incremental is not None  # only asked for syncs that stop
    field = chain("record", *sync.incremental.field)
    fresh: Expression = Binary(New(Name("Date"), (field,)), ">=", Name(SINCE))
    if sync.incremental.field_may_be_null:
        fresh = Binary(Binary(field, "==", NULL), "||", fresh)
    return Call(
        Member(PAGE, "filter"),
        (Arrow(("record",), Binary(Not(Name(SINCE)), "||", fresh)),),
    )
