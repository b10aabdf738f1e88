"""The answers format: read, checked and typed; nothing derived."""

from .answers import (
    ActionAnswer,
    Answers,
    DeletedAnswer,
    EndpointAnswer,
    FetchAnswer,
    RequestAnswer,
    SyncAnswer,
)
from .json_schema import json_schema
from .load import load_answers, parse_text, with_settings
from .parts import PAGINATE
from .runs import full_phrase
from .source import Source

__all__ = [
    "PAGINATE",
    "ActionAnswer",
    "Answers",
    "DeletedAnswer",
    "EndpointAnswer",
    "FetchAnswer",
    "RequestAnswer",
    "Source",
    "SyncAnswer",
    "full_phrase",
    "json_schema",
    "load_answers",
    "parse_text",
    "with_settings",
]
