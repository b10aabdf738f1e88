"""Files that people write: each is edited, or refused, as recorded beside it."""

from __future__ import annotations

import re

import pytest
from tests.nango_yaml import js_yaml
from tests.nango_yaml.torture_cases import Case, cases

from nango_scaffold.nango_yaml import Refused, merge, read, remove
from nango_scaffold.yaml12.scalars import same

VALID = [pytest.param(case, id=case.folder.name) for case in cases("valid")]
REFUSED = [pytest.param(case, id=case.folder.name) for case in cases("refused")]
ADDING = [param for param in VALID if not param.values[0].spec]  # type: ignore[attr-defined]
EMPTY = re.compile(r"\{\}|~$|\{$|^ *\}$")  # what makes room for content
NOT_TO_BE_UNDONE = {
    # What was there before is gone for good: nothing, null, braces written in another way, or entries of ours.
    "all-there", "bom-only", "blank-lines-only", "both-null", "braces-over-lines", "comment-only", "comment-only-open",
    "document-start-only", "empty", "first-integration-is-ours-and-empty", "integration-braces", "integration-null",
    "integrations-missing", "models-missing", "models-null", "models-null-commented", "models-tilde", "root-braces",
    "root-braces-behind-marker", "root-braces-indented", "section-braces",
}  # fmt: skip


def test_there_are_enough_of_them() -> None:
    assert len(VALID) >= 60
    assert len(REFUSED) >= 30


@pytest.mark.parametrize("case", VALID)
def test_a_file_is_edited_as_shown(case: Case) -> None:
    assert case.rendered() == case.expected()


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_is_refused_as_shown(case: Case) -> None:
    assert case.rendered() == case.expected()
    with pytest.raises(Refused) as refusal:
        case.outcome()
    assert refusal.value.exit_code == 3


@pytest.mark.parametrize("case", VALID)
def test_a_second_time_changes_nothing(case: Case) -> None:
    text = case.expected()["expected.yaml"].decode()
    if case.removes:
        assert remove(text, case.block).text == text
    else:
        assert merge(text, case.block, case.block).text == text


@pytest.mark.parametrize("case", ADDING)
def test_every_old_line_stays(case: Case) -> None:
    old, new = (
        text.lstrip("\ufeff").replace("\r", "").split("\n") for text in (case.text, case.outcome()[0])
    )
    remaining = iter(new)
    assert [line for line in old if not EMPTY.search(line) and line not in remaining] == []


@pytest.mark.parametrize("case", [param for param in ADDING if param.id not in NOT_TO_BE_UNDONE])
def test_taking_it_out_again_gives_the_old_bytes(case: Case) -> None:
    merged = merge(case.text, case.block)
    assert remove(merged.text, merged.owned).text.encode() == case.data


@pytest.mark.toolchain
@pytest.mark.parametrize("case", VALID)
def test_js_yaml_reads_what_we_read(case: Case) -> None:
    for name in ("input.yaml", "expected.yaml"):
        text = (case.folder / name).read_bytes().decode()
        document = read(text)
        theirs = js_yaml.load(text) or {}
        if "since?" in text:
            continue  # a date: js-yaml makes an object of it, we keep its text
        assert same(theirs.get("integrations") or {}, js_yaml.comparable(document.integrations))
        assert same(theirs.get("models") or {}, js_yaml.comparable(document.models))


SYNTAX = [
    "tab-indentation", "tab-indented-entry", "several-documents", "several-documents-empty", "duplicate-top-key",
    "duplicate-integration", "duplicate-key-deep", "duplicate-number-key", "duplicate-in-flow", "open-quote", "open-bracket",
    "bad-indentation", "colon-in-plain", "undefined-alias", "unknown-tag", "reserved-character", "control-character", "merge-of-text",
]  # fmt: skip


@pytest.mark.toolchain
@pytest.mark.parametrize("name", SYNTAX)
def test_js_yaml_refuses_the_same_syntax(name: str) -> None:
    case = next(case for case in cases("refused") if case.folder.name == name)
    with pytest.raises(js_yaml.JsYamlError):
        js_yaml.load(case.text)
