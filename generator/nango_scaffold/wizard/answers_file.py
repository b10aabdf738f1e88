"""The answers file: where to save it is asked and checked, and it is the one file that the wizard writes."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..answers import parse_text
from ..errors import AnswersError
from ..frozen import frozen
from ..nango_yaml.emit import mapping as yaml_lines
from .as_answers import integration_of
from .draft import Slot
from .question import Option, Question, choice, no_problem, problem_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..project import NangoProject
    from .conversation import Conversation

_NOWHERE = "-"


@frozen
class Target:
    """The project to be written to, and ``--providers``: what the command that repeats the run needs."""

    project: NangoProject
    providers: str | None = None


def save_answers(
    conversation: Conversation,
    target: Target,
    answers: dict[str, Any],
    command_heading: str = "The same run by script:",
) -> tuple[dict[str, Any], str]:
    """Ask where to save the answers, save them there, and print the command that repeats the run.

    Returns:
        The answers as parsed from the file, so that a run by script gives the same bytes; and the file, empty for none.

    Raises:
        Back: the user does not want to, after all.
        AnswersError: the file cannot be written.
    """
    file = _ask_file(conversation, target)
    command = script_command(file, target.project.named, target.providers)
    text = answers_text(answers, command)
    # Parsed even where nothing is saved: the run is then the same either way.
    parsed = parse_text(text, file)
    if file == _NOWHERE:
        return parsed, ""
    write_file(file, text, replace=_exists(file))
    conversation.console.say(command, heading=f"The answers are in {file}. {command_heading}")
    return parsed, file


def _ask_file(conversation: Conversation, target: Target) -> str:
    """Ask for a file; one that exists is replaced only if the user confirms it."""
    default = free_name(integration_of(conversation.draft) or "answers", target.project)

    def problem(typed: str) -> str:
        if typed == _NOWHERE:
            return ""
        return problem_of(lambda: refuse_location(typed or default, target.project))

    help = f"a file, so that the run can be repeated; {_NOWHERE}: do not save them"
    question = Question(Slot(0, "file"), "Where to keep the answers?", help, default=default)
    while True:
        file = conversation.console.ask(question, problem) or default
        if file == _NOWHERE or not _exists(file) or _may_replace(conversation, file):
            return file


def _may_replace(conversation: Conversation, file: str) -> bool:
    options = (Option("no", "no", "name another file"), Option("yes", "yes", "its content is lost"))
    question = choice(Slot(0, "replace"), f"{file} exists. Replace it?", "", options)
    return conversation.console.ask(question, no_problem) == "yes"


def answers_text(data: Mapping[str, Any], command: str) -> str:
    """The text of an answers file, with the command that repeats the run in a comment, unless it breaks the line."""
    usage = f" The same run again:\n#   {command}" if command.isprintable() else ""
    lines = [f"# Answers for nango-scaffold.{usage}", *yaml_lines(data, 0)]
    return "".join(f"{line}\n" for line in lines)


def script_command(file: str, project: str, providers: str | None) -> str:
    """The command that repeats the run without questions, quoted for a shell."""
    # A name such as `-x.yml` would be read as an option.
    path = f"./{file}" if file.startswith("-") else file
    words = ["nango-scaffold", "new", "--answers", path]
    if project != ".":
        words += ["--project", project]
    if providers:
        words += ["--providers", providers]
    return " ".join(shlex.quote(word) for word in words)


def free_name(integration: str, project: NangoProject) -> str:
    """A file that does not exist, named after the integration, outside the folder that the nango CLI reads."""
    folder = f"{project.folders.root}/" if _is_read_by_cli(Path("."), project) else ""
    stem = f"{folder}{integration}"
    names = [f"{stem}.yml", *(f"{stem}-{number}.yml" for number in range(2, 100))]
    return next((name for name in names if not Path(name).exists()), names[0])


def refuse_location(file: str, project: NangoProject) -> None:
    """Refuse a path that cannot be an answers file.

    Raises:
        AnswersError: it is a folder, below a file, or in the folder that the nango CLI reads.
    """
    path = Path(file).expanduser()
    fix = "name a file beside the project, such as ./hubspot.yml"
    if path.is_dir() or file.endswith(("/", os.sep)):
        raise AnswersError(f"{file} is a folder", fix=f"name a file in it: {Path(file) / 'answers.yml'}")
    # Folders that are missing are created, so what counts is the nearest thing that is there.
    nearest = next(folder for folder in path.absolute().parents if os.path.lexists(folder))
    if not nearest.is_dir():
        raise AnswersError(f"{nearest} is not a folder", fix=fix)
    if _is_read_by_cli(path, project):
        raise AnswersError(f"the nango CLI reads what is in {project.layout.folder}/", fix=fix)


def _is_read_by_cli(path: Path, project: NangoProject) -> bool:
    """Whether a file is in the CLI's folder; where that is the whole project, the CLI ignores other files."""
    return bool(project.layout.folder) and path.resolve().is_relative_to(Path(project.location).resolve())


def _exists(file: str) -> bool:
    return os.path.lexists(Path(file).expanduser())


def write_file(file: str, text: str, *, replace: bool) -> None:
    """Write an answers file, whole or not at all; missing folders are created.

    Raises:
        AnswersError: it cannot be written, or exists and may not be replaced.
    """
    path = Path(file).expanduser()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Exclusively, in both cases: a file or link of that name is not ours to write through.
        if not replace:
            with path.open("xb") as out:
                out.write(text.encode())
            return
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        with temporary.open("xb") as out:
            out.write(text.encode())
        temporary.replace(path)
    except OSError as error:
        raise AnswersError(f"{file} cannot be written: {error.strerror}", fix="name another file") from None
