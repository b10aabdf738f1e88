"""What decides how an expression is laid out, asked of its nodes and its place: prettier 3.3's rules, without a document."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from .nodes import (
    Arrow,
    Await,
    Binary,
    Block,
    Call,
    Conditional,
    Expression,
    Index,
    ListLiteral,
    Member,
    Name,
    New,
    Not,
    Number,
    ObjectLiteral,
    Property,
    Shorthand,
    SourceText,
    Template,
    TemplateCharacters,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

# The names that prettier takes for a factory's or a namespace's: `Object`, `_`, `$`.
_FACTORY = re.compile(r"[A-Z]|[$_]+$")
_SHORT_ARGUMENT = 40  # a quarter of the print width
_TAB_WIDTH = 4


class Place(Enum):
    """What an expression stands in."""

    OTHER = "other"
    VALUE = "value"  # right of = or :
    RETURNED = "returned"
    ARGUMENT = "argument of a call"
    ARROW_BODY = "arrow body"
    OBJECT = "object"  # what a member is taken of, or what is called
    OPERAND = "operand"  # of await or !
    SPREAD = "spread"
    LOGICAL = "side of ?? || &&"
    ARITHMETIC = "side of another operator"
    TEST = "test"
    THEN = "then"
    OTHERWISE = "otherwise"
    STATEMENT = "statement"


_TIGHT = (Place.OBJECT, Place.OPERAND, Place.SPREAD)
_TESTED = (Place.TEST, Place.LOGICAL, Place.ARITHMETIC)


def needs_parentheses(node: Expression, place: Place) -> bool:
    """Whether an expression stands in parentheses in a place; see `needs_parentheses_beside` for the sides of operators."""
    if isinstance(node, Binary):
        return place in _TIGHT
    if isinstance(node, Conditional):
        return place in (*_TIGHT, *_TESTED)
    if isinstance(node, Arrow):
        return place in (Place.OBJECT, Place.OPERAND, *_TESTED)
    if isinstance(node, Await):
        return place in (Place.OBJECT, Place.SPREAD, *_TESTED)
    # The brace would open a block.
    return isinstance(node, ObjectLiteral) and place in (Place.ARROW_BODY, Place.STATEMENT)


# --- arguments, items ----------------------------------------------------------------------------------------


def expands_last(nodes: Sequence[Expression]) -> bool:
    """Whether only the last of the arguments breaks: ``foo(a, {`` ... ``})``."""
    last = nodes[-1]
    if not _can_expand(last):
        return False
    if len(nodes) == 1:
        return True
    before = nodes[-2]
    # Two objects or two functions in a row are told apart better on lines of their own.
    if type(before) is type(last):
        return False
    # `useMemo(() => ..., [a, b])`: the function is what breaks.
    if len(nodes) == 2 and isinstance(before, Arrow) and isinstance(last, ListLiteral):
        return False
    return not _is_number_list(last)


def _can_expand(node: Expression) -> bool:
    if isinstance(node, ObjectLiteral):
        return bool(node.properties)
    if isinstance(node, ListLiteral):
        return bool(node.items)
    bodies = (Block, ObjectLiteral, ListLiteral, Call, Conditional)
    return isinstance(node, Arrow) and isinstance(node.body, bodies)


def _is_number_list(node: Expression) -> bool:
    if not isinstance(node, ListLiteral) or len(node.items) < 2:
        return False
    return all(isinstance(item, Number) for item in node.items)


def is_composition(nodes: Sequence[Expression]) -> bool:
    """Whether functions are composed: several functions, or calls that take one; each gets its own line."""
    if len(nodes) < 2:
        return False
    functions = 0
    for node in nodes:
        if isinstance(node, Arrow):
            functions += 1
            if functions > 1:
                return True
        elif isinstance(node, Call) and any(isinstance(inner, Arrow) for inner in node.arguments):
            return True
    return False


def is_simple_argument(node: Expression, depth: int = 2) -> bool:
    """Whether an argument is plain enough that a chain of several calls may stay on one line."""
    if depth <= 0:
        return False
    if isinstance(node, (Name, Number, SourceText)):
        return True
    if isinstance(node, Template):
        return all(_is_simple_part(part, depth - 1) for part in node.parts)
    if isinstance(node, ObjectLiteral):
        return all(_is_simple_property(each, depth - 1) for each in node.properties)
    if isinstance(node, ListLiteral):
        return all(is_simple_argument(item, depth - 1) for item in node.items)
    return _is_simple_access(node, depth)


def _is_simple_part(node: Expression | TemplateCharacters, depth: int) -> bool:
    return isinstance(node, TemplateCharacters) or is_simple_argument(node, depth)


def _is_simple_property(node: object, depth: int) -> bool:
    if isinstance(node, Property):
        return is_simple_argument(node.value, depth)
    return isinstance(node, Shorthand)


def _is_simple_access(node: Expression, depth: int) -> bool:
    if isinstance(node, (Call, New)):
        if len(node.arguments) > depth or not is_simple_argument(node.callee, depth):
            return False
        return all(is_simple_argument(argument, depth - 1) for argument in node.arguments)
    if isinstance(node, Index):
        return is_simple_argument(node.object, depth) and is_simple_argument(node.key, depth)
    if isinstance(node, Member):
        return is_simple_argument(node.object, depth)
    return isinstance(node, Not) and is_simple_argument(node.value, depth)


def is_table(items: tuple[Expression, ...]) -> bool:
    """Several objects, or several lists, each with more than one entry: always one a line."""
    if len(items) < 2:
        return False
    if isinstance(items[0], ObjectLiteral):
        return all(isinstance(item, ObjectLiteral) and len(item.properties) > 1 for item in items)
    return all(isinstance(item, ListLiteral) and len(item.items) > 1 for item in items)


# --- chains: a.b().c() --------------------------------------------------------------------------------------

ChainGroups: TypeAlias = "list[list[Expression]]"
"""The object a chain starts from, then one group for each ``.name...(...)``."""


def chain_groups(node: Call) -> ChainGroups:
    """Cut a chain of calls into its groups."""
    steps = _steps(node)
    position = _end_of_object(steps)
    groups: ChainGroups = [steps[:position]]
    called = True
    # A group begins with the first lookup behind a call, but `[0]` stays with what it is taken of.
    for step in steps[position:]:
        if called and _is_lookup(step) and (len(groups) == 1 or not _is_number_index(step)):
            groups.append([])
            called = False
        called = called or isinstance(step, Call)
        groups[-1].append(step)
    return groups


def _steps(node: Call) -> list[Expression]:
    """The chain from its first object to its last call."""
    steps: list[Expression] = []
    current: Expression = node
    while True:
        steps.append(current)
        if isinstance(current, Call) and isinstance(current.callee, (Call, Member, Index)):
            current = current.callee
        elif isinstance(current, (Member, Index)):
            current = current.object
        else:
            return steps[::-1]


def _is_number_index(node: Expression) -> bool:
    return isinstance(node, Index) and isinstance(node.key, Number)


def _is_lookup(node: Expression) -> bool:
    return isinstance(node, (Member, Index))


def _end_of_object(steps: list[Expression]) -> int:
    """How many steps the object takes: what is called or indexed at once, or all names but the last ahead of a call."""
    position = 1
    while position < len(steps) and _is_call_or_number_index(steps[position]):
        position += 1
    if isinstance(steps[0], Call):
        return position
    # Of `a.b.c()` only `.c()` is a group.
    while position + 1 < len(steps) and all(map(_is_lookup, steps[position : position + 2])):
        position += 1
    return position


def _is_call_or_number_index(node: Expression) -> bool:
    return isinstance(node, Call) or _is_number_index(node)


def keeps_first_call(groups: ChainGroups, *, as_statement: bool = False) -> bool:
    """Whether the first call stays beside a factory or a short name (``Object.keys(x)``)."""
    if len(groups) < 2:
        return False
    computed = isinstance(groups[1][0], Index)
    last = groups[0][-1]
    if len(groups[0]) > 1:
        return isinstance(last, Member) and (bool(_FACTORY.match(last.name)) or computed)
    if not isinstance(last, Name):
        return False
    is_short = as_statement and len(last.text) <= _TAB_WIDTH
    return last.text == "this" or bool(_FACTORY.match(last.text)) or computed or is_short


def calls_in(groups: ChainGroups) -> list[Call]:
    """The calls of a chain, the first one first."""
    return [step for steps in groups for step in steps if isinstance(step, Call)]


def arguments_of(calls: Sequence[Call]) -> list[Expression]:
    """The arguments of all calls."""
    return [argument for call in calls for argument in call.arguments]


def _is_long_chain(node: Call) -> bool:
    # From as many groups on a chain breaks at its dots, so that it needs no line of its own.
    if not isinstance(node.callee, (Member, Index)):
        return False
    groups = chain_groups(node)
    return len(groups) > (3 if keeps_first_call(groups) else 2)


def is_poorly_breakable(node: Expression, *, nested: bool = False) -> bool:
    """Whether a chain has no good place to break: no calls, or calls without or with one short argument."""
    if isinstance(node, Call):
        if _is_long_chain(node):
            return False
        if len(node.arguments) > 1 or any(not _is_short(argument) for argument in node.arguments):
            return False
        return len(node.types) <= 1 and is_poorly_breakable(node.callee, nested=True)
    if isinstance(node, (Member, Index)):
        return is_poorly_breakable(node.object, nested=True)
    return nested and isinstance(node, Name)


def _is_short(node: Expression) -> bool:
    if isinstance(node, Number):
        return True
    if isinstance(node, Name):
        return len(node.text) <= _SHORT_ARGUMENT
    if isinstance(node, SourceText):
        return len(node.source) <= _SHORT_ARGUMENT
    if isinstance(node, Template):
        return _is_short_text(node)
    if isinstance(node, Not):
        return _is_short(node.value)
    if not isinstance(node, Call) or node.arguments or not isinstance(node.callee, Name):
        return False
    return len(node.callee.text) <= _SHORT_ARGUMENT - len("()")


def _is_short_text(node: Template) -> bool:
    """Whether a template literal has no variable in it, and few characters."""
    characters = [part.source for part in node.parts if isinstance(part, TemplateCharacters)]
    return len(characters) == len(node.parts) and len("".join(characters)) <= _SHORT_ARGUMENT


# --- operators ----------------------------------------------------------------------------------------------

PRECEDENCE = {
    operator: level
    for level, operators in enumerate(
        ("??", "||", "&&", "== === != !==", "< > <= >= in instanceof", "+ -", "* / %")
    )
    for operator in operators.split()
}
OPERATORS = frozenset(PRECEDENCE)
"""The operators of `Binary`."""
LOGICAL = ("??", "||", "&&")


def balanced(node: Binary) -> Binary:
    """``a && (b && c)`` as ``a && b && c``, which prettier makes of it."""
    right = node.right
    if node.operator in LOGICAL and isinstance(right, Binary) and right.operator == node.operator:
        right = balanced(right)
        left = balanced(Binary(node.left, node.operator, right.left))
        return Binary(left, node.operator, right.right)
    return node


def side_of(node: Binary) -> Place:
    """The place that the two sides of an operator stand in."""
    return Place.LOGICAL if node.operator in LOGICAL else Place.ARITHMETIC


def needs_parentheses_beside(node: Binary, parent: Binary, *, on_right: bool) -> bool:
    """Whether an operator stands in parentheses as a side of another one."""
    own, outer = PRECEDENCE[node.operator], PRECEDENCE[parent.operator]
    if own != outer:
        # `a && b || c` needs none; prettier sets them all the same, for readers.
        return own < outer or (node.operator in LOGICAL and parent.operator in LOGICAL)
    return on_right or not flattens(parent.operator, node.operator)


def flattens(operator: str, left: str) -> bool:
    """Whether ``a left b operator c`` is one chain; of ``==``, of ``%``, and of ``*`` with ``/`` none is."""
    if PRECEDENCE[operator] != PRECEDENCE[left] or operator in ("==", "===", "!=", "!=="):
        return False
    if operator == left:
        return operator != "%"
    return operator not in ("*", "/", "%")


def has_inline_right(node: Expression) -> bool:
    """Whether the right side of a logical operator stays on its line (``a && {...}``)."""
    if not isinstance(node, Binary) or node.operator not in LOGICAL:
        return False
    if isinstance(node.right, ObjectLiteral):
        return bool(node.right.properties)
    return isinstance(node.right, ListLiteral) and bool(node.right.items)


def breaks_after_operator(right: Expression, short: bool) -> bool:
    """Whether a value that is too wide begins a line of its own, behind ``=`` or ``:``."""
    if isinstance(right, Binary):
        return not has_inline_right(right)
    if isinstance(right, Conditional):
        return isinstance(right.test, Binary) and not has_inline_right(right.test)
    if short:
        return False
    while isinstance(right, (Await, Not)):
        right = right.value
    return isinstance(right, SourceText) or is_poorly_breakable(right)
