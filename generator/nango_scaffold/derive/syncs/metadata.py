"""The settings of a connection that a sync reads: said, or made from the places that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...naming.words import pascal
from ..models.default_fields import with_fields
from ..models.json_dates import refuse_dates
from ..requests.placeholders import named_fields
from .patterns import pattern_metadata

if TYPE_CHECKING:

    from ...answers import SyncAnswer
    from ...models.types import Model
    from ..context import Context


def _named(sync: SyncAnswer) -> list[str]:
    """The fields of the metadata that any request of the sync reads, each once, in order."""
    parts = (*sync.requests.values(), sync.children, sync.deleted)
    requests = (sync.request, *(part.request for part in parts if part is not None))
    return list(dict.fromkeys(name for request in requests for name in named_fields(request, "metadata")))


def derive_metadata(sync: SyncAnswer, context: Context) -> Model | None:
    """The metadata model of a sync, ``None`` when it needs none. Rules Y02, Y03.

    A model that the answers name but nobody describes, and one that nobody names though the request reads
    ``${metadata.x}``, is made with the fields the request reads, as texts.

    Raises:
        AnswersError: a model nobody describes, of which nothing is read; one whose values JSON cannot hold.
    """
    if sync.pattern not in (None, "paginated"):
        model = pattern_metadata(sync, context)
        refuse_dates(model, context.book, f"the metadata of {sync.name}")
        return model
    book = context.book
    wanted = _named(sync)
    if sync.metadata is None and not wanted:
        return None
    if sync.metadata is not None and book.has(sync.metadata):
        model = book.model(sync.metadata)
        refuse_dates(model, book, f"the metadata of {sync.name}")
        return model
    if sync.metadata is not None and not wanted:
        raise AnswersError(
            f"there is no model {sync.metadata!r}",
            where=f"{sync.where}.metadata",
            fix=f"describe it under models.{sync.metadata}",
        )
    name = sync.metadata or f"{context.prefix}{pascal(sync.name)}Metadata"
    made = book.make(name, with_fields({}, wanted), fixed=sync.metadata is not None)
    context.guess(
        f"models.{made}",
        ", ".join(f"{field}: string" for field in wanted),
        "the fields that the request reads",
    )
    return book.model(made)
