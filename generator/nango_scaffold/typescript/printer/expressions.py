"""How expressions are laid out: prettier 3.3's rules for the shapes in ``nodes``.

``layout`` gives the document of one expression. What depends on the surroundings is told by ``place``, the
kind of thing the expression stands in. What the nodes and the place decide without a document is in ``shapes``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .layout import (
    Doc,
    aligned,
    break_parent,
    concat,
    conditional_group,
    group,
    hardline,
    if_break,
    indented,
    indented_if_broken,
    join,
    line,
    print_layout,
    softline,
    will_break,
)
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
    Spread,
    Template,
    TemplateCharacters,
    Written,
)
from .shapes import (
    ChainGroups,
    Place,
    arguments_of,
    balanced,
    breaks_after_operator,
    calls_in,
    chain_groups,
    expands_last,
    flattens,
    has_inline_right,
    is_composition,
    is_simple_argument,
    is_table,
    keeps_first_call,
    needs_parentheses,
    needs_parentheses_beside,
    side_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SHORT_KEY = 7  # a key shorter than this never parts from its value (tabWidth + 3)
_ANY_WIDTH = 1_000_000


# Where the sides of an operator are not indented, since what stands round them is already.
_FLUSH = (Place.RETURNED, Place.ARROW_BODY, Place.TEST, Place.THEN, Place.OTHERWISE)


def layout(node: Expression, place: Place = Place.OTHER) -> Doc:
    """The document of ``node`` standing in ``place``."""
    doc = _LAYOUTS[type(node)](node, place)
    return concat("(", doc, ")") if needs_parentheses(node, place) else doc


def on_one_line(node: Expression) -> str:
    """The text of an expression that no width breaks."""
    return print_layout(layout(node), width=_ANY_WIDTH)


def _template_literal(node: Template) -> str:
    """A template literal as source text; prettier never breaks the expressions inside."""
    texts = (
        part.source if isinstance(part, TemplateCharacters) else f"${{{on_one_line(part)}}}"
        for part in node.parts
    )
    return f"`{''.join(texts)}`"


# --- objects, lists, functions ------------------------------------------------------------------------------


def _object_literal(node: ObjectLiteral) -> Doc:
    """An object literal; prettier keeps one that was written on several lines so."""
    if not node.properties:
        return "{}"
    properties = join(concat(",", line), [group(_property(each)) for each in node.properties])
    return group("{", indented(line, properties), line, "}", broken=node.expanded)


def _property(node: Property | Shorthand | Spread | Written) -> Doc:
    if isinstance(node, Written):
        return node.source
    if isinstance(node, Spread):
        return layout(node)
    if isinstance(node, Shorthand):
        return node.name
    comments = [concat(comment, hardline) for comment in node.comments]
    return concat(*comments, assignment(node.key, ":", node.value, is_property=True))


def _list_literal(node: ListLiteral) -> Doc:
    if not node.items:
        return "[]"
    items = join(concat(",", line), [group(layout(item)) for item in node.items])
    return group("[", indented(softline, items), softline, "]", broken=is_table(node.items))


def parameters(sources: tuple[str, ...], *, on_one_line: bool = False) -> Doc:
    """The parameters of a function with their parentheses."""
    if on_one_line or not sources:
        return f"({', '.join(sources)})"
    return concat("(", indented(softline, join(concat(",", line), sources)), softline, ")")


def _arrow(node: Arrow, *, as_last_argument: bool = False) -> Doc:
    """An arrow function; as the last argument of a call its parameters stay on the call's line."""
    head = group(group(parameters(node.parameters, on_one_line=as_last_argument)))
    if isinstance(node.body, Block):
        return group(head, " => ", join(hardline, node.body.lines))
    body = layout(node.body, Place.ARROW_BODY)
    # As the last argument, a body on lines of its own puts the closing parenthesis of the call on one, too.
    end: Doc = softline if as_last_argument else ""
    if isinstance(node.body, (ObjectLiteral, ListLiteral)):
        tail: Doc = concat(" ", body)
    elif isinstance(node.body, Conditional):
        tail = concat(" ", group(if_break("", "("), indented(softline, body), if_break("", ")"), end))
    else:
        tail = concat(indented(line, body), end)
    return group(head, " =>", group(tail))


# --- calls --------------------------------------------------------------------------------------------------


def _call(node: Call, place: Place) -> Doc:
    if isinstance(node.callee, (Member, Index)):
        return _member_chain(node, as_statement=place is Place.STATEMENT)
    contents = concat(layout(node.callee, Place.OBJECT), _types(node), _arguments(node))
    # Prettier groups a call only where what it calls is a call itself, as in `f(a)(b)`.
    return group(contents) if isinstance(node.callee, Call) else contents


def _types(node: Call) -> str:
    return f"<{', '.join(node.types)}>" if node.types else ""


def _arguments(node: Call | New) -> Doc:
    nodes = node.arguments
    if not nodes:
        return "()"
    place = Place.ARGUMENT if isinstance(node, Call) else Place.OTHER
    docs = [layout(argument, place) for argument in nodes]
    # Composed functions get a line each in any case; else the last argument may be the only one that breaks.
    if is_composition(nodes):
        return _one_a_line(docs)
    if expands_last(nodes):
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
    # Its parameters do not break: a call whose last function would need that gives each argument a line.
    node = nodes[-1]
    last = _arrow(node, as_last_argument=True) if isinstance(node, Arrow) else docs[-1]
    expanded = concat("(", *head, group(last, broken=True), ")")
    # A conditional group alone does not break what stands round it, as a group with a hard line in it does.
    if will_break(last):
        return concat(break_parent, conditional_group([expanded, _one_a_line(docs)]))
    return conditional_group([concat("(", *head, last, ")"), expanded, _one_a_line(docs)])


def _member_chain(node: Call, *, as_statement: bool) -> Doc:
    groups = chain_groups(node)
    docs = [_steps(steps, is_first=steps is groups[0]) for steps in groups]
    keeps_first = keeps_first_call(groups, as_statement=as_statement)
    one_line = concat(*docs)
    # Prettier breaks a chain at its dots only where two calls or more would get a line each.
    if len(groups) <= (3 if keeps_first else 2):
        return group(one_line)
    start = 2 if keeps_first else 1
    expanded = concat(*docs[:start], indented(hardline, join(hardline, docs[start:])))
    if _must_expand(groups, docs):
        return group(expanded)
    return concat(break_parent if will_break(one_line) else "", conditional_group([one_line, expanded]))


def _steps(steps: list[Expression], *, is_first: bool) -> Doc:
    head = [layout(steps[0], Place.OBJECT)] if is_first else []
    return concat(*head, *map(_step, steps[len(head) :]))


def _step(node: Expression) -> Doc:
    """What one step of a chain adds behind the object."""
    if isinstance(node, Call):
        return concat(_types(node), _arguments(node))
    assert isinstance(node, (Member, Index))
    return _member_lookup(node)


def _must_expand(groups: ChainGroups, docs: list[Doc]) -> bool:
    calls = calls_in(groups)
    # Several calls are hard to read on one line once one of them takes a function or more than a plain value.
    if len(calls) > 2 and not all(map(is_simple_argument, arguments_of(calls))):
        return True
    if any(map(will_break, docs[:-1])):
        return True
    takes_function = any(isinstance(argument, Arrow) for argument in arguments_of(calls[:-1]))
    return takes_function and isinstance(groups[-1][-1], Call) and will_break(docs[-1])


# --- members, operators -------------------------------------------------------------------------------------


def _member(node: Member | Index, place: Place) -> Doc:
    lookup = _member_lookup(node)
    owner = layout(node.object, Place.OBJECT)
    if isinstance(node, Index) or _is_glued(node, place):
        return concat(owner, lookup)
    return concat(owner, group(indented(softline, lookup)))


def _is_glued(node: Member, place: Place) -> bool:
    """Whether the dot never begins a line: behind a name, or behind a call whose arguments can break instead."""
    if isinstance(node.object, Name) and place is not Place.OBJECT:
        return True
    return place is Place.VALUE and isinstance(node.object, Call) and bool(node.object.arguments)


def _member_lookup(node: Member | Index) -> Doc:
    """What follows the object: ``.name`` or ``[key]``."""
    if isinstance(node, Member):
        return f"?.{node.name}" if node.optional else f".{node.name}"
    start = "?.[" if node.optional else "["
    if isinstance(node.key, Number):
        return f"{start}{node.key.text}]"
    return group(start, indented(softline, layout(node.key)), softline, "]")


def _conditional(node: Conditional, place: Place) -> Doc:
    # Prettier lays an operator chain out flush only where no call or return stands round the conditional.
    flush = place not in (Place.RETURNED, Place.ARGUMENT)
    test = _part(node.test, Place.TEST, flush)
    then = aligned(2, _part(node.then, Place.THEN, flush))
    if isinstance(node.then, Conditional):
        then = concat(if_break("", "("), then, if_break("", ")"))
    otherwise = aligned(2, _part(node.otherwise, Place.OTHERWISE, flush))
    branches = concat(line, "? ", then, line, ": ", otherwise)
    if place is Place.OTHERWISE:
        return concat(aligned(2, test), branches)
    if place is Place.THEN:
        return concat(test, aligned(2, branches))
    doc = group(test, indented(branches))
    # As a test it stands in parentheses, whose insides are indented.
    return group(indented(softline, doc), softline) if place is Place.TEST else doc


def _part(node: Expression, place: Place, flush: bool) -> Doc:
    if not isinstance(node, Binary):
        return layout(node, place)
    doc = _binary(node, place if flush else Place.OTHER)
    # Prettier sets parentheses round `a ?? b` in a conditional, which needs none, to make its precedence plain.
    return concat("(", doc, ")") if node.operator == "??" else doc


def _binary(node: Binary, place: Place) -> Doc:
    node = balanced(node)
    parts = _binary_parts(node, place)
    inline = has_inline_right(node)
    flattened = isinstance(node.left, Binary) and flattens(node.operator, node.left.operator)
    if place is Place.OBJECT:
        return group(indented(softline, *parts), softline)
    whole = place in _FLUSH or (inline and not flattened)
    if whole or (place is Place.VALUE and not inline):
        return group(*parts)
    return group(parts[0], indented(*parts[1:]))


def flush_parts(node: Binary) -> Doc:
    """The sides of an operator in parentheses that a statement brings: not indented, and broken with these."""
    return tuple(_binary_parts(balanced(node), Place.LOGICAL))


def _binary_parts(node: Binary, place: Place) -> list[Doc]:
    left = node.left
    if isinstance(left, Binary) and flattens(node.operator, left.operator):
        parts = _binary_parts(left, side_of(node))
    else:
        parts = [group(_operand(left, node, on_right=False))]
    right = _operand(node.right, node, on_right=True)
    tail: Doc = concat(node.operator, " " if has_inline_right(node) else line, right)
    # A group of its own breaks only when the right side itself is too wide; in a chain all operators break together.
    is_chained = place is side_of(node) or any(_same_kind(node, side) for side in (left, node.right))
    return [*parts, " ", tail if is_chained else group(tail)]


def _same_kind(node: Binary, other: Expression) -> bool:
    return isinstance(other, Binary) and side_of(node) is side_of(other)


def _operand(node: Expression, parent: Binary, *, on_right: bool) -> Doc:
    doc = layout(node, side_of(parent))
    if isinstance(node, Binary) and needs_parentheses_beside(node, parent, on_right=on_right):
        return concat("(", doc, ")")
    return doc


# --- what stands right of = or : ----------------------------------------------------------------------------


def assignment(left: Doc, operator: str, right: Expression, *, is_property: bool = False) -> Doc:
    """``left operator right``, broken after the operator or inside the right side as prettier chooses.

    Args:
        left: the target; text without a place to break.
        operator: ``" ="`` or ``":"``.
        right: the value.
        is_property: whether this is a property of an object literal.
    """
    short = is_property and isinstance(left, str) and len(left) < _SHORT_KEY
    doc = layout(right, Place.VALUE)
    if breaks_after_operator(right, short):
        return group(group(left), operator, group(indented(line, doc)))
    if short or isinstance(right, (Template, Number)):
        return group(group(left), operator, " ", doc)
    # The name ties the two groups together; it only has to differ from those nested inside.
    name = f"assignment {id(right)}"
    return group(group(left), operator, group(indented(line), name=name), indented_if_broken(doc, name=name))


_LAYOUTS: dict[type, Callable[[Any, Place], Doc]] = {
    Arrow: lambda node, place: _arrow(node),
    Await: lambda node, place: concat("await ", layout(node.value, Place.OPERAND)),
    Binary: _binary,
    Call: _call,
    Conditional: _conditional,
    Index: _member,
    ListLiteral: lambda node, place: _list_literal(node),
    Member: _member,
    Name: lambda node, place: node.text,
    New: lambda node, place: concat("new ", layout(node.callee, Place.OBJECT), _arguments(node)),
    Not: lambda node, place: concat("!", layout(node.value, Place.OPERAND)),
    Number: lambda node, place: node.text,
    ObjectLiteral: lambda node, place: _object_literal(node),
    SourceText: lambda node, place: node.source,
    Spread: lambda node, place: concat("...", layout(node.value, Place.SPREAD)),
    Template: lambda node, place: _template_literal(node),
}
