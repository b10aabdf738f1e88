"""Answers and provider facts become the description of an integration; no output format is known here."""

from .integration import derive
from .spec import IntegrationSpec

__all__ = ["IntegrationSpec", "derive"]
