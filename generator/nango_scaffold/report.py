"""What a run says: for people, and as data."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from .nango_yaml import ABSENT
from .plan import as_data as plan_as_data
from .plan import tree, unified_diff
from .render.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .derive.spec import Guess
    from .nango_yaml import Difference
    from .scaffold import Outcome


_WHY = {"edited": "edited by you", "deleted": "deleted by you", "used": "still used by another entry"}


def as_json(data: Any) -> str:
    """Data as JSON, as every command prints it."""
    return json.dumps(data, indent=2, ensure_ascii=False)


def as_data(outcome: Outcome, *, dry_run: bool) -> dict[str, Any]:
    """An outcome as plain data: what ``--json`` prints."""
    return {
        "dry_run": dry_run,
        **plan_as_data(outcome.plan),
        "differences": [
            {
                "path": ".".join(found.path),
                "why": found.why,
                "ours": _or_none(found.ours),
                "theirs": _or_none(found.theirs),
            }
            for found in outcome.differences
        ],
        "guesses": {
            integration: [
                {"answer": guess.answer, "value": guess.value, "why": guess.why} for guess in guesses
            ]
            for integration, guesses in outcome.guesses.items()
        },
        "pagination": {name: dict(reasons) for name, reasons in outcome.paginations.items()},
    }


def dry_run(outcome: Outcome) -> str:
    """The tree and the diffs of exactly what a run would write."""
    if outcome.plan.is_empty:
        return "".join(["Nothing to do: everything is as the answers say.\n", *_remarks(outcome)])
    diffs = "".join(unified_diff(change) for change in outcome.plan.changes)
    remarks = "".join([*_paginations(outcome), *_remarks(outcome)])
    return "".join([tree(outcome.plan), "\n", diffs, remarks, "\nDry run: nothing was written.\n"])


def done(outcome: Outcome, project: str) -> str:
    """What was written, what was kept, what was guessed, and what to do next."""
    if outcome.plan.is_empty:
        return "".join(
            ["Nothing to do: everything is as the answers say.\n", *_remarks(outcome, guesses=False)]
        )
    return "".join([tree(outcome.plan), *_remarks(outcome), *_next_steps(outcome, project)])


def _remarks(outcome: Outcome, *, guesses: bool = True) -> Iterator[str]:
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
        return f"{place}: {_or_none(found.theirs)!r}, though it would now be {_or_none(found.ours)!r}"
    return f"{place}: {_WHY.get(found.why, found.why)}"


def _or_none(value: Any) -> Any:
    return None if value is ABSENT else value


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
