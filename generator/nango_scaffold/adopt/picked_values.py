"""Values that a script picks out of the response to one request for a later one: look-ups that have no function of their own."""

from __future__ import annotations

import re
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
    values: dict[Place, PickedValue] = {}
    for request in _first_requests(script.calls, is_sync=is_sync):
        later = [call for call in script.calls if call.node.start_byte > request.node.end_byte]
        for value in _needed(request, later):
            values.setdefault(value.place, value)
    named: dict[str, PickedValue] = {}
    for value in values.values():
        named.setdefault(value.name, value)
    return list(named.values())


def _first_requests(calls: Sequence[Request], *, is_sync: bool) -> list[Request]:
    """The requests that may be sent for a value alone: those of a sync that save nothing, those before an action's own."""
    if is_sync:
        return [call for call in calls if not call.model and not call.pages]
    writes = (index for index, call in enumerate(calls) if call.method != "GET")
    return list(calls[: next(writes, len(calls) - 1)])


def _needed(request: Request, later: Sequence[Request]) -> Iterator[PickedValue]:
    """What the configurations of later requests take from a response."""
    configs = [call.config.node for call in later if call.config is not None]
    for node in (node for config in configs for node in walk(config, *_CHAINS)):
        place, pick = place_of(node), _pick_of(node, request)
        if place is not None and pick:
            name = _value_name(node, place, pick)
            yield from [PickedValue(name, pick, request, place)] if _NAME.fullmatch(name) else []


def _value_name(node: Node, place: Place, pick: str) -> str:
    """The name of the variable that holds a value; ``createdId`` for ``created.data.id``."""
    variable = source_text(next(walk(node, *NAMES)))
    last = pick.split(".")[-1].strip("[]0123456789") or "value"
    return camel(f"{variable}-{last}") if place[1] else variable


def _pick_of(node: Node, request: Request) -> str:
    """Where a value is in the response to a request, by its chain or by the variable that holds it; empty elsewhere."""
    place, binding = place_of(node), _binding(node)
    pick = _pick(binding, place, request)
    if pick or place is None or binding is None or place[1]:
        return pick
    value = unwrapped(binding.value)
    return _pick(_binding(value), place_of(value), request)


def _binding(node: Node | None) -> Binding | None:
    """What binds the variable that a chain begins with."""
    root = next(walk(node, *NAMES), None) if node is not None else None
    return binding_of(root) if root is not None else None


def _pick(binding: Binding | None, place: Place | None, request: Request) -> str:
    """Where a chain is in the response to a request; empty where it is of something else."""
    if binding is None or place is None or binding.kind != "variable" or not request.is_inside(binding.node):
        return ""
    steps = "".join(f".{step}" for step in path_in_pattern(binding) or ()) + place[1]
    is_of_body = steps.startswith((".data.", ".data[")) and _PICK.fullmatch(steps)
    return steps.removeprefix(".data").removeprefix(".") if is_of_body else ""
