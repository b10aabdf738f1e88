"""Nango's own CLI: `generate` and `compile`, judged by the files they write and not by their exit code."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .project import INTEGRATIONS, CommandResult, Version, node_modules, run_node
from .scripts import Kind, Script, UnreadableYamlError, declared, on_disk
from .tool_host import run_tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_READER: Final = Path(__file__).with_name("read_config.mjs")


@dataclass(frozen=True)
class Integration:
    """One integration as the CLI reads it: each script by name, with the CLI's own keys."""

    key: str
    syncs: Mapping[str, Mapping[str, Any]]
    actions: Mapping[str, Mapping[str, Any]]
    on_events: Mapping[str, tuple[str, ...]]

    def scripts(self) -> frozenset[Script]:
        """Return the scripts the CLI found in it."""
        groups: list[tuple[Kind, Iterator[str]]] = [
            ("syncs", iter(self.syncs)),
            ("actions", iter(self.actions)),
            ("on-events", (name for names in self.on_events.values() for name in names)),
        ]
        return frozenset(Script(self.key, kind, name) for kind, names in groups for name in names)


@dataclass(frozen=True)
class Generated:
    """What `nango generate` left.

    Attributes:
        integrations: by key, as the CLI reads nango.yaml; empty when it read nothing.
        models: the JSON Schema of each model, by name.
        output: what it printed.
        problems: why the result is not complete, one sentence each.
    """

    integrations: Mapping[str, Integration]
    models: Mapping[str, Any]
    output: str
    seconds: float
    problems: tuple[str, ...] = field(default=())

    @property
    def complete(self) -> bool:
        """Whether every script of nango.yaml was read, and each had its file already."""
        return not self.problems


@dataclass(frozen=True)
class Result:
    """The outcome of `nango compile`: `ok` only when it succeeded and left a build of every script."""

    ok: bool
    output: str
    seconds: float
    missing: tuple[str, ...] = ()


def generate(project: Path, version: Version) -> Generated:
    """Run `nango generate` and judge it by the files it leaves; its exit code says nothing.

    Stubs that it writes for scripts without a file are left in place and reported as problems.
    """
    before = on_disk(project)
    _forget(project)
    result = nango_in_host(project, version, "generate")
    return _generated(project, version, before, result.output, result.seconds)


def build(project: Path, version: Version, *, timeout: float = 300) -> Generated:
    """Run `nango compile`, which generates first: complete when both `generate` and `compile` would say so."""
    before = on_disk(project)
    _forget(project)
    compiled = compile(project, version, timeout=timeout)
    generated = _generated(project, version, before, compiled.output, compiled.seconds)
    failures = () if compiled.ok else (f"it does not compile; not built: {', '.join(compiled.missing)}",)
    return replace(generated, problems=(*generated.problems, *failures))


def compile(project: Path, version: Version, *, as_one_program: bool = True, timeout: float = 300) -> Result:
    """Run `nango compile`; a zero exit code counts only when every script of nango.yaml has its build.

    Args:
        project: a prepared project.
        version: the CLI.
        as_one_program: let one type checker look at all files, in a process that stays for the next project; else the
            command runs as a user has it, in several times the time.
        timeout: in seconds; hundreds of scripts take minutes.
    """
    root = project / INTEGRATIONS
    for stale in (root / "dist").glob("*.*js"):
        stale.unlink()
    run = nango_in_host if as_one_program else nango
    result = run(project, version, "compile", timeout=timeout)
    try:
        scripts = declared(project)
    except UnreadableYamlError as error:
        return Result(False, f"{result.output}\n{error}", result.seconds)
    missing = tuple(sorted(script.build for script in scripts if not _is_built(root / script.build)))
    return Result(
        result.exit_code == 0 and bool(scripts) and not missing, result.output, result.seconds, missing
    )


def nango(
    project: Path, version: Version, *arguments: str, timeout: float = 300, **environment: str
) -> CommandResult:
    """Run the CLI of `version` inside `nango-integrations/`, in a process of its own."""
    root = project / INTEGRATIONS
    return run_node([_cli(version), *arguments], project, cwd=root, extra=environment, timeout=timeout)


def nango_in_host(
    project: Path, version: Version, *arguments: str, timeout: float = 300, **environment: str
) -> CommandResult:
    """Run the CLI of `version` inside `nango-integrations/`, in the process that stays."""
    root = project / INTEGRATIONS
    return run_tool(version, _cli(version), arguments, project, cwd=root, extra=environment, timeout=timeout)


def _cli(version: Version) -> Path:
    return node_modules(version) / "nango" / "dist" / "index.js"


def _forget(project: Path) -> None:
    """Remove what an earlier run has left, so that it is not taken for what the next one leaves."""
    for stale in ("nango.json", "schema.json", "schema.ts"):
        (project / INTEGRATIONS / ".nango" / stale).unlink(missing_ok=True)


def _generated(
    project: Path, version: Version, before: frozenset[Script], output: str, seconds: float
) -> Generated:
    models = _json(project / INTEGRATIONS / ".nango" / "schema.json")
    integrations = _integrations(project, version)
    problems = [] if models is not None else ["`nango generate` left no .nango/schema.json"]
    if integrations is None:
        problems.append("`nango generate` left no .nango/nango.json")
    problems += _differences(project, integrations or {}, before)
    definitions = (models or {}).get("definitions", {})
    return Generated(integrations or {}, definitions, output, seconds, tuple(problems))


def _integrations(project: Path, version: Version) -> dict[str, Integration] | None:
    if version == "0.69":
        parsed = _json(project / INTEGRATIONS / ".nango" / "nango.json")
    else:
        # 0.58.7 keeps its reading to itself: ask its own parser.
        dist = node_modules(version) / "nango" / "dist"
        result = run_tool(version, _READER, [dist], project, cwd=project / INTEGRATIONS)
        parsed = (
            json.loads(result.stdout.strip().split("\n")[-1])
            if result.exit_code == 0 and result.stdout
            else None
        )
    return None if parsed is None else {entry["providerConfigKey"]: _integration(entry) for entry in parsed}


def _integration(entry: Mapping[str, Any]) -> Integration:
    return Integration(
        key=entry["providerConfigKey"],
        syncs={sync["name"]: sync for sync in entry["syncs"]},
        actions={action["name"]: action for action in entry["actions"]},
        on_events={event: tuple(names) for event, names in entry.get("onEventScripts", {}).items()},
    )


def _differences(
    project: Path, integrations: Mapping[str, Integration], before: frozenset[Script]
) -> Iterator[str]:
    read = frozenset(script for entry in integrations.values() for script in entry.scripts())
    try:
        expected = declared(project)
    except UnreadableYamlError as error:
        yield str(error)
        expected = frozenset()
    yield from (
        f"{script.path}: in nango.yaml, but the CLI did not read it" for script in sorted(expected - read)
    )
    yield from (
        f"{script.path}: read by the CLI, but not in nango.yaml" for script in sorted(read - expected)
    )
    yield from (
        f"{script.path}: no file; the CLI wrote a stub" for script in sorted(on_disk(project) - before)
    )
    yield from (
        f"{script.path}: a file that nango.yaml does not name" for script in sorted(before - expected)
    )
    yield from (
        f"{key}: read as an empty integration" for key, entry in integrations.items() if not entry.scripts()
    )
    if not integrations:
        yield "the CLI read no integration"


def _is_built(path: Path) -> bool:
    return path.is_file() or path.with_suffix(".cjs").is_file()


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
