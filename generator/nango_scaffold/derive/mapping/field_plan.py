"""Which fields of a model are mapped on their own, and from where; a nested object may be mapped field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import AnswersError, accepted_text
from ...frozen import frozen
from ...models.types import ArrayOf, Field, Model, ObjectOf, Ref, Type, without_null
from .field_source import At, AtOrigin, Inner, Source, parse_raw_path, source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .field_source import RawPath


@frozen
class Leaf:
    """A field that is mapped as a whole; ``steps`` are the names on the way to it from the model."""

    field: Field
    source: Source
    steps: tuple[str, ...]

    @property
    def name(self) -> str:
        """The names on the way to it, with dots between them."""
        return ".".join(self.steps)


@frozen
class Nest:
    """An object of the model whose fields the mapping names one by one."""

    field: Field
    children: tuple[Leaf | Nest, ...]


def plan_fields(
    model: Model, mapping: Mapping[str, Any], response: ObjectOf | None, place_of: Callable[[str], str]
) -> tuple[Leaf | Nest, ...]:
    """The fields of a model, each with its source.

    Args:
        model: the model.
        mapping: that of the answers: ``{"head.ref": "head_ref"}``.
        response: the raw type of ``responses``; a path that is the name of one of its properties is that property,
            dots and all.
        place_of: where a field of the mapping stands in the answers.

    Raises:
        AnswersError: a mapping that names no field.
    """
    for name in mapping:
        _check_name(name, model, place_of(name))
    properties = frozenset() if response is None else frozenset(item.name for item in response.fields)
    return tuple(_plan(model.shape, mapping, properties, (), ()))


@frozen
class InnerPlan:
    """The fields of an object, or of the items of a list, that has a mapping of its own.

    Attributes:
        model: what they are fields of; for an object without a name, the name of the model it stands in.
        plans: the fields, with paths from the object or the item.
        is_list: whether it is a list.
    """

    model: Model
    plans: tuple[Leaf | Nest, ...]
    is_list: bool


def inner_plan(leaf: Leaf, source: Inner, model_of: Callable[[str], Model], where: str) -> InnerPlan:
    """The fields of a field that is an object or a list of objects.

    Args:
        leaf: the field.
        source: its mapping.
        model_of: the models, by name.
        where: where ``each`` stands in the answers.

    Raises:
        AnswersError: a field that is no object, or a mapping that names no field.
    """
    of = without_null(leaf.field.type)
    is_list = isinstance(of, ArrayOf)
    inner = without_null(of.item) if isinstance(of, ArrayOf) else of
    if isinstance(inner, Ref):
        model = model_of(inner.model)
    elif isinstance(inner, ObjectOf) and inner.fields:
        model = Model(leaf.field.name, inner)
    else:
        raise AnswersError(
            f"the field {leaf.field.name} has no fields that could be mapped",
            where=where,
            fix="accepted: a field that is an object, a model, or a list of these",
        )
    return InnerPlan(model, plan_fields(model, source.mapping, None, lambda name: where), is_list)


def leaves(plans: tuple[Leaf | Nest, ...]) -> Iterator[Leaf]:
    """Every field that is mapped as a whole, in order."""
    for plan in plans:
        if isinstance(plan, Leaf):
            yield plan
        else:
            yield from leaves(plan.children)


def _plan(
    shape: ObjectOf,
    mapping: Mapping[str, Any],
    properties: frozenset[str],
    outer: tuple[str, ...],
    outer_path: RawPath,
) -> Iterator[Leaf | Nest]:
    for item in shape.fields:
        steps = (*outer, item.name)
        name = ".".join(steps)
        value = mapping.get(name)
        path = _path(value, properties, (*outer_path, item.name))
        inner = without_null(item.type)
        # Fields of an object that the mapping does not name are read from where the object itself is.
        if isinstance(inner, ObjectOf) and any(key.startswith(f"{name}.") for key in mapping):
            yield Nest(item, tuple(_plan(inner, mapping, properties, steps, path)))
        else:
            is_path = value is None or isinstance(value, str)
            yield Leaf(item, At(path) if is_path else _source(value, inner), steps)


def _source(value: Any, of: Type) -> Source:
    """Where a field comes from; a whole item of a list is an object whose fields have the same names."""
    source = source_of(value)
    if not isinstance(source, AtOrigin) or not source.origin.where or source.origin.pick:
        return source
    return Inner(source.origin, {}) if isinstance(of, (Ref, ObjectOf)) else source


def _path(value: Any, properties: frozenset[str], default: RawPath) -> RawPath:
    if not isinstance(value, str):
        return default
    return (value,) if value in properties else parse_raw_path(value)


def _check_name(name: str, model: Model, where: str) -> None:
    if _names_field(model.shape, name):
        return
    known = [item.name for item in model.shape.fields]
    fix = accepted_text(known) if known else "accepted: nothing, as the model has no fields"
    nested = "; fields of nested objects as outer.inner" if "." in name else ""
    raise AnswersError(
        f"the model {model.name} has no field {name!r}", where=where, fix=f"{fix}{nested}", accepted=known
    )


def _names_field(shape: ObjectOf, name: str) -> bool:
    return any(name == item.name or _names_inner_field(item, name) for item in shape.fields)


def _names_inner_field(item: Field, name: str) -> bool:
    inner = without_null(item.type)
    prefix = f"{item.name}."
    return (
        isinstance(inner, ObjectOf) and name.startswith(prefix) and _names_field(inner, name[len(prefix) :])
    )
