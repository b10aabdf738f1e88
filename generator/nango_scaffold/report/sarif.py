"""What ``check`` found as SARIF 2.1.0, which code hosts and editors show beside the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .. import __version__
from ..check.finding import place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..check import Edit, Finding
    from ..check.rule import Rule
    from .findings import Checked

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(checked: Checked, rules: Sequence[Rule]) -> dict[str, Any]:
    """What was found as a SARIF log of one run.

    Args:
        checked: what was found.
        rules: all there are, in the order of the log.
    """
    index = {rule.id: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": _driver(rules)},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, checked, index) for finding in checked.findings],
    }
    if checked.tree.unread:
        run["invocations"] = [_invocation(checked)]
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _invocation(checked: Checked) -> dict[str, Any]:
    """The run, with a notification for each file that no rule looked at."""
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": [
            {
                "level": "warning" if file.is_broken else "note",
                "message": {"text": f"{checked.prefix}{file.path} is not looked at, as {file.reason}."},
                "locations": [{"physicalLocation": {"artifactLocation": _file(file.path, checked)}}],
            }
            for file in checked.tree.unread
        ],
    }


def _driver(rules: Sequence[Rule]) -> dict[str, Any]:
    return {"name": "nango-scaffold", "version": __version__, "rules": [_rule(rule) for rule in rules]}


def _rule(rule: Rule) -> dict[str, Any]:
    paragraphs = [rule.summary, *rule.reasons]
    plain = "\n\n".join(paragraphs).replace("`", "")
    return {
        "id": rule.id,
        "name": type(rule).__name__,
        "shortDescription": {"text": rule.summary.replace("`", "")},
        "help": {"text": plain, "markdown": "\n\n".join(paragraphs)},
        "defaultConfiguration": {"level": rule.level},
    }


def _result(finding: Finding, checked: Checked, index: dict[str, int]) -> dict[str, Any]:
    where = {"artifactLocation": _file(finding.path, checked), "region": _region(finding)}
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": finding.level,
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": where}],
    }
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    if finding.edits:
        result["fixes"] = [_fix(finding.edits, checked)]
    return result


def _region(finding: Finding) -> dict[str, int]:
    end = {"endColumn": finding.column + finding.length} if finding.length else {}
    return {"startLine": finding.line, "startColumn": finding.column, **end}


def _fix(edits: Sequence[Edit], checked: Checked) -> dict[str, Any]:
    by_path: dict[str, list[dict[str, Any]]] = {}
    for edit in edits:
        replacement = _replacement(edit, checked.tree.files.get(edit.path, ""))
        by_path.setdefault(edit.path, []).append(replacement)
    pairs = ((_file(path, checked), replacements) for path, replacements in by_path.items())
    return {"artifactChanges": [{"artifactLocation": file, "replacements": new} for file, new in pairs]}


def _replacement(edit: Edit, text: str) -> dict[str, Any]:
    line, column, _ = place(text, (edit.start, edit.start))
    end_line, end_column, _ = place(text, (edit.end, edit.end))
    region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    return {"deletedRegion": region, "insertedContent": {"text": edit.text}}


def _file(path: str, checked: Checked) -> dict[str, str]:
    return {"uri": quote(checked.prefix + path)}
