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
from .change import (
    ScriptKind,
    named_scripts,
    scripts_of,
    with_descriptions,
    with_scripts,
    without_descriptions,
    without_scripts,
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
    "ScriptKind",
    "Source",
    "SyncAnswer",
    "check_shape",
    "full_phrase",
    "load_answers",
    "named_scripts",
    "parse_text",
    "scripts_of",
    "with_descriptions",
    "with_scripts",
    "with_settings",
    "without_descriptions",
    "without_scripts",
]
