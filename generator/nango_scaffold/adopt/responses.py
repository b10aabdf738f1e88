"""Where a script finds its records in a response, and how mappers fill the models."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..spec.mappers import BODY, STATUS
from ..typescript.nodes import (
    COMPUTED,
    FUNCTIONS,
    LOOPS,
    called,
    function_around,
    inside,
    is_a,
    member_chain,
    parameter_name,
    parameters,
    part,
    part_text,
    plain,
    returned,
    source_text,
    tree_root,
    type_of,
)
from ..typescript.scopes import binding_of, mentions
from ..typescript.syntax import walk
from ..typescript.values import dated, returned_object
from .mapped_values import reader_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..typescript.syntax import Node
    from ..typescript.values import ObjectLiteral
    from .script import Request, Script

_ON_LISTS = ("map", "filter", "forEach", "flatMap", "length")
_COMPARISONS = ("<", ">", "<=", ">=")
_DEFAULTS = ("??", "||")
_LAST_RUN = "lastSyncDate"


def response_path(script: Script, request: Request | None = None) -> str | None:
    """The steps behind ``response.data`` where a script takes its records from; ``None`` where it does not show.

    Args:
        script: the script.
        request: the request whose response is meant; ``None`` for whichever the script sends, look-ups and details aside.
    """
    walked = walk(_scope(script, request), "member_expression")
    nodes = (node for node in walked if _is_of_response(node, request))
    is_of_any = request is None
    paths = (_records_path(script, node) for node in nodes if not (is_of_any and script.is_further(node)))
    return next(filter(None, paths), None)


def list_path(script: Script, request: Request) -> str | None:
    """Where a script takes the records of a response from: empty for the whole body; ``None`` where it does not show."""
    path = response_path(script, request) or _returned_path(script, request)
    nodes = walk(_scope(script, request), "member_expression")
    is_whole = path is None and any(_is_whole(node) for node in nodes if _is_of_response(node, request))
    return "" if is_whole else path


def _returned_path(script: Script, request: Request) -> str | None:
    """The steps behind ``response.data`` that the function which sends a request gives."""
    function = function_around(request.node)
    # What the script itself returns is an output, not a list.
    if function == script.names.main:
        return None
    for node in returned(function):
        steps = _steps_behind_data(script, node) if _is_of_response(node, request) else ()
        if steps and COMPUTED not in steps and steps[-1] not in _ON_LISTS:
            return ".".join(steps)
    return None


def _scope(script: Script, request: Request | None) -> Node:
    """What a request is sent in: a function, or the whole script."""
    function = function_around(request.node) if request is not None else None
    return function or script.root


def _records_path(script: Script, node: Node) -> str:
    # Of a chain, only the whole: `response.data.meta` is a part of `response.data.meta.items`.
    if _is_member(node):
        return ""
    steps = _steps_behind_data(script, node)
    path = [step for step in steps if step not in _ON_LISTS]
    if not path or COMPUTED in path or not _gives_records(node, steps):
        return ""
    return ".".join(path)


def _is_whole(node: Node) -> bool:
    """Whether ``response.data`` itself is the list of records: mapped, or held by a variable that is used as a list."""
    _, members = member_chain(node)
    if members[-2:] == ("data", "map"):
        return True
    outer, holder = _around(node)
    if members[-1:] != ("data",) or outer.type != "variable_declarator" or holder == node.parent:
        return False
    name = part(outer, "name")
    uses = mentions(name, tree_root(outer)) if name is not None else ()
    return all(_is_used_as_list(use) for use in uses)


def _is_used_as_list(name: Node) -> bool:
    outer = name.parent
    return not is_a(outer, "member_expression") or part_text(outer, "property") in _ON_LISTS


def _is_of_response(node: Node, request: Request | None) -> bool:
    """Whether a chain begins with the variable that holds the response to a request, or with the request itself."""
    if request is None:
        return True
    root, _ = member_chain(node)
    binding = binding_of(root)
    return inside(request.node, binding.node if binding is not None else node)


def saved_path(script: Script, model: str) -> str | None:
    """The steps behind ``response.data`` where a script takes the records of a model that it saves in place."""
    for call in script.source.calls:
        if call.method != "batchSave" or len(call.arguments) < 2:
            continue
        records, name = call.arguments[:2]
        function = called(records)
        steps = _steps_behind_data(script, function)
        if source_text(name)[1:-1] == model and steps[-1:] == ("map",) and COMPUTED not in steps:
            return ".".join(steps[:-1]) or None
    return None


def _steps_behind_data(script: Script, node: Node | None) -> tuple[str, ...]:
    """The members behind ``.data`` in a chain; none where that is of the input or the metadata."""
    root, members = member_chain(node)
    if "data" not in members:
        return ()
    # `input.data` is a field of the input, and `parsed.data` the input that was checked.
    if script.names.meaning(root) or script.names.meaning(_owner_of_data(node)):
        return ()
    return members[members.index("data") + 1 :]


def _is_member(node: Node) -> bool:
    """Whether a chain goes on behind a node."""
    outer = node.parent
    while is_a(outer, "non_null_expression", "parenthesized_expression"):
        outer = outer.parent
    return is_a(outer, "member_expression", "subscript_expression")


def _owner_of_data(node: Node | None) -> Node | None:
    """The part of a chain that ends with ``.data``."""
    while node is not None and part_text(node, "property") != "data":
        node = plain(part(node, "object"))
    return node


def _gives_records(node: Node, steps: tuple[str, ...]) -> bool:
    """Whether records are taken from a chain: it is mapped, kept in a variable, gone through, or worked on as a list."""
    if steps[1:] == ("map",):
        return True
    outer, holder = _around(node)
    if outer.type == "arguments":
        return _is_of_mapper(outer)
    if outer.type in ("variable_declarator", "assignment_expression", "for_in_statement"):
        return holder in (part(outer, "value"), part(outer, "right"))
    is_on_list = bool(steps) and steps[-1] in _ON_LISTS
    return outer.type == "call_expression" and is_on_list


def _around(node: Node) -> tuple[Node, Node]:
    """What uses a value, and the value as that holds it: with its casts, and what stands in for nothing."""
    outer = node.parent
    while outer is not None and (plain(outer) == plain(node) or _is_default(outer)):
        node, outer = outer, outer.parent
    return (outer, node) if outer is not None else (node, node)


def _is_default(node: Node) -> bool:
    """Whether an expression gives what stands behind ``??`` where there is nothing."""
    return node.type == "binary_expression" and part_text(node, "operator") in _DEFAULTS


def _is_of_mapper(values: Node) -> bool:
    """``toUser(response.data.user)``, or with the status of the response beside it."""
    name = source_text(called(values.parent))
    others = [member_chain(each)[1] for each in values.named_children[1:]]
    return name.startswith(("to", "map")) and others in ([], [(STATUS,)])


def incremental_field(script: Script) -> str | None:
    """The field of a record that is compared with the date of the last run."""
    dates = {_LAST_RUN, *_names_of_last_run(script)}
    for node in script.source.syntax.nodes("binary_expression"):
        if part_text(node, "operator") not in _COMPARISONS:
            continue
        left, right = part(node, "left"), part(node, "right")
        # Either may stand first: `updated > last` and `last < updated`.
        for side, other in ((left, right), (right, left)):
            field = _date_of_record(side)
            if field and {*map(source_text, walk(other, "identifier", "property_identifier"))} & dates:
                return field
    return None


def _names_of_last_run(script: Script) -> Iterator[str]:
    """The variables that hold the date of the last run as it is."""
    for declarator in script.source.syntax.nodes("variable_declarator"):
        if source_text(plain(part(declarator, "value"))) == f"nango.{_LAST_RUN}":
            yield part_text(declarator, "name")


def _date_of_record(node: Node | None) -> str:
    """``updated_at`` of ``new Date(record.updated_at)``."""
    date = dated(plain(node))
    _, steps = member_chain(date)
    is_of_record = date is not None and not {_LAST_RUN, COMPUTED} & {*steps}
    return ".".join(steps) if is_of_record else ""


def mapping_of(
    script: Script, model: str, parent_path: Callable[[str, int], str | None] = lambda name, place: None
) -> dict[str, Any]:
    """Field of a model <- where it comes from in the response, where a mapper does not take it from the same name.

    Args:
        script: a file that may hold the mapper.
        model: the model.
        parent_path: what a function gets at a place of its arguments, as a path in the record that the list was fetched
            for; ``None`` for something else.
    """
    function, literal = next(_mappers(script, model), (None, None))
    if function is None or literal is None:
        return {}
    # The record comes first; whatever else a mapper takes comes behind it.
    record, *others = map(parameter_name, parameters(function))
    name = part_text(function, "name")
    paths = {each: parent_path(name, place) for place, each in enumerate(others, 1)}
    parents = {each: path for each, path in paths.items() if path is not None}
    beside = tuple(each for each in paths if each in (STATUS, BODY) and each not in parents)
    return dict(replace(reader_of(function, record, parents), beside=beside).fields(literal))


def _mappers(script: Script, model: str) -> Iterator[tuple[Node, ObjectLiteral]]:
    """The functions that return a model as an object of their own, each with that."""
    for function in script.source.syntax.nodes(*FUNCTIONS):
        if source_text(type_of(function, "return_type")) != model:
            continue
        literal = returned_object(function)
        if literal is not None and parameters(function):
            yield function, literal


def own_loops(script: Script) -> list[Node]:
    """The loops that turn pages, or do something, in a way of their own."""
    return [node for node in script.source.syntax.nodes(*LOOPS) if node.type != "for_in_statement"]
