"""``nango-scaffold providers refresh``, with the real npm and a registry of our own on loopback."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import tarfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from nango_scaffold.cli import main
from nango_scaffold.errors import ProjectError
from nango_scaffold.providers import find, npm
from nango_scaffold.providers.catalogue_locations import refreshed, write_refreshed
from nango_scaffold.providers.npm import unpacked

NAME = "@nangohq/providers"
TWO_PROVIDERS = (
    "acme: { display_name: Acme, auth_mode: BASIC }\nzeta: { display_name: Zeta, auth_mode: BASIC }\n"
)
TWO = "acme: { display_name: Acme, auth_mode: BASIC }\nnewest: { display_name: New, auth_mode: API_KEY }\n"
needs_npm = pytest.mark.skipif(not shutil.which("npm"), reason="npm is not installed")


def packed(files: dict[str, bytes]) -> bytes:
    """A package as npm packs it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def package(version: str, text: str) -> bytes:
    manifest = json.dumps({"name": NAME, "version": version}).encode()
    return packed({"package/package.json": manifest, "package/providers.yaml": text.encode()})


class Registry(ThreadingHTTPServer):
    """As much of a registry as npm needs to bring one package."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.tarballs: dict[str, bytes] = {}
        self.asked: list[tuple[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def document(self) -> bytes:
        versions = {
            version: {"name": NAME, "version": version, "dist": self._dist(version, data)}
            for version, data in self.tarballs.items()
        }
        latest = list(versions)[-1]
        return json.dumps({"name": NAME, "dist-tags": {"latest": latest}, "versions": versions}).encode()

    def _dist(self, version: str, data: bytes) -> dict[str, str]:
        digest = base64.b64encode(hashlib.sha512(data).digest()).decode()
        return {"tarball": f"{self.url}{version}.tgz", "integrity": f"sha512-{digest}"}


class _Answers(BaseHTTPRequestHandler):
    server: Registry

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Authorization", "")))
        version = self.path.strip("/").removesuffix(".tgz")
        data = self.server.tarballs.get(version) or self.server.document()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def registry() -> Iterator[Registry]:
    with Registry() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        server.tarballs = {"1.0.0": package("1.0.0", TWO_PROVIDERS), "1.1.0": package("1.1.0", TWO)}
        yield server
        server.shutdown()


@pytest.fixture
def project(tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose .npmrc names a registry that must not be contacted; the user's .npmrc names the right one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "user").mkdir()
    (tmp_path / "user/.npmrc").write_text(f"registry={registry.url.replace('//', '//me:secret@')}\n")
    monkeypatch.setenv("npm_config_userconfig", str(tmp_path / "user/.npmrc"))
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    monkeypatch.setenv("npm_config_update_notifier", "false")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    for name in ("npm_config_registry", *npm._RUN_BY_NPM):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "project").mkdir()
    (tmp_path / "project/package.json").write_text('{"workspaces": ["tmp/*"], "packageManager": "npm@0.0.0"}')
    (tmp_path / "project/.npmrc").write_text(_hostile_npmrc(registry.url))
    return tmp_path / "project"


def _hostile_npmrc(url: str) -> str:
    """It names a registry of the stranger's, by itself and for the scope, and hands it a secret of the user's."""
    theirs = f"{url}stranger/"
    token = f"{theirs.removeprefix('http:')}:_authToken=${{NANGO_SECRET_KEY}}"
    return f"registry={theirs}\n@nangohq:registry={theirs}\n{token}\nignore-scripts=false\n"


def refreshed_catalogue(tmp_path: Path) -> str | None:
    path = tmp_path / "cache/nango-scaffold/providers.yaml"
    return path.read_text() if path.exists() else None


@needs_npm
def test_the_newest_catalogue_comes_and_what_changed_is_told(
    project: Path,
    registry: Registry,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The project's .npmrc has no say, wherever the command is given, and where it came from is kept and shown."""
    words = ["providers", "refresh", "--project", str(project)]
    (project / "tmp").mkdir()
    monkeypatch.chdir(project)
    monkeypatch.setattr("tempfile.tempdir", str(project / "tmp"))
    monkeypatch.setenv("NANGO_SECRET_KEY", "secret")
    assert main([*words, "--version", "1.0.0"]) == 0
    output = capsys.readouterr().out
    assert "@nangohq/providers 1.0.0: 2 providers, kept as" in output
    assert f"\nFrom {registry.url}, as" in output
    assert registry.asked
    assert not [path for path, signed in registry.asked if "stranger" in path or "Bearer" in signed]
    assert find("zeta").source == "providers.yaml (refreshed, 1.0.0)"

    assert main(words) == 0
    output = capsys.readouterr().out
    assert "@nangohq/providers 1.1.0: 2 providers" in output
    assert "Since version 1.0.0: 1 new, 1 gone.\n  New: newest\n  Gone: zeta\n" in output
    assert find("newest").auth_mode == "API_KEY"
    assert sorted(path.name for path in project.iterdir()) == [".npmrc", "package.json", "tmp"]
    assert not list((project / "tmp").iterdir())
    assert sorted(path.name for path in (tmp_path / "cache/nango-scaffold").iterdir()) == ["providers.yaml"]

    assert main([*words, "--json"]) == 0
    output = json.loads(capsys.readouterr().out)
    assert (output["version"], output["before"], output["new"], output["gone"]) == ("1.1.0", "1.1.0", [], [])
    assert output["origin"] == registry.url

    assert main(["providers", "list", "newest", "--verbose", "--project", str(project)]) == 0
    path = tmp_path / "cache/nango-scaffold/providers.yaml"
    assert f"providers.yaml (refreshed, 1.1.0), {path}, from {registry.url}\n" in capsys.readouterr().out
    main(["doctor", "--project", str(project)])
    assert f"providers.yaml (refreshed, 1.1.0), from {registry.url}" in capsys.readouterr().out


def test_an_npm_that_runs_us_does_not_tell_of_its_project(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in capitals the user has set."""
    for name in ("npm_config_registry", "npm_config__auth", "NPM_CONFIG_CACHE"):
        monkeypatch.setenv(name, "x")
    for name in npm._RUN_BY_NPM:
        monkeypatch.delenv(name, raising=False)
    assert "npm_config_registry" in npm._environment()
    monkeypatch.setenv("npm_lifecycle_event", "scaffold")
    assert {key for key in npm._environment() if key.casefold().startswith("npm_")} == {"NPM_CONFIG_CACHE"}


def test_a_catalogue_that_an_older_version_kept_has_no_origin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    write_refreshed(TWO_PROVIDERS, "1.0.0")
    catalogue = refreshed()
    assert catalogue is not None
    assert catalogue.text.endswith(f"\n{TWO_PROVIDERS}")
    assert catalogue.origin == ""


@needs_npm
def test_when_npm_fails_its_reason_is_told_and_nothing_changes(
    project: Path, registry: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["providers", "refresh", "--project", str(project)]
    assert main(words) == 0
    before = refreshed_catalogue(tmp_path)
    assert main([*words, "--version", "9.9.9"]) == 3
    error = capsys.readouterr().err
    assert "npm failed: No matching version found for @nangohq/providers@9.9.9" in error
    assert "Nothing was changed" in error

    registry.tarballs = {"2.0.0": package("2.0.0", "{")}
    shutil.rmtree(tmp_path / "npm")
    assert main(words) == 3
    assert "version 2.0.0 has no provider that can be used" in capsys.readouterr().err
    assert refreshed_catalogue(tmp_path) == before


def test_without_npm_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["providers", "refresh"]) == 3
    assert "npm is not installed" in capsys.readouterr().err


@pytest.mark.parametrize("version", ["--registry", "file:../evil", "1 2", "", "git+ssh://x"])
def test_only_a_version_is_taken(version: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["providers", "refresh", f"--version={version}"]) == 2
    assert "is not a version" in capsys.readouterr().err


# The package is read, never unpacked.


def test_what_else_a_package_holds_is_not_looked_at(tmp_path: Path) -> None:
    hostile = {
        "../../providers.yaml": b"evil",
        "/providers.yaml": b"evil",
        "package/deep/providers.yaml": b"evil",
        "package/package.json": b'{"version": "1.0.0"}',
        "package/providers.yaml": b"acme: {}",
    }
    path = tmp_path / "in/package.tgz"
    path.parent.mkdir()
    path.write_bytes(packed(hostile))
    assert unpacked(path).text == "acme: {}"
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "package.tgz"]


def linked() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        link = tarfile.TarInfo("package/providers.yaml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no archive",
        package("1.0.0", TWO_PROVIDERS)[:100],
        package("1.0.0", TWO_PROVIDERS)[:60] + bytes(100),
        package("1.0.0\\n# x", TWO_PROVIDERS),
        packed({"package/providers.yaml": b"acme: {}"}),
        packed({"package/package.json": b"[]", "package/providers.yaml": b"acme: {}"}),
        packed({"package/package.json": b'{"version": "1.0.0"}', "package/providers.yaml": b"\xff\xfe"}),
        packed({"package/providers.yaml": bytes(33 * 1024 * 1024)}),
        linked(),
    ],
    ids=[
        "empty",
        "garbage",
        "cut short",
        "spoiled",
        "version",
        "no manifest",
        "list",
        "no text",
        "too large",
        "link",
    ],
)
def test_what_is_no_package_of_providers_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "package.tgz").write_bytes(data)
    with pytest.raises(ProjectError, match="what npm downloaded is not @nangohq/providers"):
        unpacked(tmp_path / "package.tgz")
