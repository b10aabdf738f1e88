"""What is checked with zod."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...naming.schemas import schema_name
from ...typescript.nodes import inside, parameters
from ...typescript.syntax import walk
from ..import_graph import reach
from ..rule import WholeScriptRule
from ..schema_checks import checks
from .dates import DatesOfAnInputAreLookedAt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.client_calls import Call
    from ...typescript.syntax import Node
    from ..finding import Finding
    from ..rule import Rule
    from ..script import Script
    from ..tree import Tree


class InputIsValidated(WholeScriptRule):
    """An action checks its input with ``nango.zodValidateInput`` before it sends a request.

    Else a wrong input reaches the provider, whose answer says less about what is wrong.
    """

    id = "V01"
    kinds: ClassVar = ("action",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        main, entry = script.main, script.entry
        given = parameters(main)[1:2] if main is not None else []
        if main is None or entry is None or not given or not entry.document.models.get(entry.input):
            return
        first = next((call.node.start_byte for call in script.requests if inside(call.node, main)), None)
        own = checks(script)
        late = [node for node in own if inside(node, main) and first is not None and node.start_byte > first]
        reached = reach(script, tree)
        elsewhere = [node for one in reached.scripts[1:] for node in checks(one)]
        validates = [call for call in script.calls if call.method == "zodValidateInput"]
        sends = any(one.requests for one in reached.scripts)
        if sends and len(own) == len(late) and not elsewhere and reached.is_whole:
            yield self._missing(script, given[0], [call for call in validates if call.node in late])
        for call in validates:
            if not call.is_awaited and _is_dropped(call.node):
                message = f"{script.title} does not await zodValidateInput, so that a wrong input goes on."
                yield self.finding(script, script.span(call.node), message)

    def _missing(self, script: Script, given: Node, late: list[Call]) -> Finding:
        if late:
            message = f"{script.title} validates its input behind a request; that comes first."
            return self.finding(script, script.span(late[0].node), message)
        message = f"{script.title} does not validate its input; nango.zodValidateInput does."
        return self.finding(script, script.span(given), message)


class OutputSchemaIsUsed(WholeScriptRule):
    """A schema that is there for the output of an action checks the output.

    Outputs may be checked or not; a schema that is imported or run for nothing only looks like a check.
    """

    id = "V02"
    level = "note"
    kinds: ClassVar = ("action",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if script.entry is None or len(script.entry.outputs) != 1:
            return
        original = schema_name(script.entry.outputs[0])
        for one in script.imports:
            for name, theirs in zip(one.names, one.originals, strict=True):
                if theirs == original and not one.is_type:
                    yield from self._look_at_uses(script, name, one.node)

    def _look_at_uses(self, script: Script, name: str, imported: Node) -> Iterator[Finding]:
        used = [
            node
            for node in walk(script.syntax.root, "identifier", "shorthand_property_identifier")
            if script.of(node) == name and not inside(node, imported)
        ]
        if not used:
            message = f"{script.title} imports {name} and does not check its output with it."
            yield self.finding(script, script.span(imported), message)
        for node in checks(script):
            if script.of(node.child_by_field_name("function")) == f"{name}.safeParse" and _is_dropped(node):
                message = f"{script.title} does not look at what {name}.safeParse found."
                yield self.finding(script, script.span(node), message)


class MetadataIsValidated(WholeScriptRule):
    """A sync checks the metadata it reads with ``nango.zodValidateInput``.

    Users write the metadata by hand, or a frontend does.
    """

    id = "V03"
    level = "note"
    kinds: ClassVar = ("sync",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        read = [call for call in script.calls if call.method == "getMetadata"]
        if not read or script.entry is None or not script.entry.document.models.get(script.entry.input):
            return
        reached = reach(script, tree)
        if reached.is_whole and not any(checks(one) for one in reached.scripts):
            message = f"{script.title} does not validate its metadata; nango.zodValidateInput does."
            yield self.finding(script, script.span(read[0].node), message)


class SchemasAreGenerated(WholeScriptRule):
    """Schemas come from ``schema.zod.ts``, which is generated from the models, and are not written by hand."""

    id = "V05"

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if script.main is None:
            return  # what is no function may be a sync or action that carries its own models
        end = 0
        for node in walk(script.syntax.root, "call_expression"):
            function = node.child_by_field_name("function")
            if function is None or function.type != "member_expression" or node.start_byte < end:
                continue
            owner = script.of(function.child_by_field_name("object"))
            imported = script.import_of(owner)
            is_zod = imported is not None and imported[0].source.split("/")[0] == "zod"
            if is_zod and script.of(function.child_by_field_name("property")) == "object":
                end = node.end_byte
                message = f"{script.title} writes a schema by hand; those of the models are in schema.zod.ts."
                yield self.finding(script, script.span(function), message)


def _is_dropped(node: Node) -> bool:
    """Whether nothing is done with what a call gives."""
    return node.parent is not None and node.parent.type == "expression_statement"


RULES: tuple[Rule, ...] = (
    InputIsValidated(),
    OutputSchemaIsUsed(),
    MetadataIsValidated(),
    DatesOfAnInputAreLookedAt(),
    SchemasAreGenerated(),
)
