"""The sources of answers that ``new`` infers from an API document or from samples that its command line names."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..answers import check_shape, with_settings
from ..answers.load import names_of
from ..errors import AnswersError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from ..answers import Source
    from ..project import NangoProject

_LISTS = {"syncs": "sync_names", "actions": "action_names"}


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
        settings = _sample_settings(source.data(), options.samples)
        source = replace(source, settings=(*source.settings, *settings))
    # Last: the request that is sent is that of the sync as all others describe it.
    if options.sample_from is not None:
        source = _with_page(source, options, project)
    return [source]


def _with_page(source: Source, options: argparse.Namespace, project: NangoProject) -> Source:
    """The answers with a page of a live connection as the sample of their one sync."""
    from .sampling import page_for

    data = source.data()
    names = _script_names("syncs", data, _listed("syncs", data))
    if len(names) != 1:
        raise AnswersError(
            f"a page of a connection is for one sync, and the answers have {len(names)}",
            where="--sample-from",
            fix="name one sync, and the others later: nango-scaffold add sync",
        )
    # The request is worked out for a sync by its name, which it may have in sync_names only.
    data = with_settings(data, [f"syncs[0].name={json.dumps(names[0])}"])
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
    operations: dict[str, dict[str, str]] = {"syncs": {}, "actions": {}}
    for identifier in options.operations:
        inference = head.script(document, identifier)
        operations[f"{inference.kind}s"][inference.script["name"]] = identifier
    answers: dict[str, Any] = {**head.answers, **data}
    for key, by_name in operations.items():
        if by_name:
            answers |= _with_inferred(key, answers, by_name, options.openapi)
    # A place in them is none of the file's text.
    return replace(source, name="", text="", plain=answers, settings=())


def _with_inferred(
    key: str, answers: Mapping[str, Any], operations: Mapping[str, str], openapi: str
) -> dict[str, Any]:
    """The scripts of one kind, and the names of others, with the operation that each is inferred from.

    Args:
        key: ``syncs`` or ``actions``.
        answers: the whole of them.
        operations: the id of the operation, by the name of the script.
        openapi: the document they are in.
    """
    written = _scripts_of(key, answers)
    scripts: list[dict[str, Any]] = []
    # The names of the scripts that are written come first, in their order.
    for position, name in enumerate(_script_names(key, answers, operations)):
        described = written[position] if position < len(written) else {}
        script = {**described, "name": name}
        if name in operations:
            script.setdefault("infer", {"openapi": openapi, "operation": operations[name]})
        scripts.append(script)
    listed = _listed(key, answers)
    if not listed:
        return {key: scripts}
    return {key: scripts, _LISTS[key]: [name for name in listed if name not in operations]}


def _script_names(key: str, answers: Mapping[str, Any], others: Iterable[str]) -> list[str]:
    """The names of the scripts of one kind, and the others that none of them has, in their order.

    A script that is written without a name, as ``--set syncs[0].request.path=/users`` does, has the one that is left.

    Raises:
        AnswersError: it is not certain which name that is, or the answers have another shape.
    """
    names = [script.get("name") for script in _scripts_of(key, answers)]
    missing = [name for name in dict.fromkeys(others) if name not in names]
    unnamed = [position for position, name in enumerate(names) if not name]
    if not unnamed:
        return [*map(str, names), *missing]
    if (len(unnamed), len(missing)) == (1, 1):
        return [str(name or missing[0]) for name in names]
    place = f"{key}[{unnamed[0]}].name"
    raise AnswersError(
        f"{place} is unset", where=place, fix=f"--set {place}={[*missing, 'users'][0]}, for example"
    )


def _scripts_of(key: str, answers: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The scripts of one kind, each a mapping."""
    scripts = answers.get(key) or []
    # The whole is checked later, when what is inferred is in place; here only that these can be worked with.
    if not isinstance(scripts, list) or not all(isinstance(script, Mapping) for script in scripts):
        check_shape({key: scripts})
    return scripts


def _listed(key: str, answers: Mapping[str, Any]) -> list[str]:
    """The scripts of one kind that the answers only name."""
    names = answers.get(_LISTS[key])
    check_shape({_LISTS[key]: names})
    return names_of(names)


def _sample_settings(data: Mapping[str, Any], samples: list[str]) -> list[str]:
    """The settings that give scripts their samples: a name that no action has is that of a sync."""
    files = _files_by_script(samples)
    actions = {script.get("name") for script in _scripts_of("actions", data)}
    actions.update(_listed("actions", data))
    settings: list[str] = []
    for key in ("syncs", "actions"):
        own = {name: names for name, names in files.items() if (name in actions) == (key == "actions")}
        settings += _settings_of(key, data, own) if own else []
    return settings


def _settings_of(key: str, data: Mapping[str, Any], files: Mapping[str, list[str]]) -> list[str]:
    """The settings that give the scripts of one kind their samples."""
    listed = _listed(key, data)
    others = json.dumps([name for name in listed if name not in files])
    settings = [f"{_LISTS[key]}={others}"] if listed else []
    names = _script_names(key, data, files)
    for name, of_script in files.items():
        place = f"{key}[{names.index(name)}]"
        settings += [f"{place}.name={json.dumps(name)}", f"{place}.infer.sample={json.dumps(of_script)}"]
    return settings


def _files_by_script(samples: list[str]) -> dict[str, list[str]]:
    files: dict[str, list[str]] = {}
    for sample in samples:
        name, equals, file = sample.partition("=")
        if not equals or not name or not file:
            raise AnswersError(
                f"{sample!r} names no file", where="--sample", fix="write SYNC=FILE, such as deals=deals.json"
            )
        files.setdefault(name, []).append(file)
    return files
