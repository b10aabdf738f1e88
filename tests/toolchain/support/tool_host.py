"""Node tools run one after the other in one process: starting one and parsing TypeScript's libraries is most of a run."""

from __future__ import annotations

import atexit
import json
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

from .project import ANSI, CommandResult, Version, environment, node_modules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HOST: Final = Path(__file__).with_name("tool_host.cjs")
_MODULES: Final = Path(__file__).with_name("tool_modules.cjs")
_MOST_RUNS: Final = 30
"""Runs of one process, whose memory grows with each."""


class ToolHost:
    """A node process for the tools of one CLI's `node_modules`."""

    def __init__(self, version: Version) -> None:
        self._home = tempfile.TemporaryDirectory()
        stderr = Path(self._home.name) / "stderr"
        self._stderr = stderr.open("w+", encoding="utf-8", errors="replace")
        self._runs = 0
        self._process = subprocess.Popen(
            ["node", str(_HOST), str(_MODULES), str(node_modules(version) / "nango" / "dist" / "index.js")],
            env=environment(stderr.parent),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            text=True,
            encoding="utf-8",
        )
        atexit.register(self.close)

    @property
    def takes_another_run(self) -> bool:
        """Whether it is alive and has had fewer runs than ``_MOST_RUNS``."""
        return self._process.poll() is None and self._runs < _MOST_RUNS

    def run(
        self, tool: Path, arguments: Sequence[str], cwd: Path, variables: Mapping[str, str], timeout: float
    ) -> CommandResult:
        """Run a tool as `run_node` does, but without a process of its own.

        Raises:
            subprocess.TimeoutExpired: after `timeout` seconds; the process is killed.
        """
        request = {
            "main": str(tool),
            "arguments": arguments,
            "cwd": str(cwd),
            "environment": variables,
        }
        requests, answers = cast("IO[str]", self._process.stdin), cast("IO[str]", self._process.stdout)
        started = time.monotonic()
        limit = threading.Timer(timeout, self._process.kill)
        limit.start()
        try:
            requests.write(json.dumps(request) + "\n")
            requests.flush()
            line = answers.readline()
        finally:
            limit.cancel()
        self._runs += 1
        seconds = time.monotonic() - started
        if not line and seconds >= timeout:
            raise subprocess.TimeoutExpired(str(tool), timeout)
        answer = json.loads(line) if line else {"ends": True, "stdout": "", "stderr": ""}
        if answer["ends"]:
            answer.setdefault("exit_code", self._process.wait())
        # What node prints itself, and the programs that a tool starts.
        stderr = answer["stderr"] + self._stderr.read()
        return CommandResult(
            answer["exit_code"], ANSI.sub("", answer["stdout"]), ANSI.sub("", stderr), seconds
        )

    def close(self) -> None:
        """End the process."""
        atexit.unregister(self.close)
        self._process.kill()
        self._process.communicate()
        self._stderr.close()
        self._home.cleanup()


def run_tool(
    version: Version,
    tool: Path,
    arguments: Sequence[str | Path],
    project: Path,
    *,
    cwd: Path | None = None,
    extra: Mapping[str, str] | None = None,
    timeout: float = 300,
) -> CommandResult:
    """Run a tool's main file in the process for the `node_modules` of a CLI, which the first run starts.

    Raises:
        subprocess.TimeoutExpired: after `timeout` seconds.
    """
    host = _hosts.get(version)
    if host is None or not host.takes_another_run:
        if host is not None:
            host.close()
        host = _hosts[version] = ToolHost(version)
    words = [str(word) for word in arguments]
    return host.run(tool.resolve(), words, cwd or project, environment(project, extra), timeout)


_hosts: dict[Version, ToolHost] = {}
