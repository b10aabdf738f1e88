"""What templates have beside Jinja's own words: filters that spell names and values, each escaped for its place, and tests for the kinds of a value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..models.types import Alias, ArrayOf, Literal, ObjectOf, Primitive, Ref, UnionOf
from ..models.walk import definition_type
from ..naming.schemas import schema_name
from ..naming.words import article, kebab, plural
from ..spec import values
from ..spec.mappers import DynamicMapper
from ..spec.requests import Computed, DataList, DataObject, DataSpread, OptionalText, Variable
from ..typescript.printer.fit import fit_lines
from ..typescript.printer.json_layout import laid_out
from ..typescript.printer.literals import (
    access,
    comment_text,
    literal,
    object_key,
    property_key,
)
from . import markdown, script_filters, ts_to_zod
from .mappers import variables
from .paths import mapper_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2 import Environment

    from ..spec.values import Step

_KINDS = (
    *(Alias, ArrayOf, Literal, ObjectOf, Primitive, Ref, UnionOf),
    *(Computed, DataList, DataObject, DataSpread, OptionalText, Variable),
    *(values.Build, values.Compared, values.Convert, values.Dated, values.Each, values.Expression),
    *(values.FirstItem, values.Joined, values.Local, values.Mapped, values.OrElse, values.Part),
    *(values.Plain, values.Read, values.Renamed),
    DynamicMapper,
)
_START_OF_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def add_filters(environment: Environment) -> None:
    """Give an environment the filters and tests of the templates: the renderer's own, and Copier's."""
    environment.filters.update(FILTERS | script_filters.FILTERS | markdown.FILTERS)
    environment.tests.update(TESTS | script_filters.TESTS)


def path(read: values.Read) -> str:
    """A read as a chain of properties, with ``?.`` behind what may be null."""
    return read.variable + read_steps(read.steps)


def read_steps(steps: Iterable[Step]) -> str:
    """The properties on the way to a value, behind the variable that they are read from."""
    return "".join(access(step.name, optional=step.after_null) for step in steps)


def apply(items: Iterable[Any], macro: Callable[[Any], str]) -> list[str]:
    """What a macro makes of each item."""
    return [macro(item) for item in items]


def is_open(text: str | Iterable[str]) -> bool:
    """Whether a text, or any of several, takes more than one line."""
    return "\n" in text if isinstance(text, str) else any("\n" in each for each in text)


def _is_a(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


FILTERS: dict[str, Any] = {
    "access": access,
    "apply": apply,
    "article": article,
    "comment_text": comment_text,
    "declared_type": ts_to_zod.declared_type,
    "fit_lines": fit_lines,
    "kebab": kebab,
    "json_text": laid_out,
    "literal": literal,
    "mapper_name": mapper_name,
    "object_key": object_key,
    "path": path,
    "plural": plural,
    "property_key": property_key,
    "read_steps": read_steps,
    "schema_name": schema_name,
    "type_of": definition_type,
    "variables": variables,
    "without_null": ts_to_zod.without_null,
    "zod_key": ts_to_zod.key,
    "zod_literal": ts_to_zod.literal,
}
TESTS: dict[str, Callable[[Any], bool]] = {
    "declared_with_undefined": ts_to_zod.is_declared_with_undefined,
    "nullable": ts_to_zod.is_nullable,
    "open": is_open,
    "read_per_item": values.reads_item,
    "words_alone": ts_to_zod.are_words,
    **{_START_OF_WORD.sub("_", kind.__name__).lower(): _is_a(kind) for kind in _KINDS},
}
"""A kind of value by its class: ``or_else`` for ``OrElse``."""
