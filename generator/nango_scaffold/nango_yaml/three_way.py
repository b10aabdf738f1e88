"""The three-way comparison: the block as we last wrote it, the user's file, and the new block, key by key.

Only we changed a value: ours is written. Only the user did: theirs stays. Both did: theirs stays and is reported. What
the user took out stays out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, TypeAlias

import yaml

from ..frozen import frozen
from ..yaml12.nodes import value_of
from ..yaml12.scalars import same
from .document import Document, is_alias
from .edits import ABSENT, Block, Difference, Edit, Path
from .errors import Position, Refused, position

_Entries: TypeAlias = Mapping[str, Any]


@frozen
class Plan:
    """Edits to make and differences to report."""

    edits: list[Edit] = field(default_factory=list)
    kept: list[Difference] = field(default_factory=list)

    def edit(self, path: Path, value: Any, after: str | None = None) -> None:
        """Note a change."""
        self.edits.append(Edit(path, value, after))

    def keep(self, path: Path, ours: Any, theirs: Any, why: str) -> None:
        """Note something left as the user has it."""
        self.kept.append(Difference(path, ours, theirs, why))

    def extend(self, other: Plan) -> None:
        """Take over another plan."""
        self.edits.extend(other.edits)
        self.kept.extend(other.kept)


class Comparison:
    """Compares blocks with one file."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def integration(self, ours: Block, base: Block) -> Plan:
        """What to do with the syncs, actions and events of a block.

        Raises:
            Refused: an entry exists that is not ours and differs from ours.
        """
        plan = Plan()
        root = ("integrations", ours.integration)
        theirs = self.at(root)
        if not (theirs in (ABSENT, None) or isinstance(theirs, Mapping)):
            raise Refused(f"{'.'.join(root)} is not a mapping", line=self.document.line_of(*root))
        for section, new, old in _sections(ours, base):
            entries = theirs.get(section) if isinstance(theirs, Mapping) else None
            entries = {} if entries is None else entries
            if not isinstance(entries, Mapping):
                place = (*root, section)
                raise Refused(f"{'.'.join(place)} is not a mapping", line=self.document.line_of(*place))
            if section == "on-events":
                self._events(plan, (*root, section), new, old, entries)
            else:
                self._entries(plan, (*root, section), new, old, entries)
        return plan

    def value(self, path: Path, ours: Any, base: Any, theirs: Any, after: str | None = None) -> Plan:
        """What to do with one value that was ours, or with a new one.

        Args:
            path: where it stands.
            ours: the new value, ``ABSENT`` for none.
            base: the value as we last wrote it, ``ABSENT`` for none.
            theirs: the value in the file, ``ABSENT`` for none.
            after: for a new key, the key it follows.
        """
        plan = Plan()
        if theirs is ABSENT:
            _add(plan, path, ours, base, after)
        elif _equal(ours, theirs):
            pass  # whoever brought it about
        elif _equal(base, theirs) and self._writable(path):
            self._change(plan, path, ours, base, theirs)
        elif self._mergeable(path, ours, base, theirs):
            # Both changed it: key by key, so that only what both changed is left as the user has it.
            self.fields(plan, path, ours, base, theirs)
        else:
            only_they_changed_it = base is not ABSENT and (ours is ABSENT or same(ours, base))
            plan.keep(path, ours, theirs, "edited" if only_they_changed_it else "conflict")
        return plan

    def fields(self, plan: Plan, path: Path, ours: _Entries, base: _Entries, theirs: _Entries) -> None:
        """Merge two mappings key by key."""
        # A new key goes behind the one that it follows with us, as far as that is written here.
        before = ""
        for name, value in ours.items():
            their_value = theirs.get(name, ABSENT)
            plan.extend(self.value((*path, name), value, base.get(name, ABSENT), their_value, before))
            if their_value is not ABSENT and self.document.pair(*path, name):
                before = name
        self._withdrawn(plan, path, ours, base, theirs)

    def at(self, path: Path) -> Any:
        """The data at a path of two or more keys, ``ABSENT`` when there is none."""
        pair = self.document.pair(*path)
        return ABSENT if pair is None else value_of(pair[1])

    def _entries(self, plan: Plan, path: Path, ours: _Entries, base: _Entries, theirs: _Entries) -> None:
        for name, value in ours.items():
            their_value = theirs.get(name, ABSENT)
            # Another script that happens to have the name: merged key by key, two scripts would become one.
            if name not in base and their_value is not ABSENT and not same(value, their_value):
                raise self._not_ours((*path, name))
            plan.extend(self.value((*path, name), value, base.get(name, ABSENT), their_value))
        self._withdrawn(plan, path, ours, base, theirs)

    def _withdrawn(self, plan: Plan, path: Path, ours: _Entries, base: _Entries, theirs: _Entries) -> None:
        """Take out what was ours and is no more."""
        for name, value in base.items():
            if name not in ours and name in theirs:
                plan.extend(self.value((*path, name), ABSENT, value, theirs[name]))

    def _not_ours(self, path: Path) -> Refused:
        pair = self.document.pair(*path)
        place = position(pair[0]) if pair else Position(line=0, column=0)
        return Refused(
            f"{'.'.join(path[1:])} exists already, was not written by us, and differs",
            **place,
            fix="Give the new one another name, or remove that entry first.",
        )

    def _events(self, plan: Plan, path: Path, ours: _Entries, base: _Entries, theirs: _Entries) -> None:
        """Scripts of an event are a set that several writers share: add ours, take out what was ours and is no more."""
        for event in dict.fromkeys([*ours, *base]):
            scripts = theirs.get(event)
            scripts = scripts if isinstance(scripts, list) else []
            self._event(plan, (*path, event), ours.get(event, []), base.get(event, []), scripts)

    @staticmethod
    def _event(plan: Plan, path: Path, ours: list[str], base: list[str], theirs: list[str]) -> None:
        """Merge the scripts of one event."""
        missing = set(ours) - set(theirs)
        if missing & set(base):  # what the user took out stays out
            plan.keep(path, ours, theirs, "deleted")
        withdrawn = set(base) - set(ours)
        remaining = [script for script in theirs if script not in withdrawn]
        added = [script for script in ours if script in missing - set(base)]
        merged = remaining + added
        if merged != theirs:
            plan.edit(path, merged or ABSENT)

    def _change(self, plan: Plan, path: Path, ours: Any, base: Any, theirs: Any) -> None:
        if self._mergeable(path, ours, base, theirs):
            self.fields(plan, path, ours, base, theirs)
        elif self.document.pair(*path) is None and ours is ABSENT:
            # The user has it come in by a merge key: there is nothing here to take out.
            plan.keep(path, ABSENT, theirs, "edited")
        else:
            plan.edit(path, ours)

    def _mergeable(self, path: Path, ours: Any, base: Any, theirs: Any) -> bool:
        if not (isinstance(ours, Mapping) and isinstance(base, Mapping) and isinstance(theirs, Mapping)):
            return False
        pair = self.document.pair(*path)
        # Keys are put between keys on lines of their own; behind an alias they would change in two places.
        if pair is None or is_alias(pair) or not _is_block_mapping(pair[1]):
            return False
        return bool(ours and theirs)

    def _writable(self, path: Path) -> bool:
        """An alias is the user's doing: what it stands for is written elsewhere."""
        pair = self.document.pair(*path)
        return pair is None or not is_alias(pair)


def _add(plan: Plan, path: Path, ours: Any, base: Any, after: str | None) -> None:
    """Add what the file does not hold, unless the user took it out."""
    if ours is ABSENT:
        return
    if base is ABSENT:
        plan.edit(path, ours, after)
    else:
        plan.keep(path, ours, ABSENT, "deleted")


def _equal(left: Any, right: Any) -> bool:
    return left is not ABSENT and same(left, right)


def lift(document: Document, edits: list[Edit]) -> list[Edit]:
    """Turn edits below keys that do not exist yet into one edit each that brings the whole new branch.

    Sections and integrations that lose their last entry go as a whole, too.
    """
    branches: dict[Path, Any] = {}
    result: list[Edit] = []
    for edit in edits:
        root = _first_missing(document, edit.path)
        if edit.value is ABSENT or root == edit.path:
            result.append(edit)
            continue
        # Two entries below one missing key are one branch: as two edits they would write that key twice.
        branch = branches.setdefault(root, {})
        for name in edit.path[len(root) : -1]:
            branch = branch.setdefault(name, {})
        branch[edit.path[-1]] = edit.value
    result += [Edit(path, value) for path, value in branches.items()]
    return _lift_removals(document, result, depth=3)


def _lift_removals(document: Document, edits: list[Edit], depth: int) -> list[Edit]:
    """Replace the removal of all entries of ``integrations.x.syncs``, then of all of ``integrations.x``, by one."""
    if depth < 2:
        return edits
    # From the inside out: with its last section an integration has lost its last entry, too. Left there empty, it would
    # have the CLI read the whole file in its old form if it is the first.
    by_parent: dict[Path, list[Edit]] = {}
    for edit in edits:
        by_parent.setdefault(edit.path[:-1], []).append(edit)
    result: list[Edit] = []
    for parent, group in by_parent.items():
        whole = len(parent) == depth and parent[0] == "integrations" and _takes_all(document, parent, group)
        result += [Edit(parent, ABSENT)] if whole else group
    return _lift_removals(document, result, depth - 1)


def _takes_all(document: Document, parent: Path, group: list[Edit]) -> bool:
    pair = document.pair(*parent)
    if pair is None or not isinstance(pair[1], yaml.MappingNode):
        return False
    return all(edit.value is ABSENT for edit in group) and len(group) == len(pair[1].value)


def _first_missing(document: Document, path: Path) -> Path:
    for length in range(1, len(path)):
        if document.pair(*path[:length]) is None:
            return path[:length]
    return path


def _is_block_mapping(node: yaml.Node) -> bool:
    return isinstance(node, yaml.MappingNode) and not node.flow_style


def _sections(ours: Block, base: Block) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    yield "syncs", ours.syncs, base.syncs
    yield "actions", ours.actions, base.actions
    yield "on-events", ours.on_events, base.on_events
