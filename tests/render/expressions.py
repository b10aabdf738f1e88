"""Expressions and types of every shape the generator has, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from nango_scaffold.models.types import ArrayOf, Field, Literal, ObjectOf, Primitive, Ref, Type, UnionOf
from nango_scaffold.typescript.printer.nodes import (
    Arrow,
    Await,
    Binary,
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
    Spread,
)

from .code_pieces import path, template, text

words = st.builds("".join, st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=60)).map(
    lambda word: word if word not in ("do", "if", "in", "as", "of") else f"{word}x"
)
_names = words.map(Name)
_leaves: st.SearchStrategy[Expression] = st.one_of(
    _names,
    words.map(text),
    st.sampled_from(
        [Number("42"), Name("undefined"), Name("null"), text("it's"), Index(Name("record"), text("a-b"))]
    ),
    st.tuples(words, words, words).map(lambda parts: path(*parts)),
    st.tuples(words, words).map(lambda parts: template(parts[0], Name(parts[1]))),
)


def _with_calls(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    arguments = st.lists(inner, max_size=3).map(tuple)
    chains = st.tuples(
        st.sampled_from(["z", "Foo", "items"]), st.lists(st.tuples(words, arguments), min_size=1, max_size=4)
    ).map(lambda parts: _chain(*parts))
    return st.one_of(
        st.builds(Call, _names, arguments),
        st.builds(Call, st.builds(Member, _names, words, st.booleans()), arguments),
        chains,
        st.builds(New, st.just(Name("Date")), arguments),
        st.builds(Await, st.builds(Call, st.builds(Member, st.just(Name("nango")), words), arguments)),
    )


def _chain(root: str, links: list[tuple[str, tuple[Expression, ...]]]) -> Expression:
    expression: Expression = Name(root)
    for name, arguments in links:
        expression = Call(Member(expression, name), arguments)
    return expression


def _compound(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    side = inner.filter(lambda node: not isinstance(node, (ObjectLiteral, Arrow)))
    body = inner.filter(lambda node: not isinstance(node, Arrow))
    properties = st.one_of(
        st.builds(Property, st.one_of(words, st.just("'a-b'")), inner),
        st.builds(Spread, inner),
        st.builds(Shorthand, words),
    )
    operators = st.sampled_from(["??", "&&", "||", "!==", "!=", "===", "+", "<"])
    return st.one_of(
        _with_calls(inner),
        st.builds(ObjectLiteral, st.lists(properties, max_size=4).map(tuple), st.booleans()),
        st.builds(ListLiteral, st.lists(side, max_size=3).map(tuple)).filter(
            lambda node: not _is_numbers(node)
        ),
        st.builds(Arrow, st.lists(words, max_size=2, unique=True).map(tuple), body),
        st.builds(Conditional, side, inner, inner),
        st.builds(Binary, side, operators, side),
        st.builds(Not, _leaves),
    )


def _is_numbers(node: ListLiteral) -> bool:
    """Prettier fills lines with numbers; generated code has no such lists."""
    return len(node.items) > 1 and all(isinstance(item, Number) for item in node.items)


expressions = st.recursive(_leaves, _compound, max_leaves=14)

_type_leaves: st.SearchStrategy[Type] = st.one_of(
    st.sampled_from(["string", "number", "any", "undefined", "Date"]).map(Primitive),
    st.one_of(words, st.sampled_from([3, 1.5, True, None, "it's"])).map(Literal),
    words.map(lambda word: Ref(word.capitalize())),
)
_field_names = st.one_of(words, st.sampled_from(["a-b", "123", "it's", "__proto__"]))


def _type_compound(inner: st.SearchStrategy[Type]) -> st.SearchStrategy[Type]:
    fields = st.lists(st.builds(Field, _field_names, inner, st.booleans()), max_size=4).map(tuple)
    return st.one_of(
        inner.map(ArrayOf),
        st.lists(inner, min_size=1, max_size=5).map(lambda members: UnionOf(tuple(members))),
        inner.map(lambda index: ObjectOf((), index)),
        st.builds(ObjectOf, fields, st.one_of(st.none(), inner)),
        inner.map(lambda type_: UnionOf((type_, Literal(None)))),
    )


types = st.recursive(_type_leaves, _type_compound, max_leaves=12)
fields = st.lists(st.builds(Field, _field_names, types, st.booleans()), max_size=5)
