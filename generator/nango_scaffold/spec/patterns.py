"""The settings of each sync pattern, beyond the request and the model. Conventions, section 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ..frozen import frozen

if TYPE_CHECKING:
    from .requests import Request


@frozen
class Window:
    """Fetch a long history window by window, then what changed. Pattern WT.

    Attributes:
        unit: ``month``, ``week`` or ``day``; windows end on its UTC boundaries.
        lookback_years: how far the first pass reaches back when the metadata names no start.
        from_param: the parameter for the start of a window.
        to_param: the parameter for its end.
        date_format: ``iso``, ``date``, ``epoch_seconds`` or ``epoch_milliseconds``.
    """

    NAME: ClassVar[str] = "window"

    unit: str
    lookback_years: int
    from_param: str
    to_param: str
    date_format: str


@frozen
class Extended:
    """Fetch more than one run can hold: stop before the limit of 24 hours, go on in the next run. Pattern EX.

    Attributes:
        cursor_param: the parameter that holds the cursor.
        cursor_steps: where the next cursor is in the body; empty: the id of the last record is the cursor.
        limit_param: the parameter that holds the size of a batch.
        limit: the size of a batch.
        max_hours: how long a run may last.
        since_param: the parameter by which the API filters on a date; empty when it cannot.
        page: the raw type of a body.
        record_steps: where the records are in it.
        id_steps: where the id is in a record.
    """

    NAME: ClassVar[str] = "extended"

    cursor_param: str
    cursor_steps: tuple[str, ...]
    limit_param: str
    limit: int
    max_hours: float
    since_param: str
    page: str
    record_steps: tuple[str, ...]
    id_steps: tuple[str, ...]


@frozen
class Selection:
    """Fetch what the metadata selects: folders with everything below them, and single items. Pattern SB.

    Attributes:
        folders: the metadata's list of folders.
        items: the metadata's list of single items.
        item_request: fetches one item by its id.
        kind_field: the property of a listed entry that distinguishes folders from items.
        folder_kind: its value for a folder.
        item_kind: its value for an item.
        id_steps: where the id is in a listed entry.
    """

    NAME: ClassVar[str] = "selection"

    folders: str
    items: str
    item_request: Request
    kind_field: str
    folder_kind: str
    item_kind: str
    id_steps: tuple[str, ...]


@frozen
class Configuration:
    """Fetch the fields that the metadata configures, of the models it names. Pattern CB.

    Attributes:
        configurations: the metadata's list of configurations.
        item_model: the model of one of them.
        model_field: its field with the name of the provider's model.
        fields_field: its field with the list of fields.
        name_field: the field of such a field that holds its name.
        id_steps: where the id is in a raw record.
        record_model_field: the field of a saved record with the name of the provider's model.
        record_values_field: the field of a saved record with the values.
    """

    NAME: ClassVar[str] = "configuration"

    configurations: str
    item_model: str
    model_field: str
    fields_field: str
    name_field: str
    id_steps: tuple[str, ...]
    record_model_field: str
    record_values_field: str


Pattern = Window | Extended | Selection | Configuration
