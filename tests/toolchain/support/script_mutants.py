"""Mutants of a generated script by its syntax: an operator, a statement, a property or a value changed or removed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from nango_scaffold.typescript.nodes import source_text
from nango_scaffold.typescript.syntax import Node, syntax_of, walk

_OPERATORS = {
    "===": "!==",
    "!==": "===",
    "==": "!=",
    "!=": "==",
    "&&": "||",
    "||": "&&",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "+": "-",
    "-": "+",
    "*": "/",
}
_TYPES = ("type_annotation", "type_arguments", "interface_declaration", "import_statement", "type_parameters")


@dataclass(frozen=True)
class Mutant:
    """A script with one thing changed.

    Attributes:
        kind: what was changed.
        change: the line before and after, for a person.
        text: the script.
    """

    kind: str
    change: str
    text: str


def mutants(text: str) -> list[Mutant]:
    """Every mutant of a script, those of the kinds in turn, in an order that is the same in every run."""
    by_kind: dict[str, list[Mutant]] = {}
    source = text.encode()
    for kind, start, end, new in _changes(syntax_of(text).root):
        changed = (source[:start] + new.encode() + source[end:]).decode()
        if changed != text:
            line = source[:start].count(b"\n")
            change = f"line {line + 1}: {source[start:end].decode()!r} -> {new!r}"
            by_kind.setdefault(kind, []).append(Mutant(kind, change, changed))
    for of_kind in by_kind.values():
        of_kind.sort(key=lambda mutant: hashlib.sha256(mutant.change.encode()).hexdigest())
    rounds = zip_longest(*(by_kind[kind] for kind in sorted(by_kind)))
    return [mutant for row in rounds for mutant in row if mutant is not None]


def _changes(root: Node) -> Iterator[tuple[str, int, int, str]]:
    for node in walk(root):
        if not _is_left_alone(node):
            yield from _of_node(node)


def _is_left_alone(node: Node) -> bool:
    """Types, which vitest ignores; log messages; the head of a loop, which might never end."""
    inner: Node | None = node
    while inner is not None:
        if inner.type in _TYPES or _is_log(inner):
            return True
        outer = inner.parent
        if (
            outer is not None
            and outer.type in ("while_statement", "for_statement")
            and inner.type != "statement_block"
        ):
            return True
        inner = outer
    return False


def _is_log(node: Node) -> bool:
    return node.type == "call_expression" and source_text(node).startswith("nango.log(")


def _of_node(node: Node) -> Iterator[tuple[str, int, int, str]]:
    rule = _RULES.get(node.type)
    if rule is not None:
        yield from rule(node)


def _of_statement(node: Node) -> Iterator[tuple[str, int, int, str]]:
    if "nango.log(" not in source_text(node):
        yield "statement", node.start_byte, node.end_byte, ""


def _of_operation(node: Node) -> Iterator[tuple[str, int, int, str]]:
    operator = node.child_by_field_name("operator")
    if operator is not None and operator.type in _OPERATORS:
        yield "operator", operator.start_byte, operator.end_byte, _OPERATORS[operator.type]


def _of_value(node: Node) -> Iterator[tuple[str, int, int, str]]:
    text = source_text(node)
    others = {"true": "false", "false": "true", "number": f"{text}1", "string": "'mutant'"}
    yield "value", node.start_byte, node.end_byte, others[node.type]


def _of_property(node: Node) -> Iterator[tuple[str, int, int, str]]:
    if node.parent is not None and node.parent.type == "object":
        yield "property", *_with_comma(node), ""


def _of_condition(node: Node) -> Iterator[tuple[str, int, int, str]]:
    condition = node.child_by_field_name("condition")
    if condition is not None:
        yield "condition", condition.start_byte, condition.end_byte, f"(!{source_text(condition)})"


def _of_name(node: Node) -> Iterator[tuple[str, int, int, str]]:
    if _is_read(node):
        yield "path", node.start_byte, node.end_byte, f"{source_text(node)}Mutant"


def _with_comma(node: Node) -> tuple[int, int]:
    following = node.next_sibling
    return node.start_byte, (
        following.end_byte if following is not None and following.type == "," else node.end_byte
    )


def _of_call(node: Node) -> Iterator[tuple[str, int, int, str]]:
    """A list that is neither filtered nor converted."""
    function = node.child_by_field_name("function")
    if function is None or function.type != "member_expression":
        return
    name, owner = function.child_by_field_name("property"), function.child_by_field_name("object")
    if name is not None and owner is not None and source_text(name) in ("map", "filter"):
        yield "list", node.start_byte, node.end_byte, source_text(owner)


def _is_read(node: Node) -> bool:
    """Whether a property is read of the data, not of nango or a built-in object."""
    member = node.parent
    if member is None or member.type != "member_expression":
        return False
    owner, outer = member.child_by_field_name("object"), member.parent
    is_called = (
        outer is not None
        and outer.type == "call_expression"
        and outer.child_by_field_name("function") == member
    )
    return owner is not None and not is_called and source_text(owner) not in ("nango", "Math", "Number")


_RULES = {
    **dict.fromkeys(("expression_statement", "break_statement", "throw_statement"), _of_statement),
    **dict.fromkeys(("true", "false", "number", "string"), _of_value),
    **dict.fromkeys(("pair", "spread_element"), _of_property),
    "binary_expression": _of_operation,
    "if_statement": _of_condition,
    "call_expression": _of_call,
    "property_identifier": _of_name,
}
