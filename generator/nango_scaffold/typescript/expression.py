"""One TypeScript expression: what may stand in it, so that it can neither leave its place nor do more than compute a value."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .nodes import NAMES, is_a, member_chain, part, part_text, plain, source_text
from .scopes import binding_of
from .syntax import syntax_of, walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from .syntax import Node

LONGEST = 1000
"""The most characters of an expression."""

_VALUES = frozenset(
    "arguments array arrow_function as_expression binary_expression call_expression computed_property_name "
    "escape_sequence expression_statement false identifier member_expression non_null_expression null number object "
    "optional_chain pair parenthesized_expression program property_identifier regex regex_flags regex_pattern "
    "satisfies_expression shorthand_property_identifier spread_element string string_fragment subscript_expression "
    "template_string template_substitution ternary_expression true unary_expression undefined".split()
)
_PARAMETERS = frozenset(
    "array_pattern assignment_pattern formal_parameters object_assignment_pattern object_pattern optional_parameter "
    "pair_pattern required_parameter rest_pattern shorthand_property_identifier_pattern".split()
)
_TYPES = frozenset(
    "array_type generic_type literal_type object_type parenthesized_type predefined_type property_signature "
    "type_annotation type_arguments type_identifier union_type".split()
)
_ACCEPTED = _VALUES | _PARAMETERS | _TYPES
_IN_WORDS = {
    "assignment_expression": "an assignment",
    "augmented_assignment_expression": "an assignment",
    "await_expression": "await",
    "class": "a class",
    "comment": "a comment",
    "function_expression": "a function with statements",
    "generator_function": "a function with statements",
    "html_comment": "a comment",
    "import": "an import",
    "meta_property": "import.meta or new.target",
    "method_definition": "a method",
    "new_expression": "new",
    "sequence_expression": "several expressions",
    "statement_block": "a function with statements",
    "type_query": "typeof in a type",
    "update_expression": "an assignment (++ or --)",
    "yield_expression": "yield",
}
_REFUSED_OPERATORS = ("delete", "void")
_REFUSED_MEMBERS = frozenset(
    "__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__ callee caller constructor "
    "prototype".split()
)
_MEMBER_NAMES = (
    "private_property_identifier",
    "property_identifier",
    "shorthand_property_identifier",
    "shorthand_property_identifier_pattern",
)
_KNOWN_TYPES = frozenset("Array Date Partial Readonly ReadonlyArray Record const".split())
# A computed member is a number where the outermost operator always gives one.
_ARITHMETIC = frozenset("- * / % ~".split())

_COMPARISONS = ("!", "===", "!==", "==", "!=", "<", ">", "<=", ">=")

_FUNCTIONS = frozenset(
    "BigInt Boolean Number String decodeURIComponent encodeURI encodeURIComponent decodeURI isFinite isNaN parseFloat "
    "parseInt".split()
)
_GLOBAL_MEMBERS = {
    "Array": frozenset("from isArray of".split()),
    "Buffer": frozenset("byteLength from".split()),
    "Date": frozenset("UTC now parse".split()),
    "JSON": frozenset("parse stringify".split()),
    "Math": frozenset("abs ceil floor max min pow round sign sqrt trunc".split()),
    "Number": frozenset("isFinite isInteger isNaN isSafeInteger parseFloat parseInt".split()),
    "Object": frozenset("entries fromEntries keys values".split()),
    "String": frozenset("fromCharCode fromCodePoint".split()),
}
_CONSTANTS = frozenset(("Infinity", "NaN"))
GLOBALS = _FUNCTIONS | _GLOBAL_MEMBERS.keys() | _CONSTANTS
"""The globals of Nango's sandbox that an expression may use."""

_PARSED_INPUT = (
    "parsed"  # the variable of scripts that `input` is renamed to, where no field of it is required
)

# What ends a line elsewhere, or cannot be seen.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def expression_problem(text: str, names: Collection[str]) -> str:
    """Why a text is not one expression that only computes a value.

    Args:
        text: what somebody wrote.
        names: the names that it may use beside `GLOBALS`, such as ``response``.

    Returns:
        The problem, such as ``it holds an assignment``; empty where there is none.
    """
    root = expression_node(text)
    if root is None:
        return "it is not one TypeScript expression"
    for node in walk(root.parent or root):
        why = _problem_of(node, names)
        if why:
            return why
    return "it is a function, not a value" if _is_function(root) else ""


@lru_cache(maxsize=512)
def expression_node(text: str) -> Node | None:
    """The node of a text that is one expression, comments aside, and nothing else; None for another text."""
    if len(text) > LONGEST or not text.strip() or _UNSEEN.search(text):
        return None
    # Whatever closes the parenthesis early, or swallows it, gives another tree than one pair round the whole text.
    # The line breaks keep a comment at the end from swallowing the second one.
    syntax = syntax_of(f"(\n{text}\n)")
    if not syntax.is_whole or syntax.excess:
        return None
    statement = _only_child(syntax.root, "program")
    parentheses = _only_child(statement, "expression_statement")
    node = _only_child(parentheses, "parenthesized_expression")
    is_around_all = node is not None and _span(parentheses) == (0, len(text.encode()) + 4)
    return node if is_around_all else None


def _only_child(node: Node | None, kind: str) -> Node | None:
    """What stands in a node of some kind, comments aside; None where that is not one node."""
    inner = [child for child in node.named_children if child.type != "comment"] if node is not None else []
    is_only = is_a(node, kind) and len(inner) == 1
    return inner[0] if is_only else None


def _span(node: Node | None) -> tuple[int, int]:
    return (node.start_byte, node.end_byte) if node is not None else (0, 0)


def free_names(text: str) -> frozenset[str]:
    """The names of an expression that neither its own functions bind nor `GLOBALS` has; empty for another text."""
    root = expression_node(text)
    return frozenset(map(source_text, free_nodes(root))) - GLOBALS if root is not None else frozenset()


def free_nodes(root: Node) -> Iterator[Node]:
    """Where an expression uses names that its own functions do not bind."""
    return (node for node in walk(root, *NAMES) if binding_of(node) is None)


def renamed(text: str, variables: Mapping[str, str]) -> str:
    """An expression without a problem, with other names for those that it does not bind itself.

    Args:
        text: the expression.
        variables: the other name of a name, or of a property of one: ``lookup.site``.
    """
    root = expression_node(text)
    if root is None:
        return text
    start, data = root.start_byte, root.text or b""
    # From the end, so that the places of those before stay right.
    for node in reversed(list(free_nodes(root))):
        node, name = _longest_name(node, variables)
        variable = variables.get(name, name)
        # `{ id }` keeps the key: `{ id: issueId }`.
        if variable != name and node.type == "shorthand_property_identifier":
            variable = f"{name}: {variable}"
        data = data[: node.start_byte - start] + variable.encode() + data[node.end_byte - start :]
    return data.decode()


def _longest_name(node: Node, variables: Mapping[str, str]) -> tuple[Node, str]:
    """A name, or the property that is read of it where that has another name itself."""
    own, outer = source_text(node), node.parent
    root, members = member_chain(outer)
    if outer is not None and root == node and len(members) == 1 and f"{own}.{members[0]}" in variables:
        return outer, f"{own}.{members[0]}"
    return node, own


def expression_source(text: str, *, is_negated: bool = False) -> str:
    """An expression on one line, as prettier writes it; one that the printer does not know has only its lines joined.

    Args:
        text: an expression without a problem.
        is_negated: whether to write its negation, such as ``!(input.a > 1)``; that of ``!input.a`` is ``input.a``.
    """
    from .printer.expressions import on_one_line  # brings the printer, which most answers do without
    from .printer.parse_expressions import UnknownShapeError, expression

    line = _on_one_line(text)
    written = _negation(line) if is_negated else line
    node = expression_node(written)
    try:
        printed = on_one_line(expression(node)) if node is not None else written
    except UnknownShapeError:
        return written
    # The expression is the user's, in shapes that no template writes: one whose meaning the printer would change stays.
    again = expression_node(printed)
    is_same = node is not None and again is not None and _tree(node) == _tree(again)
    return printed if is_same else written


def _negation(line: str) -> str:
    root = expression_node(line)
    if root is None:
        return f"!({line})"
    if part_text(root, "operator") == "!":
        return part_text(root, "argument")
    return f"!{line}" if root.type == "parenthesized_expression" else f"!({line})"


def condition_source(text: str) -> str:
    """An expression on one line as a condition, true or false: ``Boolean(...)`` round one that may be something else."""
    root = expression_node(text)
    return expression_source(text if root is not None and _is_condition(root) else f"Boolean({text})")


def _is_condition(node: Node | None) -> bool:
    node = plain(node)
    operator = part_text(node, "operator")
    if node is None or operator not in ("&&", "||"):
        return operator in _COMPARISONS
    return all(_is_condition(part(node, side)) for side in ("left", "right"))


def _on_one_line(text: str) -> str:
    """An expression without line breaks, and with single quotes where no escape is needed for them."""
    root = expression_node(text)
    if root is None:
        return text
    start = root.start_byte
    data = root.text or b""
    for node in reversed(list(walk(root, "string", "string_fragment"))):
        part = _respelt(node).encode()
        data = data[: node.start_byte - start] + part + data[node.end_byte - start :]
    return " ".join(line.strip() for line in data.decode().split("\n"))


def _respelt(node: Node) -> str:
    text = source_text(node)
    if node.type == "string_fragment":
        # Only in a template literal is a line break part of the text.
        is_in_template = node.parent is not None and node.parent.type == "template_string"
        return text.replace("\n", "\\n") if is_in_template else text
    needs_double = "'" in text or "\\" in text
    return f"'{text[1:-1]}'" if text[0] == '"' and not needs_double else text


def _tree(node: Node) -> tuple[object, ...]:
    """What an expression is made of: its nodes, and the text of those that have none below; parentheses left out."""
    if node.type == "parenthesized_expression":
        return _tree(node.named_children[0])
    if node.type == "formal_parameters":
        inner = node.children[1:-1]
        # Prettier writes `(x) => ...` for `x => ...`, where the grammar has a mere name.
        if [child.type for child in inner] == ["required_parameter"]:
            parameter = inner[0]
            return _tree(parameter.children[0] if len(parameter.children) == 1 else parameter)
    return (node.type, tuple(map(_tree, node.children)) or source_text(node))


def _problem_of(node: Node, names: Collection[str]) -> str:
    if not node.is_named:
        return "it holds an async function" if node.type == "async" else ""
    # A list of what is accepted rather than refused, so that a kind of node that a release of the grammar adds is refused.
    if node.type not in _ACCEPTED:
        kind = _IN_WORDS.get(node.type, node.type.replace("_", " "))
        return f"it holds {kind}"
    check = _CHECKS.get(node.type)
    why = check(node) if check else ""
    if why or node.type not in NAMES:
        return why
    if binding_of(node) is not None:
        return "the name parsed is taken; give it another" if source_text(node) == _PARSED_INPUT else ""
    return _name_problem(node, names)


def _name_problem(node: Node, names: Collection[str]) -> str:
    name = source_text(node)
    if name in names:
        return ""
    if name not in GLOBALS:
        return f"the name {name} is not known here; known are {', '.join(names)}"
    return "" if _is_harmless(node, name) else f"{name} cannot be used this way"


def _is_harmless(node: Node, name: str) -> bool:
    """Whether a global is used for what it computes: called, handed on as a function, or one of its members read."""
    outer = node.parent
    if name in _CONSTANTS or outer is None:
        return name in _CONSTANTS
    if outer.type == "member_expression" and part(outer, "object") == node:
        member = part_text(outer, "property")
        return member in _GLOBAL_MEMBERS.get(name, ())
    return name in _FUNCTIONS and outer.type in ("arguments", "call_expression")


def _member_problem(node: Node) -> str:
    name = source_text(node)
    is_refused = name in _REFUSED_MEMBERS or "\\" in name or node.type == "private_property_identifier"
    return f"the property {name} cannot be used" if is_refused else ""


def _string_problem(node: Node) -> str:
    """A string that names a property must not hide it."""
    is_key = node in (part(node.parent, "index"), part(node.parent, "key"))
    text = source_text(node)
    if "\n" in text:
        return "a string goes on behind the end of its line"
    is_refused = is_key and ("\\" in text or text[1:-1] in _REFUSED_MEMBERS)
    return f"the property {text} cannot be used" if is_refused else ""


def _index_problem(node: Node) -> str:
    index = plain(part(node, "index"))
    # `_string_problem` looks at a string. A computed name may be that of a refused member, and lead out of the values.
    if index is None or index.type in ("number", "string"):
        return ""
    operator = part_text(index, "operator")
    is_number = index.type in ("binary_expression", "unary_expression") and operator in _ARITHMETIC
    return "" if is_number else "it reads a property whose name is computed"


def _computed_name_problem(node: Node) -> str:
    outer = node.parent
    is_in_object = is_a(outer, "pair")
    return "" if is_in_object else "it reads a property whose name is computed"


def _operator_problem(node: Node) -> str:
    operator = part_text(node, "operator")
    return f"it holds {operator}" if operator in _REFUSED_OPERATORS else ""


def _call_problem(node: Node) -> str:
    arguments = part(node, "arguments")
    is_tagged = not is_a(arguments, "arguments")
    return "it holds a tagged template" if is_tagged else ""


def _type_problem(node: Node) -> str:
    name = source_text(node)
    known = f"known are {', '.join(sorted(_KNOWN_TYPES))}"
    return "" if name in _KNOWN_TYPES else f"the type {name} is not known here; {known}"


def _escape_problem(node: Node) -> str:
    return "a string goes on behind the end of its line" if "\n" in source_text(node) else ""


def _is_function(root: Node) -> bool:
    value = plain(root)
    if value is None or value.type == "arrow_function":
        return True
    name, members = member_chain(value)
    return not members and name is not None and source_text(name) in _FUNCTIONS


_CHECKS = {
    **dict.fromkeys(_MEMBER_NAMES, _member_problem),
    "call_expression": _call_problem,
    "computed_property_name": _computed_name_problem,
    "escape_sequence": _escape_problem,
    "string": _string_problem,
    "subscript_expression": _index_problem,
    "type_identifier": _type_problem,
    "unary_expression": _operator_problem,
}
