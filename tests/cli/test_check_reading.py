"""Which files of a folder ``check`` reads, and where it takes base URLs from."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from tests.examples.golden import EXAMPLES, read_tree

from nango_scaffold.cli import main
from nango_scaffold.commands.integrations import find_folder
from nango_scaffold.commands.integrations import read_tree as read_folder
from nango_scaffold.commit import read


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "nango-integrations/shop").mkdir(parents=True)
    (tmp_path / "nango-integrations/nango.yaml").write_text("integrations:\n    shop: {}\n")
    return tmp_path


class TestBasePaths:
    def paths(self, project: Path) -> dict[str, str]:
        folder = find_folder(project)
        return dict(read_folder(folder, partial(read, folder.project)).base_paths)

    def test_they_are_those_of_manifests_answers_and_names(self, project: Path) -> None:
        folder = project / "nango-integrations"
        (folder / "nango.yaml").write_text(
            "".join(
                ["integrations:\n", *(f"    {name}: {{}}\n" for name in ("shop", "mine", "acme", "vary"))]
            )
        )
        catalogue = project / "node_modules/@nangohq/providers"
        catalogue.mkdir(parents=True)
        (catalogue / "providers.yaml").write_text(
            "acme: { auth_mode: BASIC, proxy: { base_url: 'https://api.acme.com/v1' } }\n"
            "vary: { auth_mode: BASIC, proxy: { base_url: 'https://api.vary.com/${connectionConfig.v}' } }\n"
        )
        (folder / "mine").mkdir()
        (folder / "mine/.nango-scaffold-answers.yml").write_text(
            "provider: acme\nintegration: mine\nsync_names: users\n"
        )
        assert self.paths(project) == {
            "acme": "/v1",
            "mine": "/v1",
            "vary": "/${connectionConfig.v}",
        }

    def test_what_cannot_be_read_is_not_known(self, project: Path) -> None:
        folder = project / "nango-integrations"
        catalogue = project / "node_modules/@nangohq/providers"
        catalogue.mkdir(parents=True)
        (catalogue / "providers.yaml").write_text("[")
        (folder / "shop/.nango-scaffold.json").write_text("{")
        assert self.paths(project) == {}

    def test_a_run_of_ours_left_them(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        facts = "provider_facts={base_url: 'https://api.nobody.example/v7', auth_mode: BASIC}"
        words = ["new", "--project", str(tmp_path), "--set", "provider=nobody-knows", "--set", facts]
        assert main([*words, "--set", "sync_names=users"]) == 0, capsys.readouterr().err
        assert self.paths(tmp_path) == {"nobody-knows": "/v7"}


def test_files_beside_nango_yaml_and_below_integrations_are_read(project: Path) -> None:
    folder = project / "nango-integrations"
    for path in (
        "models.ts",
        "orders.ts",
        "notes.md",
        "other/types.ts",
        "shop/types.ts",
        "shop/node_modules/x.ts",
    ):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("export {};\n")
    looked_up = find_folder(project)
    files = read_folder(looked_up, partial(read, looked_up.project)).files
    assert sorted(files) == ["models.ts", "nango.yaml", "orders.ts", "shop/types.ts"]


def test_every_script_of_a_large_project_is_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two hundred integrations like the richest example."""
    folder = tmp_path / "nango-integrations"
    source = EXAMPLES / "github/nango-integrations"
    yaml = (source / "nango.yaml").read_text("utf-8")
    head, _, models = yaml.partition("models:\n")
    entry = head.partition("integrations:\n")[2]
    numbers = range(200)
    folder.mkdir()
    (folder / "nango.yaml").write_text(
        "integrations:\n"
        + "".join(entry.replace("    github:", f"    github-{number}:", 1) for number in numbers)
        + f"models:\n{models}"
    )
    for number in numbers:
        for path, data in read_tree(source / "github").items():
            target = folder / f"github-{number}" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    main(["check", str(tmp_path), "--json"])
    assert json.loads(capsys.readouterr().out)["counts"]["syncs_and_actions"] == 400
