"""The command ``adopt``: describe an integration that is there, and write the description beside it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..errors import AnswersError, ProjectError
from .arguments import (
    Commands,
    add_command,
    add_dry_run,
    add_integration,
    add_project,
    add_providers,
    add_saying,
)

if TYPE_CHECKING:
    import argparse

    from ..adopt import Adoption
    from ..operations import Project, Reader
    from ..plan import Change
    from ..project import NangoProject

_EXAMPLES = """\
  nango-scaffold adopt github
  nango-scaffold adopt github-app-oauth --provider github --dry-run
  nango-scaffold adopt billing --provider stripe --output -
"""


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    adopt = add_command(
        commands,
        "adopt",
        help="describe an existing integration in an answers file",
        description=(
            "Describe an integration written by hand, or from a template, in an answers file, and list what the "
            "format cannot express. Nothing else changes; add and remove then work on the integration."
        ),
        examples=_EXAMPLES,
    )
    add_integration(adopt)
    adopt.add_argument(
        "--provider",
        metavar="PROVIDER",
        default="",
        help="the provider's key, if the integration's name does not begin with it",
    )
    adopt.add_argument(
        "--base-url", metavar="URL", default="", help="the API's base URL, if the provider is in no catalogue"
    )
    adopt.add_argument(
        "--output",
        metavar="FILE",
        default="",
        help="write the answers to this file instead of to the integration's folder; - prints them",
    )
    add_project(adopt)
    add_providers(adopt)
    add_dry_run(adopt)
    add_saying(adopt)


def run(options: argparse.Namespace) -> int:
    """Run ``adopt``.

    Raises:
        ScaffoldError: the integration cannot be taken under care; nothing was changed.
    """
    from ..operations import Outcome
    from ..plan import Plan
    from ..report.adoption import adoption_as_data, adoption_page
    from .terminal_output import say
    from .transaction import carry_out, find_project, real_places

    project = find_project(options)
    # Nothing is written, so nothing has to wait for the lock.
    if options.output == "-":
        with real_places(project):
            adoption = _adoption(options, project)
        _print(adoption, options)
        return 0
    folder, path = _target(options, project)
    adoptions: list[Adoption] = []

    def work(reader: Reader) -> Outcome:
        adoptions.append(_adoption(options, project))
        return Outcome(Plan((_change(path, adoptions[-1], reader),)), {}, ())

    (change,) = carry_out(folder, work, options).plan.changes
    adoption, file, dry_run = adoptions[-1], options.output or change.path, options.dry_run
    page = adoption_page(adoption, change, dry_run=dry_run)
    say(page, options, lambda: adoption_as_data(adoption, file, dry_run=dry_run))
    return 0


def _adoption(options: argparse.Namespace, project: NangoProject) -> Adoption:
    from .. import nango_yaml
    from ..adopt import adopt
    from ..naming.reserved import INTEGRATION_NAME
    from ..operations import Project
    from ..operations.lookup import did_you_mean
    from ..render.paths import YAML
    from .facts import facts_of_foreign
    from .transaction import reader_of

    integration, base_url = options.integration, options.base_url
    files = Project(reader_of(project))
    document = nango_yaml.read(files.text(YAML) or "")
    if integration not in document.integrations:
        raise ProjectError(
            f"nango.yaml has no integration {integration!r}",
            where=YAML,
            fix=did_you_mean(integration, document.integrations),
        )
    # The CLI takes any key, and one such as `../x` would have its files elsewhere.
    if not INTEGRATION_NAME.fullmatch(integration):
        raise ProjectError(
            f"{integration!r} cannot be the name of a folder",
            where=f"integrations.{integration}",
            fix="rename it in nango.yaml: letters, digits, _ and -",
        )
    if not options.output:
        _refuse_known(integration, files)
    facts = facts_of_foreign(integration, options.provider, base_url, project, options.providers)
    return adopt(integration, facts, document, files, {"base_url": base_url} if base_url else {})


def _refuse_known(integration: str, project: Project) -> None:
    """An integration that we wrote is described already, and better than by reading it."""
    from ..copier_integration.answers_file import path_of as copier_path
    from ..operations.manifests import manifest_path

    writers = {manifest_path(integration): "nango-scaffold", copier_path(integration): "Copier"}
    for path, writer in writers.items():
        if project.get(path) is not None:
            raise ProjectError(
                f"{integration} was written by {writer}: its answers are kept already",
                where=path,
                fix="change it by nango-scaffold add, remove or update; --output - describes it anyway",
            )


def _target(options: argparse.Namespace, project: NangoProject) -> tuple[NangoProject, str]:
    """Where the answers go: the project, or the folder of --output as one, and the planned path in it."""
    from pathlib import Path

    from ..operations.adopted import adopted_path
    from ..project import NangoProject

    if not options.output:
        return project, adopted_path(options.integration)
    # Any folder can be written to under a lock of its own, as a project is.
    file = Path(options.output)
    if not file.parent.is_dir():
        raise AnswersError(
            "there is no such folder",
            where=f"--output {options.output}",
            fix="name a file in one that is there",
        )
    return NangoProject(str(file.parent), os.path.abspath(file.parent)), file.name


def _change(path: str, adoption: Adoption, reader: Reader) -> Change:
    """The one file that is written; it never goes over another.

    Raises:
        ProjectError: a file is there that says something else.
    """
    from ..operations.adopted import adopted_path
    from ..plan import Change

    before, after = reader([path])[path], adoption.text.encode()
    if before is not None and before != after:
        is_own = path == adopted_path(adoption.integration)
        raise ProjectError(
            f"{adoption.integration} is adopted already" if is_own else "the file is there already",
            where=path,
            fix="delete it first, or name another file: --output FILE",
        )
    return Change(path, before, after)


def _print(adoption: Adoption, options: argparse.Namespace) -> None:
    """The answers on standard output, and what they do not say beside them."""
    from ..report.adoption import adoption_as_data, unexpressed
    from ..report.page import Page
    from .terminal_output import say_data, say_text, warn

    if options.json:
        say_data(adoption_as_data(adoption, None, dry_run=options.dry_run))
        return
    say_text(adoption.text)
    warn(Page((unexpressed(adoption),)))
