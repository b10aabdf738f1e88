"""How a script itself fills a model, without a mapper: ``list.map((item) => ({ ... }))``, ``push({ ... })``, ``return { ... }``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..spec.mappers import STATUS
from ..typescript.nodes import (
    NAMES,
    arguments,
    called,
    enclosing,
    first_argument,
    function_around,
    member_chain,
    parameter_name,
    parameters,
    part,
    part_text,
    plain,
    returned,
    source_text,
)
from ..typescript.scopes import binding_of, path_in_pattern
from ..typescript.syntax import walk
from ..typescript.values import object_literal, returned_object, string_value
from .mapped_values import reader_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..typescript.scopes import Binding
    from ..typescript.syntax import Node
    from ..typescript.values import ObjectLiteral
    from .record_lists import RecordList
    from .script import Script

_SAVES = ("batchSave", "batchUpdate")


def mapping_in_place(script: Script, model: str, fetched: RecordList) -> dict[str, Any]:
    """Field of a model <- where it comes from, where the script fills it itself; empty where it does not."""
    for call in script.source.calls:
        names = [argument for argument in call.arguments[1:2] if argument.type == "string"]
        if call.method in _SAVES and names and string_value(names[0]) == model:
            first = next(_records_of(call.arguments[0]), None)
            if first is not None:
                function, record, literal = first
                return dict(reader_of(function, record, _parents(fetched)).fields(literal))
    return {}


def _parents(fetched: RecordList) -> dict[str, str]:
    """The name of the record that a list is fetched for, in the script."""
    binder = fetched.names.parent
    # A loop has its variable on the left, a parameter its pattern.
    name = part(binder, "left") or part(binder, "pattern")
    return {source_text(name): ""} if name is not None else {}


def _records_of(value: Node | None) -> Iterator[tuple[Node, str, ObjectLiteral]]:
    """The objects that a list of records is made of: where they are made, of which variable, and each object."""
    value = plain(value)
    binding = binding_of(value)
    if value is not None and value.type == "call_expression":
        yield from _mapped(value)
    elif value is not None and binding is not None and binding.value is not None:
        yield from _records_of(binding.value)
        yield from _pushed(value, binding.name)


def _mapped(call: Node) -> Iterator[tuple[Node, str, ObjectLiteral]]:
    """``list.map((item) => ({ ... }))``."""
    _, members = member_chain(called(call))
    functions = [each for each in arguments(call) if each.type == "arrow_function"]
    if members[-1:] != ("map",) or len(functions) != 1 or not parameters(functions[0]):
        return
    record = parameters(functions[0])[0]
    for literal in filter(None, map(object_literal, returned(functions[0]))):
        yield functions[0], parameter_name(record), literal


def _pushed(value: Node, name: Node) -> Iterator[tuple[Node, str, ObjectLiteral]]:
    """``for (const item of list) { records.push({ ... }) }``."""
    function = function_around(value)
    for call in walk(function, "call_expression"):
        loop = enclosing(call, "for_in_statement")
        literal = object_literal(first_argument(call))
        is_push = source_text(called(call)) == f"{source_text(name)}.push"
        if is_push and loop is not None and literal is not None:
            yield loop, part_text(loop, "left"), literal


def output_in_place(script: Script, response_path: str) -> dict[str, Any]:
    """Field of an action's output <- where it comes from, where the action fills it itself from the response."""
    main = script.names.main
    literal = returned_object(main)
    if main is None or literal is None:
        return {}
    named = [name for name in literal.pairs if _is_status(script, literal.value(name))]
    statuses = {name: {"expression": STATUS} for name in named}
    for root in _variables_read(literal):
        prefix = _way_to_record(script, root, response_path)
        if prefix is not None:
            reader = replace(reader_of(main, source_text(root)), prefix=prefix)
            return dict(reader.fields(literal)) | statuses
    return statuses


def _is_status(script: Script, node: Node | None) -> bool:
    """Whether a value is the status of a response: ``response.status``, or taken out of one in a pattern."""
    root, members = member_chain(node)
    binding = binding_of(root)
    if binding is None:
        return False
    if binding.is_whole:
        return members == (STATUS,) and _holds_response(script, binding)
    if members or path_in_pattern(binding) != (STATUS,):
        return False
    # `const { status } = response`, or of the request itself, which has no name then.
    response = binding_of(plain(part(binding.node, "value"))) or binding
    return _holds_response(script, response)


def _holds_response(script: Script, binding: Binding) -> bool:
    return any(call.is_inside(binding.node) for call in script.calls)


def plain_output(script: Script) -> str:
    """The plain type of what an action gives in an object's only field: ``{ token: value }``; empty for another output."""
    main = script.names.main
    literals = filter(None, map(object_literal, returned(main)))
    values = [literal.value(name) for literal in literals for name in literal.pairs]
    if len(values) != 1 or values[0] is None or values[0].type not in NAMES:
        return ""
    # What our templates check before they return the value: nothing else in a script tells its type.
    name = re.escape(source_text(values[0]))
    match = re.search(rf"typeof {name} !== '(string|number|boolean)'", source_text(main))
    return match[1] if match else ""


def _variables_read(literal: ObjectLiteral) -> Iterator[Node]:
    """The variables of which a literal's fields read members."""
    for name in literal.pairs:
        root, members = member_chain(literal.value(name))
        if root is not None and members and root.type in NAMES:
            yield root


def _way_to_record(script: Script, variable: Node, response_path: str) -> tuple[str, ...] | None:
    """The steps from a variable to the record of a response; ``None`` where it holds something else."""
    binding = binding_of(variable)
    if binding is None or binding.kind != "variable":
        return None
    steps = tuple(filter(None, response_path.split(".")))
    if _holds_response(script, binding):
        # In part it is `const { data } = await ...`, which has taken that step.
        return ("data", *steps) if binding.is_whole else steps
    _, members = member_chain(binding.value)
    return () if members[:1] == ("data",) and members[1:] == steps else None
