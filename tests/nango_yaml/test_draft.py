"""Several blocks in one draft give what merging them one by one gives, read and written once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.nango_yaml.files import File, files

from nango_scaffold.nango_yaml import Block, Draft, ModelClash, Refused, draft, house_style, merge, read
from nango_scaffold.nango_yaml.draft import begin

USER: dict[str, Any] = {"id": "string", "name?": "string"}
SHAPES: list[dict[str, Any]] = [
    USER,
    {"id": "number"},
    {"id": "string", "owner": "User"},
    {"of": "Team | Issue"},
]
MODELS = ["User", "Team", "Owner", "Issue"]


def block(name: str, **models: Any) -> Block:
    """A block with one sync, whose output is the first of its models."""
    endpoint = {"method": "GET", "path": "/users", "group": "Users"}
    entry = {"runs": "every day", "output": next(iter(models), "User"), "endpoint": endpoint}
    return Block(name, syncs={"users": entry}, models=models)


blocks = st.lists(
    st.builds(
        lambda name, models: block(name, **models),
        st.sampled_from([f"our-{letter}" for letter in "abcde"]),
        st.dictionaries(st.sampled_from(MODELS), st.sampled_from(SHAPES), max_size=3),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda block: block.integration,
)


def one_by_one(text: str, ours: list[Block], base: dict[str, Block]) -> tuple[str, dict[str, Block], str]:
    owned = {}
    for block in ours:
        try:
            merged = merge(text, block, base.get(block.integration))
        except Refused as refusal:
            return text, owned, type(refusal).__name__
        text, owned[block.integration] = merged.text, merged.owned
    return text, owned, ""


def in_one(text: str, ours: list[Block], base: dict[str, Block]) -> tuple[str, dict[str, Block], str]:
    whole, owned = Draft(text), {}
    for block in ours:
        try:
            owned[block.integration] = whole.put(block, base.get(block.integration)).owned
        except Refused as refusal:
            return whole.document().source, owned, type(refusal).__name__
    return whole.document().source, owned, ""


@given(files(), blocks)
def test_the_same_bytes_as_one_by_one(file: File, ours: list[Block]) -> None:
    assert in_one(file.text, ours, {}) == one_by_one(file.text, ours, {})


@given(blocks, blocks)
def test_the_same_bytes_when_blocks_come_again_changed(first: list[Block], second: list[Block]) -> None:
    text, owned, _ = one_by_one("", first, {})
    assert in_one(text, second, owned) == one_by_one(text, second, owned)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often a draft writes, as the number of edits of each time."""
    times: list[int] = []

    def carry_out(document: Any, edits: list[Any]) -> Any:
        times.append(len(edits))
        return original(document, edits)

    original = draft.carry_out
    monkeypatch.setattr(draft, "carry_out", carry_out)
    return times


def test_new_integrations_that_share_a_model_are_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    times = counted(monkeypatch)
    whole = Draft("integrations:\nmodels:\n")
    for name in ("a", "b", "c"):
        whole.put(block(name, User=USER, **{f"{name.upper()}Team": USER}))
    assert list(whole.document().models) == ["User", "ATeam", "BTeam", "CTeam"]
    assert len(times) == 1


def test_what_stands_there_already_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    text = merge("", block("a", User=USER)).text
    times = counted(monkeypatch)
    whole = Draft(text)
    whole.put(block("a", User=USER), block("a", User=USER))
    assert whole.document().source == text
    assert times == []


def test_the_models_of_earlier_blocks_are_known_before_they_are_written() -> None:
    whole = Draft("")
    whole.put(block("a", User=USER))
    assert whole.models == {"User": USER}
    assert whole.integrations == ["a"]


def test_a_clash_with_an_earlier_block_is_told() -> None:
    whole = Draft("")
    whole.put(block("a", User=USER))
    with pytest.raises(ModelClash, match="the model User exists with other fields"):
        whole.put(block("b", User={"id": "number"}))


def test_a_name_that_an_earlier_block_uses_as_a_literal_is_refused_as_a_model() -> None:
    whole = Draft("")
    whole.put(block("a", User={"id": "string", "kind": "Team | none"}))
    with pytest.raises(Refused, match="uses Team as a literal"):
        whole.put(block("b", Team=USER))


def test_a_place_that_cannot_be_written_to_is_told_with_the_block_that_wanted_it() -> None:
    whole = Draft("integrations: {x: {syncs: {}}}\nmodels:\n")
    with pytest.raises(Refused) as refusal:
        whole.put(block("a", User=USER))
    assert "a:\n" in refusal.value.block


def test_a_file_that_cannot_be_edited_is_told_with_the_block_to_paste_which_is_made_only_then() -> None:
    with pytest.raises(Refused) as refusal:
        begin("integrations: [a]\n", lambda: block("a", User=USER))
    assert refusal.value.block == house_style(block("a", User=USER))

    def unasked() -> Block:
        pytest.fail("the file can be edited")

    assert begin(None, unasked).document().source == ""


def test_the_draft_reads_as_what_it_wrote() -> None:
    whole = Draft("")
    whole.put(block("a", User=USER))
    whole.put(block("b", Team=USER))
    document = whole.document()
    assert read(document.source).models == document.models == {"User": USER, "Team": USER}


def test_all_clashes_of_a_block_are_told_at_once_each_with_what_differs_in_two_lines() -> None:
    whole = Draft("")
    whole.put(block("a", User=USER, Team={"id": "string"}, Same=USER))
    other = {"id": "number", "address": {"street": "string"}}
    with pytest.raises(ModelClash) as clash:
        whole.put(block("b", User={**USER, **other}, Team=other, Same=USER))
    message = str(clash.value)
    assert "2 models stand in the file with other fields: User, Team" in message
    assert "Same" not in message
    assert "to be written: id: number, address.street: string" in message
    assert "in the file:   id: string\n" in message
    assert "--prefix-models" in message
    assert len(message.splitlines()) == 8


def test_a_clash_of_large_models_is_two_lines_all_the_same() -> None:
    whole = Draft("")
    whole.put(block("a", User=USER))
    with pytest.raises(ModelClash) as clash:
        whole.put(block("b", User={f"field{number}": "string" for number in range(250)}))
    assert "and 246 more" in str(clash.value)
    assert len(str(clash.value).splitlines()) == 4


def test_names_that_are_used_as_literals_are_told_with_the_clashes_and_with_each_other() -> None:
    whole = Draft("")
    whole.put(block("a", User=USER, Event={"id": "string", "kind": "Team | Deal"}))
    with pytest.raises(ModelClash) as clash:
        whole.put(block("b", Team=USER, User={"id": "number"}))
    message = str(clash.value)
    assert "the model User exists with other fields" in message
    assert "models.Event.kind uses Team as a literal" in message
    with pytest.raises(Refused) as literals:
        whole.put(block("b", Team=USER, Deal=USER))
    message = str(literals.value)
    assert "uses Team as a literal" in message
    assert "uses Deal as a literal" in message
