"""nango.yaml as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ..finding import BOM
from ..rule import Rule
from ..tree import YAML
from ..yaml_grammar import grammar_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...nango_yaml import Refused
    from ...typescript.syntax import Span
    from ..finding import Finding
    from ..tree import Tree


class NangoYamlIsAccepted(Rule):
    """nango.yaml is there, Nango's CLI accepts it, and each of its integrations has a sync, an action or an event.

    The CLI exits without an error even when it rejects the whole file.
    """

    id = "Y15"
    level: ClassVar = "error"

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if YAML not in tree.files:
            yield self.finding(tree.yaml, (0, 0), "There is no nango.yaml in this folder.")
        elif tree.document is not None:
            for problem in grammar_problems(tree.document, tree.integrations):
                yield self.finding(tree.yaml, problem.span, problem.message)
        elif tree.refusal is not None:
            message = f"nango.yaml cannot be read, as {tree.refusal.reason}."
            yield self.finding(tree.yaml, _span(tree.yaml.text, tree.refusal), message)


def _span(text: str, refusal: Refused) -> Span:
    """The place that is meant; with the rest of its line when no column is known."""
    lines = text.split("\n")
    if not 0 < refusal.line <= len(lines):
        return 0, 0
    bom = refusal.line == 1 and text.startswith(BOM)
    start = sum(len(line) + 1 for line in lines[: refusal.line - 1]) + bom
    if refusal.column:
        place = min(start + refusal.column - 1, len(text))
        return place, place
    return start, start + len(lines[refusal.line - 1].rstrip("\r")) - bom
