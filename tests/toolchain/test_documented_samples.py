"""Responses as documentation shows them: what is inferred from each compiles, reads it, and saves all that it maps.

The fake API answers with the sample, and to whatever asks for more with a page that is the last one. The records are
held against the generated schemas by the CLI, and against the sample by the model of the answers here.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from tests.infer.documented_samples import DocumentedSample, documented_samples, inferred_syncs, value_at

from nango_scaffold.answers import load_answers
from nango_scaffold.operations import Job
from nango_scaffold.providers import find

from .support import nango
from .support.dryrun import dryrun
from .support.fake_api import FakeNango
from .support.project import INTEGRATIONS, node_modules, prepare, run_node
from .support.scaffolded import TOOLCHAIN, tree_of
from .support.third_party import Reply, Request, Route
from .support.tool_host import run_tool

pytestmark = pytest.mark.toolchain

SUPPORT = Path(__file__).parent / "support"
LEAST_HELD = 0.9
"""Of the values in the records that are neither null nor empty: lean models leave out links and what lies deep."""


def test_what_samples_show_is_saved(tmp_path: Path) -> None:
    by_provider = {
        provider: tuple(samples)
        for provider, samples in groupby(sorted(documented_samples(), key=_provider), key=_provider)
    }
    answers, jobs = {}, []
    for provider, samples in by_provider.items():
        facts = find(provider, project=TOOLCHAIN)
        answers[provider] = json.loads(json.dumps(inferred_syncs(samples, facts).answers))
        jobs.append(Job(load_answers(answers[provider]), facts))
    project = prepare(tree_of(jobs), "0.69", tmp_path / "project")
    _build(project, tmp_path)
    wrong, held, values = [], 0, 0
    for provider, samples in by_provider.items():
        for sample, sync in zip(samples, answers[provider]["syncs"], strict=True):
            records = [value_at(entry, sample.within) for entry in sample.raw_records()]
            expected = [_mapped(raw, sync, answers[provider]["models"]) for raw in records]
            saved = _saved(project, sample)
            if saved != expected:
                wrong.append((sample.label, saved, expected))
            held += sum(map(_values, expected))
            values += sum(map(_values, records))
    assert wrong == []
    assert held / values >= LEAST_HELD, (held, values)


def _provider(sample: DocumentedSample) -> str:
    return sample.provider


def _build(project: Path, root: Path) -> None:
    """Check the types of all scripts in one program, and bundle them."""
    modules = node_modules()
    (root / "node_modules").symlink_to(modules, target_is_directory=True)
    assert nango.generate(project, "0.69").problems == ()
    result = run_tool("0.69", SUPPORT / "typecheck.mjs", [modules / "nango", root], project)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout.splitlines()[-1]) == []
    result = run_node([SUPPORT / "bundle.mjs", modules, project / INTEGRATIONS], project)
    assert result.exit_code == 0, result.output


def _saved(project: Path, sample: DocumentedSample) -> list[Any]:
    """The records of a dry run, without what is null."""
    first = _replaced(sample.bodies[0], sample.records, sample.raw_records())
    pages = iter([Reply(first, headers=sample.headers)])
    last = Reply(_last_page(sample))

    def answer(_request: Request) -> Reply:
        return next(pages, last)

    # The address of a next page is one of the sample's own.
    with FakeNango([Route("GET", re.compile(".*"), answer)], provider=sample.provider) as server:
        run = dryrun(project, "0.69", sample.name, server, integration=sample.provider, compiled=True)
    assert run.error is None, (sample.label, run.error)
    (saved,) = run.saved.values()
    assert server.requests[0].path == sample.path
    return [_without_null(dict(record)) for record in saved]


def _last_page(sample: DocumentedSample) -> Any:
    """The sample without records, and with nothing that leads on."""
    body = _replaced(sample.bodies[0], sample.records, [])
    for key in ("cursor_path_in_response", "link_path_in_response_body", "more_path"):
        if key in sample.paging:
            body = _replaced(body, sample.paging[key], False if key == "more_path" else None)
    return body


def _replaced(body: Any, path: str, value: Any) -> Any:
    """A copy of a body with another value at a path; one that the path leads nowhere in stays as it is."""
    step, _, rest = path.partition(".")
    if not path:
        return value
    if path in body:
        return {**body, path: value}
    return {**body, step: _replaced(body[step], rest, value)} if isinstance(body.get(step), dict) else body


def _mapped(raw: Any, sync: Any, models: Any) -> Any:
    """A record as the model and the mapping of the answers say, without what is null."""
    mapping = sync.get("mapping", {})
    record = _read(raw, models[sync["model"]], models, mapping, ())
    return _without_null(record)


def _read(value: Any, type_: Any, models: Any, mapping: Any, place: tuple[str, ...]) -> Any:
    if value is None:
        return None
    if isinstance(type_, list) and isinstance(type_[0], (dict, list)):
        return [_read(item, type_[0], models, mapping, place) for item in value]
    if not isinstance(type_, dict):
        return value
    if "__string" in type_:
        return {key: _read(item, type_["__string"], models, {}, ()) for key, item in value.items()}
    read = {}
    for key, inner in type_.items():
        name = key.removesuffix("?")
        inner_place = (*place, name)
        source = mapping.get(".".join(inner_place))
        inner_value = (
            value.get(name) if source is None else value_at(value, source.split(".", len(place))[-1])
        )
        read[name] = _read(inner_value, inner, models, mapping, inner_place)
    return read


def _without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_null(item) for key, item in value.items() if item is not None}
    return [_without_null(item) for item in value] if isinstance(value, list) else value


def _values(value: Any) -> int:
    """The values in some data that are no object and no list, and not null."""
    if isinstance(value, dict):
        return sum(map(_values, value.values()))
    return sum(map(_values, value)) if isinstance(value, list) else int(value is not None)
