"""Answers and provider facts become the description of an integration; no output format is known here."""

from ..spec.integration import IntegrationSpec
from .integration import derive

__all__ = ["IntegrationSpec", "derive"]
