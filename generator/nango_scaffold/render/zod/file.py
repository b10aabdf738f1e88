"""The whole of schema.zod.ts, each schema after those it uses, as ts-to-zod 3.13.0 arranges them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...frozen import frozen
from ...models.types import ArrayOf, ObjectOf, Ref, Type, UnionOf
from ...models.walk import definition_type, referenced_models
from ...naming.schemas import schema_name
from ...typescript.printer.fit import fit_lines
from ..engine import macros

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...models.types import Alias, Model

ZOD_IMPORT = "import { z } from 'zod';"
_MACROS = "template/macros/zod.ts.jinja"


def schema_file(models: Iterable[Model | Alias], *, typed: bool = True, root: str = ".") -> str:
    """The text of the root ``schema.zod.ts`` for all models and aliases of a nango.yaml.

    The same bytes as ts-to-zod 3.13.0 gives over the CLI's ``.nango/schema.ts`` after prettier with upstream's
    options, but for ``z.record(z.string(), T)``.

    Args:
        models: what ``read_models`` gives.
        typed: whether schemas of models in a circle name the types of these; see ``Placed``.
        root: the folder of nango.yaml, from that of the file.
    """
    placed = arrange(models, typed=typed)
    head: str = macros(_MACROS).head(type_imports(placed, root))
    return head + "".join(f"\n{statement(each)}\n" for each in placed)


def type_imports(placed: Sequence[Placed], root: str) -> list[str]:
    """The import of the types that lazy schemas need; no line when there are none."""
    names = [each.definition.name for each in placed if each.lazy and each.typed]
    return [fit_lines(macros(_MACROS).type_import(names, root))] if names else []


@lru_cache(maxsize=1 << 15)  # a run renders the models of before and of after, nearly all the same
def statement(placed: Placed) -> str:
    """``export const userSchema = ...;``; a schema that is part of a circle is lazy and typed."""
    return fit_lines(macros(_MACROS).statement(placed))


@frozen
class Placed:
    """A model or alias in its place.

    Attributes:
        schema: the name of its schema.
        lazy: whether it takes part in a circle, so that it cannot be used directly.
        typed: whether a lazy schema names the type of its model, as ts-to-zod's own do. That does not compile under CLIs
            that declare optional fields without ``undefined``.
    """

    schema: str
    definition: Model | Alias
    lazy: bool
    typed: bool = True


def arrange(definitions: Iterable[Model | Alias], *, typed: bool = True) -> list[Placed]:
    """Put definitions in the order of the schema file.

    Definitions are gone through again and again; one is placed when all it uses has been. What then is left is in
    circles and is placed last. Of definitions whose schemas have one name, one is lost, as it is with ts-to-zod.
    """
    by_name = {definition.name: definition for definition in definitions}
    waiting = [(schema_name(each.name), each, _uses(each)) for each in _visited(by_name)]
    placed: dict[str, Placed] = {}
    moved = True
    # A round walks the definitions in order, and what one places counts at once for those behind it.
    while moved:
        moved = False
        waiting = [entry for entry in waiting if entry[0] not in placed]
        for schema, definition, uses in waiting:
            if uses - {schema} <= placed.keys():
                placed[schema] = Placed(schema, definition, schema in uses, typed)
                moved = True
    for schema, definition, _ in waiting:
        placed[schema] = Placed(schema, definition, lazy=True, typed=typed)
    return list(placed.values())


def _uses(definition: Model | Alias) -> frozenset[str]:
    return frozenset(map(schema_name, referenced_models(definition_type(definition))))


def _visited(by_name: dict[str, Model | Alias]) -> list[Model | Alias]:
    """Each definition followed by those its fields name, repetitions included."""
    visited: list[Model | Alias] = []
    for definition in by_name.values():
        visited.append(definition)
        visited += [
            by_name[name] for name in _named_by_fields(definition_type(definition)) if name in by_name
        ]
    return visited


def _named_by_fields(type_: Type) -> list[str]:
    """The models a type names, in order; ts-to-zod does not look into index signatures here."""
    if isinstance(type_, Ref):
        return [type_.model]
    if isinstance(type_, ArrayOf):
        return _named_by_fields(type_.item)
    parts: Iterable[Type] = ()
    if isinstance(type_, UnionOf):
        parts = type_.members
    elif isinstance(type_, ObjectOf):
        parts = (field.type for field in type_.fields)
    return [name for part in parts for name in _named_by_fields(part)]
