"""Small folders of integrations for the rules to check."""

from __future__ import annotations

from textwrap import dedent

from nango_scaffold.check import Tree, check
from nango_scaffold.check.finding import Finding
from nango_scaffold.check.rules import RULES


def tree(yaml: str, files: dict[str, str] | None = None, base_paths: dict[str, str] | None = None) -> Tree:
    """A folder with a nango.yaml and other files, all dedented."""
    texts = {"nango.yaml": yaml, **(files or {})}
    return Tree({path: dedent(text).lstrip("\n") for path, text in texts.items()}, base_paths or {})


def findings(rule: str, folder: Tree) -> list[Finding]:
    """The findings of one rule; only a rule that declares itself fixable may have edits."""
    (checked_rule,) = (checked_rule for checked_rule in RULES if checked_rule.id == rule)
    reported = check(folder, [checked_rule])
    assert checked_rule.fixable or not any(finding.edits for finding in reported)
    return reported


def lines(rule: str, folder: Tree) -> list[str]:
    """What one rule finds, as ``path:line:column``."""
    return [f"{finding.path}:{finding.line}:{finding.column}" for finding in findings(rule, folder)]
