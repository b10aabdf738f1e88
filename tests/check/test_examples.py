"""Our own examples break no rule."""

from __future__ import annotations

import pytest
from tests.examples.golden import EXAMPLES, names, read_tree

from nango_scaffold.check import Tree, check
from nango_scaffold.check.rules import RULES
from nango_scaffold.operations.lookup import syncs_without_track_deletes
from nango_scaffold.operations.project import Project

FOLDER = "nango-integrations/"


def example(name: str) -> Tree:
    """A golden tree, as the rules look at it."""
    files = {
        path.removeprefix(FOLDER): data.decode()
        for path, data in read_tree(EXAMPLES / name).items()
        if path.startswith(FOLDER)
    }
    tree = read_tree(EXAMPLES / name)
    project = Project(lambda paths: {path: tree.get(path) for path in paths})
    return Tree(files, {}, without_track_deletes=frozenset(syncs_without_track_deletes([name], project)))


@pytest.mark.parametrize("name", names())
def test_an_example_breaks_no_rule(name: str) -> None:
    assert check(example(name)) == []


def test_no_two_rules_share_an_id() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
