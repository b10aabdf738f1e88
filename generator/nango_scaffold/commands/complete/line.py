"""What may come next on a command line, read off the parser itself: a command that is added is completed at once.

The metavar of an argument tells what it stands for: FILE and DIR are paths, PROVIDER and INTEGRATION are names that
only the machine knows. Whoever completes looks those up; here nothing is read.
"""

from __future__ import annotations

import argparse
from dataclasses import field
from typing import TYPE_CHECKING

from ...frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Candidates = tuple[tuple[str, str], ...]


@frozen
class Completion:
    """What may stand where the cursor is.

    Args:
        candidates: words, each with a line of help.
        metavar: what else it may be; '' when the candidates are all.
        prefix: what the word begins with already and the value does not: ``--project=``.
        option_values: the values of options that stand before, by option.
    """

    candidates: Candidates = ()
    metavar: str = ""
    prefix: str = ""
    option_values: Mapping[str, str] = field(default_factory=dict)


def completion(parser: argparse.ArgumentParser, words: Sequence[str], current: str) -> Completion:
    """What may stand in the place of `current`.

    Args:
        parser: of the whole command line.
        words: those before, without the program's name.
        current: the word up to the cursor; it may be empty.
    """
    line = _Line(parser)
    for word in words:
        line.take(word)
    return line.completion(current)


class _Line:
    """A command line as far as it is typed."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._enter(parser)
        self._option_values: dict[str, str] = {}
        self._pending: argparse.Action | None = None
        self._only_positional = False
        self._lost = False

    def _enter(self, parser: argparse.ArgumentParser) -> None:
        self._parser = parser
        self._used: set[str] = set()
        self._positionals = [action for action in parser._actions if not action.option_strings]

    def take(self, word: str) -> None:
        """Go on by one whole word."""
        if self._pending:
            self._option_values[self._pending.option_strings[-1]] = word
            self._pending = None
        elif word == "--" and not self._only_positional:
            self._only_positional = True
        elif word.startswith("-") and word != "-" and not self._only_positional:
            self._take_option(word)
        elif self._positionals:
            self._take_positional(word)

    def _take_option(self, word: str) -> None:
        name, equals, value = word.partition("=")
        action = self._option(name)
        if action is None:
            return
        self._used.update(action.option_strings)
        if equals:
            self._option_values[action.option_strings[-1]] = value
        elif action.nargs != 0:
            self._pending = action

    def _take_positional(self, word: str) -> None:
        action = self._positionals[0]
        if isinstance(action, argparse._SubParsersAction):
            below = action.choices.get(word)
            # Of a command that there is not, nobody knows what comes next.
            self._lost = below is None
            self._enter(below or argparse.ArgumentParser(add_help=False))
        elif action.nargs not in ("*", "+", argparse.REMAINDER):
            self._positionals.pop(0)

    def completion(self, current: str) -> Completion:
        """What may stand where the line ends."""
        if self._lost:
            return Completion()
        if self._pending:
            return self._value(self._pending, current)
        # Behind `--` no word is an option.
        if current.startswith("-") and not self._only_positional:
            name, equals, value = current.partition("=")
            if not equals:
                return self._among(self._options(), current)
            action = self._option(name)
            return self._value(action, value, f"{name}=") if action else Completion()
        if self._positionals:
            return self._value(self._positionals[0], current)
        return self._among(self._options(), current) if not current else Completion()

    def _value(self, action: argparse.Action, current: str, prefix: str = "") -> Completion:
        if isinstance(action, argparse._SubParsersAction):
            listed = ((choice.dest, choice.help or "") for choice in action._choices_actions)
            return self._among(listed, current)
        if action.choices is not None:
            return self._among(((str(choice), "") for choice in action.choices), current, prefix)
        metavar = action.metavar if isinstance(action.metavar, str) else ""
        return Completion(metavar=metavar, prefix=prefix, option_values=self._option_values)

    def _among(self, candidates: Iterator[tuple[str, str]], current: str, prefix: str = "") -> Completion:
        matching = tuple((word, help) for word, help in candidates if word.startswith(current))
        return Completion(matching, prefix=prefix, option_values=self._option_values)

    def _options(self) -> Iterator[tuple[str, str]]:
        """The options that may still come, each by its long name."""
        for action in self._parser._actions:
            once = not isinstance(action, argparse._AppendAction)
            is_used_up = once and not self._used.isdisjoint(action.option_strings)
            if action.option_strings and not is_used_up and action.help != argparse.SUPPRESS:
                yield action.option_strings[-1], action.help or ""

    def _option(self, name: str) -> argparse.Action | None:
        """An option by its name, or by a beginning that no other option has."""
        known = self._parser._option_string_actions
        if name in known:
            return known[name]
        begun = {id(known[each]): known[each] for each in known if each.startswith(name)}
        return next(iter(begun.values())) if len(begun) == 1 and name.startswith("--") else None
