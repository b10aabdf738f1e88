"""For any file and any block: nothing else changes, and everything can be undone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.nango_yaml import js_yaml
from tests.nango_yaml.files import File, blocks, files, model_entries

from nango_scaffold.nango_yaml import Block, merge, read, remove
from nango_scaffold.yaml12.scalars import same

NEW = "our-integration"
SHARED = "shared"

cases = st.one_of(st.tuples(files(), blocks(NEW)), st.tuples(files(SHARED), blocks(SHARED)))


def combined(file: File, ours: Block) -> dict[str, Any]:
    """The data that the file must hold once the block is in."""
    integrations = dict(file.integrations)
    theirs = dict(integrations.get(ours.integration, {}))
    for section, entries in ours.sections().items():
        theirs[section] = {**theirs.get(section, {}), **entries}
    integrations[ours.integration] = theirs
    return {"integrations": integrations, "models": {**file.models, **ours.models}}


def lines_of(text: str) -> list[str]:
    """The lines; a ``{}`` that gets content makes room for it."""
    return re.sub(r": \{\}(?=\s|\Z)", ":", text.replace("\r", "")).split("\n")


def is_subsequence(old: list[str], new: list[str]) -> bool:
    remaining = iter(new)
    return all(line in remaining for line in old)


@given(files())
def test_a_generated_file_reads_as_the_data_it_was_made_from(file: File) -> None:
    document = read(file.text)
    assert same(document.integrations, file.integrations)
    assert same(document.models, file.models)


@pytest.mark.toolchain
@given(cases)
def test_js_yaml_reads_the_old_data_and_ours(case: tuple[File, Block]) -> None:
    file, ours = case
    assert same(
        js_yaml.load(file.text) or {},
        js_yaml.comparable({"integrations": file.integrations, "models": file.models}),
    )
    assert same(js_yaml.load(merge(file.text, ours).text), js_yaml.comparable(combined(file, ours)))


@given(cases)
def test_every_old_line_is_still_there_in_its_order(case: tuple[File, Block]) -> None:
    file, ours = case
    new = merge(file.text, ours).text
    assert is_subsequence(lines_of(file.text), lines_of(new))
    assert new.endswith("\n") == file.text.endswith("\n")
    assert ("\r" in new) == ("\r" in file.text)


@given(cases)
def test_the_new_file_reads_as_the_old_data_and_ours(case: tuple[File, Block]) -> None:
    file, ours = case
    document = read(merge(file.text, ours).text)
    expected = combined(file, ours)
    assert same(document.integrations, expected["integrations"])
    assert same(document.models, expected["models"])


@given(cases)
def test_adding_twice_is_adding_once(case: tuple[File, Block]) -> None:
    file, ours = case
    merged = merge(file.text, ours)
    assert merge(merged.text, ours, merged.owned).text == merged.text
    assert merge(merged.text, ours).text == merged.text


@given(cases)
def test_adding_and_removing_gives_the_old_bytes(case: tuple[File, Block]) -> None:
    file, ours = case
    merged = merge(file.text, ours)
    removed = remove(merged.text, merged.owned)
    assert removed.kept == ()
    assert removed.text == file.text


@given(cases, blocks(SHARED), model_entries())
def test_replacing_our_block_gives_the_same_as_writing_it_first(
    case: tuple[File, Block], other: Block, model: dict[str, Any]
) -> None:
    file, ours = case
    theirs = replace(other, integration=ours.integration, models={**other.models, "OurThing": model})
    first = merge(file.text, ours)
    second = merge(first.text, theirs, first.owned)
    assert second.kept == ()
    expected = combined(file, theirs)
    assert same(read(second.text).integrations, expected["integrations"])
    assert same(read(second.text).models, expected["models"])
    back = remove(second.text, second.owned)
    assert same(read(back.text).integrations, file.integrations)
    assert same(read(back.text).models, file.models)
