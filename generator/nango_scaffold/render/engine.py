"""The template tree, rendered in memory: the same files that Copier renders, by the same rules for their paths.

A path part may hold ``{{ name.attribute }}``, and one ``{% yield item from list %}...{% endyield %}``, which makes a
file for each item. Templates see the views of the integration and nothing else.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ScaffoldError
from .filters import add_filters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Environment

ENVIRONMENT: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}
"""Jinja settings; copier.yml states the same under ``_envops``."""

SUFFIX = ".jinja"
_COPIERS_OWN = "{{ _copier_"
"""How the name of a template begins that only Copier fills in: its answers file."""
_FILES = "template/files"
_INSTALLED = "_template"
_YIELD = re.compile(r"\{% yield (\w+) from ([\w.]+) %\}(.*)\{% endyield %\}(.*)")
_JINJA = re.compile(r"\{[{%#]")
_PLACE = re.compile(r"\{\{ ([\w.]+) \}\}")


def render_tree(context: Mapping[str, Any]) -> dict[str, str]:
    """Render every template.

    Args:
        context: the names templates can use: ``view``.

    Returns:
        The text of each file by its path below the project, in the order of the paths.
    """
    rendered = {
        path: _rendered(source, names)
        for source in _sources()
        for path, names in _expanded(source.removesuffix(SUFFIX), context)
    }
    return dict(sorted(rendered.items()))


@lru_cache(maxsize=1)
def template_root() -> Path:
    """The folder that holds ``template/``: in an installed package beside this code, else the repository's."""
    package = Path(__file__).resolve().parent.parent
    installed = package / _INSTALLED
    return installed if installed.is_dir() else package.parent.parent


def compiled_templates() -> str:
    """The module of all templates in their compiled form; see `compiled`."""
    from .compiled import compiled_source

    root = template_root()
    names = (path.relative_to(root).as_posix() for path in Path(root, "template").rglob(f"*{SUFFIX}"))
    return compiled_source(_environment(), (name for name in names if _COPIERS_OWN not in name))


def macros(name: str) -> Any:
    """The macros of a template, to be called by their names."""
    return _environment().get_template(name).module


def _rendered(source: str, names: Mapping[str, Any]) -> str:
    # A batch renders the files of a project for each of its integrations: those with nothing to fill in do without Jinja.
    text = _plain(source)
    return _environment().get_template(f"{_FILES}/{source}").render(names) if text is None else text


@cache
def _plain(source: str) -> str | None:
    """The text of a template with nothing to fill in; None when there is."""
    text = (template_root() / _FILES / source).read_text("utf-8")
    return None if _JINJA.search(text) else text


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, StrictUndefined

    from .compiled import CompiledLoader

    root = template_root()
    loader = CompiledLoader(str(root), is_installed=root.name == _INSTALLED)
    # Nothing is escaped for HTML: each filter escapes for the place in TypeScript, JSON or Markdown where a value goes.
    environment = Environment(
        loader=loader, undefined=StrictUndefined, autoescape=False, auto_reload=False, **ENVIRONMENT
    )
    add_filters(environment)
    return environment


@lru_cache(maxsize=1)
def _sources() -> tuple[str, ...]:
    root = template_root() / _FILES
    paths = (path.relative_to(root).as_posix() for path in root.rglob(f"*{SUFFIX}"))
    sources = tuple(sorted(path for path in paths if not path.startswith(_COPIERS_OWN)))
    if not sources:
        raise ScaffoldError(
            "this installation lacks its templates", where=str(root), fix="install nango-scaffold again"
        )
    return sources


def _expanded(source: str, context: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The paths that a template's path stands for, each with the names its text can use."""
    items_part = next((match for part in source.split("/") if (match := _YIELD.fullmatch(part))), None)
    if items_part is None:
        yield _filled(source, context), context
        return
    name, items, before, after = items_part.groups()
    for item in _value(items, context):
        names = {**context, name: item}
        yield _filled(source.replace(items_part.group(0), before + after), names), names


def _filled(path: str, context: Mapping[str, Any]) -> str:
    return _PLACE.sub(lambda place: str(_value(place.group(1), context)), path)


def _value(dotted: str, context: Mapping[str, Any]) -> Any:
    first, *rest = dotted.split(".")
    value = context[first]
    for name in rest:
        value = getattr(value, name)
    return value
