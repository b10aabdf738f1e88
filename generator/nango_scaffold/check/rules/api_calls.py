"""Whole scripts, and all rules about requests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...typescript.nodes import arguments, called, is_a, part
from ...typescript.requests import request_object
from ..rule import ScriptRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.client_calls import Call
    from ..entries import Entry
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree

_CHANGES = ("PUT", "PATCH", "DELETE")
# What a comment may hold without explaining anything.
_NOISE = re.compile(r"https?://\S+|@ts-\S+|eslint-.*|prettier-\S+|[^\w]", re.IGNORECASE)


class CommentsExplain(ScriptRule):
    """Comments in a script explain how it works, not only where the provider's API is documented."""

    id = "P09"
    level = "note"

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        main = script.main
        if main is None or any(_NOISE.sub("", script.of(comment)) for comment in script.comments):
            return
        name = part(main, "name") or main.children[0]
        message = f"{script.title} has no comment that explains what it does."
        yield self.finding(script, script.span(name), message)


class MethodFitsRequests(ScriptRule):
    """The method of an endpoint in nango.yaml matches the script's requests to the provider: GET when it only reads."""

    id = "P10"
    level = "note"

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        entry = script.entry
        method = _method(entry) if entry is not None else ""
        if entry is None or not method or _asks_elsewhere(script):
            return
        problem = _problem(method, {_method_sent(script, call) for call in script.requests})
        if problem:
            span = entry.value_span("endpoint", "method")
            yield self.finding(tree.yaml, span, f"{script.title} {problem} is hardly its endpoint's method.")


def _problem(method: str, sent: set[str]) -> str:
    """Why an endpoint's method does not fit those of the requests, the unknown one ``""`` among them; empty if it may."""
    if sent and method == "GET" and sent <= {*_CHANGES}:
        return "changes something at the provider, so that GET"
    return f"only reads, so that {method}" if method in _CHANGES and sent == {"GET"} else ""


def _method(entry: Entry) -> str:
    """The method that an entry names for its endpoint; empty when it names none, or several."""
    endpoint = entry.data.get("endpoint")
    if isinstance(endpoint, dict):
        return str(endpoint.get("method") or "")
    if not isinstance(endpoint, str):
        return ""
    # A path alone has the CLI's default method, which nobody has chosen.
    first, _, path = endpoint.partition(" ")
    return first if path else ""


def _method_sent(script: Script, call: Call) -> str:
    """The method a request is sent with; empty when that cannot be told."""
    if call.function is not None and call.function.type == "subscript_expression":
        return ""  # nango[method](config)
    if call.method not in ("proxy", "paginate"):
        return call.method.upper()
    request = request_object(call)
    if request is None or request.has_spread:
        return ""
    if "method" not in request.pairs:
        return "GET"
    value = request.value("method")
    if not is_a(value, "string"):
        return ""
    return script.of(value).strip("'\"").upper()


def _asks_elsewhere(script: Script) -> bool:
    """Whether a request may be sent by another file: one that is given ``nango``."""
    names = {name for imported in script.imports for name in imported.names}
    calls = script.syntax.nodes("call_expression")
    with_nango = (call for call in calls if "nango" in map(script.of, arguments(call)))
    if any(script.of(called(call)).split(".")[0] in names for call in with_nango):
        return True
    return any(call.method in ("triggerAction", "uncontrolledFetch") for call in script.calls)
