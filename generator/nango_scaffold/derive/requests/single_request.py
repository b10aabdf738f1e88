"""Requests beside a script's own, whose keys stand directly in their answer: a look-up, a detail, a further list."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...spec.paths import steps_of
from ...spec.requests import Request
from .graphql import ENDPOINT, with_query
from .request import derive_base_url, derive_docs, derive_params, derive_path, with_answer_facts
from .request_body import body_of_sync, derive_data, sync_method

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...answers import RequestAnswer
    from ...spec.requests import Template
    from ..context import Context
    from .roots import Roots


def single_request(
    answer: RequestAnswer, name: str, roots: Roots, retries: int, where: str, context: Context
) -> Request:
    """A request that gets one response; a query without a name is called ``name``, in words.

    Raises:
        AnswersError: an invalid request.
    """
    with flat(where, context):
        path = derive_path(
            answer.path,
            ENDPOINT if answer.graphql else "",
            roots,
            context,
            f"{where}.request.path",
            base_url=answer.base_url,
        )
        return with_query(request_of(answer, path, roots, retries, where, context), answer, name)


def request_of(
    answer: RequestAnswer, path: Template, roots: Roots, retries: int, where: str, context: Context
) -> Request:
    """The request of an answer whose path is derived; ``retries`` is how often it is tried again by default."""
    data, data_place = body_of_sync(answer, f"{where}.request")
    method = sync_method(answer.method, data)
    request = Request(
        method=method,
        path=path,
        docs=derive_docs(answer, context, where),
        retries=answer.retries or retries,
        params=derive_params(answer.params, roots, f"{where}.request.params"),
        headers=derive_params(answer.headers, roots, f"{where}.request.headers"),
        other_base_url=derive_base_url(answer.base_url, roots, f"{where}.request.base_url"),
        data=derive_data(data, method, roots, data_place),
        errors_steps=steps_of(answer.errors_path or ""),
    )
    return with_answer_facts(request, context.facts)


@contextmanager
def flat(where: str, context: Context) -> Iterator[None]:
    """Name the answers of a further request by their places: its ``path`` is no part of a ``request`` in the answers."""
    # What derives a request is written for a script's own, and names each answer as `request.path` and so on.
    start = len(context.guesses)
    try:
        yield
    except AnswersError as error:
        raise AnswersError(
            error.what, where=_flattened(error.where, where), fix=error.fix, accepted=error.accepted
        ) from None
    context.guesses[start:] = [
        replace(guess, answer=_flattened(guess.answer, where)) for guess in context.guesses[start:]
    ]


def _flattened(answer: str, where: str) -> str:
    return answer.replace(f"{where}.request.", f"{where}.", 1)
