"""The configuration of a request, and its retries."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...typescript.nodes import NAMES, is_a, part, part_text, plain
from ...typescript.requests import assigned_objects, declaration, request_object
from ...typescript.scopes import constant_value
from ...typescript.values import ObjectLiteral
from ..import_graph import used_by
from ..rule import ScriptRule
from ..script import SENDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.client_calls import Call
    from ...typescript.requests import RequestObject
    from ...typescript.syntax import Node
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree


_DEPTH = 5


class RequestHasTypedConfig(ScriptRule):
    """A request is sent with a variable of type ``ProxyConfiguration``.

    The type reveals a wrong key before the script runs, and Nango's lint only checks variables of that type.
    """

    id = "P01"
    kinds: ClassVar = SENDERS

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for call in script.requests:
            declared = declaration(call)
            if declared is not None and _is_untyped(script, declared):
                name = part_text(declared, "name")
                message = (
                    f"{script.title} sends a {call.method} request with {name}, which should be declared as "
                    f"const {name}: ProxyConfiguration."
                )
                yield self.finding(script, script.span(call.arguments[0]), message)
            elif declared is None and _stands_in_place(call):
                message = (
                    f"{script.title} writes what a {call.method} request asks for into the call: "
                    "it belongs in a const of type ProxyConfiguration."
                )
                yield self.finding(script, script.span(call.arguments[0]), message)


class RequestIsRetried(ScriptRule):
    """A request of a sync has ``retries: 10``, one of an action ``retries: 3``.

    A sync can wait until a provider has recovered; somebody waits for the result of an action.
    """

    id = "P02"
    kinds: ClassVar = ("sync", "action", "helper", "mapper")

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        configs = [config for config in script.request_objects if "endpoint" in config.pairs]
        number = _retries(script, tree) if configs else None
        if number is None:
            return
        for config in configs:
            # A number that cannot be told, such as a parameter's, is left to whoever set it.
            if "retries" not in config.pairs:
                if not _is_completed(script, config):
                    yield self._missing(script, config, number)
            elif (other := _number(script, config.value("retries"))) is not None and other != number:
                yield self._other(script, config, number, other)

    def _missing(self, script: Script, config: RequestObject, number: int) -> Finding:
        message = f"{script.title} sends a request without retries: it should have retries: {number}."
        place = config.pairs.get("endpoint", config.node)
        level = "error" if _is_refused(script, config) else self.level
        return self.finding(script, script.span(place), message, level=level)

    def _other(self, script: Script, config: RequestObject, number: int, other: int) -> Finding:
        message = f"{script.title} has retries: {other} for a request, where {number} is right."
        value = config.value("retries")
        return self.finding(script, script.span(config.pairs["retries"] if value is None else value), message)


def _is_untyped(script: Script, declarator: Node) -> bool:
    if part(declarator, "type") is not None:
        return False
    # What a function builds has the type that the function declares.
    is_object = is_a(part(declarator, "value"), "object")
    return is_object or any(assigned_objects(script.syntax, declarator))


def _stands_in_place(call: Call) -> bool:
    argument = call.arguments[0] if call.arguments else None
    # A spread makes a typed config again of one that is declared elsewhere.
    return is_a(argument, "object") and not ObjectLiteral(argument).has_spread


def _is_refused(script: Script, config: RequestObject) -> bool:
    """Whether Nango's lint sees a request that is sent with a config: it does not look at paginate."""
    calls = (call for call in script.requests if call.method != "paginate")
    objects = (request_object(call) for call in calls)
    return any(request is not None and request.node == config.node for request in objects)


def _retries(script: Script, tree: Tree) -> int | None:
    # What syncs and actions share may have either number.
    kinds = used_by(script, tree)
    if kinds == {"sync"}:
        return 10
    return 3 if kinds == {"action"} else None


def _number(script: Script, value: Node | None) -> int | None:
    if is_a(value, *NAMES):
        value = plain(constant_value(value))
    text = script.of(value)
    return int(text) if text.isdecimal() and text.isascii() else None


def _is_completed(script: Script, config: RequestObject) -> bool:
    """Whether retries may reach a config from elsewhere."""
    if not _has_no_retries(script, config.node, _DEPTH + 1):
        return True
    if not config.name:
        return False
    # It may be spread into another object, be assigned to, or be given to Object.assign.
    nodes = script.syntax.nodes("spread_element", "assignment_expression", "call_expression")
    return any(_completes(script, node, config.name) for node in nodes)


def _brings_no_retries(script: Script, value: Node, depth: int) -> bool:
    """Whether it is certain that what is spread into a config holds no retries."""
    node = plain(value)
    if node is None or not depth:
        return False
    if node.type == "object":
        return _has_no_retries(script, node, depth)
    if node.type == "ternary_expression":
        return all(_brings_no_retries(script, branch, depth - 1) for branch in node.named_children[1:])
    if node.type == "binary_expression" and part_text(node, "operator") == "&&":
        return _brings_no_retries(script, node.named_children[-1], depth - 1)
    return _is_constant_without_retries(script, node, depth) if node.type == "identifier" else False


def _is_constant_without_retries(script: Script, name: Node, depth: int) -> bool:
    """Whether a name stands for a constant that holds no retries, and gets none later."""
    value = constant_value(name)
    if value is None:
        return False
    changes = script.syntax.nodes("assignment_expression", "call_expression")
    is_changed = any(_completes(script, node, script.of(name)) for node in changes)
    return not is_changed and _brings_no_retries(script, value, depth - 1)


def _has_no_retries(script: Script, literal: Node, depth: int) -> bool:
    spreads = [child.named_children[0] for child in literal.named_children if child.type == "spread_element"]
    others = (child for child in literal.named_children if child.type != "spread_element")
    has_own = any(_is_retries(script, child) for child in others)
    return not has_own and all(_brings_no_retries(script, spread, depth - 1) for spread in spreads)


def _is_retries(script: Script, property_: Node) -> bool:
    return script.of(part(property_, "key") or property_).strip("'\"") == "retries"


def _is_alone_without_retries(script: Script, spread: Node) -> bool:
    """Whether a spread is the only one in an object literal that has no retries of its own."""
    literal = spread.parent
    if not is_a(literal, "object"):
        return False
    others = (child for child in literal.named_children if child != spread)
    return all(child.type != "spread_element" and not _is_retries(script, child) for child in others)


def _completes(script: Script, node: Node, name: str) -> bool:
    text = script.of(node)
    if node.type == "spread_element":
        return text == f"...{name}" and not _is_alone_without_retries(script, node)
    if node.type == "assignment_expression":
        left = part_text(node, "left")
        return left.startswith((f"{name}.", f"{name}[")) and "retries" in left
    return text.startswith("Object.assign") and name in text
