"""How calls and chains of calls are laid out: prettier 3.3's rules for arguments and member chains."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...frozen import frozen
from . import expressions
from .layout import (
    Doc,
    break_parent,
    concat,
    conditional_group,
    group,
    hardline,
    indented,
    join,
    line,
    softline,
    will_break,
)
from .nodes import (
    Arrow,
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

_FACTORY = re.compile(r"[A-Z]|[$_]+$")
_SHORT_ARGUMENT = 40  # a quarter of the print width
_TAB_WIDTH = 4


def call(node: Call | New, *, as_statement: bool = False) -> Doc:
    """A call or ``new`` expression."""
    if isinstance(node, New):
        return concat("new ", expressions.layout(node.callee, expressions.Place.OBJECT), _arguments(node))
    if isinstance(node.callee, (Member, Index)):
        return _member_chain(node, as_statement=as_statement)
    contents = concat(
        expressions.layout(node.callee, expressions.Place.OBJECT), _types(node), _arguments(node)
    )
    return group(contents) if isinstance(node.callee, Call) else contents


def _types(node: Call) -> str:
    return f"<{', '.join(node.types)}>" if node.types else ""


# --- arguments ----------------------------------------------------------------------------------------------


def _arguments(node: Call | New) -> Doc:
    nodes = node.arguments
    if not nodes:
        return "()"
    place = expressions.Place.ARGUMENT if isinstance(node, Call) else expressions.Place.OTHER
    docs = [expressions.layout(argument, place) for argument in nodes]
    if _is_composition(nodes):
        return _one_a_line(docs)
    if _expands_last(nodes):
        return _hugged_last(nodes, docs)
    broken = any(map(will_break, docs))
    return group("(", indented(softline, join(concat(",", line), docs)), softline, ")", broken=broken)


def _one_a_line(docs: Sequence[Doc]) -> Doc:
    return group("(", indented(line, join(concat(",", line), docs)), line, ")", broken=True)


def _hugged_last(nodes: Sequence[Expression], docs: Sequence[Doc]) -> Doc:
    """Arguments of which only the last breaks: ``foo(a, {`` ... ``})``."""
    if any(map(will_break, docs[:-1])):
        return _one_a_line(docs)
    head = [concat(doc, ",", line) for doc in docs[:-1]]
    node = nodes[-1]
    last = expressions.arrow(node, as_last_argument=True) if isinstance(node, Arrow) else docs[-1]
    expanded = concat("(", *head, group(last, broken=True), ")")
    if will_break(last):
        return concat(break_parent, conditional_group([expanded, _one_a_line(docs)]))
    return conditional_group([concat("(", *head, last, ")"), expanded, _one_a_line(docs)])


def _expands_last(nodes: Sequence[Expression]) -> bool:
    last = nodes[-1]
    if not _can_expand(last):
        return False
    if len(nodes) == 1:
        return True
    before = nodes[-2]
    if type(before) is type(last) or (
        len(nodes) == 2 and isinstance(before, Arrow) and isinstance(last, ListLiteral)
    ):
        return False
    return not _is_number_list(last)


def _can_expand(node: Expression) -> bool:
    if isinstance(node, ObjectLiteral):
        return bool(node.properties)
    if isinstance(node, ListLiteral):
        return bool(node.items)
    return isinstance(node, Arrow) and isinstance(node.body, (ObjectLiteral, ListLiteral, Call, Conditional))


def _is_number_list(node: Expression) -> bool:
    return (
        isinstance(node, ListLiteral)
        and len(node.items) > 1
        and all(isinstance(item, Number) for item in node.items)
    )


def _is_composition(nodes: Sequence[Expression]) -> bool:
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
    return isinstance(node, Shorthand) or (
        isinstance(node, Property) and is_simple_argument(node.value, depth)
    )


def _is_simple_access(node: Expression, depth: int) -> bool:
    if isinstance(node, (Call, New)):
        return (
            is_simple_argument(node.callee, depth)
            and len(node.arguments) <= depth
            and all(is_simple_argument(argument, depth - 1) for argument in node.arguments)
        )
    if isinstance(node, Index):
        return is_simple_argument(node.object, depth) and is_simple_argument(node.key, depth)
    if isinstance(node, Member):
        return is_simple_argument(node.object, depth)
    return isinstance(node, Not) and is_simple_argument(node.value, depth)


# --- chains: a.b().c() --------------------------------------------------------------------------------------


@frozen
class _Link:
    """One step of a chain, with what it prints."""

    node: Expression
    doc: Doc


_Groups = list[list[_Link]]


def _links(node: Call) -> list[_Link]:
    """The chain from its first object to its last call."""
    links: list[_Link] = []
    current: Expression = node
    while isinstance(current, (Call, Member, Index)):
        if isinstance(current, Call):
            if not isinstance(current.callee, (Call, Member, Index)):
                break
            links.append(_Link(current, concat(_types(current), _arguments(current))))
            current = current.callee
        else:
            links.append(_Link(current, expressions.member_lookup(current)))
            current = current.object
    links.append(_Link(current, expressions.layout(current, expressions.Place.OBJECT)))
    return links[::-1]


def _is_number_index(node: Expression) -> bool:
    return isinstance(node, Index) and isinstance(node.key, Number)


def _is_lookup(node: Expression) -> bool:
    return isinstance(node, (Member, Index))


def _chain_groups(links: list[_Link]) -> _Groups:
    """Cut a chain into the object it starts from and one group for each ``.name...(...)``."""
    position = _end_of_object(links)
    groups: _Groups = [links[:position]]
    called = True
    for link in links[position:]:
        if called and _is_lookup(link.node) and (len(groups) == 1 or not _is_number_index(link.node)):
            groups.append([])
            called = False
        called = called or isinstance(link.node, Call)
        groups[-1].append(link)
    return groups


def _end_of_object(links: list[_Link]) -> int:
    """How many links the object takes: what is called or indexed at once, or all names but the last ahead of a call."""
    position = 1
    while position < len(links) and _is_call_or_number_index(links[position].node):
        position += 1
    if isinstance(links[0].node, Call):
        return position
    while position + 1 < len(links) and all(_is_lookup(link.node) for link in links[position : position + 2]):
        position += 1
    return position


def _is_call_or_number_index(node: Expression) -> bool:
    return isinstance(node, Call) or _is_number_index(node)


def _keeps_first_call(groups: _Groups, *, as_statement: bool) -> bool:
    """Whether the first call stays beside a factory or a short name (``Object.keys(x)``)."""
    computed = isinstance(groups[1][0].node, Index)
    last = groups[0][-1].node
    if len(groups[0]) > 1:
        return isinstance(last, Member) and (bool(_FACTORY.match(last.name)) or computed)
    if not isinstance(last, Name):
        return False
    return (
        last.text == "this"
        or bool(_FACTORY.match(last.text))
        or computed
        or (as_statement and len(last.text) <= _TAB_WIDTH)
    )


def _member_chain(node: Call, *, as_statement: bool) -> Doc:
    groups = _chain_groups(_links(node))
    docs = [concat(*(link.doc for link in links)) for links in groups]
    keeps_first = len(groups) > 1 and _keeps_first_call(groups, as_statement=as_statement)
    one_line = concat(*docs)
    if len(groups) <= (3 if keeps_first else 2):
        return group(one_line)
    start = 2 if keeps_first else 1
    expanded = concat(*docs[:start], indented(hardline, join(hardline, docs[start:])))
    if _must_expand(groups, docs):
        return group(expanded)
    return concat(break_parent if will_break(one_line) else "", conditional_group([one_line, expanded]))


def _must_expand(groups: _Groups, docs: list[Doc]) -> bool:
    calls = [link.node for links in groups for link in links if isinstance(link.node, Call)]
    if len(calls) > 2 and not all(map(is_simple_argument, _arguments_of(calls))):
        return True
    if any(map(will_break, docs[:-1])):
        return True
    takes_function = any(isinstance(argument, Arrow) for argument in _arguments_of(calls[:-1]))
    return takes_function and isinstance(groups[-1][-1].node, Call) and will_break(docs[-1])


def _arguments_of(calls: Sequence[Call]) -> list[Expression]:
    return [argument for call in calls for argument in call.arguments]


def _is_long_chain(node: Call) -> bool:
    if not isinstance(node.callee, (Member, Index)):
        return False
    groups = _chain_groups(_links(node))
    return len(groups) > (3 if len(groups) > 1 and _keeps_first_call(groups, as_statement=False) else 2)


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
    if isinstance(node, (Name, Number)):
        return isinstance(node, Number) or len(node.text) <= _SHORT_ARGUMENT
    if isinstance(node, SourceText):
        return len(node.source) <= _SHORT_ARGUMENT
    if isinstance(node, Template):
        return len(node.parts) <= 1 and len(expressions.template_literal(node)) - 2 <= _SHORT_ARGUMENT
    if isinstance(node, Not):
        return _is_short(node.value)
    return (
        isinstance(node, Call)
        and not node.arguments
        and isinstance(node.callee, Name)
        and len(node.callee.text) <= _SHORT_ARGUMENT - 2
    )
