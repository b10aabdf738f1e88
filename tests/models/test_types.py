"""The helpers of types: null among the values of a type, literals and their primitive, what two types share."""

from __future__ import annotations

import pytest

from nango_scaffold.models.types import (
    NULL,
    ArrayOf,
    Field,
    Literal,
    ObjectOf,
    Primitive,
    Ref,
    Type,
    UnionOf,
    is_nullable,
    is_part_of,
    narrower,
    or_null,
    widened,
    without_null,
)
from nango_scaffold.models.walk import children, with_parts

STRING, NUMBER, ANY = Primitive("string"), Primitive("number"), Primitive("any")
OPEN, CLOSED = Literal("open"), Literal("closed")


@pytest.mark.parametrize("type_", [STRING, ArrayOf(STRING), Ref("User"), UnionOf((OPEN, CLOSED))])
def test_null_is_added_once_and_taken_away_again(type_: Type) -> None:
    nullable = or_null(type_)
    assert is_nullable(nullable)
    assert not is_nullable(type_)
    assert or_null(nullable) == nullable
    assert without_null(nullable) == type_


def test_any_holds_null_without_saying_so() -> None:
    assert or_null(ANY) == ANY


def test_null_alone_stays_null() -> None:
    assert without_null(NULL) == NULL


@pytest.mark.parametrize(
    ("type_", "wide"),
    [
        (UnionOf((OPEN, CLOSED)), STRING),
        (Literal(3), NUMBER),
        (Literal(True), Primitive("boolean")),
        (UnionOf((OPEN, Literal(3))), UnionOf((OPEN, Literal(3)))),
        (UnionOf((OPEN, STRING)), UnionOf((OPEN, STRING))),
        (NULL, NULL),
        (ArrayOf(OPEN), ArrayOf(OPEN)),
    ],
)
def test_literals_of_one_kind_widen_to_their_primitive(type_: Type, wide: Type) -> None:
    assert widened(type_) == wide


def test_a_type_is_part_of_a_wider_one() -> None:
    assert is_part_of(UnionOf((OPEN, CLOSED)), STRING)
    assert is_part_of(OPEN, UnionOf((OPEN, CLOSED)))
    assert not is_part_of(UnionOf((OPEN, CLOSED)), OPEN)
    assert not is_part_of(STRING, OPEN)


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        (ANY, NUMBER, NUMBER),
        (STRING, OPEN, OPEN),
        (or_null(OPEN), STRING, OPEN),
        (UnionOf((OPEN, CLOSED)), UnionOf((CLOSED, Literal("lost"))), CLOSED),
        (STRING, NUMBER, STRING),
    ],
)
def test_a_value_of_two_types_is_of_the_narrower(first: Type, second: Type, shared: Type) -> None:
    assert narrower(first, second) == shared


def test_the_parts_of_a_type_are_changed_and_nothing_else() -> None:
    shape = ObjectOf((Field("a", STRING, optional=True), Field("b", Ref("User"))), index=STRING)
    changed = with_parts(shape, ArrayOf)
    assert isinstance(changed, ObjectOf)
    assert [(field.name, field.optional) for field in changed.fields] == [("a", True), ("b", False)]
    assert children(changed) == [ArrayOf(part) for part in children(shape)]
    assert with_parts(STRING, ArrayOf) == STRING
