"""What the templates of mappers and of types.ts are filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..models.types import ObjectOf
from ..naming.words import article
from ..spec.mappers import DynamicMapper, Mapper, reads_response
from ..spec.values import RECORD, Build, Read
from ..typescript.printer import (
    Arrow,
    Call,
    Expression,
    Index,
    ListLiteral,
    Member,
    Name,
    ObjectLiteral,
    Property,
    Text,
    doc_comment,
    function,
    interface,
    returned,
    type_alias,
)
from .paths import mapper_from_mapper, mapper_stem
from .special_values import variables
from .statements import at, imports
from .values import fields_source, mapper_name, property_of, read_source

if TYPE_CHECKING:
    from ..spec.mappers import RawType


@frozen
class MapperView:
    """One mapper file: its name without ending, its import lines, its function."""

    stem: str
    imports: tuple[str, ...]
    function: str


@frozen
class TypesView:
    """The declarations of types.ts, each with its comment."""

    declarations: tuple[str, ...]


def mapper_view(mapper: Mapper | DynamicMapper) -> MapperView:
    """The file of any mapper."""
    return _dynamic_view(mapper) if isinstance(mapper, DynamicMapper) else _fixed_view(mapper)


def _dynamic_view(mapper: DynamicMapper) -> MapperView:
    """A pure function that picks the configured fields out of a raw record, without changing it. Pattern CB, E10."""
    said = mapper.configuration
    one, field, record = Name("configuration"), Name("field"), Name(RECORD)
    name = property_of(field, said.name_field) if said.name_field else field
    pair = Arrow(("field",), ListLiteral((name, Index(record, name))))
    listed = Call(Member(property_of(one, said.fields_field), "map"), (pair,))
    found: Expression = record
    for step in said.id_steps:
        found = Index(found, Text(step), optional=found != record)
    values = (
        Property("id", Call(Name("String"), (found,))),
        Property(said.record_model_field, property_of(one, said.model_field)),
        Property(said.record_values_field, Call(Member(Name("Object"), "fromEntries"), (listed,))),
    )
    return MapperView(
        stem=mapper_stem(mapper.model),
        imports=imports([mapper.model, said.item_model], raw=[mapper.raw]),
        function=at(
            0,
            function(
                mapper_name(mapper.model),
                [f"{RECORD}: {mapper.raw}", f"configuration: {said.item_model}"],
                mapper.model,
                [returned(ObjectLiteral(values))],
                comment=[
                    f"Turns what the API sends into {article(mapper.model)}: the configured fields and no others."
                ],
            ),
        ),
    )


def _fixed_view(mapper: Mapper) -> MapperView:
    """A pure function from the raw record to the model's. Rules M01-M03, N06, N07."""
    rest = Read(RECORD, ()) if mapper.keeps_the_rest else None
    record = fields_source(Build(mapper.fields), spread=rest)
    return MapperView(
        stem=mapper_stem(mapper.model),
        imports=imports(
            [mapper.model, *([mapper.parent] if mapper.parent else [])],
            raw=[mapper.raw],
            values={
                mapper_from_mapper(model): [mapper_name(model)]
                for model in mapper.uses
                if model != mapper.model
            },
        ),
        function=at(
            0,
            function(
                mapper_name(mapper.model),
                [
                    f"{_parameter(mapper)}: {mapper.raw}",
                    *([f"parent: {mapper.parent}"] if mapper.parent else []),
                ],
                mapper.model,
                [*variables(mapper.fields, read_source), returned(record)],
                comment=[f"Turns what the API sends into {article(mapper.model)}."],
            ),
        ),
    )


def _parameter(mapper: Mapper) -> str:
    """The name of the raw record; the underscore tells that nothing of it is read."""
    return RECORD if reads_response(mapper) else f"_{RECORD}"


def types_view(raw_types: tuple[RawType, ...]) -> TypesView:
    """The raw types, an interface each where they are objects. Rules N05, T01, T02."""
    return TypesView(tuple(_declared(raw) for raw in raw_types))


def _declared(raw: RawType) -> str:
    comment = "\n".join(doc_comment([f"{raw.note}."]))
    if isinstance(raw.shape, ObjectOf) and raw.shape.fields:
        return f"{comment}\n{interface(raw.name, raw.shape.fields, index=raw.shape.index)}"
    return f"{comment}\n{type_alias(raw.name, raw.shape)}"
