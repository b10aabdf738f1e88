"""The manifests that earlier runs left in the integrations' folders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from .. import manifest
from ..errors import ProjectError
from ..naming.reserved import INTEGRATION_NAME
from ..plan.merging import like
from ..render.paths import ROOT
from .hand_written import told_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..manifest import Manifest
    from .project import Project


def manifest_path(integration: str) -> str:
    """Where the manifest of an integration lies."""
    return f"{ROOT}/{integration}/{manifest.NAME}"


def file_of(integration: str, path: str) -> str:
    """The path below the project of a file that was named by its path there, or below its integration's folder."""
    own = f"{ROOT}/{integration}/"
    return path if path.startswith(own) else own + path.removeprefix("./")


def read_manifest(data: bytes | None, path: str) -> Manifest | None:
    """The manifest of the last run; None when there is none.

    Raises:
        ProjectError: it cannot be read.
    """
    if data is None:
        return None
    return _parsed(data, path)


@lru_cache(maxsize=1024)  # one command asks for the manifest of each integration several times
def _parsed(data: bytes, path: str) -> Manifest:
    from ..manifest.reading import from_text  # the first run of a project has none to read

    try:
        return from_text(data.decode("utf-8-sig"), path)
    except UnicodeDecodeError:
        raise ProjectError("the manifest is not UTF-8", where=path, fix="restore it from git") from None


def last_manifest(integration: str, project: Project) -> Manifest | None:
    """The manifest of the last run for an integration; None when there is none.

    Raises:
        ProjectError: it cannot be read.
    """
    path = manifest_path(integration)
    last = read_manifest(project.get(path), path)
    return last and told_apart(last, project)


def put_manifest(integration: str, now: Manifest, project: Project) -> None:
    """Put the manifest of an integration into the project; one that says the same stays, however it is laid out.

    A formatter may have been at it, and git may have given it other line ends. The same answers out of another file are no
    reason to write either.
    """
    path = manifest_path(integration)
    before = project.get(path)
    text = manifest.to_text(now)
    project.put(path, before if _says(before, now, path) else like(before, text.encode()))


def _says(data: bytes | None, now: Manifest, path: str) -> bool:
    """Whether a file is a manifest that says what is to be said."""
    try:
        present = read_manifest(data, path)
    except ProjectError:
        return False
    if present is None or present.mixes_hand_written:
        return False
    return manifest.to_text(replace(present, answers_file=now.answers_file)) == manifest.to_text(now)


class Manifests(Mapping[str, "Manifest"]):
    """The manifests of those integrations that have one, by integration; each is read when it is asked for."""

    def __init__(self, integrations: Iterable[str], project: Project) -> None:
        # A key of nango.yaml becomes a part of a path: it may hold anything, `..` among it.
        self._integrations = [name for name in integrations if INTEGRATION_NAME.fullmatch(str(name))]
        self._project = project

    @cached_property
    def _names(self) -> dict[str, None]:
        """The integrations that have a manifest, in order."""
        texts = self._project.read(map(manifest_path, self._integrations))
        return dict.fromkeys(name for name in self._integrations if texts[manifest_path(name)] is not None)

    def __getitem__(self, integration: str) -> Manifest:
        """The manifest of an integration.

        Raises:
            KeyError: it has none.
            ProjectError: it cannot be read.
        """
        last = last_manifest(integration, self._project) if integration in self._names else None
        if last is None:
            raise KeyError(integration)
        return last

    def holding(self, text: str) -> Iterator[tuple[str, Manifest]]:
        """Those in whose files a text stands, such as a digest, by integration; no other is read."""
        for integration in self:
            if text.encode() in (self._project.get(manifest_path(integration)) or b""):
                yield integration, self[integration]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def founded_by(integrations: Iterable[str], project: Project) -> Iterator[str]:
    """The files that runs for some integrations wrote: one that is gone was deleted by the user."""
    manifests = Manifests(integrations, project).values()
    return (path for last in manifests for path in (*last.files, *last.project_files))
