"""The CPU time, wall time and memory of a process, as the system reports them, and a table of them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PACKAGE = Path(__file__).parents[1] / "generator"


@dataclass(frozen=True)
class Run:
    """One finished process: CPU seconds (user and system, children included), wall seconds, peak memory in MB."""

    cpu: float
    wall: float
    peak: float


def measure(command: Sequence[str | Path], cwd: Path, codes: Sequence[int] = (0,)) -> Run:
    """Run a command to its end; one that ends with none of the exit codes ends the benchmark."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    stderr = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in codes:
        sys.exit(f"{command[0]} failed:\n{stderr.decode(errors='replace')}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * unit / 1_000_000)


def compiled() -> None:
    """Let the package have its bytecode, as it has where it is installed."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", PACKAGE], check=True)


def report(runs: Mapping[str, Sequence[Run]], ours: str) -> None:
    """Print medians, each beside ours, and between which ratios the rounds lay."""
    print(f"{'':24}{'CPU':>9}{'CPU / ours':>22}{'wall':>11}{'wall / ours':>22}{'peak':>10}")
    base_runs = runs[ours]
    for name, own_runs in runs.items():
        # In each round the machine was equally busy for all, so what one round gives is compared.
        rounds = list(zip(own_runs, base_runs, strict=True))
        cpus = spread([run.cpu / base.cpu for run, base in rounds])
        walls = spread([run.wall / base.wall for run, base in rounds])
        cpu = median(run.cpu for run in own_runs)
        wall = median(run.wall for run in own_runs)
        peak = median(run.peak for run in own_runs)
        print(f"{name:24}{cpu:7.3f} s{cpus:>22}{wall:9.3f} s{walls:>22}{peak:7.0f} MB")


def spread(ratios: Sequence[float]) -> str:
    """The median of ratios, the least and the largest, such as ``1.18 (1.12 to 1.31)``."""
    return f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
