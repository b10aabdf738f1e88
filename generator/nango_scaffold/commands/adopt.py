"""The command ``adopt``: describe an integration that is there, and write the description beside it."""

from __future__ import annotations

import os
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import nango_yaml
from ..adopt import adopt
from ..answers.format import ANSWERS
from ..answers.load import BadAnswersError
from ..copier_integration.answers_file import path_of as copier_path
from ..errors import AnswersError, ProjectError
from ..frozen import frozen
from ..naming.reserved import INTEGRATION_NAME
from ..operations import Outcome, Project
from ..operations.adopted import adopted_path
from ..operations.lookup import did_you_mean
from ..operations.manifests import manifest_path
from ..plan import Change, Plan
from ..project import NangoProject
from ..providers import UnknownProviderError, find
from ..render.paths import YAML
from ..report.adoption import adoption_as_data, adoption_page, unexpressed
from ..report.page import Page
from .terminal_output import say, say_data, say_text, warn
from .transaction import carry_out, find_project, reader_of, real_places

if TYPE_CHECKING:
    import argparse

    from ..adopt import Adoption
    from ..operations import Reader
    from ..providers import ProviderFacts


@frozen
class _Described(Outcome):
    """The outcome of writing the answers, and what they were found to be."""

    adoption: Adoption = field(kw_only=True)


def run(options: argparse.Namespace) -> int:
    """Run ``adopt``.

    Raises:
        ScaffoldError: the integration cannot be taken under care; nothing was changed.
    """
    project = find_project(options)
    if options.output == "-":
        with real_places(project):
            found = _adoption(options, project)
        _print(found, options)
        return 0
    folder, path = _place(options, project)

    def work(reader: Reader) -> _Described:
        found = _adoption(options, project)
        return _Described(Plan((_change(path, found, reader),)), {}, (), adoption=found)

    done = carry_out(folder, work, options)
    found, (change,) = done.adoption, done.plan.changes
    page = adoption_page(found, change, dry_run=options.dry_run)
    say(
        page, options, lambda: adoption_as_data(found, options.output or change.path, dry_run=options.dry_run)
    )
    return 0


def _adoption(options: argparse.Namespace, place: NangoProject) -> Adoption:
    integration = options.integration
    project = Project(reader_of(place))
    document = nango_yaml.read(project.text(YAML) or "")
    if integration not in document.integrations:
        raise ProjectError(
            f"nango.yaml has no integration {integration!r}",
            where=YAML,
            fix=did_you_mean(integration, document.integrations),
        )
    if not INTEGRATION_NAME.fullmatch(integration):
        raise ProjectError(
            f"{integration!r} cannot be the name of a folder", where=f"integrations.{integration}"
        )
    if not options.output:
        _refuse_known(integration, project)
    stated = {"base_url": options.base_url} if options.base_url else {}
    return adopt(integration, _facts(options, place, stated), document, project, stated)


def _refuse_known(integration: str, project: Project) -> None:
    """An integration that we wrote is described already, and better than by reading it."""
    for path, who in (
        (manifest_path(integration), "nango-scaffold"),
        (copier_path(integration), "Copier"),
    ):
        if project.get(path) is not None:
            raise ProjectError(
                f"{integration} was written by {who}: its answers are kept already",
                where=path,
                fix="change it by nango-scaffold add, remove or update; --output - describes it anyway",
            )


def _facts(options: argparse.Namespace, project: NangoProject, stated: dict[str, Any]) -> ProviderFacts:
    """The facts of the provider that was named, or whose key the integration's name begins with.

    Raises:
        AnswersError: nobody knows such a provider, or nobody knows its base URL.
    """
    providers = Path(options.providers) if options.providers else None
    look_up = partial(
        find, providers_path=providers, project=Path(project.seeks_providers_from), generic=stated or None
    )
    if options.provider:
        _refuse_odd_key(options.provider)
        facts = look_up(options.provider)
    else:
        facts = _named_so(options.integration, look_up)
    if not facts.base_url:
        raise AnswersError(
            f"Nango knows no base URL for {facts.key}",
            where="--base-url",
            fix="give it: --base-url https://...",
        )
    return facts


def _named_so(integration: str, look_up: Any) -> ProviderFacts:
    """The provider with the longest key that the name begins with."""
    parts = integration.split("-")
    meant: list[str] = []
    catalogue = ""
    for count in range(len(parts), 0, -1):
        name = "-".join(parts[:count])
        try:
            facts: ProviderFacts = look_up(name)
        except UnknownProviderError as error:
            # A part of a name may be misspelled; all that begins with it is no proposal.
            near = [key for key in error.nearest if count == len(parts) or not key.startswith(name)]
            meant, catalogue = meant or near, error.whole_catalogue
        else:
            return facts
    raise AnswersError(
        f"whose API {integration} speaks to is not said, and its name is no provider's",
        where="--provider",
        fix=f"name it: --provider {meant[0] if meant else 'KEY'}.{catalogue}",
    )


def _refuse_odd_key(provider: str) -> None:
    problems = list(ANSWERS.keys["provider"].shape.problems(provider, "--provider"))
    if problems:
        raise BadAnswersError(problems)


def _place(options: argparse.Namespace, project: NangoProject) -> tuple[NangoProject, str]:
    """Where the answers go: the project, or the folder of --output as one, and the planned path in it."""
    if not options.output:
        return project, adopted_path(options.integration)
    file = Path(options.output)
    if not file.parent.is_dir():
        raise AnswersError(
            "there is no such folder",
            where=f"--output {options.output}",
            fix="name a file in one that is there",
        )
    return NangoProject(str(file.parent), os.path.abspath(file.parent)), file.name


def _change(path: str, found: Adoption, reader: Reader) -> Change:
    """The one file that is written; it never goes over another.

    Raises:
        ProjectError: a file is there that says something else.
    """
    before, after = reader([path])[path], found.text.encode()
    if before is not None and before != after:
        is_own = path == adopted_path(found.integration)
        raise ProjectError(
            f"{found.integration} is adopted already" if is_own else "the file is there already",
            where=path,
            fix="delete it first, or name another file: --output FILE",
        )
    return Change(path, before, after)


def _print(found: Adoption, options: argparse.Namespace) -> None:
    """The answers on standard output, and what they do not say beside them."""
    if options.json:
        say_data(adoption_as_data(found, None, dry_run=options.dry_run))
        return
    say_text(found.text)
    warn(Page((unexpressed(found),)))
