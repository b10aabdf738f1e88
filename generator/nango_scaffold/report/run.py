"""What a report knows of a run: its integrations, counts of files, warnings, what to do next; the whole as plain data."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from dataclasses import asdict, field
from itertools import chain
from posixpath import join, normpath
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..nango_yaml import ABSENT
from ..plan import as_data as plan_as_data
from ..plan import words
from ..project.project import in_folder
from .page import Level, Lines, Page, Part, Piece, counted, line, titled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..nango_yaml import Difference
    from ..operations import Outcome
    from ..plan import Plan
    from ..project import Advice, NangoProject
    from ..spec.integration import Guess


@frozen
class Integration:
    """One integration that a run writes.

    Attributes:
        name: its folder and key.
        provider: the provider's key; empty when it is unknown.
        source: where the facts about the provider come from.
        syncs: the names of its syncs.
        actions: the names of its actions.
    """

    name: str
    provider: str = ""
    source: str = ""
    syncs: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()

    @property
    def script(self) -> str:
        """The script to try first; empty for none."""
        return next(iter((*self.syncs, *self.actions)), "")


@frozen
class Run:
    """A run of a command that writes integrations.

    Attributes:
        project: the project.
        integrations: what is written, in order.
        dry: whether nothing is written.
        tools: those of `TOOLS` that the project has.
        seconds: how long each step took, by its name.
        remarks: advice on the project as it is now.
    """

    project: NangoProject
    integrations: tuple[Integration, ...]
    dry: bool = False
    tools: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    remarks: tuple[Advice, ...] = ()


# The word of the tree; what it is called when it is counted, and before it is done.
_COUNTED = (
    ("create", "created", "to create"),
    ("change", "changed", "to change"),
    ("merged", "merged", "to merge"),
    ("kept", "kept", "kept"),
    ("conflict", "conflicts", "conflicts"),
    ("delete", "deleted", "to delete"),
    ("unchanged", "unchanged", "unchanged"),
)


def counts(outcome: Outcome) -> dict[str, int]:
    """How many files there are of each kind, and among the conflicts the values of nango.yaml that are in one."""
    by_kind = count(words(outcome.plan).values())
    by_kind["conflicts"] += sum(difference.why == "conflict" for difference in outcome.differences)
    return by_kind


def count(file_words: Iterable[str]) -> dict[str, int]:
    """How many of some words of the tree there are of each kind, all kinds named."""
    # A word of the tree may have a reason behind it: `kept: edited by you`.
    by_word = Counter(word.partition(":")[0] for word in file_words)
    return {kind: by_word[word] for word, kind, _ in _COUNTED}


def in_words(by_kind: Mapping[str, int], *, dry: bool = False) -> str:
    """Counts as a line: ``12 created, 1 conflict``; ``dry``: before it is done."""
    parts: list[str] = []
    for _, kind, future in _COUNTED:
        number, label = by_kind[kind], future if dry else kind
        if number:
            parts.append(counted(number, label.removesuffix("s"), label))
    return ", ".join(parts)


def warnings_page(advice: Iterable[Advice]) -> Page:
    """Warnings by themselves; an empty page for none."""
    return Page(tuple(warning_parts(advice)))


def warning_parts(advice: Iterable[Advice]) -> Iterator[Part]:
    """Each warning with what to do below it."""
    pairs = ((line(f"  {each.what}"), line("    ", Piece(each.fix, "place"))) for each in advice)
    lines = tuple(chain.from_iterable(pairs))
    if lines:
        yield titled("About this project:", Lines(lines), Level.USUAL, "warning")


def warnings_as_data(advice: Iterable[Advice]) -> list[dict[str, Any]]:
    """Warnings as plain data: what ``--json`` prints."""
    return [{"what": each.what, "fix": each.fix} for each in advice]


# What to do after a run, as commands to be copied line by line.

FINDER = "find-connections.js"
RUNNER = "dryrun.js"
TOOLS = (FINDER, RUNNER)


def next_steps(run: Run, plan: Plan, *, compiled: bool = False) -> Iterator[str]:
    """The commands, each to be typed where the one before it ended."""
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
    # Our runner works around a fault of the CLI's dryrun in projects with a nango.yaml.
    own = f"node {_tool(RUNNER, project)}" if RUNNER in run.tools else ""
    runner = own or project.package_manager.run("nango dryrun")
    yield f"{runner} {shlex.quote(first.script)} CONNECTION --integration-id {name} --auto-confirm -e dev"


def compile_steps(run: Run, plan: Plan, *, compiled: bool = False) -> Iterator[str]:
    """The commands that have a project compiled, and end in the folder of nango.yaml: first what installs its CLI."""
    # As comments of the shell: the commands are copied as a whole.
    yield from (f"# {advice.fix}" for advice in run.remarks if advice.blocks)
    project, folders = run.project, run.project.folders
    install = commands = ""
    if not compiled:
        created = tuple(plan.paths("create"))
        install = project.install_step(created, has_tests=_has_tests(plan))
        commands = project.cli_commands("generate", "compile")
    if install:
        yield in_folder(folders.packages, install)
    step = in_folder(folders.folder_from_packages if install else folders.folder, commands)
    if step:
        yield step


def _has_tests(plan: Plan) -> bool:
    return any(path.endswith(".test.ts") for path in plan.paths("create"))


def _tool(name: str, project: NangoProject) -> str:
    """One of our programs, as seen from the folder of nango.yaml."""
    return shlex.quote(normpath(join(project.folders.root_from_folder, name)))


# As plain data.


def as_json(data: Any) -> str:
    """Data as JSON, as every command prints it."""
    return json.dumps(data, indent=2, ensure_ascii=False)


def as_data(outcome: Outcome, run: Run) -> dict[str, Any]:
    """What a run did, as plain data: what ``--json`` prints."""
    data: dict[str, Any] = {
        "dry_run": run.dry,
        "project": {"root": run.project.root, "folder": run.project.layout.folder},
        "summary": counts(outcome),
        "integrations": [asdict(integration) for integration in run.integrations],
        **plan_as_data(outcome.plan),
        "differences": list(map(_difference, outcome.differences)),
        "guesses": {name: list(map(_guess, guesses)) for name, guesses in outcome.guesses.items()},
        **_known_resources(outcome),
    }
    if outcome.advice:
        data["advice"] = list(outcome.advice)
    data["pagination"] = {name: dict(reasons) for name, reasons in outcome.paginations.items()}
    data["warnings"] = warnings_as_data((*run.project.warnings, *run.remarks))
    # `remove` tells of no integration, and what is only shown leaves nothing to go on with.
    has_next = bool(run.integrations) and not run.dry and not outcome.plan.is_empty
    data["next"] = list(next_steps(run, outcome.plan)) if has_next else []
    return data


def _guess(guess: Guess) -> dict[str, str]:
    return {"answer": guess.answer, "value": guess.value, "why": guess.why}


def _difference(difference: Difference) -> dict[str, Any]:
    ours, theirs = or_none(difference.ours), or_none(difference.theirs)
    return {"path": ".".join(difference.path), "why": difference.why, "ours": ours, "theirs": theirs}


def _known_resources(outcome: Outcome) -> dict[str, Any]:
    known = {
        integration: [
            {"answer": each.answer, "resource": each.name, "docs": each.docs, "checked": each.checked}
            for each in resources
        ]
        for integration, resources in outcome.known_resources.items()
        if resources
    }
    return {"known_resources": known} if known else {}


def or_none(value: Any) -> Any:
    """A value of nango.yaml, ``None`` where there is none."""
    return None if value is ABSENT else value
