"""How long one insertion into a large nango.yaml takes, as a process of its own, and how that grows.

Run ``python benchmarks/nango_yaml_growth.py [--rounds N] [--limit SECONDS]``. Each round starts a fresh interpreter that
reads a file, puts one integration in, and writes the result; the best round of each size counts. Exits 1 when the
largest size takes longer than the limit, or time grows faster than the file (by more than half).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (500, 1_000, 2_500, 5_000)
SLACK = 1.5

INTEGRATION = """\
    provider-{n:05d}:
        syncs:
            records:
                runs: every hour
                description: |
                    Gets all records of provider {n}.
                output: Record{n}
                sync_type: incremental
                endpoint:
                    method: GET
                    path: /records
                    group: Records
                scopes:
                    - read
"""
MODEL = """\
    Record{n}:
        id: string
        name: string
        state: open | closed
"""
INSERTION = """
import sys
from pathlib import Path
from nango_scaffold.nango_yaml import Block, decode, merge

block = Block(
    "linear",
    syncs={"issues": {
        "runs": "every hour", "output": "LinearIssue",
        "endpoint": {"method": "GET", "path": "/issues", "group": "Issues"},
    }},
    models={"LinearIssue": {"id": "string", "title": "string"}},
)
path = Path(sys.argv[1])
path.with_suffix(".new").write_bytes(merge(decode(path.read_bytes()), block).text.encode())
"""


def write_file(folder: Path, size: int) -> Path:
    """A nango.yaml with ``size`` integrations of one sync and one model each."""
    integrations = "".join(INTEGRATION.format(n=n) for n in range(size))
    models = "".join(MODEL.format(n=n) for n in range(size))
    path = folder / f"{size}.yaml"
    path.write_text(f"integrations:\n{integrations}models:\n{models}", "utf-8")
    return path


def seconds(path: Path, rounds: int) -> float:
    """Wall-clock seconds of one insertion, interpreter start included; the best of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", INSERTION, str(path)], check=True)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=float, default=1.0, help="seconds for the largest file")
    options = parser.parse_args()
    cpu_seconds: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = write_file(Path(folder), size)
            cpu_seconds[size] = seconds(path, options.rounds)
            lines = path.read_text("utf-8").count("\n")
            print(f"{size:>6} integrations {lines:>7} lines {cpu_seconds[size]:7.3f} s")
    smallest, largest = min(SIZES), max(SIZES)
    ratio = cpu_seconds[largest] / cpu_seconds[smallest]
    print(f"{largest // smallest} times the file takes {ratio:.1f} times as long")
    return int(cpu_seconds[largest] > options.limit or ratio > SLACK * largest / smallest)


if __name__ == "__main__":
    sys.exit(main())
