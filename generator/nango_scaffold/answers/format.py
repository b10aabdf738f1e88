"""The answers format, version 1, as a tree of shapes. Cross-field rules live in ``derive``."""

from __future__ import annotations

from ..naming.reserved import INTEGRATION_NAME, MODEL_NAME, SCRIPT_NAME
from .runs import RUNS_HINT, Runs
from .shapes import (
    Anything,
    Choice,
    Flag,
    Key,
    ListOf,
    MapOf,
    Number,
    OneOf,
    Record,
    Scalar,
    Text,
)

FORMAT_VERSION = 1
PATTERNS = ("paginated", "configuration", "selection", "window", "extended")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

_SCRIPT = Text(
    SCRIPT_NAME.pattern,
    "a kebab-case name: lower-case letters, digits and single dashes, such as pull-requests",
)
_MODEL = Text(MODEL_NAME.pattern, "a model's name in PascalCase, such as PullRequest")
_LINE = Text(r"[^\x00-\x08\x0b-\x1f\x7f]*", "a text without control characters")
_URL = Text(r"https?://[^\s]+", "a web address that starts with http:// or https://")
_API_PATH = Text(
    r"(https?://|/)[^\s?#]*", "a path that starts with /, without blanks, ? or # (query goes in params)"
)
_HEADER = OneOf((Text(r"[\x20-\x7e]*", "one line of plain text", empty=True), Scalar()))

_ENDPOINT = Record(
    {
        "method": Key(Choice(METHODS), "the HTTP method of the endpoint in nango.yaml"),
        "path": Key(
            Text(
                r"/[a-zA-Z0-9-]+(/[a-zA-Z0-9-]+)?",
                "a short path of one or two segments, such as /pull-requests",
            ),
            "the path of the endpoint in nango.yaml: short, not the provider's own",
        ),
        "group": Key(
            Text(r"[a-zA-Z _-]{1,64}", "1 to 64 letters, blanks, _ and -"),
            "the resource, such as Pull Requests",
        ),
    },
    "endpoint",
)

PAGINATE_KEYS = [
    "type",
    "limit",
    "limit_name_in_request",
    "cursor_path_in_response",
    "cursor_name_in_request",
    "link_rel_in_response_header",
    "link_path_in_response_body",
    "offset_name_in_request",
    "offset_start_value",
    "offset_calculation_method",
    "response_path",
    "in_body",
]

PAGINATE = Record(
    {
        "type": Key(
            Choice(("link", "cursor", "offset", "none")), "how the API pages; none for a single page"
        ),
        "limit": Key(Number(1, 100_000), "records a page"),
        "limit_name_in_request": Key(Text(), "the parameter that holds the limit"),
        "cursor_path_in_response": Key(Text(), "where the next cursor is in the response"),
        "cursor_name_in_request": Key(Text(), "the parameter that holds the cursor"),
        "link_rel_in_response_header": Key(Text(), "the rel of the next link in the Link header"),
        "link_path_in_response_body": Key(Text(), "where the next link is in the response"),
        "offset_name_in_request": Key(Text(), "the parameter that holds the offset or the page number"),
        "offset_start_value": Key(Number(0, 1_000_000), "the first offset or page number"),
        "offset_calculation_method": Key(
            Choice(("per-page", "by-response-size")), "whether the offset counts pages or records"
        ),
        "response_path": Key(Text(empty=True), "where the records are in the response"),
        "in_body": Key(Flag(), "whether the parameters of the pagination go in the request body"),
    },
    "paginate",
)

_INCREMENTAL = Record(
    {
        "param": Key(
            Text(r"[^\s]+", "a parameter's name"), "the parameter by which the API filters on lastSyncDate"
        ),
        "field": Key(
            Text(r"[^\s]+", "a field's name"),
            "the field compared with lastSyncDate: pages come newest first, the sync stops at the first older record",
        ),
    },
    "incremental",
)

_REQUEST = {
    "method": Key(Choice(METHODS), "the HTTP method of the request"),
    "path": Key(
        _API_PATH, "what follows the provider's base URL; ${metadata.x} and ${input.x} are filled in"
    ),
    "docs": Key(_URL, "the page of the API's documentation"),
    "params": Key(MapOf(Scalar()), "the query parameters"),
    "headers": Key(MapOf(_HEADER), "headers of the request"),
    "paginate": Key(PAGINATE, "the pagination, where it differs from the provider's own"),
    "response_path": Key(
        Text(empty=True, hint="a dotted path, empty for the whole response"),
        "where the records are in the response",
    ),
    "retries": Key(Number(1, 50), "how often a failed request is tried again"),
}

_SYNC = Record(
    {
        "name": Key(_SCRIPT, "the sync's name: its file and its key in nango.yaml", required=True),
        "model": Key(_MODEL, "the output model; default: the singular of the name in PascalCase"),
        "models": Key(ListOf(_MODEL, "a list of model names", unique=True), "several output models"),
        "description": Key(_LINE, "what the sync does"),
        "runs": Key(Runs(), f"how often it runs: {RUNS_HINT}"),
        "sync_type": Key(Choice(("full", "incremental")), "full (default) or incremental"),
        "pattern": Key(Choice(PATTERNS), "the pattern of the sync; paginated by default"),
        "metadata": Key(_MODEL, "the model of the connection's metadata"),
        "scopes": Key(ListOf(_LINE, "a list of scopes", unique=True), "the scopes it needs"),
        "endpoint": Key(_ENDPOINT, "the endpoint in nango.yaml"),
        "request": Key(
            Record(
                _REQUEST | {"incremental": Key(_INCREMENTAL, "how lastSyncDate is used")},
                "request of a sync",
            ),
            "the request to the provider's API",
        ),
        "mapping": Key(
            MapOf(Text(r"[^\s]+", "a path in the response, such as user.login")),
            "model field <- path in the response",
        ),
    },
    "sync",
)

_ACTION = Record(
    {
        "name": Key(_SCRIPT, "the action's name: its file and its key in nango.yaml", required=True),
        "input": Key(_MODEL, "the input model"),
        "output": Key(_MODEL, "the output model: always an object"),
        "description": Key(_LINE, "what the action does"),
        "scopes": Key(ListOf(_LINE, "a list of scopes", unique=True), "the scopes it needs"),
        "endpoint": Key(_ENDPOINT, "the endpoint in nango.yaml"),
        "request": Key(
            Record(
                _REQUEST
                | {
                    "data": Key(
                        ListOf(Text(), "a list of fields of the input", unique=True),
                        "the fields of the input sent in the body",
                    )
                },
                "request of an action",
            ),
            "the request to the provider's API",
        ),
        "mapping": Key(
            MapOf(Text(r"[^\s]+", "a path in the response, such as user.login")),
            "model field <- path in the response",
        ),
        "paginated": Key(Flag(), "whether it takes a cursor and returns next_cursor; true for list actions"),
    },
    "action",
)

_NAMES = OneOf(
    (
        Text(hint="names with commas between them", empty=True),
        ListOf(_SCRIPT, "a list of names, or names with commas between them"),
    )
)
_MODEL_BODY = Anything({"type": "object", "description": "fields in nango.yaml's own model language"})

ANSWERS = Record(
    {
        "version": Key(Number(1, FORMAT_VERSION), "the version of this format"),
        "provider": Key(
            Text(r"[A-Za-z0-9][A-Za-z0-9_.-]*", "a provider's key, such as github"),
            "the provider's key in providers.yaml",
            required=True,
        ),
        "integration": Key(
            Text(
                INTEGRATION_NAME.pattern,
                "letters, digits, _ and -: it becomes a folder and a key of nango.yaml",
            ),
            "the folder and the key in nango.yaml; default: the provider",
        ),
        "models": Key(MapOf(_MODEL_BODY), "models in nango.yaml's own language"),
        "sync_names": Key(_NAMES, "the short form of syncs: names only"),
        "action_names": Key(_NAMES, "the short form of actions: names only"),
        "syncs": Key(ListOf(_SYNC, "a list of syncs"), "the syncs"),
        "actions": Key(ListOf(_ACTION, "a list of actions"), "the actions"),
        "responses": Key(MapOf(_MODEL_BODY), "the third party's raw types, by model"),
        "provider_facts": Key(
            Anything({"type": "object", "description": "base_url, auth_mode, paginate, headers, docs"}),
            "facts of a provider that providers.yaml does not know",
        ),
    },
    "nango-scaffold answers",
)
