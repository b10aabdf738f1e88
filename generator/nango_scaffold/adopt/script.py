"""A sync or an action as it stands in its file: the requests it makes, and what its names stand for."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..typescript.nodes import inside, part, plain
from ..typescript.requests import declaration, request_object
from ..typescript.source_file import SourceFile
from ..typescript.values import string_value
from .names import Names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..typescript.client_calls import Call
    from ..typescript.syntax import Node
    from ..typescript.values import ObjectLiteral
    from .names import Place

_METHODS = {verb: verb.upper() for verb in ("get", "post", "put", "patch", "delete")}
_SAVES = ("batchSave", "batchUpdate", "batchSend")
_DELETES = "batchDelete"
_MOST_CALLS = 50  # one is the rule; a file of thousands is no script


@frozen
class Request:
    """One request of a script.

    Attributes:
        verb: the function of ``nango`` that makes it.
        config: its configuration; ``None`` where that is no object literal of the script.
        model: the model whose records are saved, or deleted, next, if it is named.
        line: where it stands, from 1.
        node: its call.
        deletes: whether the records of its list are deleted.
    """

    verb: str
    config: ObjectLiteral | None
    model: str
    line: int
    node: Node
    deletes: bool = False

    def is_inside(self, function: Node) -> bool:
        """Whether a function sends it."""
        return inside(self.node, function)

    @property
    def method(self) -> str:
        """The HTTP method."""
        if self.verb in _METHODS:
            return _METHODS[self.verb]
        method = self.config.fields.get("method") if self.config else None
        return method.upper() if isinstance(method, str) else "GET"

    @property
    def pages(self) -> bool:
        """Whether Nango turns the pages."""
        return self.verb == "paginate"


@frozen
class Script:
    """A script's text, read.

    Attributes:
        path: where it lies; empty for one that is read for something else than its answer.
        lookups: the functions that look up values, each with the name of its value.
        details: the functions that get the details of a record.
        picked: the names of values that are picked out of a response for a later request, by their places.
        picking: where the requests begin that give these.
    """

    text: str
    path: str = ""
    lookups: Mapping[str, str] = field(default_factory=dict)
    details: tuple[str, ...] = ()
    picked: Mapping[Place, str] = field(default_factory=dict)
    picking: frozenset[int] = frozenset()

    @cached_property
    def source(self) -> SourceFile:
        """The file; one that no person would write reads as an empty one."""
        source = SourceFile(self.text)
        return SourceFile("") if source.syntax.excess else source

    @property
    def root(self) -> Node:
        """The root of its tree."""
        return self.source.syntax.root

    @cached_property
    def names(self) -> Names:
        """What its names stand for."""
        return Names(_main(self.source), self.lookups, picked=self.picked)

    def is_further(self, node: Node) -> bool:
        """Whether a node stands in the function of a look-up or of the details of a record."""
        functions = [self.source.functions.get(name) for name in (*self.lookups, *self.details)]
        return any(function is not None and inside(node, function) for function in functions)

    @cached_property
    def calls(self) -> list[Request]:
        """The requests it makes, in order, without those of look-ups and details."""
        others = (call for call in self.source.calls if call.node.start_byte not in self.picking)
        calls = [call for call in others if not self.is_further(call.node)]
        declared: set[int] = set()
        places = [index for index, call in enumerate(calls) if _is_new_request(call, declared)][:_MOST_CALLS]
        ends = [*places[1:], len(calls)]
        return [_request(calls[start:end]) for start, end in zip(places, ends, strict=False)]


def _is_new_request(call: Call, declared: set[int]) -> bool:
    """Whether a call sends a request that no earlier one has sent, by the variable that holds its configuration.

    Where a list came out empty, scripts of ours ask for it again.
    """
    variable = declaration(call) if call.is_request else None
    if variable is None:
        return call.is_request
    is_new = variable.start_byte not in declared
    declared.add(variable.start_byte)
    return is_new


def line_of(node: Node) -> int:
    """The line that a node begins on, from 1."""
    return int(node.start_point[0]) + 1


def _main(source: SourceFile) -> Node | None:
    """The function that Nango runs: the default export, or one that is named as it is by custom."""
    if source.main is not None:
        return source.main
    # `export default runAction;` names a function that stands elsewhere in the file.
    exported = part(source.default_export, "value")
    return source.functions.get(source.of(exported)) or source.functions.get("runAction")


def _request(calls: list[Call]) -> Request:
    """The request that the first of some calls sends, and what the others do with its records."""
    call = calls[0]
    config = request_object(call)
    use = next((call for call in calls if call.method in (*_SAVES, _DELETES)), None)
    return Request(
        call.method,
        config.literal if config else None,
        _named_model(use),
        line_of(call.node),
        call.node,
        use is not None and use.method == _DELETES,
    )


def _named_model(use: Call | None) -> str:
    """The model that a call names which saves records, or deletes some."""
    if use is None or len(use.arguments) < 2:
        return ""
    model = plain(use.arguments[1])
    return string_value(model) if model is not None and model.type == "string" else ""
