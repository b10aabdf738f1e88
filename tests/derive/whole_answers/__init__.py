"""Answers drawn from the whole format: every key, in combinations of which most are accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from nango_scaffold.answers import load_answers
from nango_scaffold.errors import AnswersError
from nango_scaffold.operations import Job, scaffold
from nango_scaffold.providers import ProviderFacts

from .actions import Scripts
from .mappings import MODELS, NAMES, TEXTS, TYPES
from .requests import DOCS, PAGINATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MODEL_NAMES = ("User", "Ticket", "Page", "Entry", "Item", "Response", "Company", "Value")
SCRIPT_NAMES = ("users", "records", "page-items", "types", "errors", "tickets", "nango", "8x8")


def _named(data: Mapping[str, Any]) -> dict[str, Any]:
    """The models that the scripts name, and those that these hold: each further one costs the type check time."""
    models = data["models"]
    used: list[str] = []
    texts = [repr({**data, "models": {}})]
    while texts:
        text = texts.pop()
        new = [name for name in models if name not in used and re.search(rf"\b{name}\b", text)]
        used += new
        texts += [repr(models[name]) for name in new]
    return {name: body for name, body in models.items() if name in used}


def _record(drawing: Scripts) -> dict[str, Any]:
    """The fields of a model of records."""
    body: dict[str, Any] = {"id": drawing.one_of(("string", "string", "number"))}
    for name in drawing.some_of(NAMES, 5, 1):
        optional = "?" if drawing.chance(40) else ""
        body[f"{name}{optional}"] = drawing.one_of(TYPES.get(name, TEXTS))
    return body


def provider_facts(random: Random) -> ProviderFacts:
    """Facts of a provider with any of the usual settings."""
    drawing = Scripts(random)
    return ProviderFacts(
        key=drawing.one_of(("github", "github", "linear")),
        auth_mode=drawing.one_of(("OAUTH2", "API_KEY")),
        display_name=drawing.one_of(("", "GitHub", "it's `${")),
        base_url=drawing.one_of(
            (
                "https://api.x.io/v1",
                "https://api.x.io",
                "https://${connectionConfig.a}.x.io || https://api.x.io",
            )
        ),
        paginate=drawing.one_of((None, *PAGINATIONS)),
        docs=drawing.one_of((None, DOCS)),
        headers=drawing.one_of(({}, {"X-A": "own", "X-B": "2"})),
        retry=drawing.one_of((None, {"at": ["X-At"]}, {"error_code": ["423"]})),
        source="embedded",
    )


def whole_answers(random: Random) -> dict[str, Any]:
    """Answers of an integration with up to three scripts, and what may stand beside these."""
    drawing = Scripts(random)
    for name in drawing.some_of(MODEL_NAMES, 5, 4):
        drawing.bodies[name] = _record(drawing)
    data: dict[str, Any] = {"provider": "github", "models": {**drawing.bodies, **MODELS}}
    data |= drawing.maybe(20, integration=lambda: drawing.one_of(("GitHub_2", "8x8", "users")))
    data |= drawing.maybe(
        20,
        version=lambda: 1,
        prefix_models=lambda: drawing.one_of((True, False)),
        schema_file=lambda: drawing.one_of(("root", "integration")),
    )
    _add_scripts(data, drawing)
    data |= drawing.maybe(
        10, on_events=drawing.events, provider_facts=lambda: {"base_url": "https://api.y.io"}
    )
    data |= drawing.maybe(
        10, sync_names=lambda: "widgets", action_names=lambda: ["get-gadget", "list-gadgets"]
    )
    if "validate-connection" in data.get("on_events", ()):  # it makes a request that needs no settings
        data["sync_names"] = "widgets"
    data |= drawing.maybe(20, responses=lambda: drawing.responses(data))
    data["models"] = _named(data)
    return data | drawing.maybe(
        20,
        tests=lambda: drawing.one_of((True, True, False)),
        readme=lambda: drawing.one_of((True, True, False)),
    )


def _add_scripts(data: dict[str, Any], drawing: Scripts) -> None:
    names = list(drawing.bodies)
    models = list(names)
    for name in drawing.some_of(SCRIPT_NAMES, 3, 1):
        kind = (
            drawing.one_of(("sync", "sync", "sync", "pattern", "pattern", "action", "action", "action"))
            if models
            else "action"
        )
        if kind == "action":
            verb = drawing.one_of(("create", "update", "sync-up", "send"))
            data.setdefault("actions", []).append(drawing.action(f"{verb}-{name}", names))
        elif kind == "pattern":
            data.setdefault("syncs", []).append(drawing.patterned(name, models))
        else:
            data.setdefault("syncs", []).append(drawing.sync(name, models))
            drawing.saving = [sync for sync in data["syncs"] if "model" in sync and "parents" not in sync]


@dataclass(frozen=True)
class AcceptedAnswers:
    """Answers that are accepted, and the files that they give in an empty project."""

    data: dict[str, Any]
    job: Job
    tree: dict[str, str]


def accepted_answers(numbers: Iterable[int]) -> Iterator[AcceptedAnswers]:
    """Those of the answers with these numbers that are accepted: the same in each run."""
    for number in numbers:
        random = Random(number)
        data = whole_answers(random)
        try:
            job = Job(load_answers(data), provider_facts(random))
            changes = scaffold([job], lambda paths: dict.fromkeys(paths)).plan.changes
        except AnswersError:
            continue
        tree = {change.path: change.after.decode() for change in changes if change.after is not None}
        yield AcceptedAnswers(data, job, tree)
