"""The rules of ``check`` as a page of the documentation, a heading for each id, written from their classes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nango_scaffold.check.rule import Rule
from nango_scaffold.check.rules import rules_by_group

_HEAD = """\
# The rules

What [`nango-scaffold check`](../check.md) checks. An error is rejected by Nango's own CLI or lint, or fails at run time; a
warning breaks a convention; a note is a guess that may be wrong, reported with `--verbose` and never a failure.
"""
_LEVELS = {"error": "An error", "warning": "A warning", "note": "A note"}


def page() -> str:
    """The page, in Markdown."""
    sections = ("".join(_section(group, rules)) for group, rules in rules_by_group().items())
    return "\n".join([_HEAD, *sections])


def _section(group: str, rules: list[Rule]) -> Iterator[str]:
    yield f"## {_prose(group)}\n"
    for rule in rules:
        yield f"\n### {rule.id}\n\n{_prose(rule.summary)}\n"
        yield from (f"\n{_prose(paragraph)}\n" for paragraph in rule.reasons)
        yield f"\n{_LEVELS[rule.level]}{'; `--fix` can fix it' if rule.fixable else ''}.\n"


def _prose(text: str) -> str:
    """Text in which Markdown finds nothing of its own, but the code that is in it."""
    parts = text.split("`")
    parts[::2] = [re.sub(r"([_*\[])", r"\\\1", part).replace("<", "&lt;") for part in parts[::2]]
    return "`".join(parts)
