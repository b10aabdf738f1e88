"""Findings that a comment asks to leave out: ``// nango-scaffold-ignore T08: why``, in nango.yaml behind ``#``.

Comments for ESLint count, too, where they name a rule of Nango's own lint, or one that looks for the same as one of ours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .finding import Finding

_COMMENT = re.compile(
    r"^\ufeff?[ \t]*(?://|/\*+|#)[ \t]*nango-scaffold-ignore[ \t]+([A-Za-z]+\d+(?:(?:[ \t]*,[ \t]*|[ \t]+)[A-Za-z]+\d+)*)"
    r"(?=[ \t]*(?::|\*/|\r?$))",
    re.MULTILINE,
)
_PLUGIN = "@nangohq/custom-integrations-linting/"
_OFFICIAL = {
    f"{_PLUGIN}include-docs-for-endpoints": "P04",
    f"{_PLUGIN}proxy-call-retries": "P02",
    f"{_PLUGIN}enforce-proxy-configuration-type": "P01",
    f"{_PLUGIN}query-params-in-params-object": "P03",
    f"{_PLUGIN}no-console-log": "P06",
    f"{_PLUGIN}no-object-casting": "T08",
    f"{_PLUGIN}no-value-modification": "P08",
    f"{_PLUGIN}no-while-true": "P07",
    f"{_PLUGIN}no-try-catch-unless-explicitly-allowed": "S05",
    f"{_PLUGIN}type-external-api-responses": "T01",
    "no-console": "P06",
    "@typescript-eslint/no-floating-promises": "P06",
    "import/extensions": "T04",
    "@typescript-eslint/consistent-type-imports": "T05",
    "import/consistent-type-specifier-style": "T05",
}
_LINE_COMMENT = re.compile(
    r"(?://|/\*)[ \t]*eslint-disable-(?P<where>next-line|line)\b(?P<rules>[^\n]*?)(?=[ \t]--|\*/|\r?$)",
    re.MULTILINE,
)
_BLOCK_COMMENT = re.compile(r"/\*\s*eslint-(?P<what>disable|enable)(?![\w-])(?P<rules>[^*]*?)(?=\s--|\*/)")
_ID = re.compile(r"[A-Za-z]+\d+")


def without_ignored(files: Mapping[str, str], findings: Iterable[Finding]) -> Iterator[Finding]:
    """Those findings that no comment asks to leave out.

    A comment stands on a line by itself and counts for the line below; of several in a row, each counts for the line
    below the last. It counts for its own line, too: a file as a whole is found wrong on its first one.
    """
    # Comments are looked for once in a file, and only in one with a finding.
    ignored: dict[str, dict[int, set[str]]] = {}
    for finding in findings:
        if finding.path not in ignored:
            text = files.get(finding.path, "")
            ignored[finding.path] = _ignored(text)
            if finding.path.endswith(".ts") and "eslint-disable" in text:
                for line, ids in _disabled(text):
                    ignored[finding.path].setdefault(line, set()).update(ids)
        if finding.rule not in ignored[finding.path].get(finding.line, ()):
            yield finding


def _ignored(text: str) -> dict[int, set[str]]:
    """The ids that are left out, by line."""
    if "nango-scaffold-ignore" not in text:
        return {}
    comments = {
        text.count("\n", 0, comment.start()) + 1: {id_.upper() for id_ in _ID.findall(comment[1])}
        for comment in _COMMENT.finditer(text)
    }
    lines: dict[int, set[str]] = {}
    for line, ids in sorted(comments.items()):
        # A comment right above hands on what it leaves out.
        above = lines.get(line, set())
        lines[line] = ids | above
        lines[line + 1] = ids | above
    return lines


def _disabled(text: str) -> Iterator[tuple[int, set[str]]]:
    """The ids that comments for ESLint leave out, by line."""
    for comment in _LINE_COMMENT.finditer(text):
        line = text.count("\n", 0, comment.start()) + 1
        yield line + (comment["where"] == "next-line"), _official(comment["rules"])
    since: dict[str, int] = {}
    last = text.count("\n") + 1
    for comment in _BLOCK_COMMENT.finditer(text):
        line = text.count("\n", 0, comment.start()) + 1
        for rule in _official(comment["rules"]):
            if comment["what"] == "disable":
                since.setdefault(rule, line)
            elif rule in since:
                yield from ((number, {rule}) for number in range(since.pop(rule), line))
    # What is not enabled again is left out down to the end.
    for rule, first in since.items():
        yield from ((number, {rule}) for number in range(first, last + 1))


def _official(names: str) -> set[str]:
    """Our ids for the rules that a comment for ESLint names: all of them when it names none."""
    rule_ids = [name.strip() for name in names.split(",") if name.strip()]
    if not rule_ids:
        return {*_OFFICIAL.values()}
    return {_OFFICIAL[name] for name in rule_ids if name in _OFFICIAL}
