"""What a script as a whole says and asks, and all rules about requests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...typescript.requests import request_object
from ...typescript.syntax import walk
from ..rule import ScriptRule
from .arguments import ArgumentsStayAsTheyAre
from .logs import LogsWithNango
from .pagination import PagesComeFromPaginate
from .request_paths import EndpointHasDocs, EndpointIsPath, QueryIsInParams
from .requests import RequestHasTypedConfig, RequestIsRetried

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.client_calls import Call
    from ..entries import Entry
    from ..finding import Finding
    from ..rule import Rule
    from ..script import Script
    from ..tree import Tree

_NOISE = re.compile(r"https?://\S+|@ts-\S+|eslint-.*|prettier-\S+|[^\w]", re.IGNORECASE)


class CommentsExplain(ScriptRule):
    """Comments in a script explain how it works, not only where the provider's API is documented."""

    id = "P09"
    level = "note"

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        main = script.main
        if main is None or any(_NOISE.sub("", script.of(one)) for one in script.comments):
            return
        name = main.child_by_field_name("name") or main.children[0]
        message = f"{script.title} has no comment that explains what it does."
        yield self.finding(script, script.span(name), message)


class MethodFitsRequests(ScriptRule):
    """The method of an endpoint in nango.yaml tells what the script asks of the provider: GET when it only reads."""

    id = "P10"
    level = "note"

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        entry = script.entry
        method = _method(entry) if entry is not None else ""
        if entry is None or not method or _asks_elsewhere(script):
            return
        sent = [_sent(script, call) for call in script.requests]
        if not sent or "" in sent:
            return
        if method == "GET" and all(one in ("PUT", "PATCH", "DELETE") for one in sent):
            message = f"{script.title} changes something at the provider, so that GET is hardly its endpoint's method."
        elif method in ("PUT", "PATCH", "DELETE") and all(one == "GET" for one in sent):
            message = f"{script.title} only reads, so that {method} is hardly its endpoint's method."
        else:
            return
        yield self.finding(tree.yaml, entry.value_span("endpoint", "method"), message)


def _method(entry: Entry) -> str:
    """The method that an entry names for its endpoint; empty when it names none, or several."""
    endpoint = entry.data.get("endpoint")
    if isinstance(endpoint, dict):
        return str(endpoint.get("method") or "")
    first, _, path = str(endpoint).partition(" ") if isinstance(endpoint, str) else ("", "", "")
    return first if path else ""


def _sent(script: Script, call: Call) -> str:
    """The method a request is sent with; empty when that cannot be told."""
    if call.function is not None and call.function.type == "subscript_expression":
        return ""
    if call.method not in ("proxy", "paginate"):
        return call.method.upper()
    request = request_object(call)
    if request is None or request.has_spread:
        return ""
    if "method" not in request.pairs:
        return "GET"
    value = request.value("method")
    return script.of(value).strip("'\"").upper() if value is not None and value.type == "string" else ""


def _asks_elsewhere(script: Script) -> bool:
    """Whether a request may be sent by another file: one that is given ``nango``."""
    names = {name for one in script.imports for name in one.names}
    for call in walk(script.syntax.root, "call_expression"):
        given = call.child_by_field_name("arguments")
        if given is not None and "nango" in [script.of(one) for one in given.named_children]:
            called = script.of(call.child_by_field_name("function")).removeprefix("await").strip()
            if called.split(".")[0] in names:
                return True
    return any(call.method in ("triggerAction", "uncontrolledFetch") for call in script.calls)


RULES: tuple[Rule, ...] = (
    RequestHasTypedConfig(),
    RequestIsRetried(),
    QueryIsInParams(),
    EndpointHasDocs(),
    EndpointIsPath(),
    LogsWithNango(),
    PagesComeFromPaginate(),
    ArgumentsStayAsTheyAre(),
    CommentsExplain(),
    MethodFitsRequests(),
)
"""The rules about requests, and what goes with them."""
