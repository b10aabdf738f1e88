"""What a zod schema says, without what formatting and versions of ts-to-zod change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...typescript.nodes import arguments, source_text

if TYPE_CHECKING:
    from ...typescript.syntax import Node

_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_UNDEFINED = "z . undefined()"
_LEFT_OUT = (",", "comment", "type_annotation")


def essence(node: Node) -> str:
    """An expression, or a declaration, in one dress: equal texts say the same."""
    if node.type == "string":
        return string_essence(source_text(node))
    if node.type == "parenthesized_expression":
        return essence(node.named_children[0])
    if node.type == "call_expression":
        return _of_call(node)
    if node.type == "pair":
        return f"{key_essence(source_text(node.children[0]))}:{essence(node.children[-1])}"
    if not node.children:
        return source_text(node)
    return " ".join(essence(child) for child in node.children if child.type not in _LEFT_OUT)


def string_essence(text: str) -> str:
    """A string literal in double quotes, whichever it was written in."""
    return '"' + text[1:-1].replace('\\"', '"').replace("\\'", "'") + '"'


def key_essence(text: str) -> str:
    """A key without the quotes that it does not need."""
    inside = text[1:-1] if text[:1] in ("'", '"') else text
    return inside if _NAME.fullmatch(inside) else string_essence(f"'{inside}'")


def _of_call(node: Node) -> str:
    function = node.child_by_field_name("function") or node.children[0]
    parts = arguments(node)
    if essence(function) == "z . record" and len(parts) == 2:
        parts = parts[1:]  # ts-to-zod leaves out that keys are strings
    owner = function.child_by_field_name("object")
    if owner is not None and source_text(function.child_by_field_name("property")) == "optional":
        return f"{_without_undefined(owner)}.optional()"
    return f"{essence(function)}({','.join(map(essence, parts))})"


def _without_undefined(node: Node) -> str:
    """A schema that is optional in any case: older versions of the CLI do not say ``undefined`` once more."""
    function = node.child_by_field_name("function") if node.type == "call_expression" else None
    parts = arguments(node)
    if function is None or essence(function) != "z . union" or len(parts) != 1:
        return essence(node)
    members = [essence(member) for member in parts[0].named_children]
    left = [member for member in members if member != _UNDEFINED]
    return left[0] if len(left) == 1 else f"z . union([ {' '.join(left)} ])"
