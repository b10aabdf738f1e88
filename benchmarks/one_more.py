"""What one more integration takes in a project that has 200, beside what it takes in an empty one.

Run: python benchmarks/one_more.py [--rounds N] [--most RATIO]

Each integration has nothing but a provider, one sync and two actions. The two are measured in turns, so that the machine is
equally busy for both, and the ratio is that of CPU. Exits 1 when it is above the limit. Needs a development setup
(`python3 dev.py setup`).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from batch import MANY, TOOLCHAIN, answers_of, run, show
from measuring import Run, compiled

from nango_scaffold.providers.catalogue import keys
from nango_scaffold.providers.catalogue_locations import project_catalogue


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--most", type=float, default=1.5, help="the ratio that is allowed (default: 1.5)")
    options = parser.parse_args()
    catalogue = project_catalogue(TOOLCHAIN)
    if catalogue is None:
        sys.exit("No providers.yaml: run `python3 dev.py setup`.")
    text = catalogue.read_text("utf-8")
    compiled()
    alone: list[Run] = []
    beside: list[Run] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answers = [folder / f"{number:03}.yml" for number in range(MANY + 1)]
        for path, provider in zip(answers, keys(text), strict=False):
            path.write_text(answers_of(provider, text), "utf-8")
        many = folder / "many"
        run(answers[:MANY], many, catalogue)
        for round_ in range(options.rounds):
            alone.append(run(answers[MANY:], folder / f"empty-{round_}", catalogue))
            copy = folder / f"many-{round_}"
            shutil.copytree(many, copy)
            beside.append(run(answers[MANY:], copy, catalogue))
            shutil.rmtree(copy)
    show("one integration in an empty project", 1, alone)
    show(f"one more beside {MANY}", 1, beside)
    ratio = median(more.cpu / one.cpu for more, one in zip(beside, alone, strict=True))
    print(f"ratio {ratio:.2f}")
    return int(ratio > options.most)


if __name__ == "__main__":
    sys.exit(main())
