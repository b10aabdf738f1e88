"""Our own examples, spoiled in every way that can be fixed: ``--fix`` restores each byte."""

from __future__ import annotations

import re

import pytest
from tests.examples.golden import EXAMPLES

from nango_scaffold.check import Tree
from nango_scaffold.check.rules import RULES
from nango_scaffold.check.run import fix

from .test_examples import example

SYNC = "github/syncs/pull-requests.ts"
ACTION = "github/actions/create-pull-request.ts"
MISSING = """

export const createPullRequestSchema = z.object({
    owner: z.string(),
    repo: z.string(),
    title: z.string(),
    head: z.string(),
    base: z.string(),
    body: z.union([z.string(), z.undefined()]).optional()
});"""

SPOILED = [
    ("T04", "github", SYNC, "'../mappers/to-pull-request.js'", "'../mappers/to-pull-request'"),
    (
        "T05",
        "github",
        SYNC,
        "import type { GithubPullRequestResponse }",
        "import { GithubPullRequestResponse }",
    ),
    ("T06", "github", SYNC, "'../../models'", "'../models'"),
    ("S01", "github", SYNC, "function fetchData", "function fetchPullRequests"),
    ("S02", "github", SYNC, "(nango: NangoSync): Promise<void>", "(nango: NangoSync)"),
    ("S07", "github", SYNC, "changed.map(toPullRequest), 'PullRequest')", "changed.map(toPullRequest))"),
    ("A01", "github", ACTION, "function runAction", "function createPullRequest"),
    ("N08", "github", "schema.zod.ts", MISSING, ""),
]


@pytest.mark.parametrize(
    ("rule", "name", "path", "right", "wrong"), SPOILED, ids=lambda value: str(value)[:30]
)
def test_a_mend_gives_back_what_we_wrote(rule: str, name: str, path: str, right: str, wrong: str) -> None:
    whole = example(name)
    assert whole.files[path].count(right) >= 1
    spoiled = Tree({**whole.files, path: whole.files[path].replace(right, wrong, 1)}, {})
    result = fix(spoiled, RULES)
    assert rule in {finding.rule for finding in result.fixed}
    assert result.left == ()
    assert result.tree.files == whole.files


ADVICE = [
    ("Y01", "hubspot", "nango.yaml", "                track_deletes: true\n", ""),
    ("Y02", "github", "nango.yaml", "auto_start: false", "auto_start: true"),
    ("P02", "github", SYNC, "        retries: 10\n", "        retries: 3\n"),
    ("P02", "github", SYNC, "        },\n        retries: 10\n", "        }\n"),
    ("P02", "github", ACTION, "retries: 3", "retries: 10"),
    ("N08", "github", "schema.zod.ts", "owner: z.string()", "owner: z.number()"),
]


@pytest.mark.parametrize(
    ("rule", "name", "path", "right", "wrong"), ADVICE, ids=lambda value: str(value)[:30]
)
def test_what_would_change_a_deployed_script_is_found_and_left(
    rule: str, name: str, path: str, right: str, wrong: str
) -> None:
    whole = example(name)
    assert whole.files[path].count(right) >= 1
    other = Tree({**whole.files, path: whole.files[path].replace(right, wrong, 1)}, {})
    result = fix(other, RULES)
    assert [finding.rule for finding in result.left] == [rule]
    assert result.tree.files == other.files


def test_the_rules_that_mend_are_these() -> None:
    """Each new one belongs into the table of docs/check.md: why its mend changes nothing that runs today."""
    assert {rule.id for rule in RULES if rule.fixable} == {
        *("T04", "T05", "T06", "P06", "M03", "S01", "S02", "S07", "A01", "Y12", "N08")
    }
    page = (EXAMPLES.parent / "docs/check.md").read_text("utf-8")
    assert {rule.id for rule in RULES if rule.fixable} == set(
        re.findall(r"^\| ([A-Z]\d\d) \|", page, re.MULTILINE)
    )


def test_all_at_once() -> None:
    whole = example("github")
    files = dict(whole.files)
    for rule, _, path, right, wrong in SPOILED:
        if rule not in ("N08", "T05"):  # a file that is written anew, and one edit of the same import
            files[path] = files[path].replace(right, wrong, 1)
    result = fix(Tree(files, {}), RULES)
    assert result.left == ()
    assert result.tree.files == whole.files
