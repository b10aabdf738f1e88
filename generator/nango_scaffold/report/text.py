"""What a run says to people, as plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..plan import tree, unified_diff
from ..render.paths import ROOT
from .data import or_none

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..assemble import Outcome
    from ..derive.spec import Guess
    from ..nango_yaml import Difference


_WHY = {"edited": "edited by you", "deleted": "deleted by you", "used": "still used by another entry"}


def dry_run(outcome: Outcome) -> str:
    """The tree and the diffs of exactly what a run would write."""
    if outcome.plan.is_empty:
        return "".join(["Nothing to do: everything is as the answers say.\n", *remarks(outcome)])
    diffs = "".join(unified_diff(change) for change in outcome.plan.changes)
    said = "".join([*_paginations(outcome), *remarks(outcome)])
    return "".join([tree(outcome.plan), "\n", diffs, said, "\nDry run: nothing was written.\n"])


def done(outcome: Outcome, project: str) -> str:
    """What was written, what was kept, what was guessed, and what to do next."""
    if outcome.plan.is_empty:
        return "".join(
            ["Nothing to do: everything is as the answers say.\n", *remarks(outcome, guesses=False)]
        )
    return "".join([tree(outcome.plan), *remarks(outcome), *_next_steps(outcome, project)])


def remarks(outcome: Outcome, *, guesses: bool = True) -> Iterator[str]:
    """Where both sides changed the same lines, what stays in nango.yaml as the user has it, and what was guessed."""
    if conflicts := [found.path for found in outcome.plan.merged if found.conflicts]:
        yield "\nConflicts between your edits and what is new; look for <<<<<<< and >>>>>>> in:\n"
        yield from (f"  {path}\n" for path in conflicts)
    if outcome.differences:
        yield "\nKept in nango.yaml as you have it:\n"
        yield from (f"  {_difference(found)}\n" for found in outcome.differences)
    for integration, found in outcome.guesses.items() if guesses else ():
        if found:
            yield f"\nGuessed for {integration}; the answer named on the left would settle it:\n"
            yield from _guesses(found)


def _paginations(outcome: Outcome) -> Iterator[str]:
    for integration, reasons in outcome.paginations.items():
        if reasons:
            yield f"\nHow {integration} reads pages:\n"
            yield from (f"  pagination of {script}: {reason}\n" for script, reason in reasons.items())


def _difference(found: Difference) -> str:
    place = ".".join(found.path)
    if found.why == "conflict":
        return f"{place}: {or_none(found.theirs)!r}, though it would now be {or_none(found.ours)!r}"
    return f"{place}: {_WHY.get(found.why, found.why)}"


def _guesses(found: Iterable[Guess]) -> Iterator[str]:
    """A line for each guess; one for all scripts that share it."""
    shared: dict[tuple[str, str], list[str]] = {}
    for guess in found:
        shared.setdefault((guess.value, guess.why), []).append(guess.answer)
    rows = [(_places(answers), value, why) for (value, why), answers in shared.items()]
    width = max(len(places) for places, _, _ in rows)
    return (f"  {places:{width}}  {value}  ({why})\n" for places, value, why in rows)


def _places(answers: list[str]) -> str:
    """The answers of a guess: all that differ in their index alone become ``syncs[*]``."""
    patterns = dict.fromkeys(
        re.sub(r"\[\d+\]", "[*]", answer) if len(answers) > 1 else answer for answer in answers
    )
    return ", ".join(patterns)


def _next_steps(outcome: Outcome, project: str) -> Iterator[str]:
    first = next(iter(outcome.guesses))
    yield "\nNext:\n"
    if any(path == "package.json" for path in outcome.plan.paths("create")):
        yield f"  cd {project} && npm install\n"
    yield f"  cd {'' if project == '.' else project.rstrip('/') + '/'}{ROOT} && npx nango generate && npx nango compile\n"
    yield f"  npx nango dryrun <script> <connection> --integration-id {first} --auto-confirm\n"
