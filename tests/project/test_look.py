"""What kind of project a folder belongs to: its root, its flavour, and the tools around it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from nango_scaffold.errors import ProjectError
from nango_scaffold.project import look

if TYPE_CHECKING:
    from pathlib import Path

    from nango_scaffold.project import NangoProject


def lay(root: Path, *paths: str, **texts: str) -> Path:
    """Files in a folder, empty but for those with a text; a path that ends in ``/`` is a folder."""
    for path in (*paths, *texts):
        place = root / path
        (place if path.endswith("/") else place.parent).mkdir(parents=True, exist_ok=True)
        if not path.endswith("/"):
            place.write_text(texts.get(path, ""))
    return root


def package(root: Path, path: str = ".", **data: Any) -> None:
    (root / path).mkdir(parents=True, exist_ok=True)
    (root / path / "package.json").write_text(json.dumps(data))


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A git work tree."""
    return lay(tmp_path / "repo", ".git/")


def look_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> NangoProject:
    monkeypatch.chdir(folder)
    return look(".")


class TestRoots:
    @pytest.mark.parametrize(
        ("yaml", "place", "root", "folder"),
        [
            ("nango-integrations/nango.yaml", ".", ".", "nango-integrations"),
            ("nango-integrations/nango.yaml", "nango-integrations", ".", "nango-integrations"),
            ("nango-integrations/nango.yaml", "nango-integrations/github/syncs", ".", "nango-integrations"),
            ("nango-integrations/nango.yaml", "src/lib", ".", "nango-integrations"),
            ("nango.yaml", ".", ".", ""),
            ("nango.yaml", "github/syncs", ".", ""),
            ("integrations/nango.yaml", ".", ".", "integrations"),
            ("integrations/nango.yaml", "integrations/github", ".", "integrations"),
            ("packages/sync/nango.yaml", "packages/sync", "packages/sync", ""),
            ("apps/web/nango-integrations/nango.yaml", "apps/web", "apps/web", "nango-integrations"),
        ],
    )
    def test_it_is_found_from_any_folder_in_it(
        self, repo: Path, monkeypatch: pytest.MonkeyPatch, yaml: str, place: str, root: str, folder: str
    ) -> None:
        lay(repo, yaml, f"{place}/")
        project = look_in(repo / place, monkeypatch)
        assert (project.root, project.layout.folder) == (os.path.normpath(repo / root), folder)
        assert project.flavour == "nango-yaml"
        assert os.path.normpath(repo / place / project.folders.root) == project.root
        assert os.path.normpath(repo / place / project.folders.folder) == os.path.normpath(project.location)

    def test_a_repository_that_is_called_like_the_folder_is_its_own_root(self, tmp_path: Path) -> None:
        folder = lay(tmp_path / "nango-integrations", ".git/", "nango.yaml")
        assert (look(folder).root, look(folder).layout.folder) == (str(folder), "")
        assert look(tmp_path).root == str(folder)  # nothing is founded above a .git

    def test_nothing_above_the_work_tree_is_found(self, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        lay(repo.parent, "nango-integrations/nango.yaml")
        assert look_in(repo, monkeypatch).flavour == "none"
        assert look_in(repo, monkeypatch).root == str(repo)

    def test_without_git_a_folder_for_everybodys_files_is_where_the_search_ends(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lay(tmp_path, "nango-integrations/nango.yaml", "mine/src/")
        assert look_in(tmp_path / "mine/src", monkeypatch).flavour == "nango-yaml"
        tmp_path.chmod(0o777)  # a volume of a container
        assert look_in(tmp_path / "mine/src", monkeypatch).flavour == "nango-yaml"
        tmp_path.chmod(0o1777)
        assert look_in(tmp_path / "mine/src", monkeypatch).flavour == "none"

    def test_a_folder_that_is_named_is_the_one_that_is_meant(self, repo: Path) -> None:
        lay(repo, "nango-integrations/nango.yaml", "apps/web/")
        named = look(repo / "apps/web")
        assert (named.root, named.flavour) == (str(repo / "apps/web"), "none")
        assert len(named.neighbours) == 1
        assert "there is a Nango project in" in named.warnings[0].what
        assert look(repo / "nango-integrations").root == str(repo)

    def test_who_stands_in_an_empty_folder_of_that_name_means_it(
        self, repo: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lay(repo, "nango-integrations/")
        project = look_in(repo / "nango-integrations", monkeypatch)
        assert (project.root, project.layout.folder) == (str(repo), "nango-integrations")

    def test_several_below_are_for_the_user_to_choose_from(self, repo: Path) -> None:
        lay(repo, "one/nango.yaml", "two/nango.yaml")
        with pytest.raises(ProjectError, match="one and two each hold"):
            look(repo).refuse_unwritable()
        lay(repo, "nango-integrations/nango.yaml")
        look(repo).refuse_unwritable()  # the folder of that name comes first

    def test_a_folder_name_that_some_systems_cannot_hold_is_refused(self, repo: Path) -> None:
        lay(repo, "a:b/nango.yaml")
        with pytest.raises(ProjectError, match="cannot hold on every system"):
            look(repo)


class TestFlavour:
    @pytest.mark.parametrize("folder", ["nango-integrations", ".", "functions"])
    def test_index_and_the_clis_folder_make_a_zero_yaml_project(self, repo: Path, folder: str) -> None:
        lay(repo, f"{folder}/index.ts", f"{folder}/.nango/")
        for place in (repo, repo / folder):
            with pytest.raises(ProjectError, match="zero-yaml"):
                look(place).refuse_unwritable()

    def test_so_does_an_index_that_names_a_function(self, repo: Path) -> None:
        index = "import './github/syncs/issues.js';\n"
        script = "import { createSync } from 'nango';\nexport default createSync({});\n"
        lay(
            repo,
            **{"nango-integrations/index.ts": index, "nango-integrations/github/syncs/issues.ts": script},
        )
        assert look(repo).flavour == "zero-yaml"

    def test_an_index_of_anything_else_does_not(self, repo: Path) -> None:
        lay(repo, "server.ts", **{"index.ts": "import './server.js';\n"})
        assert look(repo).flavour == "none"

    def test_with_a_nango_yaml_it_is_none_as_for_the_cli(self, repo: Path) -> None:
        lay(
            repo, "nango-integrations/index.ts", "nango-integrations/.nango/", "nango-integrations/nango.yaml"
        )
        assert look(repo).flavour == "nango-yaml"


class TestPackages:
    @pytest.mark.parametrize(
        ("files", "manager"),
        [
            ((), "npm"),
            (("package-lock.json",), "npm"),
            (("pnpm-lock.yaml",), "pnpm"),
            (("yarn.lock",), "yarn"),
            (("bun.lock",), "bun"),
            (("bun.lockb",), "bun"),
        ],
    )
    def test_the_lock_file_tells_the_package_manager(
        self, repo: Path, files: tuple[str, ...], manager: str
    ) -> None:
        lay(repo, *files, "nango-integrations/nango.yaml")
        assert look(repo).package_manager.name == manager

    def test_it_is_that_of_the_workspace_above(self, repo: Path) -> None:
        lay(repo, "pnpm-lock.yaml", "packages/sync/nango-integrations/nango.yaml")
        package(repo, "packages/sync", name="sync")
        project = look(repo / "packages/sync")
        assert project.package_manager.add(["nango@1"]) == "pnpm add --save-dev nango@1"
        assert project.folders.packages == str(repo / "packages/sync")

    def test_the_nearest_lock_file_counts(self, repo: Path) -> None:
        lay(repo, "yarn.lock", "app/pnpm-lock.yaml")
        assert look(repo / "app").package_manager.name == "pnpm"

    def test_a_field_tells_it_where_no_lock_file_does_or_several_do(self, repo: Path) -> None:
        package(repo, packageManager="bun@1.1.0")
        assert look(repo).package_manager.name == "bun"
        package(repo, packageManager="yarn@4.1.0")
        lay(repo, "package-lock.json", "yarn.lock")
        assert look(repo).package_manager.name == "yarn"

    @pytest.mark.parametrize(
        ("lock_file", "field", "command"),
        [
            ("pnpm-lock.yaml", "pnpm@9.0.0", "pnpm add --save-dev --workspace-root nango@1"),
            ("yarn.lock", "yarn@1.22.0", "yarn add --dev -W nango@1"),
            ("yarn.lock", "yarn@4.1.0", "yarn add --dev nango@1"),
            ("package-lock.json", "npm@10", "npm install --save-dev nango@1"),
            ("bun.lock", "bun@1.2.0", "bun add --dev nango@1"),
        ],
    )
    def test_the_root_of_a_workspace_is_added_to_in_its_own_way(
        self, repo: Path, lock_file: str, field: str, command: str
    ) -> None:
        package(repo, workspaces=["packages/*"], packageManager=field)
        lay(repo, lock_file, "nango-integrations/nango.yaml")
        assert look(repo).package_manager.add(["nango@1"]) == command

    def test_a_package_json_beside_nango_yaml_makes_that_folder_the_root(self, repo: Path) -> None:
        package(repo, workspaces=["nango-integrations"])
        package(repo, "nango-integrations", name="mine")
        lay(repo, "nango-integrations/nango.yaml")
        assert look(repo).root == str(repo / "nango-integrations")
        assert look(repo).layout.folder == ""

    def test_what_the_project_has_above_or_beside_is_not_missing(self, repo: Path) -> None:
        package(repo, name="mono")
        lay(repo, "tsconfig.json", "apps/web/nango-integrations/nango.yaml")
        project = look(repo / "apps/web")
        assert project.layout.elsewhere == {"package.json", "tsconfig.json"}
        assert project.folders.packages == str(repo)
        lay(repo, "nango-integrations/nango.yaml", "nango-integrations/tsconfig.json")
        assert look(repo).layout.elsewhere == {"tsconfig.json"}

    def test_the_cli_is_the_one_that_node_finds_and_that_package_json_names(self, repo: Path) -> None:
        package(repo, devDependencies={"nango": "^0.69.0"})
        package(repo, "node_modules/nango", version="0.69.36")
        lay(repo, "apps/web/nango-integrations/nango.yaml")
        cli = look(repo / "apps/web").cli
        assert (cli.version_range, cli.installed) == ("^0.69.0", "0.69.36")

    @pytest.mark.parametrize("text", ["[", "[1]", '"x"', '{"dependencies": null}', '{"dependencies": [1]}'])
    def test_a_package_json_of_any_kind_is_looked_at(self, repo: Path, text: str) -> None:
        lay(repo, **{"package.json": text})
        assert look(repo).cli.version_range is None

    def test_neither_a_pipe_nor_a_large_file_holds_it_up(self, repo: Path) -> None:
        os.mkfifo(repo / "package.json")
        lay(repo, **{"index.ts": " " * (2 << 20)})
        assert look(repo).cli.version_range is None


class TestSecretKey:
    @pytest.mark.parametrize(
        ("text", "ignored"), [("node_modules\n", False), (".env\n", True), ("nango-integrations/.env", True)]
    )
    def test_gitignore_covers_it_or_not(self, repo: Path, text: str, ignored: bool) -> None:
        lay(repo, "nango-integrations/nango.yaml", **{".gitignore": text})
        assert look(repo).ignores_env is ignored
        assert (look(repo).unignored_env is None) is ignored

    def test_that_of_the_work_tree_counts_and_its_exclude_file(self, repo: Path) -> None:
        lay(repo, "apps/web/nango-integrations/nango.yaml", **{".gitignore": ".env"})
        assert look(repo / "apps/web").ignores_env
        (repo / ".gitignore").unlink()
        lay(repo, **{".git/info/exclude": ".env\n"})
        assert look(repo / "apps/web").ignores_env

    def test_without_git_and_gitignore_there_is_nothing_to_say(self, tmp_path: Path) -> None:
        assert look(tmp_path).unignored_env is None
