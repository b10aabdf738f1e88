"""Reading a value from the raw record: the steps on the way, and what may come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...frozen import frozen
from ...spec.values import RECORD, Read, Step
from .field_source import shown
from .raw_types import at_path, is_nullable

if TYPE_CHECKING:
    from ...models.types import Field, Model, ObjectOf, Type
    from .field_source import Reach


@frozen
class Found:
    """Where a value comes from: how it is read, and its raw type."""

    read: Read
    type: Type


def read_at(raw: ObjectOf, path: Reach, model: Model, item: Field) -> Found:
    """The value at a path of the raw record.

    Args:
        raw: the raw type.
        path: the path.
        model: the model that is made.
        item: its field that is had from there.

    Raises:
        AnswersError: the raw type has no such path.
    """
    found, whole = at_path(raw, path)
    if not whole:
        raise AnswersError(
            f"the raw type has no {shown(path)!r}, from which the field {item.name} is read",
            where=f"responses.{model.name}",
            fix="add it, or name another path in the mapping",
        )
    nullable = [step.optional or is_nullable(step.type) for step in found]
    steps = tuple(Step(name, after_null=index > 0 and nullable[index - 1]) for index, name in enumerate(path))
    undefinable = any(nullable[:-1]) or any(step.optional for step in found)
    return Found(Read(RECORD, steps, any(nullable), undefinable), found[-1].type)
