"""The body of a request: fields of the input by name, one of them alone, or a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .texts import text_field
from .typescript import Call, Expression, Member, Name, New, ObjectLiteral, Property
from .values import template_source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..derive.spec import Param, Request
    from .typescript import Spread


def body_source(
    request: Request, roots: Mapping[str, Expression], more: Sequence[Property | Spread] = ()
) -> Expression:
    """What a request sends, with ``roots`` for ``input`` and for the dates read from it; ``more`` of it at the end."""
    if request.encoding == "form":
        fields = ObjectLiteral((*(text_field(param, roots) for param in request.body), *more))
        return Call(Member(New(Name("URLSearchParams"), (fields,)), "toString"))
    if request.body and request.body[0].name == "":
        return _value(request.body[0], roots)
    return ObjectLiteral((*(Property(param.name, _value(param, roots)) for param in request.body), *more))


def _value(param: Param, roots: Mapping[str, Expression]) -> Expression:
    if not isinstance(param.value, tuple):
        raise AssertionError("a body is filled from the input")
    return template_source(param.value, roots)
