"""Checks of an action: what its input must hold beyond what a schema says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import Model
from ...spec.actions import Check
from .input_fields import input_field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...answers import ActionAnswer
    from ...models.types import Alias


def derive_checks(
    action: ActionAnswer, input_: Model | Alias | None, metadata: Model | None
) -> tuple[Check, ...]:
    """The checks of an action, in the order of the answers.

    Args:
        action: the answer.
        input_: its input, and
        metadata: the metadata of the connection that it reads; ``None`` for none.

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
        if isinstance(of, Model) and isinstance(name, str) and of.shape.index is None:
            input_field(of, name, where)
    return Check(check["unless"], check["message"], frozenset(reading.root for reading in read))
