"""Fields that can hold nothing but text: headers, and the fields of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models.types import Literal, Primitive, UnionOf
from ..spec.requests import Param, Template, Variable
from ..typescript.printer import Call, Expression, Name, Property, Text
from .values import only_where_there, template_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.types import Type
    from ..typescript.printer import Spread


def text_field(param: Param, roots: Mapping[str, Expression]) -> Property | Spread:
    """A header or a field of a form; one whose source may be absent is left out then."""
    value = param.value
    if isinstance(value, bool):
        return Property(param.name, Text("true" if value else "false"))
    if not isinstance(value, tuple):
        return Property(param.name, Text(str(value)))
    made = Property(param.name, _text(value, roots))
    return only_where_there(made, (part for part in value if isinstance(part, Variable)), roots)


def _text(value: Template, roots: Mapping[str, Expression]) -> Expression:
    source = template_source(value, roots)
    alone = value[0] if len(value) == 1 and isinstance(value[0], Variable) else None
    return Call(Name("String"), (source,)) if alone and not _is_text(alone.type) else source


def _is_text(of: Type) -> bool:
    """Whether a value of this type that is there is text; null is not there."""
    if isinstance(of, UnionOf):
        return all(_is_text(member) for member in of.members if member != Literal(None))
    return of == Primitive("string") or (isinstance(of, Literal) and isinstance(of.value, str))
