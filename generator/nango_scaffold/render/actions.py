"""What the template of an action is filled with beside its spec: names, imports, where the input is read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..models.types import Alias, Model
from ..models.walk import referenced_models
from ..spec.actions import CONTENT_TYPE
from .lookups import lookup_views
from .loops import INPUT, Parameters, ReadValues, parameters_of, read_values
from .mappers import mapper_imports, unique
from .syncs import imported_raw_types

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.types import Field
    from ..spec.actions import ActionSpec
    from .lookups import LookupView
    from .mappers import MapperImport


@frozen
class ActionView:
    """One action file.

    Attributes:
        part: the template of what it does with the response: ``record``, ``constant``,
            ``nothing``, ``binary``, ``value`` or ``page``.
        models: the types that it imports from models, and
        raw_types: from types.ts.
        mapped: the mappers it imports.
        checked: the models whose schemas it imports.
        reads_input: whether anything but the check reads the input.
        is_paged: whether its list comes page by page.
        takes_limit: whether the caller says how many records a page holds.
        lookups: the values that it looks up first.
        read_back: what the function is handed that reads what was written; ``None`` where there is none.
        reads: the values of its requests that take a function to be read.
        content_type: the field of the output that says of what type bytes are; ``None`` where there is none.
    """

    name: str
    spec: ActionSpec
    part: str
    models: tuple[str, ...]
    raw_types: tuple[str, ...]
    mapped: tuple[MapperImport, ...]
    checked: tuple[str, ...]
    reads_input: bool
    is_paged: bool
    takes_limit: bool
    lookups: tuple[LookupView, ...]
    read_back: Parameters | None
    reads: ReadValues
    content_type: Field | None


def action_view(action: ActionSpec, stems: Mapping[str, str]) -> ActionView:
    """Everything the template needs to write an action; ``stems``: see `shared_stems`."""
    listing = action.listing
    is_paged = listing is not None and listing.pagination.kind != "none"
    return ActionView(
        name=action.name,
        spec=action,
        part="page" if listing else action.returns,
        models=unique(_models(action)),
        raw_types=imported_raw_types(_raw_types(action)),
        mapped=mapper_imports(_mapped(action), stems),
        checked=unique(of.name for of in (action.input, action.metadata) if of),
        reads_input=_reads_input(action),
        is_paged=is_paged,
        takes_limit=listing is not None and is_paged and listing.takes_limit,
        lookups=lookup_views(action),
        read_back=parameters_of(action, action.read_back.request) if action.read_back else None,
        reads=read_values(action.requests, dates=bool(action.dates)),
        content_type=_content_type(action),
    )


def _reads_input(action: ActionSpec) -> bool:
    if action.listing or action.dates or any(INPUT in check.roots for check in action.checks):
        return True
    return any(request.reads(INPUT) for request in action.requests)


def _raw_types(action: ActionSpec) -> list[str]:
    written = [action.read_back.written] if action.read_back else []
    return [*(lookup.body for lookup in action.lookups), *written, action.raw]


def _models(action: ActionSpec) -> list[str]:
    names = [action.output.name] if action.output else []
    if isinstance(action.input, Model):
        names.append(action.input.name)
    elif isinstance(action.input, Alias):
        names += referenced_models(action.input.type)
    if action.metadata:
        names.append(action.metadata.name)
    names += [lookup.saved.model for lookup in action.lookups if lookup.saved]
    if action.synced:
        names.append(action.synced.model)
    return names


def _mapped(action: ActionSpec) -> tuple[str, ...]:
    """The model whose mapper is called; none where nothing of the response is read."""
    listing = action.listing
    if listing is not None:
        # A record that takes nothing of the response is written in place.
        return (listing.item_model,) if listing.constant is None else ()
    return (action.output.name,) if action.output and action.returns == "record" else ()


def _content_type(action: ActionSpec) -> Field | None:
    """The type of bytes as a field of the output: left out, or empty where it is required, when the API is silent."""
    fields = action.output.shape.fields if action.output and action.returns == "binary" else ()
    return next((field for field in fields if field.name == CONTENT_TYPE), None)
