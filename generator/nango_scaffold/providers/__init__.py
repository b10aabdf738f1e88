"""What is known of a provider: its entry in Nango's providers.yaml, or our own, reduced to facts."""

from __future__ import annotations

from .base_url import base_path_of, strip_base_path
from .facts import CatalogueError, ProviderFacts, facts_from_entry
from .fields import ConnectionField
from .nearest import nearest
from .sources import UnknownProviderError, find

__all__ = [
    "CatalogueError",
    "ConnectionField",
    "ProviderFacts",
    "UnknownProviderError",
    "base_path_of",
    "facts_from_entry",
    "find",
    "nearest",
    "strip_base_path",
]
