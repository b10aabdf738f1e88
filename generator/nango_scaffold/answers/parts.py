"""The parts that the formats of syncs and of actions share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..naming.reserved import MODEL_NAME, SCRIPT_NAME, model_name_problem, script_name_problem
from .answers import NOTHING
from .body import Body
from .mapping_value import MappingValue
from .shapes import Choice, Flag, Key, ListOf, MapOf, Number, OneOf, Record, Scalar, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..errors import Problem
    from .shapes import Shape

MOST_STEPS = 32
"""The properties on the way to a value, as many as the fields of a model may nest: no API needs more."""
PATTERNS = ("paginated", "configuration", "selection", "window", "extended")
DATE_FORMS = ("iso", "date", "epoch_seconds", "epoch_milliseconds", "http")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

SCRIPT = Text(
    SCRIPT_NAME.pattern,
    "a kebab-case name: lower-case letters, digits and single dashes, such as pull-requests",
    longest=100,
    also=script_name_problem,
)
MODEL = Text(
    MODEL_NAME.pattern,
    "a model's name in PascalCase, such as PullRequest",
    longest=100,
    also=model_name_problem,
)
LINES = Text(r"[^\x00-\x08\x0b-\x1f\x7f]*", "a string without control characters", longest=2000)
SCOPES = ListOf(Text(hint="a scope", longest=300), "a list of scopes, such as [repo, read:user]", unique=True)
URL = Text(r"https?://[^\s\x00-\x1f\x7f]+", "a web address that starts with http:// or https://")

# Parts of expressions: no property has such a name, and users write them who expect an expression.
_EXPRESSION = (
    r"\?\?|\|\||&&|\?\.|=>|[=!]==?|\$\{|\s\?\s.*\s:\s|\w\(\)|^(?:new |!|`)"
    r"|\b(?:String|Number|Boolean|JSON)[.(]|^(['\"]).*\1$"
)


def _path_problem(path: str) -> str:
    if re.search(_EXPRESSION, path):
        return "it is an expression, and a path is wanted"
    if path.count(".") + path.count("[") >= MOST_STEPS:
        return f"it has more than {MOST_STEPS} steps"
    return "a part of it is __proto__" if "__proto__" in path.split(".") else ""


def _source_problem(path: str) -> str:
    why = _path_problem(path)
    if not re.search(_EXPRESSION, path):
        return why
    return (
        f"{why}; for another value than the one there, use {{ from: path, otherwise: c }}, "
        "{ from: path, values: { a: b } }, { const: c }, { join: [path, path] } or { expression: ... }"
    )


def expression_over(*names: str, instead: str = "") -> Text:
    """The shape of one TypeScript expression over some names.

    Args:
        names: what it may read beside the globals of Nango's sandbox, such as ``response``.
        instead: the declarations that say the usual cases, for the message of one that is refused.
    """

    def problem(text: str) -> str:
        # It brings the parser, which most answers do without.
        from ..typescript.expression import expression_problem

        why = expression_problem(text, names)
        return f"{why}; for the usual cases there is {instead}" if why and instead else why

    return Text(
        r"[^\x00-\x08\x0b-\x1f\x7f]*",
        f"one TypeScript expression over {', '.join(names)}, without statements, assignments, await and new",
        also=problem,
    )


_PATH = r"[^\s?#\\\x00-\x1f\x7f]*(\$\{=[^\x00-\x1f\x7f]*)?"
API_PATH = Text(
    rf"(https?://|/){_PATH}",
    "a path that starts with /, without blanks, backslashes, ? or # (query goes in params)",
)
PARAM = Text(r"[^\s\x00-\x1f\x7f]+", "a parameter's name, without blanks", longest=200)
HEADER_NAME = Text(
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
IN_RESPONSE = Text(
    r"[^\x00-\x1f\x7f.\[\]]+(\.[^\x00-\x1f\x7f.\[\]]+)*",
    "names with dots between them, such as user.login; lists cannot be indexed",
    also=_path_problem,
)
RECORDS = Text(
    rf"(?:{IN_RESPONSE.pattern})?",
    "names with dots between them, such as data.items; empty for the whole body",
    empty=True,
    also=_path_problem,
)
_PART = r"[^\x00-\x1f\x7f.\[\]]+(?:\[[0-9]{1,6}\])*"
MAPPING_SOURCE = Text(
    rf"{_PART}(\.{_PART})*",
    "names with dots between them, such as user.login or emails[0].value",
    also=_source_problem,
)


def mapping_over(*names: str) -> MapOf:
    """The shape of a mapping; ``names`` are those that its expressions may read."""
    instead = "otherwise, is, where, part, date and each beside `from`, and join"
    value = MappingValue(MAPPING_SOURCE, expression_over(*names, instead=instead))
    return MapOf(value, "a mapping such as { author: user.login }")


MAPPING = mapping_over("response")


def endpoint(methods: tuple[str, ...]) -> Record:
    """The endpoint of a script that can have one of these methods."""
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
            Choice(("link", "cursor", "offset", "last_id", "total", "graphql", "none")),
            "how the API pages; none for a single page",
        ),
        "limit": Key(Number(1, 100_000), "records per page"),
        "limit_name_in_request": Key(PARAM, "the parameter that holds the limit"),
        "cursor_path_in_response": Key(IN_RESPONSE, "where the next cursor is in the response"),
        "cursor_in_response_header": Key(
            HEADER_NAME, "the response header that holds the next cursor or page, where it is not in the body"
        ),
        "cursor_name_in_request": Key(
            PARAM, "the parameter that holds the cursor; for graphql, the variable of the query"
        ),
        "id_path": Key(
            IN_RESPONSE, "for last_id: where the id is in a record, the last of which asks for the next page"
        ),
        "more_path": Key(
            IN_RESPONSE, "where the response says whether there are more pages, such as has_more"
        ),
        "last_path": Key(IN_RESPONSE, "where the response says that a page is the last one, such as isLast"),
        "total_path": Key(
            IN_RESPONSE, "for total: where the response says how many records or pages there are"
        ),
        "total_header": Key(
            HEADER_NAME,
            "for total: the response header that says it, instead of total_path; such as X-Total-Count",
        ),
        "total_unit": Key(Choice(("records", "pages")), "what the total counts"),
        "page_info_path": Key(IN_RESPONSE, "for graphql: where pageInfo is, with hasNextPage and endCursor"),
        "link_rel_in_response_header": Key(
            Text(r"[A-Za-z0-9_-]+", "letters, digits, _ and -, such as next"),
            "the rel of the next link in the Link header",
        ),
        "link_path_in_response_body": Key(IN_RESPONSE, "where the next link is in the response"),
        "offset_name_in_request": Key(PARAM, "the parameter that holds the offset or the page number"),
        "offset_start_value": Key(Number(0, 1_000_000), "the first offset or page number"),
        "offset_calculation_method": Key(
            Choice(("per-page", "by-response-size")), "whether the offset counts pages or records"
        ),
        "response_path": Key(RECORDS, "where the records are in the response"),
        "in_body": Key(Flag(), "whether the parameters of the pagination go in the request body"),
    },
    "paginate",
)

FIELD_NAME = Text(r"[A-Za-z_][A-Za-z0-9_]*", "letters, digits and _, such as folders")

_INCREMENTAL = Record(
    {
        "param": Key(PARAM, "the parameter by which the API filters on lastSyncDate"),
        "field": Key(
            Text(
                r"[^\s\x00-\x1f\x7f]+", "a field of the model, or a path in the response", also=_path_problem
            ),
            "the field compared with lastSyncDate: pages come newest first, the sync stops at the first older record",
        ),
    },
    "incremental",
)

INCREMENTAL = OneOf((Choice((NOTHING,)), _INCREMENTAL))

CONDITION = expression_over("metadata", "input", "parent", "record", "connection", "lookup", "lastSyncDate")


@frozen
class Conditional:
    """A value, or a mapping of one and of the condition under which it is sent."""

    value: Shape

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        is_conditional = isinstance(value, Mapping) and not {"value", "when"}.isdisjoint(value)
        shape = self._record() if is_conditional else self.value
        yield from shape.problems(value, where)

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"anyOf": [self.value.schema(), self._record().schema()]}

    def _record(self) -> Record:
        keys = {
            "value": Key(self.value, "the value to send", required=True),
            "when": Key(
                CONDITION,
                "one TypeScript expression; the value is sent where it is true, such as `metadata.archived`",
                required=True,
            ),
        }
        return Record(keys, "conditional value")


def _query_problem(query: str) -> str:
    from .graphql_query import query_problem  # few requests have a query

    return query_problem(query)


_OTHER_HOST = Text(
    rf"(https?://|\$\{{){_PATH}",
    "a web address without ? and #, such as https://files.example.com/v1 or ${connection.instance_url}",
)

_GRAPHQL = Record(
    {
        "query": Key(
            Text(
                r"[^\x00-\x08\x0b-\x1f\x7f]*",
                "one GraphQL query or mutation, such as query ($id: ID!) { issue(id: $id) { id } }",
                longest=20_000,
                also=_query_problem,
            ),
            "the query or mutation; values go into it as variables",
            required=True,
        ),
        "variables": Key(Body(), "its variables as a tree, such as { id: '${input.id}' }"),
    },
    "graphql",
)

REQUEST = {
    "method": Key(Choice(METHODS), "the HTTP method of the request"),
    "path": Key(
        API_PATH,
        "the path, relative to the provider's base URL; with placeholders such as ${metadata.x}, ${input.x} and "
        "${= input.x.trim()}, which holds one TypeScript expression",
    ),
    "base_url": Key(
        _OTHER_HOST,
        "the base URL, where this request goes to another host than the provider's; with placeholders such as "
        "${connection.x} and ${metadata.x}",
    ),
    "docs": Key(URL, "the page of the API's documentation"),
    "params": Key(
        MapOf(Conditional(Scalar()), "a mapping, such as { state: all }", key=PARAM),
        "the query parameters; one that is computed as '${= Math.min(input.limit ?? 100, 200)}', one that is sent under a "
        "condition as { value: ..., when: <expression> }",
    ),
    "headers": Key(
        MapOf(Conditional(_HEADER), "a mapping, such as { X-Api-Version: 2 }", key=HEADER_NAME),
        "headers of the request; one under a condition as { value: ..., when: <expression> }",
    ),
    "graphql": Key(
        _GRAPHQL,
        "a GraphQL query, instead of a body; `response_path` begins below `data` then, and `path` is that of the API's "
        "GraphQL endpoint",
    ),
    "json": Key(
        Body(or_list=True),
        "the request body as a tree, such as { data: { title: '${input.title}', kind: task } }: a text that is one "
        "placeholder or one expression, such as '${= input.ids?.map((id) => ({ id }))}', keeps the value's type, what is absent "
        "is left out, and `...: input` spreads an object",
    ),
    "paginate": Key(PAGINATE, "the pagination, if it differs from the provider's own"),
    "response_path": Key(
        RECORDS,
        "where the records are in the response",
    ),
    "record_path": Key(
        RECORDS,
        "where the record is in each item of that list; default: node for the edges of a GraphQL query, else empty: the "
        "item is the record",
    ),
    "errors_path": Key(
        IN_RESPONSE,
        "where the response lists errors though its status is that of a success, such as contactCreate.userErrors of a "
        "mutation (below `data`) or error: anything there ends the script with an ActionError",
    ),
    "retries": Key(Number(1, 50), "how often a failed request is retried"),
}

_FILE = Text(r"[^\x00-\x1f\x7f]+", "the name of a file, relative to the answers file", longest=1000)
INFER = Record(
    {
        "openapi": Key(_FILE, "an OpenAPI document (3.0, 3.1, or Swagger 2.0; JSON or YAML)"),
        "operation": Key(
            Text(
                r"[^\x00-\x1f\x7f]+", "an operationId, or a method and path such as GET /users", longest=1000
            ),
            "the operation of that document: its id, or its method and path",
        ),
        "sample": Key(
            OneOf((_FILE, ListOf(_FILE, "a list of files", unique=True))),
            "a file with the JSON of a response; several for what one of them lacks",
        ),
        "headers": Key(_FILE, "a file with the headers of the first sample, such as Link: <...>; rel=next"),
        "fields": Key(
            ListOf(
                Text(r"[^\x00-\x1f\x7f]+", "a field, such as user.login"), "a list of fields", unique=True
            ),
            "the fields of the model; the most telling by default",
        ),
        "depth": Key(Number(1, 20), "how deep objects nest in the model; 2 by default"),
        "max_fields": Key(Number(1, 10_000), "the most fields of the model; 150 by default"),
    },
    "infer",
)
INFER_KEY = Key(
    INFER,
    "an API document or a sample that the other answers are inferred from, once: `new` and `add` write what they infer "
    "in its place, below what is set here",
)

VERSION = OneOf(
    (
        Number(0, 2**31),
        Text(r"[0-9]+(\.[0-9]+\.[0-9]+)?", "a whole number, or three with dots between them, such as 1.0.0"),
    )
)
