"""What the template of a sync is filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..derive.pattern_specs import Configuration, Extended, Selection, Window
from ..frozen import frozen
from ..naming.schemas import schema_name
from .inputs import METADATA, is_all_optional
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
from .statements import SCHEMAS, at, imports, labelled, nango_call, proxy_config, validation
from .typescript import (
    Arrow,
    Binary,
    Call,
    Expression,
    Member,
    Name,
    ObjectLiteral,
    Spread,
    Text,
    constant,
    doc_comment,
    expression_statement,
    layout,
)
from .values import mapper_name
from .webhooks import WebhookView, webhook_view

if TYPE_CHECKING:
    from ..derive.spec import SyncSpec
    from .layout import Doc

_LISTS = ("items", "folders")
"""What the lists of the pattern selection are called in the script."""


@frozen
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
        save: saves the records at hand.
        loops: the texts of a sync of the paginated pattern; ``None`` for another one.
        webhook: what is done with the payload of a webhook; ``None`` for nothing.
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
        read_metadata=_read_metadata(sync),
        check_metadata=_check_metadata(sync),
        proxy_config=at(1, config),
        page_type=sync.body or sync.raw,
        mapper=mapper_name(sync.model),
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
    raw = [sync.body or sync.raw, *(fetch.body or fetch.raw for fetch in fetches)]
    if sync.webhook:
        raw.append(sync.raw)
    if sync.children:
        names.append(sync.children.parent)
    if isinstance(sync.pattern, Selection):
        names.append(sync.model)
    if isinstance(sync.pattern, Configuration):
        names.append(sync.pattern.item_model)
    models = (sync.model, *(fetch.model for fetch in sync.further))
    values = {mapper_from_script(model): [mapper_name(model)] for model in models}
    if sync.metadata:
        values[SCHEMAS] = [schema_name(sync.metadata.name)]
    return imports(names, raw=raw, values=values)


def _config_of(sync: SyncSpec) -> Doc:
    """The request object of a pattern without one of its own."""
    return proxy_config(sync.request, {"metadata": METADATA}, pagination=sync.pagination)


def _save(sync: SyncSpec) -> Expression:
    """``await nango.batchSave(page.map(toUser), 'User')``. Rules S07, M01."""
    records = Name("records" if isinstance(sync.pattern, Extended) else "page")
    turn: Expression = Name(mapper_name(sync.model))
    if isinstance(sync.pattern, Configuration):
        turn = Arrow(("record",), Call(turn, (Name("record"), Name("configuration"))))
    return nango_call("batchSave", Call(Member(records, "map"), (turn,)), Text(sync.model))
