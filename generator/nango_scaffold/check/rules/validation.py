"""Validation with zod."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...naming.schemas import schema_name
from ...typescript.nodes import inside, is_a, parameters, part, part_text, uses
from ..import_graph import reach
from ..rule import WholeScriptRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.client_calls import Call
    from ...typescript.syntax import Node
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree


class InputIsValidated(WholeScriptRule):
    """An action validates its input with ``nango.zodValidateInput`` before it sends a request.

    Otherwise an invalid input reaches the provider, whose error message says less about the cause.
    """

    id = "V01"
    kinds: ClassVar = ("action",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        parameter = _parameter_of_a_model(script)
        if parameter is None:
            return
        validations = [call for call in script.calls if call.method == "zodValidateInput"]
        late = _checks_behind_a_request(script)
        if _may_send_an_unchecked_input(script, tree, late):
            yield self._missing(script, parameter, [call for call in validations if call.node in late])
        for call in validations:
            if not call.is_awaited and _is_dropped(call.node):
                message = f"{script.title} does not await zodValidateInput, so that a wrong input goes on."
                yield self.finding(script, script.span(call.node), message)

    def _missing(self, script: Script, parameter: Node, late: list[Call]) -> Finding:
        if late:
            message = f"{script.title} validates its input behind a request; that comes first."
            return self.finding(script, script.span(late[0].node), message)
        message = f"{script.title} does not validate its input; nango.zodValidateInput does."
        return self.finding(script, script.span(parameter), message)


class OutputSchemaIsUsed(WholeScriptRule):
    """A schema for the output of an action is used to validate the output.

    Validating outputs is optional, but a schema that is imported or run without effect only looks like validation.
    """

    id = "V02"
    level = "note"
    kinds: ClassVar = ("action",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if script.entry is None or len(script.entry.outputs) != 1:
            return
        original = schema_name(script.entry.outputs[0])
        for imported in script.imports:
            for name, theirs in zip(imported.names, imported.originals, strict=True):
                if theirs == original and not imported.is_type:
                    yield from self._look_at_uses(script, name, imported.node)

    def _look_at_uses(self, script: Script, name: str, imported: Node) -> Iterator[Finding]:
        used = uses(script.syntax.root, name)
        if all(inside(node, imported) for node in used):
            message = f"{script.title} imports {name} and does not check its output with it."
            yield self.finding(script, script.span(imported), message)
        for node in script.schema_checks:
            if part_text(node, "function") == f"{name}.safeParse" and _is_dropped(node):
                message = f"{script.title} does not look at what {name}.safeParse found."
                yield self.finding(script, script.span(node), message)


class MetadataIsValidated(WholeScriptRule):
    """A sync validates the metadata it reads with ``nango.zodValidateInput``.

    The metadata is set by users, or by a frontend.
    """

    id = "V03"
    level = "note"
    kinds: ClassVar = ("sync",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        read = [call for call in script.calls if call.method == "getMetadata"]
        if not read or script.entry is None or not script.entry.document.models.get(script.entry.input):
            return
        reached = reach(script, tree)
        if reached.is_whole and not any(other.schema_checks for other in reached.scripts):
            message = f"{script.title} does not validate its metadata; nango.zodValidateInput does."
            yield self.finding(script, script.span(read[0].node), message)


class SchemasAreGenerated(WholeScriptRule):
    """Schemas come from ``schema.zod.ts``, which is generated from the models, and are not written by hand."""

    id = "V05"

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if script.main is None:
            return  # what is no function may be a sync or action that carries its own models
        end = 0  # of the schema found last: one that stands in it is part of it
        for node in script.syntax.nodes("call_expression"):
            function = part(node, "function")
            if not is_a(function, "member_expression") or node.start_byte < end:
                continue
            owner = part_text(function, "object")
            imported = script.import_of(owner)
            is_zod = imported is not None and imported[0].source.split("/")[0] == "zod"
            if is_zod and part_text(function, "property") == "object":
                end = node.end_byte
                message = f"{script.title} writes a schema by hand; those of the models are in schema.zod.ts."
                yield self.finding(script, script.span(function), message)


def _parameter_of_a_model(script: Script) -> Node | None:
    """The parameter for the input of an action, where that is a model; None when there is none."""
    parameter = next(iter(parameters(script.main)[1:]), None) if script.main is not None else None
    is_model = script.entry is not None and bool(script.entry.document.models.get(script.entry.input))
    return parameter if is_model else None


def _checks_behind_a_request(script: Script) -> list[Node]:
    """The checks of the function of an action that come after the first request of it."""
    main = script.main
    if main is None:
        return []
    first = next((call.node for call in script.requests if inside(call.node, main)), None)
    own = [node for node in script.schema_checks if inside(node, main)]
    return [node for node in own if first is not None and node.start_byte > first.start_byte]


def _may_send_an_unchecked_input(script: Script, tree: Tree, late: list[Node]) -> bool:
    """Whether it is certain that a request is sent and nothing checks the input before it."""
    reached = reach(script, tree)
    sends = any(other.requests for other in reached.scripts)
    # When a helper checks is not known: it may be before any request.
    is_checked_elsewhere = any(other.schema_checks for other in reached.scripts[1:])
    is_checked = len(script.schema_checks) > len(late) or is_checked_elsewhere
    return sends and reached.is_whole and not is_checked


def _is_dropped(node: Node) -> bool:
    """Whether nothing is done with what a call gives."""
    return node.parent is not None and node.parent.type == "expression_statement"
