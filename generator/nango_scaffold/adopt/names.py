"""What the names of a script stand for: its input, the metadata, or a field of either."""

from __future__ import annotations

from dataclasses import field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from ..frozen import frozen
from ..typescript.client_calls import REQUESTS
from ..typescript.nodes import (
    NAMES,
    arguments,
    called,
    first_argument,
    function_around,
    member_chain,
    parameters,
    part,
    part_text,
    plain,
    source_text,
    tree_root,
    unspaced,
)
from ..typescript.scopes import binding_of, is_rest, mentions, path_in_pattern
from ..typescript.syntax import walk
from ..typescript.values import Code, ObjectLiteral, object_literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..typescript.scopes import Binding
    from ..typescript.syntax import Node

_WRAPPERS = ("encodeURIComponent", "encodeURI", "String", "Number")
_RETURNS_CHECKED = ("parse", "parseAsync")
_HOLDS_CHECKED = ("zodValidateInput", "safeParse", "safeParseAsync")
_ROOTS = (("input",), ("metadata",))
_RAW = ("response.", "record.")
_DEPTH = 12
_LONGEST_CHAIN = 300  # characters; no person writes a longer one

Place: TypeAlias = "tuple[int, str]"
"""A variable, by where it is bound, and the steps from it to a value, such as ``.data[0].id``."""


@frozen
class Names:
    """What expressions of a script stand for.

    Attributes:
        main: the function that Nango runs, whose second parameter is the input; None when it is unknown.
        lookups: the functions that look up values, each with the name of its value.
        caller: of the names in a look-up's function, its call in the script, and what the names there stand for.
        reads_response: whether the response to a request has a meaning.
        record: the parameter that is a record of a list; ``None`` where there is none.
        parent: what binds the entry of a list that a request is sent for: a loop, or the parameter of a function.
        picked: the names of values that were picked out of an earlier response, by their places.
        paging: what says which page is asked for: variables, and fields of the input.
    """

    main: Node | None
    lookups: Mapping[str, str] = field(default_factory=dict)
    caller: tuple[Node, Names] | None = None
    reads_response: bool = False
    record: Node | None = None
    parent: Node | None = None
    paging: frozenset[str] = frozenset()
    picked: Mapping[Place, str] = field(default_factory=dict)

    def meaning(self, node: Node | None) -> str:
        """``input``, ``metadata.owner`` and the like; an empty text for any other expression."""
        return ".".join(self._path(node, (), _DEPTH))

    def field_of(self, node: Node | None) -> str:
        """``metadata.owner`` for an expression that is a field of the input or the metadata, else an empty text."""
        meaning = self.meaning(node)
        return meaning if meaning.count(".") == 1 or meaning.startswith(_RAW) else ""

    def is_paging(self, node: Node) -> bool:
        """Whether an expression says which page is asked for."""
        is_name = node.type in NAMES and source_text(node) in self.paging
        return is_name or (bool(self.paging) and self.meaning(node) in self.paging)

    def is_rest(self, node: Node) -> bool:
        """Whether a name holds what was left of the input or the metadata when some of its fields were taken out."""
        binding = binding_of(node)
        return binding is not None and is_rest(binding) and bool(self.meaning(_declared_value(binding)))

    def _path(self, node: Node | None, steps: tuple[str, ...], depth: int) -> tuple[str, ...]:
        """The path of a member of an expression: ``metadata``, ``owner``; empty for anything else."""
        # Of an object, only `?? {}` is no change: with other defaults, its members may come from there.
        inner = _or_nothing(node) if steps else unwrapped(node)
        picked = self._picked(inner)
        if picked:
            return ("lookup", picked, *steps)
        root, members = member_chain(inner)
        steps = (*members, *steps)
        # Names that are declared by each other would be followed for ever.
        if root is None or not depth:
            return ()
        if members:
            return self._path(root, steps, depth - 1)
        return self._of_root(root, steps, depth - 1)

    def _of_root(self, root: Node, steps: tuple[str, ...], depth: int) -> tuple[str, ...]:
        if root.type in NAMES:
            return self._of_name(root, steps, depth)
        if root.type == "object" and steps:
            return self._configured(object_literal(root), steps, depth)
        return self._of_call(root, steps, depth) if root.type == "call_expression" else ()

    def _picked(self, node: Node | None) -> str:
        """The name of a value that was picked out of an earlier response."""
        place = place_of(node) if self.picked else None
        return self.picked.get(place, "") if place is not None else ""

    def _configured(
        self, literal: ObjectLiteral | None, steps: tuple[str, ...], depth: int
    ) -> tuple[str, ...]:
        """What a script of ours has read before: a key of the connection's configuration, or a date of the input."""
        value = literal.value(steps[0]) if literal is not None else None
        calls = list(walk(value, "call_expression"))
        if calls and source_text(called(calls[0])) == "requireConfigured":
            return (*self._path(arguments(calls[0])[1], (), depth), *steps)
        dates = [call for call in calls if source_text(called(call)) == "readDate"]
        # A date has no members of its own: `dates.due.getTime()` means more than the field.
        if len(dates) != 1 or steps[1:]:
            return ()
        return self._path(arguments(dates[0])[-1], (), depth)

    def _of_name(self, name: Node, steps: tuple[str, ...], depth: int) -> tuple[str, ...]:
        binding = binding_of(name)
        inner = path_in_pattern(binding) if binding is not None else None
        if binding is None or inner is None:
            return ()
        # Before the parameters: a function called for each entry binds the parent as one.
        if binding.node == self.parent:
            return ("parent", *inner, *steps)
        if binding.kind == "parameter":
            return self._of_parameter(binding.node, (*inner, *steps), depth)
        return self._path(_declared_value(binding), (*inner, *steps), depth)

    def _of_parameter(self, parameter: Node, steps: tuple[str, ...], depth: int) -> tuple[str, ...]:
        """What a parameter stands for: the input, or what the one call of its function hands over."""
        if parameter == self.record:
            return ("record", *steps)
        function = function_around(parameter)
        if function is None or parameter not in parameters(function):
            return ()
        place = parameters(function).index(parameter)
        # Nango calls a script with itself first and the input second.
        if function == self.main and self.caller is None:
            return ("input", *steps) if place == 1 else ()
        return self._handed_over(function, place, steps, depth)

    def _handed_over(self, function: Node, place: int, steps: tuple[str, ...], depth: int) -> tuple[str, ...]:
        """What the one call of a function hands over at a place; nothing where there are several calls."""
        if self.caller is None:
            names, calls = self, calls_of(function)
        else:
            # A look-up's function, which may be in another file: its arguments are written in the script's names.
            call, names = self.caller
            calls = [call]
        values = arguments(calls[0]) if len(calls) == 1 else []
        return names._path(values[place], steps, depth) if place < len(values) else ()

    def _of_call(self, call: Node, steps: tuple[str, ...], depth: int) -> tuple[str, ...]:
        """What a call gives: the metadata, or what a schema has checked."""
        owner, members = member_chain(called(call))
        method = members[-1] if members else source_text(owner)
        if method == "getMetadata":
            return ("metadata", *steps)
        if method == "getConnection":
            return ("connection", *steps[1:]) if steps[:1] == ("connection_config",) else ()
        if not members and method in self.lookups:
            return ("lookup", self.lookups[method], *steps)
        if method in REQUESTS and source_text(owner) == "nango":
            return self._of_response(steps)
        # `JSON.parse` is no schema, though its name is that of one's method.
        if source_text(owner) == "JSON":
            return ()
        return self._of_check(call, method, steps, depth)

    def _of_check(self, call: Node, method: str, steps: tuple[str, ...], depth: int) -> tuple[str, ...]:
        """What a schema has checked."""
        if method in _HOLDS_CHECKED and steps[:1] == ("data",):
            steps = steps[1:]
        elif method not in _RETURNS_CHECKED:
            return ()
        path = self._path(_checked(call), (), depth)
        return (*path, *steps) if path in _ROOTS else ()

    def _of_response(self, steps: tuple[str, ...]) -> tuple[str, ...]:
        """What the response to a request gives, where that has a meaning."""
        return ("response", *steps[1:]) if self.reads_response and steps[:1] == ("data",) else ()


def calls_of(function: Node) -> list[Node]:
    """The calls of a function by its name, in its file; none of one without a name."""
    holder = function.parent
    if holder is None or holder.type != "variable_declarator":
        holder = function
    name = part_text(holder, "name")
    return list(_calls_by_name(tree_root(function)).get(name, ())) if name else []


@lru_cache(maxsize=4)  # a script asks for the calls of each of its functions, again and again
def _calls_by_name(root: Node) -> dict[str, list[Node]]:
    calls: dict[str, list[Node]] = {}
    for call in walk(root, "call_expression"):
        function = called(call)
        if function is not None and function.type == "identifier":
            calls.setdefault(source_text(function), []).append(call)
    return calls


def object_of(value: Any) -> ObjectLiteral | None:
    """An object literal, written in place or held by a constant that is used nowhere else; None for other values."""
    if isinstance(value, ObjectLiteral):
        return value
    binding = binding_of(value.node) if isinstance(value, Code) else None
    if binding is None or not binding.is_constant or binding.value is None:
        return None
    # With a second use, such as an assignment to a field, the object may be another by the time it is sent.
    uses = list(islice(mentions(binding.name, tree_root(binding.name)), 2))
    return object_literal(binding.value) if len(uses) == 1 else None


def entries_of(literal: ObjectLiteral) -> Iterator[tuple[str | None, Node]]:
    """The pairs of an object, each with its key, and what is spread into it, in the order of the text.

    Generated code sends values in the order of the answers, so it is kept.
    """
    keys = {pair.start_byte: key for key, pair in literal.pairs.items()}
    for child in literal.node.named_children:
        if child.type != "comment":
            yield keys.get(child.start_byte), child


def _declared_value(binding: Binding) -> Node | None:
    """What a variable is given where it is declared, whole or in parts."""
    return part(binding.node, "value") if binding.kind == "variable" else None


def _checked(call: Node) -> Node | None:
    """What a call checks: its argument, or the ``input:`` of it."""
    first = first_argument(call)
    options = object_literal(first)
    return options.value("input") if options is not None and "input" in options.pairs else first


def awaited(node: Node | None) -> Node | None:
    """What is inside ``await`` and parentheses."""
    node = plain(node)
    while node is not None and node.type == "await_expression":
        node = plain(node.named_children[-1] if node.named_children else None)
    return node


def _or_nothing(node: Node | None) -> Node | None:
    """What stands before ``?? {}``."""
    inner = awaited(node)
    if inner is None or part_text(inner, "right") != "{}":
        return inner
    return awaited(_wrapped(inner))


def place_of(node: Node | None) -> Place | None:
    """Where a script holds the value of a chain; ``None`` for all else."""
    root, members = member_chain(node)
    inner = plain(node)
    # Hostile text: each chain is compared with all others, and one may be as long as the file.
    if inner is None or inner.end_byte - inner.start_byte > _LONGEST_CHAIN:
        return None
    binding = binding_of(root)
    if binding is None:
        return None
    # `a?.[0]!.b` and `a[0].b` are the same place.
    text = unspaced(inner).replace("?.[", "[").replace("?.", ".").replace("!", "")
    steps = text.removeprefix(source_text(root)) if members else ""
    return (binding.name.start_byte, steps)


def unwrapped(node: Node | None) -> Node | None:
    """What is inside ``await``, ``String(...)`` and the like; what stands before ``??`` or ``.toString()``."""
    inner = awaited(node)
    while inner is not None and (value := _wrapped(inner)) is not None:
        inner = awaited(value)
    return inner


def _wrapped(node: Node) -> Node | None:
    """The value that an expression gives in another dress, or replaces where it is nothing; None for other expressions."""
    if node.type == "binary_expression":
        is_default = part_text(node, "operator") in ("??", "||")
        return part(node, "left") if is_default else None
    function = called(node)
    if function is None:
        return None
    if source_text(function) in _WRAPPERS:
        return first_argument(node)
    is_text = part_text(function, "property") == "toString"
    return part(function, "object") if is_text else None
