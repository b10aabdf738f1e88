"""Our output breaks no rule: for each provider, in rare combinations, with hostile texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.toolchain import test_providers
from tests.toolchain.support.combinations import COMBINATIONS
from tests.toolchain.support.scaffolded import TOOLCHAIN, job, tree_of
from tests.toolchain.test_requests import INTEGRATIONS
from tests.toolchain.test_several_requests import DETAILS, SHARED

from nango_scaffold import yaml12
from nango_scaffold.answers import load_answers
from nango_scaffold.check import Finding, Tree, check
from nango_scaffold.operations import Job
from nango_scaffold.providers import find

CASES = sorted((Path(test_providers.__file__).parent / "cases").glob("*.yml"))
FOLDER = "nango-integrations/"
TIMES_AT_ONCE = 100

pytestmark = pytest.mark.toolchain


def findings_of(jobs: Sequence[Job]) -> list[Finding]:
    """The findings in a project with all these integrations, guesses included."""
    tree = tree_of(jobs)
    files = {path.removeprefix(FOLDER): text for path, text in tree.items() if path.startswith(FOLDER)}
    assert len(Tree(files, {}).scripts) >= len(jobs)
    return check(Tree(files, {}))


def test_every_provider_from_names_alone() -> None:
    names = test_providers.providers()
    for first in range(0, len(names), TIMES_AT_ONCE):
        assert (
            findings_of([test_providers.named(name) for name in names[first : first + TIMES_AT_ONCE]]) == []
        )


def test_rare_combinations() -> None:
    assert findings_of([job(integration) for integration in (*INTEGRATIONS, *COMBINATIONS)]) == []


def test_scripts_of_several_requests() -> None:
    assert findings_of([job(SHARED), job(DETAILS)]) == []


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_the_cases_of_the_toolchain(case: Path) -> None:
    answers = load_answers(yaml12.load(case.read_text("utf-8")))
    facts = find(answers.provider, project=TOOLCHAIN, generic=answers.provider_facts)
    guesses = [finding for finding in findings_of([Job(answers, facts)]) if finding.rule == "A05"]
    assert findings_of([Job(answers, facts)]) == guesses
    # That a list comes in one response (`paginated: false`) is an answer, which no script shows.
    assert [finding.message.split(" ")[2] for finding in guesses] == (
        ["list-flags"] * 2 if case.stem == "actions" else []
    )
