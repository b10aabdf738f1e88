"""The command ``remove``: an integration, or some of its syncs and actions, taken out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import AnswersError
from .arguments import Commands, add_command, add_dry_run, add_integration, add_project, add_saying

if TYPE_CHECKING:
    import argparse

    from ..operations import Reader
    from ..project import NangoProject

_EXAMPLES = """\
  nango-scaffold remove hubspot --dry-run
  nango-scaffold remove hubspot companies create-company
  nango-scaffold remove hubspot
"""


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    command = add_command(
        commands,
        "remove",
        help="remove an integration, or some of its syncs and actions",
        description=(
            "Remove exactly what nango-scaffold wrote and nobody has edited since; what stays is listed. The exit code\n"
            "is 1 when something to be removed is still in nango.yaml because its entry there was edited."
        ),
        examples=_EXAMPLES,
    )
    add_integration(command)
    command.add_argument(
        "names",
        metavar="NAME",
        nargs="*",
        help="the syncs and actions to remove (default: the whole integration)",
    )
    add_project(command)
    add_dry_run(command)
    add_saying(command)


def run(options: argparse.Namespace) -> int:
    """Run ``remove``.

    Raises:
        ScaffoldError: anything that keeps the run from being done; nothing was changed then.
    """
    from ..commit import git_merger
    from ..copier_integration.answers_sync import followed
    from ..operations.answers_file import with_answers_file
    from ..operations.remove import Removal, remove
    from ..plan import Merging, Plan
    from ..report.plan import removal_as_data, removal_page
    from .facts import facts_in_force
    from .terminal_output import say
    from .transaction import carry_out, find_project, run_for_report

    project = find_project(options)

    def work(reader: Reader) -> Removal:
        merging = Merging(git_merger(), marks=True)
        facts = facts_in_force(options.integration, project, reader, None)
        try:
            removal = remove(options.integration, options.names, reader, merging, facts, project.layout)
        except AnswersError:
            # Whoever repeats the command after a kill gets what it was to do.
            if not _was_finished(options, project):
                raise
            names = tuple(options.names)
            return Removal(Plan(()), {}, (), gone=names, whole=not names)
        removal = with_answers_file(removal, options.integration, reader)
        return followed(removal, options.integration, reader)

    removal = carry_out(project, work, options)
    report_run = run_for_report(options, project, removal, ())
    name = options.integration
    say(removal_page(removal, name, report_run), options, lambda: removal_as_data(removal, name, report_run))
    return 1 if removal.has_conflicts else 0


def _was_finished(options: argparse.Namespace, project: NangoProject) -> bool:
    """Whether what is to go, and is not there, went in an earlier run that was killed and has just been finished."""
    from pathlib import PurePosixPath

    from ..operations.manifests import manifest_path

    recovery = options.recovery
    if recovery is None or recovery.outcome != "finished":
        return False
    names = {PurePosixPath(path).name for path in recovery.paths}
    return (
        project.layout.real(manifest_path(options.integration)) in recovery.paths
        and {f"{name}.ts" for name in options.names} <= names
    )
