"""The body of a request: fields of the input by name, one of them alone, or a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .texts import text_field
from .typescript import Call, Expression, Member, Name, New, ObjectLiteral, Property
from .values import template_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..derive.spec import Param, Request


def body_source(request: Request, roots: Mapping[str, Expression]) -> Expression:
    """What a request sends, with ``roots`` for ``input`` and for the dates read from it."""
    if request.encoding == "form":
        fields = ObjectLiteral(tuple(text_field(param, roots) for param in request.body))
        return Call(Member(New(Name("URLSearchParams"), (fields,)), "toString"))
    if request.body[0].name == "":
        return _value(request.body[0], roots)
    return ObjectLiteral(tuple(Property(param.name, _value(param, roots)) for param in request.body))


def _value(param: Param, roots: Mapping[str, Expression]) -> Expression:
    if not isinstance(param.value, tuple):
        raise AssertionError("a body is filled from the input")
    return template_source(param.value, roots)
