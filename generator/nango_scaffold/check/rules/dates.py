"""The dates in the input of an action."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...typescript.nodes import around, parameters
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
    """Dates in the input of an action are texts, and one that ``new Date`` cannot read is refused.

    A caller sends JSON, which has no dates; and a date that cannot be read becomes ``Invalid Date`` without a word.
    """

    id = "V04"

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        told: set[tuple[str, str]] = set()
        for integration in tree.integrations:
            for entry in integration.entries:
                fields = fields_of(entry.document, entry.input) if entry.kind == "action" else None
                yield from self._look_at_model(entry, tree, fields or (), told)
                script = tree.script(entry.script)
                if script is not None and fields:
                    yield from self._look_at_script(script, fields, tree)

    def _look_at_model(
        self, entry: Entry, tree: Tree, fields: tuple[Field, ...], told: set[tuple[str, str]]
    ) -> Iterator[Finding]:
        for field in fields:
            place = field.model, field.key
            if isinstance(field.value, str) and _DATE.search(field.value) and place not in told:
                told.add(place)
                message = f"The field {field.name} of the input {entry.input} is a Date, which JSON cannot hold; string is right."
                yield self.finding(tree.yaml, span_of(entry.document, "models", *place), message)

    def _look_at_script(self, script: Script, fields: tuple[Field, ...], tree: Tree) -> Iterator[Finding]:
        if not script.syntax.is_whole or script.main is None or len(parameters(script.main)) < 2:
            return
        given = script.of(parameters(script.main)[1].child_by_field_name("pattern"))
        texts = {field.name for field in fields if isinstance(field.value, str) and "string" in field.value}
        found = [(node, _date_of(script, node, given)) for node in walk(script.main, "new_expression")]
        unread = [(node, name) for node, name in found if name in texts]
        if unread and any(_LOOKED_AT.search(_code(one)) for one in reach(script, tree).scripts):
            return
        for node, name in unread:
            message = f"{script.title} never asks whether {given}.{name} is a date that can be read."
            yield self.finding(script, script.span(node), message)


def _date_of(script: Script, node: Node, given: str) -> str | None:
    """The field of the input that ``new Date`` is given; None for anything else."""
    arguments = node.child_by_field_name("arguments")
    if script.of(node.child_by_field_name("constructor")) != "Date" or arguments is None:
        return None
    if any(one.type == "try_statement" for one in around(node)):
        return None
    if len(arguments.named_children) != 1 or arguments.named_children[0].type != "member_expression":
        return None
    member = arguments.named_children[0]
    is_input = script.of(member.child_by_field_name("object")) == given
    return script.of(member.child_by_field_name("property")) if is_input else None


def _code(script: Script) -> str:
    """A script without its comments and the calls that only check the shape of the input."""
    text = script.text
    for node in reversed(script.comments):
        start, end = script.span(node)
        text = text[:start] + text[end:]
    return text.replace("zodValidateInput", "")
