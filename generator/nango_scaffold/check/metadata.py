"""Whether a sync can do without the metadata that it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..typescript.nodes import FUNCTIONS, inside, is_a, is_optional, part, part_text, walk_own
from ..typescript.scopes import mentions
from .import_graph import reach
from .model_data import fields_of
from .raw_types import Type, alternatives, field_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal, TypeAlias

    from ..typescript.client_calls import Call
    from ..typescript.syntax import Node
    from .entries import Entry
    from .script import Script
    from .tree import Tree

    Need: TypeAlias = 'Literal["demanded", "spared", "read"]'

_WRITES = frozenset({"setMetadata", "updateMetadata"})
_WRAPPERS = ("await_expression", "parenthesized_expression", "as_expression", "non_null_expression")
_FALLBACKS = ("??", "||", "&&")
_NOTHING = ("null", "undefined", "0", "''", '""', "'undefined'")
_TESTS = ("if_statement", "ternary_expression", "while_statement", "do_statement", "for_statement")
_DEPTH = 4  # variables that are followed, each given the one before


@frozen
class _Use:
    """One place where metadata is used.

    Attributes:
        field: the field of the metadata that is read; empty for the metadata as a whole.
        need: demanded where the script throws without it; spared where it goes on without it; else read.
    """

    field: str
    need: Need


def reads_metadata(script: Script | None) -> bool:
    """Whether a script reads metadata that somebody else has set."""
    methods = {call.method for call in script.calls} if script else set()
    return "getMetadata" in methods and not methods & _WRITES


def requires_metadata(entry: Entry, tree: Tree) -> bool:
    """Whether it is certain that the script of a sync, or a helper it imports, cannot do without metadata."""
    script = tree.script(entry.script)
    if script is None or not script.syntax.is_whole:
        return False
    scripts = reach(script, tree).scripts
    # One that writes metadata keeps its own place in it, and begins without.
    if any(call.method in _WRITES for reached in scripts for call in reached.calls):
        return False
    reads = [(reached, call) for reached in scripts for call in reached.calls if call.method == "getMetadata"]
    return any(_is_required(reached, call, _Fields(reached, call, entry, tree)) for reached, call in reads)


def _is_required(script: Script, call: Call, fields: _Fields) -> bool:
    needs: dict[str, set[Need]] = {}
    for use in _uses(script, call.node, "", fields, _DEPTH):
        needs.setdefault(use.field, set()).add(use.need)
    if any("demanded" in kinds for kinds in needs.values()):
        return True
    # Where the script goes on without any metadata, its fields are read only where there is some.
    if "spared" in needs.get("", ()):
        return False
    return any(need == {"read"} and fields.must_have(name) for name, need in needs.items() if name)


class _Fields:
    """Which fields metadata has to have, by the type it is read as."""

    def __init__(self, script: Script, call: Call, entry: Entry, tree: Tree) -> None:
        self._tree = tree
        self._document = entry.document
        node = _written_type(call)
        self._type = Type(node, script) if node is not None else None
        self._model = _model(script, node) if node is not None else entry.input

    def must_have(self, name: str) -> bool:
        """Whether a field has to be there; of an unknown type, every field that is read without a test has to."""
        if self._model in self._document.models:
            return name in self._required()
        return self._is_required_raw(self._type, name) if self._type is not None else True

    def has_required(self) -> bool:
        """Whether the type is a model that has a field which has to be there."""
        return bool(self._model in self._document.models and self._required())

    def _required(self) -> set[str]:
        return {
            field.name
            for field in fields_of(self._document, self._model) or ()
            if not field.key.endswith("?") and not _may_be_nothing(field.value)
        }

    def _is_required_raw(self, type_: Type, name: str) -> bool:
        field_type = field_of(type_, name, self._tree)
        if field_type is None or field_type.is_optional or type_.node.type != "type_identifier":
            return False
        return all(kind.text not in ("null", "undefined") for kind in alternatives(field_type, self._tree))


def _may_be_nothing(value: object) -> bool:
    words = value.split("|") if isinstance(value, str) else []
    return value is None or any(word.strip() in ("null", "undefined") for word in words)


def _written_type(call: Call) -> Node | None:
    """The type that metadata is read as: that of the call, else that of the variable which takes it."""
    arguments = part(call.node, "type_arguments")
    if arguments is not None and arguments.named_children:
        return arguments.named_children[0]
    holder = _outermost(call.node).parent
    annotation = part(holder, "type")
    if not is_a(holder, "variable_declarator") or annotation is None:
        return None
    return annotation.named_children[-1] if annotation.named_children else None


def _model(script: Script, node: Node) -> str:
    """The name under which a type that is a plain name is imported; its own where it is not."""
    if node.type != "type_identifier":
        return ""
    return script.original_of(script.of(node))


def _uses(script: Script, node: Node, field: str, fields: _Fields, depth: int) -> Iterator[_Use]:
    """How a value is used: metadata as a whole, or a field of it."""
    value = _outermost(node)
    holder = value.parent
    if holder is None or not depth:
        return
    if _is_validated(script, value):
        is_demanded = not field and fields.has_required()
        yield _Use(field, "demanded" if is_demanded else "read")
    elif _is_part(value, "value", holder, "variable_declarator"):
        yield from _uses_of_variable(script, holder, field, fields, depth)
    # Only the metadata's own members are fields of its model.
    elif not field and _is_part(value, "object", holder, "member_expression"):
        yield from _uses_of_member(script, holder, fields, depth)
    else:
        yield _Use(field, _need(value))
        yield from _demands_behind_fallback(script, value, field, fields, depth)


def _is_part(node: Node, field: str, holder: Node, kind: str) -> bool:
    """Whether a node is a part of one of some kind: the ``value`` of a declarator, the ``object`` of a member."""
    return holder.type == kind and part(holder, field) == node


def _uses_of_member(script: Script, member: Node, fields: _Fields, depth: int) -> Iterator[_Use]:
    name = part_text(member, "property")
    is_spared = is_optional(member)
    for use in _uses(script, member, name, fields, depth):
        yield _Use(name, "spared") if is_spared and use.need == "read" else use


def _uses_of_variable(
    script: Script, declarator: Node, field: str, fields: _Fields, depth: int
) -> Iterator[_Use]:
    pattern = part(declarator, "name")
    if pattern is None:
        return
    if pattern.type == "identifier":
        for mention in mentions(pattern, script.syntax.root):
            yield from _uses(script, mention, field, fields, depth - 1)
    elif pattern.type == "object_pattern" and not field:
        for name, bound in _fields_in_pattern(script, pattern):
            if bound is None:  # it has a default, or is taken apart further
                yield _Use(name, "spared")
                continue
            for mention in mentions(bound, script.syntax.root):
                yield from _uses(script, mention, name, fields, depth - 1)


def _fields_in_pattern(script: Script, pattern: Node) -> Iterator[tuple[str, Node | None]]:
    """The fields that a pattern takes out, each with the name it gets; None for one that has a default."""
    for child in pattern.named_children:
        if child.type == "shorthand_property_identifier_pattern":
            yield script.of(child), child
        elif child.type == "object_assignment_pattern":
            yield script.of(child.named_children[0]), None
        elif child.type == "pair_pattern":
            bound = part(child, "value")
            is_plain = is_a(bound, "identifier")
            yield part_text(child, "key"), bound if is_plain else None


def _demands_behind_fallback(
    script: Script, value: Node, field: str, fields: _Fields, depth: int
) -> Iterator[_Use]:
    """``const ids = metadata?.ids ?? []`` spares nothing where the script throws when there are no ids."""
    whole = value.parent
    while whole is not None and whole.type in ("binary_expression", "parenthesized_expression"):
        holder = whole.parent
        if is_a(holder, "variable_declarator") and field:
            uses = _uses_of_variable(script, holder, field, fields, depth)
            yield from (use for use in uses if use.need == "demanded")
        whole = holder


def _is_validated(script: Script, value: Node) -> bool:
    """Whether a value is what a call checks with a schema, and throws when it does not fit."""
    # Of zodValidateInput the value is that of `input`; of `schema.parse(value)` the argument itself.
    around = (check for check in script.schema_checks if inside(value, part(check, "arguments") or check))
    check = next(around, None)
    if check is None or _is_input(script, value):
        return check is not None
    # safeParse throws nothing, and what comes of it may be a fallback.
    is_argument = value.parent == part(check, "arguments")
    return is_argument and "safeParse" not in part_text(check, "function")


def _is_input(script: Script, value: Node) -> bool:
    """Whether a value is that of ``input`` in an object literal."""
    if value.type == "shorthand_property_identifier":
        return script.of(value) == "input"
    pair = value.parent
    return is_a(pair, "pair") and part_text(pair, "key") == "input"


def _need(value: Node) -> Need:
    """What happens without a value, by what stands around it: a test, a fallback, or nothing."""
    spared, negated = False, False
    inner = value
    while (outer := inner.parent) is not None and not _ends(outer):
        if outer.type in _TESTS and part(outer, "condition") == inner:
            return "demanded" if negated and _throws(outer) else "spared"
        spared |= _is_spared_by(outer, inner)
        negated |= _is_negated_by(outer)
        inner = outer
    return "spared" if spared else "read"


def _ends(node: Node) -> bool:
    """Whether what is around a node does not decide by it any more."""
    is_statement = node.type.endswith(("_statement", "_declaration")) or node.type == "statement_block"
    return node.type in FUNCTIONS or (is_statement and node.type not in _TESTS)


def _is_spared_by(outer: Node, inner: Node) -> bool:
    # Of null or undefined `...value` spreads nothing.
    if outer.type == "spread_element" or (outer.type == "member_expression" and is_optional(outer)):
        return True
    is_fallback = part_text(outer, "operator") in _FALLBACKS
    return is_fallback and part(outer, "left") == inner


def _is_negated_by(outer: Node) -> bool:
    """Whether an expression holds where a value in it is missing: ``!value``, ``value === undefined``."""
    operator = part_text(outer, "operator")
    compares = operator in ("==", "===") and part_text(outer, "right") in _NOTHING
    return operator == "!" or compares


def _throws(test: Node) -> bool:
    then = part(test, "consequence")
    if then is None:
        return False
    exits = walk_own(then, "throw_statement", "return_statement")
    first = next(exits, None)
    return is_a(first, "throw_statement")


def _outermost(node: Node) -> Node:
    """A value with the ``await``, the parentheses and the casts around it."""
    while node.parent is not None and node.parent.type in _WRAPPERS:
        node = node.parent
    return node
