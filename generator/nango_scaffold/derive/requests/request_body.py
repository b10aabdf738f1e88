"""Request bodies as trees: constants as the answers nest them, strings with placeholders, objects spread into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...answers.body import SPREAD
from ...errors import AnswersError
from ...spec.requests import Computed, DataList, DataObject, DataSpread
from ...spec.template_text import variable_text
from .placeholders import parse_template, refuse_absent
from .roots import object_fields
from .variables import parse_spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...answers import RequestAnswer
    from ...spec.requests import Data
    from .roots import Roots

WITHOUT_BODY = frozenset({"GET", "DELETE"})


def body_of_sync(request: RequestAnswer, where: str) -> tuple[Mapping[str, Any] | Sequence[Any] | None, str]:
    """The tree that the body of a sync's request is, and the place of the answer that holds it.

    Raises:
        AnswersError: both ``data`` and ``json``, which are the same there.
    """
    if request.json is None:
        return request.data, f"{where}.data"
    if request.data is not None:
        raise AnswersError("the body is data already", where=f"{where}.json", fix="remove one of them")
    return request.json, f"{where}.{'graphql' if request.graphql else 'json'}"


def sync_method(method: str | None, data: object) -> str:
    """The method of a sync's request: by default POST where it has a body, else GET."""
    return method or ("GET" if data is None else "POST")


def derive_data(
    data: Mapping[str, Any] | Sequence[Any] | None,
    method: str,
    roots: Roots,
    where: str,
    *,
    without_body: Iterable[str] = WITHOUT_BODY,
) -> DataObject | DataList | None:
    """The body of a request, ``None`` for none; ``without_body`` are the methods whose requests have none.

    Raises:
        AnswersError: a body of a request that has none; a string that names no field.
    """
    if data is None:
        return None
    if method in without_body:
        raise AnswersError(
            f"a {method} request has no body",
            where=where,
            fix="write the fields under params, or `method: POST`",
        )
    return _object(data, roots, where) if isinstance(data, Mapping) else _list(data, roots, where)


def _object(data: Mapping[str, Any], roots: Roots, where: str) -> DataObject:
    entries: list[tuple[str, Data | DataSpread]] = []
    for name, item in data.items():
        place = f"{where}.{name}"
        if name == SPREAD:
            spread = DataSpread(parse_spread(item, roots, place))
            _refuse_overwritten(spread, [known for known, _ in entries], roots, place)
            entries.append((name, spread))
        else:
            entries.append((name, _json_value(_data(item, roots, place))))
    return DataObject(tuple(entries))


def _json_value(data: Data) -> Data:
    """A value of a body; an expression alone that gives nothing is left out with its name when the body becomes JSON."""
    if not isinstance(data, tuple) or len(data) != 1 or not isinstance(data[0], Computed):
        return data
    # JSON.stringify drops a property that is undefined, so nothing has to be spread conditionally.
    return (replace(data[0], optional=False),)


def _refuse_overwritten(spread: DataSpread, names: Sequence[str], roots: Roots, where: str) -> None:
    """Refuse an entry before an object that is spread, whose field of that name is always there."""
    # TypeScript refuses a property that is always overwritten; one that may be absent it takes for a default.
    if spread.of.optional:
        return
    fields = object_fields(spread.of.type, roots)
    for name in names:
        if name in fields and not fields[name].optional:
            raise AnswersError(
                f"{variable_text(spread.of)} has a field {name} too, which would replace the one before it",
                where=where,
                fix=f"write `...` before {name}",
            )


def _list(data: Sequence[Any], roots: Roots, where: str) -> DataList:
    return DataList(tuple(_item(item, roots, f"{where}[{index}]") for index, item in enumerate(data)))


def _data(value: Any, roots: Roots, where: str) -> Data:
    if isinstance(value, Mapping):
        return _object(value, roots, where)
    if isinstance(value, (list, tuple)):
        return _list(value, roots, where)
    return parse_template(value, roots, where, of_any_type=True) if isinstance(value, str) else value


def _item(value: Any, roots: Roots, where: str) -> Data:
    """An item of a list: never absent, as the position of the next one depends on it."""
    data = _data(value, roots, where)
    if isinstance(data, tuple):
        refuse_absent(data, "a list", where, or_shorter=False)
    return data
