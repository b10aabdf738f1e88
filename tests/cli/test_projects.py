"""Projects of every public kind: where a run writes, what it reports of them, and what it refuses."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.examples.golden import read_tree

from nango_scaffold.cli import main

if TYPE_CHECKING:
    from pathlib import Path

ZENDESK = ("--set", "provider=zendesk", "--set", "sync_names=tickets", "--yes")
EMPTY = "integrations: {}\nmodels: {}\n"
ACME = """\
integrations:
    acme:
        syncs:
            things:
                runs: every day
                output: Thing
                endpoint: GET /things
                sync_type: full
models:
    Thing:
        id: string
"""
PROJECT_FILES = {
    ".env.example",
    ".gitignore",
    "dryrun.js",
    "find-connections.js",
    "package.json",
    "tsconfig.json",
}


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git work tree, in which the command is run."""
    folder = tmp_path / "repo"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def lay(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def installed(root: Path, version: str = "0.69.36") -> None:
    lay(
        root,
        {
            "node_modules/nango/package.json": json.dumps({"name": "nango", "version": version}),
            "package.json": json.dumps({"devDependencies": {"nango": version}}),
        },
    )


def output_of(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(words) == code
    out, err = capsys.readouterr()
    return out + err


def steps(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    text = output_of(capsys, *words)
    return [line.strip() for line in text.partition("\nNext:\n")[2].splitlines()]


class TestZeroYaml:
    COMMANDS = (
        ("new", *ZENDESK),
        ("new", *ZENDESK, "--dry-run"),
        ("add", "sync", "github", "users"),
        ("remove", "github"),
        ("update",),
        ("adopt", "github"),
        ("check",),
    )

    @pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words[:1]))
    @pytest.mark.parametrize("place", [".", "nango-integrations", "nango-integrations/github/syncs"])
    def test_no_command_writes_into_it(
        self,
        repo: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        words: tuple[str, ...],
        place: str,
    ) -> None:
        script = "import { createSync } from 'nango';\nexport default createSync({});\n"
        lay(
            repo,
            {
                "nango-integrations/index.ts": "import './github/syncs/issues.js';\n",
                "nango-integrations/.nango/.gitkeep": "",
                "nango-integrations/package.json": '{"devDependencies": {"nango": "^0.71.0"}}',
                "nango-integrations/github/syncs/issues.ts": script,
            },
        )
        before = read_tree(repo)
        monkeypatch.chdir(repo / place)
        text = output_of(capsys, *words, code=3)
        assert "this is a zero-yaml project" in text
        assert "projects with a nango.yaml only, so far" in text
        assert "to come" in text
        assert read_tree(repo) == before

    def test_doctor_names_it(self, repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
        lay(repo, {"nango-integrations/index.ts": "", "nango-integrations/.nango/.gitkeep": ""})
        assert "holds a zero-yaml project" in output_of(capsys, "doctor", code=1)


class TestTheCli:
    @pytest.mark.parametrize("version_range", ["^0.71.0", "0.69.50", "latest"])
    def test_one_that_reads_no_nango_yaml_is_named_before_anything_is_written(
        self, repo: Path, capsys: pytest.CaptureFixture[str], version_range: str
    ) -> None:
        lay(repo, {"package.json": json.dumps({"devDependencies": {"nango": version_range}})})
        text = output_of(capsys, "new", *ZENDESK)
        assert text.startswith(
            f"About this project:\n  nango {version_range} in package.json reads no nango.yaml; 0.69.43 was the last CLI that does\n"
            "    npm install --save-dev nango@0.69.36\n\n./\n"
        )
        assert "Next:\n  npm install --save-dev nango@0.69.36 " in text
        assert f"asks for nango {version_range}" in output_of(capsys, "doctor", code=1)

    def test_it_is_among_the_data_too(self, repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
        installed(repo, "0.71.10")
        data = json.loads(output_of(capsys, "new", *ZENDESK, "--json"))
        assert data["warnings"] == [
            {
                "what": "nango 0.71.10 reads no nango.yaml; 0.69.43 was the last CLI that does",
                "fix": "npm install --save-dev nango@0.69.36",
            }
        ]
        assert data["project"] == {"root": str(repo), "folder": "nango-integrations"}

    def test_a_range_that_lets_one_in_is_named(self, repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
        lay(repo, {"package.json": '{"devDependencies": {"nango": "^0.69.36"}}'})
        assert "nango ^0.69.36 in package.json lets in CLIs newer than 0.69.43" in output_of(
            capsys, "new", *ZENDESK
        )

    def test_what_a_package_json_says_cannot_move_the_cursor(
        self, repo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lay(
            repo,
            {
                "package.json": json.dumps(
                    {"devDependencies": {"nango": "^0.71.0 ||\x1b[2J >=0.70" + " " * 9000}}
                )
            },
        )
        assert "\x1b" not in output_of(capsys, "new", *ZENDESK)

    @pytest.mark.parametrize(
        ("lock_file", "step", "runs"),
        [
            ("package-lock.json", "npm install --save-dev nango@0.69.36 @nangohq/node@0.69.36 ", "npx nango"),
            ("pnpm-lock.yaml", "pnpm add --save-dev nango@0.69.36 ", "pnpm exec nango"),
            ("yarn.lock", "yarn add --dev nango@0.69.36 ", "yarn nango"),
            ("bun.lock", "bun add --dev nango@0.69.36 ", "bunx nango"),
        ],
    )
    def test_where_package_json_names_none_the_first_step_installs_the_pinned_one(
        self, repo: Path, capsys: pytest.CaptureFixture[str], lock_file: str, step: str, runs: str
    ) -> None:
        lay(repo, {"package.json": '{"name": "app"}', lock_file: ""})
        first, second, *_ = steps(capsys, "new", *ZENDESK)
        assert first.startswith(step)
        assert second == f"cd nango-integrations && {runs} generate && {runs} compile"
        manager = step.partition(" ")[0]
        fixes = [
            finding["fix"]
            for finding in json.loads(output_of(capsys, "doctor", "--json", code=1))["findings"]
        ]
        installing = [fix for fix in fixes if "@0.69.36" in fix or "zod@" in fix]
        assert installing
        assert all(fix.startswith(f"{manager} ") for fix in installing)

    def test_one_that_is_named_but_not_installed_is_installed_first(
        self, repo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """``npx nango`` would fetch the newest."""
        lay(repo, {"package.json": '{"devDependencies": {"nango": "0.69.36"}}', "yarn.lock": ""})
        assert steps(capsys, "new", *ZENDESK)[0] == "yarn install"
        (repo / "nango-integrations/zendesk/syncs/tickets.ts").write_text("// mine\n")
        installed(repo)
        assert steps(capsys, "add", "sync", "zendesk", "users")[0].startswith(
            "cd nango-integrations && yarn nango"
        )


class TestAnyFolder:
    @pytest.mark.parametrize(
        ("folder", "place"),
        [("", "."), ("integrations", "."), ("integrations", "integrations"), ("my int's", ".")],
    )
    def test_all_commands_work_where_nango_yaml_lies(
        self,
        repo: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        folder: str,
        place: str,
    ) -> None:
        home = repo / folder
        lay(home, {"nango.yaml": ACME})
        before = read_tree(repo)
        monkeypatch.chdir(repo / place)
        text = output_of(capsys, "new", *ZENDESK)
        assert {str(path.relative_to(home)) for path in home.rglob("zendesk/*")} == {
            f"zendesk/{name}" for name in (".nango-scaffold.json", "mappers", "syncs", "tests", "types.ts")
        }
        assert not list(repo.parent.rglob("nango-integrations"))
        assert set(read_tree(repo)) >= PROJECT_FILES  # beside .git
        assert "nango-integrations/" not in text
        assert output_of(capsys, "new", *ZENDESK).startswith("Nothing to do")
        output_of(capsys, "add", "sync", "zendesk", "users")
        assert (home / "zendesk/syncs/users.ts").exists()
        assert "zendesk " in output_of(capsys, "update")
        assert "2 integrations" in output_of(capsys, "doctor", code=1)
        output_of(capsys, "adopt", "acme", "--provider", "zendesk")
        assert (home / "acme/.nango-scaffold-answers.yml").exists()
        (home / "acme/.nango-scaffold-answers.yml").unlink()
        output_of(capsys, "remove", "zendesk")
        assert read_tree(repo) == before

    def test_the_project_files_name_the_folder_as_it_is(
        self, repo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lay(repo, {"my int's/nango.yaml": EMPTY})
        output_of(capsys, "new", *ZENDESK)
        assert json.loads((repo / "tsconfig.json").read_text())["include"] == ["my int's/**/*.ts"]
        scripts = json.loads((repo / "package.json").read_text())["scripts"]
        process = subprocess.run(
            ["sh", "-c", scripts["compile"].replace("nango compile", "pwd")],
            cwd=repo,
            text=True,
            capture_output=True,
            check=True,
        )
        assert process.stdout == f"{repo}/my int's\n"
        assert 'const FOLDER = "my int\'s";' in (repo / "dryrun.js").read_text()
        assert "[\"my int's/.env\", '.env']" in (repo / "find-connections.js").read_text()
        assert "my\\ int's/dist/\n" in (repo / ".gitignore").read_text()

    def test_errors_name_files_by_their_real_place(
        self, repo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lay(repo, {"nango.yaml": EMPTY})
        output_of(capsys, "new", *ZENDESK)
        (repo / "zendesk/.nango-scaffold.json").write_text("{")
        text = output_of(capsys, "new", *ZENDESK, code=3)
        assert "zendesk/.nango-scaffold.json" in text
        assert "nango-integrations" not in text

    def test_guesses_name_files_by_their_real_place(
        self, repo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lay(repo, {"integrations/nango.yaml": EMPTY})
        output_of(capsys, "new", *ZENDESK)
        text = output_of(capsys, "guesses")
        assert "in integrations/zendesk/syncs/" in text
        assert "nango-integrations" not in text

    def test_check_finds_and_mends_there(self, repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
        lay(repo, {"integrations/nango.yaml": ACME + "        state: 'open' | 'closed'\n"})
        assert "integrations/nango.yaml" in output_of(capsys, "check", code=1)
        before = (repo / "integrations/nango.yaml").read_text()
        main(["check", "--fix"])
        assert (repo / "integrations/nango.yaml").read_text() != before

    def test_above_a_repository_nothing_is_founded(
        self, repo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lay(repo, {"nango.yaml": EMPTY})
        monkeypatch.chdir(repo.parent)
        output_of(capsys, "new", *ZENDESK)
        output_of(capsys, "new", *ZENDESK, "--project", str(repo.parent))
        assert [path.name for path in repo.parent.iterdir()] == ["repo"]
        assert (repo / "zendesk/syncs/tickets.ts").exists()

    def test_a_second_project_of_a_repository_is_never_founded_silently(
        self, repo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lay(repo, {"one/nango.yaml": EMPTY})
        (repo / "two").mkdir()
        text = output_of(capsys, "new", *ZENDESK, "--project", "two")
        assert "there is a Nango project in one; this one is founded beside it" in text
        assert "to use that one: --project one" in text


class TestInside:
    @pytest.mark.parametrize("place", ["nango-integrations", "nango-integrations/zendesk", "src"])
    def test_the_project_is_found_and_paths_start_where_the_user_is(
        self, repo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str
    ) -> None:
        output_of(capsys, "new", *ZENDESK)
        installed(repo)
        (repo / place).mkdir(exist_ok=True)
        monkeypatch.chdir(repo / place)
        up = "/".join([".."] * (place.count("/") + 1))
        text = output_of(capsys, "new", "--set", "provider=hubspot", "--set", "sync_names=users")
        assert text.startswith(f"{up}/\n└── nango-integrations/\n")
        step = text.partition("Next:\n  ")[2].partition(" && ")[0]
        home = {"nango-integrations": "npx nango generate", "nango-integrations/zendesk": "cd .."}
        assert step == home.get(place, "cd ../nango-integrations")
        assert not list((repo / place).rglob("nango-integrations"))
        output_of(capsys, "add", "sync", "hubspot", "teams")
        assert "No rule is broken" in output_of(capsys, "check")
        output_of(capsys, "update")
        output_of(capsys, "remove", "hubspot")
        assert f"cd {up} && npm install" in output_of(capsys, "doctor", code=1)

    def test_the_folder_of_nango_yaml_may_be_named(
        self, repo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        output_of(capsys, "new", *ZENDESK)
        commands = steps(capsys, "add", "sync", "zendesk", "users", "--project", "nango-integrations")
        assert commands[:2] == [
            "npm install",
            "cd nango-integrations && npx nango generate && npx nango compile",
        ]


class TestWorkspaces:
    def test_nothing_is_written_above_a_folder_with_its_own_package_json(
        self, repo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lay(
            repo,
            {
                "package.json": '{"workspaces": ["nango-integrations"]}',
                "pnpm-lock.yaml": "",
                "nango-integrations/nango.yaml": EMPTY,
                "nango-integrations/package.json": '{"name": "mine"}',
                "nango-integrations/tsconfig.json": "{}",
            },
        )
        commands = steps(capsys, "new", *ZENDESK)
        assert sorted(path.name for path in repo.iterdir()) == [
            ".git",
            "nango-integrations",
            "package.json",
            "pnpm-lock.yaml",
        ]
        folder = repo / "nango-integrations"
        assert {path.name for path in folder.iterdir()} >= PROJECT_FILES
        assert (folder / "package.json").read_text() == '{"name": "mine"}'
        assert (folder / "tsconfig.json").read_text() == "{}"
        assert commands[0].startswith("cd nango-integrations && pnpm add --save-dev nango@0.69.36 ")
        assert commands[1] == "pnpm exec nango generate && pnpm exec nango compile"
        assert commands[2] == "node find-connections.js zendesk"

    def test_no_package_json_is_nested_below_that_of_the_project(
        self, repo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lay(
            repo,
            {
                "package.json": '{"workspaces": ["packages/*"]}',
                "yarn.lock": "",
                "tsconfig.json": "{}",
                "packages/sync/nango-integrations/nango.yaml": EMPTY,
            },
        )
        commands = steps(capsys, "new", *ZENDESK, "--project", "packages/sync")
        folder = repo / "packages/sync"
        assert {path.name for path in folder.iterdir()} == {
            "nango-integrations",
            *PROJECT_FILES - {"package.json", "tsconfig.json"},
        }
        assert commands[0].startswith("yarn add --dev -W nango@0.69.36 ")
        assert commands[1].startswith("cd packages/sync/nango-integrations && yarn nango generate")

    def test_a_tsconfig_beside_nango_yaml_is_enough(
        self, repo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lay(repo, {"nango-integrations/nango.yaml": EMPTY, "nango-integrations/tsconfig.json": "{}"})
        output_of(capsys, "new", *ZENDESK)
        assert not (repo / "tsconfig.json").exists()

    def test_a_catalogue_that_was_hoisted_to_the_workspace_is_found(
        self, repo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        entry = "onlyhere: { auth_mode: API_KEY, proxy: { base_url: 'https://api.onlyhere.example' } }\n"
        lay(
            repo,
            {
                "package.json": '{"workspaces": ["packages/*"]}',
                "node_modules/@nangohq/providers/providers.yaml": entry,
                "packages/sync/package.json": '{"name": "sync"}',
            },
        )
        monkeypatch.chdir(repo / "packages/sync")
        output_of(capsys, "new", "--set", "provider=onlyhere", "--set", "sync_names=things")
        assert "onlyhere" in output_of(capsys, "providers", "list", "onlyhere")
        monkeypatch.chdir(repo / "packages/sync/nango-integrations/onlyhere")
        assert "api.onlyhere.example" in output_of(capsys, "providers", "show", "onlyhere")


class TestOthersEntries:
    @pytest.mark.parametrize(
        ("old", "new", "named", "message"),
        [
            ("every day", "hourly", "runs: hourly", "The interval 'hourly'"),
            ("        id: string", "        name: string", "    Thing:", "has no field id"),
            ("output: Thing", "output: Thing\n                colour: red", "colour: red", "colour"),
            ("GET /things", "things", "endpoint: things", "endpoint"),
        ],
    )
    def test_one_that_the_cli_refuses_the_file_for_is_named_with_its_place(
        self, repo: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, named: str, message: str
    ) -> None:
        lay(repo, {"nango-integrations/nango.yaml": ACME.replace(old, new)})
        text = output_of(capsys, "new", *ZENDESK)
        lines = (repo / "nango-integrations/nango.yaml").read_text().splitlines()
        number = next(at for at, line in enumerate(lines, 1) if named in line)
        place = f"nango-integrations/nango.yaml:{number}"
        complaint = next(line for line in text.splitlines() if place in line)
        assert message in complaint
        assert complaint.endswith("The nango CLI refuses the whole file for it")
        assert f"Next:\n  # first fix {place}\n" in text
        assert (repo / "nango-integrations/zendesk/syncs/tickets.ts").exists()

    def test_one_that_the_cli_passes_over_is_not(
        self, repo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        output_of(capsys, "new", *ZENDESK)
        yaml = repo / "nango-integrations/nango.yaml"
        yaml.write_text(yaml.read_text().replace("\nmodels:", "\n    acme: {}\nmodels:"))
        assert "refuses the whole file" not in output_of(capsys, "add", "sync", "zendesk", "users")

    def test_our_own_need_no_look(
        self, repo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Checking them would take as long as the rest of the run."""
        from nango_scaffold.check import refused

        output_of(capsys, "new", *ZENDESK)
        monkeypatch.setattr(refused, "refused_entries", lambda *_: pytest.fail("it was looked at"))
        output_of(capsys, "new", "--set", "provider=hubspot", "--set", "sync_names=users")

    def test_a_file_in_the_old_form_gets_advice_that_can_be_followed(
        self, repo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        old = "integrations:\n    notion:\n        pages:\n            runs: every hour\n            returns: Page\nmodels:\n    Page:\n        id: string\n"
        lay(repo, {"nango-integrations/nango.yaml": old})
        text = output_of(capsys, "new", *ZENDESK, code=3)
        assert "nango.yaml is in the old (v1) form" in text
        assert "put each script below syncs: or actions:" in text
        assert "--project OTHER_FOLDER" in text
        assert "paste" not in text
        assert (repo / "nango-integrations/nango.yaml").read_text() == old


class TestSecretKey:
    def test_new_and_doctor_say_that_git_would_take_it(
        self, repo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lay(repo, {".gitignore": "node_modules\ndist\n"})
        for text in (output_of(capsys, "new", *ZENDESK), output_of(capsys, "doctor", code=1)):
            assert ".gitignore does not cover nango-integrations/.env" in text
            assert "add this line to .gitignore: .env" in text
        (repo / ".gitignore").write_text(".env\n")
        assert ".gitignore does not cover" not in output_of(capsys, "doctor", code=1)

    def test_one_that_is_written_now_covers_it(self, repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert "does not cover" not in output_of(capsys, "new", *ZENDESK)
        assert "covers nango-integrations/.env" in output_of(capsys, "doctor", code=1)
