"""The checks of an action: what it throws an ActionError for before it asks the API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..typescript.expression import expression_problem, expression_source, renamed
from ..typescript.nodes import arguments, parameters, source_text
from ..typescript.values import object_literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..typescript.syntax import Node
    from .script import Script

_ROOTS = ("input", "metadata")
_PARSED = re.compile(r"\bparsed\.data\b")
_OF_SETTINGS = "The connection's metadata does not set "


def checks_of(script: Script) -> Iterator[dict[str, str]]:
    """The checks of an action, in the order of the text.

    They are ``if`` statements of its own that do nothing but throw an ActionError with a message, over the input or the
    metadata; that settings are there is no check, as the model says it.
    """
    main = script.source.main
    body = main.child_by_field_name("body") if main is not None else None
    name = _input_name(main)
    for statement in body.named_children if body is not None else ():
        message = _message(statement)
        if message is None or message.startswith(_OF_SETTINGS):
            continue
        condition = source_text(statement.child_by_field_name("condition"))[1:-1]
        text = renamed(_PARSED.sub(name, condition), {name: _ROOTS[0]})
        if not expression_problem(text, _ROOTS):
            yield {"unless": expression_source(text, is_negated=True), "message": message}


def _input_name(main: Node | None) -> str:
    """The parameter that holds the input of an action."""
    inputs = parameters(main)[1:2] if main is not None else []
    return source_text(inputs[0].child_by_field_name("pattern") or inputs[0]) if inputs else _ROOTS[0]


def _message(statement: Node) -> str | None:
    """The message of the only statement of an ``if`` without ``else``, where that throws an ActionError."""
    block = statement.child_by_field_name("consequence")
    if statement.type != "if_statement" or block is None or statement.child_by_field_name("alternative"):
        return None
    statements = block.named_children if block.type == "statement_block" else [block]
    thrown = statements[0].named_children if len(statements) == 1 else []
    if len(thrown) != 1 or statements[0].type != "throw_statement":
        return None
    return _text_of(thrown[0])


def _text_of(error: Node) -> str | None:
    is_action_error = source_text(error.child_by_field_name("constructor")).endswith(".ActionError")
    payloads = [object_literal(each) for each in arguments(error)] if is_action_error else []
    fields: dict[str, Any] = payloads[0].fields if len(payloads) == 1 and payloads[0] is not None else {}
    message = fields.get("message")
    return message if isinstance(message, str) and fields.keys() == {"message"} else None
