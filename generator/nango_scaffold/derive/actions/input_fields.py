"""The fields of an action's input, as other answers name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError

if TYPE_CHECKING:
    from ...models.types import Field, Model


def input_field(given: Model | None, name: str, where: str) -> Field:
    """A field of the input by its name.

    Args:
        given: the input, ``None`` where the action takes none.
        name: the field.
        where: the answer that names it, for messages.

    Raises:
        AnswersError: the input has no such field.
    """
    known = {field.name: field for field in given.shape.fields} if given else {}
    if name not in known:
        owner = f"the input {given.name}" if given else "the action takes no input, so it"
        raise AnswersError(
            f"{owner} has no field {name!r}",
            where=where,
            fix=f"accepted: {', '.join(known) or 'nothing, as it has no fields'}",
        )
    return known[name]
