"""The door of this room: parsing models, checking them, and writing them back as nango.yaml data."""

from __future__ import annotations

from .accept import accept_model
from .reader import ModelsError, alias_name, read_models, read_type
from .unparse import NotExpressibleError, unparse

__all__ = [
    "ModelsError",
    "NotExpressibleError",
    "accept_model",
    "alias_name",
    "read_models",
    "read_type",
    "unparse",
]
