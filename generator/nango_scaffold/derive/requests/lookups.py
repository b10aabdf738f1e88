"""Look-ups: the requests that a script sends first, for values that the others need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...answers import ActionAnswer, RequestAnswer
from ...errors import AnswersError
from ...models.types import ArrayOf, Field, Model, ObjectOf, without_null
from ...naming.words import camel, pascal
from ...spec.mappers import RawType
from ...spec.requests import LOOKUP, Lookup, Request, SavedRecords
from .placeholders import parse_template, refuse_absent
from .raw_roots import KEY
from .request_texts import mentioned, strings_in
from .single_request import single_request

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...answers import LookupAnswer, SyncAnswer
    from ...models.types import Type
    from ...spec.actions import ActionSpec
    from ...spec.syncs import SyncSpec
    from ..context import Context
    from .roots import Roots

KEY_VARIABLE = "NANGO_SECRET_KEY"
HOST_VARIABLE = "NANGO_HOST"
"""The environment variables in Nango that hold a secret key, and the address of a self-hosted Nango, by default."""

_IN_EXPRESSION = rf"\b{LOOKUP}(?:\?\.)?[.\['\"]+(\w+)"
_PICKED = r"(?:^|\.|\[)(\d+)(?=[.\[\]]|$)|\.?([^.\[\]]+)"


def derive_lookups(
    script: SyncAnswer | ActionAnswer, roots: Roots, retries: int, context: Context
) -> tuple[tuple[Lookup, ...], Roots]:
    """The look-ups of a script, and the roots of its other requests: a later look-up may use the value of an earlier one.

    Raises:
        AnswersError: two of one name; one that nothing uses; an invalid request.
    """
    _refuse_twins(script)
    _refuse_unused(script)
    lookups: list[Lookup] = []
    for index, answer in enumerate(script.lookups):
        where = f"{script.where}.lookups[{index}]"
        if answer.from_sync or answer.id:
            lookups.append(_saved_lookup(script, answer, roots, retries, where, context))
        else:
            lookups.append(_asked_lookup(answer, roots, retries, where, context))
        roots = roots.and_also(**{LOOKUP: _values(lookup.name for lookup in lookups)})
    return tuple(lookups), roots


def _asked_lookup(answer: LookupAnswer, roots: Roots, retries: int, where: str, context: Context) -> Lookup:
    """A value in the response to a request of its own."""
    request = single_request(answer.request, answer.name, roots, retries, where, context)
    pick = pick_steps(answer.pick)
    # Equal look-ups of several scripts have one raw type.
    key = f"look-up {request.path} {pick}"
    body = context.models.raw_name(f"{context.prefix}{pascal(answer.name)}Lookup", key)
    return Lookup(answer.name, request, pick, body)


def _saved_lookup(
    script: SyncAnswer | ActionAnswer,
    answer: LookupAnswer,
    roots: Roots,
    retries: int,
    where: str,
    context: Context,
) -> Lookup:
    """A value of a record that a sync saved, for an action; a sync looks nothing up there."""
    if not isinstance(script, ActionAnswer):
        raise AnswersError(
            "a sync looks nothing up in what is saved, as syncs run at their own times",
            where=f"{where}.from_sync",
            fix="write the request that gives the value",
        )
    model = _saved_model(answer, where, context)
    record_id = parse_template(str(answer.id), roots, f"{where}.id")
    refuse_absent(record_id, "an id", f"{where}.id", or_shorter=True)
    # Nango is asked, and not the API: the path is the id of the record alone.
    request = Request("GET", record_id, docs="", retries=retries)
    saved = SavedRecords(
        str(answer.from_sync),
        model,
        script.from_sync_key or KEY_VARIABLE,
        script.from_sync_host or HOST_VARIABLE,
    )
    return Lookup(answer.name, request, (answer.pick,), "", saved)


def _saved_model(answer: LookupAnswer, where: str, context: Context) -> str:
    """The model of the records among which a value is looked up; see `_saved_lookup`."""
    if not answer.from_sync or not answer.id or answer.request != RequestAnswer():
        raise AnswersError(
            "a saved record is found by from_sync and id, without a request",
            where=where,
            fix="write { name: ..., from_sync: contacts, id: '${input.contact_id}', pick: owner_id }",
        )
    model = context.saved.get(answer.from_sync)
    if model is None:
        raise AnswersError(
            f"there is no sync {answer.from_sync!r} in this integration",
            where=f"{where}.from_sync",
            fix="" if context.saved else "accepted: nothing, as there is no sync",
            accepted=context.saved,
        )
    # A look-up fills placeholders of paths and queries, in which nothing else can stand.
    keys = [field.name for field in context.models.model(model).shape.fields if _is_key(field)]
    if answer.pick not in keys:
        raise AnswersError(
            f"{model} has no field {answer.pick} that holds a text or a number",
            where=f"{where}.pick",
            fix="" if keys else f"add a field to models.{model}",
            accepted=keys,
        )
    return model


def _is_key(field: Field) -> bool:
    return without_null(field.type) in KEY.members


def lookup_types(scripts: Iterable[SyncSpec | ActionSpec]) -> Iterator[RawType]:
    """The raw types of the bodies that values are looked up in, each once."""
    bodies = {lookup.body: lookup for script in scripts for lookup in script.lookups if lookup.body}
    for lookup in bodies.values():
        of: Type = KEY
        for step in reversed(lookup.pick):
            of = ArrayOf(of) if isinstance(step, int) else ObjectOf((Field(step, of),))
        yield RawType(lookup.body, of, "look-up", lookup.name)


def pick_steps(pick: str) -> tuple[str | int, ...]:
    """The steps of a path that may begin with an index.

    >>> pick_steps("data[0].id"), pick_steps("0.id"), pick_steps("[0].id")
    (('data', 0, 'id'), (0, 'id'), (0, 'id'))
    """
    steps = re.findall(_PICKED, pick)
    return tuple(int(index) if index else name for index, name in steps)


def _values(names: Iterable[str]) -> Model:
    return Model("look-ups", ObjectOf(tuple(Field(name, KEY) for name in names)))


def _refuse_twins(script: SyncAnswer | ActionAnswer) -> None:
    names: dict[str, str] = {}
    for index, lookup in enumerate(script.lookups):
        other = names.setdefault(camel(lookup.name), f"lookups[{index}]")
        if other != f"lookups[{index}]":
            raise AnswersError(
                f"{lookup.name} is the name of {other}, too",
                where=f"{script.where}.lookups[{index}].name",
                fix="give each look-up a name of its own",
            )


def _refuse_unused(script: SyncAnswer | ActionAnswer) -> None:
    """Refuse a look-up that nothing uses, as it would be a request for nothing; and a value where nothing is looked up."""
    texts = list(strings_in(script))
    used = {name for text in texts for name in mentioned(text, LOOKUP)}
    if used and not script.lookups:
        name = min(used)
        raise AnswersError(
            f"${{lookup.{name}}} is read, and nothing is looked up",
            where=f"{script.where}.lookups",
            fix=f"add {{ name: {name}, path: /..., pick: id }}, with the request that gives the value and its place there",
        )
    # Expressions stand in mappings, checks and conditions, too. As text they cost no parser, and a name too many does
    # no more than let an unused look-up pass.
    used.update(name for text in texts for name in re.findall(_IN_EXPRESSION, text))
    for index, lookup in enumerate(script.lookups):
        if lookup.name not in used:
            raise AnswersError(
                f"nothing uses what {lookup.name} looks up",
                where=f"{script.where}.lookups[{index}]",
                fix=f"write ${{lookup.{lookup.name}}} where it is needed, such as in request.path, or remove it",
            )
