"""The gate: everything that could go wrong is looked for before Copier writes its first file.

Copier cannot take back what it has written, and an update that fails half-way loses the user's edits. So nothing of
ours may fail later: the answers are derived from and rendered, the merge into nango.yaml is rehearsed, and a copy
that would spoil what is there is refused.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from .. import nango_yaml
from ..answers.format import ANSWERS
from ..answers.load import BadAnswersError
from ..commit import folders_in, is_unfinished, preflight, read
from ..errors import AnswersError, ProjectError, ScaffoldError
from ..frozen import frozen
from ..operations import Project as Files
from ..operations.files import refuse_twin_folder
from ..operations.manifests import founded_by, last_manifest, manifest_path
from ..render.paths import ROOT, YAML
from . import answers_file
from .integrate import bring_in, integration_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..manifest import Manifest
    from ..project import NangoProject
    from .integrate import StoredIntegration


@frozen
class Visit:
    """One run of Copier, as the gate sees it.

    Attributes:
        project: the destination.
        copier_answers: the answers.
        answers_file: where Copier keeps them, below the project.
        commit: the template's version as Copier writes it down; None for a plain folder.
        overwrite: whether files that are there are replaced.
        is_temporary: whether it is one of the copies that an update compares, in an empty folder.
    """

    project: Path
    copier_answers: Mapping[str, Any]
    answers_file: str
    commit: str | None
    overwrite: bool
    is_temporary: bool

    @cached_property
    def files(self) -> Files:
        """The files of the destination, each read once."""
        return Files(partial(read, self.project))


@frozen
class Passed:
    """What the gate found out, for what comes after it.

    Attributes:
        founded: the project files that are not there, and come with this integration.
        deleted: files that were written once and that the user has deleted since, or has in another place.
        project_files: those founded, and the ones that came with it earlier.
        manifest_lost: whether Copier has kept answers for the integration, but the manifest is gone.
        script: a sync or an action, for the commands shown at the end.
        has_tests: whether tests come with the integration.
    """

    script: str
    founded: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    project_files: tuple[str, ...] = ()
    manifest_lost: bool = False
    has_tests: bool = False


def refuse_place(project: Path) -> None:
    """Refuse a destination inside ``nango-integrations/``.

    Raises:
        ProjectError: it is.
    """
    for folder in (project, *project.parents):
        if folder.name == ROOT:
            what = f"the destination is inside {ROOT}/"
            raise ProjectError(what, where=str(project), fix=f"name {folder.parent}")


def refuse_kind(project: NangoProject, destination: Path) -> None:
    """Refuse a destination that Copier cannot write into.

    Raises:
        ProjectError: it is of the zero-yaml flavour, or its nango.yaml lies in another folder than Copier writes to.
    """
    project.refuse_unwritable()
    project.refuse_other_than_default(str(destination))


def refuse_data(data: Mapping[str, Any]) -> None:
    """Refuse what was given by ``--data`` or a data file, as far as it can be judged by itself.

    Raises:
        AnswersError: a key that is no answer, or an answer of the wrong shape.
    """
    for sentence in answers_file.unknown_keys(data):
        raise AnswersError(sentence)
    answers_file.refuse_odd_answers(data)
    answers = {key: data[key] for key in answers_file.FORMAT_KEYS if key in data}
    problems = list(ANSWERS.problems(answers, ""))
    # The provider may be stored, or asked for later: then nothing that is missing is a problem yet.
    if "provider" not in answers:
        problems = [problem for problem in problems if problem.where in answers]
    if problems:
        raise BadAnswersError(problems)


def pass_gate(visit: Visit, project: NangoProject) -> Passed:
    """Check all that a run of Copier is going to do.

    Raises:
        ScaffoldError: it would not go well; nothing has been written.
    """
    answers_file.refuse_odd_answers(visit.copier_answers)
    integration = integration_of(visit.copier_answers)
    script = next(iter(integration.scripts))
    # An update renders into empty folders, too, where nothing stands that could be spoilt.
    if visit.is_temporary:
        return Passed(script)
    _refuse_moved(visit, integration)
    refuse_twin_folder(integration.name, folders_in(visit.project / ROOT), ROOT)
    _refuse_unfinished(visit)  # before files are read that a killed run may have left in half
    last, before = last_manifest(integration.name, visit.files), _answers_before(visit, integration)
    _refuse_overlooking(integration, last, before)
    absent = _absent_files(visit, integration)
    written = {*_written_before(visit, integration, last), *project.layout.elsewhere}
    founded = tuple(path for path in absent if path in integration.project_files and path not in written)
    was_there = before is not None
    # The rehearsal of the task, which runs when Copier has written and nothing can be taken back any more.
    outcome = bring_in(integration, visit.files.read, founded, was_there=was_there, is_merged=visit.overwrite)
    preflight(visit.project, outcome.plan)
    project_files = dict.fromkeys((*answers_file.project_files_of(before or {}), *founded))
    return Passed(
        script,
        founded,
        deleted=tuple(path for path in absent if path in written),
        project_files=tuple(project_files),
        manifest_lost=was_there and last is None,
        has_tests=bool(integration.spec.tests),
    )


def _absent_files(visit: Visit, integration: StoredIntegration) -> list[str]:
    """The files of an integration, and the project's own that it needs, that the destination does not have."""
    contents = visit.files.read([*integration.files, *integration.project_files])
    return [path for path, data in contents.items() if data is None]


def _refuse_unfinished(visit: Visit) -> None:
    if is_unfinished(visit.project):
        raise ProjectError(
            "another run is at work here, or one was killed",
            where=str(visit.project),
            fix="wait for it, or run nango-scaffold new once: it recovers that run",
        )


def _written_before(visit: Visit, integration: StoredIntegration, last: Manifest | None) -> set[str]:
    """The files that runs for any integration wrote: one of them that is gone was deleted by the user."""
    names = nango_yaml.read(visit.files.text(YAML) or "").integrations
    written = {*founded_by((name for name in names if name != integration.name), visit.files)}
    if last:
        written.update(last.files, last.project_files)
    return written


def first_steps(project: NangoProject, passed: Passed) -> dict[str, Any]:
    """What the message after a copy says of the project.

    Returns:
        ``install``, the command that installs the CLI and what runs tests, empty when they are there; ``run``, what comes
        before a command of the CLI; ``warnings``, lines.
    """
    # Empty where all of it is there; in parentheses where it is to be run in another folder.
    install = project.install_step(passed.founded, has_tests=passed.has_tests)
    is_here = project.folders.packages == project.folders.root
    warnings = [*project.warnings]
    if project.unignored_env and ".gitignore" not in passed.founded:
        warnings.append(project.unignored_env)
    return {
        "install": install if is_here or not install else f"({project.command_in_packages(install)})",
        "run": project.package_manager.run("nango"),
        "warnings": [f"({advice.what}: {advice.fix})" for advice in warnings],
    }


def refuse_copy(visit: Visit) -> None:
    """Refuse a copy over an integration that is there, unless it changes nothing or is told to replace everything.

    Copier passes over files that exist, and then writes down that they are of the new version and the new answers: a
    later update would take that for granted, and never deliver what changed between.

    Raises:
        ProjectError: it is there, of another version or with other answers.
    """
    integration = integration_of(visit.copier_answers)
    last, before = last_manifest(integration.name, visit.files), _answers_before(visit, integration)
    if visit.overwrite:
        _refuse_dropping(integration, last)
    elif before is not None:
        _refuse_difference(visit, integration, before)
    elif last is not None:
        _refuse_takeover(integration, last)


def _refuse_moved(visit: Visit, integration: StoredIntegration) -> None:
    expected = answers_file.path_of(integration.name)
    if visit.answers_file != expected:
        raise ProjectError(
            f"the answers of {integration.name} are kept in {expected}, not in {visit.answers_file}",
            where="integration",
            fix="an integration cannot be renamed by an update; remove it, and add one under the new name",
        )


def _refuse_overlooking(
    integration: StoredIntegration, last: Manifest | None, before: Mapping[str, Any] | None
) -> None:
    """Scripts that ``nango-scaffold new`` has added since Copier was here last: leaving them out must not drop them."""
    if last is None or before is None:
        return
    known = {*answers_file.script_names(answers_file.raw_answers(before)), *integration.scripts}
    with suppress(ScaffoldError):  # of an older version, perhaps
        known |= {*integration_of(before).scripts}  # actions that come with a sync are in no answers
    overlooked = sorted({*last.block.syncs, *last.block.actions} - known)
    if overlooked:
        raise ProjectError(
            f"nango-scaffold has added {', '.join(overlooked)} to {integration.name} since Copier was here",
            where=answers_file.path_of(integration.name),
            fix="give Copier the same answers: --data-file with all syncs and actions",
        )


def _refuse_dropping(integration: StoredIntegration, last: Manifest | None) -> None:
    if last is None:
        return
    gone = sorted({*last.block.syncs, *last.block.actions} - {*integration.scripts})
    if gone:
        raise ProjectError(
            f"{integration.name} has {', '.join(gone)}, which the answers do not name",
            where=answers_file.path_of(integration.name),
            fix=f"name it too, or let go of it with {_update(integration)} --data-file FILE",
        )


def _refuse_difference(visit: Visit, integration: StoredIntegration, before: Mapping[str, Any]) -> None:
    made_by = before.get("_commit")
    # A plain folder has no versions, and was never one that an update could go on from.
    if made_by is not None and made_by != visit.commit:
        raise ProjectError(
            f"{integration.name} was made by version {made_by} of the template, this is {visit.commit or 'a plain folder'}",
            where=answers_file.path_of(integration.name),
            fix=f"run {_update(integration)}",
        )
    if answers_file.raw_answers(before) != integration.answers.raw:
        raise ProjectError(
            f"{integration.name} is here already, with other answers",
            where=answers_file.path_of(integration.name),
            fix=f"change them with {_update(integration)} --data-file FILE",
        )


def _refuse_takeover(integration: StoredIntegration, last: Manifest) -> None:
    """An integration that ``nango-scaffold new`` wrote: Copier may go on from it when it would write the same."""
    if last.files != integration.files:
        raise ProjectError(
            f"{integration.name} was written by nango-scaffold {last.generator}, and Copier would write it differently",
            where=manifest_path(integration.name),
            fix="run nango-scaffold new with these answers first: it keeps your edits",
        )


def _update(integration: StoredIntegration) -> str:
    return f"copier update --trust -a {answers_file.path_of(integration.name)}"


def _answers_before(visit: Visit, integration: StoredIntegration) -> dict[str, Any] | None:
    """The answers that an earlier run of Copier keeps; None without one."""
    path = answers_file.path_of(integration.name)
    text = visit.files.text(path)
    return None if text is None else answers_file.from_text(text, path)
