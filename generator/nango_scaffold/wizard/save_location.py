"""The answers file: its text, where it may lie, and the one place where the wizard writes."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import AnswersError
from ..nango_yaml.emit import mapping as yaml_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..project import NangoProject


def answers_text(data: Mapping[str, Any], command: str) -> str:
    """The text of an answers file, which says at its head how it is used, if a comment has room for that."""
    again = [" The same run again:", f"\n#   {command}"] if command.isprintable() else []
    return "".join(
        ["# Answers for nango-scaffold.", *again, "\n", *(f"{line}\n" for line in yaml_lines(data, 0))]
    )


def script_command(file: str, project: str, providers: str | None) -> str:
    """The command that does the same run by script, quoted for a shell."""
    named = f"./{file}" if file.startswith("-") else file
    words = ["nango-scaffold", "new", "--answers", named]
    if project != ".":
        words += ["--project", project]
    if providers:
        words += ["--providers", providers]
    return " ".join(shlex.quote(word) for word in words)


def free_name(integration: str, project: NangoProject) -> str:
    """A file that is not there yet, named after the integration, and not among those of the nango CLI."""
    beside = f"{project.folders.root}/" if _is_read_by_cli(Path("."), project) else ""
    stem = f"{beside}{integration}"
    names = [f"{stem}.yml", *(f"{stem}-{number}.yml" for number in range(2, 100))]
    return next((name for name in names if not Path(name).exists()), names[0])


def refuse_place(file: str, project: NangoProject) -> None:
    """Refuse a place where no answers file may lie.

    Raises:
        AnswersError: a folder, below a file, or in the folder that the nango CLI reads.
    """
    path = Path(file).expanduser()
    fix = "name a file beside the project, such as ./hubspot.yml"
    if path.is_dir() or file.endswith(("/", os.sep)):
        raise AnswersError(f"{file} is a folder", fix=f"name a file in it: {Path(file) / 'answers.yml'}")
    above = next(folder for folder in path.absolute().parents if os.path.lexists(folder))
    if not above.is_dir():
        raise AnswersError(f"{above} is no folder", fix=fix)
    if _is_read_by_cli(path, project):
        raise AnswersError(f"the nango CLI reads what lies in {project.layout.folder}/", fix=fix)


def _is_read_by_cli(path: Path, project: NangoProject) -> bool:
    """Whether a file lies among those of the nango CLI; where these are the whole project, it passes over others."""
    return bool(project.layout.folder) and path.resolve().is_relative_to(Path(project.location).resolve())


def exists(file: str) -> bool:
    """Whether there is something at a place already."""
    return os.path.lexists(Path(file).expanduser())


def keep(file: str, text: str, *, replace: bool) -> None:
    """Write an answers file, whole or not at all; folders that are missing are made.

    Raises:
        AnswersError: it cannot be written, or is there already and may not be replaced.
    """
    path = Path(file).expanduser()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not replace:
            with path.open("x", encoding="utf-8", newline="\n") as out:
                out.write(text)
            return
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        with beside.open("xb") as out:  # whatever has that name is not ours to write through
            out.write(text.encode())
        beside.replace(path)
    except OSError as error:
        raise AnswersError(f"{file} cannot be written: {error.strerror}", fix="name another file") from None
