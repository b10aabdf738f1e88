"""The command ``add``: more syncs or actions for an integration that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import AnswersError
from .arguments import (
    Commands,
    add_answers,
    add_command,
    add_dry_run,
    add_integration,
    add_project,
    add_providers,
    add_sample_from,
    add_saying,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from .. import report
    from ..operations import Outcome, Reader
    from ..project import NangoProject

_EXAMPLES = """\
  nango-scaffold add sync hubspot companies
  nango-scaffold add action hubspot create-company list-companies
  nango-scaffold add sync hubspot deals --set runs='every day' --set request.path=/crm/v3/objects/deals
  nango-scaffold add sync hubspot tickets --answers tickets.yml --dry-run
"""


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    command = add_command(
        commands,
        "add",
        help="add syncs or actions to an integration",
        description=(
            "Add syncs or actions to an integration that nango-scaffold wrote. Your edits are merged as git merges;\n"
            "if both sides changed the same lines, these are marked as a conflict, and the exit code is 1."
        ),
        examples=_EXAMPLES,
    )
    command.add_argument("kind", choices=("sync", "action"), help="what to add")
    add_integration(command)
    command.add_argument("names", metavar="NAME", nargs="+", help="the new sync's or action's name")
    add_answers(
        command,
        answers="answers that describe the new scripts, and the models and responses they need; - reads standard input",
        settings="an answer about each new script, such as runs='every day' or request.path=/v3/users",
    )
    add_project(command)
    add_providers(command)
    add_sample_from(command)
    add_dry_run(command)
    add_saying(command)


_DESCRIBED = ("provider", "integration", "models", "responses")
_ACCEPTED_KEYS = ("version", *_DESCRIBED, "syncs", "actions")


def run(options: argparse.Namespace) -> int:
    """Run ``add``.

    Raises:
        ScaffoldError: anything that keeps the run from being done; nothing was changed then.
    """
    from .. import report
    from ..commit import git_merger
    from ..copier_integration.answers_sync import followed
    from ..known_resources import with_known_resources
    from ..operations.add import Addition, add
    from ..operations.answers_file import with_answers_file
    from ..plan import Merging
    from .facts import facts_in_force
    from .terminal_output import say
    from .transaction import carry_out, find_project, run_for_report

    project = find_project(options)
    answers = _answers(options)
    scripts = [_script(name, answers, options) for name in options.names]
    described = {key: answers[key] for key in _DESCRIBED if answers.get(key)}
    inferred_from: Mapping[str, str] = {}
    # Before the lock is taken: a page is fetched, and somebody may be asked whether it is to be.
    if options.sample_from is not None or any("infer" in script for script in scripts):
        scripts, described, inferred_from = _inferred(scripts, described, options, project)

    added: list[report.Integration] = []

    def work(reader: Reader) -> Outcome:
        facts = facts_in_force(options.integration, project, reader, options.providers)
        addition = Addition(
            options.integration, options.kind, scripts, described, facts, with_known_resources, inferred_from
        )
        outcome = add(addition, reader, Merging(git_merger(), marks=True), project.layout)
        outcome = with_answers_file(outcome, options.integration, reader)
        added.append(_added(options, outcome))
        return followed(outcome, options.integration, reader)

    outcome = carry_out(project, work, options)
    report_run = run_for_report(options, project, outcome, added)
    say(report.page(outcome, report_run), options, lambda: report.as_data(outcome, report_run))
    return 1 if outcome.has_conflicts else 0


def _answers(options: argparse.Namespace) -> Mapping[str, Any]:
    """The answers beside the names."""
    from ..answers import check_shape
    from .batch import sources_of

    if len(options.answers) > 1:
        raise AnswersError("several answers files", where="--answers", fix="put them into one")
    # Settings are about each new script, not about the whole: they come in later.
    (source,) = sources_of(options.answers, ())
    answers = source.data()
    for key in answers:
        if key not in _ACCEPTED_KEYS:
            raise AnswersError(
                f"{key} is not for `add`",
                where=options.answers[0],
                fix=f"it takes {', '.join(_ACCEPTED_KEYS)}; all else is changed with `nango-scaffold new`",
            )
    check_shape(answers)
    return answers


def _script(name: str, answers: Mapping[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    """The answers about one new script: those of the file, with the settings over them."""
    from ..answers import with_settings

    items = answers.get(f"{options.kind}s") or ()
    described = with_settings(next((item for item in items if item["name"] == name), {}), options.settings)
    # A setting cannot rename a script: with several, all would get that name.
    return {"name": name, **{key: value for key, value in described.items() if key != "name"}}


def _inferred(
    scripts: list[dict[str, Any]],
    described: dict[str, Any],
    options: argparse.Namespace,
    project: NangoProject,
) -> tuple[list[dict[str, Any]], dict[str, Any], Mapping[str, str]]:
    """The scripts, and what is beside them, with what was inferred in place of ``infer:``; prints its notes.

    Returns:
        The scripts, what is beside them, and what each was inferred from.

    Raises:
        AnswersError: a file cannot be read, or gives no answers.
    """
    import os

    from ..answers import check_shape
    from ..infer.whole import inferred_from
    from ..operations import Project
    from ..operations.lookup import known_manifest
    from ..providers import ProviderFacts
    from .infer import tell_notes
    from .inferring import inferred_answers
    from .sampling import page_for
    from .transaction import reader_of, real_places

    key = f"{options.kind}s"
    if options.sample_from is not None and (options.kind != "sync" or len(scripts) > 1):
        raise AnswersError(
            "a page of a connection is for one sync", where="--sample-from", fix="add one sync"
        )
    check_shape({key: scripts})
    with real_places(project):
        manifest = known_manifest(options.integration, Project(reader_of(project)))
    data = {
        **described,
        "provider": manifest.answers["provider"],
        "integration": options.integration,
        key: scripts,
    }
    folder = os.path.dirname(options.answers[0]) if options.answers else ""
    samples = None
    if options.sample_from is not None:
        (script,) = scripts
        # The script may be of a model that an earlier run described.
        models = {**(manifest.answers.get("models") or {}), **described.get("models", {})}
        label, sample = page_for({**data, "models": models}, script["name"], options, project, folder)
        data[key] = [{**script, "infer": {**script.get("infer", {}), "sample": [label]}}]
        samples = {label: sample}
    inferred = inferred_answers(data, folder, ProviderFacts.from_data(manifest.facts), samples)
    tell_notes(inferred.notes)
    return inferred.answers[key], {**described, "models": inferred.answers["models"]}, inferred_from(data)


def _added(options: argparse.Namespace, outcome: Outcome) -> report.Integration:
    """What the report is to know of the integration: the scripts that are new."""
    from .. import report
    from ..operations.lookup import manifest_in

    manifest = manifest_in(outcome, options.integration)
    names = {f"{options.kind}s": tuple(options.names)}
    return report.Integration(
        options.integration, manifest.answers["provider"], str(manifest.facts.get("source", "")), **names
    )
