"""Where a script checks something with a zod schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..typescript.nodes import called, part, part_text

if TYPE_CHECKING:
    from ..typescript.syntax import Node
    from .script import Script

_PARSES = ("parse", "safeParse", "parseAsync", "safeParseAsync")


def checks(script: Script) -> list[Node]:
    """The calls that check a value with a schema, in the order of the text."""
    return [node for node in script.syntax.nodes("call_expression") if _is_check(script, node)]


def _is_check(script: Script, node: Node) -> bool:
    function = called(node)
    if function is None or function.type != "member_expression":
        return False
    method = part_text(function, "property")
    if method in _PARSES:
        name = _first_name(script, part(function, "object"))
        return script.import_of(name) is not None or name.lower().endswith("schema")
    return method in ("zodValidateInput", "zodValidate")


def _first_name(script: Script, owner: Node | None) -> str:
    """What a chain of calls and members such as ``schema.partial().strict`` begins with."""
    while owner is not None and owner.type in ("call_expression", "member_expression"):
        owner = part(owner, "function") or part(owner, "object")
    return script.of(owner)
