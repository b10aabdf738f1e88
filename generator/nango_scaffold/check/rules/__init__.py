"""The rules, group by group."""

from __future__ import annotations

import sys
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


def rules_by_group() -> dict[str, list[Rule]]:
    """The rules in the order of their ids, by what they are about: what the module of each is headed."""
    groups: dict[str, list[Rule]] = {}
    for rule in RULES:
        groups.setdefault(_subject(rule), []).append(rule)
    return {subject: sorted(rules, key=lambda rule: rule.id) for subject, rules in groups.items()}


def _subject(rule: Rule) -> str:
    text = sys.modules[type(rule).__module__].__doc__ or ""
    return text.strip().split("\n")[0].removesuffix(".")
