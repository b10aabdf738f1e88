"""The answers format: read, checked and typed; nothing derived."""

from .answers import (
    ActionAnswer,
    Answers,
    DeletedAnswer,
    EndpointAnswer,
    FetchAnswer,
    FurtherRequest,
    LookupAnswer,
    ParentsAnswer,
    RequestAnswer,
    SyncAnswer,
)
from .load import check_shape, load_answers, parse_text, with_settings
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
    "FurtherRequest",
    "LookupAnswer",
    "ParentsAnswer",
    "RequestAnswer",
    "Source",
    "SyncAnswer",
    "check_shape",
    "full_phrase",
    "load_answers",
    "parse_text",
    "with_settings",
]
