"""``${metadata.x}``, ``${input.due:date}``, ``${lastSyncDate}`` and ``[[ ... ]]`` inside answers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...spec.requests import Computed, OptionalText, Variable
from ...spec.template_text import variable_text
from .variables import EXPRESSION, PLACEHOLDER, parse_variable

if TYPE_CHECKING:
    from ...spec.requests import Part, Template
    from .roots import Roots

_QUOTED = r"\$\{'([^']*)'\}"
# Brackets that are quoted neither open nor close a stretch; the quote inside of one is no group of its own.
_STRETCH = rf"\[\[((?:{_QUOTED.replace('([', '(?:[')}|(?!\[\[|\]\]).)*)\]\]"
_PART = re.compile(rf"{_QUOTED}|{_STRETCH}|{PLACEHOLDER.pattern}", re.DOTALL)


def parse_template(text: str, roots: Roots, where: str, *, of_any_type: bool = False) -> Template:
    """Parse a string with ``${...}`` and ``[[ ... ]]`` in it.

    ``${'...'}`` is the text between its quotes, such as ``${'[['}``; brackets without a placeholder between them are text.
    A placeholder that is the whole string may name a list or an object where ``of_any_type`` is set.

    Raises:
        AnswersError: a placeholder that names nothing, or a value that cannot stand in a text; brackets or braces that
            are not closed.
    """
    text, roots = without_expressions(text, roots)
    return parse_lifted(text, roots, where, of_any_type=of_any_type)


def without_expressions(text: str, roots: Roots) -> tuple[str, Roots]:
    """A text in which a number stands for each expression, and the roots with these, for `parse_lifted`."""
    if EXPRESSION not in text:
        return text, roots
    from .request_expressions import lifted  # brings the parser, which most answers do without

    text, expressions = lifted(text)
    return text, replace(roots, expressions=expressions)


def parse_lifted(text: str, roots: Roots, where: str, *, of_any_type: bool = False) -> Template:
    """Parse a string `without_expressions`; see `parse_template`."""
    is_alone = of_any_type and PLACEHOLDER.fullmatch(text) is not None
    parts: list[Part] = []
    end = 0
    for part in _PART.finditer(text):
        parts.append(text[end : part.start()])
        _refuse_unclosed(parts[-1], text[part.start() :], roots, where)
        parts.append(_part(part, roots, where, of_any_type=is_alone))
        end = part.end()
    parts.append(text[end:])
    _refuse_unclosed(parts[-1], "", roots, where)
    template = _joined(parts)
    # A stretch with nothing round it is the whole value: it is absent where its placeholders are, brackets or not.
    stretch = template[0] if len(template) == 1 else None
    return stretch.parts if isinstance(stretch, OptionalText) else template


def _part(match: re.Match[str], roots: Roots, where: str, *, of_any_type: bool) -> Part:
    quoted, stretch, placeholder = match.groups()
    if quoted is not None:
        return quoted
    if placeholder is not None and placeholder.startswith("="):
        from .request_expressions import parse_expression  # see `parse_template`

        expression = roots.expressions[int(placeholder[1:])]
        return parse_expression(expression, roots, where, of_any_type=of_any_type)
    if placeholder is not None:
        return parse_variable(placeholder, roots, where, of_any_type=of_any_type)
    inner = parse_lifted(stretch, roots, where)
    # Without a placeholder nothing can be absent: the brackets are text that the API gets.
    if not any(isinstance(part, (Variable, Computed)) for part in inner):
        return f"[[{''.join(map(str, inner))}]]"
    return OptionalText(tuple(part for part in inner if not isinstance(part, OptionalText)))


def _joined(parts: list[Part]) -> Template:
    """The parts without empty strings, those next to each other as one."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, str) and isinstance(last, str):
            joined[-1] = last + part
        elif part != "":
            joined.append(part)
    return tuple(joined)


def _refuse_unclosed(text: Part, rest: str, roots: Roots, where: str) -> None:
    """Refuse text with an opening of which no end is found; ``rest`` is what stands behind it."""
    if not isinstance(text, str):
        return
    if "${" in text:
        raise AnswersError("a ${ is not closed", where=where, fix=f"accepted: {roots.accepted()}")
    # Brackets that no placeholder follows are text.
    if "[[" in text and PLACEHOLDER.search(rest):
        raise AnswersError(
            "a [[ is not closed",
            where=where,
            fix="close it with ]], or write ${'[['} for the brackets themselves",
        )


def refuse_absent(template: Template, place: str, where: str, *, or_shorter: bool) -> None:
    """Refuse a value that may be absent where there has to be one.

    Args:
        template: the parsed text.
        place: what needs the value, in words: ``a path``.
        where: the answer's path, for messages.
        or_shorter: whether the text may do without the stretch that the value is in.

    Raises:
        AnswersError: naming the value.
    """
    for part in template:
        if isinstance(part, Computed) and part.optional:
            raise AnswersError(
                f"the expression {part.expression} may give nothing, and {place} needs a value",
                where=where,
                fix="name a value then, as in `... ?? ''`",
            )
        if isinstance(part, Variable) and part.optional:
            required = [f"make the field {part.field} required"] if part.field else []
            shorter = ["write [[ and ]] round what is to be left out then"] if or_shorter else []
            raise AnswersError(
                f"${{{variable_text(part)}}} may be absent, and {place} needs it",
                where=where,
                fix=", or ".join([*required, *shorter]) or "remove it",
            )
