"""The format of a sync."""

from __future__ import annotations

from .body import Body
from .further_requests import DETAIL, LOOKUPS, PARENTS
from .parts import (
    API_PATH,
    DATE_FORMS,
    FIELD_NAME,
    IN_RESPONSE,
    INCREMENTAL,
    INFER_KEY,
    LINES,
    MAPPING,
    MODEL,
    PARAM,
    PATTERNS,
    RECORDS,
    REQUEST,
    SCOPES,
    SCRIPT,
    URL,
    VERSION,
    endpoint,
    expression_over,
    mapping_over,
)
from .runs import RUNS_HINT, Runs
from .shapes import Choice, Flag, Key, ListOf, MapOf, Number, OneOf, Record, Scalar, Text

_WINDOW = Record(
    {
        "unit": Key(Choice(("month", "week", "day")), "the size of a window; month by default"),
        "lookback_years": Key(Number(1, 100), "how many years the first pass reaches back; 5 by default"),
        "from_param": Key(PARAM, "the parameter for the start of a window; from by default"),
        "to_param": Key(PARAM, "the parameter for the end of a window; to by default"),
        "date_format": Key(
            Choice(DATE_FORMS),
            "the date format that the API expects; iso by default",
        ),
    },
    "window",
)

_EXTENDED = Record(
    {
        "cursor_param": Key(PARAM, "the parameter that holds the cursor"),
        "cursor_path": Key(
            RECORDS,
            "where the next cursor is in the response; empty: the id of the last record is the cursor",
        ),
        "limit": Key(Number(1, 100_000), "records per batch; 100 by default"),
        "limit_param": Key(PARAM, "the parameter that holds the limit"),
        "max_hours": Key(
            Number(0.0001, 23.9, fraction=True),
            "the longest run, below Nango's limit of 24 hours; 23.5 by default",
        ),
    },
    "extended",
)

_SELECTION = Record(
    {
        "folders": Key(FIELD_NAME, "the metadata's list of folder ids"),
        "items": Key(FIELD_NAME, "the metadata's list of single item ids"),
        "item_path": Key(API_PATH, "the path of one item, such as /files/${item}"),
        "kind_field": Key(
            FIELD_NAME, "the field that distinguishes folders from items in a listing; type by default"
        ),
        "folder_kind": Key(Text(), "its value for a folder; folder by default"),
        "item_kind": Key(Text(), "its value for an item; file by default"),
    },
    "selection",
)

_CONFIGURATION = Record(
    {
        "introspection": Key(Flag(), "whether to add an action that lists a model's fields; true by default"),
        "action": Key(SCRIPT, "the name of that action; list-fields by default"),
        "path": Key(API_PATH, "its path, such as /objects/${input.name}/describe"),
        "response_path": Key(RECORDS, "where the fields are in its response; fields by default"),
        "docs": Key(URL, "the page of the API's documentation about it"),
        "mapping": Key(MAPPING, "field of a field <- path in the response"),
    },
    "configuration",
)

_REQUEST = REQUEST | {
    "data": Key(
        Body(),
        "the request body, such as { filter: { status: open } }; with placeholders such as ${metadata.x}; "
        "the method defaults to POST then",
    )
}
_FETCH = _REQUEST | {
    "incremental": Key(INCREMENTAL, "how lastSyncDate is used; none: each run fetches everything"),
    "mapping": Key(MAPPING, "model field <- path in the response"),
    "detail": Key(DETAIL, "one more request for each record, whose response is merged into the record"),
    "endpoint": Key(endpoint(("GET",)), "the endpoint of these records in nango.yaml"),
}

SCRIPTS = ListOf(SCRIPT, "a list of names, such as [set-up]", unique=True)
_WEBHOOK_NAME = Text(r"[^\x00-\x1f\x7f]+", "the name of a webhook, such as contact.created", longest=200)

_CHILDREN = Record(
    {
        "model": Key(MODEL, "the model of the children", required=True),
        **_FETCH,
        "mapping": Key(mapping_over("response", "parent"), "model field <- path in the response"),
        "path": Key(API_PATH, "the path for one parent, such as /tickets/${parent.id}/comments"),
        "from_parent": Key(
            MapOf(FIELD_NAME, "a mapping such as { ticket_id: id }", key=FIELD_NAME),
            "field of the child's model <- field of the parent's model",
        ),
    },
    "children",
)

_DELETED = Record(
    {
        "field": Key(IN_RESPONSE, "the field that marks a deleted record: with any value, or with `value`"),
        "value": Key(Scalar(), "the field's value in a deleted record, such as deleted"),
        "when": Key(
            expression_over("response", "record", instead="{ field: status, value: deleted }"),
            "an expression over the record as the API sends it (`response`), true where that is deleted",
        ),
        **_REQUEST,
        "path": Key(API_PATH, "the path of a request that lists deleted records, such as /users/deleted"),
        "param": Key(PARAM, "the parameter that limits that list to deletions since lastSyncDate"),
        "id_path": Key(RECORDS, "where the id is in an entry of the list; empty: the entry is the id"),
    },
    "deleted",
)

_WEBHOOK = Record(
    {
        "path": Key(
            RECORDS, "where the record is in the payload, such as data.object; empty: it is the payload"
        )
    },
    "webhook",
)

_SAVED_VALUE = Record(
    {
        "expression": Key(
            expression_over("response", instead="a path such as next_sync_token"),
            "an expression over the last response of the run",
            required=True,
        )
    },
    "saved value",
)

SYNC = Record(
    {
        "name": Key(SCRIPT, "the sync's name: its file and its key in nango.yaml", required=True),
        "infer": INFER_KEY,
        "model": Key(MODEL, "the output model; default: the singular of the name in PascalCase"),
        "models": Key(
            ListOf(MODEL, "a list of model names", unique=True),
            "several output models: the first has `request`, the others `requests`, each its own or a part of the first one's response",
        ),
        "requests": Key(
            MapOf(
                Record(
                    {
                        "from": Key(
                            MODEL,
                            "the first of the models, where its response holds these records, too: they have no request "
                            "of their own, and response_path is where they are",
                        ),
                        **_FETCH,
                    },
                    "request of a model",
                ),
                "a mapping such as { Team: { path: /teams } }",
                key=MODEL,
            ),
            "the request of each of `models` except the first, by the model's name",
        ),
        "lookups": Key(
            LOOKUPS, "requests that are sent first, one after the other, for a value that others need"
        ),
        "parents": Key(
            PARENTS,
            "a list that is walked and not saved: `request` is sent for each of its entries, with ${parent.id}",
        ),
        "detail": Key(DETAIL, "one more request for each record, whose response is merged into the record"),
        "children": Key(_CHILDREN, "a second model, fetched once for each record of the first"),
        "deleted": Key(_DELETED, "how the API reports deleted records; for incremental syncs"),
        "version": Key(VERSION, "the version of the sync in nango.yaml, such as 1.0.0"),
        "webhook_subscriptions": Key(
            ListOf(_WEBHOOK_NAME, "a list of names, such as [contact.created]", unique=True),
            "the webhooks whose payloads the sync receives; each contains a record of its model",
        ),
        "webhook": Key(_WEBHOOK, "how to parse such a payload"),
        "description": Key(LINES, "what the sync does"),
        "runs": Key(Runs(), f"how often it runs: {RUNS_HINT}"),
        "sync_type": Key(Choice(("full", "incremental")), "full (default) or incremental"),
        "track_deletes": Key(
            Flag(),
            "whether Nango deletes the records that a run no longer sees; false: a full sync keeps them",
        ),
        "auto_start": Key(
            Flag(),
            "whether the first run starts as soon as there is a connection; false with metadata, true without",
        ),
        "pattern": Key(Choice(PATTERNS), "the pattern of the sync; paginated by default"),
        "metadata": Key(MODEL, "the model of the connection's metadata"),
        "save_metadata": Key(
            MapOf(
                OneOf((_SAVED_VALUE, IN_RESPONSE)),
                "a mapping such as { cursor: next_sync_token }",
                key=FIELD_NAME,
            ),
            "field of the metadata <- path in the last response, saved where a run came through; for the next run to begin with",
        ),
        "scopes": Key(SCOPES, "the scopes it needs"),
        "endpoint": Key(endpoint(("GET",)), "the endpoint in nango.yaml"),
        "request": Key(
            Record(
                _REQUEST
                | {
                    "incremental": Key(
                        INCREMENTAL, "how lastSyncDate is used; none: each run fetches everything"
                    )
                },
                "request of a sync",
            ),
            "the request to the provider's API",
        ),
        "mapping": Key(
            mapping_over("response", "parent", "body"),
            "model field <- path in the response; an expression may read `parent`, too, the entry of "
            "`parents`, and `body`, all of the response that the record came in",
        ),
        "window": Key(_WINDOW, "the time windows of the pattern window"),
        "extended": Key(_EXTENDED, "the cursor and limits of the pattern extended"),
        "selection": Key(_SELECTION, "folders and items of the pattern selection"),
        "configuration": Key(_CONFIGURATION, "the introspection of the pattern configuration"),
    },
    "sync",
)
