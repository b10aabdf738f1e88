"""The manifest as data, and as a file, as prettier lays it out.

What an update merges from, the text of each file and our part of nango.yaml as they were written, has to be kept whole:
another version of the generator renders other text, and git may never have seen it. It is a third of what a run writes, so
it is compressed, by bzip2, whose output is the same on every machine (zlib's is not). Of a project file nothing is merged:
its digest tells whether it is as we wrote it.
"""

from __future__ import annotations

import bz2
import json
from binascii import b2a_base64, crc32
from dataclasses import asdict, field
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..typescript.printer.json_layout import laid_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..nango_yaml import Block
    from ..spec.integration import Guess

PROJECT_FILES = (
    ".env.example",
    ".gitignore",
    "dryrun.js",
    "find-connections.js",
    "nango-integrations/.gitattributes",
    "package.json",
    "tsconfig.json",
)
"""The files that a project gets once; a manifest names no others outside its integration's folder."""


@frozen
class Undo:
    """The last step back to nango.yaml as it was, where taking our entries out leaves something else.

    Attributes:
        left: the digest of what taking them out leaves; of anything else there is no way back.
        start: where in it the difference begins,
        stop: and ends.
        text: what stood there.
    """

    left: str
    start: int
    stop: int
    text: str


@frozen
class UndoBaseline:
    """What an integration came into, as far as taking it out again needs to know; by default nothing was there.

    Attributes:
        beside: the integrations that nango.yaml had; its own, too, where somebody had begun it.
        has_schema: whether there was a schema.zod.ts.
        undo: the way back to the nango.yaml that was there.
    """

    beside: tuple[str, ...] = ()
    has_schema: bool = False
    undo: Undo | None = None


@frozen
class HandWritten:
    """What of an adopted integration its owner wrote: never merged into, replaced or deleted unasked.

    Attributes:
        files: the paths that are the owner's, be there a file or not.
        syncs: the names of entries in nango.yaml.
        actions: the same of actions.
        on_events: the same of scripts of events.
        models: the names of models in nango.yaml.
    """

    files: tuple[str, ...] = ()
    syncs: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    on_events: tuple[str, ...] = ()
    models: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is."""
        return any((self.files, self.syncs, self.actions, self.on_events, self.models))


@frozen
class Manifest:
    """The last run for one integration.

    Attributes:
        answers: as they were given.
        facts: the provider's facts that were used, as data.
        files: the text of each file that we wrote in the integration's folder, by its path in the project.
        block: our part of nango.yaml.
        generator: the version that wrote it.
        schema: the digest of schema.zod.ts as this run left it, if it was all ours.
        schema_added: else what was put into it, by the name of the schema, or by the import itself.
        origin: what the integration came into.
        project_files: the digest of each project file that came with the integration, by its path.
        hand_written: what of an adopted integration is not ours.
        guesses: what neither the answers nor the facts say; None in a manifest of format 1, which did not keep them.
        answers_file: the file that the answers came from, relative to the project; empty when none is known.
        inferred_from: by the name of a script, what its answers were inferred from.
        mixes_hand_written: whether ``files`` and ``block`` also hold what was never written: format 1 took what it would
            have written for what it wrote last where an integration was adopted.
    """

    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    files: Mapping[str, str]
    block: Block
    generator: str
    schema: str = ""
    schema_added: Mapping[str, str] = field(default_factory=dict)
    origin: UndoBaseline = UndoBaseline()
    project_files: Mapping[str, str] = field(default_factory=dict)
    hand_written: HandWritten = HandWritten()
    guesses: tuple[Guess, ...] | None = ()
    answers_file: str = ""
    inferred_from: Mapping[str, str] = field(default_factory=dict)
    mixes_hand_written: bool = False


def digest(text: str) -> str:
    """A short fingerprint of a text: its CRC and its length in characters."""
    return f"{crc32(text.encode()):08x}-{len(text)}"


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
    # What is empty is left out: the file is in every review.
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
