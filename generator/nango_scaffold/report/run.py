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
from .page import Level, Lines, Page, Part, Piece, line, titled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..nango_yaml import Difference
    from ..operations import Outcome
    from ..plan import Plan
    from ..project import Advice, NangoProject


@frozen
class Integration:
    """One integration that a run writes.

    Attributes:
        name: its folder and key.
        provider: the provider's key; empty when it is not told.
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
        """The script to try first; empty when none is told."""
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
        remarks: what is to be said of the project as it is now.
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
    by_word = Counter(word.partition(":")[0] for word in file_words)
    return {kind: by_word[word] for word, kind, _ in _COUNTED}


def in_words(by_kind: Mapping[str, int], *, dry: bool = False) -> str:
    """Counts as a line: ``12 created, 1 conflict``; ``dry``: before it is done."""
    return ", ".join(
        f"{by_kind[kind]} {_one(future if dry else kind) if by_kind[kind] == 1 else future if dry else kind}"
        for _, kind, future in _COUNTED
        if by_kind[kind]
    )


def _one(kind: str) -> str:
    return kind.removesuffix("s")


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
    own = f"node {_tool(RUNNER, project)}" if RUNNER in run.tools else ""
    runner = own or project.package_manager.run("nango dryrun")
    yield f"{runner} {shlex.quote(first.script)} CONNECTION --integration-id {name} --auto-confirm -e dev"


def compile_steps(run: Run, plan: Plan, *, compiled: bool = False) -> Iterator[str]:
    """The commands that have a project compiled, and end in the folder of nango.yaml: first what installs its CLI."""
    yield from (f"# {advice.fix}" for advice in run.remarks if advice.blocks)
    project, folders = run.project, run.project.folders
    created = tuple(plan.paths("create"))
    install = "" if compiled else project.install_step(created, has_tests=_has_tests(plan))
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


# As plain data.


def as_json(data: Any) -> str:
    """Data as JSON, as every command prints it."""
    return json.dumps(data, indent=2, ensure_ascii=False)


def as_data(outcome: Outcome, run: Run) -> dict[str, Any]:
    """What a run did, as plain data: what ``--json`` prints."""
    has_next = bool(run.integrations) and not run.dry and not outcome.plan.is_empty
    return {
        "dry_run": run.dry,
        "project": {"root": run.project.root, "folder": run.project.layout.folder},
        "summary": counts(outcome),
        "integrations": [asdict(integration) for integration in run.integrations],
        **plan_as_data(outcome.plan),
        "differences": list(map(_difference, outcome.differences)),
        "guesses": {
            integration: [_with(guess, "answer", "value", "why") for guess in guesses]
            for integration, guesses in outcome.guesses.items()
        },
        **_known_resources(outcome),
        **({"advice": list(outcome.advice)} if outcome.advice else {}),
        "pagination": {name: dict(reasons) for name, reasons in outcome.paginations.items()},
        "warnings": warnings_as_data((*run.project.warnings, *run.remarks)),
        "next": list(next_steps(run, outcome.plan)) if has_next else [],
    }


def _difference(difference: Difference) -> dict[str, Any]:
    ours, theirs = or_none(difference.ours), or_none(difference.theirs)
    return {"path": ".".join(difference.path), "why": difference.why, "ours": ours, "theirs": theirs}


def _known_resources(outcome: Outcome) -> dict[str, Any]:
    known = {
        integration: [
            {"answer": each.answer, "resource": each.name, **_with(each, "docs", "checked")}
            for each in resources
        ]
        for integration, resources in outcome.known_resources.items()
        if resources
    }
    return {"known_resources": known} if known else {}


def _with(value: object, *keys: str) -> dict[str, Any]:
    """Some attributes of a value, by their names."""
    return {key: getattr(value, key) for key in keys}


def or_none(value: Any) -> Any:
    """A value of nango.yaml, ``None`` where there is none."""
    return None if value is ABSENT else value
