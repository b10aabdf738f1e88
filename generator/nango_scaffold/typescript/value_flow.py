"""Where a value of a script comes from: a mapper, an object written in place, or the provider as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .client_calls import REQUESTS
from .nodes import (
    FUNCTIONS,
    arguments,
    called,
    enclosing,
    is_a,
    parameters,
    part,
    part_text,
    plain,
    returned,
    source_text,
)
from .scopes import binding_of
from .syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Literal, TypeAlias

    from .scopes import Binding
    from .syntax import Node

    Origin: TypeAlias = 'Literal["mapped", "built", "raw", "none", "unknown"]'

_KEEPING = ("filter", "slice", "flat", "sort", "reverse", "concat")
_BRANCHES = ("consequence", "alternative", "left", "right")
_DEPTH = 12


def origin_of(node: Node | None, depth: int = _DEPTH) -> Origin:
    """Where the records in a value come from, as far as the file itself tells.

    Returns:
        mapped: an imported function made them; built: object literals in this file did; raw: they are what a request
        gave; none: there are none; unknown: one cannot be sure.
    """
    node = plain(node)
    if node is None or depth == 0:
        return "unknown"
    follow = _FOLLOW.get(node.type)
    return follow(node, depth - 1) if follow else "unknown"


def _of_name(node: Node, depth: int) -> Origin:
    binding = binding_of(node)
    if binding is None or binding.kind not in ("loop", "variable"):
        return "unknown"
    value = part(binding.node, "right" if binding.kind == "loop" else "value")
    if not binding.is_whole:
        # A part of what a request gave is raw, too; a part of a mapped record may be anything.
        return "raw" if origin_of(value, depth) == "raw" else "unknown"
    values = [value] if value is not None else []
    return _common(origin_of(value, depth) for value in (*values, *_later_values(binding)))


def _later_values(binding: Binding) -> Iterator[Node]:
    """What is assigned to a variable or pushed onto it after its declaration."""
    name = source_text(binding.name)
    for value in (*_assigned(binding, name), *_pushed(binding, name)):
        # `all = all.concat(page)` adds a page; the value before would lead back here without end.
        if source_text(value).startswith(f"{name}.concat"):
            yield from arguments(value)
        else:
            yield value


def _assigned(binding: Binding, name: str) -> Iterator[Node]:
    for node in _in_scope(binding.node, "assignment_expression"):
        value = part(node, "right")
        if value is not None and part_text(node, "left") == name:
            yield value


def _pushed(binding: Binding, name: str) -> Iterator[Node]:
    for node in _in_scope(binding.node, "call_expression"):
        if part_text(node, "function") in (f"{name}.push", f"{name}.unshift"):
            yield from arguments(node)


def _in_scope(node: Node, *kinds: str) -> Iterator[Node]:
    """The nodes of some kinds in the block that a declaration stands in."""
    return walk(enclosing(node, "statement_block", "program"), *kinds)


def _of_call(node: Node, depth: int) -> Origin:
    function = called(node)
    if function is None:
        return "unknown"
    if function.type == "identifier":
        # Whatever an imported function makes is its file's business: rules look at that for itself.
        return "mapped" if _is_imported(function) else "unknown"
    return _of_method_call(node, function, depth) if function.type == "member_expression" else "unknown"


def _of_method_call(node: Node, function: Node, depth: int) -> Origin:
    owner, method = part(function, "object"), part_text(function, "property")
    if is_a(owner, "identifier") and _is_imported(owner):
        return "mapped"
    # What else nango gives, such as metadata, is no record of the provider.
    if source_text(owner) == "nango":
        return "raw" if method in REQUESTS else "unknown"
    if method in ("map", "flatMap"):
        return _of_map(owner, arguments(node), depth)
    if method == "concat":
        return _common(origin_of(part, depth) for part in (owner, *arguments(node)))
    return origin_of(owner, depth) if method in _KEEPING else "unknown"


def _of_map(owner: Node | None, arguments: list[Node], depth: int) -> Origin:
    if not arguments or _reads_nothing(arguments[0]):
        return "unknown"
    origin = _of_function(arguments[0], depth)
    # Objects built out of mapped records add to these what a mapper cannot know.
    return "mapped" if origin == "built" and origin_of(owner, depth) == "mapped" else origin


def _reads_nothing(node: Node) -> bool:
    """Whether a function takes no parameter, so that what it makes of each record is always the same."""
    return node.type in FUNCTIONS and not parameters(node)


def _of_function(node: Node, depth: int) -> Origin:
    """Where what a function gives comes from."""
    if node.type == "identifier":
        if _is_imported(node):
            return "mapped"
        function = _function_called(node)
        return "unknown" if function is None else _of_function(function, depth)
    if node.type not in FUNCTIONS:
        return "unknown"
    return _common(origin_of(value, depth) for value in returned(node))


def _function_called(name: Node) -> Node | None:
    """The function of the same file that a name stands for."""
    binding = binding_of(name)
    if binding is None:
        return None
    function = binding.node if binding.kind == "function" else plain(binding.value)
    return function if is_a(function, *FUNCTIONS) else None


def _of_object(node: Node, depth: int) -> Origin:
    if any(_may_map(name) for name in walk(node, "identifier")):
        return "unknown"  # part of it may be mapped
    spreads = [child.named_children[0] for child in node.named_children if child.type == "spread_element"]
    if any(plain(spread) is None or origin_of(spread, depth) == "mapped" for spread in spreads):
        return "unknown"
    return "built" if node.named_children else "unknown"


def _of_array(node: Node, depth: int) -> Origin:
    return _common(origin_of(item, depth) for item in node.named_children if item.type != "comment")


def _of_inner(node: Node, depth: int) -> Origin:
    return origin_of(node.named_children[-1] if node.named_children else None, depth)


def _of_member(node: Node, depth: int) -> Origin:
    return "raw" if origin_of(part(node, "object"), depth) == "raw" else "unknown"


def _of_branches(node: Node, depth: int) -> Origin:
    branches = (part(node, field) for field in _BRANCHES)
    return _common(origin_of(branch, depth) for branch in branches if branch is not None)


_FOLLOW = {
    "identifier": _of_name,
    "call_expression": _of_call,
    "object": _of_object,
    "array": _of_array,
    "await_expression": _of_inner,
    "spread_element": _of_inner,
    "member_expression": _of_member,
    "ternary_expression": _of_branches,
    "binary_expression": _of_branches,
}


def _common(origins: Iterable[Origin]) -> Origin:
    """Where all of several values come from: the same place, else unknown; a place where nothing is does not count."""
    places = {origin for origin in origins if origin != "none"}
    if not places:
        return "none"
    return places.pop() if len(places) == 1 else "unknown"


def _is_imported(name: Node) -> bool:
    binding = binding_of(name)
    return binding is not None and binding.kind == "import"


def _may_map(name: Node) -> bool:
    """Whether a name stands for a function that is imported, or one of the file that may lead to one."""
    binding = binding_of(name)
    if binding is None:
        return False
    value = plain(binding.value)
    return binding.kind in ("import", "function") or is_a(value, *FUNCTIONS)
