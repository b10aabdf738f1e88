"""Refused answers as data: each problem has a place, a fix, and the accepted values of a closed set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.answers.test_refused import CASES, use

from nango_scaffold.answers import parse_text
from nango_scaffold.answers.json_schema import json_schema
from nango_scaffold.answers.load import BadAnswersError, place_steps
from nango_scaffold.errors import AnswersError, Place
from nango_scaffold.report.error import error_data

SCHEMA = json_schema()
Steps = list[str | int]


def error_of(case: Path) -> AnswersError:
    with pytest.raises(AnswersError) as refusal:
        use(case)
    return refusal.value


def alternatives(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "anyOf" in node and "properties" not in node:
        for alternative in node["anyOf"]:
            yield from alternatives(alternative)
    else:
        yield node


def nodes_at(steps: Steps) -> list[dict[str, Any]]:
    """What the JSON Schema has at a place of the answers; nothing where it knows no such key."""
    nodes = list(alternatives(SCHEMA))
    for step in steps:
        below = [
            node.get("items") if isinstance(step, int) else node.get("properties", {}).get(step)
            for node in nodes
        ]
        nodes = [alternative for node in below if node is not None for alternative in alternatives(node)]
    return nodes


def closed_set(steps: Steps) -> set[str] | None:
    """The values that are accepted at a place, if they are few; None where any of its kind will do."""
    nodes = nodes_at(steps)
    if nodes and all("enum" in node or node.get("type") == "boolean" for node in nodes):
        return {str(value) for node in nodes for value in node.get("enum", ("true", "false"))}
    owners = [node for node in nodes_at(steps[:-1]) if node.get("additionalProperties") is False]
    if not nodes and len(owners) == 1:
        return set(owners[0]["properties"])
    return None


def is_accepted(case: Path, steps: Steps) -> bool:
    """Whether the value at a place is accepted there, apart from rules that span several places."""
    value: Any = parse_text(case.read_text("utf-8"), case.name)
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return False
    return any(value in node.get("enum", ()) or isinstance(value, bool) for node in nodes_at(steps))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_each_problem_has_its_place_and_what_to_do(case: Path) -> None:
    error = error_of(case)
    error.locate(lambda problem: Place(case.name, 3, 5))
    problems = error_data(error)["error"]["problems"]
    assert problems
    for problem in problems:
        assert set(problem) == {"what", "where", "accepted", "fix", "place"}
        assert problem["where"]
        assert problem["fix"]
        assert problem["place"] == {"file": case.name, "line": 3, "column": 5}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_where_few_values_are_accepted_they_are_listed(case: Path) -> None:
    error = error_of(case)
    for problem in error.problems:
        steps = place_steps(problem.where)
        expected = closed_set(steps) if isinstance(error, BadAnswersError) else None
        if expected is not None and not is_accepted(case, steps):
            assert set(problem.accepted) == expected


def test_some_of_the_cases_have_a_closed_set() -> None:
    errors = [error_of(case) for case in CASES]
    by_shape = [
        error for error in errors if isinstance(error, BadAnswersError) and error.problems[0].accepted
    ]
    by_derivation = [error for error in errors if not isinstance(error, BadAnswersError) and error.accepted]
    assert len(by_shape) >= 10
    assert len(by_derivation) >= 10
