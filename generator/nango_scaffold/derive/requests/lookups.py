"""Look-ups: the requests that a script sends first, for values that the others need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import ArrayOf, Field, Model, ObjectOf
from ...naming.words import camel, pascal
from ...spec.mappers import RawType
from ...spec.requests import LOOKUP, Lookup
from .placeholders import mentioned, strings_in
from .raw_roots import KEY
from .single_request import single_request

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...answers import ActionAnswer, SyncAnswer
    from ...models.types import Type
    from ...spec.actions import ActionSpec
    from ...spec.syncs import SyncSpec
    from ..context import Context
    from .placeholders import Roots

_PICKED = re.compile(r"(?:^|\.|\[)(\d+)(?=[.\[\]]|$)|\.?([^.\[\]]+)")


def derive_lookups(
    script: SyncAnswer | ActionAnswer, roots: Roots, retries: int, context: Context
) -> tuple[tuple[Lookup, ...], Roots]:
    """The look-ups of a script, and the roots of its other requests: a later look-up may use the value of an earlier one.

    Args:
        script: the answers.
        roots: what ``${...}`` may name without them.
        retries: how often a failed request is tried again by default.
        context: the derivation.

    Raises:
        AnswersError: two of one name; one that nothing uses; an invalid request.
    """
    _refuse_twins(script)
    _refuse_unused(script)
    lookups: list[Lookup] = []
    for index, answer in enumerate(script.lookups):
        where = f"{script.where}.lookups[{index}]"
        request = single_request(answer.request, answer.name, roots, retries, where, context)
        pick = pick_steps(answer.pick)
        body = context.models.raw_name(
            f"{context.prefix}{pascal(answer.name)}Lookup", f"look-up {request.path} {pick}"
        )
        lookups.append(Lookup(answer.name, request, pick, body))
        roots = roots.and_also(**{LOOKUP: _values(lookup.name for lookup in lookups)})
    return tuple(lookups), roots


def lookup_types(scripts: Iterable[SyncSpec | ActionSpec]) -> Iterator[RawType]:
    """The raw types of the bodies that values are looked up in, each once."""
    lookups = [lookup for script in scripts for lookup in script.lookups]
    for lookup in {lookup.body: lookup for lookup in lookups}.values():
        of: Type = KEY
        for step in reversed(lookup.pick):
            of = ArrayOf(of) if isinstance(step, int) else ObjectOf((Field(step, of),))
        yield RawType(lookup.body, of, "look-up", lookup.name)


def pick_steps(pick: str) -> tuple[str | int, ...]:
    """The steps of a path that may begin with an index.

    >>> pick_steps("data[0].id"), pick_steps("0.id"), pick_steps("[0].id")
    (('data', 0, 'id'), (0, 'id'), (0, 'id'))
    """
    steps = _PICKED.findall(pick)
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
    used = {name for text in strings_in(script) for name in mentioned(text, LOOKUP)}
    if used and not script.lookups:
        name = min(used)
        raise AnswersError(
            f"${{lookup.{name}}} is read, and nothing is looked up",
            where=f"{script.where}.lookups",
            fix=f"add {{ name: {name}, path: /..., pick: id }}, with the request that gives the value and its place there",
        )
    for index, lookup in enumerate(script.lookups):
        if lookup.name not in used:
            raise AnswersError(
                f"nothing uses what {lookup.name} looks up",
                where=f"{script.where}.lookups[{index}]",
                fix=f"write ${{lookup.{lookup.name}}} where it is needed, such as in request.path, or remove it",
            )
