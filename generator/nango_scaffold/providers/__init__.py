"""What is known of a provider: its entry in Nango's providers.yaml, or our own, reduced to facts.

What parses catalogues is imported when it is first asked for: completion in a shell needs only their index.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .base_url import base_path_of, repeated_base, repetition_of, strip_base_path
    from .errors import CatalogueError
    from .facts import ProviderFacts, facts_from_entry
    from .fields import ConnectionField
    from .resolve import UnknownProviderError, find

__all__ = [
    "CatalogueError",
    "ConnectionField",
    "ProviderFacts",
    "UnknownProviderError",
    "base_path_of",
    "facts_from_entry",
    "find",
    "repeated_base",
    "repetition_of",
    "strip_base_path",
]

_HOMES = {
    "CatalogueError": "errors",
    "ConnectionField": "fields",
    "ProviderFacts": "facts",
    "UnknownProviderError": "resolve",
    "base_path_of": "base_url",
    "facts_from_entry": "facts",
    "find": "resolve",
    "repeated_base": "base_url",
    "repetition_of": "base_url",
    "strip_base_path": "base_url",
}


def __getattr__(name: str) -> Any:
    """The parts of the room, each from its own module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
