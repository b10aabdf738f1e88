"""Roots that stand for data of the API: ``${record.x}``, ``${response.x}``, and ``${parent.x}`` of a list that is walked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...answers.parts import IN_RESPONSE
from ...errors import AnswersError
from ...models.types import Field, Model, ObjectOf, Primitive, UnionOf, or_null, without_null
from ...spec.paths import steps_of
from .request_texts import texts_of
from .roots import is_single, may_be_absent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...answers import RequestAnswer
    from ...models.types import Type
    from ...spec.paths import Path

KEY = UnionOf((Primitive("string"), Primitive("number")))
"""What identifies something in an API."""
RECORD = "record"
RESPONSE = "response"


def named_paths(request: RequestAnswer, root: str, where: str) -> tuple[Path, ...]:
    """The paths in raw data that a request names below a root, each once, in order.

    Raises:
        AnswersError: a path through a list, or one that is none.
    """
    placeholder = re.compile(rf"\$\{{\s*{root}\.([^}}:]+?)\s*(?::[^}}]*)?\}}")
    paths = dict.fromkeys(path for text in texts_of(request) for path in placeholder.findall(text))
    # These paths become the raw type, so they are checked before anything is derived from them.
    for path in paths:
        for problem in IN_RESPONSE.problems(path, where):
            raise AnswersError(problem.what, where=where, fix=problem.fix, accepted=problem.accepted)
    return tuple(map(steps_of, paths))


def raw_root(name: str, types: Mapping[Path, Field], where: str) -> Model:
    """The shape of raw data of which some values are read: the type of each by its path, and whether it may be absent.

    Raises:
        AnswersError: a value that is also an object on the way to another one.
    """
    return Model(name, _object(types, where))


def key_field(path: Path) -> Field:
    """The field of raw data about which nothing else is known: it identifies something."""
    return Field(path[-1], KEY)


def raw_field(field: Field) -> Field:
    """The field of raw data that a field of a model is read from: anything but a single value identifies something."""
    # JSON has no dates: in the raw record one is text.
    is_known = is_single(field.type) and field.type != Primitive("Date")
    is_optional = may_be_absent(field) and field.name != "id"
    return Field(field.name, without_null(field.type) if is_known else KEY, is_optional)


def _object(types: Mapping[Path, Field], where: str) -> ObjectOf:
    below: dict[str, dict[Path, Field]] = {}
    for (first, *rest), field in types.items():
        below.setdefault(first, {})[tuple(rest)] = field
    return ObjectOf(tuple(Field(name, _value(inner, name, where)) for name, inner in below.items()))


def _value(types: Mapping[Path, Field], name: str, where: str) -> Type:
    # The empty path is the value itself; any other goes on below it.
    field = types.get(())
    if field is None:
        return _object(types, where)
    if len(types) > 1:
        raise AnswersError(
            f"{name} is read as a value, and as an object on the way to another one",
            where=where,
            fix="name one of them",
        )
    return or_null(field.type) if field.optional else field.type
