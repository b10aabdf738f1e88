"""vitest over generated tests: one process, without the network."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TOOLCHAIN = Path(__file__).resolve().parents[3] / "toolchain" / "vitest"
_OPTIONS = ("--pool=threads", "--no-isolate", "--no-file-parallelism", "--reporter=json")


def run(project: Path, *, cut_off: int = 0, files: Sequence[str] = ()) -> dict[str, list[dict[str, Any]]]:
    """The tests below a folder, with their outcome, by the path of their file.

    Args:
        project: the folder; it gets the node_modules of the toolchain where it has none.
        cut_off: how many failures end the run; 0 for none.
        files: parts of the paths of the files to run; all by default.
    """
    modules = project / "node_modules"
    if not modules.exists():
        modules.symlink_to(TOOLCHAIN / "node_modules", target_is_directory=True)
    program = TOOLCHAIN / "node_modules" / "vitest" / "vitest.mjs"
    assert program.is_file(), f"vitest is not installed: npm ci --prefix {TOOLCHAIN}"
    report = project / "vitest-report.json"
    command = [
        "node",
        program,
        "run",
        "--root",
        project,
        *_OPTIONS,
        f"--outputFile={report}",
        f"--bail={cut_off}",
    ]
    closed = {"HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", "CI": "1"}
    environment = {**os.environ, **closed, "HOME": str(project)}
    process = subprocess.run(
        [*map(str, command), *files],
        capture_output=True,
        text=True,
        check=False,
        cwd=project,
        env=environment,
    )
    assert report.is_file(), process.stdout + process.stderr
    outcome = json.loads(report.read_text("utf-8"))
    return {
        Path(file["name"]).relative_to(project.resolve()).as_posix(): file["assertionResults"]
        or [{"status": file["status"], "failureMessages": [file["message"]]}]
        for file in outcome["testResults"]
    }


def failures(outcome: dict[str, list[dict[str, Any]]]) -> list[str]:
    """What failed, each with its message."""
    return [
        f"{path}: {test.get('title', '')}: {' '.join(test['failureMessages'])}"
        for path, tests in outcome.items()
        for test in tests
        if test["status"] not in ("passed", "skipped", "pending")
    ]
