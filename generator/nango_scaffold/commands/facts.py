"""The facts that a command works with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..assemble.records import read_record, record_path
from ..commit import read
from ..providers import find
from ..providers.settled import settled

if TYPE_CHECKING:
    from pathlib import Path

    from ..answers import Answers
    from ..providers import ProviderFacts


def facts_for(answers: Answers, project: Path, providers: Path | None) -> ProviderFacts:
    """The facts of the answers' provider: those the last run used, else those that are known now.

    Args:
        answers: the answers.
        project: the project folder.
        providers: a providers.yaml named on the command line: then facts are looked up there in any case.

    Raises:
        ScaffoldError: nobody knows the provider, or the record or a catalogue cannot be read.
    """
    if providers is None:
        path = record_path(answers.integration)
        last = read_record(read(project, [path])[path], path)
        kept = settled(last.facts, answers.provider, answers.provider_facts) if last else None
        if kept is not None:
            return kept
    return find(answers.provider, providers_path=providers, project=project, generic=answers.provider_facts)
