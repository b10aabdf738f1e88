"""The command ``add``: more syncs or actions for an integration that is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import report
from ..answers import check_shape, with_settings
from ..assemble import Addition, Outcome, Project, add, known_record
from ..commit import git_merger
from ..copier_way.follow import followed
from ..errors import AnswersError
from ..plan import Merging
from ..providers import find
from .running import carry_out, given_answers, refuse_inside

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from ..assemble import Reader
    from ..providers import ProviderFacts

_DESCRIBED = ("provider", "integration", "models", "responses")
_TAKEN = ("version", *_DESCRIBED, "syncs", "actions")


def run(options: argparse.Namespace) -> int:
    """Run ``add``.

    Raises:
        ScaffoldError: anything that keeps the run from being done; nothing was changed then.
    """
    project = Path(options.project)
    refuse_inside(project)
    given = _given(options)
    scripts = [_script(name, given, options) for name in options.names]
    described = {key: given[key] for key in _DESCRIBED if given.get(key)}

    def work(reader: Reader) -> Outcome:
        addition = Addition(
            options.integration, options.kind, scripts, described, _facts(project, reader, options)
        )
        outcome = add(addition, reader, Merging(git_merger(), marks=True))
        return followed(outcome, options.integration, reader)

    outcome = carry_out(project, work, dry_run=options.dry_run)
    print(report.shown(outcome, options.project, as_json_data=options.json, dry_run=options.dry_run), end="")
    return 1 if outcome.has_conflicts else 0


def _given(options: argparse.Namespace) -> Mapping[str, Any]:
    """The answers beside the names."""
    if len(options.answers) > 1:
        raise AnswersError("several answers files", where="--answers", fix="put them into one")
    (given,) = given_answers(options.answers, ())
    odd = [key for key in given if key not in _TAKEN]
    if odd:
        raise AnswersError(
            f"{odd[0]} is not for `add`",
            where=options.answers[0],
            fix=f"it takes {', '.join(_TAKEN)}; all else is changed with `nango-scaffold new`",
        )
    check_shape(given)
    return given


def _script(name: str, given: Mapping[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    """What is said of one new script: in the answers, and by settings over them."""
    said = [item for item in given.get(f"{options.kind}s") or () if item["name"] == name]
    return {**with_settings(said[0] if said else {}, options.settings), "name": name}


def _facts(project: Path, reader: Reader, options: argparse.Namespace) -> ProviderFacts | None:
    """The provider's facts from the catalogue that was named; None for those the integration was written with."""
    if not options.providers:
        return None
    answers = known_record(options.integration, Project(reader)).answers
    return find(
        answers["provider"],
        providers_path=Path(options.providers),
        project=project,
        generic=answers.get("provider_facts"),
    )
