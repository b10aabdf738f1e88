"""What some actions have beside a request: dates to turn, synced records to look at first."""

from __future__ import annotations

from ..frozen import frozen


@frozen
class InputDate:
    """A field of the input that holds a date. Rule V04.

    Attributes:
        form: how the API takes it: ``iso``, ``date``, ``epoch_seconds`` or ``epoch_milliseconds``.
        optional: whether the field may be absent, or null.
    """

    field: str
    form: str
    optional: bool


@frozen
class Synced:
    """The records of a sync that an action gives back before it asks the live API. Pattern AS.

    Attributes:
        sync: the sync's name.
        model: the model it saves.
        key_variable: the environment variable in Nango that holds a secret key.
        host_variable: the one that holds the address of a self-hosted Nango.
        record_type: a name for the type of a record as Nango keeps it, and
        page_type: for a page of them, which no model has.
    """

    sync: str
    model: str
    key_variable: str
    host_variable: str
    record_type: str
    page_type: str
