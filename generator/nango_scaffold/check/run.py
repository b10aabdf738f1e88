"""All rules over a folder of integrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .ignored import without_ignored
from .rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .finding import Finding
    from .rule import Rule
    from .tree import Tree


def check(tree: Tree, rules: Sequence[Rule] = RULES) -> list[Finding]:
    """Everything that breaks a rule, in the order of files, lines and rules.

    What a comment asks to leave out is not among it; see `without_ignored`.

    Args:
        tree: the folder of integrations.
        rules: those to look by.
    """
    findings = (finding for rule in rules for finding in rule.findings(tree))
    return sorted(
        without_ignored(tree.files, findings),
        key=lambda finding: (finding.path, finding.line, finding.column, finding.rule, finding.message),
    )
