"""Help that teaches by example: every example is a command line that the parser takes."""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator

import pytest

from nango_scaffold.cli import main
from nango_scaffold.commands.parser import parser


def commands(top: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command, groups of commands included."""
    yield words
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from commands(below, (*words, name))


COMMANDS = list(commands(parser()))


def help_of(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit, match="0"):
        main([*words, "--help"])
    return capsys.readouterr().out


def examples(text: str) -> list[str]:
    """The command lines below ``examples:``, without what the shell does with them."""
    block = re.search(r"^examples:\n((?:  .*\n)+)", text, re.MULTILINE)
    lines = block[1].splitlines() if block else []
    return [re.sub(r"\)?\"? *([|>#)].*)?$", "", line[line.index("nango-scaffold") :]) for line in lines]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_ends_with_examples_that_the_parser_takes_and_with_the_exit_codes(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    text = help_of(words, capsys)
    commands = [shlex.split(line)[1:] for line in examples(text)]
    assert 2 <= len(commands) <= (4 if words else 8)  # the program itself shows one of each kind
    assert all(line[: len(words)] == list(words) for line in commands)
    for line in commands:
        if line != ["COMMAND", "--help"]:
            parser().parse_args(line)
    assert re.findall(r"^  (\d+) +", text, re.MULTILINE) == ["0", "1", "2", "3", "4", "70", "130"]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_argument_has_a_line_of_help(words: tuple[str, ...]) -> None:
    below = parser()
    for word in words:
        below = next(a for a in below._actions if isinstance(a, argparse._SubParsersAction)).choices[word]
    arguments = [
        argument for argument in below._actions if not isinstance(argument, argparse._SubParsersAction)
    ]
    assert [argument.dest for argument in arguments if not argument.help] == []


def test_the_list_of_commands_says_what_each_does(capsys: pytest.CaptureFixture[str]) -> None:
    text = help_of((), capsys)
    for (name,) in (words for words in COMMANDS if len(words) == 1):
        assert re.search(rf"^ +{name}\s+\w+", text, re.MULTILINE), name


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = [sys.executable, "-m", "nango_scaffold", "schema"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 0
