"""How Copier loads our code: from the clone it renders, with only the packages that the docs name."""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, distribution, distributions
from typing import TYPE_CHECKING

import yaml
from tests.copier.support import (
    HUBSPOT,
    REPOSITORY,
    SECOND,
    TYPES,
    TYPES_TEMPLATE,
    YAML,
    Project,
    Template,
    copier_process,
)

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

BESIDE_COPIER = ("copier-template-extensions", "inflection")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def installed_with(*names: str) -> set[str]:
    """The packages that come with others, by their plain names."""
    distributions: set[str] = set()
    left = [plain(name) for name in names]
    while left:
        name = left.pop()
        try:
            needed = [] if name in distributions else distribution(name).requires or []
        except PackageNotFoundError:
            continue  # for another platform or an older Python
        distributions.add(name)
        left += [plain(re.split(r"[^\w.-]", text)[0]) for text in needed if "extra ==" not in text]
    return distributions


def modules_of_others() -> set[str]:
    """The importable names of all that is installed here and does not come with Copier."""
    others = installed_with("copier", *BESIDE_COPIER)
    return {
        path.parts[0].removesuffix(".py")
        for package in distributions()
        if plain(package.metadata["Name"]) not in others
        for path in package.files or ()
        if path.suffix == ".py" and len(path.parts) <= 2 and path.name in ("__init__.py", path.parts[0])
    }


REFUSE = """
import sys

class Refusing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"{{name}} does not come with Copier", name=name)

sys.meta_path.insert(0, Refusing())
"""


def test_copier_and_two_packages_are_enough(
    released: Template, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the prompts, the rendering and the task alike; an installed nango_scaffold is not looked at either."""
    others = {*modules_of_others(), "nango_scaffold"}  # this one is installed by a link to its source
    assert {"rich", "pytest", "mypy"} <= others
    (tmp_path / "sitecustomize.py").write_text(REFUSE.format(names=others))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    data = [word for key, value in HUBSPOT.items() for word in ("--data", f"{key}={value}")]
    result = copier_process("copy", "--trust", "--defaults", *data, released.root, project.root)
    assert result.code == 0, result.text
    assert project.has(YAML)


def test_the_docs_name_those_two() -> None:
    for page in ("README.md", "docs/ci.md"):
        assert all(name in (REPOSITORY / page).read_text() for name in BESIDE_COPIER)


def packages() -> set[str]:
    return {name for name in sys.modules if re.fullmatch(r"_nango_scaffold_[0-9a-f]+", name)}


def test_clones_of_one_version_share_their_code_and_another_version_has_its_own(
    template: Template, project: Project
) -> None:
    naming = "generator/nango_scaffold/naming/__init__.py"
    template.edit(naming, '"""Every', '"""Of a story. Every').release("v1.0.1")
    before = packages()
    project.copy(template)
    assert len(packages() - before) == 1
    project.commit().update()
    assert len(packages() - before) == 1
    template.edit(naming, "Of a story", "Of the second story").release("v1.0.2")
    project.update()
    assert len(packages() - before) == 2


def test_a_version_that_differs_in_a_template_only_is_delivered(template: Template, project: Project) -> None:
    project.copy(template)
    template.edit(TYPES_TEMPLATE, "{% for", "// Only here.\n{% for").release(SECOND)
    project.commit().update()
    assert project.read(TYPES).startswith("// Only here.\n")
    project.commit().update()
    assert project.status() == ""


def test_the_shared_files_are_merged_once_and_only_in_the_project(
    template: Template, project: Project, tmp_path: Path
) -> None:
    """An update renders three times: the task must not run in the copies it compares."""
    log = tmp_path / "log"
    template.edit(
        "generator/nango_scaffold/copier_integration/tasks.py",
        "    project = Path.cwd()\n",
        f"    project = Path.cwd()\n    open({str(log)!r}, 'a').write(f'{{operation}} {{project}}\\n')\n",
    ).release("v1.0.1")
    project.copy(template)
    project.commit().update()
    assert log.read_text().splitlines() == [f"copy {project.root}", f"update {project.root}"]


def test_no_path_of_the_template_is_one_that_windows_forbids() -> None:
    settings = yaml.safe_load((REPOSITORY / "copier.yml").read_text())
    root = REPOSITORY / settings["_subdirectory"]
    paths = [path.relative_to(root).as_posix() for path in root.rglob("*")]
    assert len(paths) > 10
    assert [path for path in paths if set(path) & set('<>:"|?*\\')] == []
