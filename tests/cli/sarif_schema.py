"""The parts of the SARIF 2.1.0 schema that are used here, closed to all others."""

from __future__ import annotations

REGION = {
    "type": "object",
    "properties": {
        name: {"type": "integer", "minimum": 1}
        for name in ("startLine", "startColumn", "endLine", "endColumn")
    },
    "required": ["startLine"],
    "additionalProperties": False,
}
MESSAGE = {
    "type": "object",
    "properties": {"text": {"type": "string", "minLength": 1}, "markdown": {"type": "string"}},
    "required": ["text"],
    "additionalProperties": False,
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
FILE = {
    "type": "object",
    "properties": {"uri": {"type": "string", "pattern": r"^[A-Za-z0-9._~%/-]+$"}},
    "required": ["uri"],
    "additionalProperties": False,
}


def closed(required: dict[str, object], **more: object) -> dict[str, object]:
    """A schema of an object with these properties and no others."""
    return {
        "type": "object",
        "properties": {**required, **more},
        "required": list(required),
        "additionalProperties": False,
    }


RULE = closed(
    {"id": {"type": "string"}, "shortDescription": MESSAGE, "defaultConfiguration": closed({"level": LEVEL})},
    name={"type": "string"},
    help=MESSAGE,
)
REPLACEMENT = closed({"deletedRegion": REGION}, insertedContent=closed({"text": {"type": "string"}}))
CHANGE = closed(
    {"artifactLocation": FILE, "replacements": {"type": "array", "items": REPLACEMENT, "minItems": 1}}
)
FIX = closed({"artifactChanges": {"type": "array", "items": CHANGE, "minItems": 1}})
LOCATION = closed({"physicalLocation": closed({"artifactLocation": FILE}, region=REGION)})
RESULT = closed(
    {"message": MESSAGE},
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    locations={"type": "array", "items": LOCATION},
    fixes={"type": "array", "items": FIX},
)
DRIVER = closed(
    {"name": {"type": "string"}}, version={"type": "string"}, rules={"type": "array", "items": RULE}
)
NOTIFICATION = closed(
    {"message": MESSAGE},
    level=LEVEL,
    locations={"type": "array", "items": closed({"physicalLocation": closed({"artifactLocation": FILE})})},
)
INVOCATION = closed(
    {"executionSuccessful": {"type": "boolean"}},
    toolExecutionNotifications={"type": "array", "items": NOTIFICATION},
)
RUN = closed(
    {"tool": closed({"driver": DRIVER})},
    invocations={"type": "array", "items": INVOCATION},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results={"type": "array", "items": RESULT},
)
SARIF = closed(
    {"version": {"const": "2.1.0"}, "runs": {"type": "array", "items": RUN}},
    **{"$schema": {"type": "string"}},
)
