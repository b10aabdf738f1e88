"""The operations of an API document, whatever its version: which there are, and all that one of them states."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from ..errors import AnswersError
from ..frozen import frozen
from ..naming.suggest import nearest
from .document import Node
from .schema import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .document import Document
    from .shape import Shape

_METHODS = ("get", "post", "put", "patch", "delete")
_DEPTH = 6
"""Of the shape of a body: an envelope has three levels at most, and as many are enough of a record."""
_JSON = ("json", "form-urlencoded", "multipart")
_FORM = "application/x-www-form-urlencoded"
_HINTS = ("default", "minimum", "maximum", "example", "format")


@frozen
class Parameter:
    """One parameter of an operation.

    Attributes:
        name: as the API spells it.
        location: where it is sent.
        required: whether it must be sent; a parameter of the path always.
        shape: of its value.
        description: the document's; empty for none.
        hints: what is stated of its values, by ``default``, ``minimum``, ``maximum``, ``example``, ``format``.
    """

    name: str
    location: Literal["path", "query", "header", "cookie"]
    required: bool
    shape: Shape
    description: str = ""
    hints: Mapping[str, Any] | None = None


@frozen
class Body:
    """The body of a request or of a response.

    Attributes:
        media_type: such as ``application/json``.
        shape: of it.
        required: whether a request must have it.
    """

    media_type: str
    shape: Shape
    required: bool = False


@frozen
class Operation:
    """One operation.

    Attributes:
        id: the document's operationId, else the method and path: ``GET /users/{id}``.
        method: in capitals.
        path: with ``{name}`` for parameters, behind the base path of the document's own server (``server``).
        server: the first server's address, or the part of one that Swagger states; empty for none.
        parameters: those of the path item among them.
        request: the body it takes; None for none.
        response: the body of its successful response; None for none.
        response_headers: the names of the headers that response declares.
        status: of that response, such as ``200``; empty for none.
        tags: as the document groups it.
        summary: one line; empty for none.
        docs: the address of its documentation; empty for none.
        scopes: those its security asks for.
        source: where the document states it.
    """

    id: str
    method: str
    path: str
    server: str = ""
    parameters: tuple[Parameter, ...] = ()
    request: Body | None = None
    response: Body | None = None
    response_headers: tuple[str, ...] = ()
    status: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    docs: str = ""
    scopes: tuple[str, ...] = ()
    source: str = ""

    @property
    def response_shape(self) -> Shape | None:
        """The shape of its successful response; None where it has no body."""
        return self.response.shape if self.response else None

    def in_location(self, location: str) -> tuple[Parameter, ...]:
        """The parameters that are sent in one place."""
        return tuple(entry for entry in self.parameters if entry.location == location)


@frozen
class Entry:
    """An operation that is listed, and not yet read.

    Attributes:
        id: as that of `Operation`.
        method: in capitals.
        path: as the document has it.
        tag: the first; empty for none.
        summary: one line; empty for none.
        node: the operation.
        item: the path item it is in.
    """

    id: str
    method: str
    path: str
    tag: str
    summary: str
    node: Node
    item: Node


def entries(document: Document) -> Iterator[Entry]:
    """The operations of a document, in its order."""
    for path, at_path in document.root.child("paths").children():
        item = document.follow(at_path)
        # Extensions (`x-...`) may stand among the paths.
        if item is None or not path.startswith("/"):
            continue
        for method in _METHODS:
            node = item.child(method)
            if node.mapping:
                yield _entry(method.upper(), path, node, item)


def _entry(method: str, path: str, node: Node, item: Node) -> Entry:
    tags = node.child("tags").strings
    summary = node.child("summary").line or node.child("description").line
    identifier = node.child("operationId").line or f"{method} {path}"
    return Entry(identifier, method, path, tags[0] if tags else "", summary, node, item)


def find(document: Document, identifier: str) -> Entry:
    """The operation with an id, or with a method and path such as ``GET /users``.

    Raises:
        AnswersError: there is none.
    """
    listed = list(entries(document))
    # A method and path may be typed with blanks as in a table.
    name = " ".join(identifier.split())
    for entry in listed:
        if name in (entry.id, f"{entry.method} {entry.path}"):
            return entry
    close = nearest(name, tuple(entry.id for entry in listed), 3)
    raise AnswersError(
        f"there is no operation {identifier!r} in {document.name}",
        where="--operation",
        fix=", ".join(close) or f"one that `nango-scaffold infer {document.name} --list` shows",
    )


def read(document: Document, entry: Entry, depth: int = _DEPTH) -> Operation:
    """All that the document states about an operation; its response to a depth."""
    status, response = _successful(document, entry)
    headers = response.child("headers").children() if response else ()
    return Operation(
        id=entry.id,
        method=entry.method,
        path=entry.path,
        server=server_of(document, entry),
        parameters=tuple(_parameters(document, entry)),
        request=_request(document, entry),
        response=_body(document, response, depth) if response else None,
        response_headers=tuple(name for name, _ in headers),
        status=status,
        tags=entry.node.child("tags").strings,
        summary=entry.summary,
        docs=entry.node.child("externalDocs").child("url").line,
        scopes=tuple(_scopes(document, entry)),
        source=entry.node.source,
    )


def server_of(document: Document, entry: Entry | None = None) -> str:
    """The first server of an operation, or of the document; empty for none."""
    if document.is_swagger:
        return document.root.child("host").line + document.root.child("basePath").line
    places = (entry.node, entry.item, document.root) if entry else (document.root,)
    for place in places:
        address = place.child("servers").child(0).child("url").line
        if address:
            return address
    return ""


def _parameter_nodes(document: Document, entry: Entry) -> Iterator[Node]:
    """The parameters of an operation, then those of its path item, which its own go over."""
    for place in (entry.node, entry.item):
        for _, reference in place.child("parameters").children():
            if node := document.follow(reference):
                yield node


def _parameters(document: Document, entry: Entry) -> Iterator[Parameter]:
    """The parameters of an operation, each once."""
    seen: set[tuple[str, str]] = set()
    for node in _parameter_nodes(document, entry):
        parameter = _parameter(document, node)
        if parameter and (parameter.name, parameter.location) not in seen:
            seen.add((parameter.name, parameter.location))
            yield parameter


def _parameter(document: Document, node: Node) -> Parameter | None:
    name, location = node.child("name").line, node.child("in").line
    # In Swagger 2.0 bodies and forms are parameters as well; and a parameter is its own schema.
    if not name or location not in ("path", "query", "header", "cookie"):
        return None
    schema = node if document.is_swagger else _parameter_schema(node)
    is_required = location == "path" or node.child("required").value is True
    shape = shape_of(document, schema, depth=2)
    keys = {**schema.mapping, **node.mapping}
    hints = {key: keys[key] for key in _HINTS if isinstance(keys.get(key), (int, float, str))}
    return Parameter(name, location, is_required, shape, node.child("description").line, hints)  # type: ignore[arg-type]


def _parameter_schema(node: Node) -> Node:
    if "schema" in node.mapping:
        return node.child("schema")
    media = next((content for _, content in node.child("content").children()), node)
    return media.child("schema")


def _request(document: Document, entry: Entry) -> Body | None:
    if document.is_swagger:
        return _swagger_request(document, entry)
    node = document.follow(entry.node.child("requestBody"))
    body = _body(document, node) if node else None
    if node is None or body is None:
        return None
    return replace(body, required=node.child("required").value is True)


def _swagger_request(document: Document, entry: Entry) -> Body | None:
    form: list[Node] = []
    for node in _parameter_nodes(document, entry):
        location = node.child("in").line
        if location == "body":
            media_type = _swagger_media_type(document, entry.node)
            shape = shape_of(document, node.child("schema"), depth=_DEPTH)
            return Body(media_type, shape, node.child("required").value is True)
        if location == "formData":
            form.append(node)
    if not form:
        return None
    schema, media_type = _form_schema(document, entry.node, form)
    return Body(media_type, shape_of(document, schema, depth=_DEPTH), True)


def _swagger_media_type(document: Document, operation: Node) -> str:
    """The media type of a body: the first JSON one that an operation consumes, else the first."""
    place = operation if "consumes" in operation.mapping else document.root
    media_types = place.child("consumes").strings or ("application/json",)
    return next((media_type for media_type in media_types if "json" in media_type), media_types[0])


def _form_schema(document: Document, operation: Node, parameters: list[Node]) -> tuple[Node, str]:
    """The schema that parameters of a form amount to, and its media type."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    for parameter in parameters:
        name = str(parameter.mapping.get("name"))
        # In a schema `required` is a list of names, and no flag of the property.
        properties[name] = {key: value for key, value in parameter.mapping.items() if key != "required"}
        if parameter.mapping.get("required") is True:
            required.append(name)
    schema = {"type": "object", "properties": properties, "required": required}
    media_type = _swagger_media_type(document, operation)
    # A place that the document does not have, so that no other schema is taken for this one.
    node = Node(schema, operation.file, f"{operation.pointer}/form")
    return node, media_type if "form" in media_type else _FORM


def _successful(document: Document, entry: Entry) -> tuple[str, Node | None]:
    """The first successful response with a body, else the first; its status, too."""
    nodes = dict(entry.node.child("responses").children())
    # Some documents state one response for whatever comes back.
    statuses = sorted(status for status in nodes if status.startswith("2")) or ["default"]
    responses = [(status, document.follow(nodes[status])) for status in statuses if status in nodes]
    with_body = (response for response in responses if response[1] and _content(document, response[1]))
    return next(with_body, next(iter(responses), ("", None)))


def _content(document: Document, node: Node) -> tuple[str, Node] | None:
    """The media type and schema of a body: JSON before a form before anything else."""
    if document.is_swagger:
        return ("application/json", node.child("schema")) if "schema" in node.mapping else None
    media = sorted(node.child("content").children(), key=lambda entry: _preference(entry[0]))
    return (media[0][0], media[0][1].child("schema")) if media else None


def _preference(media_type: str) -> int:
    return next((rank for rank, word in enumerate(_JSON) if word in media_type), len(_JSON))


def _body(document: Document, node: Node, depth: int = _DEPTH) -> Body | None:
    content = _content(document, node)
    return Body(content[0], shape_of(document, content[1], depth)) if content else None


def _scopes(document: Document, entry: Entry) -> Iterator[str]:
    """The scopes of the first security requirement that names any."""
    place = entry.node if "security" in entry.node.mapping else document.root
    for _, requirement in place.child("security").children():
        scopes = [scope for _, names in requirement.children() for scope in names.strings]
        if scopes:
            yield from dict.fromkeys(scopes)
            return
