"""The variables of a request, replaced one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...spec.requests import DataList, DataObject, DataSpread, OptionalText, Variable

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...spec.requests import Data, Param, Part, Piece, Request, Template

    Change = Callable[[Variable], Variable]


def with_variables(request: Request, change: Change) -> Request:
    """The request with each of its variables as ``change`` gives it; what expressions read stays."""
    return replace(
        request,
        path=_template(request.path, change),
        other_base_url=_template(request.other_base_url, change),
        params=_params(request.params, change),
        headers=_params(request.headers, change),
        body=_params(request.body, change),
        data=request.data and _tree(request.data, change),
    )


def _params(params: tuple[Param, ...], change: Change) -> tuple[Param, ...]:
    return tuple(
        replace(param, value=_template(param.value, change)) if isinstance(param.value, tuple) else param
        for param in params
    )


def _tree(data: DataObject | DataList, change: Change) -> DataObject | DataList:
    if isinstance(data, DataList):
        return DataList(tuple(_data(item, change) for item in data.items))
    return DataObject(tuple((name, _entry(item, change)) for name, item in data.entries))


def _entry(data: Data | DataSpread, change: Change) -> Data | DataSpread:
    return replace(data, of=change(data.of)) if isinstance(data, DataSpread) else _data(data, change)


def _data(data: Data, change: Change) -> Data:
    if isinstance(data, (DataObject, DataList)):
        return _tree(data, change)
    return _template(data, change) if isinstance(data, tuple) else data


def _template(template: Template, change: Change) -> Template:
    return tuple(_part(part, change) for part in template)


def _part(part: Part, change: Change) -> Part:
    if isinstance(part, OptionalText):
        return OptionalText(tuple(_piece(piece, change) for piece in part.parts))
    return _piece(part, change)


def _piece(piece: Piece, change: Change) -> Piece:
    return change(piece) if isinstance(piece, Variable) else piece
