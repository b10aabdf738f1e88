"""The manifest as a file, as prettier lays it out.

What an update merges from, the text of each file and our part of nango.yaml as they were written, has to be kept whole:
another version of the generator renders other text, and git may never have seen it. It is a third of what a run writes, so
it is compressed, by bzip2, whose output is the same on every machine (zlib's is not). Of a project file nothing is merged:
its digest tells whether it is as we wrote it.
"""

from __future__ import annotations

import bz2
import json
from binascii import b2a_base64
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..typescript.printer.json_layout import laid_out
from .manifest import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..nango_yaml import Block
    from .manifest import HandWritten, Manifest, UndoBaseline

FORMAT = 2
ABOUT = "Written by nango-scaffold: what it wrote last, to tell your edits from its own text."
_LINE = 100


def to_text(manifest: Manifest) -> str:
    """The manifest as a JSON file; equal manifests give equal bytes."""
    return laid_out(dict(_data(manifest)))


def _data(manifest: Manifest) -> Iterator[tuple[str, Any]]:
    yield "about", ABOUT
    yield "format", FORMAT
    yield "generator", manifest.generator
    yield "answers", manifest.answers
    if manifest.answers_file:
        yield "answers_file", manifest.answers_file
    yield "provider", manifest.facts
    if manifest.guesses:
        yield "guesses", [asdict(guess) for guess in manifest.guesses]
    if manifest.inferred_from:
        yield "inferred_from", dict(manifest.inferred_from)
    yield "schema", manifest.schema
    if manifest.schema_added:
        yield "schema_added", manifest.schema_added
    if origin := _origin(manifest.origin):
        yield "origin", origin
    if manifest.hand_written:
        yield "hand_written", _hand_written(manifest.hand_written)
    own = {path: digest(text) for path, text in manifest.files.items()}
    yield "files", dict(sorted({**own, **manifest.project_files}.items()))
    yield "merge_base", _packed(
        {"nango_yaml": _block(manifest.block), "files": dict(sorted(manifest.files.items()))}
    )


def _origin(origin: UndoBaseline) -> dict[str, Any]:
    """The origin without what is as by default."""
    data = {"beside": list(origin.beside), "has_schema": origin.has_schema}
    other: dict[str, Any] = {key: value for key, value in data.items() if value}
    return {**other, "undo": asdict(origin.undo)} if origin.undo else other


def _hand_written(hand_written: HandWritten) -> dict[str, list[str]]:
    return {key: list(names) for key, names in asdict(hand_written).items() if names}


def _block(block: Block) -> dict[str, Any]:
    return {
        "integration": block.integration,
        "syncs": block.syncs,
        "actions": block.actions,
        "on_events": block.on_events,
        "models": block.models,
    }


def _packed(data: Any) -> list[str]:
    """Data as lines of base64."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    coded = b2a_base64(bz2.compress(text.encode(), 1), newline=False).decode()
    return [coded[start : start + _LINE] for start in range(0, len(coded), _LINE)]
