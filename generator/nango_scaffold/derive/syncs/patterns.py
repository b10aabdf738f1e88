"""The sync patterns: what a run of each asks for, and the settings of each.

Source: conventions, section 2, where each pattern's elements are listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...models.types import Primitive
from ...spec.patterns import Configuration, Extended, Selection, Window

if TYPE_CHECKING:
    from ...answers import SyncAnswer
    from ...models.types import Model
    from ...spec.patterns import Pattern
    from ...spec.requests import Pagination, Request
    from ..context import Context
    from ..requests.roots import Roots

TEXT = Primitive("string")


def is_incremental(pattern: str | None) -> bool:
    """Whether a run of the pattern sees only a part of the records, so that a record it does not see is not deleted."""
    return pattern in (Window.NAME, Extended.NAME)


def is_always_full(pattern: str | None) -> bool:
    """Whether a run of the pattern asks for everything each time, and has no use for lastSyncDate."""
    return pattern in (Selection.NAME, Configuration.NAME)


def pattern_roots(pattern: str | None) -> dict[str, Any]:
    """The roots of templates in the paths of a pattern, beside ``${metadata.x}``."""
    if pattern == Selection.NAME:
        return {"folder": TEXT, "item": TEXT}
    return {"configuration": TEXT, "fields": TEXT} if pattern == Configuration.NAME else {}


def pattern_path(pattern: str | None, many: str) -> str:
    """The default path of a sync of this pattern."""
    if pattern == Selection.NAME:
        return "/folders/${folder}/items"
    return "/${configuration}" if pattern == Configuration.NAME else f"/{many}"


def derive_pattern(
    sync: SyncAnswer,
    metadata: Model | None,
    model: Model,
    request: Request,
    pagination: Pagination,
    roots: Roots,
    context: Context,
) -> Pattern | None:
    """The pattern of a sync, beyond its request; ``None`` for the paginated one.

    Raises:
        AnswersError: settings, or models, that do not fit the pattern.
    """
    _refuse_settings_of_others(sync)
    if metadata is None or sync.is_paginated:
        return None
    # Extended asks for batches by parameters of its own, which need no pagination.
    if pagination.kind == "none" and sync.pattern != Extended.NAME:
        raise AnswersError(
            f"the pattern {sync.pattern} reads page by page",
            where=f"{sync.where}.request.paginate.type",
            accepted=("link", "cursor", "offset"),
        )
    from .pattern_settings import settings_of  # most syncs are paginated

    return settings_of(sync, metadata, model, request, pagination, roots, context)


def _refuse_settings_of_others(sync: SyncAnswer) -> None:
    for name in (Window.NAME, Extended.NAME, Selection.NAME, Configuration.NAME):
        if getattr(sync, name) is not None and sync.pattern != name:
            raise AnswersError(
                f"these are settings of the pattern {name}",
                where=f"{sync.where}.{name}",
                fix=f"write `pattern: {name}`",
            )
