"""``new`` on real disks: links, modes, line ends, files in the way, concurrent runs."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.examples.golden import read_tree

from nango_scaffold import nango_yaml
from nango_scaffold.cli import main

YAML = "nango-integrations/nango.yaml"
HUBSPOT = ("--set", "provider=hubspot", "--set", "sync_names=users")
TEXT = "integrations:\n    stripe:\n        syncs: {}\nmodels:\n    Invoice:\n        id: string\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "nango-integrations").mkdir()
    (tmp_path / YAML).write_text(TEXT)
    return tmp_path


def new(project: Path, *words: str) -> int:
    return main(["new", "--project", str(project), *words])


class TestTheFileItself:
    def test_a_link_stays_a_link_and_its_target_is_written(self, project: Path, tmp_path: Path) -> None:
        target = tmp_path / "shared.yaml"
        (project / YAML).rename(target)
        (project / YAML).symlink_to("../shared.yaml")
        assert new(project, *HUBSPOT) == 0
        assert (project / YAML).is_symlink()
        assert "hubspot:" in target.read_text()

    def test_the_mode_is_kept(self, project: Path) -> None:
        (project / YAML).chmod(0o640)
        assert new(project, *HUBSPOT) == 0
        assert stat.S_IMODE((project / YAML).stat().st_mode) == 0o640

    def test_line_ends_and_byte_order_mark_are_kept(self, project: Path) -> None:
        before = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
        (project / YAML).write_bytes(before)
        assert new(project, *HUBSPOT) == 0
        after = (project / YAML).read_bytes()
        assert after.startswith(b"\xef\xbb\xbf")
        assert after.count(b"\n") == after.count(b"\r\n")
        rest = iter(after.splitlines(keepends=True))
        assert all(line in rest for line in before.splitlines(keepends=True))

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("not UTF-8", b"integrations: {}\nmodels: {} # caf\xe9\n"),
            ("tabs", b"integrations:\n\tstripe: {}\nmodels: {}\n"),
            ("several documents", b"integrations: {}\nmodels: {}\n---\na: 1\n"),
            (
                "a key twice",
                b"integrations: {}\nmodels:\n    A:\n        id: string\n    A:\n        id: number\n",
            ),
        ],
    )
    def test_what_cannot_be_edited_is_refused_with_line_and_column(
        self, project: Path, name: str, data: bytes, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (project / YAML).write_bytes(data)
        before = read_tree(project)
        assert new(project, *HUBSPOT) == 3
        message = capsys.readouterr().err
        assert "nango.yaml" in message
        assert read_tree(project) == before

    @pytest.mark.parametrize("make", ["folder", "pipe", "read-only"])
    def test_what_is_no_writable_file_is_refused(
        self, project: Path, make: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = project / YAML
        if make == "read-only":
            path.chmod(0o444)
        else:
            path.unlink()
            path.mkdir() if make == "folder" else os.mkfifo(path)
        names = sorted(p.name for p in project.rglob("*"))
        assert new(project, *HUBSPOT) == 3
        assert "nango.yaml" in capsys.readouterr().err
        assert sorted(p.name for p in project.rglob("*")) == names

    def test_a_dry_run_refuses_what_the_run_would(self, project: Path) -> None:
        (project / YAML).chmod(0o444)
        assert new(project, *HUBSPOT, "--dry-run") == 3

    def test_a_folder_that_leads_out_of_the_project_is_refused(
        self, project: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        outside = tmp_path_factory.mktemp("outside")
        (project / "nango-integrations/hubspot").symlink_to(outside)
        assert new(project, *HUBSPOT) == 3
        assert list(outside.iterdir()) == []


class TestOtherRuns:
    def start(self, project: Path, number: int) -> subprocess.Popen[str]:
        words = [
            "--set",
            "provider=hubspot",
            "--set",
            f"integration=crm-{number:02}",
            "--set",
            "sync_names=users",
        ]
        command = [sys.executable, "-m", "nango_scaffold", "new", "--project", str(project), *words]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def test_fifty_runs_at_once_end_with_fifty_entries(self, project: Path) -> None:
        runs = [self.start(project, number) for number in range(50)]
        errors = [run.communicate(timeout=180)[1] for run in runs]
        assert [run.returncode for run in runs] == [0] * 50, errors
        document = nango_yaml.read((project / YAML).read_text())
        assert sorted(document.integrations) == [*(f"crm-{number:02}" for number in range(50)), "stripe"]
        assert list(document.models) == ["Invoice", "User"]
        assert (project / YAML).read_text().startswith(TEXT.split("models:")[0])
        leftovers = [path.name for path in project.iterdir() if path.name.startswith(".nango-scaffold")]
        assert leftovers == []

    def test_a_run_killed_at_any_moment_leaves_the_old_tree_or_the_new_one(
        self, project: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        old = read_tree(project)
        twin = tmp_path_factory.mktemp("twin")
        (twin / "nango-integrations").mkdir()
        (twin / YAML).write_text(TEXT)
        words = ("--set", "provider=hubspot", "--set", "integration=crm-00", "--set", "sync_names=users")
        new(twin, *words)
        whole = read_tree(twin)
        for delay in (0.05, 0.12, 0.2, 0.25, 0.3, 0.35):
            run = self.start(project, 0)
            time.sleep(delay)
            run.send_signal(signal.SIGKILL)
            run.communicate()
            files = {
                path: data
                for path, data in read_tree(project).items()
                if not path.startswith(".nango-scaffold")
            }
            assert files.get(YAML) in (old[YAML], whole[YAML])
        assert new(project, *words) == 0
        assert read_tree(project) == whole

    def test_ctrl_c_leaves_nothing_half_done(self, project: Path) -> None:
        old = read_tree(project)
        run = self.start(project, 0)
        time.sleep(0.15)
        run.send_signal(signal.SIGINT)
        run.communicate()
        files = read_tree(project)
        assert (
            files == old or json.loads(files["nango-integrations/crm-00/.nango-scaffold.json"])["format"] == 2
        )
