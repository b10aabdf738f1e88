"""The body of a request: fields of the input by name, one of them alone, a form, or what a sync asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..spec.requests import DataList, DataObject, variables_of
from ..spec.values import Plain
from ..typescript.printer import Call, Expression, ListLiteral, Member, Name, New, ObjectLiteral, Property
from .special_values import plain_source
from .texts import text_field
from .values import only_where_there, template_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..spec.requests import Data, Param, Request
    from ..typescript.printer import Spread


def body_source(
    request: Request, roots: Mapping[str, Expression], more: Sequence[Property | Spread] = ()
) -> Expression:
    """What a request sends, with ``roots`` for ``input`` and for the dates read from it; ``more`` of it at the end."""
    if request.data is not None:
        return ObjectLiteral((*_entries(request.data, roots), *more))
    if request.encoding == "form":
        fields = ObjectLiteral((*(text_field(param, roots) for param in request.body), *more))
        return Call(Member(New(Name("URLSearchParams"), (fields,)), "toString"))
    if request.body and request.body[0].name == "":
        return _value(request.body[0], roots)
    return ObjectLiteral((*(Property(param.name, _value(param, roots)) for param in request.body), *more))


def _entries(data: DataObject, roots: Mapping[str, Expression]) -> Iterator[Property | Spread]:
    """The properties of a mapping; one whose text reads what may be absent is left out then."""
    for name, value in data.entries:
        made = Property(name, _data_source(value, roots))
        yield only_where_there(made, variables_of(value), roots) if isinstance(value, tuple) else made


def _data_source(data: Data, roots: Mapping[str, Expression]) -> Expression:
    if isinstance(data, DataObject):
        return ObjectLiteral(tuple(_entries(data, roots)))
    if isinstance(data, DataList):
        return ListLiteral(tuple(_data_source(item, roots) for item in data.items))
    return template_source(data, roots) if isinstance(data, tuple) else plain_source(Plain(data))


def _value(param: Param, roots: Mapping[str, Expression]) -> Expression:
    if not isinstance(param.value, tuple):
        raise AssertionError("a body is filled from the input")
    return template_source(param.value, roots)
