"""The fields of the models in nango.yaml with the places where their types are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from ..frozen import frozen
from ..nango_yaml.document import is_alias, pairs
from .entries import node_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..nango_yaml import Document
    from ..typescript.syntax import Span


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
