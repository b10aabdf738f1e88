"""The command ``update``: integrations brought to the newest version, all in one commit or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import AnswersError
from .arguments import (
    Commands,
    add_command,
    add_dry_run,
    add_integrations,
    add_project,
    add_providers,
    add_saying,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from ..copier_integration.update_many import Step
    from ..manifest import Manifest
    from ..operations import Project, Reader
    from ..operations.update import Update, Updated
    from ..project import NangoProject

_EXAMPLES = """\
  nango-scaffold update
  nango-scaffold update github hubspot --dry-run
  nango-scaffold update billing --take syncs/invoices.ts --dry-run
  nango-scaffold update github --trust
"""


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    update = add_command(
        commands,
        "update",
        help="update integrations to the newest version",
        description=(
            "Update all integrations, or those named, to the newest version, in one commit to disk. Integrations made by\n"
            "Copier are updated by Copier, which runs the code of the template's newest version: of the template that\n"
            "this installation came from, of those that Copier's settings trust, of others only with --trust. All others\n"
            "are rendered again by this version. Edits are merged as git merges; if both sides changed the same lines,\n"
            "these are marked as a conflict, and the exit code is 1. If one integration fails, none is changed."
        ),
        examples=_EXAMPLES,
    )
    add_integrations(update)
    update.add_argument(
        "--refresh-facts",
        action="store_true",
        help="look the providers' facts up again, instead of using those the integrations were written with",
    )
    update.add_argument(
        "--take",
        metavar="PATH",
        action="extend",
        nargs="+",
        default=[],
        help="hand over hand-written files of one adopted integration, such as syncs/contacts.ts: they are "
        "replaced by what nango-scaffold writes, and belong to it from then on",
    )
    update.add_argument(
        "--trust",
        action="store_true",
        help="run the code of any template that the project names; never in a dry run",
    )
    add_project(update)
    add_providers(update)
    add_dry_run(update)
    add_saying(update)


def run(options: argparse.Namespace) -> int:
    """Run ``update``.

    Raises:
        ScaffoldError: one integration cannot be updated; nothing was changed.
    """
    from functools import partial

    from ..report.plan import updates_as_data, updates_page
    from .terminal_output import say
    from .transaction import carry_out, find_project, run_for_report

    project = find_project(options)
    _refuse_taking_from_several(options)
    updated = carry_out(project, partial(_update, project, options), options)
    report_run = run_for_report(options, project, updated, ())
    say(updates_page(updated, report_run), options, lambda: updates_as_data(updated, report_run))
    return 1 if updated.has_conflicts else 0


def _update(project: NangoProject, options: argparse.Namespace, reader: Reader) -> Updated:
    """Copier's integrations first, in a place of their own; then ours, on top of what comes out there."""
    from ..copier_integration.answers_file import path_of
    from ..operations import Project
    from ..operations.update import Update

    files = Project(reader)
    names = _named(options.integrations, files)
    by_copier = [name for name in names if files.get(path_of(name)) is not None]
    update = Update(reader, project.layout)
    if by_copier:
        _update_by_copier(update, by_copier, project, options)
    for name in names:
        if name not in by_copier:
            _update_by_us(update, name, files, project, options)
    return update.outcome()


def _update_by_copier(
    update: Update, names: Sequence[str], project: NangoProject, options: argparse.Namespace
) -> None:
    from pathlib import Path

    from ..copier_integration.update_many import renew
    from .terminal_output import announce

    project.refuse_other_than_default()
    # A dry run never runs the code of others.
    trust = options.trust and not options.dry_run

    # Copier takes a second or two for each: print what the user waits for.
    def announce_update(name: str) -> None:
        announce(f"updating {name}")

    for step in renew(Path(project.root), names, announce_update, trust=trust):
        _take(update, step)


def _update_by_us(
    update: Update, name: str, files: Project, project: NangoProject, options: argparse.Namespace
) -> None:
    from ..answers import load_answers
    from ..commit import git_merger
    from ..known_resources import with_known_resources
    from ..operations.adopted import adopted_answers
    from ..operations.manifests import file_of
    from ..operations.update import Row
    from ..plan import Merging
    from .facts import look_up

    manifest = _manifest(name, files, project, options)
    if manifest is not None:
        facts = None
        if options.refresh_facts:
            provider_facts = manifest.answers.get("provider_facts")
            facts = look_up(manifest.answers["provider"], project, options.providers, provider_facts)
            facts = with_known_resources(facts, load_answers(manifest.answers))
        paths_to_take = tuple(file_of(name, path) for path in options.take)
        update.render_anew(name, manifest, facts, Merging(git_merger(), marks=True), paths_to_take)
    # Its files are the user's: there is nothing to render, but the report lists it.
    elif adopted_answers(name, files) is not None:
        update.rows.append(Row(name, "adopted", "adopted"))


def _manifest(
    name: str, files: Project, project: NangoProject, options: argparse.Namespace
) -> Manifest | None:
    """The manifest of an integration; where files of one that is only adopted are handed over, what stands for it."""
    from ..operations.lookup import known_manifest
    from ..operations.manifests import last_manifest
    from .facts import facts_in_force

    if not options.take:
        return last_manifest(name, files)
    return known_manifest(name, files, facts_in_force(name, project, files.read, options.providers))


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


def _named(integrations: Sequence[str], files: Project) -> list[str]:
    """The integrations that were named, or all, each once.

    Raises:
        ScaffoldError: one that was named is not there, or nobody wrote down how it was made.
    """
    from .. import nango_yaml
    from ..copier_integration.answers_file import path_of
    from ..naming.reserved import INTEGRATION_NAME
    from ..operations.adopted import adopted_answers
    from ..operations.lookup import known_manifest
    from ..render.paths import YAML

    document = nango_yaml.read(files.text(YAML) or "")
    keys = [str(key) for key in document.integrations if INTEGRATION_NAME.fullmatch(str(key))]
    if not integrations:
        return keys
    for name in integrations:
        is_by_copier = name in keys and files.get(path_of(name)) is not None
        # Of Copier's integrations the adopted answers are not read: they may be broken, and nothing here needs them.
        if is_by_copier or (name in keys and adopted_answers(name, files) is not None):
            continue
        # It raises where there is none, and says what is missing.
        known_manifest(name, files)
    return list(dict.fromkeys(integrations))


def _take(update: Update, step: Step) -> None:
    from ..copier_integration.answers_file import path_of
    from ..operations.update import Row, changed_files, places_in_conflict, places_kept
    from ..plan import Merged

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
