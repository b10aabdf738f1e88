"""What templates have beside Jinja's own words: filters that spell names and values, each escaped for its place, and tests for the kinds of a value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..naming.schemas import schema_name
from ..spec.values import Build, Convert, Each, Joined, Mapped, OrNull, Plain, Read, Renamed, reads_item
from ..typescript.printer.fit import fit_lines
from ..typescript.printer.literals import is_identifier, object_key, string_literal
from ..typescript.printer.types import literal_source as literal
from .values import mapper_name
from .paths import mapper_stem

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment

_KINDS = (Build, Convert, Each, Joined, Mapped, OrNull, Plain, Read, Renamed)
_START_OF_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def add_filters(environment: Environment) -> None:
    """Give an environment the filters and tests of the templates: the renderer's own, and Copier's."""
    from . import script_filters

    environment.filters.update(FILTERS)
    environment.tests.update(TESTS)
    environment.filters.update(script_filters.FILTERS)
    environment.tests.update(script_filters.TESTS)


def path(read: Read) -> str:
    """A read as a chain of properties, with ``?.`` behind what may be null."""
    return read.variable + "".join(access(step.name, optional=step.after_null) for step in read.steps)


def access(name: str | int, *, optional: bool = False) -> str:
    """How a property or an item of a list is taken of what stands before: ``.name``, ``['a-b']``, ``?.[0]``."""
    if isinstance(name, str) and is_identifier(name):
        return f"?.{name}" if optional else f".{name}"
    key = string_literal(name) if isinstance(name, str) else name
    return f"?.[{key}]" if optional else f"[{key}]"


def _is_a(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, kind)


FILTERS: dict[str, Any] = {
    "access": access,
    "fit_lines": fit_lines,
    "literal": literal,
    "mapper_name": mapper_name,
    "mapper_stem": mapper_stem,
    "object_key": object_key,
    "path": path,
    "schema_name": schema_name,
}
TESTS: dict[str, Callable[[Any], bool]] = {
    "read_per_item": reads_item,
    **{_START_OF_WORD.sub("_", kind.__name__).lower(): _is_a(kind) for kind in _KINDS},
}
