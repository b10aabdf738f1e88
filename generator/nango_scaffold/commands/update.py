"""The command ``update``: integrations brought to the newest version, all in one commit or none."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .. import nango_yaml
from ..commit import git_merger
from ..copier_integration.answers_file import path_of
from ..copier_integration.update_many import renew
from ..errors import AnswersError
from ..naming.reserved import INTEGRATION_NAME
from ..operations import Project, known_manifest
from ..operations.adopted import adopted_answers
from ..operations.manifests import file_of, last_manifest
from ..operations.update import Row, Update, changed_files, places_in_conflict, places_kept
from ..plan import Merged, Merging
from ..providers import find
from ..render.paths import YAML
from ..report.updates import updates_as_data, updates_page
from .facts import facts_in_force
from .terminal_output import announce, say
from .transaction import carry_out, find_project, told_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from typing import Any

    from ..copier_integration.update_many import Step
    from ..manifest import Manifest
    from ..operations import Reader
    from ..operations.update import Updated
    from ..project import NangoProject
    from ..providers import ProviderFacts


def run(options: argparse.Namespace) -> int:
    """Run ``update``.

    Raises:
        ScaffoldError: one integration cannot be updated; nothing was changed.
    """
    project = find_project(options)
    _refuse_taking_from_several(options)
    updated = carry_out(project, partial(_update, project, options), options)
    told = told_of(options, project, updated, ())
    say(updates_page(updated, told), options, lambda: updates_as_data(updated, told))
    return 1 if updated.has_conflicts else 0


def _update(project: NangoProject, options: argparse.Namespace, reader: Reader) -> Updated:
    """Copier's integrations first, in a place of their own; then ours, on top of what comes out there."""
    inside = Project(reader)
    names = _named(options.integrations, inside)
    by_copier = [name for name in names if inside.get(path_of(name)) is not None]
    update = Update(reader, project.layout)
    if by_copier:
        project.refuse_other_than_default()
    trust = options.trust and not options.dry_run  # a dry run never runs the code of others
    steps = renew(Path(project.root), by_copier, _announce, trust=trust) if by_copier else ()
    for step in steps:
        _take(update, step)
    merging = Merging(git_merger(), marks=True)
    for name in names:
        manifest = _manifest(name, project, options, reader)
        if manifest is not None and name not in by_copier:
            facts = _looked_up(manifest.answers, project, options) if options.refresh_facts else None
            taken = tuple(file_of(name, path) for path in options.take)
            update.render_anew(name, manifest, facts, merging, taken)
        elif manifest is None and adopted_answers(name, inside) is not None:
            update.rows.append(Row(name, "adopted", "adopted"))
    return update.outcome()


def _manifest(
    name: str, project: NangoProject, options: argparse.Namespace, reader: Reader
) -> Manifest | None:
    """The manifest of an integration; where files of one that is only adopted are handed over, what stands for it."""
    inside = Project(reader)
    if not options.take:
        return last_manifest(name, inside)
    facts = facts_in_force(name, project, reader, options.providers)
    return known_manifest(name, inside, facts)


def _refuse_taking_from_several(options: argparse.Namespace) -> None:
    """Files are handed over by name, so they are those of one integration.

    Raises:
        AnswersError: none was named, or several.
    """
    if options.take and len(options.integrations) != 1:
        raise AnswersError(
            "files are handed over for one integration at a time",
            where="--take",
            fix="name it: nango-scaffold update INTEGRATION --take PATH",
        )


def _named(integrations: Sequence[str], inside: Project) -> list[str]:
    """The integrations that were named, or all, each once.

    Raises:
        ScaffoldError: one that was named is not there, or nobody wrote down how it was made.
    """
    document = nango_yaml.read(inside.text(YAML) or "")
    if not integrations:
        return [str(name) for name in document.integrations if INTEGRATION_NAME.fullmatch(str(name))]
    for name in integrations:
        is_usable = INTEGRATION_NAME.fullmatch(name) and name in document.integrations
        is_kept = is_usable and inside.get(path_of(name)) is not None
        if not is_kept and not (is_usable and adopted_answers(name, inside)):
            known_manifest(name, inside)
    return list(dict.fromkeys(integrations))


def _looked_up(
    answers: Mapping[str, Any], project: NangoProject, options: argparse.Namespace
) -> ProviderFacts:
    return find(
        answers["provider"],
        providers_path=Path(options.providers) if options.providers else None,
        project=Path(project.seeks_providers_from),
        generic=answers.get("provider_facts"),
    )


def _take(update: Update, step: Step) -> None:
    update.take(step.changes)
    update.merged += [Merged(path) for path in step.merged]
    update.merged += [Merged(path, conflicts=1) for path in step.marked]
    update.differences += step.differences
    update.rows.append(
        Row(
            step.integration,
            step.before,
            step.after,
            changed=changed_files(step.integration, step.changes, [path_of(step.integration)]),
            merged=step.merged,
            conflicts=(*step.marked, *places_in_conflict(step.differences)),
            kept=places_kept(step.differences),
        )
    )


def _announce(integration: str) -> None:
    """Copier takes a second or two for each: somebody who waits is told."""
    announce(f"updating {integration}")
