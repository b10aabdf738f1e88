"""Nulls in mappers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from ...frozen import frozen
from ...typescript.nodes import FUNCTIONS, function_around, is_a, part, part_text, returned, root_of, walk_own
from ...typescript.scopes import binding_of
from ...typescript.syntax import walk
from ..entries import mapping
from ..finding import Edit
from ..raw_types import Type, alternatives, field_of
from ..rule import ScriptRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.syntax import Node
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree

_FALSY = ("string", "number", "boolean", "bigint")
_TESTS = ("if_statement", "while_statement", "switch_statement", "for_statement")


class NullBecomesUndefined(ScriptRule):
    """Where the provider sends null for an optional field of a model, a mapper returns undefined, with ``??``.

    ``||`` would do the same to an empty string, to 0 and to false, which are values.
    """

    id = "M03"
    fixable: ClassVar = True
    kinds: ClassVar = ("mapper", "helper", "sync", "action")

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        models = tree.document.models if tree.document else {}
        for literal, model in _model_literals(script, models):
            for field in _optional_fields(literal, mapping(models.get(model)), models):
                yield from self._field(script, field, tree)

    def _field(self, script: Script, field: _Field, tree: Tree) -> Iterator[Finding]:
        value = field.value
        # A value with a fallback is looked at for its operator.
        if value.type == "binary_expression":
            yield from self._fallback(script, field, tree)
            return
        raw = _raw_type(script, value, tree)
        if raw is not None and _allows(raw, tree, "null") and not field.takes_null:
            start, end = script.span(value)
            message = (
                f"{script.title} gives {field.name} a null of the provider: ?? undefined should follow it."
            )
            edit = Edit(script.path, end, end, " ?? undefined")
            yield self.finding(script, (start, end), message, edit, level="error")

    def _fallback(self, script: Script, field: _Field, tree: Tree) -> Iterator[Finding]:
        """``raw.name || undefined`` of a field that may be missing, and be empty."""
        left, operator, right = (part(field.value, name) for name in ("left", "operator", "right"))
        # Only where both show: that null comes, and that an empty value may come as well.
        if left is None or operator is None or (script.of(operator), script.of(right)) != ("||", "undefined"):
            return
        raw = _raw_type(script, left, tree)
        if raw is not None and _is_missing(raw, tree) and _is_falsy(raw, tree):
            message = f"{script.title} takes an empty value of {field.name} for none: ?? should stand for ||."
            yield self.finding(script, script.span(operator), message)


@frozen
class _Field:
    """What a literal gives an optional field of a model, and whether null is a value of that."""

    name: str
    value: Node
    takes_null: bool


def _model_literals(script: Script, models: dict[str, Any]) -> Iterator[tuple[Node, str]]:
    """The object literals that are a model for certain, and its name."""
    for function in script.syntax.nodes(*FUNCTIONS):
        model = _model(script, part(function, "return_type"), models)
        for node in returned(function) if model else ():
            if node.type == "object":
                yield node, model
    for declarator in script.syntax.nodes("variable_declarator"):
        value = part(declarator, "value")
        model = _model(script, part(declarator, "type"), models)
        if model and is_a(value, "object"):
            yield value, model


def _model(script: Script, annotation: Node | None, models: dict[str, Any]) -> str:
    """The model that an annotation names; empty for anything else."""
    model = script.model_of(script.of(annotation).lstrip(":").strip())
    return model if model is not None and model in models else ""


def _optional_fields(literal: Node, model: dict[str, Any], models: dict[str, Any]) -> Iterator[_Field]:
    """What a literal and those in it give the optional fields of a model."""
    stack = [(literal, model)]
    while stack:
        inner, data = stack.pop()
        fields = _fields(data, models)
        for name, value in _pairs(inner):
            is_optional, kind = fields.get(name, (False, None))
            if value.type == "object":
                stack.append((value, mapping(models.get(kind) if isinstance(kind, str) else kind)))
            # What may be anything may be null as well.
            elif is_optional and isinstance(kind, str) and kind not in ("any", "unknown", "object"):
                yield _Field(name, value, "null" in [part.strip() for part in kind.split("|")])


def _pairs(literal: Node) -> Iterator[tuple[str, Node]]:
    for pair in literal.named_children:
        value = part(pair, "value")
        if pair.type == "pair" and value is not None:
            yield part_text(pair, "key").strip("'\""), value


def _fields(model: dict[str, Any], models: dict[str, Any], depth: int = 8) -> dict[str, tuple[bool, Any]]:
    """The fields of a model, inherited ones included: whether each may be missing, and what is written for it."""
    fields: dict[str, tuple[bool, Any]] = {}
    # Of two parents the first goes before, and all of them behind the model's own; models may extend each other in a circle.
    parents = str(model.get("__extends") or "").split(",") if depth else []
    for parent in parents:
        fields = {**_fields(mapping(models.get(parent.strip())), models, depth - 1), **fields}
    own = {
        str(key).removesuffix("?"): (str(key).endswith("?"), kind)
        for key, kind in model.items()
        if not str(key).startswith("__")
    }
    return {**fields, **own}


def _raw_type(script: Script, chain: Node, tree: Tree) -> Type | None:
    """The type of a member of a parameter, such as ``raw.owner?.name``; None for other values, and where it is unsure."""
    names = _members(script, chain)
    root = root_of(chain)
    binding = binding_of(root[0]) if root is not None else None
    if not names or binding is None or binding.kind != "parameter" or binding.type is None:
        return None
    if not binding.type.named_children or _is_tested(script, binding.node, script.of(binding.name)):
        return None
    # A null on the way counts for none, as `?.` makes undefined of it; only the last type may bring one.
    type_: Type | None = Type(binding.type.named_children[0], script)
    for name in names:
        type_ = field_of(type_, name, tree) if type_ is not None else None
    return type_


def _members(script: Script, chain: Node | None) -> list[str]:
    """The names of the members in a chain of nothing else; empty where something else is in it."""
    names: list[str] = []
    while chain is not None and chain.type in ("member_expression", "subscript_expression"):
        last = part(chain, "property") or part(chain, "index")
        if not is_a(last, "property_identifier", "string"):
            return []
        names.insert(0, script.of(last).strip("'\""))
        chain = part(chain, "object")
    return names if is_a(chain, "identifier") else []


def _is_tested(script: Script, parameter: Node, name: str) -> bool:
    """Whether a statement of the function decides by a parameter, so that its type may be a narrower one behind it."""
    function = function_around(parameter)
    if function is None:
        return True
    tests = (part(node, "condition") or part(node, "value") for node in walk_own(function, *_TESTS))
    return any(script.of(mention) == name for test in tests for mention in walk(test, "identifier"))


def _is_missing(raw: Type, tree: Tree) -> bool:
    return raw.is_optional or any(_allows(raw, tree, text) for text in ("null", "undefined"))


def _allows(raw: Type, tree: Tree, text: str) -> bool:
    return any(kind.text == text for kind in alternatives(raw, tree))


def _is_falsy(raw: Type, tree: Tree) -> bool:
    return any(kind.text in _FALSY for kind in alternatives(raw, tree))
