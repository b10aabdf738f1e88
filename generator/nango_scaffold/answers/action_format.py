"""The format of an action."""

from __future__ import annotations

from ..naming.reserved import MODEL_NAME, model_name_problem
from .answers import NOTHING
from .further_requests import LOOKUPS, READ_BACK
from .parts import (
    DATE_FORMS,
    INFER_KEY,
    LINES,
    METHODS,
    MODEL,
    REQUEST,
    SCOPES,
    SCRIPT,
    VERSION,
    endpoint,
    expression_over,
    mapping_over,
)
from .shapes import Choice, Flag, Key, ListOf, MapOf, OneOf, Record, Text

PLAIN_TYPES = ("string", "number", "boolean")


def _type_problem(type_: str) -> str:
    """Why an input or output cannot be of this type; an empty string when it can."""
    name = type_.removesuffix("[]")
    return "" if name in (NOTHING, *PLAIN_TYPES) else model_name_problem(name)


_TYPE = Text(
    rf"{NOTHING}|({MODEL_NAME.pattern}|{'|'.join(PLAIN_TYPES)})(\[\])?",
    f"a model's name in PascalCase, such as PullRequest, a list of it (PullRequest[]), "
    f"{', '.join(PLAIN_TYPES)}, or {NOTHING}",
    longest=100,
    also=_type_problem,
)
_INPUT_FIELD = Text(hint="a field's name")
_VARIABLE = Text(
    r"[A-Za-z_][A-Za-z0-9_]*", "the name of an environment variable, such as NANGO_SECRET_KEY", longest=100
)
_ACTION_REQUEST = Record(
    REQUEST
    | {
        "data": Key(
            OneOf(
                (
                    MapOf(_INPUT_FIELD, "a mapping", key=Text(hint="a field of the body")),
                    ListOf(_INPUT_FIELD, "a list of fields of the input, or a mapping", unique=True),
                )
            ),
            "the fields of the input to send in the body; as a mapping: field of the body <- field of the input",
        ),
        "body": Key(_INPUT_FIELD, "the one field of the input that is the whole body, such as a list"),
        "encoding": Key(Choice(("json", "form")), "the encoding of the body; json by default"),
        "response_type": Key(
            Choice(("json", "binary")),
            "the format of the response; binary is returned as a base64 string in the field content; json by default",
        ),
    },
    "request of an action",
)

_CHECK = Record(
    {
        "unless": Key(
            expression_over("input", "metadata"),
            "a TypeScript expression over input and metadata; where it is not true, the action fails",
            required=True,
        ),
        "message": Key(LINES, "what the caller is told then", required=True),
    },
    "check",
)

ACTION = Record(
    {
        "name": Key(SCRIPT, "the action's name: its file and its key in nango.yaml", required=True),
        "infer": INFER_KEY,
        "input": Key(
            _TYPE,
            "the input model; a list such as Item[] or a plain type such as string is the whole body, or ${input}; "
            "unset for an action without input",
        ),
        "output": Key(
            _TYPE,
            "the output model: always an object, so a list or a plain type stands in a field of one; "
            "unset for an action that returns nothing",
        ),
        "metadata": Key(
            MODEL,
            "the model of the connection's metadata that the action reads, as ${metadata.x} in its request",
        ),
        "description": Key(LINES, "what the action does"),
        "scopes": Key(SCOPES, "the scopes it needs"),
        "endpoint": Key(endpoint(METHODS), "the endpoint in nango.yaml"),
        "request": Key(_ACTION_REQUEST, "the request to the provider's API"),
        "lookups": Key(
            LOOKUPS, "requests that are sent first, one after the other, for a value that others need"
        ),
        "read_back": Key(
            READ_BACK, "the request that reads what was written; the output is mapped from its response"
        ),
        "mapping": Key(
            mapping_over("response", "status"),
            "model field <- path in the response; an expression may read `status`, too: the HTTP status of the response",
        ),
        "version": Key(VERSION, "the version of the action in nango.yaml, such as 1.0.0"),
        "paginated": Key(Flag(), "whether it takes a cursor and returns next_cursor; true for list actions"),
        "from_sync": Key(
            OneOf((Text(r"", empty=True, hint="a sync's name"), SCRIPT)),
            "a sync whose records are returned first, before the live API is called; for list actions",
        ),
        "from_sync_key": Key(
            _VARIABLE,
            "the environment variable in Nango that holds a secret key for reading those records; "
            "NANGO_SECRET_KEY by default",
        ),
        "from_sync_host": Key(
            _VARIABLE,
            "the environment variable in Nango that holds the address of a self-hosted Nango; NANGO_HOST by default",
        ),
        "checks": Key(
            ListOf(
                _CHECK,
                "a list such as [{ unless: input.email || input.phone, message: An email or a phone }]",
            ),
            "what is checked before the API is asked, beyond the types and required fields of the models",
        ),
        "dates": Key(
            MapOf(Choice(DATE_FORMS), "a mapping such as { due_on: date }"),
            "fields of the input that hold dates, each with the format that the API expects; callers can use any format",
        ),
    },
    "action",
)
