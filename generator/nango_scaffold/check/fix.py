"""A folder of integrations mended: rounds of looking and editing, until nothing more changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from .. import nango_yaml
from ..frozen import frozen
from ..typescript.syntax import Syntax
from .fixing import fixed
from .run import check
from .tree import YAML

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .finding import Finding
    from .rule import Rule
    from .tree import Tree

_MOST_ROUNDS = 10


@frozen
class Mended:
    """What became of a folder.

    Attributes:
        tree: the folder with every mend in it.
        mended: what was found at first and is found no more.
        left: what is found now.
    """

    tree: Tree
    mended: tuple[Finding, ...]
    left: tuple[Finding, ...]


def mend(tree: Tree, rules: Sequence[Rule]) -> Mended:
    """Carry out what findings offer, round by round: one mend may make room for another.

    A file stays as it is where mends would leave it unreadable, and so does all that hangs together with them.

    Args:
        tree: the folder.
        rules: those to look by.
    """
    first = found = check(tree, rules)
    untouchable: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        after = fixed(tree.files, _usable(found, tree, untouchable))
        broken = {path for path, text in after.items() if _breaks(path, tree.files[path], text)}
        changed = {path: text for path, text in after.items() if text != tree.files[path]}
        if broken:
            untouchable |= broken
        elif not changed:
            break
        else:
            tree = replace(tree, files={**tree.files, **changed})
            found = check(tree, rules)
    return Mended(tree, tuple(_gone(first, found)), tuple(found))


def _usable(findings: Iterable[Finding], tree: Tree, untouchable: set[str]) -> list[Finding]:
    """The findings whose mends all lie in files that are there and may be edited."""
    usable = set(tree.files) - untouchable
    return [one for one in findings if one.edits and all(edit.path in usable for edit in one.edits)]


def _breaks(path: str, before: str, after: str) -> bool:
    """Whether a file could be read before, and cannot any more."""
    can_be_read = _is_yaml if path == YAML else _is_typescript
    return can_be_read(before) and not can_be_read(after)


def _is_yaml(text: str) -> bool:
    try:
        nango_yaml.read(text)
    except nango_yaml.Refused:
        return False
    return True


def _is_typescript(text: str) -> bool:
    return Syntax(text).is_whole


def _gone(first: Iterable[Finding], now: Iterable[Finding]) -> Iterable[Finding]:
    """What is found no more. A finding may have moved, so its place does not count."""
    still = Counter(_what(one) for one in now)
    for one in first:
        if still[_what(one)]:
            still[_what(one)] -= 1
        else:
            yield one


def _what(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.path, finding.message
