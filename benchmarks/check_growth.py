"""Times ``check`` on projects of 50, 200 and 687 integrations with a sync and two actions each.

python benchmarks/check_growth.py [--rounds 3]

What one integration takes must not grow with their number.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median

from batch import COMMAND, TOOLCHAIN, answers_of, run
from measuring import compiled, measure

from nango_scaffold.providers.catalogue import keys
from nango_scaffold.providers.catalogue_locations import project_catalogue

SIZES = (50, 200, 687)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    catalogue = project_catalogue(TOOLCHAIN)
    if catalogue is None:
        sys.exit("No providers.yaml: run `python3 dev.py setup`.")
    text = catalogue.read_text("utf-8")
    compiled()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answers = [folder / f"{number:03}.yml" for number, _ in enumerate(keys(text))]
        for path, provider in zip(answers, keys(text), strict=True):
            path.write_text(answers_of(provider, text), "utf-8")
        for size in SIZES:
            project = folder / f"of-{size}"
            run(answers[:size], project, catalogue)
            runs = [measure([COMMAND, "check", project], folder) for _ in range(options.rounds)]
            cpu = median(run.cpu for run in runs)
            peak = max(run.peak for run in runs)
            print(
                f"{size:4} integrations {cpu:6.2f} s of CPU, {1000 * cpu / size:5.1f} ms each, {peak:4.0f} MB at most"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
