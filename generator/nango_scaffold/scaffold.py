"""The whole way, without writing: answers and facts, set against a project, become a plan.

Everything here is pure but for the reader it is handed: it looks at the project through that and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import __version__, nango_yaml, record
from .derive import derive
from .derive.pagination import pagination_reasons
from .errors import AnswersError, ProjectError
from .models.read import read_models
from .naming.reserved import INTEGRATION_NAME
from .plan import Change, Kept, Plan, decide
from .render.entry import block
from .render.integration import render_files
from .render.paths import ROOT, SCHEMA, YAML
from .render.zod import extend_schema_file, schema_file

if TYPE_CHECKING:
    from .answers import Answers
    from .derive.spec import Guess
    from .nango_yaml import Difference, Document
    from .providers import ProviderFacts

Reader = Callable[[Iterable[str]], Mapping[str, "bytes | None"]]
"""Gives what stands at some paths of the project; ``None`` where there is no file."""


@dataclass(frozen=True)
class Job:
    """One integration to be written."""

    answers: Answers
    facts: ProviderFacts


@dataclass(frozen=True)
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


@dataclass
class _Project:
    """The project as it stands after the jobs so far: what was read, and what has been put over it."""

    reader: Reader
    original: dict[str, bytes | None] = field(default_factory=dict)
    now: dict[str, bytes | None] = field(default_factory=dict)

    def get(self, path: str) -> bytes | None:
        """What stands at a path now."""
        return self.read([path])[path]

    def read(self, paths: Iterable[str]) -> dict[str, bytes | None]:
        """What stands at some paths now."""
        wanted = list(paths)
        if unknown := [path for path in wanted if path not in self.original]:
            self.original.update(self.reader(unknown))
        return {path: self.now.get(path, self.original[path]) for path in wanted}

    def text(self, path: str) -> str | None:
        """The text at a path now."""
        data = self.get(path)
        return None if data is None else nango_yaml.decode(data)

    def put(self, path: str, data: bytes | None) -> None:
        """Let a file be something else from now on; ``None``: let it go."""
        self.get(path)
        self.now[path] = data

    def changes(self) -> list[Change]:
        """Every file that is not as it was, and those read that are."""
        return [Change(path, self.original[path], after) for path, after in sorted(self.now.items())]


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
    project = _Project(reader)
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


@dataclass(frozen=True)
class _Found:
    kept: tuple[Kept, ...]
    differences: tuple[Difference, ...]
    guesses: tuple[Guess, ...]
    paginations: Mapping[str, str]


def _integration(job: Job, project: _Project, *, prune: bool) -> _Found:
    """Put one integration into the project in memory."""
    record_path = _record_path(job.answers.integration)
    written = project.text(record_path)
    last = record.from_text(written, record_path) if written is not None else None
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

    plan = _decided(files, project, last)
    project.put(YAML, merged.text.encode())
    schema = _put_schema(project, document, after, last)
    founded = _found_project_files(project_files, project, last, document.integrations)
    for change in plan.changes:
        project.put(change.path, change.after)
    files = {**_written(files, plan, last), **founded}
    now = record.Record(job.answers.raw, job.facts.to_data(), files, merged.owned, __version__, schema)
    project.put(record_path, record.to_text(now).encode())
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


def _decided(files: Mapping[str, str], project: _Project, last: record.Record | None) -> Plan:
    written = {
        path: text.encode()
        for path, text in (last.files if last else {}).items()
        if path.startswith(f"{ROOT}/")
    }
    on_disk = project.read([*files, *written])
    return decide({path: text.encode() for path, text in files.items()}, on_disk, written)


def _written(files: Mapping[str, str], plan: Plan, last: record.Record | None) -> dict[str, str]:
    """What we wrote last of each file: now, or earlier where the user's version stays."""
    kept = {found.path for found in plan.kept}
    before = {path: text for path, text in (last.files if last else {}).items() if path in kept}
    return {**{path: text for path, text in files.items() if path not in kept}, **before}


def _found_project_files(
    files: Mapping[str, str], project: _Project, last: record.Record | None, others: Iterable[str]
) -> dict[str, str]:
    """Write the project files that are not there and never were ours; give all that this integration founded."""
    ours = {path: text for path, text in (last.files if last else {}).items() if path in files}
    absent = [path for path in files if project.get(path) is None]
    founded_before = {*ours, *(_founded_by(others, project) if absent else ())}
    for path in absent:
        if path not in founded_before:
            project.put(path, files[path].encode())
            ours[path] = files[path]
    return ours


def _founded_by(integrations: Iterable[str], project: _Project) -> Iterator[str]:
    """The files that runs for other integrations wrote: one that is gone was deleted by the user."""
    return (path for found in _records(integrations, project) for path in found.files)


def _records(integrations: Iterable[str], project: _Project) -> Iterator[record.Record]:
    """The records of all integrations that have one."""
    paths = [_record_path(name) for name in integrations if INTEGRATION_NAME.fullmatch(str(name))]
    for path, data in project.read(paths).items():
        if data is not None:
            yield record.from_text(data.decode(), path)


def _record_path(integration: str) -> str:
    return f"{ROOT}/{integration}/{record.NAME}"


def _put_schema(project: _Project, before: Document, after: Document, last: record.Record | None) -> str:
    """Bring schema.zod.ts up to the new models: whole while it is as we left it, else only by what it lacks.

    Returns:
        The digest of the file where it is all ours, else an empty text. A run that leaves the file as it is leaves its
        record, too: another integration may have written the file since, and notes what it left.
    """
    existing = project.text(SCHEMA)
    models = read_models(after.models, after.integrations)
    rendered = schema_file(models)
    if existing is None or _is_ours(existing, rendered, before, project):
        project.put(SCHEMA, rendered.encode())
        return last.schema if last and existing == rendered else record.digest(rendered)
    project.put(SCHEMA, extend_schema_file(existing, models).encode())
    return ""


def _is_ours(existing: str, rendered: str, before: Document, project: _Project) -> bool:
    """Whether schema.zod.ts is what we render, for the new models or the old, or as one of our runs left it."""
    if existing in (rendered, schema_file(read_models(before.models, before.integrations))):
        return True
    left = record.digest(existing)
    return any(found.schema == left for found in _records(before.integrations, project))
