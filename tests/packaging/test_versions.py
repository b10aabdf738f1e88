"""The version comes from the tag, and every tree can be built: tagged or not, cut short, or without git."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from tests.copier.support import git
from tests.packaging.support import ROOT, build

from nango_scaffold import __version__

RECIPES = ("docs/ci.md", "docs/check.md")
NAMING = ("generator/nango_scaffold/__init__.py", "CHANGELOG.md", *RECIPES)


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    """The project's own commands."""
    module = ModuleType("dev")
    module.__file__ = str(ROOT / "dev.py")
    exec(compile((ROOT / "dev.py").read_text("utf-8"), module.__file__, "exec"), module.__dict__)
    return module


def copied(root: Path) -> dict[str, str]:
    """The files that name the version, in a folder of their own."""
    for path in NAMING:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, root / path)
    return texts(root)


def texts(root: Path) -> dict[str, str]:
    return {path: (root / path).read_text("utf-8") for path in NAMING}


class TestRelease:
    def test_a_version_is_written_wherever_it_is_named(self, dev: ModuleType, tmp_path: Path) -> None:
        before = copied(tmp_path)
        dev.name_version(tmp_path, "12.3.4")
        after = texts(tmp_path)
        code, changelog, *recipes = after.values()
        assert code == before[NAMING[0]].replace(__version__, "12.3.4")
        assert recipes == [before[path].replace(f"@v{__version__}", "@v12.3.4") for path in RECIPES]
        assert re.search(r"^## Unreleased\n\n## 12\.3\.4 - 20\d\d-\d\d-\d\d\n\n### ", changelog, re.M)

    @pytest.mark.parametrize("version", ["v1.0.0", "1.0", "1.0.0.dev1", ""])
    def test_what_is_no_version_is_refused(self, version: str, dev: ModuleType, tmp_path: Path) -> None:
        before = copied(tmp_path)
        with pytest.raises(SystemExit) as refusal:
            dev.name_version(tmp_path, version)
        assert refusal.value.code == 2
        assert texts(tmp_path) == before

    def test_a_place_that_is_not_found_is_told(
        self, dev: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        copied(tmp_path)
        (tmp_path / "docs/ci.md").write_text("No recipe.\n")
        with pytest.raises(SystemExit) as refusal:
            dev.name_version(tmp_path, "1.0.0")
        assert refusal.value.code == 1
        assert "ci.md: 0 places match" in capsys.readouterr().err


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of this repository that knows its newest commit and no tag."""
    root = tmp_path_factory.mktemp("clone") / "nango-scaffold"
    git(ROOT, "clone", "--quiet", "--depth", "1", "--no-tags", ROOT.as_uri(), str(root))
    return root


@pytest.mark.nightly
class TestBuilds:
    def test_a_tagged_commit_is_that_version(self, clone: Path, tmp_path: Path) -> None:
        git(clone, "tag", "v12.3.4")
        names = build(clone, tmp_path)
        git(clone, "tag", "--delete", "v12.3.4")
        assert names == ["nango_scaffold-12.3.4-py3-none-any.whl", "nango_scaffold-12.3.4.tar.gz"]

    def test_a_clone_without_tags_is_a_development_version(self, clone: Path, tmp_path: Path) -> None:
        (name,) = build(clone, tmp_path, "--wheel")
        assert re.match(r"nango_scaffold-0\.0\.1\.dev\d+\+g[0-9a-f]+-py3-none-any\.whl", name)

    def test_files_without_git_are_of_version_0(self, clone: Path, tmp_path: Path) -> None:
        shutil.copytree(clone, tmp_path / "files", ignore=shutil.ignore_patterns(".git"))
        names = build(tmp_path / "files", tmp_path / "dist", "--wheel")
        assert names == ["nango_scaffold-0.0.0-py3-none-any.whl"]
