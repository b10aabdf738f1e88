"""What the template of an integration's README.md is filled with."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..models.types import Model
from ..spec.patterns import Selection
from ..spec.template_text import template_text
from .markdown import anchor
from .page_models import ModelTable, example, model_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..spec.actions import ActionSpec
    from ..spec.integration import IntegrationSpec
    from ..spec.requests import Endpoint, Request
    from ..spec.syncs import SyncSpec

_HEADINGS = ("Setting it up", "Trying it", "Syncs", "Actions", "Models", "Where this comes from")


@frozen
class RequestLine:
    """A request as a person reads it: ``GET /users/${input.id}``, and the page of the documentation."""

    method: str
    path: str
    docs: str


@frozen
class ScriptSection:
    """A sync or an action.

    Attributes:
        spec: the script.
        models: the models that it saves, or returns.
        endpoints: by which Nango offers it.
        requests: what it asks the API.
        option: what a dry run of it takes beside its name, as words of a shell; empty for nothing.
    """

    spec: Any
    models: tuple[str, ...]
    endpoints: tuple[Endpoint, ...]
    requests: tuple[RequestLine, ...]
    option: str = ""


@frozen
class MetadataSection:
    """A model of metadata that connections need, the scripts that read it, and an example as JSON."""

    model: str
    scripts: tuple[str, ...]
    example: str


@frozen
class PageView:
    """An integration's page.

    Attributes:
        title: the provider's name, and that of the integration where it is another.
        scopes: each scope with the scripts that need it.
        models: those of the integration, in the order of nango.yaml.
        anchors: by the name of a model, the name by which its heading is linked to.
    """

    spec: IntegrationSpec
    title: str
    syncs: tuple[ScriptSection, ...]
    actions: tuple[ScriptSection, ...]
    scopes: Mapping[str, tuple[str, ...]]
    metadata: tuple[MetadataSection, ...]
    models: tuple[ModelTable, ...]
    anchors: Mapping[str, str]


def page_view(spec: IntegrationSpec) -> PageView:
    """Lay out the page of an integration."""
    title = spec.display_name
    if spec.integration != spec.provider:
        title += f" ({spec.integration})"
    return PageView(
        spec,
        title,
        syncs=tuple(_sync_section(sync, spec) for sync in spec.syncs),
        actions=tuple(_action_section(action, spec) for action in spec.actions),
        scopes=_scripts_by((scope, script.name) for script in spec.scripts for scope in script.scopes),
        metadata=tuple(_metadata(spec)),
        models=tuple(model_table(name, spec) for name in spec.models),
        anchors=_anchors(title, spec),
    )


def _sync_section(sync: SyncSpec, spec: IntegrationSpec) -> ScriptSection:
    loops = sync.saved
    pattern = [sync.pattern.item_request] if isinstance(sync.pattern, Selection) else []
    return ScriptSection(
        sync,
        tuple(loop.model for loop in loops),
        tuple(loop.endpoint for loop in loops),
        _request_lines((*sync.requests, *pattern)),
        _option("metadata", sync.metadata, spec),
    )


def _action_section(action: ActionSpec, spec: IntegrationSpec) -> ScriptSection:
    models = (action.output.name,) if action.output else ()
    requests = _request_lines(action.requests)
    return ScriptSection(action, models, (action.endpoint,), requests, _option("input", action.input, spec))


def _option(name: str, model: object, spec: IntegrationSpec) -> str:
    """An option of a dry run with a value of a model."""
    if not isinstance(model, Model):
        return ""
    return f"--{name} {shlex.quote(json.dumps(example(model.name, spec.models)))}"


def _request_lines(requests: Iterable[Request]) -> tuple[RequestLine, ...]:
    lines = [
        RequestLine(each.method, template_text((*each.other_base_url, *each.path)), each.docs)
        for each in requests
    ]
    return tuple(dict.fromkeys(lines))


def _metadata(spec: IntegrationSpec) -> Iterable[MetadataSection]:
    """Each model of metadata with the scripts that read it."""
    readers = [(script.metadata.name, script.name) for script in spec.scripts if script.metadata]
    for model, scripts in _scripts_by(readers).items():
        yield MetadataSection(model, scripts, json.dumps(example(model, spec.models)))


def _scripts_by(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    scripts: dict[str, list[str]] = {}
    for key, script in pairs:
        scripts.setdefault(key, []).append(script)
    return {key: tuple(dict.fromkeys(names)) for key, names in scripts.items()}


def _anchors(title: str, spec: IntegrationSpec) -> dict[str, str]:
    """The anchors of the models' headings; of headings that are alike GitHub numbers all but the first."""
    # A model may have the name of a section or a script, such as `Models`.
    headings = [anchor(heading) for heading in (title, *_HEADINGS)]
    headings += [anchor(script.name) for script in spec.scripts]
    anchors: dict[str, str] = {}
    for name in spec.models:
        own = anchor(name)
        before = headings.count(own)
        anchors[name] = f"{own}-{before}" if before else own
        headings.append(own)
    return anchors
