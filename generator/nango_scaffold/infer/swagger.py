"""What Swagger 2.0 says in other places than OpenAPI 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .document import Document, Node

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORM = "application/x-www-form-urlencoded"


def request_media_type(document: Document, operation: Node) -> str:
    """The media type of a body: the first JSON one that an operation consumes, else the first."""
    place = operation if "consumes" in operation.mapping else document.root
    consumed = place.child("consumes").value
    media_types = [item for item in consumed if isinstance(item, str)] if isinstance(consumed, list) else []
    return next((item for item in media_types if "json" in item), next(iter(media_types), "application/json"))


def form_schema(document: Document, operation: Node, parameters: Iterable[Node]) -> tuple[Node, str]:
    """The schema that parameters of a form amount to, and its media type."""
    parameters = list(parameters)
    properties = {str(node.mapping.get("name")): node.mapping for node in parameters}
    required = [str(node.mapping.get("name")) for node in parameters if node.mapping.get("required") is True]
    own = {
        name: {key: value for key, value in parameter.items() if key != "required"}
        for name, parameter in properties.items()
    }
    schema = {"type": "object", "properties": own, "required": required}
    media_type = request_media_type(document, operation)
    return Node(schema, operation.file, f"{operation.pointer}/form"), (
        media_type if "form" in media_type else _FORM
    )
