"""Many integrations brought to a newer version, one after the other, as one change of the project."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .. import __version__
from ..answers import load_answers
from ..errors import Place, ProjectError, ScaffoldError
from ..frozen import frozen
from ..plan import Change, Kept, Merged, Plan
from ..project.layout import DEFAULT, Layout
from ..providers import ProviderFacts
from .manifests import manifest_path
from .new import Job, scaffold
from .place import Outcome
from .project import Project

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..manifest import Manifest
    from ..nango_yaml import Difference
    from ..plan import Merging
    from .project import Reader


@frozen
class Row:
    """What an update did to one integration.

    Attributes:
        integration: its key in nango.yaml.
        before: the version it had.
        after: the version it has now.
        changed: the files that are not as they were, those that only keep books left out.
        merged: those in which the user's edits and new lines came together.
        conflicts: those with marks in them, and the places of nango.yaml where the user's value stands against a new one.
        kept: what stays as the user has it.
    """

    integration: str
    before: str
    after: str
    changed: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@frozen
class Updated(Outcome):
    """The outcome of an update, and what it did to each integration."""

    rows: tuple[Row, ...] = ()


@dataclass
class Update:
    """An update under way: the project in memory, and what has been done so far."""

    reader: Reader
    layout: Layout = DEFAULT
    rows: list[Row] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.project = Project(self.reader)

    def take(self, changes: Iterable[Change]) -> None:
        """Put changes that were worked out elsewhere into the project.

        Raises:
            ProjectError: a file is not as they took it to be.
        """
        # Copier works in copies, for a while in which the project may be edited.
        for change in changes:
            if self.project.get(change.path) != change.before:
                raise ProjectError(
                    "the file was changed while the update was being prepared",
                    where=change.path,
                    fix="nothing was changed; run the command again",
                )
            self.project.put(change.path, change.after)

    def render_anew(
        self,
        name: str,
        last: Manifest,
        facts: ProviderFacts | None,
        merging: Merging,
        handed_over: tuple[str, ...] = (),
    ) -> None:
        """Write an integration as this version does, from the answers of its manifest.

        Args:
            name: its key in nango.yaml.
            last: its manifest.
            facts: what is known of the provider, where it is not to be as the integration was written with.
            merging: what becomes of edited files.
            handed_over: the paths of hand-written files that their owner hands over.

        Raises:
            ScaffoldError: it cannot be done; the place names the integration.
        """
        # An older version would take out what a newer one has learned to write.
        if _parts(last.generator) > _parts(__version__):
            raise ProjectError(
                f"{name} was written by nango-scaffold {last.generator}, this is {__version__}",
                where=manifest_path(name),
                fix="update nango-scaffold first",
            )
        try:
            job = Job(load_answers(last.answers), facts or ProviderFacts.from_data(last.facts), handed_over)
            outcome = scaffold([job], self.project.read, merging=merging, layout=self.layout)
        except ScaffoldError as error:
            error.locate(lambda problem: problem.place or Place(manifest_path(name)))
            raise
        for change in outcome.plan.changes:
            self.project.put(change.path, change.after)
        self.kept += outcome.plan.kept
        self.merged += outcome.plan.merged
        self.differences += outcome.differences
        self.rows.append(_row(name, last.generator, outcome))

    def outcome(self) -> Updated:
        """All of it."""
        plan = Plan(tuple(self.project.changes()), tuple(self.kept), tuple(self.merged))
        rows = tuple(sorted(self.rows, key=lambda row: row.integration))
        return Updated(plan, {}, tuple(self.differences), rows=rows)


def changed_files(integration: str, changes: Iterable[Change], books: Iterable[str]) -> tuple[str, ...]:
    """The files that are not as they were, without those that only keep books."""
    without = {manifest_path(integration), *books}
    return tuple(
        change.path for change in changes if change.kind != "unchanged" and change.path not in without
    )


def places_in_conflict(differences: Iterable[Difference]) -> tuple[str, ...]:
    """The places of nango.yaml where the user's value stands against a new one."""
    return tuple(".".join(difference.path) for difference in differences if difference.why == "conflict")


def places_kept(differences: Iterable[Difference]) -> tuple[str, ...]:
    """The places of nango.yaml that stay as the user has them, with nothing new against them."""
    return tuple(".".join(difference.path) for difference in differences if difference.why != "conflict")


def _row(name: str, before: str, outcome: Outcome) -> Row:
    plan = outcome.plan
    marked = _paths(each for each in plan.merged if each.conflicts)
    with_news = _paths(each for each in plan.kept if each.news)
    without_news = _paths(each for each in plan.kept if not each.news)
    return Row(
        name,
        before,
        __version__,
        changed=changed_files(name, plan.changes, ()),
        merged=_paths(each for each in plan.merged if not each.conflicts),
        conflicts=(*marked, *with_news, *places_in_conflict(outcome.differences)),
        kept=(*without_news, *places_kept(outcome.differences)),
    )


def _paths(files: Iterable[Kept | Merged]) -> tuple[str, ...]:
    return tuple(file.path for file in files)


def _parts(version: str) -> list[int]:
    # A manifest may hold anything for a version.
    return [int(part) for part in re.findall(r"\d{1,9}", version[:50])[:3]]
