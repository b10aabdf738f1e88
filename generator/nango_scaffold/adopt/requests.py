"""The request of a script in the words of the answers, as far as it is made of literals and known names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..answers import PAGINATE
from ..answers.graphql_query import query_problem, read_query
from ..derive.requests.request_texts import split_query
from ..spec.template_text import escaped
from ..typescript.nodes import called, enclosing, first_argument, part, part_text, source_text, tokens
from ..typescript.scopes import variable_value
from ..typescript.syntax import walk
from ..typescript.values import Code, ObjectLiteral, object_literal
from .conditions import asks_for_a_page, optional_fields
from .names import entries_of, object_of
from .placeholders import ComputedError, constant_template, number_or_text, text_of, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..typescript.syntax import Node
    from .conditions import OptionalFields
    from .names import Names
    from .script import Request

    Note = Callable[[str], None]

_WEB_ADDRESS = re.compile(r"https?://[^\s'\"`*<>]+")
_LISTED_ERRORS = re.compile(r"refuseListedErrors\(nango, \w+\.data, \[((?:\s*'[^'\\]+',?)+)\s*\]\)")
_NAME = re.compile(r"'([^'\\]+)'")
_LAST_RUN = "lastSyncDate"
_LAST_DATE = f"${{{_LAST_RUN}}}"
_CONTENT_TYPE = "Content-Type"
_READ = ("baseUrlOverride", "endpoint", "method", "params", "headers", "paginate", "retries", "data")
_MOST_FIELDS = 200  # no request has that many, and an odd text must not take long


def request_of(request: Request, names: Names, note: Note) -> dict[str, Any]:
    """A request as the answers have it."""
    config = request.config
    if config is None or len([*walk(config.node, "pair")]) > _MOST_FIELDS:
        note(f"the configuration of nango.{request.verb} is not an object that can be read")
        return {}
    fields = config.fields
    path, query = _path(fields.get("endpoint"), names, note)
    answer: dict[str, Any] = {"method": request.method, "path": path, "docs": docs_of(config)}
    params, since = _values("params", fields.get("params"), names, note)
    answer["params"] = {**query, **params}
    answer["incremental"] = {"param": since} if since else None
    answer["headers"], _ = _values("headers", fields.get("headers"), names, note)
    answer["paginate"] = _paginate(fields.get("paginate"), note)
    answer["response_path"] = (answer["paginate"] or {}).pop("response_path", None)
    answer["base_url"] = _base_url(fields.get("baseUrlOverride"), names, note)
    answer["errors_path"] = _errors_path(request)
    answer["retries"] = _whole_number(fields.get("retries"), note)
    answer.update(_data(fields.get("data"), names, note))
    if answer.get("encoding"):
        # It follows from the encoding.
        answer["headers"].pop(_CONTENT_TYPE, None)
    _note_others(config, note)
    return {key: value for key, value in answer.items() if value not in (None, {})}


def _note_others(config: ObjectLiteral, note: Note) -> None:
    for key in config.fields:
        if key not in _READ:
            note(f"{key} has no place in the answers")
    for spread in config.spreads:
        note(f"the configuration is put together: {spread.text[:60]}")


def single_request_of(request: Request, names: Names, note: Note) -> dict[str, Any]:
    """A request beside a script's own, whose body has one form: a tree."""
    answer = request_of(request, names, note)
    data = answer.get("data")
    if isinstance(data, (list, dict)):
        fields = data if isinstance(data, dict) else dict(zip(data, data, strict=True))
        answer["data"] = {key: f"${{input.{name}}}" for key, name in fields.items()}
    elif "json" in answer:
        answer["data"] = answer.pop("json")
    return answer


def _errors_path(request: Request) -> str | None:
    """Where a response lists errors, by the call that looks there in the block of the request."""
    call = _LISTED_ERRORS.search(source_text(enclosing(request.node, "statement_block")))
    return ".".join(_NAME.findall(call[1])) if call else None


def docs_of(config: ObjectLiteral) -> str | None:
    """The first web address in the comments of a configuration; the endpoint's own first."""
    others = (source_text(child) for child in config.node.named_children if child.type == "comment")
    comments = [config.comments.get("endpoint", ""), *others]
    addresses = [address for comment in comments for address in _WEB_ADDRESS.findall(comment)]
    return addresses[0].rstrip(".,;)") if addresses else None


def _path(value: Any, names: Names, note: Note) -> tuple[str | None, dict[str, str]]:
    """The path after the base URL, and the query that stands behind it."""
    text = text_of(value, names)
    # Whether a slash is missing before what is computed as a whole, nobody can tell.
    if text is None or text.startswith("${="):
        note("the endpoint is put together from more than fields of the input or the metadata")
        return None, {}
    path, pairs = split_query(text)
    # A script may leave the first slash out; a path in the answers begins with it.
    is_whole = path.startswith(("/", "http://", "https://"))
    return path if is_whole else f"/{path}", pairs


def _base_url(value: Any, names: Names, note: Note) -> str | None:
    """Another host than the provider's other requests go to."""
    text = text_of(value, names)
    if text is None and value is not None:
        note("baseUrlOverride is computed")
    return text


def _values(part: str, value: Any, names: Names, note: Note) -> tuple[dict[str, Any], str]:
    """Parameters or headers; and the parameter that is filled from the date of the last run."""
    if value is None:
        return {}, ""
    literal = object_of(value)
    if literal is None:
        note(f"the {part} are not an object that can be read")
        return {}, ""
    reader = _Values(part, names, note)
    for key, node in entries_of(literal):
        if key is None:
            reader.spread(node)
        else:
            reader.pair(key, literal.fields[key])
    return reader.values, next(iter(reader.dates), "")


class _Values:
    """Reads parameters or headers.

    Attributes:
        values: the values by name, in the order of the text.
        dates: the names of those that are the date of the last run as it is.
    """

    def __init__(self, part: str, names: Names, note: Note) -> None:
        self._part = part
        self._names = names
        self._note = note
        self.values: dict[str, Any] = {}
        self.dates: list[str] = []

    def pair(self, key: str, item: Any) -> None:
        """Read a value that is always sent."""
        if isinstance(item, Code) and self._names.is_paging(item.node):
            return
        text = _plain_value(item, self._names)
        # In ISO form, or computed from the date: in another format it is a value like others.
        if _is_last_run(item) and text in (None, _LAST_DATE):
            self.dates.append(key)
        elif text is None:
            self._note(f"{self._part}.{key} is computed")
        else:
            self.values[key] = text

    def spread(self, node: Node) -> None:
        """Read what is sent under a condition."""
        if asks_for_a_page(node, self._names):
            return
        optional = optional_fields(node)
        if optional is None or optional.fields.spreads:
            self._note(f"{self._part} are put together: {_on_one_line(node)}")
        if optional is not None:
            for key in optional.fields.pairs:
                self._optional(key, optional, node)

    def _optional(self, key: str, optional: OptionalFields, spread: Node) -> None:
        item = optional.fields.fields[key]
        text = _plain_value(item, self._names)
        when = None if text is None else optional.when(str(text), self._names)
        if _is_last_run(item) and (text is None or (text, when) == (_LAST_DATE, "")):
            self.dates.append(key)
        elif text is None or when is None:
            self._note(f"{self._part}.{key} is sent under a condition: {_on_one_line(spread)}")
        else:
            self.values[key] = {"value": text, "when": when} if when else text


def _on_one_line(node: Node) -> str:
    return " ".join(tokens(node))[:60]


def _plain_value(item: Any, names: Names) -> Any:
    if isinstance(item, (bool, int, float)):
        return item
    if isinstance(item, str):
        return escaped(item)
    is_number = isinstance(item, Code) and "readNumber" in item.text
    return number_or_text(item.node, names) if is_number else text_of(item, names)


def _is_last_run(value: Any) -> bool:
    """Whether a value is made of the date of the last run, or a variable that is."""
    if not isinstance(value, Code):
        return False
    return _LAST_RUN in value.text or _LAST_RUN in source_text(variable_value(value.node))


def spread_object(spread: Code) -> ObjectLiteral | None:
    """The first object literal within what is spread."""
    node = next(walk(spread.node, "object"), None)
    return ObjectLiteral(node) if node is not None else None


def _paginate(value: Any, note: Note) -> dict[str, Any] | None:
    if value is None:
        return None
    literal = object_of(value)
    if literal is None:
        note("paginate is not an object that can be read")
        return None
    own = {key: item for key, item in literal.fields.items() if not _is_page_hook(key, item)}
    # Nothing but the hook: the provider's own entry says how the pages are turned.
    if literal.fields and not own:
        return None
    settings = {}
    for key, item in own.items():
        if key not in PAGINATE.keys or not isinstance(item, (str, int, float, bool)):
            note(f"paginate.{key} is computed, or has no place in the answers")
        else:
            settings[key] = item
    return settings


def _is_page_hook(key: str, value: Any) -> bool:
    """Whether this is ``on_page: onPage``, which every sync that follows a cursor is written with."""
    return key == "on_page" and isinstance(value, Code) and value.text == "onPage"


def _whole_number(value: Any, note: Note) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        note("retries is not a number")
        return None
    return value


def _data(value: Any, names: Names, note: Note) -> dict[str, Any]:
    """The body: fields of the input, under their own names or others; nothing said where it is all that is left."""
    if value is None:
        return {}
    if isinstance(value, Code):
        meaning = names.meaning(value.node)
        # The whole input, or what the path left of it, is the default.
        if meaning == "input" or names.is_rest(value.node):
            return {}
        if meaning.count(".") == 1:
            return {"body": meaning.partition(".")[2]}
    form = _form(value)
    return {"encoding": "form", **_tree(form, names, note)} if form is not None else _json(value, names, note)


def _json(value: Any, names: Names, note: Note) -> dict[str, Any]:
    literal = value if isinstance(value, list) else object_of(value)
    if literal is None:
        note("the body is put together by code")
        return {}
    return _named_fields(literal, names) or _tree(literal, names, note)


def _form(value: Any) -> ObjectLiteral | None:
    """The fields of ``new URLSearchParams({ ... }).toString()``."""
    if not isinstance(value, Code):
        return None
    function = called(value.node)
    form = part(function, "object") if function is not None else value.node
    is_form = part_text(form, "constructor") == "URLSearchParams"
    return object_literal(first_argument(form)) if is_form else None


def _tree(value: ObjectLiteral | list[Any], names: Names, note: Note) -> dict[str, Any]:
    """A body as a tree, or the query and the variables that it holds."""
    try:
        query = _query(value, names)
        return query or {"json": tree_of(value, names)}
    except ComputedError as computed:
        note(f"the body is put together by code: {str(computed)[:60]}")
        return {}


def _query(value: ObjectLiteral | list[Any], names: Names) -> dict[str, Any]:
    """A GraphQL query and its variables; empty for another body."""
    if isinstance(value, list) or not {"query"} <= set(value.pairs) <= {"query", "variables"}:
        return {}
    text = constant_template(value.value("query"))
    if text is None or query_problem(text):
        return {}
    variables = value.fields.get("variables")
    sent = object_of(variables)
    # The answers refuse variables that the query does not declare.
    if sent is not None and not {*sent.pairs} <= {*read_query(text).variables}:
        return {}
    graphql: dict[str, Any] = {"query": text}
    tree = tree_of(variables, names) if variables is not None else {}
    if tree:
        graphql["variables"] = tree
    return {"graphql": graphql}


def _named_fields(literal: ObjectLiteral | list[Any], names: Names) -> dict[str, Any]:
    """A body that holds fields of the input and nothing else, by its keys; empty for another one."""
    if isinstance(literal, list):
        return {}
    items = _fields_with_spreads(literal).items()
    body = {key: names.field_of(item.node) if isinstance(item, Code) else "" for key, item in items}
    if not all(field.startswith("input.") for field in body.values()):
        return {}
    return {"data": _shortest({key: field.partition(".")[2] for key, field in body.items()})}


def _fields_with_spreads(literal: ObjectLiteral) -> dict[str, Any]:
    fields = dict(literal.fields)
    for spread in literal.spreads:
        inner = spread_object(spread)
        fields.update(inner.fields if inner else {"...": spread})
    return fields


def _shortest(body: Mapping[str, str]) -> list[str] | dict[str, str]:
    return list(body) if all(key == name for key, name in body.items()) else dict(body)
