"""The requests beside a script's own: look-ups before it, the details of each record, what is read back after a write."""

from __future__ import annotations

from .body import Body
from .parts import API_PATH, FIELD_NAME, MAPPING_SOURCE, PAGINATE, RECORDS, REQUEST, SCRIPT
from .shapes import Key, ListOf, MapOf, Record, Text

_KEYS = ("method", "path", "base_url", "docs", "params", "headers", "graphql", "errors_path", "retries")
_SINGLE = {key: REQUEST[key] for key in _KEYS} | {
    "data": Key(Body(), "the request body; the method defaults to POST then"),
}


def _path(help: str, *unless: str) -> Key:
    """The path of a request; a query goes to the API's GraphQL endpoint without one."""
    return Key(API_PATH, help, required=True, unless=("graphql", *unless))


_INDEX = r"(?:\[[0-9]{1,6}\]|[0-9]{1,6})"
_PICK = Text(
    rf"{_INDEX}(?:(?:\[[0-9]{{1,6}}\])*(?:\.{MAPPING_SOURCE.pattern})?)|{MAPPING_SOURCE.pattern}",
    "names and indices with dots between them, such as data[0].id or 0.id",
    also=MAPPING_SOURCE.also,
)

LOOKUPS = ListOf(
    Record(
        _SINGLE
        | {
            "name": Key(
                Text(r"[A-Za-z][A-Za-z0-9_]*", "a letter, then letters, digits and _", longest=60),
                "the name of the value: ${lookup.NAME} in the path, the query, the headers and the body of other requests",
                required=True,
            ),
            "path": _path("the path of the request", "from_sync"),
            "pick": Key(
                _PICK,
                "where the value is in the response, such as data[0].id; of a query, below `data`",
                required=True,
            ),
            "from_sync": Key(
                SCRIPT,
                "in an action: the sync among whose saved records the value is looked up, instead of a request; `pick` is a "
                "field of its model, and a secret key is needed as for the from_sync of an action",
            ),
            "id": Key(
                Text(hint="a text with placeholders, such as ${input.contact_id}"),
                "with from_sync: the id of the record",
            ),
        },
        "look-up",
    ),
    "a list of look-ups, such as [{ name: cloud, path: /accessible-resources, pick: '0.id' }]",
)


def _record_request(path: str, title: str) -> Record:
    """The request for one record; ``path`` describes its path."""
    return Record(
        _SINGLE
        | {
            "path": _path(path),
            "response_path": Key(RECORDS, "where the record is in the response; empty for the whole body"),
        },
        title,
    )


DETAIL = _record_request("the path for one record, such as /contacts/${record.id}", "detail")

PARENTS = Record(
    _SINGLE
    | {
        "path": _path("the path of the list"),
        "paginate": Key(PAGINATE, "the pagination of the list, if it differs from the provider's own"),
        "response_path": Key(RECORDS, "where the list is in the response"),
        "record_path": REQUEST["record_path"],
        "from_parent": Key(
            MapOf(
                Text(r"[^\x00-\x1f\x7f.\[\]]+", "the name of a property, such as id"),
                "a mapping such as { board_id: id }",
                key=FIELD_NAME,
            ),
            "field of the model <- property of the entry of the list",
        ),
    },
    "parents",
)

READ_BACK = _record_request(
    "the path of the record, such as /contacts/${response.id}: of the response to the write, or of the input",
    "read_back",
)
