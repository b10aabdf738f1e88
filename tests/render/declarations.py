"""Types as the templates declare them, for tests of their layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nango_scaffold.models.types import ObjectOf
from nango_scaffold.render.engine import macros
from nango_scaffold.typescript.printer.fit import fit_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nango_scaffold.models.types import Field, Type


def interface(
    name: str,
    fields: Iterable[Field],
    *,
    index: Type | None = None,
    comments: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """An exported object type; ``comments`` are lines of documentation, by field name."""
    return _declaration(name, ObjectOf(tuple(fields), index), comments or {})


def type_alias(name: str, type_: Type) -> str:
    """An exported type of any kind that is not declared as an interface."""
    return fit_lines(f"export type {name} = {_types().inline(type_)};")


def type_source(type_: Type) -> str:
    """A type as it stands inside of another one."""
    return str(_types().inline(type_))


def _declaration(name: str, type_: Type, comments: Mapping[str, Sequence[str]]) -> str:
    return fit_lines(_types().declaration(name, type_, comments))


def _types() -> Any:
    return macros("template/macros/types.ts.jinja")
