"""Mappers: each field of a model, and how it is set from the third party's record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...frozen import frozen
from ...models.types import ObjectOf, Primitive
from ...models.walk import referenced_models
from ...spec.mappers import BODY, STATUS
from ...spec.values import RECORD, Read
from .conversion import Conversion
from .field_plan import leaves, plan_fields
from .field_source import Join, fields_that_read
from .object_fields import ObjectFields
from .raw_reads import raw_reads
from .raw_tree import CrossedPathsError, RawTree
from .raw_types import RawNaming, described_raw, inlined, overlaid
from .scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from ...models.types import Model
    from ...spec.paths import Path
    from ...spec.values import Assign, Local
    from .field_plan import Leaf, Nest
    from .field_source import RawPath
    from .raw_reads import RawRead


@frozen
class MappedModel:
    """The mapping of one model: the raw type, the fields set, the models whose mappers are called, the variables."""

    raw: ObjectOf
    fields: tuple[Assign, ...]
    uses: tuple[str, ...]
    locals: tuple[Local, ...]


def map_model(
    model: Model,
    mapping: Mapping[str, Any],
    response: ObjectOf | None,
    naming: RawNaming,
    place_of: Callable[[str], str],
    *,
    also_read: Iterable[Path] = (),
    hints: Iterable[RawRead] = (),
    never_null: Collection[str] = (),
) -> MappedModel:
    """Derive the raw type of a model and how each field is set from it.

    Args:
        model: the model, parsed.
        mapping: model field <- where its value comes from; a field not named is read from its own name.
        response: the raw type of ``responses``, for the fields it holds.
        naming: the names of raw types.
        place_of: where the mapping of a field stands in the answers, such as ``syncs[0].mapping``.
        also_read: paths that scripts read from the raw record themselves, as strings.
        hints: what expressions of scripts take parts of the raw record for.
        never_null: fields that the API always sends, though they are optional in the model.

    Raises:
        AnswersError: a mapping that names no field, or a raw type that cannot become the model's.
    """
    described = None if response is None else _as_raw(response, model, naming)
    plans = plan_fields(model, mapping, described, place_of)
    raw = _derived_raw(model, plans, naming, place_of, also_read, hints, never_null)
    raw = overlaid(raw, described)
    # Where `responses` describes the record, an error of types is mended there, not in the mapping.
    conversion = Conversion(model.name, naming, place_of, mapping if described is None else {}, [])
    scope = Scope(raw, Read(RECORD, ()))
    # Only where the mapper takes them: elsewhere a field of that name may have such a variable.
    scope.names.update(name for name in (BODY, STATUS) if fields_that_read(mapping, name))
    fields = ObjectFields(model, scope, conversion, place_of, (model.name,), scope.root)
    assigns = tuple(fields.assign(plan) for plan in plans)
    return MappedModel(raw, assigns, tuple(dict.fromkeys(conversion.uses)), tuple(scope.locals))


def _as_raw(response: ObjectOf, model: Model, naming: RawNaming) -> ObjectOf:
    raw = described_raw(response, referenced_models(model.shape), naming)
    return raw if isinstance(raw, ObjectOf) else response


def _derived_raw(
    model: Model,
    plans: tuple[Leaf | Nest, ...],
    naming: RawNaming,
    place_of: Callable[[str], str],
    also_read: Iterable[Path],
    hints: Iterable[RawRead],
    never_null: Collection[str],
) -> ObjectOf:
    """The raw type that follows from the model and the paths of its fields."""
    tree = RawTree()
    mapped: set[RawPath] = set()
    hints = list(hints)
    name = ""
    try:
        for leaf in leaves(plans):
            name = leaf.name
            for read in raw_reads(leaf, naming, f"{place_of(name)}.{name}", never_null):
                if read.is_hint:
                    hints.append(read)
                    continue
                tree.put(read.path, read.type, nullable=read.nullable)
                # The strings of a join may all be null, which a value that a script reads must not be.
                if not isinstance(leaf.source, Join):
                    mapped.add(read.path)
        # Scripts read ids, dates and kinds themselves: strings, as far as the model says nothing else.
        for path in also_read:
            if path not in mapped:
                tree.put(path, Primitive("string"), nullable=False)
    except CrossedPathsError as crossed:
        raise AnswersError(
            f"{crossed} is read as a value of {model.name}, and as an object on the way to another one",
            where=place_of(name),
            fix=f"describe {crossed} in the model as an object with the fields that are read",
        ) from None
    # What is an object to one expression may be the whole value of another.
    for hint in sorted(hints, key=lambda hint: -len(hint.path)):
        tree.suggest(hint.path, hint.type, hint.nullable)
    index = model.shape.index
    return replace(tree.shape(), index=None if index is None else inlined(index, naming))


def merged_mapping(model: str, mappings: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The mapping of a model that several scripts share.

    Args:
        model: the model's name.
        mappings: the mapping of each script, by its place in the answers.

    Raises:
        AnswersError: two scripts read one field from different paths.
    """
    merged: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for where, mapping in mappings.items():
        for name, path in mapping.items():
            if merged.setdefault(name, path) != path:
                raise AnswersError(
                    f"{name} of {model} is read from {path!r} here and from {merged[name]!r} in {origin[name]}",
                    where=f"{where}.mapping.{name}",
                    fix="a model has one mapper: name the same path, or use a model of its own",
                )
            origin.setdefault(name, where)
    return merged
