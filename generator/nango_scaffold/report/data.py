"""What a run says as plain data: what ``--json`` prints."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..nango_yaml import ABSENT
from ..plan import as_data as plan_as_data
from .next_steps import next_steps
from .run import counts, warnings_as_data

if TYPE_CHECKING:
    from ..operations import Outcome
    from .run import Run


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
        "differences": [
            {
                "path": ".".join(difference.path),
                "why": difference.why,
                "ours": or_none(difference.ours),
                "theirs": or_none(difference.theirs),
            }
            for difference in outcome.differences
        ],
        "guesses": {
            integration: [
                {"answer": guess.answer, "value": guess.value, "why": guess.why} for guess in guesses
            ]
            for integration, guesses in outcome.guesses.items()
        },
        **_known_resources(outcome),
        **({"advice": list(outcome.advice)} if outcome.advice else {}),
        "pagination": {name: dict(reasons) for name, reasons in outcome.paginations.items()},
        "warnings": warnings_as_data((*run.project.warnings, *run.remarks)),
        "next": list(next_steps(run, outcome.plan)) if has_next else [],
    }


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
