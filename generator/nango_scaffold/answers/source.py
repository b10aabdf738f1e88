"""The source of answers: the text of a file, and the settings over it. It finds where each answer is written."""

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
    """The text of one answers file, and the settings that override it.

    Attributes:
        name: the file; empty when there are only settings.
        text: its content.
        settings: strings such as ``provider=github``.
        plain: answers without a text, such as those of the wizard.
        samples: what samples hold that are no files, by the name that ``infer.sample`` has for them.
        inferred_from: by the name of a script, what plain answers were inferred from.
    """

    name: str = ""
    text: str = ""
    settings: tuple[str, ...] = ()
    plain: Mapping[str, Any] | None = None
    samples: Mapping[str, Any] | None = None
    inferred_from: Mapping[str, str] | None = None

    def data(self) -> dict[str, Any]:
        """The answers as plain data.

        Raises:
            AnswersError: they cannot be read.
        """
        data = parse_text(self.text, self.name) if self.plain is None else self.plain
        return with_settings(data, self.settings)

    def place_of(self, problem: Problem) -> Place | None:
        """Where the answer of a problem is written; the file as a whole where it is unset."""
        if problem.place or problem.where == SETTINGS:
            return problem.place
        if problem.where.startswith(f"{self.name}:") and self.name:
            return self._marked(problem.where)
        place = self._set(problem) or self._written(problem)
        if place is None and self.name:
            return Place(self.name)
        return place

    def _marked(self, where: str) -> Place | None:
        """The place of invalid YAML, which the problem names by its line and column."""
        line, _, column = where[len(self.name) + 1 :].partition(":")
        if not (line.isdecimal() and column.isdecimal()):
            return Place(self.name)
        lines = self.text.split("\n")[: int(line)]
        while len(lines) > 1 and not lines[-1].strip():
            lines.pop()  # a text that ends too early is shown where it ends
        text = lines[-1].removesuffix("\r")
        at = int(column) if len(lines) == int(line) else len(text) + 1
        return Place(self.name, len(lines), at, 0, text)

    def _set(self, problem: Problem) -> Place | None:
        """In the setting of the answer: the last one, as it overrides the others."""
        for setting in reversed(self.settings):
            key, _, value = setting.partition("=")
            if problem.where == key or problem.where.startswith((f"{key}.", f"{key}[")):
                if problem.on_key and problem.where == key:
                    return _setting(setting, 0, len(key))
                inner = _position(value, problem.where[len(key) :].lstrip("."), on_key=problem.on_key)
                start, end = (inner.start, inner.end) if inner else (0, len(value))
                first = len(key) + 1
                return _setting(setting, *_quoted_part(setting, first + start, first + end, problem.what))
        return None

    def _written(self, problem: Problem) -> Place | None:
        """In the file."""
        position = _position(self.text, problem.where, on_key=problem.on_key)
        if position is None and problem.where == "integration":  # named after the provider by default
            position = _position(self.text, "provider", on_key=False)
        if position is None:
            return None
        start, end = _quoted_part(self.text, position.start, position.end, problem.what, position.key)
        begin = self.text.rfind("\n", 0, start) + 1
        line = self.text[begin:].split("\n", 1)[0].removesuffix("\r")
        number = self.text.count("\n", 0, start) + 1
        length = min(end, begin + len(line)) - start
        return Place(self.name, number, start - begin + 1, max(length, 1), line)


def _quoted_part(
    text: str, start: int, end: int, what: str, key: tuple[int, int] | None = None
) -> tuple[int, int]:
    """The part of an answer that a message quotes, such as a placeholder in a path, or its key; else all of it."""
    quoted = _QUOTED.search(what)
    if quoted is None:
        return start, end
    word = re.compile(rf"(?<![\w$]){re.escape(quoted[1])}(?!\w)")
    matches = list(word.finditer(text, start, end))
    # Of several the message does not say which one it means.
    if len(matches) == 1:
        return matches[0].span()
    if not matches and key and text[slice(*key)].strip("'\"").removesuffix("?") == quoted[1]:
        return key
    return start, end


def _setting(setting: str, start: int, end: int) -> Place:
    return Place(SETTINGS, 0, start + 1, max(end - start, 1), setting)


def _position(text: str, where: str, *, on_key: bool) -> Position | None:
    from .position import position_of  # only a run with problems needs it

    try:
        return position_of(text, where, on_key=on_key)
    except YamlProblem:
        return None
