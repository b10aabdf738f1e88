"""The dry-run service of a CLI as a long-lived process: a run takes less than a second, a start of the CLI more."""

from __future__ import annotations

import atexit
import json
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

from .project import ANSI, CommandResult, Version, environment, node_modules

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCRIPT: Final = Path(__file__).with_name("dryrun.mjs")
_LONGEST: Final = 300.0  # seconds of one run
_MOST: Final = 4  # services that are kept


class Service:
    """A node process with one CLI's dry-run service loaded.

    Args:
        version: the CLI.
        cwd: the folder of the nango.yaml it is for: the CLI remembers the schema of a model by the model's name.
    """

    def __init__(self, version: Version, cwd: Path) -> None:
        self._home = tempfile.TemporaryDirectory()
        home = Path(self._home.name)
        self._process = subprocess.Popen(
            ["node", str(_SCRIPT), str(node_modules(version) / "nango" / "dist")],
            env=environment(home),
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        atexit.register(self.close)

    @property
    def is_alive(self) -> bool:
        """Whether it takes another run."""
        return self._process.poll() is None

    def run(self, variables: Mapping[str, str], options: Mapping[str, Any]) -> CommandResult:
        """Run one script; if it ends the process or takes minutes, its last output is the result."""
        requests, answers = cast("IO[str]", self._process.stdin), cast("IO[str]", self._process.stdout)
        started = time.monotonic()
        limit = threading.Timer(_LONGEST, self._process.kill)
        limit.start()
        try:
            requests.write(json.dumps({"environment": variables, "options": options}) + "\n")
            requests.flush()
            line = answers.readline()
        finally:
            limit.cancel()
        seconds = time.monotonic() - started
        if not line:
            _, stderr = self._process.communicate()
            return CommandResult(self._process.returncode, "", ANSI.sub("", stderr), seconds)
        answer = json.loads(line)
        return CommandResult(
            answer["exit_code"], ANSI.sub("", answer["stdout"]), ANSI.sub("", answer["stderr"]), seconds
        )

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()
        self._home.cleanup()


def service(version: Version, cwd: Path) -> Service:
    """The service of a CLI for one nango.yaml, started by the first run and again after one that ended it."""
    running = _started.pop((version, cwd), None)
    if running is None or not running.is_alive:
        running = Service(version, cwd)
    _started[version, cwd] = running  # the one used last stands last
    while len(_started) > _MOST:
        _started.pop(next(iter(_started))).close()
    return running


_started: dict[tuple[Version, Path], Service] = {}
