"""The answers format: read, checked and typed; nothing derived."""

from .answers import (
    ActionAnswer,
    Answers,
    EndpointAnswer,
    RequestAnswer,
    SyncAnswer,
)
from .json_schema import json_schema
from .load import load_answers, parse_text, with_settings

__all__ = [
    "ActionAnswer",
    "Answers",
    "EndpointAnswer",
    "RequestAnswer",
    "SyncAnswer",
    "json_schema",
    "load_answers",
    "parse_text",
    "with_settings",
]
