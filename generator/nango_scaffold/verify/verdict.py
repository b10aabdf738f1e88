"""What the nango CLI made of a project, as plain data, and read from what it prints: each error with its file and line.

The forms are those of 0.58 to 0.69; tests/verify holds what the real ones print.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

Kind = Literal["sync", "action", "on-event"]


@frozen
class Script:
    """One script that nango.yaml names.

    Attributes:
        integration: its key.
        kind: what it is.
        name: its name.
        built: whether this run built it.
    """

    integration: str
    kind: Kind
    name: str
    built: bool = False


@frozen
class Fault:
    """One error that the CLI reported.

    Attributes:
        integration: whose it is; empty when it is everyone's.
        place: the file below ``nango-integrations/``, with line and column where they are known.
        what: the error.
    """

    integration: str
    place: str
    what: str


@frozen
class Verdict:
    """The outcome.

    Attributes:
        nango: the version of the CLI; empty when there is none.
        scripts: those of nango.yaml.
        faults: the errors, in the CLI's order.
        obstacle: why the CLI could not be asked; empty when it was.
        fix: what to do about that.
        new_files: what it has left that was not there before, below the project, git's ignored folders aside.
        last_words: the end of its output, where it said nothing that we understand.
    """

    nango: str = ""
    scripts: tuple[Script, ...] = ()
    faults: tuple[Fault, ...] = ()
    obstacle: str = ""
    fix: str = ""
    new_files: tuple[str, ...] = ()
    last_words: str = ""

    def of(self, integrations: Collection[str]) -> tuple[Script, ...]:
        """The scripts of some integrations."""
        return tuple(script for script in self.scripts if script.integration in integrations)

    def passes(self, integrations: Collection[str]) -> bool:
        """Whether all that is theirs was built."""
        own = self.of(integrations)
        return not self.obstacle and bool(own) and all(script.built for script in own)


# What it prints.

_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_TYPE_ERROR = re.compile(r"(?P<path>\S.*?\.ts)\((?P<line>\d+),(?P<column>\d+)\): error (?P<what>TS\d+: .*)")
_BROKEN = re.compile(r'Error compiling "?(?P<path>[^"]+?\.ts)"?:')
_WHY = re.compile(r"(?P<what>\w*Error: .*?)(?: \((?P<line>\d+):(?P<column>\d+)\))?")
_RULE = re.compile(r'(?P<before>.*)"(?P<path>[^"]+\.ts):(?P<line>\d+)"(?P<after>.*)')
_IMPORT = re.compile(r'(?P<what>Importing libraries .*) from "(?P<path>[^"]+)"')
_ENTRY = re.compile(r"(?P<path>\S+(?: > \S+)+)\s*")
_ENTRY_ERROR = re.compile(r"\s+error (?P<what>.*?)(?: \[\w+\])?\s*")


def compile_faults(output: str, root: str) -> list[Fault]:
    """The errors in what ``nango compile`` printed.

    Args:
        output: both streams.
        root: the real path of ``nango-integrations/``, which is taken off the files.
    """
    return list(dict.fromkeys(_compile_faults(_lines(output), root)))


def yaml_faults(output: str, line_of: Callable[[list[str]], int]) -> list[Fault]:
    """The errors of nango.yaml in what ``nango generate`` printed.

    Args:
        output: both streams.
        line_of: gives the line of an entry, such as ``["github", "syncs", "users"]``; 0 where it has none.
    """
    entry: list[str] = []
    faults: list[Fault] = []
    for line in _lines(output):
        if match := _ENTRY.fullmatch(line):
            entry = match["path"].split(" > ")
        elif entry and (match := _ENTRY_ERROR.fullmatch(line)):
            # What stands in brackets, such as `[output]`, is what of the entry is wrong: the entry's line is meant.
            number = line_of([name for name in entry if not name.startswith("[")])
            place = f"nango.yaml:{number}" if number else "nango.yaml"
            faults.append(Fault(entry[0], place, f"{' > '.join(entry[1:])}: {match['what']}"))
    return faults


def last_words(output: str) -> str:
    """The last line that says something."""
    spoken = (line.strip() for line in _lines(output) if not line.startswith("CI environment"))
    return next(filter(None, reversed(list(spoken))), "")


def _compile_faults(lines: list[str], root: str) -> Iterator[Fault]:
    # "Error compiling FILE:" stands on a line of its own, and the reason on one below.
    broken = ""
    for line in lines:
        if match := _BROKEN.fullmatch(line):
            broken = match["path"]
        elif broken and (match := _WHY.fullmatch(line)):
            yield _fault(broken, root, match["line"], match["column"], match["what"])
            broken = ""
        elif match := _TYPE_ERROR.fullmatch(line):
            yield _fault(match["path"], root, match["line"], match["column"], match["what"])
        elif match := _RULE.fullmatch(line):
            what = f"{match['before']}line {match['line']}{match['after']}"
            yield _fault(match["path"], root, match["line"], None, what)
        elif match := _IMPORT.fullmatch(line):
            yield Fault("", match["path"], match["what"])


def _fault(path: str, root: str, line: str | None, column: str | None, what: str) -> Fault:
    # On Windows the CLI prints backslashes. A file beside nango.yaml is nobody's.
    inner = path.replace("\\", "/").removeprefix(root.replace("\\", "/")).lstrip("/")
    place = ":".join([inner, *(number for number in (line, column) if number)])
    return Fault(inner.partition("/")[0] if "/" in inner else "", place, what)


def _lines(output: str) -> list[str]:
    return _COLOURS.sub("", output).splitlines()
