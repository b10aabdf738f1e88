"""What we wrote last, kept in the integration's folder: the base against which the user's edits show.

Without it a run could not tell an edited file from an old one, nor a deleted entry from a new one. It is plain JSON,
written in the same commit as everything else, and safe to delete: then the user's files simply win.
"""

from __future__ import annotations

import json
from binascii import crc32
from dataclasses import asdict, field
from typing import TYPE_CHECKING, Any

from .errors import ProjectError
from .frozen import frozen
from .nango_yaml import Block

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
NAME = ".nango-scaffold.json"


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
class Origin:
    """What an integration came into, as far as taking it out again needs to know; by default nothing was there.

    Attributes:
        beside: the integrations that nango.yaml had; its own, too, where somebody had begun it.
        has_schema: whether there was a schema.zod.ts.
        undo: the way back to the nango.yaml that was there.
    """

    beside: tuple[str, ...] = ()
    has_schema: bool = False
    undo: Undo | None = None

    def to_data(self) -> dict[str, Any]:
        """As plain data, without what is as by default."""
        data = {"beside": list(self.beside), "has_schema": self.has_schema}
        said: dict[str, Any] = {key: value for key, value in data.items() if value}
        return {**said, "undo": asdict(self.undo)} if self.undo else said

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Origin:
        """The origin that :meth:`to_data` gave."""
        undo = Undo(**data["undo"]) if data.get("undo") else None
        return cls(tuple(data.get("beside", ())), bool(data.get("has_schema")), undo)


@frozen
class Record:
    """The last run for one integration.

    Attributes:
        answers: as they were given.
        facts: the provider's facts that were used, as data.
        files: each file we wrote, by its path in the project.
        block: our part of nango.yaml.
        generator: the version that wrote it.
        schema: the digest of schema.zod.ts as this run left it, if it was all ours.
        schema_added: else what was put into it, by the name of the schema, or by the import itself.
        origin: what the integration came into.
    """

    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    files: Mapping[str, str]
    block: Block
    generator: str
    schema: str = ""
    schema_added: Mapping[str, str] = field(default_factory=dict)
    origin: Origin = Origin()
    about: str = field(
        default="Written by nango-scaffold: what it wrote last, to tell your edits from its own text."
    )


def digest(text: str) -> str:
    """A short fingerprint of a text."""
    return f"{crc32(text.encode()):08x}-{len(text)}"


def to_text(record: Record) -> str:
    """The record as a JSON file; equal records give equal bytes."""
    block = record.block
    more = {"schema_added": record.schema_added, "origin": record.origin.to_data()}
    data = {
        "about": record.about,
        "format": FORMAT,
        "generator": record.generator,
        "answers": record.answers,
        "provider": record.facts,
        "schema": record.schema,
        **{key: value for key, value in more.items() if value},
        "nango_yaml": {
            "integration": block.integration,
            "syncs": block.syncs,
            "actions": block.actions,
            "on_events": block.on_events,
            "models": block.models,
        },
        "files": dict(sorted(record.files.items())),
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def from_text(text: str, path: str) -> Record:
    """Read a record.

    Raises:
        ProjectError: the file is no record that this version reads.
    """
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise ProjectError(
                f"the record has format {data['format']}, this version reads {FORMAT}",
                where=path,
                fix="update nango-scaffold",
            )
        return Record(
            answers=data["answers"],
            facts=data["provider"],
            files=data["files"],
            block=Block(**data["nango_yaml"]),
            generator=data["generator"],
            schema=data.get("schema", ""),
            schema_added=data.get("schema_added", {}),
            origin=Origin.from_data(data.get("origin", {})),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ProjectError(
            f"the record of the last run cannot be read ({error})",
            where=path,
            fix="restore it from git, or delete it: edited files are then kept as they are",
        ) from None
