"""Strings with values in them as the answers write them: ``/users/${input.id}``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .requests import Computed, OptionalText

if TYPE_CHECKING:
    from .requests import Part, Template, Variable


def template_text(template: Template) -> str:
    """A template as the answers write it."""
    return "".join(map(_part_text, template))


def variable_text(variable: Variable) -> str:
    """A variable as the answers name it, without its format: ``input.address.city``."""
    return f"{variable.root}.{variable.path}" if variable.field else variable.root


def escaped(text: str) -> str:
    """A text in which nothing is a placeholder."""
    return re.sub(r"\$\{|\[\[|\]\]", r"${'\g<0>'}", text)


def _part_text(part: Part) -> str:
    if isinstance(part, OptionalText):
        return f"[[{template_text(part.parts)}]]"
    if isinstance(part, str):
        return escaped(part)
    if isinstance(part, Computed):
        return f"${{= {part.expression}}}"
    format_ = f":{part.format}" if part.format else ""
    return f"${{{variable_text(part)}{format_}}}"
