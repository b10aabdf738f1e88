"""Links: followed within the git work tree of the project, or within the project, and nowhere else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from nango_scaffold.commit import Recovery, apply, hold, preflight, read, recover
from nango_scaffold.commit.journal import area_beside
from nango_scaffold.errors import ProjectError
from nango_scaffold.plan import Change, Plan
from nango_scaffold.plan.paths import LOCK, NANGO_YAML, STAGING

from .support.worlds import tree_of

TYPES = "nango-integrations/github/types.ts"


@pytest.fixture
def project(folder: Path) -> Path:
    """A project in a folder ``repository``, with a folder of somebody else's beside that."""
    project = folder / "repository/project"
    (project / "nango-integrations").mkdir(parents=True)
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere/file").write_bytes(b"precious")
    (folder / "repository/file").write_bytes(b"shared")
    return project


def refuse(project: Path, path: str, target: Path) -> None:
    """Reading, a dry run and a run refuse the path, say where it leads, and leave everything as it is."""
    top = project.parent.parent
    before = tree_of(top)
    for change in (Change(path, b"precious", b"new"), Change(path, b"precious", None)):
        plan = Plan((Change("a.ts", None, b"a"), change))
        with pytest.raises(ProjectError, match="is a link") as refusal:
            read(project, [path])
        assert refusal.value.exit_code == 3
        assert str(target) in refusal.value.what
        with pytest.raises(ProjectError, match="is a link"):
            preflight(project, plan)
        with hold(project) as lock:
            assert {path.name for path in top.rglob(f"{LOCK}*")} == {LOCK}, "no lock out there"
            with pytest.raises(ProjectError, match="is a link"):
                apply(lock, plan)
        assert tree_of(top) == before


@pytest.mark.parametrize("has_git", [True, False])
@pytest.mark.parametrize("path", [NANGO_YAML, TYPES, "nango-integrations/github/.nango-scaffold.json"])
def test_a_link_out_of_the_project_and_its_work_tree_is_refused(
    folder: Path, project: Path, path: str, has_git: bool
) -> None:
    if has_git:
        (folder / "repository/.git").mkdir()
    (project / path).parent.mkdir(exist_ok=True)
    (project / path).symlink_to(folder / "elsewhere/file")
    refuse(project, path, folder / "elsewhere/file")


@pytest.mark.parametrize("path", [NANGO_YAML, TYPES])
def test_a_folder_that_is_a_link_out_of_the_work_tree_is_refused(
    folder: Path, project: Path, path: str
) -> None:
    link = (project / path).parent
    (folder / "elsewhere" / Path(path).name).write_bytes(b"precious")
    if link.is_dir():
        link.rmdir()
    link.symlink_to(folder / "elsewhere")
    refuse(project, path, folder / "elsewhere")


def test_without_git_a_link_beside_the_project_is_refused(folder: Path, project: Path) -> None:
    (project / NANGO_YAML).symlink_to("../../file")
    refuse(project, NANGO_YAML, folder / "repository/file")


@pytest.mark.parametrize("git", ["a folder", "a file"])  # a file in a worktree of its own, and in a submodule
def test_a_link_within_the_work_tree_is_written_through(folder: Path, project: Path, git: str) -> None:
    if git == "a folder":
        (folder / "repository/.git").mkdir()
    else:
        (folder / "repository/.git").write_text("gitdir: elsewhere\n")
    (project / NANGO_YAML).symlink_to("../../file")
    (folder / "repository/common").mkdir()
    (project / "nango-integrations/github").symlink_to("../../common")
    with hold(project) as lock:
        apply(lock, Plan((Change(NANGO_YAML, b"shared", b"new"), Change(TYPES, None, b"types"))))
    assert (folder / "repository/file").read_bytes() == b"new"
    assert (folder / "repository/common/types.ts").read_bytes() == b"types"
    assert (project / NANGO_YAML).is_symlink()
    assert not list(folder.rglob(".nango-scaffold*"))


def test_a_link_into_a_repository_within_the_work_tree_is_refused(folder: Path, project: Path) -> None:
    (folder / "repository/.git").mkdir()
    (folder / "repository/module/.git").mkdir(parents=True)
    (folder / "repository/module/file").write_bytes(b"precious")
    (project / NANGO_YAML).symlink_to("../../module/file")
    refuse(project, NANGO_YAML, folder / "repository/module/file")


@pytest.mark.parametrize("at", ["", "project"])
@pytest.mark.parametrize("place", [".git/hooks/pre-commit", f"{STAGING}-abc/file", ".GIT/config"])
def test_a_link_to_files_of_git_or_ours_is_refused(folder: Path, project: Path, place: str, at: str) -> None:
    """A hook that is appended to would run at the next commit."""
    (folder / "repository" / at / ".git").mkdir()
    hook = folder / "repository" / at / place
    hook.parent.mkdir(parents=True, exist_ok=True)
    hook.write_bytes(b"precious")
    (project / NANGO_YAML).symlink_to(hook)
    refuse(project, NANGO_YAML, hook)


def test_a_folder_that_a_link_leads_to_stays_when_its_last_file_goes(folder: Path, project: Path) -> None:
    """Else the link would lead to nothing."""
    (folder / "repository/.git").mkdir()
    (folder / "repository/common/github/syncs").mkdir(parents=True)
    (folder / "repository/common/github/syncs/a.ts").write_bytes(b"a")
    (project / "nango-integrations/github").symlink_to("../../common/github")
    with hold(project) as lock:
        apply(lock, Plan((Change("nango-integrations/github/syncs/a.ts", b"a", None),)))
    assert list((folder / "repository/common").rglob("*")) == [folder / "repository/common/github"]


def plant(project: Path, areas: list[Path]) -> None:
    """Leave what a killed run would, with files in other folders."""
    (project / STAGING).mkdir()
    for area in areas:
        area.mkdir(parents=True, exist_ok=True)
        (area / "new-0").write_bytes(b"precious")
    (project / STAGING / "beside.json").write_text(json.dumps([str(area) for area in areas]))


def test_areas_of_this_project_within_its_work_tree_are_emptied(folder: Path, project: Path) -> None:
    (folder / "repository/.git").mkdir()
    area = area_beside(project, folder / "repository")
    plant(project, [area])
    with hold(project) as lock:
        assert recover(lock) == Recovery("rolled back")
    assert not area.exists()


def test_projects_that_share_a_folder_have_areas_of_their_own_in_it(tmp_path: Path) -> None:
    areas = [area_beside(tmp_path / name, tmp_path).name for name in ("a", "b")]
    assert len(set(areas)) == 2
    assert all(re.fullmatch(re.escape(STAGING) + "-[0-9a-f]{12}", area) for area in areas)


@pytest.mark.parametrize(
    "place", ["repository/.nango-scaffold-tmp-0123456789ab", "elsewhere", "elsewhere/link", "repository/.git"]
)
def test_a_list_of_areas_names_none_that_is_not_ours(folder: Path, project: Path, place: str) -> None:
    """Of another project, out of the work tree, through a link, or in git's own folder."""
    (folder / "repository/.git").mkdir()
    (folder / "elsewhere/link").symlink_to(folder / "repository")
    is_named = "tmp" in place
    area = folder / place if is_named else area_beside(project, folder / place)
    plant(project, [area])
    with hold(project) as lock:
        recover(lock)
    assert (area / "new-0").read_bytes() == b"precious"
