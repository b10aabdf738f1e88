"""Accepted answers give files that compile under the CLI's own flags and pass the linter.

Of the answers drawn from the whole format, no key is left out, and a second run finds nothing to write.
"""

from __future__ import annotations

import itertools
import json
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.derive.test_properties import ANSWERS, FACTS, FIELDS, STEPS
from tests.derive.whole_answers import accepted_answers

from nango_scaffold.answers import load_answers
from nango_scaffold.answers.json_schema import json_schema
from nango_scaffold.errors import AnswersError
from nango_scaffold.operations import Job, scaffold

from .support import lint, vitest
from .support.format_keys import keys_in, keys_of
from .support.project import MINIMAL_PACKAGE, node_modules, write_files
from .support.scaffolded import tree_of
from .support.tool_host import run_tool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.derive.whole_answers import AcceptedAnswers

pytestmark = pytest.mark.toolchain

TYPECHECK = Path(__file__).parent / "support" / "typecheck.mjs"
TOGETHER = 500  # integrations in one program, so that it fits into memory
WHOLE = {
    24: 276,
    1000: 4000,
}  # answers drawn from the whole format, beside those of the derivation's properties
TESTED_ONE_IN = 6
ONE_IN = 12  # of them is linted, which takes the linter longer than the types of all

MAPPED = st.one_of(
    STEPS,
    st.sampled_from([True, "open", "a'b", 3, None]).map(lambda value: {"const": value}),
    st.just({"join": ["name", "team.id"], "with": "`"}),
    st.just({"from": "state", "values": {"1": "open", "x": "closed"}, "otherwise": "open"}),
)
MAPPING = st.dictionaries(
    st.sampled_from(["id", "success", *(name.removesuffix("?") for name in FIELDS)]), MAPPED, max_size=3
)
SYNC: Mapping[str, Any] = {
    "mapping": MAPPING,
    "request": st.sampled_from(
        [
            {"incremental": "none"},
            {"params": {"endpoint": "a"}},
            {"headers": {"endpoint": "a"}, "paginate": {"type": "none"}, "response_path": "data.items"},
            {"data": {"endpoint": [{"endpoint": True}]}, "response_path": ""},
        ]
    ),
}
ACTION: Mapping[str, Any] = {
    "mapping": MAPPING,
    "output": st.sampled_from(["SuccessResponse", "Nothing", "Item", "Items", "Holder"]),
    "input": st.sampled_from(["Item", "Asked", "none"]),
}
MODELS: Mapping[str, Any] = {
    "Nothing": {},
    "Item": {"id": "string", "name?": "string", "endpoint?": "string", "status": "open | closed"},
    "Items": {"items": "Item[]", "next_cursor?": "string"},
    "Holder": {"id": "string", "nothing": "Nothing", "item?": "Item", "items": [{"deep": "Item[]"}]},
    "Asked": {"id": "string", "endpoint": "string", "cursor?": "string", "limit?": "number"},
    "SuccessResponse": {"success": "boolean"},
}


@st.composite
def answer_data(draw: st.DrawFn) -> dict[str, Any]:
    """Answers of the derivation's own properties, with constants, empty models and keys called endpoint put in."""
    data = draw(ANSWERS)
    data["models"] = {**MODELS, **data["models"]}
    for kind, parts in (("syncs", SYNC), ("actions", ACTION)):
        for entry in data.get(kind, ()):
            for key in draw(st.sets(st.sampled_from(sorted(parts)))):
                entry[key] = draw(parts[key])
    return data


class EnoughError(Exception):
    """Enough answers have been accepted."""


def drawn(count: int) -> list[tuple[dict[str, Any], dict[str, str]]]:
    """The first answers that are accepted, with the files they give; the same in every run."""
    integrations: list[tuple[dict[str, Any], dict[str, str]]] = []

    @settings(
        max_examples=100 * count,
        report_multiple_bugs=False,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(answer_data(), FACTS)
    def collect(data: dict[str, Any], facts: Any) -> None:
        if len(integrations) == count:
            raise EnoughError
        try:
            integrations.append((data, tree_of([Job(load_answers(data), facts)])))
        except AnswersError:
            return

    with suppress(EnoughError):
        collect()
    return integrations


@cache
def drawn_from_all(count: int) -> list[AcceptedAnswers]:
    """The first answers of the whole format that are accepted."""
    return list(itertools.islice(accepted_answers(itertools.count()), count))


def test_every_key_and_every_word_of_the_format_is_among_what_is_accepted() -> None:
    schema = json_schema()
    keys = {key for whole in drawn_from_all(WHOLE[24]) for key in keys_of(schema, whole.data)}
    missing = set(keys_in(schema)) - keys
    assert {key for key in missing if "infer" not in key.split(".")} == set(), "infer is settled before"


@pytest.mark.parametrize("count", [24, pytest.param(1000, marks=pytest.mark.nightly)])
def test_a_second_run_finds_nothing_to_write(count: int) -> None:
    for whole in drawn_from_all(WHOLE[count]):
        files = {path: text.encode() for path, text in whole.tree.items()}
        second = scaffold([whole.job], lambda paths, files=files: {path: files.get(path) for path in paths})
        changed = [change.path for change in second.plan.changes if change.after != files.get(change.path)]
        assert changed == [], whole.data


@pytest.mark.parametrize("count", [24, pytest.param(1000, marks=pytest.mark.nightly)])
def test_what_is_accepted_compiles_and_lints(count: int, tmp_path: Path) -> None:
    answers = drawn(count)
    assert len(answers) == count
    answers += [(whole.data, whole.tree) for whole in drawn_from_all(WHOLE[count])]
    for first in range(0, len(answers), TOGETHER):
        root = tmp_path / f"from-{first}"
        look_at(answers[first : first + TOGETHER], root)


@pytest.mark.parametrize("count", [24, pytest.param(1000, marks=pytest.mark.nightly)])
def test_the_tests_of_what_is_accepted_pass(count: int, tmp_path: Path) -> None:
    wholes = drawn_from_all(WHOLE[count])[:: TESTED_ONE_IN if count == 24 else 1]
    for number, whole in enumerate(wholes):
        data = {**whole.data, "tests": True}
        tree = tree_of([Job(load_answers(data), whole.job.facts)])
        write_files(tmp_path / f"p{number}", tree)
    outcome = vitest.run(tmp_path)
    assert len(outcome) >= len(wholes) // 2
    assert with_answers(vitest.failures(outcome), [(whole.data, whole.tree) for whole in wholes]) == []


def look_at(answers: Sequence[tuple[dict[str, Any], dict[str, str]]], root: Path) -> None:
    """Check the types of these integrations, each a project of its own, and lint some of them."""
    modules = node_modules()
    write_files(root, {"package.json": MINIMAL_PACKAGE})
    (root / "node_modules").symlink_to(modules, target_is_directory=True)
    projects = [root / f"p{number}" for number in range(len(answers))]
    for project, (_, tree) in zip(projects, answers, strict=True):
        write_files(
            project,
            {path: text for path, text in tree.items() if path.endswith((".ts", ".yaml", ".mock.json"))},
        )
    result = run_tool("0.69", TYPECHECK, [modules / "nango", root], root, timeout=900)
    assert result.exit_code == 0, result.output
    assert with_answers(json.loads(result.stdout.splitlines()[-1]), answers) == []
    findings = lint.eslint(*projects[::ONE_IN])
    assert (
        with_answers(
            [f"{finding.path}:{finding.line} {finding.rule} {finding.message}" for finding in findings],
            answers,
        )
        == []
    )


def with_answers(wrong: list[str], answers: Sequence[tuple[dict[str, Any], dict[str, str]]]) -> list[str]:
    """The errors, each with the answers of its project."""
    failures = []
    for text in wrong[:10]:
        number = text.removeprefix("p").partition("/")[0]
        answers_text = json.dumps(answers[int(number)][0], default=str) if number.isdigit() else ""
        failures.append(f"{text}\n    {answers_text}")
    return failures
