"""What a model in nango.yaml holds, the fields it takes from other models included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..frozen import frozen

if TYPE_CHECKING:
    from ..nango_yaml import Document

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
    found: dict[str, Field] = {}
    waiting, seen = [model], {model}
    while waiting:
        one = waiting.pop(0)
        data = document.models.get(one)
        if not isinstance(data, dict):
            return None
        for key, value in data.items():
            if str(key) != EXTENDS:
                field = Field(one, str(key), value)
                found.setdefault(field.name, field)
        parents = [name for name in re.split(r"[\s,]+", str(data.get(EXTENDS) or "")) if name]
        waiting += [name for name in parents if name not in seen]
        seen.update(parents)
    return tuple(found.values())


def models_in(document: Document, value: Any) -> tuple[str, ...]:
    """The models that the type of a field refers to."""
    if not isinstance(value, str):
        return ()
    return tuple(name for name in _REFERENCE.findall(value) if name in document.models)
