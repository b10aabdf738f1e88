"""What the fields of a model are read from, as parts of a raw type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...frozen import frozen
from ...models.types import Literal, Primitive, Type, union_of, widened, without_null
from ...spec.values import RECORD
from .field_plan import inner_plan, leaves
from .field_source import At, AtOrigin, Comparison, Constant, Date, Formula, Inner, Join, Piece, Table
from .raw_types import may_be_missing, passes_unchanged, raw_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from .field_plan import Leaf
    from .field_source import Origin, RawPath
    from .raw_types import RawNaming

_TEXT, _NUMBER, _ANY = Primitive("string"), Primitive("number"), Primitive("any")
_DATES: dict[str, Type] = {
    "iso": _TEXT,
    "epoch_seconds": _NUMBER,
    "epoch_milliseconds": _NUMBER,
    "any": union_of((_TEXT, _NUMBER)),
}
_KINDS: dict[str, Type] = {
    **dict.fromkeys(("text", "part of a text"), _TEXT),
    "number": _NUMBER,
    "boolean": Primitive("boolean"),
}


@frozen
class RawRead:
    """A raw value that a field is made of.

    Attributes:
        path: where it is in the raw record.
        type: its type.
        nullable: for each step on the way, whether what is there may be null.
        is_hint: whether the type is but what an expression takes it for, which gives way to anything known.
    """

    path: RawPath
    type: Type
    nullable: tuple[bool, ...]
    is_hint: bool = False


def raw_reads(
    leaf: Leaf, naming: RawNaming, where: str, never_null: Collection[str] = ()
) -> Iterator[RawRead]:
    """What a field is read from.

    Args:
        leaf: the field and its source.
        naming: the names of raw types.
        where: where the mapping of the field stands in the answers.
        never_null: fields that the API always sends, though they are optional in the model.

    Raises:
        AnswersError: a mapping of an inner object that names no field.
    """
    source = leaf.source
    if isinstance(source, At):
        yield _at(leaf, source.path, naming, never_null)
    elif isinstance(source, Join):
        for path in source.paths:
            yield RawRead(path, _TEXT, (True,) * len(path))
    elif isinstance(source, Inner):
        yield from _inner(leaf, source, naming, f"{where}.each")
    elif isinstance(source, Formula):
        yield from _hints(leaf, source, naming)
    elif not isinstance(source, Constant):
        yield from _at_origin(source.origin, *_needed(leaf, source, naming))


def _at(leaf: Leaf, path: RawPath, naming: RawNaming, never_null: Collection[str]) -> RawRead:
    raw, nullable = raw_of(leaf.field.type, naming), may_be_missing(leaf.field)
    if len(leaf.steps) == 1 and leaf.steps[0] in never_null:
        raw, nullable = without_null(raw), False
    return RawRead(path, raw, (nullable,) * len(path))


def _needed(
    leaf: Leaf, source: Table | AtOrigin | Comparison | Piece | Date, naming: RawNaming
) -> tuple[Type, bool]:
    """The raw type of a value, and whether it may be null."""
    nullable = may_be_missing(leaf.field)
    if isinstance(source, Table):
        # Without a default the table has no translation of null.
        return _TEXT, nullable or source.has_default
    if isinstance(source, Comparison):
        kinds = dict.fromkeys(widened(Literal(value)) for value in source.values)
        return union_of(tuple(kinds)), True
    # A default says that the API may send nothing, whatever the model says of the field.
    nullable = nullable or source.otherwise is not None
    if isinstance(source, Piece):
        return _TEXT, nullable
    if isinstance(source, Date):
        return _DATES[source.form], nullable
    return raw_of(leaf.field.type, naming), nullable


def _at_origin(origin: Origin, raw: Type, nullable: bool) -> Iterator[RawRead]:
    yield from _tested(origin)
    yield RawRead(origin.raw_path, raw, _nullable(origin, nullable))


def _nullable(origin: Origin, nullable: bool) -> tuple[bool, ...]:
    """For each step on the way to a value, whether what is there may be null: an item of a list is not."""
    if not origin.where:
        return (nullable,) * len(origin.path)
    return (*(True,) * len(origin.path), False, *(True,) * len(origin.pick))


def _tested(origin: Origin) -> Iterator[RawRead]:
    """What is read of an item that is looked for."""
    for path, value in origin.where:
        nullable = (*(True,) * len(origin.path), False, *(False,) * len(path))
        yield RawRead((*origin.path, 0, *path), widened(Literal(value)), nullable)


def _inner(leaf: Leaf, source: Inner, naming: RawNaming, where: str) -> Iterator[RawRead]:
    inner = inner_plan(leaf, source, naming.model, where)
    nullable = _nullable(source.origin, may_be_missing(leaf.field)) + (False,) * inner.is_list
    path = (*source.origin.raw_path, *(0,) * inner.is_list)
    yield from _tested(source.origin)
    for part in leaves(inner.plans):
        for read in raw_reads(part, naming, f"{where}.{part.name}"):
            yield read if read.is_hint else RawRead((*path, *read.path), read.type, nullable + read.nullable)


def _hints(leaf: Leaf, source: Formula, naming: RawNaming) -> Iterator[RawRead]:
    of = raw_of(without_null(leaf.field.type), naming)
    result = of if passes_unchanged(leaf.field.type) or of == _TEXT else _ANY
    return hinted_reads(source.text, RECORD, result)


def hinted_reads(text: str, root: str, result: Type = _ANY) -> Iterator[RawRead]:
    """What an expression reads of a raw value, each with the type that it takes it for.

    Args:
        text: the expression.
        root: the name of the raw value in it.
        result: the type of what becomes the value of the expression unchanged.
    """
    from ...typescript.expression_reads import readings  # brings the parser, which most answers do without

    for reading in readings(text):
        if reading.root != root or not reading.path:
            continue
        is_list = reading.kind == "list"
        path = (*reading.path, 0) if is_list else reading.path
        kind = result if reading.kind == "result" else _KINDS.get(reading.kind, _ANY)
        yield RawRead(path, kind, reading.may_be_missing + (False,) * is_list, is_hint=True)
