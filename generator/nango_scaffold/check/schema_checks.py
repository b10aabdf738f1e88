"""Where a script checks something with a zod schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..typescript.syntax import walk

if TYPE_CHECKING:
    from ..typescript.syntax import Node
    from .script import Script

_PARSES = ("parse", "safeParse", "parseAsync", "safeParseAsync")


def checks(script: Script) -> list[Node]:
    """The calls that check a value with a schema, in the order of the text."""
    return [node for node in walk(script.syntax.root, "call_expression") if _is_check(script, node)]


def _is_check(script: Script, node: Node) -> bool:
    function = node.child_by_field_name("function")
    if function is not None and function.type == "await_expression":
        function = function.named_children[-1]
    if function is None or function.type != "member_expression":
        return False
    method = script.of(function.child_by_field_name("property"))
    if method in ("zodValidateInput", "zodValidate"):
        return True
    owner = function.child_by_field_name("object")
    while owner is not None and owner.type in ("call_expression", "member_expression"):
        owner = owner.child_by_field_name("function") or owner.child_by_field_name("object")
    name = script.of(owner)
    return method in _PARSES and (script.import_of(name) is not None or name.lower().endswith("schema"))
