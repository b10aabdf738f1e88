"""The command line as data, read off the parser: what the reference and the man page are written from."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass

from nango_scaffold.commands.parser import parser


@dataclass(frozen=True)
class Argument:
    """One argument: how it is written (``--answers FILE``), its help, and how it stands in the usage."""

    notation: str
    help: str
    usage: str


@dataclass(frozen=True)
class Command:
    """One command: its words, what it does, its arguments, its examples."""

    name: str
    description: str
    arguments: tuple[Argument, ...]
    examples: tuple[str, ...]
    has_parts: bool

    @property
    def usage(self) -> str:
        return " ".join([self.name, *(argument.usage for argument in self.arguments)])


def commands(top: argparse.ArgumentParser | None = None) -> Iterator[Command]:
    """The program itself, then every command; those that are made of parts come before their parts."""
    top = top or parser()
    below = [action for action in top._actions if isinstance(action, argparse._SubParsersAction)]
    arguments = tuple(_argument(action, top) for action in _visible_actions(top))
    description = " ".join((top.description or "").split())
    examples = re.search(r"examples:\n((?:  .*\n)+)", top.epilog or "")
    lines = tuple(line.strip() for line in examples[1].splitlines()) if examples else ()
    yield Command(top.prog, description[:1].upper() + description[1:], arguments, lines, bool(below))
    for action in below:
        for name in action.choices:
            yield from commands(action.choices[name])


def _visible_actions(top: argparse.ArgumentParser) -> list[argparse.Action]:
    hidden = (argparse._SubParsersAction, argparse._HelpAction)
    return [a for a in top._actions if not isinstance(a, hidden) and a.help != argparse.SUPPRESS]


def _argument(action: argparse.Action, top: argparse.ArgumentParser) -> Argument:
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest)
    takes = "" if action.nargs == 0 else str(value)
    usage_text = " ".join([", ".join(action.option_strings), takes]).strip()
    help = " ".join((action.help or "").split()) % {"default": action.default, "prog": top.prog}
    if not action.option_strings:
        usages = {"*": f"[{usage_text}]...", "?": f"[{usage_text}]"}
        return Argument(usage_text, help, usages.get(str(action.nargs), usage_text))
    usage = " ".join([action.option_strings[-1], takes]).strip()
    repetition = "..." if isinstance(action, argparse._AppendAction) else ""
    return Argument(usage_text, help, usage if action.required else f"[{usage}]{repetition}")
