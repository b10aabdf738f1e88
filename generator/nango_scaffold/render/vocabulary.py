"""What templates can say of a spec beside Jinja's own words: filters that spell and escape, tests for kinds of value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..models.types import ArrayOf, Literal, ObjectOf, Primitive, Ref, UnionOf
from ..naming.schemas import schema_name
from ..naming.words import article, pascal
from ..spec.mappers import DynamicMapper
from ..spec.values import Build, Convert, Each, Joined, Mapped, OrNull, Plain, Read, Renamed, reads_item
from ..typescript.printer.literals import (
    doc_comment,
    is_identifier,
    literal,
    object_key,
    property_key,
    string_literal,
)
from . import ts_to_zod

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2 import Environment

_KINDS = (
    *(ArrayOf, Literal, ObjectOf, Primitive, Ref, UnionOf),
    *(Build, Convert, Each, Joined, Mapped, OrNull, Plain, Read, Renamed),
    DynamicMapper,
)
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def teach(environment: Environment) -> None:
    """Give an environment the filters and tests of this module; Copier's own needs them like ours."""
    environment.filters.update(FILTERS)
    environment.tests.update(TESTS)


def mapper_name(model: str) -> str:
    """The function that makes a model's record: ``toPullRequest``. Rule N07."""
    return f"to{pascal(model)}"


def path(read: Read) -> str:
    """A read as a chain of properties, with ``?.`` behind what may be null."""
    return read.variable + "".join(access(step.name, optional=step.after_null) for step in read.steps)


def access(name: str | int, *, optional: bool = False) -> str:
    """How a property, or an item of a list, is taken of what stands before: ``.name``, ``['a-b']``, ``?.[0]``."""
    if isinstance(name, str) and is_identifier(name):
        return f"?.{name}" if optional else f".{name}"
    key = string_literal(name) if isinstance(name, str) else name
    return f"?.[{key}]" if optional else f"[{key}]"


def field_type(target: Iterable[str]) -> str:
    """The type of a field of a model, from the names on the way to it."""
    model, *fields = target
    text = model
    for name in fields:
        text = f"NonNullable<{text}[{string_literal(name)}]>"
    return text


def _is_a(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


FILTERS: dict[str, Any] = {
    "access": access,
    "article": article,
    "declared_type": ts_to_zod.declared_type,
    "doc_comment": doc_comment,
    "field_type": field_type,
    "literal": literal,
    "mapper_name": mapper_name,
    "member_name": property_key,
    "path": path,
    "property_name": object_key,
    "schema_name": schema_name,
    "type_of": definition_type,
    "without_null": ts_to_zod.without_null,
    "zod_key": ts_to_zod.key,
    "zod_literal": ts_to_zod.literal,
}
TESTS: dict[str, Any] = {
    "reads_item": reads_item,
    **{_CAPITAL.sub("_", kind.__name__).lower(): _is_a(kind) for kind in _KINDS},
}
