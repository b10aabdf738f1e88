"""find-connections.js against a stub of Nango's API. Rules D04 and D05."""

from __future__ import annotations

import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from tests.examples.golden import EXAMPLES

from .support.project import environment, node_modules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.toolchain

CONNECTIONS: list[dict[str, Any]] = [
    {"connection_id": "good", "provider_config_key": "github", "errors": []},
    {"connection_id": "slow", "provider_config_key": "github", "errors": [{"type": "sync", "log_id": "1"}]},
    {
        "connection_id": "expired",
        "provider_config_key": "github",
        "errors": [{"type": "auth", "log_id": "2"}],
    },
    {"connection_id": "other", "provider_config_key": "hubspot", "errors": []},
]


class Stub(ThreadingHTTPServer):
    """Answers every request with the connections, and keeps the keys it was asked with."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), StubHandler)
        self.keys: list[str | None] = []


class StubHandler(BaseHTTPRequestHandler):
    server: Stub

    def do_GET(self) -> None:
        self.server.keys.append(self.headers.get("Authorization"))
        common = {"provider": "github", "created": "2026-01-01T00:00:00Z"}
        body = json.dumps({"connections": [{**common, **connection} for connection in CONNECTIONS]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "node_modules").symlink_to(node_modules("0.69"))
    (tmp_path / "find-connections.js").write_bytes((EXAMPLES / "github/find-connections.js").read_bytes())
    (tmp_path / "package.json").write_bytes((EXAMPLES / "github/package.json").read_bytes())
    return tmp_path


def find(project: Path, stub: Stub, *words: str, **keys: str) -> subprocess.CompletedProcess[str]:
    variables = environment(project) | {"NANGO_HOSTPORT": f"http://127.0.0.1:{stub.server_address[1]}"} | keys
    return subprocess.run(
        ["node", "find-connections.js", *words],
        cwd=project,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_lists_the_connections_whose_credentials_work(project: Path, stub: Stub) -> None:
    process = find(project, stub, "github", NANGO_SECRET_KEY="general")
    assert process.returncode == 0, process.stderr
    assert "2 usable connection(s) of github" in process.stdout
    assert "- good" in process.stdout
    assert "- slow" in process.stdout
    assert "1, none of them about authentication" in process.stdout
    assert "expired" not in process.stdout
    assert "other" not in process.stdout


def test_the_key_of_an_environment_goes_before_the_general_one(project: Path, stub: Stub) -> None:
    find(
        project,
        stub,
        "github",
        NANGO_SECRET_KEY="general",
        NANGO_SECRET_KEY_DEV="dev",
        NANGO_SECRET_KEY_PROD="prod",
    )
    find(
        project,
        stub,
        "github",
        "prod",
        NANGO_SECRET_KEY="general",
        NANGO_SECRET_KEY_DEV="dev",
        NANGO_SECRET_KEY_PROD="prod",
    )
    assert stub.keys == ["Bearer dev", "Bearer prod"]


def test_the_key_may_stand_in_the_env_file_that_the_cli_reads(project: Path, stub: Stub) -> None:
    (project / "nango-integrations").mkdir()
    host = f"http://127.0.0.1:{stub.server_address[1]}"
    (project / "nango-integrations/.env").write_text(
        f"NANGO_SECRET_KEY_DEV=from-file\nNANGO_HOSTPORT={host}\n"
    )
    assert find(project, stub, "github", NANGO_HOSTPORT="").returncode == 0
    assert stub.keys == ["Bearer from-file"]


def test_no_key_of_a_file_goes_to_a_host_of_the_environment(project: Path, stub: Stub) -> None:
    (project / "nango-integrations").mkdir()
    (project / "nango-integrations/.env").write_text("NANGO_SECRET_KEY_DEV=from-file\n")
    process = find(project, stub, "github")
    assert process.returncode == 1
    assert (
        "NANGO_SECRET_KEY_DEV is set in nango-integrations/.env, NANGO_HOSTPORT in the environment"
        in process.stderr
    )
    assert stub.keys == []


@pytest.mark.parametrize("file", ["nango-integrations/.env", ".env"])
def test_no_key_of_the_environment_goes_to_a_host_of_a_file(project: Path, stub: Stub, file: str) -> None:
    (project / "nango-integrations").mkdir()
    host = f"http://127.0.0.1:{stub.server_address[1]}"
    (project / file).write_text(f"NANGO_SECRET_KEY=from-file\nNANGO_HOSTPORT={host}\n")
    process = find(project, stub, "github", NANGO_HOSTPORT="", NANGO_SECRET_KEY_DEV="own")
    assert process.returncode == 1
    assert f"NANGO_SECRET_KEY_DEV is set in the environment, NANGO_HOSTPORT in {file}" in process.stderr
    assert stub.keys == []


def test_no_key_of_a_file_goes_to_a_host_of_another_file(project: Path, stub: Stub) -> None:
    (project / "nango-integrations").mkdir()
    (project / "nango-integrations/.env").write_text("NANGO_SECRET_KEY=from-file\n")
    (project / ".env").write_text(f"NANGO_HOSTPORT=http://127.0.0.1:{stub.server_address[1]}\n")
    assert find(project, stub, "github", NANGO_HOSTPORT="").returncode == 1
    assert stub.keys == []


def test_a_file_that_names_both_is_asked_by_itself(project: Path, stub: Stub) -> None:
    host = f"http://127.0.0.1:{stub.server_address[1]}"
    (project / ".env").write_text(f"NANGO_SECRET_KEY=from-file\nNANGO_HOSTPORT={host}\n")
    assert find(project, stub, "github", NANGO_HOSTPORT="").returncode == 0
    assert find(project, stub, "github", NANGO_SECRET_KEY="own").returncode == 0
    assert stub.keys == ["Bearer from-file", "Bearer own"]


@pytest.mark.parametrize(
    ("words", "message"), [(["github"], "No NANGO_SECRET_KEY is set"), ([], "Say which integration")]
)
def test_what_is_missing_is_said_in_one_line(
    project: Path, stub: Stub, words: list[str], message: str
) -> None:
    process = find(project, stub, *words)
    assert process.returncode == 1
    assert message in process.stderr
    assert "\n    at " not in process.stderr
