"""What the doctor sees on disk, and the command as a whole."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from tests.toolchain.support.project import Version, node_modules

from nango_scaffold.cli import main
from nango_scaffold.doctor import Package, look_around
from nango_scaffold.project import look

if TYPE_CHECKING:
    from pathlib import Path

YAML = "nango-integrations/nango.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one scaffolded integration."""
    folder = tmp_path / "project"
    assert (
        main(["new", "--project", str(folder), "--set", "provider=hubspot", "--set", "sync_names=users"]) == 0
    )
    return folder


def install(folder: Path, name: str, version: str, **more: object) -> None:
    package = folder / "node_modules" / name
    package.mkdir(parents=True)
    (package / "package.json").write_text(json.dumps({"name": name, "version": version, **more}))


def examined(capsys: pytest.CaptureFixture[str], project: Path) -> tuple[int, dict[str, dict[str, str]]]:
    capsys.readouterr()
    code = main(["doctor", "--project", str(project), "--json"])
    return code, {finding["name"]: finding for finding in json.loads(capsys.readouterr().out)["findings"]}


def test_packages_are_found_as_node_finds_them(project: Path) -> None:
    install(project, "zod", "4.0.0")
    install(project.parent, "zod", "3.24.2")
    install(project.parent, "nango", "0.69.36", engines={"node": ">=20.0"})
    surroundings = look_around(look(project))
    assert surroundings.package("nango") == Package("0.69.36", ">=20.0")
    assert surroundings.package("zod") == Package("4.0.0")  # the nearest
    assert surroundings.package("@nangohq/node") is None


@pytest.mark.parametrize("version", ["0.69", "0.58"])
def test_a_project_with_the_real_tools_is_healthy_and_seen_in_a_second(
    project: Path, version: Version, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "node_modules").symlink_to(node_modules(version))
    started = time.monotonic()
    code, findings = examined(capsys, project)
    assert time.monotonic() - started < 5  # under a second on a machine with nothing else to do
    assert (code, {finding["state"] for finding in findings.values()}) == (0, {"ok"})
    assert findings["nango CLI"]["what"].startswith(version)
    assert "node_modules" in findings["providers"]["what"]


def test_a_machine_without_tools(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    code, findings = examined(capsys, project)
    assert code == 1
    assert {"git", "Node", "npm", "nango CLI"} <= {
        name for name, entry in findings.items() if entry["state"] == "missing"
    }
    assert findings["nango CLI"]["fix"] == f"cd {project} && npm install"


def test_a_folder_with_nothing_in_it_has_no_nango_yaml_to_complain_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, findings = examined(capsys, tmp_path)
    assert findings["nango.yaml"]["state"] == "ok"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("integrations:\n\ta: {}\n", "nango.yaml:2:1: a tab"),
        ("integrations:\n    a:\n        users:\n            runs: every hour\nmodels: {}\n", "nango.yaml:"),
    ],
)
def test_a_nango_yaml_that_cannot_be_added_to(
    project: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    (project / YAML).write_text(text)
    code, findings = examined(capsys, project)
    assert code == 1
    assert findings["nango.yaml"]["state"] == "missing"
    assert findings["nango.yaml"]["what"].startswith(message)
    assert (project / YAML).read_text() == text


def test_a_manifest_that_cannot_be_read(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = "nango-integrations/hubspot/.nango-scaffold.json"
    assert examined(capsys, project)[1]["records"]["what"] == "1 integration written by nango-scaffold"
    (project / path).write_text("{")
    finding = examined(capsys, project)[1]["records"]
    assert (finding["state"], finding["fix"]) == ("missing", f"cd {project} && git checkout -- {path}")


def test_records_of_one_argument_are_seen_in_the_schema(project: Path) -> None:
    assert look_around(look(project)).bare_records == ()
    schema = project / "nango-integrations/schema.zod.ts"
    lines = len(schema.read_text().splitlines())
    with schema.open("a") as file:
        file.write(
            "const a = z.record(z.string(), z.any());\nconst b = z.record(z.union([z.string(), z.null()]));\n"
        )
    assert look_around(look(project)).bare_records == (lines + 2,)


def test_people_read_a_line_each(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["doctor", "--project", str(project)]) == 1
    output = capsys.readouterr().out
    assert "missing  nango CLI " in output
    assert f"  cd {project} && npm install\n" in output
    assert main(["doctor", "--project", str(project), "--quiet"]) == 1
    assert "ok  " not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("direct_url", "origin"),
    [
        (
            '{"url": "https://example.com/n.git", "vcs_info": {"vcs": "git", "commit_id": "1"}}',
            "git+https://example.com/n.git",
        ),
        ('{"url": "https://example.com/n.whl", "archive_info": {}}', "https://example.com/n.whl"),
        ('{"url": "file:///home/me/nango-scaffold", "dir_info": {}}', "."),
        ("{}", "."),
        ("no JSON", "."),
        (None, "."),
    ],
)
def test_where_the_program_came_from(
    direct_url: str | None, origin: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return direct_url

    monkeypatch.setattr("nango_scaffold.doctor.look.distribution", lambda name: Installed())
    assert look_around(look(tmp_path)).origin == origin
