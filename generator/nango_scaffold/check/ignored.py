"""Findings that a comment asks to leave out: ``// nango-scaffold-ignore T08: why``, in nango.yaml behind ``#``."""

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
_ID = re.compile(r"[A-Za-z]+\d+")


def without_ignored(files: Mapping[str, str], findings: Iterable[Finding]) -> Iterator[Finding]:
    """Those findings that no comment asks to leave out.

    A comment stands on a line by itself and counts for the line below; of several in a row, each counts for the line
    below the last. It counts for its own line, too: a file as a whole is found wrong on its first one.

    Args:
        files: the texts by path.
        findings: what was found in them.
    """
    ignored: dict[str, dict[int, set[str]]] = {}
    for finding in findings:
        if finding.path not in ignored:
            ignored[finding.path] = _ignored(files.get(finding.path, ""))
        if finding.rule not in ignored[finding.path].get(finding.line, ()):
            yield finding


def _ignored(text: str) -> dict[int, set[str]]:
    """The ids that are left out, by line."""
    if "nango-scaffold-ignore" not in text:
        return {}
    comments = {
        text.count("\n", 0, found.start()) + 1: {one.upper() for one in _ID.findall(found[1])}
        for found in _COMMENT.finditer(text)
    }
    lines: dict[int, set[str]] = {}
    for line, ids in sorted(comments.items()):
        above = lines.get(line, set())
        lines[line] = ids | above
        lines[line + 1] = ids | above
    return lines
