"""A folder of integrations: nango.yaml and the files beside and below it."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from .. import nango_yaml
from ..frozen import frozen
from ..typescript.module_paths import candidates
from ..typescript.nodes import source_text
from ..typescript.syntax import walk
from .entries import integrations_of
from .script import Script, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..operations.open_guesses import OpenGuess
    from .entries import Entry, Integration

YAML = "nango.yaml"

_GENERATED = ("models.ts", "schema.zod.ts")
# What runs in Node and never in Nango's sandbox.
_NODE_PACKAGES = ("@nangohq/node", "dotenv", "fs", "path", "process")
_NODE_VALUES = ("process.argv", "process.env", "process.exit", "process.stdout")
NOT_LED_TO = "nango.yaml leads to no such script, and no script imports it"
"""Why no rule looks at a file that belongs to no integration."""

_OWN_PROGRAM = "it is a program for Node that no script imports"


@frozen
class File:
    """A text and where it lies."""

    path: str
    text: str


@frozen
class Unread:
    """A file that no rule looks at.

    Attributes:
        path: posix, below the folder of nango.yaml; as it can be shown.
        reason: why, without a full stop.
        is_broken: whether something is wrong with it; else it belongs to no script.
    """

    path: str
    reason: str
    is_broken: bool


@frozen
class Tree:
    """The folder that the rules look at.

    Attributes:
        files: the text of nango.yaml and of each file that belongs to its integrations, by posix path below the folder.
        base_paths: the path part of the base URL of each integration whose provider is known, by its key in nango.yaml.
        guesses: what runs of ours guessed, and no answer has settled.
        javascript: the paths of the JavaScript files among them, which rules do not look into.
        left_out: the TypeScript files that are not among `files`.
        without_track_deletes: the scripts of the syncs whose answers set ``track_deletes: false``.
    """

    files: Mapping[str, str]
    base_paths: Mapping[str, str]
    guesses: tuple[OpenGuess, ...] = ()
    javascript: frozenset[str] = frozenset()
    left_out: tuple[Unread, ...] = ()
    without_track_deletes: frozenset[str] = frozenset()

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
    def integration_by_name(self) -> dict[str, Integration]:
        """The integrations, by their keys in nango.yaml."""
        return {integration.name: integration for integration in self.integrations}

    @cached_property
    def unnamed(self) -> dict[tuple[str, str], list[str]]:
        """The files that are the script of no entry, in the order of their paths, by their first folder and their name.

        Those beside nango.yaml have ``""`` for a folder.
        """
        named = {entry.script for integration in self.integrations for entry in integration.entries}
        by_place: dict[tuple[str, str], list[str]] = {}
        for path in sorted(self.files.keys() - named):
            folder, _, below = path.rpartition("/")
            by_place.setdefault((folder.split("/")[0], below), []).append(path)
        return by_place

    @cached_property
    def unread_by_ending(self) -> dict[str, list[str]]:
        """The paths that no rule looks at, by their last folder and their name: ``syncs/users.ts``."""
        by_ending: dict[str, list[str]] = {}
        for unread in self.unread:
            by_ending.setdefault("/".join(unread.path.split("/")[-2:]), []).append(unread.path)
        return by_ending

    @cached_property
    def scripts(self) -> tuple[Script, ...]:
        """The TypeScript files that Nango's CLI could compile, in the order of their paths.

        These are those of integrations that nango.yaml names, those beside nango.yaml that have the name of a sync or
        an action, and what these import from elsewhere in the folder.
        """
        return tuple(script for script in self._compiled if not script.syntax.excess)

    @cached_property
    def unread(self) -> tuple[Unread, ...]:
        """The files that no rule looks at, and why, in the order of their paths."""
        known = {YAML, *_GENERATED, *(script.path for script in self._compiled)}
        beside = [path for path in self.files if "/" not in path and path not in known]
        unread = (
            self.left_out,
            (
                Unread(script.path, script.syntax.excess, True)
                for script in self._compiled
                if script.syntax.excess
            ),
            (Unread(path, _OWN_PROGRAM, False) for path in self._programs),
            (Unread(path, NOT_LED_TO, False) for path in beside if not path.endswith((".d.ts", ".test.ts"))),
        )
        return tuple(sorted(chain.from_iterable(unread), key=lambda unread: unread.path))

    def script(self, path: str) -> Script | None:
        """The script at a path; for that of an entry which lies flat beside nango.yaml, that one; None for none."""
        return self._by_path.get(path)

    def target(self, path: str, source: str) -> str | None:
        """The file of the folder that an import means; None when there is none at hand.

        Args:
            path: that of the file with the import.
            source: what it imports from.
        """
        return next((candidate for candidate in candidates(path, source) if candidate in self.files), None)

    def imported_script(self, script: Script, source: str) -> Script | None:
        """The script that an import comes from; None for a package, and for what is no script of an integration."""
        path = self.target(script.path, source)
        return self.script(path) if path else None

    @cached_property
    def users(self) -> dict[str, list[Script]]:
        """The scripts that import a script, by the path of that."""
        users: dict[str, list[Script]] = {}
        for script in self.scripts:
            for source in script.sources:
                other = self.imported_script(script, source)
                if other is not None:
                    users.setdefault(other.path, []).append(script)
        return users

    @cached_property
    def _by_path(self) -> dict[str, Script]:
        flat = {
            script.entry.script: script
            for script in self.scripts
            if script.entry is not None and "/" not in script.path
        }
        return {**flat, **{script.path: script for script in self.scripts}}

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        """The syncs and actions, by the path of their scripts: in the folder of their integration, or flat."""
        entries = [entry for integration in self.integrations for entry in integration.entries]
        flat = {f"{entry.name}.ts": entry for entry in reversed(entries)}  # the CLI takes the first of a name
        return {**flat, **{entry.script: entry for entry in entries}}

    @cached_property
    def _compiled(self) -> tuple[Script, ...]:
        """The scripts, those included that no rule can look at."""
        own = [script for script in self._candidates if script.path not in self._programs]
        return tuple(sorted((*own, *self._shared(own)), key=lambda script: script.path))

    @cached_property
    def _candidates(self) -> tuple[Script, ...]:
        """The files of integrations, and scripts laid flat."""
        names = {integration.name for integration in self.integrations}
        candidates = (self._candidate(path, text, names) for path, text in self.files.items())
        return tuple(script for script in candidates if script is not None)

    def _candidate(self, path: str, text: str, names: set[str]) -> Script | None:
        entry = self._entries.get(path)
        if "/" not in path:
            is_flat = entry is not None and path not in _GENERATED
            return Script(path, text, entry.integration, entry.kind, entry) if entry and is_flat else None
        name, kind = path.split("/")[0], kind_of(path)
        return Script(path, text, name, kind, entry) if name in names and kind else None

    @cached_property
    def _programs(self) -> frozenset[str]:
        """The files of integrations that are run by people, and by no script."""
        helpers = (script for script in self._candidates if script.kind == "helper")
        programs = {script.path for script in helpers if _is_node_program(script)}
        imported = {path for script in self._candidates if programs for path in self._imported(script)}
        return frozenset(programs - imported)

    def _shared(self, scripts: list[Script]) -> Iterator[Script]:
        """What scripts import from outside of the integrations, and what that imports."""
        known = {YAML, *_GENERATED, *(script.path for script in self._candidates)}
        unknown = {path for path in self.files if path not in known and path.endswith(".ts")}
        waiting = list(scripts) if unknown else []
        while waiting:
            for path in unknown.intersection(self._imported(waiting.pop())):
                unknown.discard(path)
                shared = Script(path, self.files[path], "", "helper", None)
                waiting.append(shared)
                yield shared

    def _imported(self, script: Script) -> Iterator[str]:
        return (path for imported in script.imports if (path := self.target(script.path, imported.source)))


def _is_node_program(script: Script) -> bool:
    """Whether a script can only run in Node: it begins with ``#!``, or takes from Node what the sandbox has not."""
    if script.text.startswith("#!"):
        return True
    packages = (source.removeprefix("node:").partition("/")[0] for source in script.sources)
    if any(package in _NODE_PACKAGES for package in packages) or "@nangohq/node" in script.sources:
        return True
    members = walk(script.syntax.root, "member_expression") if "process" in script.text else ()
    return any(source_text(node) in _NODE_VALUES for node in members)
