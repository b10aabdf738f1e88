"""What `new` takes from names, from a document, a response and a connection; and a document of 13 MB beside `json.load`.

python benchmarks/four_sources.py [--rounds 5]

The sources are those of docs/four-sources.md, in turns; the ratios are those of CPU. One operation is then read out of GitHub's
document, padded to 13 MB with operations that nobody asks for. Exits 1 when that takes more than twice what ``json.load``
takes on the file. Needs a development setup (`python3 dev.py setup`).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import median

from measuring import Run, compiled, measure, report

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.docs.four_sources import DOCUMENT, SOURCES, command, prepared  # noqa: E402 - of this checkout

MOST = 2.0
SIZE = 13_000_000
LOAD = "import json, sys; json.load(open(sys.argv[1], encoding='utf-8'))"
INFER = ("-m", "nango_scaffold", "infer", "--operation", "pulls/list", "--provider", "github")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    compiled()
    runs: dict[str, list[Run]] = {source: [] for source in SOURCES}
    for _ in range(rounds):
        for source in SOURCES:
            runs[source].append(scaffolded(source))
    report(runs, "names")
    with tempfile.TemporaryDirectory() as name:
        ratio = beside_json(Path(name), rounds)
    print(
        f"one operation of a document of {SIZE / 1e6:.0f} MB beside json.load: {ratio:.2f} (at most {MOST})"
    )
    return 1 if ratio > MOST else 0


def scaffolded(source: str) -> Run:
    """A run of ``new`` in a folder of its own."""
    with prepared() as (folder, environment):
        os.environ.update(environment)
        words = [sys.executable, "-m", "nango_scaffold", *command(source), "--yes", "--quiet"]
        return measure(words, folder)


def beside_json(folder: Path, rounds: int) -> float:
    """The time of reading one operation, as a multiple of the time of parsing its document."""
    document = json.loads(DOCUMENT.read_text("utf-8"))
    operations = document["paths"]["/repos/{owner}/{repo}/pulls"]
    size = len(json.dumps(operations))
    for number in range((SIZE - DOCUMENT.stat().st_size) // size):
        document["paths"][f"/padding/{number}"] = operations
    large = folder / "large.json"
    large.write_text(json.dumps(document), "utf-8")
    parsed = [measure([sys.executable, "-c", LOAD, large], folder) for _ in range(rounds)]
    inferred = [measure([sys.executable, *INFER, large], folder) for _ in range(rounds)]
    return median(run.cpu for run in inferred) / median(run.cpu for run in parsed)


if __name__ == "__main__":
    sys.exit(main())
