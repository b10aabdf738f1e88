"""The types in the signature of an action."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...typescript.nodes import parameters, part, type_of
from ..rule import WholeScriptRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.syntax import Node
    from ..entries import Entry
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree

_UNKNOWN = ("any", "unknown", "object", "never")
_NOTHING = ("void", "undefined", "null", "never", "any", "unknown")
_PRIMITIVES = {
    "string": "string",
    "char": "string",
    "varchar": "string",
    "number": "number",
    "integer": "number",
    "int": "number",
    "float": "number",
    "boolean": "boolean",
    "bool": "boolean",
}


class SignatureNamesTheModels(WholeScriptRule):
    """The types of an action's input and output are the models that nango.yaml names.

    Inline types, unions and lists are not checked.
    """

    id = "A06"
    kinds: ClassVar = ("action",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if script.entry is None or script.main is None or not parameters(script.main):
            return
        yield from self._look_at_input(script, script.entry, script.main)
        result = type_of(script.main, "return_type")
        outputs = script.entry.outputs
        if result is None or len(outputs) > 1:
            return
        of = promised(script, result)
        if of is not None and _differ(script, script.entry, outputs[0] if outputs else "", of):
            what = outputs[0] if outputs else "none"
            message = f"{script.title} returns {script.of(of)}, but its output in nango.yaml is {what}."
            yield self.finding(script, script.span(of), message)

    def _look_at_input(self, script: Script, entry: Entry, main: Node) -> Iterator[Finding]:
        behind = parameters(main)[1:]
        if not behind and entry.input in entry.document.models:
            message = f"{script.title} does not take its input {entry.input}."
            list_of = part(main, "parameters") or main
            yield self.finding(script, script.span(list_of), message)
        of = type_of(behind[0]) if behind else None
        if of is not None and _differ(script, entry, entry.input, of):
            what = entry.input or "none"
            message = f"{script.title} takes {script.of(of)}, but its input in nango.yaml is {what}."
            yield self.finding(script, script.span(of), message)


def _differ(script: Script, entry: Entry, named: str, node: Node) -> bool:
    """Whether a type in the script is surely another than the one that nango.yaml names."""
    models = entry.document.models
    text = script.of(node)
    # Any other name is a string literal to the CLI, or a type that is not known here.
    is_known = not named or named in models or named in _PRIMITIVES
    if not is_known:
        return False
    if node.type == "predefined_type" or text in _NOTHING:
        return bool(named) and text not in _UNKNOWN and _PRIMITIVES.get(named) != text
    model = script.model_of(text) if node.type == "type_identifier" else None
    return model in models and model != named


def promised(script: Script, node: Node) -> Node | None:
    """What a ``Promise`` is one of; None for a type that is none."""
    if node.type != "generic_type" or script.of(node.named_children[0]) != "Promise":
        return None
    behind = node.named_children[-1].named_children
    return behind[0] if behind else None
