"""Fields of a child's record that come from the record of its parent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import Primitive, is_nullable, without_null
from ...spec.values import PARENT, Assign, Convert, OrElse, Read, Step
from .conversion import CONVERSIONS
from .field_source import expressions_in
from .raw_types import may_be_missing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import Any

    from ...models.types import Field, Model
    from ...spec.values import Value


def refuse_mapped(mapping: Iterable[str], from_parent: Collection[str], where: str) -> None:
    """Refuse a field that is filled twice.

    Args:
        mapping: the fields that are mapped from the response; fields of nested objects as ``outer.inner``.
        from_parent: those that the parent fills.
        where: the place of the children in the answers.

    Raises:
        AnswersError: naming the field.
    """
    mapped = {name.partition(".")[0] for name in mapping}
    for name in from_parent:
        if name in mapped:
            raise AnswersError(
                f"{name} is filled by the parent, and mapped from the response as well",
                where=f"{where}.from_parent.{name}",
                fix="remove one of them",
            )


def refuse_unknown_reads(mapping: Mapping[str, Any], parent: Model, where: str) -> None:
    """Refuse an expression over ``parent`` that reads what the parent's model does not have.

    Args:
        mapping: the child's mapping.
        parent: the parent's model.
        where: the place of the mapping in the answers.

    Raises:
        AnswersError: naming the field.
    """
    if parent.shape.index is not None:
        return
    known = [field.name for field in parent.shape.fields]
    for field, text in expressions_in(mapping):
        if PARENT not in text:
            continue
        # Brings the parser of TypeScript, which most answers do without.
        from ...typescript.expression_reads import readings

        for reading in readings(text):
            if reading.root == PARENT and reading.path and reading.path[0] not in known:
                raise AnswersError(
                    f"the model {parent.name} has no field {reading.path[0]!r}",
                    where=f"{where}.{field}.expression",
                    accepted=known,
                )


def without_fields(model: Model, names: Collection[str], where: str) -> Model:
    """The model without the fields that a parent fills: the raw record holds the others.

    Args:
        model: the child's.
        names: the fields that the parent fills.
        where: the place of the children in the answers.

    Raises:
        AnswersError: a field the model does not have, or the id, which is the record's own.
    """
    fields = tuple(field for field in model.shape.fields if field.name not in names)
    accepted = [field.name for field in model.shape.fields if field.name != "id"]
    for name in names:
        if name not in accepted:
            raise AnswersError(
                f"the model {model.name} has no field {name!r} that its parent could fill",
                where=f"{where}.from_parent.{name}",
                fix="" if accepted else f"add {name} to models.{model.name}",
                accepted=accepted,
            )
    return replace(model, shape=replace(model.shape, fields=fields))


def filled_by_parent(
    child: Model, parent: Model, from_parent: Mapping[str, str], own: tuple[Assign, ...], where: str
) -> tuple[Assign, ...]:
    """The fields of a child's record in the model's order: its own, and those its parent fills.

    Args:
        child: the child's model.
        parent: the parent's model, from a record of which the fields are read.
        from_parent: field of the child <- field of the parent.
        own: how the other fields are set.
        where: the place of the children in the answers.

    Raises:
        AnswersError: a field the parent does not have, or one whose value does not fit.
    """
    assigns = {assign.name: assign for assign in own}
    for field in child.shape.fields:
        if field.name in from_parent:
            place = f"{where}.from_parent.{field.name}"
            assigns[field.name] = _assign(field, parent, from_parent[field.name], place)
    return tuple(assigns[field.name] for field in child.shape.fields if field.name in assigns)


def _assign(field: Field, parent: Model, name: str, where: str) -> Assign:
    sources = {source.name: source for source in parent.shape.fields}
    source = sources.get(name)
    if source is None:
        raise AnswersError(f"the model {parent.name} has no field {name!r}", where=where, accepted=sources)
    value = _value(field, source, parent.name, where)
    if not may_be_missing(source):
        return Assign(field.name, value)
    read = Read(PARENT, (Step(name),), nullable=True, undefinable=source.optional)
    if is_nullable(field.type):
        return Assign(field.name, OrElse(read, value))
    if field.optional:
        return Assign(field.name, value, when=read)
    raise AnswersError(
        f"{parent.name}.{name} may be absent, and {field.name} is required",
        where=where,
        fix=f"write {field.name}? in the child's model",
    )


def _value(field: Field, source: Field, parent: str, where: str) -> Value:
    read = Read(PARENT, (Step(source.name),))
    types = (without_null(source.type), without_null(field.type))
    if types[1] in (types[0], Primitive("any")):
        return read
    if types in CONVERSIONS:
        return Convert(CONVERSIONS[types], read)
    raise AnswersError(
        f"{parent}.{source.name} is of another type than {field.name}",
        where=where,
        fix="give both fields one type in the models",
    )
