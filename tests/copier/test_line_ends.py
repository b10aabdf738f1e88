"""Line ends: files with CRLF, and git on Windows, which converts them."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from plumbum import local
from tests.copier.support import (
    COMPANIES,
    CONTACTS,
    FIRST,
    MANIFEST,
    TYPES,
    YAML,
    Project,
    Template,
    answers_file,
    copier,
    git,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = "nango-integrations/schema.zod.ts"


def with_crlf(project: Project, *paths: str) -> Project:
    for path in paths:
        project.write(path, project.read(path).replace("\n", "\r\n"))
    return project


def lone_line_feeds(project: Project, path: str) -> int:
    data = (project.root / path).read_bytes()
    return data.count(b"\n") - data.count(b"\r\n")


class TestKeptWithCrlf:
    def test_nothing_new_changes_nothing(self, scaffolded: Project) -> None:
        with_crlf(scaffolded, CONTACTS, TYPES, YAML, SCHEMA).commit().update(vcs_ref=FIRST)
        assert scaffolded.status() == ""

    def test_edits_are_merged_with_the_new_version(self, scaffolded: Project) -> None:
        scaffolded.edit(CONTACTS, "export default", "// Ours.\nexport default")
        with_crlf(scaffolded, CONTACTS, COMPANIES, TYPES).commit()
        result = copier("update", "--trust", "--defaults", "-a", answers_file("hubspot"), cwd=scaffolded.root)
        assert "Conflicts" not in result.text
        assert "// Ours." in scaffolded.read(CONTACTS)
        assert "retries: 7" in scaffolded.read(CONTACTS)
        assert "// Types of the API." in scaffolded.read(TYPES)
        assert [lone_line_feeds(scaffolded, path) for path in (CONTACTS, COMPANIES, TYPES)] == [0, 0, 0]
        assert "UU" not in scaffolded.status()

    def test_a_conflict_is_marked_where_it_is_and_nowhere_else(self, scaffolded: Project) -> None:
        with_crlf(scaffolded.edit(CONTACTS, "retries: 10", "retries: 20"), CONTACTS).commit()
        result = copier("update", "--trust", "--defaults", "-a", answers_file("hubspot"), cwd=scaffolded.root)
        assert f"  {CONTACTS}\n" in result.text[result.text.index("Conflicts") :]
        ours, theirs = "        retries: 20\n", "        retries: 7\n"
        assert f"<<<<<<< before updating\n{ours}=======\n{theirs}>>>>>>> after updating\n" in scaffolded.read(
            CONTACTS
        )
        assert scaffolded.read(CONTACTS).count("<<<<<<<") == 1
        assert f"UU {CONTACTS}" in scaffolded.status()

    def test_nango_yaml_keeps_them_around_what_is_new(self, scaffolded: Project) -> None:
        with_crlf(scaffolded, YAML).commit().update()
        assert lone_line_feeds(scaffolded, YAML) == 0
        assert scaffolded.entry()["syncs"]["contacts"]["runs"] == "every 2 hours"

    def test_the_schema_keeps_them_around_new_models(self, scaffolded: Project) -> None:
        with_crlf(scaffolded, SCHEMA).commit().update(
            vcs_ref=FIRST, data={"sync_names": "contacts, companies, deals"}
        )
        assert lone_line_feeds(scaffolded, SCHEMA) == 0
        assert "dealSchema" in scaffolded.read(SCHEMA)


@pytest.fixture
def _git_on_windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What git for Windows asks for when it is installed: CRLF in the working tree, LF in the repository."""
    number = int(os.environ["GIT_CONFIG_COUNT"])
    setting = {
        "GIT_CONFIG_COUNT": str(number + 1),
        f"GIT_CONFIG_KEY_{number}": "core.autocrlf",
        f"GIT_CONFIG_VALUE_{number}": "true",
    }
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    with local.env(**setting):
        yield


@pytest.fixture
def checked_out(_git_on_windows: None, scaffolded: Project) -> Project:
    """The project as cloned by a colleague on Windows."""
    git(scaffolded.root, "rm", "--quiet", "--cached", "-r", ".")
    git(scaffolded.root, "reset", "--quiet", "--hard")
    assert b"\r\n" in (scaffolded.root / CONTACTS).read_bytes()
    return scaffolded


def difference(project: Project) -> str:
    """What a commit would hold; git settles line ends when files are added."""
    git(project.root, "add", "--all")
    return git(project.root, "diff", "--cached", "--name-only")


class TestGitOnWindows:
    def test_nothing_new_is_nothing_to_commit(self, checked_out: Project) -> None:
        checked_out.update(vcs_ref=FIRST)
        assert difference(checked_out) == ""

    def test_edits_are_merged_with_the_new_version(self, checked_out: Project) -> None:
        checked_out.edit(CONTACTS, "export default", "// Ours.\nexport default").commit()
        schema = json.loads(checked_out.read(MANIFEST))["schema"]
        checked_out.update()
        assert "// Ours.\nexport default" in checked_out.read(CONTACTS)
        assert "retries: 7" in checked_out.read(CONTACTS)
        assert "<<<<<<<" not in checked_out.read(CONTACTS)
        assert checked_out.entry()["syncs"]["contacts"]["runs"] == "every 2 hours"
        assert json.loads(checked_out.read(MANIFEST))["schema"] == schema

    def test_the_file_of_a_dropped_sync_goes_unless_it_was_edited(self, checked_out: Project) -> None:
        checked_out.update(vcs_ref=FIRST, data={"sync_names": "contacts"})
        assert not checked_out.has(COMPANIES)
        git(checked_out.root, "reset", "--quiet", "--hard")
        checked_out.edit(COMPANIES, "export default", "// Ours.\nexport default").commit()
        checked_out.update(vcs_ref=FIRST, data={"sync_names": "contacts"})
        assert "// Ours." in checked_out.read(COMPANIES)

    def test_a_copy_over_it_changes_nothing(self, checked_out: Project, released: Template) -> None:
        checked_out.copy(released, vcs_ref=FIRST)
        assert difference(checked_out) == ""
