"""Small API documents, in the three dialects."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from nango_scaffold.infer.document import Document, load


def openapi(
    paths: Mapping[str, Any], schemas: Mapping[str, Any] | None = None, version: str = "3.0.3", **more: Any
) -> Document:
    """A document of OpenAPI 3."""
    data = {
        "openapi": version,
        "info": {"title": "Acme", "version": "1"},
        "servers": [{"url": "https://api.acme.example/v2"}],
        "paths": paths,
        "components": {"schemas": schemas or {}},
        **more,
    }
    return load(json.dumps(data).encode(), "acme.json")


def swagger(paths: Mapping[str, Any], definitions: Mapping[str, Any] | None = None) -> Document:
    """A document of Swagger 2.0."""
    data = {
        "swagger": "2.0",
        "host": "api.acme.example",
        "basePath": "/v2",
        "paths": paths,
        "definitions": definitions or {},
    }
    return load(json.dumps(data).encode(), "acme.json")


def responds(schema: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """An operation whose response is of a schema."""
    return {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}, **more}


def takes(schema: Mapping[str, Any], media_type: str = "application/json", **more: Any) -> dict[str, Any]:
    """An operation that takes a body of a schema and answers with nothing."""
    body = {"required": True, "content": {media_type: {"schema": schema}}}
    return {"requestBody": body, "responses": {"204": {"description": "done"}}, **more}
