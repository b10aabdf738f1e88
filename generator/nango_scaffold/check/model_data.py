"""What the models in nango.yaml hold, the fields they take from other models included, and where that is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from ..frozen import frozen
from ..nango_yaml.document import is_alias, pairs
from .entries import node_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..nango_yaml import Document
    from ..typescript.syntax import Span

EXTENDS = "__extends"
_REFERENCE = re.compile(r"[A-Za-z0-9_]+")


@frozen
class Field:
    """A field of a model.

    Attributes:
        model: the model that it is written in.
        key: as written, so with its question mark.
        value: its type: a text, or a mapping, or a list.
    """

    model: str
    key: str
    value: Any

    @property
    def name(self) -> str:
        """Its name."""
        return self.key.removesuffix("?")


def fields_of(document: Document, model: str) -> tuple[Field, ...] | None:
    """The fields of a model and of those it extends, its own first; None when one of these is not known."""
    fields: dict[str, Field] = {}
    waiting, seen = [model], {model}
    while waiting:
        name = waiting.pop(0)
        data = document.models.get(name)
        if not isinstance(data, dict):
            return None
        for key, value in data.items():
            if str(key) != EXTENDS:
                field = Field(name, str(key), value)
                fields.setdefault(field.name, field)  # its own goes before that of a parent
        parents = [name for name in re.split(r"[\s,]+", str(data.get(EXTENDS) or "")) if name]
        waiting += [name for name in parents if name not in seen]
        seen.update(parents)
    return tuple(fields.values())


def models_in(document: Document, value: Any) -> tuple[str, ...]:
    """The models that the type of a field refers to."""
    if not isinstance(value, str):
        return ()
    return tuple(name for name in _REFERENCE.findall(value) if name in document.models)


@frozen
class FieldType:
    """What a field is, where that is one text.

    Attributes:
        model: the name of its model.
        field: its name, with those of the fields it stands in and without question marks: ``author.name``.
        type: such as ``string | null``.
        span: where that is written, in its YAML quotes if it has any.
    """

    model: str
    field: str
    type: str
    span: Span


def field_types(document: Document) -> Iterator[FieldType]:
    """Those of all models, in the order of the file; what an alias repeats is left out."""
    for model, pair in document.section("models").items():
        if not is_alias(pair):
            for names, node in _texts(pair[1], ()):
                if names:
                    yield FieldType(model, ".".join(names), str(node.value), node_span(document, node))


def _texts(node: yaml.Node, names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], yaml.ScalarNode]]:
    if isinstance(node, yaml.ScalarNode):
        yield names, node
    elif isinstance(node, yaml.SequenceNode):
        behind = node.start_mark.index
        for item in node.value:
            if item.start_mark.index > behind:  # an alias shows where its anchor stands
                behind = item.end_mark.index - 1
                yield from _texts(item, names)
    elif isinstance(node, yaml.MappingNode):
        for name, pair in pairs(node).items():
            if not is_alias(pair) and not name.startswith("__"):
                yield from _texts(pair[1], (*names, name.removesuffix("?")))
