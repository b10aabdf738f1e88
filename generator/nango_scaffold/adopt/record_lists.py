"""Which list each request of a sync fetches: its records, their parents or children, those that are deleted.

Read are loops over the entries of another list, in which a request is sent for each; in place, or in a function.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..typescript.nodes import (
    FUNCTIONS,
    NAMES,
    arguments,
    around,
    called,
    enclosing,
    function_around,
    inside,
    parameters,
    part,
    part_text,
    plain,
    returned,
    source_text,
)
from ..typescript.scopes import binding_of
from ..typescript.syntax import walk
from .names import calls_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal, TypeAlias

    from ..typescript.scopes import Binding
    from ..typescript.syntax import Node
    from .names import Names
    from .script import Request, Script

    Part: TypeAlias = 'Literal["records", "parents", "children", "deleted"]'

_FOR_EACH = ("map", "forEach", "flatMap")
_DEPTH = 10
_MOST_NAMES = 200  # no list is made of that many, and an odd text must not take long


@frozen
class RecordList:
    """A list that a sync fetches.

    Attributes:
        request: what fetches it.
        part: what its entries are to the sync.
        model: the model of its entries; of their parent for what is walked, deleted.
        names: what the names in the request stand for.
    """

    request: Request
    part: Part
    model: str
    names: Names


def record_lists(script: Script, models: Sequence[str]) -> list[RecordList]:
    """The lists that a sync fetches, in the order of the text."""
    entries = [_entry_of(script, call.node, _DEPTH) for call in script.calls]
    reader = _Lists(script, models, [entry.request for entry in entries if entry is not None])
    return [reader.of(call, entry) for call, entry in zip(script.calls, entries, strict=True)]


@frozen
class _Entry:
    """The entry of a list that something is done for: the loop or parameter that binds it, and what fetches the list."""

    binder: Node
    request: Request


@frozen
class _Lists:
    """Tells the lists of a script apart; ``outer`` are the requests for whose entries others are sent."""

    script: Script
    models: Sequence[str]
    outer: Sequence[Request]

    @cached_property
    def _unsaved(self) -> list[str]:
        saved = {call.model for call in self.script.calls}
        return [model for model in self.models if model not in saved]

    def of(self, call: Request, entry: _Entry | None) -> RecordList:
        """The list that a request fetches."""
        model = call.model
        if model not in self.models:
            # No save that names a model follows the request: its records are of a model that no other request saves.
            model = (self._unsaved or self.models)[0]
        names = self.script.names
        if entry is not None:
            names = replace(names, parent=entry.binder)
        return RecordList(call, self._part(call, model, entry), model, names)

    def _part(self, call: Request, model: str, entry: _Entry | None) -> Part:
        if call.deletes:
            return "deleted"
        # The outer list of a script that saves all its models elsewhere is only walked.
        if call in self.outer and not call.model and not self._unsaved:
            return "parents"
        return "children" if entry is not None and model != self.models[0] else "records"


def parent_path(script: Script, fetched: RecordList | None, function: str, place: int) -> str | None:
    """What a script hands to a function, as a path in the record that a list was fetched for; ``None`` for all else."""
    if fetched is None or fetched.names.parent is None:
        return None
    for call in script.source.calls_of(function):
        values = arguments(call)
        meaning = fetched.names.meaning(values[place]) if place < len(values) else ""
        if meaning == "parent" or meaning.startswith("parent."):
            return meaning.removeprefix("parent").removeprefix(".")
    return None


def _entry_of(script: Script, node: Node, depth: int) -> _Entry | None:
    """The entry of another list that a node stands for."""
    for binder, entries in _loops_around(node):
        request = _Source(script).request(entries, depth)
        if request is not None and not inside(request.node, node):
            return _Entry(binder, request)
    if not depth:
        return None
    # In no loop here: in one around the only call of a function that it is in, perhaps.
    for function in around(node):
        calls = calls_of(function) if function.type in FUNCTIONS else []
        if len(calls) == 1:
            return _entry_of(script, calls[0], depth - 1)
    return None


def _loops_around(node: Node) -> Iterator[tuple[Node, Node]]:
    """The loops over entries that a node stands in, the innermost first: what binds an entry, and the list."""
    for outer in around(node):
        # `for await` goes through the pages of one list.
        if outer.type == "for_in_statement" and not any(child.type == "await" for child in outer.children):
            entries = part(outer, "right")
            # What fetches the list itself stands in the loop as well.
            if entries is not None and not inside(node, entries):
                yield outer, entries
        elif outer.type == "arrow_function" and parameters(outer):
            entries = _mapped(outer)
            if entries is not None:
                yield parameters(outer)[0], entries


def _mapped(function: Node) -> Node | None:
    """The list of which a function is called for each entry: ``list.map(function)``."""
    call = function.parent.parent if function.parent is not None else None
    method = called(call)
    if part_text(method, "property") not in _FOR_EACH or function not in arguments(call):
        return None
    return part(method, "object")


class _Source:
    """Looks for the request whose response a value comes from."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._names = 0

    def request(self, value: Node | None, depth: int) -> Request | None:
        """The request; ``None`` where the value comes from something else."""
        if value is None or not depth or self._names > _MOST_NAMES:
            return None
        sent = (call for call in self._script.calls if inside(call.node, value))
        return next(sent, None) or self._of_names(value, depth)

    def _of_names(self, value: Node, depth: int) -> Request | None:
        for name in walk(value, *NAMES):
            self._names += 1
            binding = binding_of(name)
            for origin in _origins(binding) if binding is not None else ():
                # `list = list.concat(more)` is made of itself.
                request = None if inside(value, origin) else self.request(origin, depth - 1)
                if request is not None:
                    return request
        return None


def _origins(binding: Binding) -> Iterator[Node]:
    """What the value of a name is made of."""
    if binding.kind == "loop":
        yield from filter(None, [part(binding.node, "right")])
    elif binding.kind == "function":
        yield from returned(binding.node)
    elif binding.kind == "parameter":
        yield from filter(None, [_mapped_to(binding.node)])
    elif binding.kind == "variable":
        value = plain(part(binding.node, "value"))
        if value is None:
            return
        is_empty = value.type == "array" and not value.named_children
        yield from _pushed(binding.name) if is_empty else [value]


def _mapped_to(parameter: Node) -> Node | None:
    """What a parameter is an entry of, or what the one call of its function hands over."""
    function = function_around(parameter)
    if function is None or parameter not in parameters(function):
        return None
    calls = calls_of(function)
    place = parameters(function).index(parameter)
    values = arguments(calls[0]) if len(calls) == 1 else []
    return values[place] if place < len(values) else _mapped(function)


def _pushed(name: Node) -> Iterator[Node]:
    """What is added to a list that begins empty: ``list.push(...)``."""
    for call in walk(enclosing(name, "statement_block", "program"), "call_expression"):
        method = called(call)
        if source_text(method).replace(" ", "") == f"{source_text(name)}.push":
            yield from arguments(call)
