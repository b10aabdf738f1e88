"""The door of this room: reading models, judging them, and writing them back as nango.yaml data."""

from __future__ import annotations

from .accept import Problem, accept_model
from .reader import ModelsError, read_models, read_type
from .unparse import NotExpressibleError, unparse

__all__ = [
    "ModelsError",
    "NotExpressibleError",
    "Problem",
    "accept_model",
    "read_models",
    "read_type",
    "unparse",
]
