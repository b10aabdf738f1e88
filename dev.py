#!/usr/bin/env python3
"""The project's own commands; needs Python 3.10+ and Node 20+, nothing else.

python3 dev.py demo [FOLDER]         set up, and scaffold an integration into a new project
python3 dev.py quick [ROOM]          the quick tests of all rooms, or of one such as derive; no Node needed
python3 dev.py test [--nightly]      set up, and pass every check and test
python3 dev.py coverage              measure which lines the quick tests run; fails below the floor in pyproject.toml
python3 dev.py mutants [ROOM [DIGIT|NAME]]
                                     change the code of commit/, plan/, nango_yaml/, and see that a test of its room fails
python3 dev.py setup                 set up only
python3 dev.py examples [--check]    regenerate the golden trees under examples/, or check them for drift
python3 dev.py docs [--check]        write the parts of docs/ that come from the code, or check them for drift
python3 dev.py resources PROVIDER DOCUMENT [RESOURCE...] [--list]
                                     derive known resources from an API document, for a person to trim
python3 dev.py record                record the wizard anew for the documentation
python3 dev.py site                  build the documentation as a site, into site/
python3 dev.py pages                 build the site, and visit it with Chromium; takes screenshots into build/pages
python3 dev.py release VERSION       write a version such as 0.2.0 into all that names it, before it is tagged
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTEST = (BIN / "python", "-m", "pytest")
TOOLCHAINS = ("nango-0.69", "nango-0.58", "api-documents", "vitest")

SOURCES = ("generator", "tests", "benchmarks", "docs", "dev.py", "compile_templates.py")
CHECKS = (
    ("black", "--check", "--quiet", *SOURCES),
    ("ruff", "check", "--quiet", *SOURCES),
    ("mypy",),
    ("lint-imports", "--no-cache"),
)

MUTATED_ROOMS = ("plan", "commit", "nango_yaml")

QUICK = ("-m", "not nightly and not toolchain and not slow")
"""The tests that need no Node and, but for a few that read the whole package, take less than a second each."""

HALF_OF_QUICK = tuple(f"tests/{room}" for room in ("adopt", "cli", "commit", "house", "lifecycle", "wizard"))
"""The rooms whose quick tests take as long as those of all others together."""


def start(*command: str | Path, cwd: Path = ROOT, stdout: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """Start a command; `finish` waits for it."""
    return subprocess.Popen([str(word) for word in command], cwd=cwd, stdout=stdout)


def finish(process: subprocess.Popen[bytes]) -> None:
    """Wait for a command, and end with its exit code when it fails."""
    if process.wait():
        words = process.args if isinstance(process.args, list) else [process.args]
        print(f"failed: {' '.join(str(word) for word in words)}", file=sys.stderr)
        sys.exit(process.returncode)


def run(*command: str | Path) -> None:
    """Run a command, and end with its exit code when it fails."""
    finish(start(*command))


def setup(*, development: bool, node: bool = True) -> None:
    """Make the virtual environment, and for development the pinned tools of both kinds; without `node`, Python's only."""
    # npm waits for the network while pip works, and the other way round.
    installing = [start_npm(ROOT / "toolchain" / name) for name in TOOLCHAINS if development and node]
    if not (BIN / "python").exists():
        run(sys.executable, "-m", "venv", VENV)
    requirement, kind = (".[dev]", "dev") if development else (".", "run")
    # pip takes seconds to find out that there is nothing to do: it is asked once for each change of these files.
    stamp = VENV / f"installed-{kind}"
    sources = (ROOT / "pyproject.toml", ROOT / "constraints.txt")
    if not stamp.exists() or any(source.stat().st_mtime > stamp.stat().st_mtime for source in sources):
        pip_install(requirement)
        stamp.touch()  # behind pip, which may fail
    run(BIN / "python", "compile_templates.py")
    # Where Python may not write bytecode (PYTHONDONTWRITEBYTECODE), every run would compile the package anew.
    run(BIN / "python", "-m", "compileall", "-q", "generator", "template")
    for process in installing:
        if process is not None:
            finish(process)


def pip_install(requirement: str) -> None:
    """Install this project, with extras such as ``.[dev]``, at the pinned versions of what it needs."""
    quiet = ("--quiet", "--quiet", "--disable-pip-version-check")
    run(BIN / "python", "-m", "pip", "install", *quiet, "-c", "constraints.txt", "-e", requirement)


def start_npm(folder: Path) -> subprocess.Popen[bytes] | None:
    """Start to install a folder's locked packages; None when they are there already."""
    # npm writes the first of them when it has installed all packages.
    installed, lock = folder / "node_modules" / ".package-lock.json", folder / "package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return None
    return start("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", cwd=folder)


def demo(folder: str = "demo") -> None:
    """Scaffold HubSpot users, sync and actions, into a new project."""
    setup(development=False)
    run(
        *(BIN / "nango-scaffold", "new", "--project", folder, "--set", "provider=hubspot"),
        *("--set", "sync_names=users", "--set", "action_names=create-user, get-user, list-users"),
    )


def test(*options: str) -> None:
    """Every check, then every test; the nightly profile with --nightly."""
    setup(development=True)
    started = time.monotonic()
    # All at once, and before the tests: each takes one core, and a fault that they find needs no test.
    checks = {check[0]: start(BIN / check[0], *check[1:]) for check in CHECKS}
    for name, process in checks.items():
        finish(process)
        print(f"{name}: clean ({time.monotonic() - started:.0f} s)", flush=True)
    marks = () if "--nightly" in options else ("-m", "not nightly")
    if "--nightly" in options:
        os.environ["HYPOTHESIS_PROFILE"] = "nightly"
    # In the order of tests/conftest.py, not by the number of tests: a file with five of them may take minutes.
    workers = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
    run(*PYTEST, *workers, "--durations", "30", *marks)


def quick(room: str = "") -> None:
    """The quick tests of one room, or of all: few examples of each property, nothing of ``SLOW`` in tests/conftest.py."""
    folder = ROOT / "tests" / room
    if not folder.is_dir():
        rooms = sorted(path.name for path in (ROOT / "tests").iterdir() if path.is_dir())
        print(f"no tests in tests/{room}; rooms: {', '.join(rooms)}", file=sys.stderr)
        sys.exit(2)
    setup(development=True, node=False)
    os.environ["HYPOTHESIS_PROFILE"] = "quick"
    # With it, pytest would compile each test file anew, in each process.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if room:
        run(*PYTEST, "-n", "2", "--dist", "loadfile", *QUICK, folder)
        return
    # pytest-xdist would collect all tests twice and send three reports of each: a fifth of the work, for tests of 10 ms.
    with tempfile.TemporaryFile() as shown_later:
        others = start(
            *PYTEST, *QUICK, "tests", *(f"--ignore={half}" for half in HALF_OF_QUICK), stdout=shown_later
        )
        half = start(*PYTEST, *QUICK, *HALF_OF_QUICK)
        codes = half.wait(), others.wait()
        shown_later.seek(0)
        sys.stdout.buffer.write(shown_later.read())
    sys.exit(int(any(codes)))  # a negative code is a signal


def coverage() -> None:
    """Run the quick tests, measure their coverage, and hold it against the floor."""
    setup(development=True, node=False)
    os.environ["HYPOTHESIS_PROFILE"] = "quick"
    run(BIN / "coverage", "run", "-m", "pytest", *QUICK, "tests")
    run(BIN / "coverage", "report")


def mutants(room: str = "", part: str = "") -> None:
    """Run mutmut over the rooms that write, or over one: over a mutant, or all whose numbers end in a digit."""
    if room not in ("", *MUTATED_ROOMS):
        print(f"no mutants of {room}; rooms: {', '.join(MUTATED_ROOMS)}", file=sys.stderr)
        sys.exit(2)
    setup(development=True, node=False)
    pip_install(".[mutants]")
    os.environ["HYPOTHESIS_PROFILE"] = "mutants"
    os.environ["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"  # mutmut runs mypy
    pattern = f"*__mutmut_*{part}" if part.isdigit() else part
    for name in [room] if room else MUTATED_ROOMS:
        tree = ROOT / "build" / "mutants" / name
        lay_out_for_mutmut(tree, name)
        finish(start(BIN / "mutmut", "run", *filter(None, [pattern]), cwd=tree))
        listed = subprocess.run(
            [BIN / "mutmut", "results"], cwd=tree, check=True, capture_output=True, text=True
        )
        print(
            f"{name}: survivors and doubtful:",
            *re.findall(r".*: (?:survived|no tests|suspicious|timeout)", listed.stdout),
            sep="\n",
        )


def lay_out_for_mutmut(tree: Path, room: str) -> None:
    """Copy this checkout with its package in ``src``: in any other folder, mutmut finds no test of a mutant."""
    shutil.rmtree(tree, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    for name in [*listed.stdout.split("\0")[:-1], "template/compiled.py"]:
        target = tree / ("src" + name.removeprefix("generator") if name.startswith("generator/") else name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    settings = tree / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8").replace("/ROOM", f"/{room}"), "utf-8")


def examples(*options: str) -> None:
    """Regenerate or check the golden trees."""
    setup(development=False)
    run(BIN / "python", "-m", "tests.examples.golden", *options)


def docs(*options: str) -> None:
    """Write or check the reference, the schema for editors and the man page."""
    setup(development=False)
    run(BIN / "python", "-m", "tests.docs.generated", *options)


def resources(*options: str) -> None:
    """Print a file of the catalogue of known resources as an API document has it, or list what it has."""
    setup(development=False)
    run(BIN / "python", "-m", "tests.providers.derived_resources", *options)


def record() -> None:
    """Record the wizard, as the documentation shows it."""
    setup(development=True)
    run(BIN / "python", "-m", "tests.docs.recording")


def site() -> None:
    """Build the documentation's site; a link that leads nowhere fails it."""
    setup(development=True, node=False)
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    run(BIN / "mkdocs", "build", "--strict")  # --quiet would hide the warnings from --strict, too


def pages() -> None:
    """Build the site, and look at it as a browser shows it."""
    site()
    run(BIN / "python", "-m", "tests.docs.browser", "site", "build/pages")


def release(version: str) -> None:
    """Write the version of the next release into all that names it; the package's own comes from the tag."""
    name_version(ROOT, version)
    # Both hold the version: in the man page, and in the manifests of the golden trees.
    docs()
    examples()
    print(
        f"Read the diff, then:\n  git commit -am 'Release {version}'\n  git tag v{version}\n  git push --follow-tags"
    )


def name_version(root: Path, version: str) -> None:
    """Replace the version in the code and in the recipes for CI, and give the changelog a section for it."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        print(f"{version} is not a version such as 0.2.0", file=sys.stderr)
        sys.exit(2)
    pinned = r"(?<=NANGO_SCAFFOLD \}\}@v)[\d.]+"
    for path, pattern, text in (
        ("generator/nango_scaffold/__init__.py", r'(?<=__version__ = ")[^"]+', version),
        ("docs/ci.md", pinned, version),
        ("docs/check.md", pinned, version),
        ("CHANGELOG.md", r"(?<=^## Unreleased\n)", f"\n## {version} - {date.today()}\n"),
    ):
        replace_once(root / path, pattern, text)


def replace_once(path: Path, pattern: str, text: str) -> None:
    """Replace the one place of a file that matches."""
    replaced, count = re.subn(pattern, text, path.read_text("utf-8"), flags=re.MULTILINE)
    if count != 1:
        print(f"{path}: {count} places match {pattern}, not one", file=sys.stderr)
        sys.exit(1)
    path.write_text(replaced, "utf-8")


def main(words: list[str]) -> None:
    """Run the command named first."""
    named = (demo, test, quick, coverage, mutants, examples, docs, resources, record, site, pages, release)
    commands = {command.__name__: command for command in named}
    commands["setup"] = partial(setup, development=True)
    if not words or words[0] not in commands:
        print(__doc__)
        sys.exit(2)
    commands[words[0]](*words[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
