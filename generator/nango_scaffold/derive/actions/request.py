"""The request of an action: where it goes, and which input fields go where in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import Alias, ArrayOf, Field, Model, Ref
from ...naming.words import words
from ...spec.actions import ListResult
from ...spec.paths import steps_of
from ...spec.requests import Param, Request, Template, variables_of
from ..requests.endpoints import action_method
from ..requests.graphql import ENDPOINT, with_query
from ..requests.pagination import derive_pagination, id_path_of, note_read_id
from ..requests.request import (
    ACTION_RETRIES,
    derive_base_url,
    derive_docs,
    derive_params,
    derive_path,
    with_answer_facts,
)
from ..requests.request_body import WITHOUT_BODY, derive_data
from ..requests.roots import Roots, is_single
from .body import derive_body, form_header, input_variable
from .input_fields import input_fields
from .models import list_field
from .resource import PATH_KEYS, owner_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...answers import ActionAnswer
    from ...spec.requests import DataList, DataObject, Lookup
    from ..context import Context
    from .resource import Resource


def derive_request(
    action: ActionAnswer,
    resource: Resource,
    input_: Model | Alias | None,
    lookups: tuple[Lookup, ...],
    roots: Roots,
    context: Context,
) -> Request:
    """The request of an action; input fields that nothing else uses go into the body, or the query without one.

    What the look-ups before it use of the input is not sent again.

    Raises:
        AnswersError: answers that do not fit together.
    """
    answer, where = action.request, action.where
    method = action_method(action)
    _note_guesses(action, resource, method, context)
    default_path = ENDPOINT if answer.graphql else ""
    # Only where it is needed: an input without a field for it is an error.
    if not default_path and answer.path is None:
        default_path = _default_path(resource, input_, where)
    path = derive_path(
        answer.path, default_path, roots, context, f"{where}.request.path", base_url=answer.base_url
    )
    base_url = derive_base_url(answer.base_url, roots, f"{where}.request.base_url")
    params = derive_params(answer.params, roots, f"{where}.request.params")
    headers = derive_params(answer.headers, roots, f"{where}.request.headers")
    unused = _unused_fields(input_, (*base_url, *path), (*params, *headers), resource)
    unused = _not_looked_up(unused, lookups)
    if method in WITHOUT_BODY and not answer.has_body:
        params = (*params, *_as_params(unused, params, where))
    request = Request(
        method=method,
        path=path,
        docs=derive_docs(answer, context, where),
        retries=answer.retries or ACTION_RETRIES,
        params=params,
        headers=(*headers, *form_header(action)),
        body=derive_body(action, input_, unused, method, roots),
        encoding=answer.encoding or "json",
        binary=answer.is_binary,
        data=_tree(action, method, roots),
        other_base_url=base_url,
        errors_steps=steps_of(answer.errors_path or ""),
    )
    return with_answer_facts(with_query(request, answer, action.name), context.facts)


def _tree(action: ActionAnswer, method: str, roots: Roots) -> DataObject | DataList | None:
    """The body where it is a tree, and no form."""
    answer = action.request
    if answer.encoding == "form":
        return None
    place = f"{action.where}.request.{'graphql' if answer.graphql else 'json'}"
    # Some APIs take a DELETE with a body, which is written out then.
    return derive_data(answer.json, method, roots, place, without_body=("GET",))


def _not_looked_up(fields: list[Field], lookups: tuple[Lookup, ...]) -> list[Field]:
    """The fields of the input by which nothing is looked up."""
    variables = (variable for lookup in lookups for variable in lookup.request.variables)
    used = {variable.field for variable in variables if variable.root == "input"}
    return [field for field in fields if field.name not in used]


def _note_guesses(action: ActionAnswer, resource: Resource, method: str, context: Context) -> None:
    """Note the default method of an unknown verb, and the default names of filters."""
    answer, where = action.request, f"{action.where}.request"
    if not resource.verb.known and answer.method is None:
        context.guess(f"{where}.method", method, f"{action.name} starts with no verb we know")
    if resource.filters and not answer.params and answer.path is None:
        context.guess(
            f"{where}.params",
            ", ".join(f"{name}: ${{input.{name}}}" for name in resource.filters),
            "by which parameter the API is asked is not known",
        )


def derive_listing(
    action: ActionAnswer, resource: Resource, input_: Model | Alias | None, output: Model, context: Context
) -> ListResult:
    """How the items of a list action are found, and the next page."""
    items = list_field(output, resource)
    # A page without a list of models is refused before.
    assert isinstance(items.type, ArrayOf)
    assert isinstance(items.type.item, Ref)
    item = items.type.item.model
    pagination = derive_pagination(
        action.request,
        context,
        resource.many,
        action.where,
        single=not resource.paged,
        method=action_method(action),
        id_path=id_path_of(action.mapping),
    )
    # A link is followed as it is, with its query, whatever the method.
    if pagination.kind == "link":
        pagination = replace(pagination, in_body=False)
    note_read_id(pagination, item, context)
    takes_limit = resource.paged and _has_limit(input_)
    return ListResult(items.name, item, pagination, context.raw_name(item), takes_limit=takes_limit)


def _has_limit(input_: Model | Alias | None) -> bool:
    return any(field.name == "limit" and is_single(field.type) for field in input_fields(input_))


def _unused_fields(
    input_: Model | Alias | None, path: Template, params: Iterable[Param], resource: Resource
) -> list[Field]:
    """The fields of the input that stand neither in the path nor in a parameter, and do not page."""
    variables = (*variables_of(path), *(variable for param in params for variable in param.variables))
    used = {variable.field for variable in variables if variable.root == "input"}
    if resource.paged:
        used |= {"cursor", "limit"}
    return [field for field in input_fields(input_) if field.name not in used]


def _default_path(resource: Resource, input_: Model | Alias | None, where: str) -> str:
    verb = resource.verb
    below = ""
    if verb.owner and not verb.is_on_record:
        below = f"/{resource.owners}/{_placeholder(owner_key(verb), input_, where)}"
    if resource.is_of_collection:
        return f"{below}/{resource.many}"
    end = f"/{verb.word}" if verb.is_on_record else ""
    return f"{below}/{resource.many}/{_placeholder(resource.record_key, input_, where)}{end}"


def _placeholder(key: str, input_: Model | Alias | None, where: str) -> str:
    """The placeholder of a record in a path: the field ``key`` of the input, else another one that identifies it."""
    fields = input_fields(input_)
    # A path with a part that is absent would be that of another resource.
    required = [field.name for field in fields if not field.optional and is_single(field.type)]
    if not required:
        raise _unidentified(input_, where)
    if isinstance(input_, Alias):
        return "${input}"
    return f"${{input.{_identifying_field(required, key)}}}"


def _unidentified(input_: Model | Alias | None, where: str) -> AnswersError:
    reason, fix = "no field of an input says it", "name a path"
    if isinstance(input_, Model):
        reason = f"{input_.name} has no required field that can stand in a path"
        fix = f"name a path, or add `id: string` to models.{input_.name}"
    elif input_ is None:
        reason = "there is no input"
    return AnswersError(
        f"it is not known which record is meant: {reason}", where=f"{where}.request.path", fix=fix
    )


def _identifying_field(names: list[str], key: str) -> str:
    """The likeliest of the names: ``key``, ``id``, one that ends in a word for an id, else the first."""
    ids = [name for name in names if PATH_KEYS.intersection(words(name)[-1:])]
    return next(name for name in (key, "id", *ids, *names) if name in names)


def _as_params(unused: list[Field], params: tuple[Param, ...], where: str) -> list[Param]:
    """Input fields that a request without a body sends in the query, beside the params of the answers."""
    names = {param.name for param in params}
    # None is left out in silence: who calls the action would take it for sent.
    for field in unused:
        if not field.name:
            raise AnswersError(
                "a request without a body has no place for the whole input",
                where=f"{where}.input",
                fix="write ${input} in request.path or request.params, set request.method, or name a model",
            )
        if field.name in names:
            raise AnswersError(
                f"the input has a field {field.name} too, which the query would hold beside it",
                where=f"{where}.request.params.{field.name}",
                fix=f"write {field.name}: ${{input.{field.name}}}, or remove one of them",
            )
        if not is_single(field.type):
            raise AnswersError(
                f"the input field {field.name} cannot go into a query",
                where=f"{where}.request.data",
                fix="name in `data` the fields of the body, or none with []",
            )
    return [Param(field.name, (input_variable(field),)) for field in unused]
