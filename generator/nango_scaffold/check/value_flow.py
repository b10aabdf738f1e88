"""Where a value of a script comes from: a mapper, an object written in place, or the provider as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..typescript.syntax import walk
from .scopes import binding_of, plain, returned
from .script import REQUESTS
from .shape import FUNCTIONS, parameters

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal, TypeAlias

    from ..typescript.syntax import Node
    from .scopes import Binding
    from .script import Script

    Origin: TypeAlias = 'Literal["mapped", "built", "raw", "none", "unknown"]'

_KEEPING = ("filter", "slice", "flat", "sort", "reverse", "concat")
_BRANCHES = ("consequence", "alternative", "left", "right")
_DEPTH = 12


def origin_of(script: Script, node: Node | None, depth: int = _DEPTH) -> Origin:
    """Where the records in a value come from, as far as the file itself tells.

    Returns:
        mapped: an imported function made them; built: object literals in this file did; raw: they are what a request
        gave; none: there are none; unknown: one cannot be sure.
    """
    node = plain(node)
    if node is None or depth == 0:
        return "unknown"
    look = _LOOKS.get(node.type)
    return look(script, node, depth - 1) if look else "unknown"


def _of_name(script: Script, node: Node, depth: int) -> Origin:
    binding = binding_of(script, node)
    if binding is None:
        return "unknown"
    if binding.kind not in ("loop", "variable"):
        return "unknown"
    value = binding.node.child_by_field_name("right" if binding.kind == "loop" else "value")
    if not binding.is_whole:
        return "raw" if origin_of(script, value, depth) == "raw" else "unknown"
    values = [origin_of(script, value, depth)] if value is not None else []
    return _together([*values, *(origin_of(script, one, depth) for one in _added(script, binding))])


def _added(script: Script, binding: Binding) -> list[Node]:
    """What is assigned to a variable or pushed onto it later."""
    name = script.of(binding.name)
    found: list[Node] = []
    for node in _scope(binding.node, "assignment_expression", "call_expression"):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and right is not None and script.of(left) == name:
            found.append(right)
        arguments = node.child_by_field_name("arguments")
        if script.of(node.child_by_field_name("function")) in (f"{name}.push", f"{name}.unshift"):
            found.extend(arguments.named_children if arguments is not None else [])
    return [one for one in found if not script.of(one).startswith(f"{name}.concat")] + [
        one for whole in found if script.of(whole).startswith(f"{name}.concat") for one in _arguments(whole)
    ]


def _scope(node: Node, *kinds: str) -> Iterable[Node]:
    one = node.parent
    while one is not None and one.type not in ("statement_block", "program"):
        one = one.parent
    stack = [one] if one is not None else []
    while stack:
        inner = stack.pop()
        if inner.type in kinds:
            yield inner
        stack.extend(inner.children)


def _of_call(script: Script, node: Node, depth: int) -> Origin:
    function = node.child_by_field_name("function")
    if function is not None and function.type == "await_expression":
        function = function.children[-1]
    if function is None:
        return "unknown"
    if function.type == "identifier":
        return "mapped" if _is_imported(script, function) else "unknown"
    if function.type != "member_expression":
        return "unknown"
    owner, method = function.child_by_field_name("object"), script.of(
        function.child_by_field_name("property")
    )
    if owner is not None and owner.type == "identifier" and _is_imported(script, owner):
        return "mapped"
    if script.of(owner) == "nango":
        return "raw" if method in REQUESTS else "unknown"
    arguments = _arguments(node)
    if method in ("map", "flatMap"):
        return _of_map(script, owner, arguments, depth)
    if method == "concat":
        return _together(origin_of(script, one, depth) for one in (owner, *arguments))
    return origin_of(script, owner, depth) if method in _KEEPING else "unknown"


def _of_map(script: Script, owner: Node | None, arguments: list[Node], depth: int) -> Origin:
    if not arguments or _reads_nothing(arguments[0]):
        return "unknown"
    made = _of_function(script, arguments[0], depth)
    return "mapped" if made == "built" and origin_of(script, owner, depth) == "mapped" else made


def _reads_nothing(node: Node) -> bool:
    """Whether a function takes no parameter, so that what it makes of each record is always the same."""
    return node.type in FUNCTIONS and not parameters(node)


def _of_function(script: Script, node: Node, depth: int) -> Origin:
    """Where what a function gives comes from."""
    if node.type == "identifier":
        if _is_imported(script, node):
            return "mapped"
        function = _function_called(script, node)
        return "unknown" if function is None else _of_function(script, function, depth)
    if node.type not in FUNCTIONS:
        return "unknown"
    return _together(origin_of(script, one, depth) for one in returned(node))


def _function_called(script: Script, name: Node) -> Node | None:
    """The function of the same file that a name stands for."""
    binding = binding_of(script, name)
    if binding is None:
        return None
    function = binding.node if binding.kind == "function" else plain(binding.value)
    return function if function is not None and function.type in FUNCTIONS else None


def _of_object(script: Script, node: Node, depth: int) -> Origin:
    if any(_may_map(script, one) for one in walk(node, "identifier")):
        return "unknown"  # part of it may be mapped
    spreads = [one.named_children[0] for one in node.named_children if one.type == "spread_element"]
    if any(plain(one) is None or origin_of(script, one, depth) == "mapped" for one in spreads):
        return "unknown"
    return "built" if node.named_children else "unknown"


def _of_array(script: Script, node: Node, depth: int) -> Origin:
    return _together(origin_of(script, one, depth) for one in node.named_children if one.type != "comment")


def _of_inner(script: Script, node: Node, depth: int) -> Origin:
    return origin_of(script, node.named_children[-1] if node.named_children else None, depth)


def _of_member(script: Script, node: Node, depth: int) -> Origin:
    origin = origin_of(script, node.child_by_field_name("object"), depth)
    return "raw" if origin == "raw" else "unknown"


def _of_branches(script: Script, node: Node, depth: int) -> Origin:
    branches = [one for field in _BRANCHES if (one := node.child_by_field_name(field))]
    return _together(origin_of(script, one, depth) for one in branches)


_LOOKS = {
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


def _together(origins: Iterable[Origin]) -> Origin:
    """Where all of several values come from: the same place, else unknown; a place where nothing is does not count."""
    found = {one for one in origins if one != "none"}
    return found.pop() if len(found) == 1 else "unknown" if found else "none"


def _arguments(call: Node) -> list[Node]:
    arguments = call.child_by_field_name("arguments")
    return [one for one in arguments.named_children if one.type != "comment"] if arguments is not None else []


def _is_imported(script: Script, name: Node) -> bool:
    binding = binding_of(script, name)
    return binding is not None and binding.kind == "import"


def _may_map(script: Script, name: Node) -> bool:
    """Whether a name stands for a function that is imported, or one of the file that may lead to one."""
    binding = binding_of(script, name)
    if binding is None:
        return False
    value = plain(binding.value)
    return binding.kind in ("import", "function") or (value is not None and value.type in FUNCTIONS)
