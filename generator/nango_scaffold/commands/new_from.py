"""The sources of answers that ``new`` infers from an API document or from samples that its command line names."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..answers.load import names_of
from ..errors import AnswersError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from ..answers import Source
    from ..project import NangoProject


def with_inference(sources: list[Source], options: argparse.Namespace, project: NangoProject) -> list[Source]:
    """The one source of answers, with what the command line wants to be inferred in it.

    Raises:
        AnswersError: there are several sources, or the options do not fit together.
    """
    if len(sources) > 1:
        raise AnswersError("several answers files", where="--answers", fix="infer one integration at a time")
    if bool(options.openapi) != bool(options.operations):
        missing = "--operation" if options.openapi else "--openapi"
        raise AnswersError(f"{missing} is missing", where=missing, fix="name a document and its operations")
    (source,) = sources
    if options.openapi:
        source = _with_operations(source, options)
    if options.samples:
        source = replace(
            source, settings=(*source.settings, *_sample_settings(source.data(), options.samples))
        )
    if options.sample_from is not None:
        source = _with_page(source, options, project)
    return [source]


def _with_page(source: Source, options: argparse.Namespace, project: NangoProject) -> Source:
    """The answers with a page of a live connection as the sample of their one sync."""
    from .sampling import page_for

    data = source.data()
    syncs = [str(sync.get("name")) for sync in data.get("syncs") or ()]
    names = list(dict.fromkeys((*syncs, *names_of(data.get("sync_names")))))
    if len(names) != 1:
        raise AnswersError(
            f"a page of a connection is for one sync, and the answers have {len(names)}",
            where="--sample-from",
            fix="name one sync, and the others later: nango-scaffold add sync",
        )
    label, sample = page_for(data, names[0], options, project, os.path.dirname(source.name))
    settings = _sample_settings(data, [f"{names[0]}={label}"])
    return replace(source, settings=(*source.settings, *settings), samples={label: sample})


def _with_operations(source: Source, options: argparse.Namespace) -> Source:
    """The answers with a script for each operation, below which the answers of the source stand."""
    from .infer import document_head
    from .inferring import document_of, read_data

    document = document_of(read_data(options.openapi), options.openapi)
    data = source.data()
    head = document_head(document, options, provider=data.get("provider", ""))
    answers: dict[str, Any] = {**head.answers, **data}
    for identifier in options.operations:
        inference = head.script(document, identifier)
        scripts = answers.setdefault(f"{inference.kind}s", [])
        settings = {"openapi": options.openapi, "operation": identifier}
        name = inference.script["name"]
        known = next((script for script in scripts if script.get("name") == name), None)
        if known is None:
            scripts.append({"name": name, "infer": settings})
        else:
            known.setdefault("infer", settings)
    return replace(source, name="", text="", plain=answers, settings=())


def _sample_settings(data: Mapping[str, Any], samples: list[str]) -> list[str]:
    """The settings that give syncs their samples."""
    files = _files_by_sync(samples)
    syncs = [str(sync.get("name")) for sync in data.get("syncs") or ()]
    listed = names_of(data.get("sync_names"))
    settings = [f"sync_names={json.dumps([name for name in listed if name not in files])}"] if listed else []
    for name, of_sync in files.items():
        if name not in syncs:
            syncs.append(name)
        place = f"syncs[{syncs.index(name)}]"
        settings += [f"{place}.name={json.dumps(name)}", f"{place}.infer.sample={json.dumps(of_sync)}"]
    return settings


def _files_by_sync(samples: list[str]) -> dict[str, list[str]]:
    files: dict[str, list[str]] = {}
    for sample in samples:
        name, equals, file = sample.partition("=")
        if not equals or not name or not file:
            raise AnswersError(
                f"{sample!r} names no file", where="--sample", fix="write SYNC=FILE, such as deals=deals.json"
            )
        files.setdefault(name, []).append(file)
    return files
