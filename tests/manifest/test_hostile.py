"""A malicious manifest: refused with its path, or followed no further than its own integration."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from tests.lifecycle.support import Project
from tests.manifest.hostile import FOREIGN, OWN, closed, first_format, hostile_manifests, opened

from nango_scaffold.errors import ProjectError
from nango_scaffold.manifest import to_text
from nango_scaffold.manifest.reading import from_text

MANIFEST = f"{OWN}/.nango-scaffold.json"
OTHER = "nango-integrations/slack/"
ANSWERS = {"provider": "hubspot", "sync_names": ["users"], "action_names": ["create-user"]}
COMMANDS = (
    "add sync hubspot teams",
    "remove hubspot users",
    "update hubspot",
    "new --set provider=hubspot --set sync_names=users --set action_names=create-user",
    "remove hubspot",
)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, dict[str, bytes]]:
    """A project of two integrations, and its files."""
    project = Project(tmp_path_factory.mktemp("hostile") / "project")
    project.path.mkdir()
    assert project.run("new --set provider=slack --set sync_names=messages").code == 0
    assert project.new(ANSWERS).code == 0
    return project, {path: data for path, data in project.tree().items() if data is not None}


@pytest.fixture(scope="module")
def table(pristine: tuple[Project, dict[str, bytes]]) -> list[tuple[str, str]]:
    return list(hostile_manifests(pristine[1][MANIFEST].decode()))


def restore(project: Project, files: dict[str, bytes]) -> None:
    now = {path for path, data in project.tree().items() if data is not None}
    for path in now - files.keys():
        (project.path / path).unlink()
    for path in files:
        if path not in now or (project.path / path).read_bytes() != files[path]:
            project.write(path, files[path].decode())


def is_refused(text: str) -> bool:
    """Whether a text is refused the way a manifest is, rather than read."""
    refusal = None
    try:
        from_text(text, MANIFEST)
    except ProjectError as error:
        refusal = error
    if refusal is None:
        return False
    assert (refusal.where, refusal.exit_code) == (MANIFEST, 3)
    assert "restore it from git" in refusal.fix or "update nango-scaffold" in refusal.fix
    return True


def test_every_manifest_is_read_or_refused_at_once(table: list[tuple[str, str]]) -> None:
    assert len(table) > 1000
    refusals = 0
    for name, text in table:
        start = time.process_time()
        refusals += is_refused(text)
        assert time.process_time() - start < 1, name
    assert refusals > len(table) / 2


def test_no_command_ends_in_a_traceback_or_touches_what_is_another_s(
    pristine: tuple[Project, dict[str, bytes]], table: list[tuple[str, str]]
) -> None:
    """An exception that nobody foresaw would come out of ``run``, and fail the test."""
    project, files = pristine
    commands = cycle(COMMANDS)
    some = [*table[::5], *table[-60:]]
    assert len(some) >= 240
    for name, text in some:
        for _ in range(1 if is_refused(text) else 2):
            command = next(commands)
            restore(project, files)
            project.write(MANIFEST, text)
            start = time.process_time()
            result = project.run(command)
            assert time.process_time() - start < 1, (name, command)
            assert result.code in (0, 1, 2, 3), (name, command)
            assert (MANIFEST in result.err) or not is_refused(text), (name, command, result.err)
            others = {path: data for path, data in files.items() if path.startswith(OTHER)}
            del others[f"{OTHER}.nango-scaffold.json"]  # takes over what the two of them shared
            assert {path: project.tree().get(path) for path in others} == others, (name, command)
    restore(project, files)


@pytest.mark.parametrize("command", ["check --verbose", "doctor", "remove slack", "update"])
def test_commands_over_all_integrations_meet_one_that_is_spoilt(
    pristine: tuple[Project, dict[str, bytes]], table: list[tuple[str, str]], command: str
) -> None:
    project, files = pristine
    for name, text in table[::60]:
        restore(project, files)
        project.write(MANIFEST, text)
        assert project.run(command).code in (0, 1, 2, 3), name
    restore(project, files)


@pytest.mark.parametrize("path", FOREIGN)
@pytest.mark.parametrize("write", [closed, lambda data: json.dumps(first_format(data))])
def test_a_file_of_others_in_it_is_never_deleted(
    pristine: tuple[Project, dict[str, bytes]], path: str, write: Callable[[dict[str, Any]], str]
) -> None:
    project, files = pristine
    restore(project, files)
    data = opened(files[MANIFEST].decode())
    data["merge_base"]["files"][path] = files.get(path, b"A").decode()
    before = project.tree()
    project.write(MANIFEST, write(data))
    result = project.run("remove hubspot")
    assert (result.code, MANIFEST in result.err) == (3, True)
    assert {**project.tree(), MANIFEST: None} == {**before, MANIFEST: None}
    restore(project, files)


def test_the_way_back_brings_nothing_into_nango_yaml(tmp_path: Path) -> None:
    """The last step of ``remove`` puts back how the file was written, never what it says."""
    project = Project(tmp_path / "project")
    project.write("nango-integrations/nango.yaml", "# ours\n")
    project.new(ANSWERS)
    data = opened(project.read(MANIFEST))
    assert data["origin"]["undo"]["text"] == ""
    undo = data["origin"]["undo"]
    planted = "integrations:\n    evil:\n        syncs:\n            x: { runs: every day }\nmodels: {}\n"
    data["origin"]["undo"] = {**undo, "text": planted}
    project.write(MANIFEST, closed(data))
    assert project.run("remove hubspot").code == 0
    assert "evil" not in project.read("nango-integrations/nango.yaml")
    assert project.read("nango-integrations/nango.yaml").startswith("# ours\n")


def test_a_manifest_reads_back_as_it_was_written(pristine: tuple[Project, dict[str, bytes]]) -> None:
    text = pristine[1][MANIFEST].decode()
    assert to_text(from_text(text, MANIFEST)) == text


@pytest.mark.parametrize("half", [r"\ud800", r"\uDBFF", r"\udc00", r"\uDfff"])
@pytest.mark.parametrize("place", ['"schema": "', '"provider": {"', '"answers": {"'])
def test_either_half_of_a_character_is_refused_in_values_and_in_keys(
    pristine: tuple[Project, dict[str, bytes]], place: str, half: str
) -> None:
    """It could be read, and could not be written to a file again."""
    text = json.dumps(json.loads(pristine[1][MANIFEST])).replace(place, place + half, 1)
    with pytest.raises(ProjectError, match="half a character"):
        from_text(text, MANIFEST)


def test_a_character_that_is_escaped_in_two_halves_is_whole(
    pristine: tuple[Project, dict[str, bytes]],
) -> None:
    text = pristine[1][MANIFEST].decode().replace('"generator": "', r'"generator": "\ud83d\ude00', 1)
    assert from_text(text, MANIFEST).generator.startswith("\N{GRINNING FACE}")
