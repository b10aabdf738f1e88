"""The README of an integration with Copier: chosen at the copy, maintained by updates, merged with the user's edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.copier.support import FIRST, Project, Template, scaffold_new

if TYPE_CHECKING:
    from pathlib import Path

README = "nango-integrations/hubspot/README.md"
OTHER = "nango-integrations/github/README.md"


def test_it_is_decided_at_the_copy_and_kept_by_updates(released: Template, project: Project) -> None:
    project.copy(released, {"provider": "hubspot", "sync_names": "users"}, vcs_ref=FIRST)
    assert project.stored()["optional_files"] == ["readme", "tests"]
    project.edit(README, "## Setting it up", "## Whom to ask\n\nThe sales team.\n\n## Setting it up").commit()
    project.update(vcs_ref=FIRST, data={"action_names": "create-user"})
    text = project.read(README)
    assert "### create-user" in text
    assert "The sales team." in text
    project.delete(README).commit().update(vcs_ref=FIRST)
    assert not project.has(README)


def test_answers_that_want_none_win_and_older_projects_have_none(
    released: Template, project: Project, tmp_path: Path
) -> None:
    no_page = {"provider": "hubspot", "sync_names": "users", "readme": False}
    project.copy(released, no_page, vcs_ref=FIRST)
    project.copy(released, {"provider": "github", "sync_names": "issues"}, vcs_ref=FIRST)
    assert not project.has(README)
    assert not project.has(OTHER)
    new = tmp_path / "new"
    assert (
        scaffold_new(
            new, "--set", "provider=hubspot", "--set", "sync_names=users", "--set", "readme=false"
        ).code
        == 0
    )
    assert scaffold_new(new, "--set", "provider=github", "--set", "sync_names=issues").code == 0
    assert not (new / OTHER).exists()
    project.commit().update(vcs_ref=FIRST, data={"readme": True})
    assert project.has(README)
    project.commit().update("github", vcs_ref=FIRST)
    assert not project.has(OTHER)
