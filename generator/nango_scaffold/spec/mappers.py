"""The types of the third party, and how their records become records of models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from .values import RECORD, reads_in, reads_of

if TYPE_CHECKING:
    from ..models.types import Type
    from .patterns import Configuration
    from .values import Assign, Local


@frozen
class RawType:
    """A type of the third party, for types.ts.

    Attributes:
        name: its name.
        shape: what it declares.
        role: what of the API it is: a ``record``, a ``detail`` of one, the body of a ``look-up``; of a sync the ``body`` of
            a response, the ``nested body`` of a further request, the ``deleted list`` or a ``deleted entry`` of it, the
            ``parents`` that it walks or one ``parent``; of an action a ``page``, a ``response``, the ``file`` that it gets,
            or what the API sends for what was ``written``.
        owner: the model, the sync or the action it belongs to.
        records: of a nested body, the model it is asked for.
    """

    name: str
    shape: Type
    role: str
    owner: str
    records: str = ""


STATUS = "status"
"""The status of a response, as expressions of an action's mapping name it."""
BODY = "body"
"""The whole body of a response, as expressions of a sync's mapping name it."""


@frozen
class Beside:
    """A value that a mapper takes beside the record.

    Attributes:
        name: ``status`` or ``body``.
        type: ``number``, or the raw type of the body.
    """

    name: str
    type: str


@frozen
class Mapper:
    """How a raw record becomes a model's record.

    Attributes:
        parent: the type of the record that the mapper takes beside the raw one; empty for none.
        has_raw_parent: whether that is a raw type: of an entry of a list that is walked.
        beside: what else it takes.
        uses: the models whose mappers this one calls.
        keeps_the_rest: the model has any key (``__string``), so other fields are passed on.
        locals: what is computed before the record.
    """

    model: str
    raw: str
    fields: tuple[Assign, ...]
    uses: tuple[str, ...] = ()
    keeps_the_rest: bool = False
    parent: str = ""
    locals: tuple[Local, ...] = ()
    has_raw_parent: bool = False
    beside: tuple[Beside, ...] = ()


@frozen
class DynamicMapper:
    """How a raw record becomes one whose fields the metadata names. Pattern CB, E10."""

    model: str
    raw: str
    configuration: Configuration
    uses: tuple[str, ...] = ()


def reads_response(mapper: Mapper) -> bool:
    """Whether a mapper reads anything of the raw record."""
    reads = [read for assign in mapper.fields for read in reads_of(assign)]
    reads += [read for local in mapper.locals for read in reads_in(local.value)]
    return mapper.keeps_the_rest or any(read.variable == RECORD for read in reads)


UNREAD = "unknown"
"""The type of a value of which nothing is read."""
