"""What to do after a run, as commands to be copied line by line."""

from __future__ import annotations

import shlex
from posixpath import join, normpath
from typing import TYPE_CHECKING

from ..project.project import in_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..plan import Plan
    from ..project import NangoProject
    from .run import Run

FINDER = "find-connections.js"
RUNNER = "dryrun.js"
TOOLS = (FINDER, RUNNER)


def next_steps(run: Run, plan: Plan, *, compiled: bool = False) -> Iterator[str]:
    """The commands, each to be typed where the one before it ended.

    Args:
        run: what was done.
        plan: what was written.
        compiled: whether the project has been compiled already.
    """
    project = run.project
    yield from compile_steps(run, plan, compiled=compiled)
    if _has_tests(plan):
        yield project.package_manager.run("vitest run")
    first = run.integrations[0]
    name = shlex.quote(first.name)
    if FINDER in run.tools:
        yield f"node {_tool(FINDER, project)} {name}"
    if not first.script:
        return
    runner = (
        f"node {_tool(RUNNER, project)}"
        if RUNNER in run.tools
        else project.package_manager.run("nango dryrun")
    )
    yield f"{runner} {shlex.quote(first.script)} CONNECTION --integration-id {name} --auto-confirm -e dev"


def compile_steps(run: Run, plan: Plan, *, compiled: bool = False) -> Iterator[str]:
    """The commands that have a project compiled, and end in the folder of nango.yaml: first what installs its CLI."""
    yield from (f"# {advice.fix}" for advice in run.remarks if advice.blocks)
    project, folders = run.project, run.project.folders
    created = tuple(plan.paths("create"))
    has_tests = _has_tests(plan)
    install = "" if compiled else project.install_step(created, has_tests=has_tests)
    if install:
        yield in_folder(folders.packages, install)
    commands = "" if compiled else project.cli_commands("generate", "compile")
    step = in_folder(folders.folder_from_packages if install else folders.folder, commands)
    if step:
        yield step


def _has_tests(plan: Plan) -> bool:
    return any(path.endswith(".test.ts") for path in plan.paths("create"))


def _tool(name: str, project: NangoProject) -> str:
    """One of our programs, as seen from the folder of nango.yaml."""
    return shlex.quote(normpath(join(project.folders.root_from_folder, name)))
