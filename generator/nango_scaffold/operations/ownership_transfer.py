"""What an integration leaves to the others when it goes: what it founded or owns, and they still need."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from .. import manifest
from ..nango_yaml import script_models, type_names
from ..plan.merging import with_line_feeds
from ..render.paths import SCHEMA
from .hand_written import models_reached
from .manifests import put_manifest
from .schema_file import ROOT_FILE, file_of_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..manifest import Manifest
    from ..nango_yaml import Difference
    from .manifests import Manifests
    from .project import Project


def hand_over(
    integration: str,
    last: Manifest,
    heirs: Manifests,
    differences: Iterable[Difference],
    project: Project,
) -> None:
    """Write into the manifests of other integrations, the heirs, what was in that of one that goes.

    The first of them takes what came with that one: the project files, and how the shared files began. A model that
    stays because others use it becomes theirs. So the last one to go still leaves nothing behind. Of the project,
    schema.zod.ts is already as it will be.
    """
    changed = _with_used(last, heirs, differences)
    # Of the others only the first is read, as far as it goes: there may be hundreds.
    for name in islice(heirs, 1):
        shared = project.text(SCHEMA) if file_of_manifest(integration, last) == ROOT_FILE else None
        changed[name] = _first_heir(integration, last, changed.get(name, heirs[name]), shared or "")
    changed |= _with_schema(changed, heirs, project)
    _put(changed, heirs, project)


def hand_over_models(
    last: Manifest, heirs: Mapping[str, Manifest], differences: Iterable[Difference], project: Project
) -> None:
    """The same for the models alone, where the integration itself stays: those in ``differences``, which it needs no more."""
    _put(_with_used(last, heirs, differences), heirs, project)


def _put(changed: Mapping[str, Manifest], before: Mapping[str, Manifest], project: Project) -> None:
    for name, heir in changed.items():
        if heir != before[name]:
            put_manifest(name, heir, project)


def _with_used(
    last: Manifest, heirs: Mapping[str, Manifest], differences: Iterable[Difference]
) -> dict[str, Manifest]:
    """The manifests that get models which stay because they are used: each goes to the first that uses it."""
    changed: dict[str, Manifest] = {}
    for difference in differences:
        if difference.path[0] != "models" or difference.why != "used":
            continue
        model = difference.path[1]
        latest = ((name, changed.get(name, heir)) for name, heir in heirs.items())
        user = next(((name, heir) for name, heir in latest if model in _used_models(heir, last)), None)
        if user is not None:
            changed[user[0]] = _with_model(user[1], model, last)
    return changed


def _with_schema(changed: Mapping[str, Manifest], heirs: Manifests, project: Project) -> dict[str, Manifest]:
    """The manifests that know the schema.zod.ts of before, with what it is now."""
    # Whoever holds the digest of the file as it was would take it for somebody else's from now on.
    before, now = project.original.get(SCHEMA), project.get(SCHEMA)
    if before is None or now is None or now == before:
        return {}
    old, new = (manifest.digest(with_line_feeds(data).decode()) for data in (before, now))
    latest = {name: changed.get(name, heir) for name, heir in heirs.holding(old)}
    return {name: replace(heir, schema=new) for name, heir in latest.items() if heir.schema == old}


def _first_heir(integration: str, last: Manifest, heir: Manifest, schema: str) -> Manifest:
    added = {name: piece for name, piece in last.schema_added.items() if piece in schema}
    origin = heir.origin
    if integration in origin.beside:  # it came first: what was there before it was there before both
        origin = replace(last.origin, undo=origin.undo or last.origin.undo)
    return replace(
        heir,
        project_files={**last.project_files, **heir.project_files},
        schema_added={**added, **heir.schema_added},
        origin=origin,
    )


def _used_models(user: Manifest, last: Manifest) -> set[str]:
    """The models of the integration that goes which another one names, directly or through one another."""
    scripts = (*user.block.syncs.values(), *user.block.actions.values())
    by_scripts = (name for script in scripts for name in script_models(script))
    return models_reached((*by_scripts, *type_names(user.block.models)), last.block.models)


def _with_model(heir: Manifest, model: str, last: Manifest) -> Manifest:
    models = {**heir.block.models, model: last.block.models[model]}
    return replace(heir, block=replace(heir.block, models=models))
