"""The golden trees: every ``examples/NAME.yml`` and the tree ``examples/NAME/`` it gives.

python -m tests.examples.golden            write the trees anew
python -m tests.examples.golden --check    say what differs, and fail if anything does
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def names() -> list[str]:
    """The examples, by name."""
    return sorted(path.stem for path in EXAMPLES.glob("*.yml"))


def answers_of(name: str) -> Path:
    """The answers file of an example."""
    return EXAMPLES / f"{name}.yml"


def scaffold(answers: list[Path], project: Path) -> str:
    """Run the real command line into a project, and give what it printed."""
    files = [word for path in answers for word in ("--answers", str(path))]
    command = [sys.executable, "-m", "nango_scaffold", "new", *files, "--project", str(project), "--yes"]
    with tempfile.TemporaryDirectory() as cache:  # no catalogue that the developer has refreshed
        environment = {**os.environ, "XDG_CACHE_HOME": cache}
        process = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert process.returncode == 0, process.stderr
    return process.stdout


def read_tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder, by its posix path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def tree_of(name: str) -> dict[str, bytes]:
    """The tree an example gives in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        scaffold([answers_of(name)], Path(folder))
        return read_tree(Path(folder))


def drift(name: str) -> list[str]:
    """The files of an example that are not what the generator gives now."""
    now, stored = tree_of(name), read_tree(EXAMPLES / name)
    return sorted(path for path in {*now, *stored} if now.get(path) != stored.get(path))


def regenerate(name: str) -> None:
    """Write an example's tree anew."""
    target, tree = EXAMPLES / name, tree_of(name)
    shutil.rmtree(target, ignore_errors=True)
    for path, data in tree.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(data)


def main(options: list[str]) -> int:
    """Regenerate or check every example."""
    if "--check" not in options:
        for name in names():
            regenerate(name)
        return 0
    drifts = {name: paths for name in names() if (paths := drift(name))}
    for name, paths in drifts.items():
        print(f"{name} differs from what the generator gives: {', '.join(paths)}", file=sys.stderr)
    return 1 if drifts else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
