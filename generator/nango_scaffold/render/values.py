"""Conversions, templates and parameters of a spec as TypeScript expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models.types import Literal, Primitive, UnionOf
from ..naming.words import pascal
from ..spec.requests import Param, Template, Variable
from ..spec.values import Assign, Build, Convert, Each, Joined, Mapped, OrNull, Plain, Read, Value, reads_item
from ..typescript.printer import (
    Arrow,
    Binary,
    Call,
    Conditional,
    Expression,
    Index,
    Member,
    Name,
    New,
    Number,
    ObjectLiteral,
    Property,
    Shorthand,
    Spread,
    Text,
    is_identifier,
)
from ..typescript.printer import Template as TemplateLiteral
from .special_values import from_variable, plain_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..models.types import Type

NULL = Name("null")
_CONVERTERS = {"text": "String", "number": "Number"}


def mapper_name(model: str) -> str:
    """The function that makes a model's record: ``toPullRequest``. Rule N07."""
    return f"to{pascal(model)}"


def record_source(model: str, constant: Build | None, *sources: Expression) -> Expression:
    """A record of a model: what its mapper makes of the sources, or the one that is always the same."""
    return Call(Name(mapper_name(model)), sources) if constant is None else constant_source(constant)


def record_maker(model: str, constant: Build | None) -> Expression:
    """The function that ``map`` calls for each raw record: the model's mapper, or one that reads nothing."""
    return Name(mapper_name(model)) if constant is None else Arrow((), constant_source(constant))


def constant_source(build: Build) -> ObjectLiteral:
    """An object that holds constants alone, on one line where it fits."""
    return ObjectLiteral(tuple(_constant_field(assign) for assign in build.fields), expanded=False)


def _constant_field(assign: Assign) -> Property:
    value = assign.value
    return Property(assign.name, constant_source(value) if isinstance(value, Build) else value_source(value))


def read_source(read: Read) -> Expression:
    """A read as a chain of properties, with ``?.`` behind what may be null."""
    chain: Expression = Name(read.variable)
    for step in read.steps:
        chain = (
            Index(chain, Number(str(step.name)), step.after_null)
            if isinstance(step.name, int)
            else property_of(chain, step.name, optional=step.after_null)
        )
    return chain


def value_source(value: Value) -> Expression:
    """Any conversion as an expression."""
    if isinstance(value, Read):
        return read_source(value)
    if isinstance(value, Convert):
        return _converted(value)
    if isinstance(value, Each):
        return _each(value)
    if isinstance(value, Mapped):
        return Call(Name(mapper_name(value.model)), (read_source(value.of),))
    if isinstance(value, OrNull):
        return _or_null(value)
    if isinstance(value, Plain):
        return plain_source(value)
    return fields_source(value) if isinstance(value, Build) else from_variable(value)


def fields_source(build: Build, *, spread: Read | None = None) -> ObjectLiteral:
    """An object literal that sets each field; an optional field only where its source is there."""
    kept = (Spread(read_source(spread)),) if spread else ()
    return ObjectLiteral((*kept, *(_field(assign) for assign in build.fields)))


def _field(assign: Assign) -> Property | Shorthand | Spread:
    value = value_source(assign.value)
    made = Shorthand(assign.name) if value == Name(assign.name) else Property(assign.name, value)
    if isinstance(assign.value, Joined) and assign.value.empty == "absent":
        present: Expression = Binary(Name(assign.value.variable), "!==", Text(""))
    elif assign.when is None:
        return made
    else:
        present = Binary(read_source(assign.when), "!=", NULL)
    return Spread(Binary(present, "&&", ObjectLiteral((made,), expanded=False)))


def _converted(value: Convert) -> Expression:
    source = (read_source(value.of),)
    return New(Name("Date"), source) if value.to == "date" else Call(Name(_CONVERTERS[value.to]), source)


def _each(value: Each) -> Expression:
    mapped = value.item
    if isinstance(mapped, Mapped) and mapped.of == Read(value.variable, ()):
        turn: Expression = Name(mapper_name(mapped.model))
    else:
        turn = Arrow((value.variable,) if reads_item(value) else (), value_source(mapped))
    return Call(Member(read_source(value.of), "map"), (turn,))


def _or_null(value: OrNull) -> Expression:
    source = read_source(value.of)
    if isinstance(value.value, Read):
        return Binary(source, "??", NULL)
    return Conditional(Binary(source, "==", NULL), NULL, value_source(value.value))


def template_source(template: Template, roots: Mapping[str, Expression]) -> Expression:
    """A text with variables; plain texts become strings, a variable on its own keeps its type.

    Args:
        template: the pieces.
        roots: the expression that stands for ``input`` and for ``metadata`` in this script.
    """
    if len(template) == 1 and isinstance(template[0], Variable):
        return variable_source(template[0], roots)
    if all(isinstance(part, str) for part in template):
        return Text("".join(str(part) for part in template))
    return TemplateLiteral(
        tuple(part if isinstance(part, str) else variable_source(part, roots) for part in template)
    )


def variable_source(variable: Variable, roots: Mapping[str, Expression]) -> Expression:
    """A field of the script's input or settings."""
    root = roots[variable.root]
    return property_of(root, variable.field) if variable.field else root


def property_of(owner: Expression, name: str, *, optional: bool = False) -> Expression:
    """``owner.name``, or ``owner['name']`` where the name is no identifier; ``?.`` when ``optional``."""
    return Member(owner, name, optional) if is_identifier(name) else Index(owner, Text(name), optional)


def param_source(param: Param, roots: Mapping[str, Expression]) -> Property | Spread:
    """A query parameter or header; one whose field may be absent is left out then."""
    value = param.value
    if isinstance(value, bool):
        return Property(param.name, Text("true" if value else "false"))
    if isinstance(value, (int, float)):
        return Property(param.name, Number(repr(value)))
    made = Property(param.name, _as_parameter(value, roots))
    return only_where_there(made, (part for part in value if isinstance(part, Variable)), roots)


def only_where_there(
    made: Property, read: Iterable[Variable], roots: Mapping[str, Expression]
) -> Property | Spread:
    """A property, left out where any of the variables it reads is absent: ``...(input.x != null && { x })``."""
    tests = [Binary(variable_source(part, roots), "!=", NULL) for part in read if part.optional]
    if not tests:
        return made
    present: Expression = tests[0]
    for test in tests[1:]:
        present = Binary(present, "&&", test)
    return Spread(Binary(present, "&&", ObjectLiteral((made,), expanded=False)))


def _as_parameter(value: Template, roots: Mapping[str, Expression]) -> Expression:
    source = template_source(value, roots)
    alone = value[0] if len(value) == 1 and isinstance(value[0], Variable) else None
    return Call(Name("String"), (source,)) if alone and not _is_text_or_number(alone.type) else source


def _is_text_or_number(of: Type) -> bool:
    if isinstance(of, UnionOf):
        return all(_is_text_or_number(member) for member in of.members)
    if isinstance(of, Literal):
        return of.value is None or not isinstance(of.value, bool)
    return isinstance(of, Primitive) and of.name in {"string", "number"}
