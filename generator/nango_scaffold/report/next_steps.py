"""What to do after a run, as commands to be copied line by line."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from ..render.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..plan import Plan
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
    first = run.integrations[0]
    name = shlex.quote(first.name)
    # A new package.json has packages to be installed, beside nango-integrations/.
    if "package.json" in plan.paths("create"):
        yield "npm install" if run.project == "." else f"cd {shlex.quote(run.project)} && npm install"
        folder = ROOT
    else:
        folder = ROOT if run.project == "." else f"{run.project.rstrip('/')}/{ROOT}"
    enter = f"cd {shlex.quote(folder)}"
    yield enter if compiled else f"{enter} && npx nango generate && npx nango compile"
    if FINDER in run.tools:
        yield f"node ../{FINDER} {name}"
    if not first.script:
        return
    runner = f"node ../{RUNNER}" if RUNNER in run.tools else "npx nango dryrun"
    yield f"{runner} {shlex.quote(first.script)} CONNECTION --integration-id {name} --auto-confirm -e dev"
