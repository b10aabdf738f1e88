"""What a value of a script may be, as far as the script itself tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .scopes import binding_of, plain

if TYPE_CHECKING:
    from ..typescript.syntax import Node
    from .script import Script

_DEPTH = 4


def possible_texts(script: Script, node: Node | None, depth: int = _DEPTH) -> set[str]:
    """The texts that a value may be: a literal, either side of a choice, a constant; empty when others are possible."""
    node = plain(node)
    if node is None or not depth:
        return set()
    if node.type == "string":
        return {script.of(node)[1:-1]}
    if node.type == "ternary_expression":
        return _all_of(script, node.named_children[1:], depth)
    binding = binding_of(script, node) if node.type == "identifier" else None
    if binding is None:
        return set()
    if binding.type is not None and (texts := _of_type(script, binding.type.named_children[-1])):
        return texts
    is_constant = script.of(binding.node.parent).startswith("const")
    return possible_texts(script, binding.value, depth - 1) if is_constant else set()


def _all_of(script: Script, nodes: list[Node], depth: int) -> set[str]:
    found = [possible_texts(script, one, depth - 1) for one in nodes]
    return set().union(*found) if all(found) else set()


def _of_type(script: Script, node: Node) -> set[str]:
    """The texts of a union of literals; empty for any other type."""
    texts: set[str] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one.type == "union_type":
            waiting.extend(one.named_children)
        elif one.type == "literal_type" and one.named_children[0].type == "string":
            texts.add(script.of(one.named_children[0])[1:-1])
        else:
            return set()
    return texts
