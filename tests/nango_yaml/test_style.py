"""What we write pleases yamllint, in the configuration that Nango's templates use."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.nango_yaml.files import blocks
from tests.nango_yaml.torture_cases import Case, cases
from yamllint import linter
from yamllint.config import YamlLintConfig

from nango_scaffold.nango_yaml import Block, house_style

RULES = YamlLintConfig(
    "extends: default\nrules: {line-length: disable, document-start: disable, key-duplicates: disable, truthy: {check-keys: false}}"
)


def findings(text: str) -> list[str]:
    return [f"{problem.line}:{problem.column} {problem.message}" for problem in linter.run(text, RULES)]


@given(
    blocks("linear"),
    st.sampled_from(["a", "a: b", "yes", "no", "tab\t", "x\ny\n", "x \ny", "#", "'", "", "- a"]),
)
def test_a_fresh_file_has_no_finding(block: Block, text: str) -> None:
    spiced = Block(
        block.integration,
        {"our-x": {"description": text, "scopes": [text, text], "list": [{"a": text, "b": [text]}]}},
        block.actions,
    )
    for variant in (block, spiced):
        assert findings(house_style(variant)) == []


FILES = [case for case in cases("valid") if not case.spec and case.text.strip()]


@cache
def has_findings(text: str) -> bool:
    return bool(findings(text))


@pytest.mark.parametrize("case", [pytest.param(case, id=case.folder.name) for case in FILES])
def test_a_file_without_a_finding_gets_none(case: Case) -> None:
    if not has_findings(case.text):
        assert findings(case.expected()["expected.yaml"].decode()) == []


def test_many_files_have_no_finding_to_begin_with() -> None:
    assert len([case for case in FILES if not has_findings(case.text)]) > 40
