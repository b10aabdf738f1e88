"""A folder of integrations: nango.yaml and the files beside and below it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .. import nango_yaml
from ..frozen import frozen
from . import modules
from .entries import integrations_of
from .script import Script, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .entries import Entry, Integration

YAML = "nango.yaml"


@frozen
class File:
    """A text and where it lies."""

    path: str
    text: str


@frozen
class Tree:
    """The folder that the rules look at.

    Attributes:
        files: the text of nango.yaml and of each file that belongs to its integrations, by posix path below the folder.
        base_paths: the path part of the base URL of each integration whose provider is known, by its key in nango.yaml.
        javascript: the paths of the JavaScript files among them, which rules do not look into.
    """

    files: Mapping[str, str]
    base_paths: Mapping[str, str]
    javascript: frozenset[str] = frozenset()

    @cached_property
    def yaml(self) -> File:
        """The text of nango.yaml; empty when there is none."""
        return File(YAML, self.files.get(YAML, ""))

    @cached_property
    def _read(self) -> nango_yaml.Document | nango_yaml.Refused:
        try:
            document = nango_yaml.read(self.yaml.text)
            _ = document.integrations, document.models  # refused when aliases expand without end
        except nango_yaml.Refused as refused:
            return refused
        return document

    @property
    def refusal(self) -> nango_yaml.Refused | None:
        """Why nango.yaml cannot be read; None when it can."""
        return self._read if isinstance(self._read, nango_yaml.Refused) else None

    @property
    def document(self) -> nango_yaml.Document | None:
        """What nango.yaml holds; None when it cannot be read."""
        return None if isinstance(self._read, nango_yaml.Refused) else self._read

    @cached_property
    def integrations(self) -> tuple[Integration, ...]:
        """Those of nango.yaml, as written; none when it cannot be read."""
        return integrations_of(self.document) if self.document else ()

    @cached_property
    def scripts(self) -> tuple[Script, ...]:
        """The TypeScript files of integrations that nango.yaml names, in the order of their paths."""
        names = {integration.name for integration in self.integrations}
        return tuple(
            Script(path, text, path.split("/")[0], kind, self._entries.get(path))
            for path, text in sorted(self.files.items())
            if path.split("/")[0] in names and (kind := kind_of(path))
        )

    def script(self, path: str) -> Script | None:
        """The script at a path; None when there is none."""
        return self._by_path.get(path)

    @cached_property
    def users(self) -> dict[str, list[Script]]:
        """The scripts that import a script, by the path of that."""
        return modules.users(self)

    @cached_property
    def _by_path(self) -> dict[str, Script]:
        return {script.path: script for script in self.scripts}

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        return {entry.script: entry for integration in self.integrations for entry in integration.entries}
