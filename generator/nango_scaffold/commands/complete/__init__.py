"""The hidden command ``__complete``, which the scripts of ``completion`` call at every Tab: it has to be quick.

It prints what kind of thing may come next (words, unfinished words, files, folders) and then the words, each
with its help behind a tab.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from ...output import write
from .line import completion
from .names import looked_up

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

_TOKEN = re.compile(r"""(?:[^\s"'\\]|\\.|\\\Z|"(?:[^"\\]|\\.)*(?:"|\\?\Z)|'[^']*(?:'|\Z))+""")
_QUOTING = re.compile(r"""\\(.)|["']|\\\Z""")
_PATHS = {"FILE": "files", "PATH": "files", "DIR": "folders"}
_LONGEST_HELP = 70


def run(parser: argparse.ArgumentParser, words: Sequence[str]) -> int:
    """Print what may come next.

    Args:
        parser: of the whole command line.
        words: ``bash``, the characters that break its words, and the line up to the cursor; or the name of another
            shell and the words behind the program's name, the last of them up to the cursor.
    """
    shell, *rest = words
    cut = 0
    if shell == "bash":
        breaks, line = rest
        rest, cut = split_line(line)[1:], cut_of(breaks, line)
    *before, current = rest or [""]
    expected = completion(parser, before, current)
    typed = current[len(expected.prefix) :]
    names = looked_up(expected.metavar, typed, expected.option_values)
    kind = _PATHS.get(expected.metavar, "words")
    write(answer(kind, [*expected.candidates, *names], expected.prefix, cut), sys.stdout)
    return 0


def split_line(line: str) -> list[str]:
    """The words of a line as bash has it, the last one up to the cursor; a quote need not be closed."""
    words = [_QUOTING.sub(lambda match: match[1] or "", token) for token in _TOKEN.findall(line)]
    return [*words, ""] if _last_token(line) == "" else words


def cut_of(breaks: str, line: str) -> int:
    """How much of the last word bash takes for words of their own: all up to a character that breaks words."""
    token = _last_token(line)
    # Nothing breaks a word in quotes.
    if token.startswith(('"', "'")):
        return 0
    return max((token.rfind(char) for char in breaks), default=-1) + 1


def _last_token(line: str) -> str:
    """The last word as it is typed; '' behind a blank."""
    tokens = list(_TOKEN.finditer(line))
    return tokens[-1][0] if tokens and tokens[-1].end() == len(line) else ""


def answer(kind: str, words: Iterable[tuple[str, str]], prefix: str, cut: int) -> str:
    """What is printed.

    Args:
        kind: files, folders or words.
        words: the candidates with their help.
        prefix: what stands before each in the same word, such as ``--project=``.
        cut: how many characters of each the shell does not want to have again.
    """
    listed = list(words)
    # The shell adds a blank behind a word, which has no place behind `--project=`.
    if listed and all(word.endswith("=") for word, _ in listed):
        kind = "unfinished"
    lines = [f"{(prefix + word)[cut:]}\t{_short(help)}" for word, help in listed]
    return "\n".join([kind, *lines, ""])


def _short(help: str) -> str:
    text = " ".join(help.split()).replace("%%", "%")
    return text if len(text) <= _LONGEST_HELP else f"{text[: _LONGEST_HELP - 3]}..."
