"""Whether git passes over a file, by the patterns of .gitignore files (pure).

Source: git's gitignore(5); held against ``git check-ignore`` by a test.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_TRAILING_BLANKS = r"(?<!\\)[ \t]+$"


def is_ignored(path: str, ignore_files: Mapping[str, str]) -> bool:
    """Whether a file is ignored: by its own name, or because a folder above it is.

    Args:
        path: posix, below the top of the work tree.
        ignore_files: the text of each .gitignore by its folder, in the same way; ``''`` for the top.
    """
    parts = path.split("/")
    return any(
        _matches("/".join(parts[:length]), ignore_files, is_folder=length < len(parts))
        for length in range(1, len(parts) + 1)
    )


def _matches(path: str, ignore_files: Mapping[str, str], *, is_folder: bool) -> bool:
    """What the last pattern that matches says; those of nearer files come later."""
    ignored = False
    for folder in sorted(ignore_files, key=len):
        prefix = f"{folder}/" if folder else ""
        if not path.startswith(prefix):
            continue
        for line in ignore_files[folder].splitlines():
            pattern, is_negated = _pattern(line, is_folder=is_folder)
            if pattern and pattern.fullmatch(path[len(prefix) :]):
                ignored = not is_negated
    return ignored


def _pattern(line: str, *, is_folder: bool) -> tuple[re.Pattern[str] | None, bool]:
    """The pattern of a line as an expression, and whether it takes back; None where the line has none for such a path."""
    text = re.sub(_TRAILING_BLANKS, "", line)
    is_negated = text.startswith("!")
    text = text.removeprefix("!")
    if text.endswith("/") and not is_folder:
        return None, False
    text = text.removesuffix("/")
    if not text or line.startswith("#"):
        return None, False
    # A slash anywhere but at the end binds a pattern to the folder of its file.
    is_anchored = "/" in text
    expression = _expression(text.removeprefix("/"))
    try:
        return re.compile(expression if is_anchored else f"(?:.*/)?{expression}"), is_negated
    # A broken range, which git does not match either.
    except re.error:
        return None, False


_TOKEN = (
    r"(?P<head>^\*\*/)|(?P<middle>/\*\*/)|(?P<tail>/\*\*$)|(?P<stars>\*+)|(?P<one>\?)"
    r"|\[(?P<not>[!^]?)(?P<set>\]?[^\]/]*)\]|\\(?P<escaped>.)|(?P<plain>.)"
)
_MEANING = {"head": "(?:.*/)?", "middle": "/(?:.*/)?", "tail": "/.*", "stars": "[^/]*", "one": "[^/]"}


def _expression(text: str) -> str:
    return "".join(map(_meaning, re.finditer(_TOKEN, text)))


def _meaning(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    if kind in _MEANING:
        return _MEANING[kind]
    if kind == "set":
        # Python would take a bracket or a backslash for its own; a set never matches a slash.
        members = match["set"].replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        return f"[{'^/' if match['not'] else ''}{members}]"
    return re.escape(match["escaped"] or match["plain"])
