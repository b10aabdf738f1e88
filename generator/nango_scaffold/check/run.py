"""All rules over a folder of integrations, and their findings fixed: rounds of looking and editing, until nothing changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from .. import nango_yaml
from ..frozen import frozen
from ..typescript.syntax import Syntax
from .finding import BOM
from .ignored import without_ignored
from .rules import RULES
from .tree import YAML

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .finding import Edit, Finding
    from .rule import Rule
    from .tree import Tree

_MOST_ROUNDS = 10  # should two rules ever undo each other's edits


def check(tree: Tree, rules: Sequence[Rule] = RULES) -> list[Finding]:
    """Everything that breaks a rule, in the order of files, lines and rules.

    What a comment asks to leave out is not among it; see `without_ignored`.
    """
    findings = (finding for rule in rules for finding in rule.findings(tree))
    return sorted(
        without_ignored(tree.files, findings),
        key=lambda finding: (finding.path, finding.line, finding.column, finding.rule, finding.message),
    )


@frozen
class Fixed:
    """A folder with every edit in it, what was found at first and is found no more, and what is found now."""

    tree: Tree
    fixed: tuple[Finding, ...]
    left: tuple[Finding, ...]


def fix(tree: Tree, rules: Sequence[Rule]) -> Fixed:
    """Carry out what findings offer, round by round: one edit may make room for another.

    A file stays as it is where edits would leave it unreadable, and so does all that hangs together with them.
    """
    first = findings = check(tree, rules)
    untouchable: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        after = fixed(tree.files, _usable(findings, tree, untouchable))
        broken = {path for path, text in after.items() if _breaks(path, tree.files[path], text)}
        changed = {path: text for path, text in after.items() if text != tree.files[path]}
        # A round that breaks a file counts for nothing: what it put into others may belong to the edit that broke it.
        if broken:
            untouchable |= broken
        elif not changed:
            break
        else:
            tree = replace(tree, files={**tree.files, **changed})
            findings = check(tree, rules)
    return Fixed(tree, tuple(_fixed_findings(first, findings)), tuple(findings))


def _usable(findings: Iterable[Finding], tree: Tree, untouchable: set[str]) -> list[Finding]:
    """The findings whose edits all lie in files that are there and may be edited."""
    usable = tree.files.keys() - untouchable
    fixable = (finding for finding in findings if finding.edits)
    return [finding for finding in fixable if usable.issuperset(edit.path for edit in finding.edits)]


def _breaks(path: str, before: str, after: str) -> bool:
    """Whether a file could be read before, and cannot any more."""
    return _can_be_read(path, before) and not _can_be_read(path, after)


def _can_be_read(path: str, text: str) -> bool:
    if path != YAML:
        return Syntax(text).is_whole
    try:
        nango_yaml.read(text)
    except nango_yaml.Refused:
        return False
    return True


def _fixed_findings(first: Iterable[Finding], now: Iterable[Finding]) -> Iterable[Finding]:
    """What is found no more. A finding may have moved, so its place does not count."""
    still = Counter(_what(finding) for finding in now)
    for finding in first:
        if still[_what(finding)]:
            still[_what(finding)] -= 1
        else:
            yield finding


def _what(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.path, finding.message


def fixed(files: Mapping[str, str], findings: Iterable[Finding]) -> dict[str, str]:
    """Carry out the edits of findings, each finding's all or none.

    A finding whose edits touch those of an earlier one is left for another round: its places may have moved.

    Returns:
        The new text of each file that changes.
    """
    chosen: list[Edit] = []
    for finding in findings:
        if all(not _touches(edit, other) for edit in finding.edits for other in chosen):
            chosen.extend(finding.edits)
    paths = sorted({edit.path for edit in chosen})
    return {path: _edited(files[path], [edit for edit in chosen if edit.path == path]) for path in paths}


def _touches(edit: Edit, other: Edit) -> bool:
    # Edits that only meet touch, too: of two insertions at one place none is known to come first.
    return edit.path == other.path and edit.start <= other.end and other.start <= edit.end


def _edited(text: str, edits: list[Edit]) -> str:
    bom = BOM if text.startswith(BOM) else ""  # it stays first, whatever is put there
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        start, end = max(edit.start, len(bom)), max(edit.end, len(bom))
        new = edit.text.removeprefix(bom) if edit.start == 0 else edit.text
        text = text[:start] + new + text[end:]
    return text
