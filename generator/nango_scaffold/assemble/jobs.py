"""Jobs: integrations to be written, in order, and the outcome of writing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from .. import __version__, nango_yaml, record
from ..derive import derive
from ..derive.pagination import pagination_reasons
from ..errors import AnswersError, ProjectError
from ..frozen import frozen
from ..plan import Kept, Plan
from ..render.entry import block
from ..render.integration import render_files
from ..render.paths import YAML
from .files import decided, found_project_files, written
from .project import Project
from .records import last_record, record_path
from .schema import put_schema

if TYPE_CHECKING:
    from ..answers import Answers
    from ..derive.spec import Guess
    from ..nango_yaml import Difference
    from ..providers import ProviderFacts
    from .project import Reader


@frozen
class Job:
    """One integration to be written."""

    answers: Answers
    facts: ProviderFacts


@frozen
class Outcome:
    """What a run would do.

    Attributes:
        plan: every change of the project's files.
        guesses: for each integration, what was neither said nor known.
        differences: what stays in nango.yaml as the user has it.
        paginations: for each integration, how each script that reads pages does so, and why, in words.
    """

    plan: Plan
    guesses: Mapping[str, tuple[Guess, ...]]
    differences: tuple[Difference, ...]
    paginations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def has_conflicts(self) -> bool:
        """Whether something new could not be brought in because the user's version stays."""
        return any(kept.news for kept in self.plan.kept) or any(
            difference.why == "conflict" for difference in self.differences
        )


def scaffold(jobs: Sequence[Job], reader: Reader, *, prune: bool = False) -> Outcome:
    """Work out everything a run would write.

    Args:
        jobs: the integrations, in order; later ones see what earlier ones add.
        reader: reads the project.
        prune: let syncs and actions go that an earlier run wrote and the answers name no more.

    Raises:
        AnswersError: answers that cannot be used.
        ProjectError: a project that cannot be written to safely.
    """
    _refuse_twice([job.answers.integration for job in jobs])
    project = Project(reader)
    kept: list[Kept] = []
    differences: list[Difference] = []
    guesses: dict[str, tuple[Guess, ...]] = {}
    paginations: dict[str, Mapping[str, str]] = {}
    for job in jobs:
        found = _integration(job, project, prune=prune)
        kept += found.kept
        differences += found.differences
        guesses[job.answers.integration] = found.guesses
        paginations[job.answers.integration] = found.paginations
    return Outcome(Plan(tuple(project.changes()), tuple(kept)), guesses, tuple(differences), paginations)


@frozen
class _Found:
    kept: tuple[Kept, ...]
    differences: tuple[Difference, ...]
    guesses: tuple[Guess, ...]
    paginations: Mapping[str, str]


def _integration(job: Job, project: Project, *, prune: bool) -> _Found:
    """Put one integration into the project in memory."""
    last = last_record(job.answers.integration, project)
    if last and not prune:
        _refuse_dropping(job.answers, last)
    before = project.text(YAML)
    document = nango_yaml.read(before or "")
    ours = last.block.models if last else {}
    taken = {
        name: fields
        for name, fields in document.models.items()
        if name not in ours and isinstance(fields, Mapping)
    }

    spec = derive(job.answers, job.facts, taken)
    files, project_files = render_files(spec)
    merged = nango_yaml.merge(before, block(spec), last.block if last else None)
    after = nango_yaml.read(merged.text)

    plan = decided(files, project, last)
    project.put(YAML, merged.text.encode())
    schema = put_schema(project, document, after, last)
    founded = found_project_files(project_files, project, last, document.integrations)
    for change in plan.changes:
        project.put(change.path, change.after)
    files = {**written(files, plan, last), **founded}
    now = record.Record(job.answers.raw, job.facts.to_data(), files, merged.owned, __version__, schema)
    project.put(record_path(job.answers.integration), record.to_text(now).encode())
    return _Found(plan.kept, tuple(merged.kept), spec.guesses, pagination_reasons(spec))


def _refuse_twice(integrations: Sequence[str]) -> None:
    """Two answers for one integration in one run: the second would undo the first."""
    for index, name in enumerate(integrations):
        if name in integrations[:index]:
            raise AnswersError(
                f"two of the answers are for {name}",
                where="integration",
                fix="put them into one file, or give one another `integration:`",
            )


def _refuse_dropping(answers: Answers, last: record.Record) -> None:
    """Answers that name less than was written: whoever meant to add must not lose what is deployed."""
    for kind, named, before in (
        ("sync", answers.syncs, last.block.syncs),
        ("action", answers.actions, last.block.actions),
    ):
        gone = sorted(set(before) - {script.name for script in named})
        if gone:
            raise ProjectError(
                f"{answers.integration} has the {kind} {gone[0]}, which the answers do not name: it would be deleted",
                where=f"{kind}s",
                fix=f"name it too, or say --prune to let go of {', '.join(gone)}",
            )
