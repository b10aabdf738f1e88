"""Values that a script picks out of the response to one request for a later one: look-ups that have no function of their own."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..naming.words import camel
from ..typescript.nodes import NAMES, source_text
from ..typescript.scopes import binding_of, path_in_pattern
from ..typescript.syntax import walk
from .names import place_of, unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..typescript.scopes import Binding
    from ..typescript.syntax import Node
    from .names import Place
    from .script import Request, Script

_PICK = re.compile(r"(?:\.\w+|\[\d+\])+")
_MOST_VALUES = 10  # no script looks up that many
_NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)
_CHAINS = (*NAMES, "member_expression", "subscript_expression")


@frozen
class PickedValue:
    """A value that a later request needs.

    Attributes:
        name: the value's name.
        pick: where it is in the response.
        request: the request that gives it.
        place: where the script holds it: a variable, and the steps from there.
    """

    name: str
    pick: str
    request: Request
    place: Place


def picked_values(script: Script, *, is_sync: bool) -> list[PickedValue]:
    """The values that later requests of a script need, in the order of the requests that give them."""
    first = _first_requests(script.calls, is_sync=is_sync)[:_MOST_VALUES]
    # Most scripts have no such request; walking the configurations is what costs time.
    sent = [(call, list(_chains(call))) for call in script.calls] if first else []
    named: dict[str, PickedValue] = {}
    for request in first:
        later = [chains for call, chains in sent if call.node.start_byte > request.node.end_byte]
        for each in chain.from_iterable(later):
            value = _needed(each, request)
            if value is not None:
                named.setdefault(value.name, value)
    return list(named.values())


@frozen
class _Chain:
    """A value in the configuration of a request.

    Attributes:
        variable: the variable that it begins with.
        origins: what it is read from, by its chain, or by the chain of the variable that holds it: each with the variable's
            binding and the steps from there.
    """

    variable: str
    place: Place
    origins: tuple[tuple[Binding, Place], ...]


def _first_requests(calls: Sequence[Request], *, is_sync: bool) -> list[Request]:
    """The requests that may be sent for a value alone: those of a sync that save nothing, those before an action's own."""
    if is_sync:
        return [call for call in calls if not call.model and not call.pages]
    # An action's own request is the first that writes; one that only reads has its own last.
    writes = (index for index, call in enumerate(calls) if call.method != "GET")
    return list(calls[: next(writes, len(calls) - 1)])


def _chains(call: Request) -> Iterator[_Chain]:
    """The values in the configuration of a request."""
    for node in walk(call.config.node, *_CHAINS) if call.config is not None else ():
        place, binding = place_of(node), _binding(node)
        if place is None or binding is None or binding.kind != "variable":
            continue
        origins = [(binding, place)]
        if not place[1]:
            # `const id = found.data.id` and then `id`: the value is where the variable was read from.
            value = unwrapped(binding.value)
            inner, holder = place_of(value), _binding(value)
            if inner is not None and holder is not None:
                origins.append((holder, inner))
        yield _Chain(source_text(binding.name), place, tuple(origins))


def _needed(chain: _Chain, request: Request) -> PickedValue | None:
    """What a value takes from the response to a request; ``None`` where it is of something else."""
    picks = (_pick(binding, place, request) for binding, place in chain.origins)
    pick = next(filter(None, picks), "")
    if not pick:
        return None
    name = _value_name(chain, pick)
    # A variable may have a name that a value of the answers cannot, such as `$id`.
    return PickedValue(name, pick, request, chain.place) if _NAME.fullmatch(name) else None


def _value_name(chain: _Chain, pick: str) -> str:
    """The name of the variable that holds a value; ``createdId`` for ``created.data.id``."""
    last = pick.split(".")[-1].strip("[]0123456789") or "value"
    return camel(f"{chain.variable}-{last}") if chain.place[1] else chain.variable


def _binding(node: Node | None) -> Binding | None:
    """What binds the variable that a chain begins with."""
    root = next(walk(node, *NAMES), None) if node is not None else None
    return binding_of(root)


def _pick(binding: Binding, place: Place, request: Request) -> str:
    """Where a chain is in the response to a request; empty where it is of something else."""
    if binding.kind != "variable" or not request.is_inside(binding.node):
        return ""
    steps = "".join(f".{step}" for step in path_in_pattern(binding) or ()) + place[1]
    is_of_body = steps.startswith((".data.", ".data[")) and _PICK.fullmatch(steps)
    return steps.removeprefix(".data").removeprefix(".") if is_of_body else ""
