"""The man page, in the man macros of roff."""

from __future__ import annotations

from collections.abc import Iterator

from nango_scaffold import __version__
from nango_scaffold.commands.arguments import EXIT_CODES

from .commands import Command, commands

_FILES = {
    "nango-integrations/nango.yaml": "the project's integrations; only the tool's own entries are changed",
    "nango-integrations/INTEGRATION/.nango-scaffold.json": "the manifest: what the last run wrote, to detect your edits",
    "node_modules/@nangohq/providers/providers.yaml": "the catalogue of providers of the project's own CLI",
    "$XDG_CACHE_HOME/nango-scaffold": "the catalogue of the last refresh, and indexes; safe to delete",
}
_VARIABLES = {
    "NO_COLOR": "if set, the output has no colours",
    "NANGO_SCAFFOLD_TRACEBACK": "if set, an unexpected error prints its traceback, for a report",
    "XDG_CACHE_HOME": "the cache folder, instead of the system's default",
}


def page() -> str:
    """The page."""
    program, *rest = commands()
    return "".join(f"{line}\n" for line in _lines(program, rest))


def _lines(program: Command, rest: list[Command]) -> Iterator[str]:
    yield f'.TH NANGO-SCAFFOLD 1 "" "nango-scaffold {__version__}" "User Commands"'
    yield from (".SH NAME", f"{_text(program.name)} \\- add whole integrations to a Nango project")
    yield ".SH SYNOPSIS"
    for command in rest:
        if not command.has_parts:
            yield from _usage(command)
    yield from (".SH DESCRIPTION", _text(program.description))
    yield ".SH COMMANDS"
    for command in rest:
        yield from _command(command)
    yield ".SH EXIT STATUS"
    yield from _listed({str(code): meaning for code, meaning in EXIT_CODES.items()})
    yield ".SH ENVIRONMENT"
    yield from _listed(_VARIABLES)
    yield ".SH FILES"
    yield from _listed(_FILES)
    yield ".SH EXAMPLES"
    yield from _examples(program)


def _usage(command: Command) -> Iterator[str]:
    yield f".TP\n.B {_text(command.name)}"
    yield " ".join(_text(argument.usage) for argument in command.arguments) or "\\&"


def _command(command: Command) -> Iterator[str]:
    yield f".SS {_text(command.name.partition(' ')[2])}"
    yield _text(command.description)
    yield from _listed({argument.notation: argument.help for argument in command.arguments})
    if not command.has_parts:
        yield ".PP\nExamples:"
        yield from _examples(command)


def _examples(command: Command) -> Iterator[str]:
    yield from (".PP", ".nf", ".RS 4", *(_text(line) for line in command.examples), ".RE", ".fi")


def _listed(items: dict[str, str]) -> Iterator[str]:
    for term, meaning in items.items():
        yield f".TP\n.B {_text(term)}\n{_text(meaning)}"


def _text(text: str) -> str:
    """Text in which roff finds nothing of its own, with the dashes and quotes that can be copied."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    escaped = escaped.replace('"', "\\(dq").replace("^", "\\(ha").replace("~", "\\(ti")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
