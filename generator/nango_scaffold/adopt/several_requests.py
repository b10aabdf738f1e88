"""Scripts of several requests: values that are looked up first, details of records, what is read back after a write.

A look-up is a function, of the script or of a helper, that sends one request and gives a value out of its response; or it
is a request in the script itself, of whose response a later request needs a value.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..naming.words import camel
from ..typescript.nodes import (
    NAMES,
    called,
    enclosing,
    first_argument,
    member_chain,
    parameters,
    part,
    part_text,
    plain,
    returned,
    source_text,
    tree_root,
    unspaced,
)
from ..typescript.scopes import binding_of, mentions, path_in_pattern, variable_value
from ..typescript.syntax import walk
from ..typescript.values import object_literal
from .names import Names, awaited, place_of, unwrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..typescript.scopes import Binding
    from ..typescript.syntax import Node
    from .names import Place
    from .script import Request, Script

_OURS = re.compile(r"lookUp([A-Z]\w*)")
_PICKED = re.compile(r"\w+\.data((?:\?\.|\.|\[\d+\]|\w+|!)*)")
_STEP = re.compile(r"\[(\d+)\]|(\w+)")
_PICK = re.compile(r"(?:\.\w+|\[\d+\])+")
_MOST_VALUES = 10  # no script looks up that many
_NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)
_CHAINS = (*NAMES, "member_expression", "subscript_expression")


@frozen
class LookupFunction:
    """A function that looks up a value.

    Attributes:
        value: the value's name.
        pick: where the value is in the response.
        request: what it sends.
        names: what the names in it stand for.
    """

    value: str
    pick: str
    request: Request
    names: Names


def lookups_of(script: Script, imported: Callable[[str], Script | None]) -> dict[str, LookupFunction]:
    """The functions by which a script looks up values, by their names, in the order of their calls.

    Args:
        script: the script.
        imported: gives the file that an import names; ``None`` where it cannot be read.
    """
    functions: dict[str, LookupFunction] = {}
    values: dict[str, str] = {}
    for variable, call in _awaited_calls(script.names.main):
        name = source_text(called(call))
        owner, function = _declared(script, name, imported)
        if function is None or _is_gone_through(call):
            continue
        pick = _picked(next(iter(returned(function)), None))
        sent = [request for request in owner.calls if request.is_inside(function)]
        if not pick or len(sent) != 1 or sent[0].pages:
            continue
        # A look-up may take the values of those before it.
        outer = Names(script.names.main, values)
        values = {**values, name: _value_name(name, variable)}
        names = Names(function, outer.lookups, (call, outer))
        functions[name] = LookupFunction(values[name], pick, sent[0], names)
    return functions


def _is_gone_through(call: Node) -> bool:
    """Whether what a call gives is a list whose entries are gone through: no value to look up, but a list to walk."""
    name = part(enclosing(call, "variable_declarator"), "name")
    return name is not None and any(map(_is_list, mentions(name, tree_root(name))))


def _is_list(name: Node) -> bool:
    outer = name.parent
    is_loop = outer is not None and outer.type == "for_in_statement"
    return is_loop or part_text(outer, "property") in ("map", "forEach", "flatMap")


@frozen
class DetailFunction:
    """A function that merges further values into a record of a list.

    Attributes:
        model: the model whose records are saved next; empty where none is named.
        path: where the record is in the response.
        request: what it sends.
        names: what the names in it stand for.
    """

    model: str
    path: str
    request: Request
    names: Names


def details_of(script: Script) -> dict[str, DetailFunction]:
    """The functions by which a script gets the details of records, by their names."""
    functions: dict[str, DetailFunction] = {}
    for name, function in script.source.functions.items():
        record, details = _merged(function)
        sent = [request for request in script.calls if request.is_inside(function)]
        path = _picked(details)
        # The response_path of a detail has names only, no place in a list.
        if record is None or path is None or len(sent) != 1 or "[" in path:
            continue
        names = replace(script.names, record=record)
        functions[name] = DetailFunction(_model_saved_with(script, name), path, sent[0], names)
    return functions


def _merged(function: Node) -> tuple[Node | None, Node | None]:
    """The parameter and the value that a function merges: ``{ ...record, ...details }``; None where it does not."""
    for value in returned(function):
        literal = object_literal(value)
        spreads = [spread.node.named_children[0] for spread in literal.spreads] if literal is not None else []
        if len(spreads) != 2:
            continue
        binding = binding_of(spreads[0])
        if binding is not None and binding.kind == "parameter" and binding.node in parameters(function):
            return binding.node, spreads[1]
    return None, None


def _model_saved_with(script: Script, function: str) -> str:
    """The model that is saved behind the first call of a function."""
    calls = script.source.calls_of(function)
    for save in script.source.calls if calls else ():
        is_save = save.method == "batchSave" and len(save.arguments) > 1
        if is_save and save.node.start_byte > calls[0].start_byte:
            return source_text(save.arguments[1]).strip("'\"")
    return ""


def read_back_of(script: Script) -> tuple[Request, Names, str] | None:
    """The second request of an action whose record is returned: the request, its names, and where the record is."""
    requests, main = script.calls, script.names.main
    if len(requests) != 2 or main is None or not requests[0].is_inside(main):
        return None
    names = replace(script.names, reads_response=True)
    for value in returned(main):
        path = _path_from_function(script, value, requests[1])
        # A read before another read is as likely to have looked something up for it.
        if path is None and requests[0].method != "GET":
            path = _path_of_record(value, requests[1])
        if path is not None:
            return requests[1], names, path
    return None


def _path_from_function(script: Script, value: Node, request: Request) -> str | None:
    """Where the record is in what a function gives that sends a request: ``toNote(read.note)``; ``None`` for all else."""
    root, steps = member_chain(first_argument(value) if value.type == "call_expression" else None)
    call = _call_of_variable(root)
    function = script.source.functions.get(source_text(called(call)))
    return ".".join(steps) if function is not None and request.is_inside(function) else None


def _path_of_record(value: Node, request: Request) -> str | None:
    """Where the record that a function gives is in the response to a request; ``None`` where it is not of that."""
    for node in walk(value, "member_expression"):
        root, steps = member_chain(node)
        binding = binding_of(root)
        if binding is not None and steps[:1] == ("data",) and request.is_inside(binding.node):
            # In an object that is put together, the path is that of a field, and the record is the whole body.
            is_whole = value.type == "call_expression" or node == value
            return ".".join(steps[1:]) if is_whole else ""
    return None


def _awaited_calls(main: Node | None) -> Iterator[tuple[str, Node]]:
    """The variables of a function that hold what a function gives, each with its call."""
    for declarator in walk(main, "variable_declarator"):
        name, call = part(declarator, "name"), _call_in(part(declarator, "value"))
        if name is not None and name.type in NAMES and call is not None and called(call) is not None:
            yield source_text(name), call


def _call_of_variable(name: Node | None) -> Node | None:
    binding = binding_of(name)
    return _call_in(part(binding.node, "value")) if binding is not None else None


def _call_in(value: Node | None) -> Node | None:
    """The call in ``await f(x)``."""
    value = awaited(value)
    return value if value is not None and value.type == "call_expression" else None


def _declared(
    script: Script, name: str, imported: Callable[[str], Script | None]
) -> tuple[Script, Node | None]:
    """The function of a name, and the file that it is in."""
    own = script.source.functions.get(name)
    binding = script.source.import_of(name) if own is None else None
    other = imported(binding[0].source) if binding is not None else None
    if binding is None or other is None:
        return script, own
    return other, other.source.functions.get(binding[1])


def _picked(value: Node | None) -> str | None:
    """Where a value is in the response: ``[0].id`` for ``response.data?.[0]?.id``; None for another value."""
    match = _PICKED.fullmatch(unspaced(plain(variable_value(value)) or value))
    if match is None:
        return None
    steps = _STEP.findall(match[1])
    return "".join(f"[{index}]" if index else f".{name}" for index, name in steps).removeprefix(".")


def _value_name(function: str, variable: str) -> str:
    ours = _OURS.fullmatch(function)
    return camel(ours[1]) if ours else variable


# Values that are picked out of a response without a function of their own.


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
    name = _picked_name(chain, pick)
    # A variable may have a name that a value of the answers cannot, such as `$id`.
    return PickedValue(name, pick, request, chain.place) if _NAME.fullmatch(name) else None


def _picked_name(chain: _Chain, pick: str) -> str:
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
