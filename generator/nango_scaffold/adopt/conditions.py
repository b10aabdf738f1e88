"""Conditions in a script: of values that it sends, ``...(input.due != null && { due: input.due })``, and of an action's checks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..typescript.expression import expression_problem, expression_source, renamed
from ..typescript.nodes import (
    NAMES,
    arguments,
    parameter_name,
    parameters,
    part,
    part_text,
    plain,
    source_text,
)
from ..typescript.values import ObjectLiteral, object_literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..typescript.syntax import Node
    from .names import Names
    from .script import Script

LAST_RUN = "nango.lastSyncDate"
"""The date of the last run, as a script reads it."""

_ROOTS = ("metadata", "input", "parent", "record", "connection", "lookup", "lastSyncDate")
_OF_CHECKS = ("input", "metadata")
_PARSED = re.compile(r"\bparsed\.data\b")
_OF_SETTINGS = "The connection's metadata does not set "
_NOTHING = ("null", "undefined", "''", '""')
_UNEQUAL = ("!=", "!==")
_OPERATORS = ("&&", "||")
_PAGING = ("input.cursor", "input.limit")
_PAGE_NAMES = ("cursor", "limit")


@frozen
class OptionalFields:
    """Fields that are spread into an object where a condition is true."""

    condition: Node
    fields: ObjectLiteral

    def when(self, values: str, names: Names) -> str | None:
        """What has to be true beside that the values are there; empty for nothing, ``None`` where no answer says it.

        Args:
            values: what the fields are filled from, with placeholders such as ``${input.due}``.
            names: what the names of the script stand for.
        """
        others = [side for side in _conjuncts(self.condition) if not _is_presence(side, values, names)]
        if not others:
            return ""
        text = " && ".join(_with_roots(side, names) for side in others)
        return None if expression_problem(text, _ROOTS) else expression_source(text)


def optional_fields(spread: Node) -> OptionalFields | None:
    """``...(test && { a })`` or ``...(test ? { a } : {})``; ``None`` for all else that is spread."""
    value, condition = _spread_value(spread), _condition(spread)
    if value is None or condition is None:
        return None
    fields = part(value, "right")
    if value.type == "ternary_expression":
        # With anything else behind the colon, other fields are sent where the condition is false: no answer says that.
        if part_text(value, "alternative").replace(" ", "") not in ("{}", *_NOTHING):
            return None
        fields = part(value, "consequence")
    literal = object_literal(fields)
    return OptionalFields(condition, literal) if literal is not None else None


def asks_for_a_page(spread: Node, names: Names) -> bool:
    """Whether what is spread says which page is asked for."""
    tested = [node for node, _ in _tested(_condition(spread), names)]
    if not tested:
        return False
    # A variable of the loop says the page by its name alone, whether or not the loop could be read.
    if all(node.type in NAMES and source_text(node) in _PAGE_NAMES for node in tested):
        return True
    return all(names.is_paging(node) or names.meaning(node) in _PAGING for node in tested)


def _spread_value(spread: Node) -> Node | None:
    return plain(spread.named_children[0]) if spread.type == "spread_element" else None


def _condition(spread: Node) -> Node | None:
    """The condition under which something is spread; ``None`` where it always is."""
    value = _spread_value(spread)
    return part(value, "left") if part_text(value, "operator") == "&&" else part(value, "condition")


def meaning_of(node: Node | None, names: Names) -> str:
    """What an expression stands for, the date of the last run included; empty for all else."""
    text = source_text(plain(node)).replace("?", "")
    return "lastSyncDate" if text == LAST_RUN else names.meaning(node)


def _conjuncts(node: Node | None) -> list[Node]:
    """The sides of ``a && b && c``."""
    inner = plain(node)
    if inner is None:
        return []
    if part_text(inner, "operator") != "&&":
        return [inner]
    return [*_conjuncts(part(inner, "left")), *_conjuncts(part(inner, "right"))]


def _is_presence(node: Node, values: str, names: Names) -> bool:
    """Whether a condition asks only whether what some values are filled from is there."""
    tested = list(_tested(node, names))
    return bool(tested) and all(
        is_presence and _placeholder(each, names) in values for each, is_presence in tested
    )


def _placeholder(node: Node, names: Names) -> str:
    """What stands in a text for a value: the beginning of a placeholder, or all of one with an expression."""
    meaning = meaning_of(node, names)
    return f"${{{meaning}" if meaning else f"${{= {expression_of(node, names)}}}"


def expression_of(node: Node | None, names: Names) -> str:
    """An expression over what placeholders may name, for ``${= ...}``; empty for another one."""
    inner = plain(node)
    # An expression over constants alone reads nothing that a placeholder could name.
    if inner is None or not list(_roots(inner, names)):
        return ""
    text = _over_roots(inner, names)
    return "" if expression_problem(text, _ROOTS) else expression_source(text)


def _tested(node: Node | None, names: Names) -> Iterator[tuple[Node, bool]]:
    """What a condition tests, each with whether it is only tested for being there."""
    inner = plain(node)
    if inner is None:
        return
    operator = part_text(inner, "operator")
    left, right = part(inner, "left"), part(inner, "right")
    if operator in _OPERATORS:
        yield from _tested(left, names)
        yield from _tested(right, names)
    elif operator in _UNEQUAL and left is not None and source_text(right) in _NOTHING:
        yield left, bool(meaning_of(left, names) or expression_of(left, names))
    else:
        yield inner, bool(meaning_of(inner, names))


def _with_roots(node: Node, names: Names) -> str:
    """A condition over ``input``, ``metadata`` and so on, closed where it stands beside others."""
    text = _over_roots(node, names)
    is_open = node.type == "binary_expression" and part_text(node, "operator") == "||"
    return f"({text})" if is_open else text


def _over_roots(node: Node, names: Names) -> str:
    """An expression over ``input``, ``metadata`` and so on, whatever they are called in the script."""
    start, data = node.start_byte, node.text or b""
    # From the back, as each replacement moves what stands behind it; in bytes, as the tree counts them.
    for place, meaning in reversed(list(_roots(node, names))):
        data = data[: place.start_byte - start] + meaning.encode() + data[place.end_byte - start :]
    return data.decode()


def _roots(node: Node, names: Names) -> Iterator[tuple[Node, str]]:
    """The innermost parts of a condition that have a meaning, in the order of the text."""
    meaning = ""
    if node.type == "member_expression":
        of = part(node, "object")
        inner = list(_roots(of, names)) if of is not None else []
        # Only what a chain begins with is replaced: its steps stay as they are written, `?.` included.
        yield from inner
        if not inner:
            meaning = meaning_of(node, names)
    elif node.type in NAMES:
        meaning = names.meaning(node)
    else:
        for child in node.named_children:
            yield from _roots(child, names)
    if meaning:
        yield node, meaning


# The checks of an action.


def checks_of(script: Script) -> Iterator[dict[str, str]]:
    """The checks of an action, in the order of the text.

    They are ``if`` statements of its own that do nothing but throw an ActionError with a message, over the input or the
    metadata; that settings are there is no check, as the model says it.
    """
    main = script.source.main
    body = part(main, "body")
    if body is None:
        return
    name = next(map(parameter_name, parameters(main)[1:2]), "input")
    for statement in body.named_children:
        message = _message(statement)
        if message is None or message.startswith(_OF_SETTINGS):
            continue
        condition = part_text(statement, "condition")[1:-1]
        # An input without required fields is read from what its validation gives: `parsed.data`.
        text = renamed(_PARSED.sub(name, condition), {name: "input"})
        if not expression_problem(text, _OF_CHECKS):
            yield {"unless": expression_source(text, is_negated=True), "message": message}


def _message(statement: Node) -> str | None:
    """The message of the only statement of an ``if`` without ``else``, where that throws an ActionError."""
    block = part(statement, "consequence")
    if statement.type != "if_statement" or block is None or part(statement, "alternative"):
        return None
    statements = block.named_children if block.type == "statement_block" else [block]
    thrown = statements[0].named_children if len(statements) == 1 else []
    if len(thrown) != 1 or statements[0].type != "throw_statement":
        return None
    return _error_message(thrown[0])


def _error_message(error: Node) -> str | None:
    payloads = arguments(error)
    if not part_text(error, "constructor").endswith(".ActionError") or len(payloads) != 1:
        return None
    literal = object_literal(payloads[0])
    fields: dict[str, Any] = literal.fields if literal is not None else {}
    message = fields.get("message")
    # A check has a message and nothing else: with a code beside it, the answers would lose that.
    return message if isinstance(message, str) and fields.keys() == {"message"} else None
