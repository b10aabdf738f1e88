"""The types of what APIs send, and of what scripts give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from ...naming.words import pascal, singular
from ..declared import exports, name_of, types
from ..paths import is_relative
from ..rule import ScriptRule
from ..syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..declared import Declared
    from ..finding import Finding, Span
    from ..rule import Rule
    from ..script import Call, Import, Script
    from ..syntax import Node
    from ..tree import Tree

_ALL: tuple[str, ...] = ("sync", "action", "on-event", "mapper", "types", "helper")
_ONE_WORD = re.compile(r"[A-Z][a-z0-9]+Response")
_TYPES = re.compile(r"types?(/|\.[jt]s$|$)|(^|/)models(\.[jt]s)?$")


class ResponsesTyped(ScriptRule):
    """What a request gets has a type of ``types.ts``, as in ``nango.get<GithubUserResponse>(config)``.

    A response that is not looked at needs none.
    """

    id = "T01"

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for call in script.requests:
            trouble = _trouble(script, call) if not call.node.has_error else ""
            if trouble:
                message = f"The response of nango.{call.method} {trouble}."
                yield self.finding(script, script.span(_function(call)), message)


class RawTypesNamedForTheIntegration(ScriptRule):
    """The name of a type in ``types.ts`` starts with that of the integration, such as ``GithubUserResponse``.

    So it is never taken for a model.
    """

    id = "T02"
    kinds: ClassVar = ("types",)

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for one in _without_prefix(script, tree):
            if not _is_generic(one.name, script, tree):
                right = pascal(script.integration)
                message = f"The type {one.name} does not start with the name of the integration: {right}{one.name} would."
                yield self.finding(script, script.span(one.node), message)


class ModelsNotDeclaredAgain(ScriptRule):
    """A model of nango.yaml is imported from ``models``, never declared again."""

    id = "T03"
    kinds: ClassVar = _ALL

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for declaration in types(script) if script.syntax.is_whole else ():
            name = name_of(declaration)
            if script.of(name) in _models(tree) and not _is_import(declaration):
                message = (
                    f"The model {script.of(name)} is declared again: it is to be imported from the models."
                )
                yield self.finding(script, script.span(name), message)


class RawTypesNotNamedAsAnybodys(ScriptRule):
    """No type in ``types.ts`` is named after a thing alone, such as ``UserResponse``."""

    id = "T07"
    kinds: ClassVar = ("types",)

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for one in _without_prefix(script, tree):
            if _is_generic(one.name, script, tree):
                right = f"{pascal(script.integration)}{one.name}"
                message = f"The type {one.name} could be anybody's: {right} says whose it is."
                yield self.finding(script, script.span(one.node), message)


class NoCasts(ScriptRule):
    """No value is cast, neither with ``as`` nor with angle brackets.

    A cast is believed, never checked: a type guard or an annotation is.
    """

    id = "T08"
    level: ClassVar = "error"
    kinds: ClassVar = _ALL

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if not script.syntax.is_whole:
            return  # what is no TypeScript may look like a cast
        for node in walk(script.syntax.root, "as_expression", "type_assertion"):
            if not _is_inside_a_cast(node):
                message = "A value is cast here: a type guard or an annotation is checked, a cast is not."
                yield self.finding(script, _type_span(script, node), message)


def _trouble(script: Script, call: Call) -> str:
    """What is wrong with the type of a response; empty when nothing is, or when that is not certain."""
    node = call.node.child_by_field_name("type_arguments")
    if node is None:
        return "has no type: it wants one of types.ts" if is_looked_at(call) else ""
    if call.types == ("any",):
        return "has the type any: it wants one of types.ts"
    if next(walk(node, "property_signature"), None) is not None:
        return "has a type that is written in place: it wants one of types.ts"
    for name in (script.of(one) for one in walk(node, "type_identifier") if _is_plain(one)):
        if name in _local_shapes(script):
            return f"has the type {name} of this script: it wants one of types.ts"
        found = next((one for one in script.imports if name in one.names), None)
        if found and _is_elsewhere(found):
            return f"has the type {name} of {found.source}: it wants one of types.ts"
    return ""


def is_looked_at(call: Call) -> bool:
    """Whether a response is looked at, and nothing around the call gives it a type."""
    node = call.node
    while node.parent is not None and _passes_on(node.parent):
        node = node.parent
    parent = node.parent
    if parent is None or parent.type != "variable_declarator":
        return parent is not None and parent.type in ("member_expression", "for_in_statement")
    return parent.child_by_field_name("type") is None


def _passes_on(node: Node) -> bool:
    """Whether a node has the value of what stands in it: ``await x``, ``(x)``, ``x.catch(...)``."""
    if node.type == "call_expression":
        function = node.child_by_field_name("function")
        return function is not None and function.type == "member_expression" and _is_catch(function)
    return node.type in ("await_expression", "parenthesized_expression") or _is_catch(node)


def _is_catch(node: Node) -> bool:
    found = node.child_by_field_name("property") if node.type == "member_expression" else None
    return found is not None and found.text in (b"catch", b"finally")


def _function(call: Call) -> Node:
    """``nango.get`` of a call."""
    found = call.node.child_by_field_name("function") or call.node
    return found.children[-1] if found.type == "await_expression" else found


def _is_plain(node: Node) -> bool:
    return node.parent is None or node.parent.type != "nested_type_identifier"


def _local_shapes(script: Script) -> set[str]:
    """The types that a script declares by their fields."""
    return {
        script.of(name_of(one))
        for one in types(script)
        if one.type == "interface_declaration" or next(walk(one, "property_signature"), None) is not None
    }


def _is_elsewhere(one: Import) -> bool:
    """Whether an import is of a file that is neither one of types nor that of the models."""
    return is_relative(one.source) and not _TYPES.search(one.source)


def _models(tree: Tree) -> set[str]:
    return set(tree.document.models) if tree.document else set()


def _is_import(declaration: Node) -> bool:
    """Whether a type is another name for what ``import('...')`` has."""
    return next(walk(declaration, "import"), None) is not None


def _without_prefix(script: Script, tree: Tree) -> Iterator[Declared]:
    """The exported types whose names do not start with the integration's, but for those of models."""
    key = re.split(r"[^A-Za-z0-9]", script.integration)[0]
    prefixes = [prefix for name in (script.integration, key) if (prefix := pascal(name).lower())]
    if not prefixes or not script.syntax.is_whole:
        return
    for one in exports(script):
        has_prefix = one.name.lower().startswith(tuple(prefixes))
        if one.what == "type" and not has_prefix and one.name not in _models(tree):
            yield one


def _is_generic(name: str, script: Script, tree: Tree) -> bool:
    entries = (entry for one in tree.integrations if one.name == script.integration for entry in one.entries)
    things = {*_models(tree), *(pascal(singular(entry.name)) for entry in entries)}
    return bool(_ONE_WORD.fullmatch(name)) or name in {f"{thing}Response" for thing in things}


def _type_span(script: Script, cast: Node) -> Span:
    """Where the ``as`` or the angle brackets of a cast stand, with the type."""
    if cast.type == "type_assertion":
        return script.span(cast.children[0])
    word = next(child for child in cast.children if child.type == "as")
    return script.span(word)[0], script.span(cast)[1]


def _is_inside_a_cast(node: Node) -> bool:
    parent = node.parent
    while parent is not None and parent.type == "parenthesized_expression":
        parent = parent.parent
    return parent is not None and parent.type in ("as_expression", "type_assertion")


RULES: tuple[Rule, ...] = (
    ResponsesTyped(),
    RawTypesNamedForTheIntegration(),
    ModelsNotDeclaredAgain(),
    RawTypesNotNamedAsAnybodys(),
    NoCasts(),
)
