"""The request body of a sync: constants as the answers nest them, and strings with ``${metadata.x}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...spec.requests import DataList, DataObject
from .placeholders import parse_template, refuse_absent

if TYPE_CHECKING:
    from ...spec.requests import Data
    from .placeholders import Roots

WITHOUT_BODY = frozenset({"GET", "DELETE"})


def sync_method(method: str | None, data: Mapping[str, Any] | None) -> str:
    """The method of a sync's request: by default POST where it has a body, else GET."""
    return method or ("GET" if data is None else "POST")


def derive_data(data: Mapping[str, Any] | None, method: str, roots: Roots, where: str) -> DataObject | None:
    """The body of a request, ``None`` for none.

    Args:
        data: the answer.
        method: the HTTP method of the request.
        roots: what ``${...}`` may name.
        where: the answer's place, for messages.

    Raises:
        AnswersError: a body of a request that has none; a string that names no field.
    """
    if data is None:
        return None
    if method in WITHOUT_BODY:
        raise AnswersError(
            f"a {method} request has no body",
            where=where,
            fix="write the fields under params, or `method: POST`",
        )
    return _object(data, roots, where)


def _object(data: Mapping[str, Any], roots: Roots, where: str) -> DataObject:
    return DataObject(tuple((name, _data(item, roots, f"{where}.{name}")) for name, item in data.items()))


def _data(value: Any, roots: Roots, where: str) -> Data:
    if isinstance(value, Mapping):
        return _object(value, roots, where)
    if isinstance(value, (list, tuple)):
        return DataList(tuple(_item(item, roots, f"{where}[{index}]") for index, item in enumerate(value)))
    return parse_template(value, roots, where) if isinstance(value, str) else value


def _item(value: Any, roots: Roots, where: str) -> Data:
    """An item of a list: never absent, as the position of the next one depends on it."""
    data = _data(value, roots, where)
    if isinstance(data, tuple):
        refuse_absent(data, "a list", where, or_shorter=False)
    return data
