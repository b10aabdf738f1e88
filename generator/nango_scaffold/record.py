"""What we wrote last, kept in the integration's folder: the base against which the user's edits show.

Without it a run could not tell an edited file from an old one, nor a deleted entry from a new one. It is plain JSON,
written in the same commit as everything else, and safe to delete: then the user's files simply win.
"""

from __future__ import annotations

import json
from binascii import crc32
from dataclasses import field
from typing import TYPE_CHECKING, Any

from .errors import ProjectError
from .frozen import frozen
from .nango_yaml import Block

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
NAME = ".nango-scaffold.json"


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
    """

    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    files: Mapping[str, str]
    block: Block
    generator: str
    schema: str = ""
    about: str = field(
        default="Written by nango-scaffold: what it wrote last, to tell your edits from its own text."
    )


def digest(text: str) -> str:
    """A short fingerprint of a text."""
    return f"{crc32(text.encode()):08x}-{len(text)}"


def to_text(record: Record) -> str:
    """The record as a JSON file; equal records give equal bytes."""
    block = record.block
    data = {
        "about": record.about,
        "format": FORMAT,
        "generator": record.generator,
        "answers": record.answers,
        "provider": record.facts,
        "schema": record.schema,
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
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ProjectError(
            f"the record of the last run cannot be read ({error})",
            where=path,
            fix="restore it from git, or delete it: edited files are then kept as they are",
        ) from None
