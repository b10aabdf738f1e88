"""The filters that templates have beside Jinja's own: what spells names and values, each escaped for its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..typescript.printer.fit import fit_lines

if TYPE_CHECKING:
    from jinja2 import Environment

FILTERS: dict[str, Any] = {
    "fit_lines": fit_lines,
}


def add_filters(environment: Environment) -> None:
    """Give an environment the filters of the templates: the renderer's own, and Copier's."""
    environment.filters.update(FILTERS)
