"""Values of a type, as an API might send them: the same in every run, told by the type and the name of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...models.types import ArrayOf, Literal, ObjectOf, Primitive, Ref, UnionOf, is_nullable, members_of
from ...naming.words import kebab
from .javascript import UntestableError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...models.types import Field, Type

_DEEPEST = 6
"""Of models in models: those in a circle end there."""

_PEOPLE = ("Ada Lovelace", "Grace Hopper", "Alan Turing", "Mary Somerville", "Emmy Noether")
_CURRENCIES, _COUNTRIES = ("EUR", "USD"), ("NL", "GB")
_TEXTS = {
    "{login}@example.com": "-email -mail -emails -mails -email-address -mail-address",
    "https://example.com/{name}/{number}": "-url -uri -link -href -website -avatar -image -picture",
    "{day}": "-at -on date time timestamp created updated modified since until",
    "+1 555 01{number:02d}": "-phone -mobile -fax -phone-number",
    "{first}": "-first-name -firstname -given-name",
    "{last}": "-last-name -lastname -family-name -surname",
    "{first} {last}": "-name",
    "{login}": "-user -owner -author -assignee -login -username",
    "{currency}": "-currency -currency-code",
    "{country}": "-country -country-code",
}
"""Texts by how the names of their fields end, in kebab case and with a dash before them."""


def day(number: int) -> str:
    """A date of its own for each number, the greater the later."""
    return f"2024-03-{number % 28 + 1:02d}T09:30:00.000Z"


def sample(
    of: Type, name: str, number: int, types: Mapping[str, Type], *, sparse: bool = False, depth: int = 0
) -> Any:
    """A value of a type.

    Args:
        of: the type.
        name: the field that it is for.
        number: the number of the record, from 1.
        types: the named types.
        sparse: whether what may be null is null.
        depth: how many objects are around it.

    Raises:
        UntestableError: JSON has no such value.
    """

    def inner(type_: Type, field: str) -> Any:
        return sample(type_, field, number, types, sparse=sparse, depth=depth + 1)

    is_deep = depth > _DEEPEST
    # Required fields all the way down have no value.
    if depth > 4 * _DEEPEST:
        raise UntestableError(f"a type without an end at {name}")
    if isinstance(of, UnionOf):
        return inner(_member(of, is_left_out=sparse or is_deep), name)
    if isinstance(of, ArrayOf):
        return [] if is_deep else [inner(of.item, name)]
    if isinstance(of, ObjectOf):
        return {field.name: inner(field.type, field.name) for field in _fields(of, is_deep=is_deep)}
    if isinstance(of, Ref):
        return inner(_named(of, types), name)
    return of.value if isinstance(of, Literal) else _primitive(of, name, number)


def _fields(of: ObjectOf, *, is_deep: bool) -> list[Field]:
    """The fields that an object has: all, and far down only the required ones."""
    return [field for field in of.fields if not (field.optional and is_deep)]


def _named(of: Ref, types: Mapping[str, Type]) -> Type:
    if of.model not in types:
        raise UntestableError(f"the type {of.model}")
    return types[of.model]


def _member(of: UnionOf, *, is_left_out: bool) -> Type:
    """The member of a union that a value is of: the first that is something, or null where that may be."""
    if is_left_out and is_nullable(of):
        return Literal(None)
    nothing = (Literal(None), Primitive("undefined"))
    return next((member for member in members_of(of) if member not in nothing), Literal(None))


def _primitive(of: Primitive, name: str, number: int) -> Any:
    if of.name == "string":
        return _text(kebab(name), number)
    if of.name == "number":
        return number
    if of.name == "boolean":
        return True
    if of.name == "Date":
        return day(number)
    if of.name in ("any", "unknown", "object"):
        return {}
    if of.name == "null":
        return None
    raise UntestableError(f"the type {of.name}")


def _text(name: str, number: int) -> str:
    for text, endings in _TEXTS.items():
        if f"-{name}".endswith(tuple(endings.split())):
            return text.format(name=name, number=number, day=day(number), **_person(number))
    return f"{name or 'value'}-{number}"


def _person(number: int) -> dict[str, str]:
    """Who has a number, and the currency and the country that go with it."""
    first, last = _PEOPLE[(number - 1) % len(_PEOPLE)].split()
    at = number % 2
    return {
        "first": first,
        "last": last,
        "login": first.lower(),
        "currency": _CURRENCIES[at],
        "country": _COUNTRIES[at],
    }
