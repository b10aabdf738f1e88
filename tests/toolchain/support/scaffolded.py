"""Integrations scaffolded in memory, without the command line: answers as data, a tree as path -> text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nango_scaffold.answers import load_answers
from nango_scaffold.operations import Job, Outcome, scaffold
from nango_scaffold.providers import find

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TOOLCHAIN: Final = Path(__file__).parents[3] / "toolchain" / "nango-0.69"
"""The project whose Nango brings the providers.yaml that the facts are read from."""


def job(answers: Mapping[str, Any]) -> Job:
    """Answers with the facts of their provider."""
    loaded = load_answers(dict(answers))
    return Job(loaded, find(loaded.provider, project=TOOLCHAIN, generic=loaded.provider_facts))


def in_an_empty_project(jobs: Sequence[Job]) -> Outcome:
    """The outcome of a run in an empty project."""
    return scaffold(jobs, lambda paths: dict.fromkeys(paths))


def tree_of(jobs: Sequence[Job]) -> dict[str, str]:
    """The files of one project that holds all the integrations."""
    changes = in_an_empty_project(jobs).plan.changes
    return {change.path: change.after.decode() for change in changes if change.after is not None}
