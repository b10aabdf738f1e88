"""The answers format, version 1, as a tree of shapes. Cross-field rules live in ``derive``."""

from __future__ import annotations

from ..naming.reserved import (
    INTEGRATION_NAME,
    MODEL_NAME,
    SCRIPT_NAME,
    file_name_problem,
    folder_name_problem,
    model_name_problem,
)
from .answers import NOTHING
from .mapping_value import MappingValue
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
DATE_FORMS = ("iso", "date", "epoch_seconds", "epoch_milliseconds")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

SCRIPT = Text(
    SCRIPT_NAME.pattern,
    "a kebab-case name: lower-case letters, digits and single dashes, such as pull-requests",
    longest=100,
    also=file_name_problem,
)
_MODEL = Text(
    MODEL_NAME.pattern,
    "a model's name in PascalCase, such as PullRequest",
    longest=100,
    also=model_name_problem,
)
_LINES = Text(r"[^\x00-\x08\x0b-\x1f\x7f]*", "a text without control characters", longest=2000)
_SCOPES = ListOf(
    Text(hint="a scope", longest=300), "a list of scopes, such as [repo, read:user]", unique=True
)
_URL = Text(r"https?://[^\s\x00-\x1f\x7f]+", "a web address that starts with http:// or https://")


def _path_problem(path: str) -> str:
    return "a part of it is __proto__" if "__proto__" in path.split(".") else ""


_API_PATH = Text(
    r"(https?://|/)[^\s?#\\\x00-\x1f\x7f]*",
    "a path that starts with /, without blanks, backslashes, ? or # (query goes in params)",
)
_PARAM = Text(r"[^\s\x00-\x1f\x7f]+", "a parameter's name, without blanks", longest=200)
_HEADER_NAME = Text(
    r"[A-Za-z0-9!#$%&'*+.^_|~-]+",
    "a header's name: letters, digits and dashes, such as X-Api-Version",
    longest=200,
)
_HEADER = OneOf(
    (
        Flag(),
        Number(-(2**53), 2**53, fraction=True),
        Text(r"[\x20-\x7e]*", "one line of printable ASCII", empty=True),
    )
)
_IN_RESPONSE = Text(
    r"[^\x00-\x1f\x7f.\[\]]+(\.[^\x00-\x1f\x7f.\[\]]+)*",
    "names with dots between them, such as user.login; lists cannot be indexed",
    also=_path_problem,
)
_RECORDS = Text(
    rf"(?:{_IN_RESPONSE.pattern})?",
    "names with dots between them, such as data.items; empty for the whole body",
    empty=True,
    also=_path_problem,
)
_PART = r"[^\x00-\x1f\x7f.\[\]]+(?:\[[0-9]{1,6}\])*"
_SOURCE = Text(
    rf"{_PART}(\.{_PART})*",
    "names with dots between them, such as user.login or emails[0].value",
    also=_path_problem,
)
_MAPPING = MapOf(MappingValue(_SOURCE), "a mapping such as { author: user.login }")


def _endpoint(methods: tuple[str, ...]) -> Record:
    return Record(
        {
            "method": Key(Choice(methods), "the HTTP method of the endpoint in nango.yaml"),
            "path": Key(
                Text(
                    r"/[a-zA-Z0-9-]+(/[a-zA-Z0-9-]+)?",
                    "a short path of one or two segments, such as /pull-requests",
                    longest=200,
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


PAGINATE = Record(
    {
        "type": Key(
            Choice(("link", "cursor", "offset", "none")), "how the API pages; none for a single page"
        ),
        "limit": Key(Number(1, 100_000), "records a page"),
        "limit_name_in_request": Key(_PARAM, "the parameter that holds the limit"),
        "cursor_path_in_response": Key(_IN_RESPONSE, "where the next cursor is in the response"),
        "cursor_name_in_request": Key(_PARAM, "the parameter that holds the cursor"),
        "link_rel_in_response_header": Key(
            Text(r"[A-Za-z0-9_-]+", "letters, digits, _ and -, such as next"),
            "the rel of the next link in the Link header",
        ),
        "link_path_in_response_body": Key(_IN_RESPONSE, "where the next link is in the response"),
        "offset_name_in_request": Key(_PARAM, "the parameter that holds the offset or the page number"),
        "offset_start_value": Key(Number(0, 1_000_000), "the first offset or page number"),
        "offset_calculation_method": Key(
            Choice(("per-page", "by-response-size")), "whether the offset counts pages or records"
        ),
        "response_path": Key(_RECORDS, "where the records are in the response"),
        "in_body": Key(Flag(), "whether the parameters of the pagination go in the request body"),
    },
    "paginate",
)

_FIELD_NAME = Text(r"[A-Za-z_][A-Za-z0-9_]*", "letters, digits and _, such as folders")

_INCREMENTAL = Record(
    {
        "param": Key(_PARAM, "the parameter by which the API filters on lastSyncDate"),
        "field": Key(
            Text(
                r"[^\s\x00-\x1f\x7f]+", "a field of the model, or a path in the response", also=_path_problem
            ),
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
    "params": Key(MapOf(Scalar(), "a mapping, such as { state: all }", key=_PARAM), "the query parameters"),
    "headers": Key(
        MapOf(_HEADER, "a mapping, such as { X-Api-Version: 2 }", key=_HEADER_NAME), "headers of the request"
    ),
    "paginate": Key(PAGINATE, "the pagination, where it differs from the provider's own"),
    "response_path": Key(
        _RECORDS,
        "where the records are in the response",
    ),
    "retries": Key(Number(1, 50), "how often a failed request is tried again"),
}

_WINDOW = Record(
    {
        "unit": Key(Choice(("month", "week", "day")), "the size of a window; month by default"),
        "lookback_years": Key(Number(1, 100), "how far the first pass reaches; 5 by default"),
        "from_param": Key(_PARAM, "the parameter for the start of a window; from by default"),
        "to_param": Key(_PARAM, "the parameter for its end; to by default"),
        "date_format": Key(
            Choice(DATE_FORMS),
            "the form in which the API takes a date; iso by default",
        ),
    },
    "window",
)

_EXTENDED = Record(
    {
        "cursor_param": Key(_PARAM, "the parameter that holds the cursor"),
        "cursor_path": Key(
            _RECORDS,
            "where the next cursor is in the response; empty: the id of the last record is the cursor",
        ),
        "limit": Key(Number(1, 100_000), "records a batch; 100 by default"),
        "limit_param": Key(_PARAM, "the parameter that holds the limit"),
        "max_hours": Key(
            Number(0.0001, 23.9, fraction=True),
            "how long a run may last, below Nango's 24 hours; 23.5 by default",
        ),
    },
    "extended",
)

_SELECTION = Record(
    {
        "folders": Key(_FIELD_NAME, "the metadata's list of folder ids"),
        "items": Key(_FIELD_NAME, "the metadata's list of single item ids"),
        "item_path": Key(_API_PATH, "the path of one item, such as /files/${item}"),
        "kind_field": Key(_FIELD_NAME, "what tells a folder from an item in a listing; type by default"),
        "folder_kind": Key(Text(), "its value for a folder; folder by default"),
        "item_kind": Key(Text(), "its value for an item; file by default"),
    },
    "selection",
)

_CONFIGURATION = Record(
    {
        "introspection": Key(
            Flag(), "whether the action that lists a model's fields is added; true by default"
        ),
        "action": Key(SCRIPT, "the name of that action; list-fields by default"),
        "path": Key(_API_PATH, "its path, such as /objects/${input.name}/describe"),
        "response_path": Key(_RECORDS, "where the fields are in its response; fields by default"),
        "docs": Key(_URL, "the page of the API's documentation on it"),
        "mapping": Key(_MAPPING, "field of a field <- path in the response"),
    },
    "configuration",
)

_FETCH = _REQUEST | {
    "incremental": Key(_INCREMENTAL, "how lastSyncDate is used"),
    "mapping": Key(_MAPPING, "model field <- path in the response"),
    "endpoint": Key(_endpoint(("GET",)), "the endpoint of these records in nango.yaml"),
}

_SCRIPTS = ListOf(SCRIPT, "a list of names, such as [set-up]", unique=True)
_WEBHOOK_NAME = Text(r"[^\x00-\x1f\x7f]+", "the name of a webhook, such as contact.created", longest=200)

_CHILDREN = Record(
    {
        "model": Key(_MODEL, "the model of the children", required=True),
        **_FETCH,
        "path": Key(_API_PATH, "the path for one parent, such as /tickets/${parent.id}/comments"),
        "from_parent": Key(
            MapOf(_FIELD_NAME, "a mapping such as { ticket_id: id }", key=_FIELD_NAME),
            "field of the child's model <- field of the parent's model",
        ),
    },
    "children",
)

_DELETED = Record(
    {
        "field": Key(_IN_RESPONSE, "the field that marks a deleted record: any value, or the one of `value`"),
        "value": Key(Scalar(), "what the field holds in a deleted record, such as deleted"),
        **{name: _REQUEST[name] for name in _REQUEST if name != "method"},
        "path": Key(_API_PATH, "the path of a request that lists deleted records, such as /users/deleted"),
        "param": Key(_PARAM, "the parameter by which that list is asked for from lastSyncDate on"),
        "id_path": Key(_RECORDS, "where the id is in an entry of the list; empty: the entry is the id"),
    },
    "deleted",
)

_WEBHOOK = Record(
    {
        "path": Key(
            _RECORDS, "where the record is in the payload, such as data.object; empty: it is the payload"
        )
    },
    "webhook",
)

_VERSION = OneOf(
    (
        Number(0, 2**31),
        Text(r"[0-9]+(\.[0-9]+\.[0-9]+)?", "a whole number, or three with dots between them, such as 1.0.0"),
    )
)

_SYNC = Record(
    {
        "name": Key(SCRIPT, "the sync's name: its file and its key in nango.yaml", required=True),
        "model": Key(_MODEL, "the output model; default: the singular of the name in PascalCase"),
        "models": Key(
            ListOf(_MODEL, "a list of model names", unique=True),
            "several output models, each with a request of its own: the first has `request`, the others `requests`",
        ),
        "requests": Key(
            MapOf(
                Record(_FETCH, "request of a model"),
                "a mapping such as { Team: { path: /teams } }",
                key=_MODEL,
            ),
            "the request of each of `models` but the first, by the model's name",
        ),
        "children": Key(_CHILDREN, "a second model, asked for once for each record of the first"),
        "deleted": Key(_DELETED, "how the API tells which records were deleted; for incremental syncs"),
        "version": Key(_VERSION, "the version of the sync in nango.yaml, such as 1.0.0"),
        "webhook_subscriptions": Key(
            ListOf(_WEBHOOK_NAME, "a list of names, such as [contact.created]", unique=True),
            "the webhooks whose payloads the sync is given; each holds a record of its model",
        ),
        "webhook": Key(_WEBHOOK, "how such a payload is read"),
        "description": Key(_LINES, "what the sync does"),
        "runs": Key(Runs(), f"how often it runs: {RUNS_HINT}"),
        "sync_type": Key(Choice(("full", "incremental")), "full (default) or incremental"),
        "pattern": Key(Choice(PATTERNS), "the pattern of the sync; paginated by default"),
        "metadata": Key(_MODEL, "the model of the connection's metadata"),
        "scopes": Key(_SCOPES, "the scopes it needs"),
        "endpoint": Key(_endpoint(("GET",)), "the endpoint in nango.yaml"),
        "request": Key(
            Record(
                _REQUEST | {"incremental": Key(_INCREMENTAL, "how lastSyncDate is used")},
                "request of a sync",
            ),
            "the request to the provider's API",
        ),
        "mapping": Key(
            _MAPPING,
            "model field <- path in the response",
        ),
        "window": Key(_WINDOW, "the time windows of the pattern window"),
        "extended": Key(_EXTENDED, "the cursor and limits of the pattern extended"),
        "selection": Key(_SELECTION, "folders and items of the pattern selection"),
        "configuration": Key(_CONFIGURATION, "the introspection of the pattern configuration"),
    },
    "sync",
)

_MODEL_OR_NONE = Text(
    rf"{NOTHING}|{MODEL_NAME.pattern}",
    f"a model's name in PascalCase, such as PullRequest, or {NOTHING}",
    longest=100,
    also=lambda name: "" if name == NOTHING else model_name_problem(name),
)
_INPUT_FIELD = Text(hint="a field's name")
_VARIABLE = Text(
    r"[A-Za-z_][A-Za-z0-9_]*", "the name of an environment variable, such as NANGO_SECRET_KEY", longest=100
)
_ACTION_REQUEST = Record(
    _REQUEST
    | {
        "data": Key(
            OneOf(
                (
                    MapOf(_INPUT_FIELD, "a mapping", key=Text(hint="a field of the body")),
                    ListOf(_INPUT_FIELD, "a list of fields of the input, or a mapping", unique=True),
                )
            ),
            "the fields of the input sent in the body; as a mapping: field of the body <- field of the input",
        ),
        "body": Key(_INPUT_FIELD, "the one field of the input that is the whole body, such as a list"),
        "encoding": Key(Choice(("json", "form")), "how the body is written; json by default"),
        "response_type": Key(
            Choice(("json", "binary")),
            "what the API answers with; binary comes back as base64 text, in the field content; json by default",
        ),
    },
    "request of an action",
)

_ACTION = Record(
    {
        "name": Key(SCRIPT, "the action's name: its file and its key in nango.yaml", required=True),
        "input": Key(_MODEL_OR_NONE, "the input model; none for an action that takes nothing"),
        "output": Key(
            _MODEL_OR_NONE, "the output model: always an object; none for an action that gives nothing back"
        ),
        "description": Key(_LINES, "what the action does"),
        "scopes": Key(_SCOPES, "the scopes it needs"),
        "endpoint": Key(_endpoint(METHODS), "the endpoint in nango.yaml"),
        "request": Key(_ACTION_REQUEST, "the request to the provider's API"),
        "mapping": Key(
            _MAPPING,
            "model field <- path in the response",
        ),
        "version": Key(_VERSION, "the version of the action in nango.yaml, such as 1.0.0"),
        "paginated": Key(Flag(), "whether it takes a cursor and returns next_cursor; true for list actions"),
        "from_sync": Key(
            OneOf((Text(r"", empty=True, hint="a sync's name"), SCRIPT)),
            "a sync whose records are returned first, before the live API is asked; for list actions",
        ),
        "from_sync_key": Key(
            _VARIABLE,
            "the environment variable in Nango that holds a secret key to read those records with; "
            "NANGO_SECRET_KEY by default",
        ),
        "from_sync_host": Key(
            _VARIABLE,
            "the environment variable in Nango that holds the address of a self-hosted Nango; NANGO_HOST by default",
        ),
        "dates": Key(
            MapOf(Choice(DATE_FORMS), "a mapping such as { due_on: date }"),
            "fields of the input that hold dates, each with the form in which the API takes it; callers may use any form",
        ),
    },
    "action",
)

_NAMES = OneOf(
    (
        Text(hint="names with commas between them", empty=True, longest=10_000),
        ListOf(SCRIPT, "a list of names, or names with commas between them"),
    )
)
_MODEL_BODY = MapOf(Anything(), "fields in nango.yaml's own model language, such as { id: string }")

INTEGRATION = Text(
    INTEGRATION_NAME.pattern,
    "letters, digits, _ and -: it becomes a folder and a key of nango.yaml",
    longest=100,
    also=folder_name_problem,
)
_PROVIDER = Text(r"[A-Za-z0-9][A-Za-z0-9_.-]*", "a provider's key, such as github", longest=100)

ANSWERS = Record(
    {
        "version": Key(Number(1, FORMAT_VERSION), "the version of this format"),
        "provider": Key(
            _PROVIDER,
            "the provider's key in providers.yaml",
            required=True,
        ),
        "integration": Key(
            INTEGRATION,
            "the folder and the key in nango.yaml; default: the provider",
        ),
        "models": Key(
            MapOf(_MODEL_BODY, "a mapping of models by name", key=_MODEL),
            "models in nango.yaml's own language",
        ),
        "sync_names": Key(_NAMES, "the short form of syncs: names only"),
        "action_names": Key(_NAMES, "the short form of actions: names only"),
        "syncs": Key(ListOf(_SYNC, "a list of syncs"), "the syncs"),
        "actions": Key(ListOf(_ACTION, "a list of actions"), "the actions"),
        "responses": Key(
            MapOf(_MODEL_BODY, "a mapping of models by name", key=_MODEL),
            "the third party's raw types, by model",
        ),
        "on_events": Key(
            Record(
                {
                    "post-connection-creation": Key(_SCRIPTS, "scripts run when a connection has been made"),
                    "pre-connection-deletion": Key(_SCRIPTS, "scripts run before a connection is deleted"),
                    "validate-connection": Key(
                        _SCRIPTS, "scripts that may refuse a new connection; unknown to old Nango versions"
                    ),
                },
                "on_events",
            ),
            "scripts for the events of a connection",
        ),
        "provider_facts": Key(
            MapOf(Anything(), "a mapping of base_url, auth_mode, paginate, headers, docs"),
            "facts of a provider that providers.yaml does not know",
        ),
    },
    "nango-scaffold answers",
)
