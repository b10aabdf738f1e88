"""Which fields of a model are had on their own, and from where; a nested object may be had field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...frozen import frozen
from ...models.types import Field, ObjectOf
from .field_source import At, Source, reach_of, source_of
from .raw_types import without_null

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ...models.types import Model
    from .field_source import Reach


@frozen
class Leaf:
    """A field that is had as a whole; ``steps`` are the names on the way to it from the model."""

    field: Field
    source: Source
    steps: tuple[str, ...]


@frozen
class Nest:
    """An object of the model whose fields the mapping names one by one."""

    field: Field
    children: tuple[Leaf | Nest, ...]


def planned(
    model: Model, mapping: Mapping[str, Any], said: ObjectOf | None, place_of: Callable[[str], str]
) -> tuple[Leaf | Nest, ...]:
    """The fields of a model, each with its source.

    Args:
        model: the model.
        mapping: what the answers say: ``{"head.ref": "head_ref"}``.
        said: the raw type of ``responses``; a name that it has as it stands is one property, dots and all.
        place_of: where a field of the mapping stands in the answers.

    Raises:
        AnswersError: a mapping that names no field.
    """
    for name in mapping:
        _check_name(name, model, place_of(name))
    whole = frozenset() if said is None else frozenset(item.name for item in said.fields)
    return tuple(_plan(model.shape, mapping, whole, (), ()))


def leaves(plans: tuple[Leaf | Nest, ...]) -> Iterator[Leaf]:
    """Every field that is had as a whole, in order."""
    for plan in plans:
        if isinstance(plan, Leaf):
            yield plan
        else:
            yield from leaves(plan.children)


def _plan(
    shape: ObjectOf, mapping: Mapping[str, Any], whole: frozenset[str], steps: tuple[str, ...], raw: Reach
) -> Iterator[Leaf | Nest]:
    for item in shape.fields:
        here = (*steps, item.name)
        name = ".".join(here)
        path = _path(mapping.get(name), whole, (*raw, item.name))
        inner = without_null(item.type)
        if isinstance(inner, ObjectOf) and any(key.startswith(f"{name}.") for key in mapping):
            yield Nest(item, tuple(_plan(inner, mapping, whole, here, path)))
        else:
            said = mapping.get(name)
            yield Leaf(item, At(path) if said is None or isinstance(said, str) else source_of(said), here)


def _path(said: Any, whole: frozenset[str], default: Reach) -> Reach:
    if not isinstance(said, str):
        return default
    return (said,) if said in whole else reach_of(said)


def _check_name(name: str, model: Model, where: str) -> None:
    if _names_field(model.shape, name):
        return
    known = [item.name for item in model.shape.fields]
    raise AnswersError(
        f"the model {model.name} has no field {name!r}",
        where=where,
        fix=f"accepted: {', '.join(known) or 'nothing, as the model has no fields'}"
        f"{'; fields of nested objects as outer.inner' if '.' in name else ''}",
    )


def _names_field(shape: ObjectOf, name: str) -> bool:
    for item in shape.fields:
        inner = without_null(item.type)
        nested = isinstance(inner, ObjectOf) and name.startswith(f"{item.name}.")
        if name == item.name or (
            nested and isinstance(inner, ObjectOf) and _names_field(inner, name[len(item.name) + 1 :])
        ):
            return True
    return False
