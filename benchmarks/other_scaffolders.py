"""Whole-process times of our `new` beside hygen, plop, cookiecutter and `copier copy`, on the same work.

Run: python benchmarks/other_scaffolders.py [--rounds N]

The work is one integration with one sync and one action. We write it first; what we wrote becomes the template of the
others, the integration's name in paths and texts a variable again, and every run of each must give those files byte for
byte. All take turns (A B C ... A B C ...), so that a machine that slows down slows them all. Ours is installed as users
install it, from a wheel into an environment of its own. Needs a development setup (`python3 dev.py setup`); the others
are installed below benchmarks/scaffolders/ the first time.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from measuring import Run, measure, report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).parent
TOOLS = HERE / "scaffolders"
VENV = TOOLS / ".venv"
OWN = TOOLS / ".own"
NAME = "hubspot"
OURS = "nango-scaffold new"

PLOPFILE = """\
import {{ fileURLToPath }} from 'node:url';

const templates = fileURLToPath(new URL('./plop', import.meta.url));

export default function (plop) {{
    plop.setGenerator('integration', {{
        prompts: [{{ type: 'input', name: 'name', message: 'Integration' }}],
        actions: {files}.map(([path, template]) => ({{ type: 'add', path, templateFile: `${{templates}}/${{template}}` }}))
    }});
}}
"""


@dataclass(frozen=True)
class Scaffolder:
    """One of those compared: its name, and the command that writes into a folder."""

    name: str
    command: Callable[[Path], Sequence[str | Path]]


def filled(text: str, variable: str, literal: Callable[[str], str] = str) -> str:
    """A template for a text: its literal parts as the template language needs them, the name a variable."""
    return variable.join(literal(part) for part in text.split(NAME))


def raw(text: str) -> str:
    """Text that Jinja leaves alone."""
    return f"{{% raw %}}{text}{{% endraw %}}" if "{{" in text or "{%" in text or "{#" in text else text


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def hygen(files: dict[str, str], folder: Path) -> Scaffolder:
    variable = "<%= name %>"
    for number, (path, text) in enumerate(files.items()):
        head = f"---\nto: {filled(f'<%= out %>/{path}', variable)}\n---\n"
        write(folder / f"_templates/integration/new/{number:02}.ejs.t", head + filled(text, variable))
    program = TOOLS / "node_modules/.bin/hygen"
    words = ("integration", "new", "--name", NAME, "--out")
    return Scaffolder("hygen", lambda out: [program, *words, out])


def plop(files: dict[str, str], folder: Path) -> Scaffolder:
    paths = []
    for number, (path, text) in enumerate(files.items()):
        literal = filled(text, "{{{name}}}", lambda part: part.replace("{{", "\\{{"))
        write(folder / f"plop/{number:02}.hbs", literal)
        paths.append([filled(path, "{{name}}"), f"{number:02}.hbs"])
    write(folder / "plopfile.mjs", PLOPFILE.format(files=paths))
    program = TOOLS / "node_modules/.bin/plop"
    words = ("--plopfile", folder / "plopfile.mjs", "--dest")
    return Scaffolder("plop", lambda out: [program, *words, out, "integration", NAME])


def cookiecutter(files: dict[str, str], folder: Path) -> Scaffolder:
    template = folder / "cookiecutter"
    variable = "{{ cookiecutter.name }}"
    write(template / "cookiecutter.json", '{"name": "", "project": ""}')
    for path, text in files.items():
        write(template / "{{ cookiecutter.project }}" / filled(path, variable), filled(text, variable, raw))
    program = VENV / "bin/cookiecutter"
    return Scaffolder(
        "cookiecutter",
        lambda out: [
            program,
            "--no-input",
            "-o",
            out.parent,
            template,
            f"name={NAME}",
            f"project={out.name}",
        ],
    )


def copier(files: dict[str, str], folder: Path) -> Scaffolder:
    template = folder / "copier"
    write(template / "copier.yml", "name:\n    type: str\n")
    for path, text in files.items():
        write(template / f"{filled(path, '{{ name }}')}.jinja", filled(text, "{{ name }}", raw))
    words = ("copy", "--quiet", "--defaults", "--data", f"name={NAME}", template)
    return Scaffolder("copier copy", lambda out: [OWN / "bin/copier", *words, out])


def ours() -> Scaffolder:
    words = ("--set", f"provider={NAME}", "--set", "sync_names=users", "--set", "action_names=create-user")
    return Scaffolder(OURS, lambda out: [OWN / "bin/nango-scaffold", "new", *words, "--project", out])


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def install() -> None:
    """The others, in their pinned versions, and a wheel of this checkout."""
    if not (TOOLS / "node_modules/.bin/plop").exists():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--loglevel=error"], cwd=TOOLS, check=True)
    if not (VENV / "bin/cookiecutter").exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        pip = [VENV / "bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", TOOLS / "requirements.txt"], check=True)
    is_first = not (OWN / "bin/copier").exists()
    if is_first:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", OWN], check=True)
    pip = [sys.executable, "-m", "pip", "--python", OWN / "bin/python", "install", "-q"]
    only_ours = () if is_first else ("--force-reinstall", "--no-deps")
    subprocess.run([*pip, *only_ours, HERE.parent], check=True)


def timed(scaffolder: Scaffolder, expected: dict[str, str], folder: Path) -> Run:
    """One run into a new folder, which afterwards holds just what is wanted."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    run = measure(scaffolder.command(out), cwd=folder)
    if (output := tree(out)) != expected:
        different = sorted(path for path in {*output, *expected} if output.get(path) != expected.get(path))
        sys.exit(f"{scaffolder.name} wrote something else: {', '.join(different)}")
    return run


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    install()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(os.path.realpath(name))
        measure(ours().command(folder / "first"), cwd=folder)
        expected = tree(folder / "first")
        others = [make(expected, folder) for make in (hygen, plop, cookiecutter, copier)]
        runs: dict[str, list[Run]] = {}
        for _ in range(rounds + 1):
            for scaffolder in (ours(), *others):
                runs.setdefault(scaffolder.name, []).append(timed(scaffolder, expected, folder))
            runs.setdefault("nango-scaffold --help", []).append(
                measure([OWN / "bin/nango-scaffold", "--help"], cwd=folder)
            )
    print(f"{len(expected)} files, {rounds} rounds after one to warm up; medians")
    report({name: timings[1:] for name, timings in runs.items()}, OURS)


if __name__ == "__main__":
    main()
