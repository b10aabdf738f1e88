"""The request of an action: where it goes, and which input fields go where in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import ArrayOf, Field, Model, Ref
from ...naming.words import words
from ...spec.actions import ListResult
from ...spec.requests import Param, Request, Template, Variable
from ..requests.endpoints import action_method
from ..requests.pagination import derive_pagination
from ..requests.placeholders import is_single, may_be_absent
from ..requests.provider_overrides import with_stated
from ..requests.request import ACTION_RETRIES, derive_docs, derive_params, derive_path
from .binary import is_binary
from .body import BODYLESS, derive_body, form_header
from .models import list_field
from .resource import PATH_KEYS, owner_key

if TYPE_CHECKING:
    from ...answers import ActionAnswer
    from ..context import Context
    from .resource import Resource


def derive_request(
    action: ActionAnswer, resource: Resource, given: Model | None, context: Context
) -> Request:
    """The request of an action; input fields that nothing else uses go into the body, or the query without one.

    Raises:
        AnswersError: answers that do not fit together.
    """
    said, where = action.request, action.where
    method = action_method(action)
    if not resource.verb.known and said.method is None:
        context.guess(f"{where}.request.method", method, f"{action.name} starts with no verb we know")
    if resource.filters and not said.params and said.path is None:
        context.guess(
            f"{where}.request.params",
            ", ".join(f"{name}: ${{input.{name}}}" for name in resource.filters),
            "by which parameter the API is asked is not known",
        )
    roots = {"input": given}
    default = "" if said.path is not None else _default_path(resource, given, where)
    path = derive_path(said.path, default, roots, context, f"{where}.request.path")
    params = derive_params(said.params, roots, f"{where}.request.params")
    headers = derive_params(said.headers, roots, f"{where}.request.headers")
    used = _fields_of(path, *(param.value for param in (*params, *headers) if isinstance(param.value, tuple)))
    if resource.paged:
        used |= {"cursor", "limit"}
    left = [field for field in given.shape.fields if field.name not in used] if given else []
    if said.data is None and said.body is None and method in BODYLESS:
        params = (*params, *_as_params(left, params, where))
    request = Request(
        method=method,
        path=path,
        docs=derive_docs(said, context, where),
        retries=said.retries or ACTION_RETRIES,
        params=params,
        headers=(*headers, *form_header(action)),
        body=derive_body(action, given, left, method),
        encoding=said.encoding or "json",
        binary=is_binary(action),
    )
    return with_stated(request, context.facts)


def derive_listing(
    action: ActionAnswer, resource: Resource, given: Model | None, output: Model, context: Context
) -> ListResult:
    """How the items of a list action are found, and the next page."""
    listed = list_field(output, resource)
    if not (isinstance(listed.type, ArrayOf) and isinstance(listed.type.item, Ref)):
        raise AssertionError("a page without a list of models is refused before")
    item = listed.type.item.model
    pagination = derive_pagination(
        action.request,
        context,
        resource.many,
        action.where,
        single=not resource.paged,
        method=action_method(action),
    )
    if pagination.kind == "link":  # the query of the link is sent as one, whatever the method
        pagination = replace(pagination, in_body=False)
    limit = resource.paged and any(
        field.name == "limit" and is_single(field.type) for field in (given.shape.fields if given else ())
    )
    return ListResult(listed.name, item, pagination, context.raw_name(item), takes_limit=limit)


def _fields_of(*templates: Template) -> set[str]:
    return {part.field for template in templates for part in template if isinstance(part, Variable)}


def _default_path(resource: Resource, given: Model | None, where: str) -> str:
    verb = resource.verb
    below = ""
    if verb.owner and not verb.is_on_record:
        below = f"/{resource.owners}/{_place(owner_key(verb), given, where)}"
    if resource.is_of_collection:
        return f"{below}/{resource.many}"
    end = f"/{verb.word}" if verb.is_on_record else ""
    wanted = resource.record_key
    return f"{below}/{resource.many}/{_place(wanted, given, where)}{end}"


def _place(wanted: str, given: Model | None, where: str) -> str:
    """The field of the input that names a record in a path: the wanted one, else one that tells records apart."""
    fields = given.shape.fields if given else ()
    required = [field.name for field in fields if not field.optional and is_single(field.type)]
    keys = (
        [name for name in required if name == wanted]
        or [name for name in required if name == "id"]
        or [name for name in required if words(name) and words(name)[-1] in PATH_KEYS]
        or required
    )
    if not keys:
        owner = (
            f"{given.name} has no required field that can stand in a path" if given else "there is no input"
        )
        raise AnswersError(
            f"it is not known which record is meant: {owner}",
            where=f"{where}.request.path",
            fix=f"name a path, or add `id: string` to models.{given.name}" if given else "name a path",
        )
    return f"${{input.{keys[0]}}}"


def _as_params(left: list[Field], said: tuple[Param, ...], where: str) -> list[Param]:
    """Input fields that a request without a body sends in the query, beside what the answers put there."""
    taken = {param.name for param in said}
    for field in left:
        if field.name in taken:
            raise AnswersError(
                f"the input has a field {field.name} too, which the query would hold beside it",
                where=f"{where}.request.params.{field.name}",
                fix=f"write {field.name}: ${{input.{field.name}}}, or take one of them out",
            )
        if not is_single(field.type):
            raise AnswersError(
                f"the input field {field.name} cannot go into a query",
                where=f"{where}.request.data",
                fix="name in `data` the fields of the body, or none with []",
            )
    return [
        Param(field.name, (Variable("input", field.name, field.type, may_be_absent(field)),))
        for field in left
    ]
