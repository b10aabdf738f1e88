"""The dates in the input of an action."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...typescript.nodes import arguments, around, parameters, part_text
from ...typescript.syntax import walk
from ..entries import span_of
from ..import_graph import reach
from ..model_data import fields_of
from ..rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.syntax import Node
    from ..entries import Entry
    from ..finding import Finding
    from ..model_data import Field
    from ..script import Script
    from ..tree import Tree

_LOOKED_AT = re.compile(r"isNaN|valid|Date\.parse|isDate|datetime|\.test\(|\.match\(", re.IGNORECASE)
_DATE = re.compile(r"(?:^|\|)\s*[Dd]ate(?:\[\])?\s*(?:$|\|)")


class DatesOfAnInputAreLookedAt(Rule):
    """Dates in the input of an action are strings, and one that ``new Date`` cannot parse is refused.

    A caller sends JSON, which has no dates; and a date that cannot be parsed silently becomes ``Invalid Date``.
    """

    id = "V04"

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        seen: set[tuple[str, str]] = set()
        for entry in tree.entries:
            fields = fields_of(entry.document, entry.input) if entry.kind == "action" else None
            yield from self._look_at_model(entry, tree, fields or (), seen)
            script = tree.script(entry.script)
            if script is not None and fields:
                yield from self._look_at_script(script, fields, tree)

    def _look_at_model(
        self, entry: Entry, tree: Tree, fields: tuple[Field, ...], seen: set[tuple[str, str]]
    ) -> Iterator[Finding]:
        # Several actions may have one input, and models one base.
        for field in fields:
            place = field.model, field.key
            if isinstance(field.value, str) and _DATE.search(field.value) and place not in seen:
                seen.add(place)
                message = f"The field {field.name} of the input {entry.input} is a Date, which JSON cannot hold; string is right."
                yield self.finding(tree.yaml, span_of(entry.document, "models", *place), message)

    def _look_at_script(self, script: Script, fields: tuple[Field, ...], tree: Tree) -> Iterator[Finding]:
        if not script.syntax.is_whole or script.main is None or len(parameters(script.main)) < 2:
            return
        parameter = part_text(parameters(script.main)[1], "pattern")
        dates = ((node, _date_of(node, parameter)) for node in walk(script.main, "new_expression"))
        unchecked = [(node, name) for node, name in dates if name in _string_fields(fields)]
        if unchecked and _asks_for_dates(script, tree):
            return
        for node, name in unchecked:
            message = f"{script.title} never asks whether {parameter}.{name} is a date that can be read."
            yield self.finding(script, script.span(node), message)


def _string_fields(fields: tuple[Field, ...]) -> set[str]:
    return {field.name for field in fields if isinstance(field.value, str) and "string" in field.value}


def _date_of(node: Node, parameter: str) -> str | None:
    """The field of the input that ``new Date`` is given; None for anything else."""
    values = arguments(node)
    if part_text(node, "constructor") != "Date" or len(values) != 1:
        return None
    # In a `try`, toISOString() throws at a date that cannot be read, and the script says so itself.
    if values[0].type != "member_expression" or any(outer.type == "try_statement" for outer in around(node)):
        return None
    is_input = part_text(values[0], "object") == parameter
    return part_text(values[0], "property") if is_input else None


def _asks_for_dates(script: Script, tree: Tree) -> bool:
    """Whether a script, or what it reaches, looks at dates before it uses them."""
    return any(_LOOKED_AT.search(_code(reached)) for reached in reach(script, tree).scripts)


def _code(script: Script) -> str:
    """A script without its comments and the calls that only check the shape of the input."""
    text = script.text
    for node in reversed(script.comments):
        start, end = script.span(node)
        text = text[:start] + text[end:]
    return text.replace("zodValidateInput", "")
