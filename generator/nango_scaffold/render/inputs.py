"""What a script is given: an action's input, a sync's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..typescript.printer import Member, Name

if TYPE_CHECKING:
    from ..models.types import Model

INPUT = Name("input")
METADATA = Name("metadata")
PARSED = Member(Name("parsed"), "data")
"""The checked copy of what was given, where it may be missing."""


def is_all_optional(model: Model) -> bool:
    """Whether no field of a model is required; the runner hands such an input over as undefined when it is empty."""
    return all(field.optional for field in model.shape.fields)
