"""The command line as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterator

from nango_scaffold.commands.arguments import EXIT_CODES

from .commands import Command, commands

_HEAD = """\
# The command line

Every command has `--help`. An error message says what is wrong, where, and what to do; it goes to standard error, and the
exit code shows its kind.

| exit code | |
|---|---|
"""


def page() -> str:
    """The page, in Markdown."""
    codes = "".join(f"| {code} | {_prose(meaning)} |\n" for code, meaning in EXIT_CODES.items())
    return "\n".join([_HEAD + codes, *(_section(command) for command in commands())])


def _section(command: Command) -> str:
    return "".join(_lines(command))


def _lines(command: Command) -> Iterator[str]:
    yield f"## {command.name}\n\n{_prose(command.description)}\n"
    if command.arguments:
        if not command.has_parts:
            yield f"\n```text\n{_folded(command)}\n```\n"
        yield "\n| option | |\n|---|---|\n"
        yield from (
            f"| `{_cell(argument.notation)}` | {_prose(_cell(argument.help))} |\n"
            for argument in command.arguments
        )
    if command.examples:
        yield "\n```console\n"
        yield from (f"$ {example}\n" for example in command.examples)
        yield "```\n"


def _folded(command: Command) -> str:
    """The usage, its lines not longer than a page is wide."""
    lines = [command.name]
    for argument in command.arguments:
        if len(lines[-1]) + len(argument.usage) > 100:
            lines.append("   ")
        lines[-1] += f" {argument.usage}"
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _prose(text: str) -> str:
    """Text in which Markdown finds nothing of its own."""
    return text.replace("<", "&lt;").replace("_", "\\_").replace("*", "\\*").replace("[", "\\[")
