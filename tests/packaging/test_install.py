"""Each documented way to install the package: from a wheel or a clone, into an empty environment."""

from __future__ import annotations

import re
import shutil
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

import pytest
from tests.copier.support import git
from tests.examples.golden import EXAMPLES, read_tree
from tests.packaging.support import PIPX, ROOT, TWINE, UV, build, interpreter, run

ANSWERS = EXAMPLES / "github.yml"
VERSIONS = ("3.10", "3.11", "3.12", "3.13")


@dataclass
class Packages:
    """What a release consists of."""

    wheel: Path
    sdist: Path

    def files(self) -> dict[str, bytes]:
        """The files of the wheel by their paths."""
        with zipfile.ZipFile(self.wheel) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    """A source distribution, and the wheel that is built from it alone."""
    target = tmp_path_factory.mktemp("dist")
    build(ROOT, target)
    return Packages(next(target.glob("*.whl")), next(target.glob("*.tar.gz")))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template as a plain folder, for Copier."""
    root = tmp_path_factory.mktemp("template")
    ignored = shutil.ignore_patterns("__pycache__")
    for folder in ("template", "generator"):
        shutil.copytree(ROOT / folder, root / folder, ignore=ignored)
    shutil.copy(ROOT / "copier.yml", root)
    return root


def scaffolds(*nango_scaffold: object, project: Path, **settings: Path) -> None:
    """A command writes the golden tree."""
    command = (*nango_scaffold, "new", "--answers", ANSWERS, "--project", project)
    run(*command, cwd=project.parent, settings=settings)
    assert read_tree(project) == read_tree(EXAMPLES / "github")


def copies(*copier: object, template: Path, project: Path) -> None:
    """Copier writes the golden tree, without a package that had to be added."""
    options = ("--trust", "--defaults", "--quiet", "--data-file", ANSWERS)
    run(*copier, "copy", *options, template, project, cwd=project.parent)
    tree = read_tree(project)
    assert tree.pop("nango-integrations/github/.copier-answers.yml")
    assert tree == read_tree(EXAMPLES / "github")


class TestWays:
    def test_pip(self, packages: Packages, template: Path, tmp_path: Path) -> None:
        run(UV, "venv", "--quiet", "--seed", "--python", sys.executable, tmp_path / "env", cwd=tmp_path)
        folder = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
        run(
            folder / "python", "-m", "pip", "install", "--quiet", "--no-compile", packages.wheel, cwd=tmp_path
        )
        scaffolds(folder / "nango-scaffold", project=tmp_path / "new")
        copies(folder / "copier", template=template, project=tmp_path / "copied")

    def test_uvx_of_a_clone(self, tmp_path: Path) -> None:
        uvx = (UV, "tool", "run", "--quiet", "--python", sys.executable, "--from", ROOT)
        scaffolds(*uvx, "nango-scaffold", project=tmp_path / "new")

    def test_uv_tool_install(self, packages: Packages, tmp_path: Path) -> None:
        folders = {"UV_TOOL_DIR": tmp_path / "tools", "UV_TOOL_BIN_DIR": tmp_path / "bin"}
        options = ("--quiet", "--python", sys.executable, "--with-executables-from", "copier")
        run(UV, "tool", "install", *options, packages.wheel, cwd=tmp_path, settings=folders)
        scaffolds(tmp_path / "bin/nango-scaffold", project=tmp_path / "new")
        assert run(tmp_path / "bin/copier", "--version", cwd=tmp_path).startswith("copier ")

    def test_pipx_run(self, packages: Packages, tmp_path: Path) -> None:
        pipx = (UV, "tool", "run", "--quiet", "--python", sys.executable, PIPX)
        command = (*pipx, "run", "--backend", "uv", "--spec", packages.wheel, "nango-scaffold")
        folders = {"PIPX_HOME": tmp_path / "pipx", "PIPX_BIN_DIR": tmp_path / "bin"}
        scaffolds(*command, project=tmp_path / "new", **folders)

    @pytest.mark.nightly
    @pytest.mark.parametrize("version", VERSIONS)
    def test_every_python(self, version: str, packages: Packages, template: Path, tmp_path: Path) -> None:
        python = interpreter(version)
        if python is None:
            pytest.skip(f"there is no Python {version} here; the workflows install it")
        uvx = (UV, "tool", "run", "--quiet", "--python", python, "--from", packages.wheel)
        scaffolds(*uvx, "nango-scaffold", project=tmp_path / "new")
        copies(*uvx, "copier", template=template, project=tmp_path / "copied")


class TestContents:
    def test_the_wheel_has_every_file_of_the_package_and_of_the_template(self, packages: Packages) -> None:
        homes = {
            "generator/nango_scaffold/": "nango_scaffold/",
            "template/": "nango_scaffold/_template/template/",
        }
        expected = {
            home + path.removeprefix(folder): (ROOT / path).read_bytes()
            for folder, home in homes.items()
            for path in git(ROOT, "ls-files", "-z", folder).split("\0")[:-1]
        }
        files = {path: data for path, data in packages.files().items() if path.startswith("nango_scaffold/")}
        assert files.pop("nango_scaffold/_template/template/compiled.py")
        assert files == expected
        assert len(files) > 300

    def test_the_rest_of_the_wheel_is_the_man_page_and_what_describes_it(self, packages: Packages) -> None:
        rest = [path for path in packages.files() if not path.startswith("nango_scaffold/")]
        assert sorted(path.partition("/")[2] for path in rest) == [
            "METADATA",
            "RECORD",
            "WHEEL",
            "data/share/man/man1/nango-scaffold.1",
            "entry_points.txt",
            "licenses/LICENSE",
        ]

    def test_the_source_distribution_has_what_a_build_needs(self, packages: Packages) -> None:
        """The wheel whose files are compared above was built of it alone."""
        with tarfile.open(packages.sdist) as archive:
            names = {name.partition("/")[2] for name in archive.getnames()}
        tracked = set(git(ROOT, "ls-files", "-z").split("\0")[:-1])
        assert {name for name in tracked if name.startswith(("generator/", "template/"))} <= names
        assert {"pyproject.toml", "compile_templates.py", "docs/nango-scaffold.1", "copier.yml"} <= names

    def test_what_copier_needs_is_required(self, packages: Packages) -> None:
        (path,) = (path for path in packages.files() if path.endswith("/METADATA"))
        metadata = HeaderParser().parsestr(packages.files()[path].decode())
        required = {re.split(r"[<>=;]", text)[0] for text in metadata.get_all("Requires-Dist", ())}
        assert {"copier", "copier-template-extensions", "inflection"} <= required

    def test_an_index_would_take_both(self, packages: Packages, tmp_path: Path) -> None:
        twine = (UV, "tool", "run", "--quiet", "--python", sys.executable, TWINE)
        output = run(*twine, "check", "--strict", packages.wheel, packages.sdist, cwd=tmp_path)
        assert output.count("PASSED") == 2


@pytest.mark.nightly
def test_a_wheel_without_its_templates_would_be_noticed(packages: Packages, tmp_path: Path) -> None:
    broken = tmp_path / packages.wheel.name
    with zipfile.ZipFile(broken, "w") as archive:
        for path, data in packages.files().items():
            if "_template/" not in path:
                archive.writestr(path, data)
    uvx = (UV, "tool", "run", "--quiet", "--python", sys.executable, "--from", broken)
    with pytest.raises(AssertionError, match="template"):
        scaffolds(*uvx, "nango-scaffold", project=tmp_path / "new")
