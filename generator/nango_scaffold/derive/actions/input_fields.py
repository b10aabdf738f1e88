"""The fields of an action's input, by their names, and what is checked of them beyond what a schema says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import Alias, Field, Model
from ...spec.actions import Check

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...answers import ActionAnswer


def input_fields(input_: Model | Alias | None) -> tuple[Field, ...]:
    """The fields of an input; a list or a plain type is one field without a name."""
    if isinstance(input_, Alias):
        return (Field("", input_.type),)
    return input_.shape.fields if input_ else ()


def input_field(input_: Model | Alias | None, name: str, where: str) -> Field:
    """A field of the input by its name; ``where`` is the place of the answer that names it.

    Raises:
        AnswersError: the input has no such field.
    """
    fields = {field.name: field for field in input_fields(input_) if field.name}
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


def derive_checks(
    action: ActionAnswer, input_: Model | Alias | None, metadata: Model | None
) -> tuple[Check, ...]:
    """The checks of an action, in the order of the answers.

    Raises:
        AnswersError: an expression over an input or metadata that the action does not have, or over a field they lack.
    """
    roots: dict[str, Model | Alias | None] = {"input": input_, "metadata": metadata}
    return tuple(
        _check(check, roots, f"{action.where}.checks[{index}].unless")
        for index, check in enumerate(action.checks)
    )


def _check(check: Mapping[str, str], roots: Mapping[str, Model | Alias | None], where: str) -> Check:
    from ...typescript.expression_reads import readings  # brings the parser, which most answers do without

    read = readings(check["unless"])
    for reading in read:
        of = roots[reading.root]
        if of is None:
            raise AnswersError(
                f"the action has no {reading.root}",
                where=where,
                fix=f"name the model in `{reading.root}` of the action",
            )
        name = reading.path[0] if reading.path else None
        # A model with an index has whatever fields are asked for.
        if isinstance(of, Model) and isinstance(name, str) and of.shape.index is None:
            input_field(of, name, where)
    return Check(check["unless"], check["message"], frozenset(reading.root for reading in read))
