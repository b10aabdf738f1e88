"""What a script fills in, in the words of the answers: ``${input.due:date}``, ``[[ ... ]]``, bodies as trees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..answers.body import SPREAD
from ..spec.template_text import escaped
from ..typescript.nodes import arguments, called, part, part_text, plain, source_text
from ..typescript.scopes import constant_value
from ..typescript.syntax import walk
from ..typescript.values import Code, ObjectLiteral, Templated, constant_text, object_literal, value_of
from .conditions import LAST_RUN, asks_for_a_page, expression_of, optional_fields
from .names import entries_of

if TYPE_CHECKING:
    from ..typescript.syntax import Node
    from .names import Names

_DATES = (
    (".toISOString().slice(0, 10)", "date"),
    (".toISOString()", "iso"),
    (".toUTCString()", "http"),
    (".getTime()", "epoch_milliseconds"),
)
_FORMATS = {"Number": "number", "readNumber": "number", "String": "text"}


class ComputedError(Exception):
    """A value that is made of more than constants and fields; its text."""


def text_of(value: Any, names: Names) -> str | None:
    """A text with ``${input.x}`` in it; ``None`` where something else is filled in."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Templated):
        return placeholder_of(value.node, names) if isinstance(value, Code) else None
    texts: list[str] = []
    for piece in value.parts:
        text = escaped(piece) if isinstance(piece, str) else _filled_in(piece, names)
        if text is None:
            return None
        texts.append(text)
    return "".join(texts)


def _filled_in(node: Node, names: Names) -> str | None:
    """What stands in a template literal: a value, or a stretch of text that may be left out."""
    inner = plain(node.named_children[0]) if node.named_children else None
    if inner is None or inner.type != "ternary_expression":
        return placeholder_of(inner, names)
    _, stretch, otherwise = inner.named_children
    text = text_of(value_of(stretch), names) if source_text(otherwise) in ("''", '""') else None
    # A stretch is left out for want of a value in it; without one, the condition is a decision of the script's own.
    return f"[[{text}]]" if text is not None and "${" in text else placeholder_of(inner, names)


def placeholder_of(node: Node | None, names: Names) -> str | None:
    """``${input.x}`` for an expression that is a field, the text of a constant, ``${= ...}`` for one over the input.

    Returns:
        ``None`` for one that reads anything else.
    """
    field = _date_in_format(node, names) or _field(node, names)
    if field:
        return f"${{{field}}}"
    constant = constant_text(node)
    computed = expression_of(node, names) if constant is None else ""
    return f"${{= {computed}}}" if computed else constant


def _field(node: Node | None, names: Names) -> str:
    meaning = names.meaning(node)
    # `input.tags.length` counts the entries of a field: no path reads that.
    is_length = meaning.count(".") > 1 and meaning.endswith(".length")
    is_field = "." in meaning or meaning == "input"
    return meaning if is_field and not is_length else ""


def dates_of(main: Node | None, names: Names) -> dict[str, str]:
    """The fields of the input that an action reads as dates first, each with the format that it is sent in."""
    formats: dict[str, str] = {}
    named = (each for each in walk(main, "variable_declarator") if part_text(each, "name") == "dates")
    literal = object_literal(part(next(named, None), "value"))
    if literal is None:
        return {}
    for key in literal.pairs:
        name, _, format_ = _date_in_format(literal.value(key), names).partition(":")
        if name == f"input.{key}":
            formats[key] = format_ or "iso"
    return formats


def _date_in_format(node: Node | None, names: Names) -> str:
    """``input.due:date`` for a date that is written in a format."""
    node = plain(node)
    text = source_text(node)
    if node is None or node.type != "call_expression":
        return ""
    # Before the formats: seconds are milliseconds with more around them.
    if text.startswith("Math.floor(") and text.endswith(".getTime() / 1000)"):
        (quotient,) = arguments(node)
        inner = _date_in_format(part(quotient, "left"), names)
        return inner.replace(":epoch_milliseconds", ":epoch_seconds")
    for end, format_ in _DATES:
        if text.endswith(end):
            date = _date(_called_on(node, end.count("(")), names)
            # The date of the last run goes out as ISO by default.
            is_default = date == "lastSyncDate" and format_ == "iso"
            return date if is_default or not date else f"{date}:{format_}"
    return ""


def _called_on(call: Node, methods: int) -> Node | None:
    """The object of which a chain of so many methods is called."""
    of: Node | None = call
    for _ in range(methods):
        of = part(called(of), "object")
    return of


def _date(node: Node | None, names: Names) -> str:
    """The date of the last run, or the field that a date is read from."""
    node = plain(node)
    if node is None:
        return ""
    if source_text(node).replace("?", "") == LAST_RUN:
        return "lastSyncDate"
    is_read = node.type == "new_expression" or source_text(called(node)) == "readDate"
    # The value comes last: `readDate(nango, 'due', input.due)`.
    values = arguments(node)[-1:] if is_read else []
    return _field(values[0], names) if values else ""


def constant_template(node: Node | None) -> str | None:
    """The text of a string, of a template literal without values in it, or of a constant that is one."""
    node = plain(node)
    text = value_of(constant_value(node) or node)
    return text if isinstance(text, str) else None


def tree_of(value: Any, names: Names) -> Any:
    """A body as the tree that ``request.json`` holds.

    Raises:
        ComputedError: a part of it is made of more than constants and fields.
    """
    if isinstance(value, ObjectLiteral):
        return _mapping(value, names)
    if isinstance(value, list):
        return [tree_of(item, names) for item in value]
    if isinstance(value, str):
        return escaped(value)
    if not isinstance(value, (Code, Templated)):
        return value
    text = number_or_text(value.node, names) if isinstance(value, Code) else None
    text = text or text_of(value, names)
    if text is None:
        raise ComputedError(source_text(value.node))
    return text


def number_or_text(node: Node, names: Names) -> str | None:
    """``${input.amount:number}`` for a value that is converted."""
    format_ = _FORMATS.get(source_text(called(node)))
    values = arguments(node)[-1:] if format_ else []
    inner = plain(values[0]) if values else None
    # `String(readNumber(...))`: parameters are sent as text, but the value has to be a number.
    if inner is not None and source_text(called(inner)) == "readNumber":
        return number_or_text(inner, names)
    field = _field(inner, names)
    return f"${{{field}:{format_}}}" if field else None


def _mapping(literal: ObjectLiteral, names: Names) -> dict[str, Any]:
    """An object; what is spread into it under a condition stands among its fields."""
    tree: dict[str, Any] = {}
    for key, node in entries_of(literal):
        if key is None:
            tree |= _spread(node, names)
        elif not names.is_paging(literal.value(key) or node):
            tree[key] = tree_of(value_of(literal.value(key)), names)
    return tree


def _spread(node: Node, names: Names) -> dict[str, Any]:
    meaning = names.meaning(plain(node.named_children[0])) if node.type == "spread_element" else ""
    if meaning:
        return {SPREAD: meaning}
    if asks_for_a_page(node, names):
        return {}
    optional = optional_fields(node)
    if optional is None:
        raise ComputedError(source_text(node))
    tree = _mapping(optional.fields, names)
    # A tree has no conditions but that the values are there.
    if optional.when(str(tree), names) != "":
        raise ComputedError(source_text(node))
    return tree
