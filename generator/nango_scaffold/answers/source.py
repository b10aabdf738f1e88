"""Where answers came from: the text of a file, and the settings over it. It knows where each answer is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..errors import Place
from ..frozen import frozen
from ..yaml12 import YamlProblem
from .load import parse_text, with_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..errors import Problem
    from .position import Position

SETTINGS = "--set"
_QUOTED = re.compile(r"'([^']+)'")


@frozen
class Source:
    """The text of one answers file, and the settings that go over it.

    Attributes:
        name: the file; empty when the settings are all there is.
        text: what it holds.
        settings: texts such as ``provider=github``.
        stated: answers that were never a text, such as those given in a conversation.
    """

    name: str = ""
    text: str = ""
    settings: tuple[str, ...] = ()
    stated: Mapping[str, Any] | None = None

    def data(self) -> dict[str, Any]:
        """The answers as plain data.

        Raises:
            AnswersError: they cannot be read.
        """
        given = parse_text(self.text, self.name) if self.stated is None else self.stated
        return with_settings(given, self.settings)

    def place_of(self, problem: Problem) -> Place | None:
        """Where what a problem speaks of is written; the file as a whole where it is not."""
        if problem.place or problem.where == SETTINGS:
            return problem.place
        if problem.where.startswith(f"{self.name}:") and self.name:
            return self._marked(problem.where)
        return self._set(problem) or self._written(problem) or (Place(self.name) if self.name else None)

    def _marked(self, where: str) -> Place | None:
        """The place of what is no YAML, which the problem names by its line and column."""
        line, _, column = where[len(self.name) + 1 :].partition(":")
        if not (line.isdecimal() and column.isdecimal()):
            return Place(self.name)
        lines = self.text.split("\n")[: int(line)]
        while len(lines) > 1 and not lines[-1].strip():
            lines.pop()  # what ends too early is shown where it ends
        text = lines[-1].removesuffix("\r")
        at = int(column) if len(lines) == int(line) else len(text) + 1
        return Place(self.name, len(lines), at, 0, text)

    def _set(self, problem: Problem) -> Place | None:
        """In the setting that gave the answer: the last one, as they go over each other."""
        for setting in reversed(self.settings):
            key, _, value = setting.partition("=")
            if problem.where == key or problem.where.startswith((f"{key}.", f"{key}[")):
                if problem.on_key and problem.where == key:
                    return _setting(setting, 0, len(key))
                inner = _found(value, problem.where[len(key) :].lstrip("."), on_key=problem.on_key)
                start, end = (inner.start, inner.end) if inner else (0, len(value))
                first = len(key) + 1
                return _setting(setting, *_meant(setting, first + start, first + end, problem.what))
        return None

    def _written(self, problem: Problem) -> Place | None:
        """In the file."""
        found = _found(self.text, problem.where, on_key=problem.on_key)
        if found is None:
            # The integration is named by the provider where nothing else names it.
            found = _found(self.text, "provider", on_key=False) if problem.where == "integration" else None
        if found is None:
            return None
        start, end = _meant(self.text, found.start, found.end, problem.what, found.key)
        begin = self.text.rfind("\n", 0, start) + 1
        line = self.text[begin:].split("\n", 1)[0].removesuffix("\r")
        number = self.text.count("\n", 0, start) + 1
        length = min(end, begin + len(line)) - start
        return Place(self.name, number, start - begin + 1, max(length, 1), line)


def _meant(text: str, start: int, end: int, what: str, key: tuple[int, int] | None = None) -> tuple[int, int]:
    """The part of an answer that a sentence quotes: of ``/x/${metadata.y}`` the place, or its key; else all of it."""
    quoted = _QUOTED.search(what)
    if quoted is None:
        return start, end
    word = re.compile(rf"(?<![\w$]){re.escape(quoted[1])}(?!\w)")
    found = list(word.finditer(text, start, end))
    if len(found) == 1:
        return found[0].span()
    if not found and key and text[slice(*key)].strip("'\"").removesuffix("?") == quoted[1]:
        return key
    return start, end


def _setting(setting: str, start: int, end: int) -> Place:
    return Place(SETTINGS, 0, start + 1, max(end - start, 1), setting)


def _found(text: str, where: str, *, on_key: bool) -> Position | None:
    from .position import position_of  # only a run that has something to complain of looks

    try:
        return position_of(text, where, on_key=on_key)
    except YamlProblem:
        return None
