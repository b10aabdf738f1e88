"""All providers of the catalogue in one command, and one more integration in a project that has many.

Run: python benchmarks/batch.py [--rounds N] [--limit MILLISECONDS]

Each integration has nothing but a provider, one sync and two actions. Exits 1 when one of them takes more CPU than the
limit, as its share of the whole process: wall time counts what else the machine does, too. Needs a development setup
(`python3 dev.py setup`).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from measuring import Run, compiled, measure

from nango_scaffold.providers.catalogue import keys, resolve
from nango_scaffold.providers.catalogue_locations import project_catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

TOOLCHAIN = Path(__file__).parents[1] / "toolchain" / "nango-0.69"
COMMAND = Path(sys.executable).parent / "nango-scaffold"
MANY = 200

ANSWERS = """\
provider: {provider}
sync_names: [users]
action_names: [create-user, list-users]
"""
WITHOUT_BASE_URL = "provider_facts: { base_url: 'https://api.example.com' }\n"


def answers_of(provider: str, catalogue: str) -> str:
    """The answers for one provider; the few that Nango knows no base URL of need one."""
    entry = resolve(catalogue, provider)
    assert entry is not None
    proxy = {**(entry.base or {}), **entry.own}.get("proxy") or {}
    return ANSWERS.format(provider=provider) + ("" if proxy.get("base_url") else WITHOUT_BASE_URL)


def run(answers: Sequence[Path], project: Path, catalogue: Path) -> Run:
    """One command for some answers files."""
    words = [word for path in answers for word in ("--answers", path)]
    return measure([COMMAND, "new", *words, "--project", project, "--providers", catalogue], project.parent)


def show(what: str, count: int, runs: Sequence[Run]) -> float:
    """Print the medians, and give the milliseconds of CPU that each integration took."""
    milliseconds = median(run.wall for run in runs) * 1000 / count
    cpu = median(run.cpu for run in runs) * 1000 / count
    peak = max(run.peak for run in runs)
    print(f"{what:36}{cpu:8.1f} ms of CPU each, {milliseconds:8.1f} ms of wall time, {peak:5.0f} MB at most")
    return cpu


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=15.0, help="milliseconds of CPU for one of the batch")
    options = parser.parse_args()
    catalogue = project_catalogue(TOOLCHAIN)
    if catalogue is None:
        sys.exit("No providers.yaml: run `python3 dev.py setup`.")
    text = catalogue.read_text("utf-8")
    compiled()
    whole: list[Run] = []
    reruns: list[Run] = []
    more: list[Run] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answers = [folder / f"{number:03}.yml" for number, _ in enumerate(keys(text))]
        for path, provider in zip(answers, keys(text), strict=True):
            path.write_text(answers_of(provider, text), "utf-8")
        project = folder / "project"
        for _ in range(options.rounds):
            shutil.rmtree(project, ignore_errors=True)
            whole.append(run(answers, project, catalogue))
            reruns.append(run(answers, project, catalogue))
            shutil.rmtree(project)
            run(answers[:MANY], project, catalogue)
            more.append(run(answers[MANY : MANY + 1], project, catalogue))
    milliseconds = show(f"{len(answers)} integrations", len(answers), whole)
    show("the same again, nothing to write", len(answers), reruns)
    show(f"one more beside {MANY}", 1, more)
    return int(milliseconds > options.limit)


if __name__ == "__main__":
    sys.exit(main())
