"""The manifest as data."""

from __future__ import annotations

from binascii import crc32
from dataclasses import field
from typing import TYPE_CHECKING, Any

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

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
