"""What the template of a sync is filled with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..derive.pattern_specs import Configuration, Extended, Selection, Window
from ..naming.schemas import schema_name
from .inputs import PARSED, is_all_optional
from .paths import mapper_from_script
from .patterns import (
    ConfigurationView,
    ExtendedView,
    SelectionView,
    WindowView,
    configuration_view,
    extended_view,
    selection_view,
    window_view,
)
from .statements import NANGO, SCHEMAS, at, imports, labelled, nango_call, proxy_config, validation
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
from .values import NULL, mapper_name, property_of

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
        part: the template of everything below the imports.
        imports: import lines.
        comment: lines of the comment above ``fetchData``.
        read_metadata: reads the settings; empty when the sync has none.
        check_metadata: the check of the settings.
        proxy_config: the request object.
        page_type: the type of one raw record, or of the body where there are no pages.
        mapper: the function that makes a record of the model.
        method: the SDK's function for a request without pages.
        records: finds the records in a body, where there are no pages.
        stops: whether the sync ends at the first record older than the last run.
        keep_changed: keeps the records changed since the last run.
        save: saves the records at hand.
        window: the texts of that pattern; ``None`` for another one, as for the three below.
    """

    name: str
    part: str
    imports: tuple[str, ...]
    comment: tuple[str, ...]
    read_metadata: str
    check_metadata: str
    proxy_config: str
    page_type: str
    mapper: str
    method: str
    records: str
    stops: bool
    keep_changed: str
    save: str
    window: WindowView | None = None
    extended: ExtendedView | None = None
    selection: SelectionView | None = None
    configuration: ConfigurationView | None = None


def sync_view(sync: SyncSpec) -> SyncView:
    """Everything the template needs to write a sync."""
    stops = bool(sync.incremental and sync.incremental.field)
    pattern, config = _pattern_views(sync)
    return SyncView(
        name=sync.name,
        part=sync.pattern.NAME if sync.pattern else "single" if sync.body else "paginated",
        imports=_imports(sync),
        comment=tuple(doc_comment([sync.description.strip()])),
        read_metadata=_read_metadata(sync),
        check_metadata=_check_metadata(sync),
        proxy_config=at(1, config),
        page_type=sync.body or sync.raw,
        mapper=mapper_name(sync.model),
        method=sync.request.method.lower(),
        records=at(1, constant("page", chain("response", "data", *sync.body_steps))),
        stops=stops,
        keep_changed=at(2, constant("changed", _changed(sync))) if stops else "",
        save=at(1 if sync.body and not sync.pattern else 2, expression_statement(_save(sync))),
        **pattern,
    )


def _pattern_views(sync: SyncSpec) -> tuple[dict[str, Any], Doc]:
    """The view of the sync's pattern by its name, and the sync's request object."""
    if isinstance(sync.pattern, Window):
        window, config = window_view(sync, sync.pattern)
        return {"window": window}, config
    if isinstance(sync.pattern, Extended):
        extended, config = extended_view(sync, sync.pattern)
        return {"extended": extended}, config
    if isinstance(sync.pattern, Selection):
        selection, config = selection_view(sync, sync.pattern)
        return {"selection": selection}, config
    if isinstance(sync.pattern, Configuration):
        configuration, config = configuration_view(sync, sync.pattern)
        return {"configuration": configuration}, config
    return {}, _proxy_config(sync)


def _read_metadata(sync: SyncSpec) -> str:
    if sync.metadata is None:
        return ""
    return at(1, constant("metadata", nango_call("getMetadata", types=(sync.metadata.name,))))


def _check_metadata(sync: SyncSpec) -> str:
    """The check of the settings; those without a required field may be missing altogether."""
    if sync.metadata is None:
        return ""
    if isinstance(sync.pattern, Selection):
        selected = (
            labelled(sync.pattern.items, Name("items")),
            labelled(sync.pattern.folders, Name("folders")),
        )
        return validation(sync.metadata, ObjectLiteral(selected, expanded=False), 1)
    if is_all_optional(sync.metadata):
        given = Binary(METADATA, "??", ObjectLiteral((), expanded=False))
        is_read = isinstance(sync.pattern, (Window, Extended)) or sync.request.reads("metadata")
        return validation(sync.metadata, given, 1, into="parsed" if is_read else "")
    into = "parsed" if isinstance(sync.pattern, (Window, Extended)) else ""
    return validation(sync.metadata, METADATA, 1, into=into)


def _settings(sync: SyncSpec) -> Expression:
    """What stands for ``${metadata...}``: the settings, or their checked copy where they may be missing."""
    return PARSED if sync.metadata and is_all_optional(sync.metadata) else METADATA


def _imports(sync: SyncSpec) -> tuple[str, ...]:
    names = ["NangoSync", "ProxyConfiguration"] + ([sync.metadata.name] if sync.metadata else [])
    raw = [sync.body or sync.raw]
    if isinstance(sync.pattern, Selection):
        names.append(sync.model)
    if isinstance(sync.pattern, Configuration):
        names.append(sync.pattern.item_model)
    values = {mapper_from_script(sync.model): [mapper_name(sync.model)]}
    if sync.metadata:
        values[SCHEMAS] = [schema_name(sync.metadata.name)]
    return imports(names, raw=raw, values=values)


def _proxy_config(sync: SyncSpec) -> Doc:
    since = sync.incremental.param if sync.incremental else ""
    params = [_since(since)] if since else []
    pagination = None if sync.body else sync.pagination
    return proxy_config(sync.request, {"metadata": _settings(sync)}, pagination=pagination, params=params)


def _since(param: str) -> Spread:
    """``...(nango.lastSyncDate ? { since: nango.lastSyncDate.toISOString() } : {})``: the first run asks for all."""
    last = Member(NANGO, "lastSyncDate")
    sent = Property(param, Call(Member(last, "toISOString")))
    return Spread(
        Conditional(last, ObjectLiteral((sent,), expanded=False), ObjectLiteral((), expanded=False))
    )


def _save(sync: SyncSpec) -> Expression:
    """``await nango.batchSave(page.map(toUser), 'User')``. Rules S07, M01."""
    stops = sync.incremental and sync.incremental.field
    records = Name("records" if isinstance(sync.pattern, Extended) else "changed" if stops else "page")
    turn: Expression = Name(mapper_name(sync.model))
    if isinstance(sync.pattern, Configuration):
        turn = Arrow(("record",), Call(turn, (Name("record"), Name("configuration"))))
    return nango_call("batchSave", Call(Member(records, "map"), (turn,)), Text(sync.model))


def _changed(sync: SyncSpec) -> Expression:
    """``page.filter((record) => !since || new Date(record.updated_at) >= since)``. Rule S06."""
    assert sync.incremental is not None  # only asked for syncs that stop
    field = chain("record", *sync.incremental.field)
    fresh: Expression = Binary(New(Name("Date"), (field,)), ">=", Name(SINCE))
    if sync.incremental.field_may_be_null:
        fresh = Binary(Binary(_safe_chain(sync.incremental.field), "==", NULL), "||", fresh)
    return Call(
        Member(PAGE, "filter"),
        (Arrow(("record",), Binary(Not(Name(SINCE)), "||", fresh)),),
    )


def _safe_chain(steps: tuple[str, ...]) -> Expression:
    """``record.dates?.due_on``: null where anything on the way is."""
    found: Expression = Name("record")
    for index, step in enumerate(steps):
        found = property_of(found, step, optional=index > 0)
    return found
