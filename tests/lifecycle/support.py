"""A project as its user sees it: written by commands, edited by hand."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nango_scaffold.cli import main
from nango_scaffold.manifest import to_text
from nango_scaffold.manifest.reading import from_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = "nango-integrations"
YAML = f"{ROOT}/nango.yaml"
SCHEMA = f"{ROOT}/schema.zod.ts"


def written_otherwise(text: str, path: str, old: str, new: str) -> str:
    """A manifest of a run that wrote another text, in files or in nango.yaml; the old text must be in what this one wrote."""
    manifest = from_text(text, path)
    block = {
        part: json.loads(json.dumps(getattr(manifest.block, part)).replace(old, new))
        for part in ("syncs", "actions", "models")
    }
    files = {path: text.replace(old, new) for path, text in manifest.files.items()}
    rewritten = replace(manifest, files=files, block=replace(manifest.block, **block))
    assert rewritten != manifest
    return to_text(rewritten)


def changed(before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]) -> set[str]:
    """The paths at which two trees differ, without git's own."""
    return {path for path in {*before, *after} if before.get(path, b"-") != after.get(path, b"-")}


@dataclass(frozen=True)
class CommandResult:
    """The output of a command, and its exit code."""

    code: int
    out: str
    err: str

    def label_of(self, name: str) -> str:
        """The text beside the file of this name in the printed tree."""
        match = re.search(rf" {re.escape(name)} +(\S.*)$", self.out, re.MULTILINE)
        return match[1] if match else ""

    @property
    def data(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Project:
    """A project folder that commands write to and a user edits."""

    path: Path

    def run(self, command: str, *words: str) -> CommandResult:
        """Run a command on the project, and return its output."""
        return self.run_in(command, *words, "--project", str(self.path))

    def run_in(self, command: str, *words: str) -> CommandResult:
        """Run a command as it stands, and return its output."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([*command.split(), *words])
        return CommandResult(code, out.getvalue(), err.getvalue())

    def new(self, answers: dict[str, Any], *words: str) -> CommandResult:
        """Scaffold from answers."""
        file = self.path.with_name(f"{answers.get('integration', answers['provider'])}.yml")
        file.write_text(json.dumps(answers))
        return self.run("new", "--answers", str(file), *words)

    def read(self, path: str) -> str:
        return (self.path / path).read_bytes().decode()

    def write(self, path: str, text: str) -> None:
        (self.path / path).parent.mkdir(parents=True, exist_ok=True)
        (self.path / path).write_bytes(text.encode())

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace a text that must be there."""
        text = self.read(path)
        assert old in text
        self.write(path, text.replace(old, new))

    def pretend_written(self, path: str, old: str, new: str) -> None:
        """Change a manifest as if the last run had written another text."""
        self.write(path, written_otherwise(self.read(path), path, old, new))

    def has(self, path: str) -> bool:
        return (self.path / path).exists()

    def tree(self) -> dict[str, bytes | None]:
        """Every file with its bytes, and every folder, as None; without git's own."""
        tree: dict[str, bytes | None] = {}
        for folder, folders, files in os.walk(self.path):
            folders[:] = [name for name in folders if name != ".git"]
            inside = os.path.relpath(folder, self.path).replace(os.sep, "/")
            prefix = "" if inside == "." else f"{inside}/"
            tree.update({f"{prefix}{name}": None for name in folders})
            tree.update({f"{prefix}{name}": Path(folder, name).read_bytes() for name in files})
        return dict(sorted(tree.items()))


_TREES: dict[Callable[[Project], object], dict[str, bytes | None]] = {}


def prepared(project: Project, prepare: Callable[[Project], object]) -> Project:
    """A project filled by a function, which runs once; its files are copied for later calls."""
    around = Project(project.path.parent)
    if prepare not in _TREES:
        prepare(project)
        _TREES[prepare] = around.tree()
    for path, data in _TREES[prepare].items():
        if data is None:
            (around.path / path).mkdir(parents=True, exist_ok=True)
        elif not around.has(path):
            around.write(path, data.decode())
    return project
