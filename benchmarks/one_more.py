"""What `new`, `add` and `remove` take in a project of 200 integrations, beside what they take in one of a single integration.

Run: python benchmarks/one_more.py [--rounds N] [--most RATIO]

Each integration has nothing but a provider, one sync and two actions. A round makes one more integration, adds a sync to it,
takes that sync out, and the integration; in a copy of either project in turns, so that the machine is equally busy for both.
The ratio is that of CPU. Exits 1 when one of them is above the limit. Needs a development setup (`python3 dev.py setup`).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from batch import COMMAND, MANY, TOOLCHAIN, answers_of, run, show
from measuring import Run, compiled, measure

from nango_scaffold.providers.catalogue import keys
from nango_scaffold.providers.catalogue_locations import project_catalogue

STEPS = {
    "new": ("new", "--answers", "{answers}", "--providers", "{catalogue}"),
    "add": ("add", "sync", "{integration}", "groups", "--providers", "{catalogue}"),
    "remove a sync": ("remove", "{integration}", "groups"),
    "remove": ("remove", "{integration}"),
}


def life(project: Path, answers: Path, integration: str, catalogue: Path) -> dict[str, Run]:
    """The runs of one integration's life in a project, by step."""
    places = {"answers": answers, "integration": integration, "catalogue": catalogue}
    runs: dict[str, Run] = {}
    for step, words in STEPS.items():
        command = [COMMAND, *(word.format(**places) for word in words), "--project", project]
        runs[step] = measure(command, project.parent)
    return runs


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
    rounds: dict[int, list[dict[str, Run]]] = {1: [], MANY: []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answers = [folder / f"{number:03}.yml" for number in range(MANY + 1)]
        providers = list(keys(text))[: MANY + 1]
        for path, provider in zip(answers, providers, strict=True):
            path.write_text(answers_of(provider, text), "utf-8")
        for size in rounds:
            run(answers[:size], folder / f"of-{size}", catalogue)
        copy = folder / "copy"
        for _ in range(options.rounds):
            for size, lives in rounds.items():
                shutil.copytree(folder / f"of-{size}", copy)
                lives.append(life(copy, answers[MANY], providers[MANY], catalogue))
                shutil.rmtree(copy)
    worst = 0.0
    for step in STEPS:
        for size, lives in rounds.items():
            show(f"{step} beside {size}", 1, [runs[step] for runs in lives])
        pairs = zip(*rounds.values(), strict=True)
        ratio = median(many[step].cpu / few[step].cpu for few, many in pairs)
        worst = max(worst, ratio)
        print(f"ratio {ratio:.2f}")
    return int(worst > options.most)


if __name__ == "__main__":
    sys.exit(main())
