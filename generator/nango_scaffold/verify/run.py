"""Run the project's own CLI: the one module of this room that starts it and reads what it leaves.

Its exit code says little: ``generate`` ends with 0 over a broken nango.yaml, and ``compile`` when it compiled nothing. So
the verdict is what it wrote: a file that is new or newer than before the run.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import nango_yaml
from ..commit import read
from ..doctor import checks, look_around
from ..render.paths import ROOT, YAML
from .verdict import Fault, Script, Verdict, compile_faults, last_words, yaml_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..nango_yaml import Document
    from ..project import Layout, NangoProject
    from .verdict import Kind

_PATIENCE = 600  # seconds; a large project takes minutes
_QUIET = {
    "CI": "1",
    "NO_COLOR": "1",
    "FORCE_COLOR": "0",
    "NANGO_CLI_UPGRADE_MODE": "ignore",
    "NANGO_CLI_DEPENDENCY_UPDATE": "false",
    "NANGO_CLI_TELEMETRY": "false",
}
_FOLDERS: Mapping[str, Kind] = {"syncs": "sync", "actions": "action", "on-events": "on-event"}


def verify(project: NangoProject, tell: Callable[[str], None] = lambda what: None) -> Verdict:
    """Generate and compile a project, and judge what comes of it.

    Where nango.yaml names scripts without files, nothing is run: the CLI would write empty ones, and then compile none.

    Args:
        project: the project.
        tell: told each command before it is run.

    Raises:
        ProjectError: nango.yaml cannot be read.
    """
    root = Path(project.location).resolve()
    seen = look_around(project)
    # Without these the CLI says nothing of use, or lets type errors pass.
    for finding in (checks.node(seen), checks.nango(seen), checks.types(seen)):
        if finding.state == "missing":
            return Verdict(obstacle=f"{finding.name}: {finding.what}", fix=finding.fix)
    cli = seen.package("nango")
    version = cli.version if cli else ""
    # nango.yaml may be a link, and the project's own paths other than ours: the layout knows.
    data = project.layout.reading(partial(read, Path(project.root)))([YAML])[YAML]
    document = nango_yaml.read(nango_yaml.decode(data or b""))
    scripts = tuple(_scripts(document))
    if absent := [_absent(script) for script in scripts if not _has_file(root, script)]:
        return Verdict(version, scripts, tuple(absent))
    return _judged(root, project.layout, Verdict(version, scripts), document, tell)


def _judged(
    root: Path, layout: Layout, verdict: Verdict, document: Document, tell: Callable[[str], None]
) -> Verdict:
    # models.ts is the one file of the CLI that belongs into git, and a project may not have had it.
    cli = _cli(root)
    had_models = (root / "models.ts").exists()
    before = _times(root)
    tell("nango generate")
    output = _run(cli, "generate", root)
    # Of a nango.yaml that is refused, compiling says nothing more.
    if not _was_read(before, _times(root)):
        faults = yaml_faults(output, lambda entry: _line_of(document, entry))
        words = "" if faults else last_words(output)
        return replace(verdict, faults=tuple(faults), last_words=words)
    tell("nango compile")
    output = _run(cli, "compile", root)
    now = _times(root)
    scripts = tuple(replace(script, built=_was_built(script, before, now)) for script in verdict.scripts)
    faults = compile_faults(output, str(root))
    is_silent = not faults and not all(script.built for script in scripts)
    has_new_models = not had_models and (root / "models.ts").exists()
    return replace(
        verdict,
        scripts=scripts,
        faults=tuple(faults),
        new_files=(layout.real(f"{ROOT}/models.ts"),) if has_new_models else (),
        last_words=last_words(output) if is_silent else "",
    )


def _run(cli: Path, command: str, root: Path) -> str:
    """Both streams of one command of the CLI."""
    try:
        process = subprocess.run(
            ["node", str(cli), command],
            cwd=root,
            env={**os.environ, **_QUIET},
            stdin=subprocess.DEVNULL,  # a question of the CLI must not wait for an answer
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"nango {command} was ended after {_PATIENCE} seconds"
    return f"{process.stdout}\n{process.stderr}"


def _cli(root: Path) -> Path:
    """The CLI as Node finds it from the folder."""
    # Not npx, which would download a CLI where there is none. `checks.nango` has seen that there is one.
    paths = (folder / "node_modules/nango/dist/index.js" for folder in (root, *root.parents))
    return next((path for path in paths if path.is_file()), root)


def _times(root: Path) -> dict[str, int]:
    """When each file that the CLI writes was last written."""
    places = [*root.glob(".nango/*"), *root.glob("dist/*")]
    return {path.relative_to(root).as_posix(): path.stat().st_mtime_ns for path in places if path.is_file()}


def _is_new(name: str, before: Mapping[str, int], now: Mapping[str, int]) -> bool:
    return name in now and now[name] != before.get(name)


def _was_read(before: Mapping[str, int], now: Mapping[str, int]) -> bool:
    """Whether nango.yaml was read: of the two files, 0.58 writes only the second."""
    first, second = ".nango/nango.json", ".nango/schema.json"
    return _is_new(first if first in now else second, before, now)


def _was_built(script: Script, before: Mapping[str, int], now: Mapping[str, int]) -> bool:
    name = f"dist/{script.name}-{script.integration}"
    return any(_is_new(f"{name}.{ending}", before, now) for ending in ("js", "cjs"))


def _scripts(document: Document) -> Iterator[Script]:
    """The scripts that nango.yaml names."""
    for integration, entry in document.integrations.items():
        for section, kind in _FOLDERS.items():
            named: Any = (entry or {}).get(section) or {}
            # Syncs and actions are the keys of a mapping, the scripts of each event a list.
            names = chain.from_iterable(named.values()) if kind == "on-event" else named
            yield from (Script(str(integration), kind, str(name)) for name in names)


def _path(script: Script) -> str:
    folder = next(folder for folder, kind in _FOLDERS.items() if kind == script.kind)
    return f"{script.integration}/{folder}/{script.name}.ts"


def _has_file(root: Path, script: Script) -> bool:
    """Whether its file is where the CLI looks for it: in its folder, or, as in old projects, at the top."""
    return (root / _path(script)).is_file() or (root / f"{script.name}.ts").is_file()


def _absent(script: Script) -> Fault:
    what = "nango.yaml names it, but there is no such file; write it, or take the entry out"
    return Fault(script.integration, _path(script), what)


def _line_of(document: Document, entry: list[str]) -> int:
    """The line of an entry of nango.yaml, or of what is nearest around it."""
    for length in range(len(entry), 0, -1):
        try:
            return document.line_of("integrations", *entry[:length])
        except KeyError:
            continue
    return 0
