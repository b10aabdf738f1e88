"""Inputs and outputs of actions that are a list or a plain type, not a model: ``Item[]``, ``string``.

An input may be either; an output is always an object, so it stands in a field of one. Rules A03, A06.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...answers.answers import model_in
from ...errors import AnswersError
from ...models.reader import alias_name, read_type
from ...models.types import Alias
from ...naming.words import pascal
from ..models.default_fields import create_fields, field_name

if TYPE_CHECKING:
    from ...answers import ActionAnswer
    from ...models.types import Model
    from ..context import Context
    from .resource import Resource


def bare_input(action: ActionAnswer, resource: Resource, context: Context) -> Alias:
    """The input of an action that is a list or a plain type, under the name that Nango's CLI gives it.

    Raises:
        AnswersError: an input without a place for the cursor of a page; items with values that JSON cannot hold.
    """
    if resource.paged:
        raise AnswersError(
            f"{action.name} returns pages, and {action.input} has no place for the cursor of the next one",
            where=f"{action.where}.input",
            fix="name a model with `cursor?: string`, or set `paginated: false`",
        )
    models, item = context.models, model_in(action.input)
    if item and not models.has(item):
        fields = create_fields(resource.record)
        models.add(item, fields, fixed=True)
        context.guess(f"models.{item}", ", ".join(fields), "what such an action takes in most APIs")
    if item:
        models.refuse_dates(models.model(item), f"the input of {action.name}")
    name = alias_name(context.answers.integration, "action", action.name, "input")
    return Alias(name, read_type(action.input, [item] if item else ()))


def derive_plain_output(action: ActionAnswer, resource: Resource, context: Context) -> Model:
    """The output of an action that returns a plain type, or a list of one: an object with it in its only field.

    Raises:
        AnswersError: a mapping, or a response of bytes.
    """
    unread = {"mapping": action.mapping, "request.response_type": action.request.is_binary}
    for place, is_set in unread.items():
        if is_set:
            raise AnswersError(
                f"the output of {action.name} is a value of the response, and nothing else can be read into it",
                where=f"{action.where}.{place}",
                fix="say where the value is in request.response_path, or name an output model",
            )
    # A single field, so that its name follows from what the action is about.
    is_list = str(action.output).endswith("[]")
    field = field_name(resource.many if is_list else resource.entity)
    name = context.models.add(f"{pascal(action.name)}Response", {field: action.output})
    note_wrapped(action, name, field, context)
    return context.models.model(name)


def note_wrapped(action: ActionAnswer, model: str, field: str, context: Context) -> None:
    """Note the object in which an output stands that is none itself."""
    context.guess(
        f"{action.where}.output",
        f"{model}: {{ {field}: {action.output} }}",
        "an action returns an object, never a list or a plain value",
    )
