"""A type as nango.yaml data again."""

from __future__ import annotations

from typing import Any

from ..yaml12.scalars import js_key
from .reader import ModelsError, read_type
from .types import ArrayOf, Field, Literal, ObjectOf, Primitive, Ref, Type, UnionOf
from .walk import referenced_models
from .words import ANY_OBJECT


class NotExpressibleError(ValueError):
    """The model language of nango.yaml has no form for this type."""


def unparse(type_: Type) -> Any:
    """The nango.yaml data that the CLI reads as ``type_``: a text, a value, a list or a mapping.

    Raises:
        NotExpressibleError: there is none, such as for a union that holds an object, or a literal that looks like
            a number.
    """
    data = _data(type_)
    # A literal such as `1a` or `true` is another type when it is read, and only the reading says which ones are.
    try:
        read = read_type(data, referenced_models(type_))
    except ModelsError:
        read = None
    if read != type_:
        raise NotExpressibleError(f"nango.yaml has no form for {type_}")
    return data


def _data(type_: Type) -> Any:
    if type_ == ANY_OBJECT:
        return "object"
    if isinstance(type_, ObjectOf):
        return _mapping(type_)
    if isinstance(type_, ArrayOf):
        return _list(type_.item)
    if isinstance(type_, UnionOf):
        return " | ".join(_word(member) for member in type_.members)
    return type_.value if isinstance(type_, Literal) else _word(type_)


def _word(type_: Type) -> str:
    """A type as one word of a union."""
    if type_ == ANY_OBJECT:
        return "object"
    if isinstance(type_, Primitive):
        return type_.name.lower()
    if isinstance(type_, Ref):
        return type_.model
    if isinstance(type_, Literal):
        return js_key(type_.value)
    # The CLI reads [] as an array after one name only.
    if isinstance(type_, ArrayOf) and not isinstance(type_.item, (UnionOf, ArrayOf)):
        return f"{_word(type_.item)}[]"
    raise NotExpressibleError(f"nango.yaml cannot hold {type_} in a union")


def _list(item: Type) -> Any:
    if isinstance(item, (Primitive, Ref)) or item == ANY_OBJECT:
        return f"{_word(item)}[]"
    if isinstance(item, UnionOf):
        return [_data(member) for member in item.members]
    return [_data(item)]


def _mapping(type_: ObjectOf) -> dict[str, Any]:
    fields = {_key(field): _field_data(field) for field in type_.fields}
    return fields if type_.index is None else {**fields, "__string": _data(type_.index)}


def _key(field: Field) -> str:
    return f"{field.name}?" if field.optional else field.name


def _field_data(field: Field) -> Any:
    """A field's data; an optional plain value must be a text, or the CLI forgets that it is optional."""
    if field.optional and isinstance(field.type, Literal):
        return js_key(field.type.value)
    return _data(field.type)
