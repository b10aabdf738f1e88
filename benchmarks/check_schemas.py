"""Times ``check`` on 30 and 120 integrations, each with models and a schema.zod.ts of its own, and what N08 takes of it.

python benchmarks/check_schemas.py [--rounds 3]

Exits 1 when 120 integrations take more than 4.8 times the CPU of 30, or N08 more than half of all other rules together.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import process_time

from batch import COMMAND
from measuring import compiled, measure

from nango_scaffold.check import Tree, check
from nango_scaffold.check.rules import RULES
from nango_scaffold.models.reader import read_models
from nango_scaffold.nango_yaml import read
from nango_scaffold.render.zod import schema_file

SIZES = (30, 120)
MOST_GROWTH = 4.8
MOST_SHARE = 0.5
EXAMPLE = Path(__file__).parents[1] / "examples/github/nango-integrations"
MODELS = 7  # a real integration has that many on average
FIELDS = """\
        id: string
        name: string
        state: open | closed | merged
        note?: string | null
        created_at: string
        labels: string[]
        owner:
            id: string
            email?: string
        parent?: Model{below}
"""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    compiled()
    cpu_seconds: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as name:
        for size in SIZES:
            project = Path(name) / f"of-{size}/nango-integrations"
            files = files_of(size)
            write(project, files)
            command = [COMMAND, "check", project.parent, "--json", "--select", _every_rule()]
            cpu_seconds[size] = median(measure(command, project, codes=(0, 1)).cpu for _ in range(rounds))
            print(
                f"{size:4} integrations {cpu_seconds[size]:6.2f} s of CPU, {1000 * cpu_seconds[size] / size:5.1f} ms each"
            )
    growth = cpu_seconds[SIZES[1]] / cpu_seconds[SIZES[0]]
    share = median(share_of_n08(files) for _ in range(rounds))
    print(
        f"ratio {growth:.2f} (at most {MOST_GROWTH}), N08 {share:.2f} of all other rules (at most {MOST_SHARE})"
    )
    return 0 if growth <= MOST_GROWTH and share <= MOST_SHARE else 1


def files_of(size: int) -> dict[str, str]:
    """The files of a folder of integrations: scripts of an example, and models and schemas that only one of them has."""
    head, models = (EXAMPLE / "nango.yaml").read_text("utf-8").split("models:\n")
    entry = head.partition("integrations:\n")[2]
    own = [_models(number) for number in range(size)]
    files = {
        "nango.yaml": "integrations:\n"
        + "".join(entry.replace("    github:", f"    github-{number}:", 1) for number in range(size))
        + f"models:\n{models}{''.join(own)}"
    }
    for number, text in enumerate(own):
        files[f"github-{number}/schema.zod.ts"] = _as_ts_to_zod_writes(text)
        for path in EXAMPLE.glob("github/**/*.ts"):
            files[f"github-{number}/{path.relative_to(EXAMPLE / 'github').as_posix()}"] = path.read_text(
                "utf-8"
            )
    return files


def write(project: Path, files: dict[str, str]) -> None:
    """Put files on disk."""
    for path, text in files.items():
        target = project / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def share_of_n08(files: dict[str, str]) -> float:
    """The CPU time of N08 as a fraction of that of all other rules together."""
    times = []
    for is_n08 in (True, False):
        start = process_time()
        check(Tree(files, {}), [rule for rule in RULES if (rule.id == "N08") is is_n08])
        times.append(process_time() - start)
    print(f"     N08 {times[0]:.2f} s of CPU, the other rules {times[1]:.2f} s")
    return times[0] / times[1]


def _models(number: int) -> str:
    names = [f"Model{number}x{letter}" for letter in "abcdefghij"[:MODELS]]
    below = [*(name.removeprefix("Model") for name in names[1:]), ""]
    return "".join(
        f"    {name}:\n" + (FIELDS.format(below=other) if other else FIELDS.rpartition("        parent")[0])
        for name, other in zip(names, below, strict=True)
    )


def _as_ts_to_zod_writes(models: str) -> str:
    """The quotes and optional fields of ts-to-zod's own output, before any formatter."""
    document = read(f"integrations: {{}}\nmodels:\n{models}")
    text = schema_file(read_models(document.models, {}))
    return text.replace("'", '"').replace("z.union([z.string(), z.undefined()])", "z.string()")


def _every_rule() -> str:
    return ",".join(rule.id for rule in RULES)


if __name__ == "__main__":
    sys.exit(main())
