"""Facts that an earlier run settled: they hold until the answers ask for others.

Catalogues differ from machine to machine and from day to day: one has node_modules, one has refreshed, one neither.
An integration must not change with them, so what its first run found is kept with it and used again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..errors import ScaffoldError
from .facts import ProviderFacts
from .fields import read_fields

if TYPE_CHECKING:
    from collections.abc import Mapping


def settled(
    stored: Mapping[str, Any], provider: str, answer_facts: Mapping[str, Any] | None
) -> ProviderFacts | None:
    """The facts an earlier run stored; None when they are not those of the answers any more.

    Args:
        stored: as `ProviderFacts.to_data` gave them.
        provider: the key the answers ask for.
        answer_facts: what the answers state of it themselves.
    """
    answer_facts = answer_facts or {}
    try:
        known = ProviderFacts.from_data(stored)
        if "source" in answer_facts:
            complete = ProviderFacts.from_data(answer_facts)
            return (
                known if known == replace(complete, resources=complete.resources or known.resources) else None
            )
        same = replace(known, **read_fields(answer_facts, "provider_facts")) == known
    except ScaffoldError:
        return None
    as_many = set(known.stated) <= set(answer_facts) and bool(answer_facts) == known.source.endswith(
        "answers"
    )
    fits = known.key == provider and same and as_many
    return known if fits else None
