"""TypeScript statements read into the printer's documents: those that templates write.

A statement of another shape is not read, and neither is one with a comment that would be lost: they stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..syntax import walk
from .expressions import assignment, layout, parameters
from .layout import Doc, concat, group
from .parse_expressions import UnknownShapeError, expression, field_of, text_of
from .statements import condition, constant, expression_statement, import_clause, returned
from .types import interface, type_alias

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..syntax import Node


class Statement(NamedTuple):
    """A statement, or its head up to the brace of its block.

    Attributes:
        doc: its document.
        end_byte: where it ends in the text that it was read from.
    """

    doc: Doc
    end_byte: int


def parse_statement(node: Node) -> Statement | None:
    """Read a statement; ``None`` where it has a shape or a comment that the printer does not know."""
    reader = _STATEMENTS.get(node.type)
    try:
        return reader(node) if reader else None
    except UnknownShapeError:
        return None


def _whole(node: Node, doc: Doc) -> Statement | None:
    """A statement without a block."""
    return Statement(doc, node.end_byte) if all(map(_is_above_property, walk(node, "comment"))) else None


def _is_above_property(comment: Node) -> bool:
    """Whether a comment stands on a line of its own above a property; the printer writes no other."""
    if comment.parent is None or comment.parent.type != "object":
        return False
    # Behind a property, or behind the last one, the reader of objects would lose it.
    before, after = comment.prev_sibling, comment.next_named_sibling
    if before is None or after is None:
        return False
    return before.end_point.row < comment.start_point.row < after.start_point.row


def _head(node: Node, block: str, *doc: Doc) -> Statement | None:
    """What stands before a block, with its opening brace."""
    body = field_of(node, block)
    if body.type != "statement_block":
        return None
    return Statement(concat(*doc, " {"), body.start_byte + 1)


def _import(node: Node) -> Statement | None:
    specifiers = [text_of(name) for name in walk(node, "import_specifier")]
    if not specifiers:  # a default import, a namespace, or one for its effects
        return None
    types_only = any(child.type == "type" for child in node.children)
    clause = import_clause(specifiers, text_of(field_of(node, "source")), types_only=types_only)
    return _whole(node, clause)


def _declaration(node: Node, before: str = "") -> Statement | None:
    if len(node.named_children) != 1:  # several variables in one statement
        return None
    declarator = node.named_children[0]
    annotation = declarator.child_by_field_name("type")
    target = text_of(field_of(declarator, "name")) + (text_of(annotation) if annotation else "")
    value = expression(field_of(declarator, "value"))
    return _whole(node, constant(target, value, keyword=f"{before}{text_of(node.children[0])}"))


def _exported(node: Node) -> Statement | None:
    declared = field_of(node, "declaration")
    words = [text_of(child) for child in node.children if child.end_byte <= declared.start_byte]
    reader = _DECLARATIONS.get(declared.type)
    return reader(declared, f"{' '.join(words)} ") if reader else None


def _expression_statement(node: Node) -> Statement | None:
    value = node.named_children[0]
    if value.type not in ("assignment_expression", "augmented_assignment_expression"):
        return _whole(node, expression_statement(expression(value)))
    operator = value.child_by_field_name("operator")
    sign = f" {text_of(operator)}" if operator else " ="
    assigned = assignment(text_of(field_of(value, "left")), sign, expression(field_of(value, "right")))
    return _whole(node, concat(group(assigned), ";"))


def _returned(node: Node) -> Statement | None:
    return _whole(node, returned(expression(node.named_children[0]), keyword=text_of(node.children[0])))


def _function(node: Node, before: str = "") -> Statement | None:
    words = [text_of(child) for child in node.children if child.type in ("async", "function", "identifier")]
    takes = tuple(text_of(child) for child in field_of(node, "parameters").named_children)
    gives = node.child_by_field_name("return_type")
    head = group(group(parameters(takes)), text_of(gives) if gives else "")
    return _head(node, "body", f"{before}{' '.join(words)}", head)


def _if(node: Node) -> Statement | None:
    tested = field_of(node, "condition").named_children[0]
    return _head(node, "consequence", "if ", condition(expression(tested)))


def _for_of(node: Node) -> Statement | None:
    right = field_of(node, "right")
    before = (node.text or b"")[: right.start_byte - node.start_byte].decode()
    return _head(node, "body", before, layout(expression(right)), ")")


_DECLARATIONS: dict[str, Callable[[Node, str], Statement | None]] = {
    "function_declaration": _function,
    "interface_declaration": lambda node, before: Statement(interface(node, before), node.end_byte),
    "lexical_declaration": _declaration,
    "type_alias_declaration": lambda node, before: Statement(type_alias(node, before), node.end_byte),
}
_STATEMENTS: dict[str, Callable[[Node], Statement | None]] = {
    "export_statement": _exported,
    "expression_statement": _expression_statement,
    "for_in_statement": _for_of,
    "function_declaration": _function,
    "if_statement": _if,
    "import_statement": _import,
    "lexical_declaration": _declaration,
    "return_statement": _returned,
    "throw_statement": _returned,
}
