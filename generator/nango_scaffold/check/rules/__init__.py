"""The rules, group by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import (
    actions,
    api_calls,
    endpoints,
    entries,
    guesses,
    imports,
    layout,
    mappers,
    models,
    names,
    syncs,
    types,
    validation,
    yaml,
)

if TYPE_CHECKING:
    from ..rule import Rule

RULES: tuple[Rule, ...] = tuple(
    rule
    for module in (
        yaml,
        entries,
        models,
        endpoints,
        layout,
        names,
        types,
        imports,
        api_calls,
        mappers,
        syncs,
        actions,
        validation,
        guesses,
    )
    for rule in module.RULES
)
