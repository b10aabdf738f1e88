"""The format of a known resource: what the catalogue of resources says of one, in the words of the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .further_requests import DETAIL, LOOKUPS
from .parts import INCREMENTAL, MAPPING, REQUEST, SCOPES, URL
from .shapes import Anything, Choice, Key, MapOf, Record, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..errors import Problem

OPERATIONS = ("list", "get", "create", "update", "delete")
"""What may be known of a resource."""

_FIELDS = MapOf(Anything(), "fields in nango.yaml's own model language, such as { id: string }")
_REQUEST = REQUEST | {
    "path": Key(REQUEST["path"].shape, "the path", required=True),
    "docs": Key(URL, "the page of the API's documentation that says so", required=True),
    "scopes": Key(SCOPES, "the scopes it needs"),
}
_SINCE = Record(
    {
        "params": REQUEST["params"],
        "headers": REQUEST["headers"],
        "json": REQUEST["json"],
        "docs": Key(URL, "the page of the API's documentation that says so", required=True),
    },
    "since",
)
_LIST = Record(
    _REQUEST
    | {
        "incremental": Key(INCREMENTAL, "how the list is limited to what changed"),
        "since": Key(_SINCE, "what an incremental sync sends beside, such as a filter with ${lastSyncDate}"),
        "detail": Key(DETAIL, "one more request for each record, where the list holds little more than ids"),
    },
    "list of a resource",
)
_SINGLE = Record(
    _REQUEST
    | {
        "input": Key(_FIELDS, "the fields of its input"),
        "output": Key(Choice(("none",)), "none, where the response does not hold the record"),
        "encoding": Key(Choice(("json", "form")), "the encoding of the body; json by default"),
    },
    "request of a resource",
)
_CHECKED = Record(
    {
        "by": Key(Choice(("document", "sample", "docs")), "what it was compared with", required=True),
        "on": Key(Text(r"\d{4}-\d\d-\d\d", "a date such as 2026-11-27"), "when", required=True),
        "source": Key(Text(hint="an address, or a file of a package"), "where that is", required=True),
    },
    "checked",
)
RESOURCE = Record(
    {
        "model": Key(_FIELDS, "the most telling fields of a record", required=True),
        "responses": Key(_FIELDS, "the raw type of a record, where it does not follow from the model"),
        "mapping": Key(MAPPING, "model field <- path in the response"),
        "metadata": Key(
            _FIELDS, "what requests need beside: of a sync its metadata, of an action a part of its input"
        ),
        "lookups": Key(LOOKUPS, "requests that are sent first, for a value that all the others need"),
        "list": Key(_LIST, "the request that lists records"),
        **dict.fromkeys(OPERATIONS[1:], Key(_SINGLE, "the request for one record")),
        "checked": Key(_CHECKED, "how this was checked", required=True),
    },
    "known resource",
)


def resource_problems(resources: Mapping[str, Any], where: str) -> Iterator[Problem]:
    """Each problem of known resources by name, the data at ``where``."""
    yield from MapOf(RESOURCE, "a mapping of resources by name").problems(resources, where)
