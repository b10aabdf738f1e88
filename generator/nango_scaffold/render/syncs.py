"""What the template of a sync is filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..naming.schemas import schema_name
from ..spec.patterns import Configuration, Extended, Selection, Window
from ..typescript.printer import (
    Arrow,
    Binary,
    Call,
    Expression,
    Member,
    Name,
    ObjectLiteral,
    Spread,
    Template,
    Text,
    constant,
    doc_comment,
    expression_statement,
    layout,
)
from .inputs import METADATA, is_all_optional
from .lists import ListView, list_view
from .loops import LoopsView, loops_view
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
from .values import mapper_name, record_maker
from .webhooks import WebhookView, webhook_view

if TYPE_CHECKING:
    from ..spec.syncs import Fetch, SyncSpec
    from ..typescript.printer.layout import Doc

_LISTS = ("items", "folders")
"""What the lists of the pattern selection are called in the script."""


@frozen
class SyncView:
    """The texts of one sync file; each statement is laid out for the place it has in the template.

    Attributes:
        part: the template of everything below the imports.
        imports: import lines.
        comment: lines of the comment above ``fetchData``.
        asks_for_all: the statement that tells of a run that asks for everything; empty where it asks for changes.
        read_metadata: reads the settings; empty when the sync has none.
        check_metadata: the check of the settings.
        proxy_config: the request object.
        page_type: the type of one raw record, or of the body where there are no pages.
        mapper: the function that makes a record of the model.
        list: makes sure that the list is there.
        save: saves the records at hand.
        loops: the texts of a sync of the paginated pattern; ``None`` for another one.
        webhook: what is done with the payload of a webhook; ``None`` for nothing.
        window: the texts of that pattern; ``None`` for another one, as for the three below.
    """

    name: str
    part: str
    imports: tuple[str, ...]
    comment: tuple[str, ...]
    asks_for_all: str
    read_metadata: str
    check_metadata: str
    proxy_config: str
    page_type: str
    mapper: str
    list: ListView
    save: str
    loops: LoopsView | None = None
    webhook: WebhookView | None = None
    window: WindowView | None = None
    extended: ExtendedView | None = None
    selection: SelectionView | None = None
    configuration: ConfigurationView | None = None


def sync_view(sync: SyncSpec) -> SyncView:
    """Everything the template needs to write a sync."""
    pattern, config = _pattern_views(sync)
    return SyncView(
        name=sync.name,
        part=sync.pattern.NAME if sync.pattern else "paginated",
        imports=_imports(sync),
        comment=tuple(doc_comment([sync.description.strip()])),
        asks_for_all=_asks_for_all(sync),
        read_metadata=_read_metadata(sync),
        check_metadata=_check_metadata(sync),
        proxy_config=at(1, config),
        page_type=sync.body if isinstance(sync.pattern, Extended) else sync.raw,
        mapper=mapper_name(sync.model),
        list=list_view(sync, 2 if isinstance(sync.pattern, Selection) else 1),
        save=at(2, expression_statement(_save(sync))),
        loops=None if sync.pattern else loops_view(sync),
        webhook=webhook_view(sync),
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
    return {}, _config_of(sync)


def _asks_for_all(sync: SyncSpec) -> str:
    """Says in the log of an incremental sync that the date of the last run is of no use to the API. Rule S06."""
    if sync.sync_type != "incremental" or sync.incremental is not None:
        return ""
    last = Binary(
        Call(Member(Member(NANGO, "lastSyncDate"), "toISOString", optional=True)), "??", Text("never")
    )
    told = Template(("Asks for everything; the last run was: ", last))
    return at(1, expression_statement(nango_call("log", told)))


def _read_metadata(sync: SyncSpec) -> str:
    """The settings; a connection may have none at all where no field of them is required."""
    if sync.metadata is None:
        return ""
    read = nango_call("getMetadata", types=(sync.metadata.name,))
    if isinstance(sync.pattern, Selection) or not is_all_optional(sync.metadata):
        return at(1, constant("metadata", read))
    some = Binary(Name(f"({at(1, layout(read))})"), "??", ObjectLiteral((), expanded=False))
    return at(1, constant("metadata", some, type_name=sync.metadata.name))


def _check_metadata(sync: SyncSpec) -> str:
    """The check of the settings; the pattern selection takes lists that are missing for empty ones."""
    if sync.metadata is None:
        return ""
    if not isinstance(sync.pattern, Selection):
        return validation(sync.metadata, METADATA, 1)
    others = (Spread(METADATA),) if len(sync.metadata.shape.fields) > len(_LISTS) else ()
    lists = (labelled(getattr(sync.pattern, name), Name(name)) for name in _LISTS)
    return validation(sync.metadata, ObjectLiteral((*others, *lists), expanded=False), 1)


def _imports(sync: SyncSpec) -> tuple[str, ...]:
    names = ["NangoSync", "ProxyConfiguration"] + ([sync.metadata.name] if sync.metadata else [])
    listing = sync.deleted.listing if sync.deleted else None
    fetches = (*sync.further, *([listing] if listing else ()))
    raw = [name for fetch in (sync, *fetches) for name in _raw_types(fetch)]
    if sync.webhook:
        raw.append(sync.raw)
    if sync.children:
        names.append(sync.children.parent)
    if isinstance(sync.pattern, Selection):
        names.append(sync.model)
    if isinstance(sync.pattern, Configuration):
        names.append(sync.pattern.item_model)
    saved: tuple[SyncSpec | Fetch, ...] = (sync, *sync.further)
    mapped = [fetch.model for fetch in saved if fetch.constant is None]
    values = {mapper_from_script(model): [mapper_name(model)] for model in mapped}
    if sync.metadata:
        values[SCHEMAS] = [schema_name(sync.metadata.name)]
    return imports(names, raw=raw, values=values)


def _raw_types(fetch: Fetch | SyncSpec) -> tuple[str, ...]:
    """The raw types that a loop names: of its pages, and of the whole body that it looks at."""
    is_paged = fetch.is_paged and not isinstance(getattr(fetch, "pattern", None), Extended)
    return (fetch.raw, fetch.body) if is_paged else (fetch.body,)


def _config_of(sync: SyncSpec) -> Doc:
    """The request object of a pattern without one of its own."""
    return proxy_config(sync.request, {"metadata": METADATA}, pagination=sync.pagination)


def _save(sync: SyncSpec) -> Expression:
    """``await nango.batchSave(page.map(toUser), 'User')``. Rules S07, M01."""
    records = Name("records" if isinstance(sync.pattern, Extended) else "page")
    turn = record_maker(sync.model, sync.constant)
    if isinstance(sync.pattern, Configuration):
        sources = (Name("record"), Name("configuration"))
        turn = Arrow(("record",), Call(Name(mapper_name(sync.model)), sources))
    return nango_call("batchSave", Call(Member(records, "map"), (turn,)), Text(sync.model))
