"""The scripts of syncs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from ...typescript.client_calls import REQUESTS
from ...typescript.nodes import is_async, parameters, part, root_of, type_of, walk_own
from ...typescript.scopes import binding_of
from ...typescript.values import constant_text
from ..entries import span_of
from ..finding import Edit
from ..import_graph import reach
from ..model_data import fields_of
from ..rule import EntryRule, WholeScriptRule
from .top_function import TopFunction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.client_calls import Call
    from ...typescript.syntax import Node
    from ..entries import Entry
    from ..finding import Finding
    from ..import_graph import Reach
    from ..script import Script
    from ..tree import Tree

_BATCHES = ("batchSave", "batchUpdate", "batchDelete")
_KEEPS_ITS_PLACE = ("updateMetadata", "setMetadata", "saveCheckpoint")


class SyncBeginsWithFetchData(TopFunction):
    """The script of a sync begins with ``export default async function fetchData``.

    Imports, types and constants can be above it; helper functions are below.
    """

    id = "S01"
    fixable: ClassVar = True
    kinds: ClassVar = ("sync",)
    function = "fetchData"


class FetchDataTakesNangoAndReturnsNothing(WholeScriptRule):
    """The function of a sync takes only ``nango: NangoSync`` and returns ``Promise<void>``.

    Nango passes nothing else, and rejects a function that returns a value: records go to ``batchSave``.
    """

    id = "S02"
    level = "error"
    fixable: ClassVar = True
    kinds: ClassVar = ("sync",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if script.main is None:
            return
        yield from self._look_at_parameters(script, script.main)
        returns = [node for node in walk_own(script.main, "return_statement") if _has_value(node)]
        for node in returns:
            message = (
                f"{script.title} returns a value; records are saved with batchSave and nothing is returned."
            )
            yield self.finding(script, script.span(node), message)
        yield from self._look_at_type(script, script.main, may_mend=not returns)

    def _look_at_parameters(self, script: Script, main: Node) -> Iterator[Finding]:
        own = parameters(main)
        if own and not _is_sync(script, own[0]):
            message = f"{script.title} does not take nango as NangoSync."
            yield self.finding(script, script.span(own[0]), message)
        for node in own[1:]:
            message = f"{script.title} takes {script.of(node)}, which Nango never gives; metadata is read with getMetadata."
            # An optional parameter is never set, and nothing breaks; a required one is read and is not there.
            finding = self.finding(script, script.span(node), message)
            is_needed = node.type == "required_parameter" and part(node, "value") is None
            yield finding if is_needed else replace(finding, level="warning")

    def _look_at_type(self, script: Script, main: Node, *, may_mend: bool) -> Iterator[Finding]:
        result, behind = type_of(main, "return_type"), part(main, "parameters")
        if "".join(script.of(result).split()) == "Promise<void>" or behind is None:
            return
        message = f"{script.title} does not say that it returns Promise<void>."
        end = script.span(behind)[1]
        # Without async it may return something else than a promise.
        is_certain = result is None and may_mend and is_async(main)
        edits = (Edit(script.path, end, end, ": Promise<void>"),) if is_certain else ()
        span = script.span(behind if result is None else result)
        yield replace(self.finding(script, span, message, *edits), level="warning")


class IncrementalSyncReadsLastSyncDate(WholeScriptRule):
    """An incremental sync fetches only what changed since ``nango.lastSyncDate``.

    One that stores its own position in the metadata is ignored.
    """

    id = "S06"
    kinds: ClassVar = ("sync",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        is_incremental = script.entry is not None and script.entry.sync_type == "incremental"
        if script.main is not None and is_incremental and _fetches_everything(reach(script, tree)):
            message = f"{script.title} is incremental and never reads nango.lastSyncDate."
            name = part(script.main, "name") or script.main
            yield self.finding(script, script.span(name), message)


class RecordsAreSavedUnderAModelOfTheSync(WholeScriptRule):
    """The model passed to ``batchSave`` and similar functions is an output of the sync."""

    id = "S07"
    level = "error"
    fixable: ClassVar = True
    kinds: ClassVar = ("sync",)

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        outputs = tuple(output.removesuffix("[]") for output in script.entry.outputs) if script.entry else ()
        if not outputs:
            return
        for call in script.calls:
            if call.method in _BATCHES and call.arguments and _is_plain(call):
                yield from self._look_at_call(script, call, outputs)

    def _look_at_call(self, script: Script, call: Call, outputs: tuple[str, ...]) -> Iterator[Finding]:
        known = ", ".join(outputs)
        if len(call.arguments) == 1:
            end = script.span(call.arguments[0])[1]
            is_certain = len(outputs) == 1 and _is_refused_without_model(script, call)
            edits = (Edit(script.path, end, end, f", '{outputs[0]}'"),) if is_certain else ()
            message = f"{script.title} calls {call.method} without a model; its outputs are {known}."
            yield self.finding(script, script.span(call.node), message, *edits)
            return
        model = constant_text(call.arguments[1])
        if model is not None and model not in outputs:
            message = f"{script.title} saves {model}, which is none of its outputs {known}."
            # The CLI refuses a name that is no model of nango.yaml, and lets that of another sync pass.
            finding = self.finding(script, script.span(call.arguments[1]), message)
            is_model = script.entry is not None and model in script.entry.document.models
            yield replace(finding, level="warning") if is_model else finding


class OutputOfASyncHasAnId(EntryRule):
    """The model that a sync saves has a field ``id``.

    Nango uses it to tell new records from changed ones.
    """

    id = "S09"
    level = "error"
    kinds: ClassVar = ("sync",)

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for model in entry.outputs:
            fields = fields_of(entry.document, model)
            if fields is not None and all(field.name != "id" for field in fields):
                message = f"The model {model} of the sync {entry.name} has no field id."
                yield self.finding(tree.yaml, span_of(entry.document, "models", model), message)


def _fetches_everything(reached: Reach) -> bool:
    """Whether it is certain that a script sends requests, and none by what it knows of its last run."""
    methods = {call.method for script in reached.scripts for call in script.calls}
    sends = reached.is_whole and bool(methods & {*REQUESTS})
    return sends and not methods & {*_KEEPS_ITS_PLACE} and not reached.mentions("lastSyncDate")


def _has_value(node: Node) -> bool:
    return any(child.type != "comment" for child in node.named_children)


def _is_sync(script: Script, parameter: Node) -> bool:
    """Whether a parameter may be a ``NangoSync``: another type that is not known may stand for it."""
    type_ = type_of(parameter)
    if type_ is None:
        return False
    original = script.original_of(script.of(type_))
    if original in ("NangoAction", "any"):
        return False
    return original == "NangoSync" or script.model_of(script.of(type_)) is None


def _is_refused_without_model(script: Script, call: Call) -> bool:
    """Whether the types of ``nango`` refuse a call without a model, so that the script was never deployed like this."""
    owner = root_of(call.function)
    binding = binding_of(owner[0]) if owner is not None else None
    type_ = type_of(binding.node) if binding is not None and binding.kind == "parameter" else None
    return script.original_of(script.of(type_)) == "NangoSync"


def _is_plain(call: Call) -> bool:
    return all(argument.type != "spread_element" for argument in call.arguments)
