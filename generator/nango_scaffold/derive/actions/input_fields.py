"""The fields of an action's input, by their names."""

from __future__ import annotations

from ...errors import AnswersError
from ...models.types import Alias, Field, Model


def fields_of(input_: Model | Alias | None) -> tuple[Field, ...]:
    """The fields of an input; a list or a plain type is one field without a name."""
    if isinstance(input_, Alias):
        return (Field("", input_.type),)
    return input_.shape.fields if input_ else ()


def input_field(input_: Model | Alias | None, name: str, where: str) -> Field:
    """A field of the input by its name.

    Args:
        input_: the input, ``None`` where the action takes none.
        name: the field.
        where: the answer that names it, for messages.

    Raises:
        AnswersError: the input has no such field.
    """
    fields = {field.name: field for field in fields_of(input_) if field.name}
    if name not in fields:
        owner = f"the input {input_.name}" if isinstance(input_, Model) else _without_fields(input_)
        raise AnswersError(
            f"{owner} has no field {name!r}",
            where=where,
            fix="" if fields else "accepted: nothing, as it has no fields",
            accepted=fields,
        )
    return fields[name]


def _without_fields(input_: Alias | None) -> str:
    return "the input is no object, so it" if input_ else "the action takes no input, so it"
