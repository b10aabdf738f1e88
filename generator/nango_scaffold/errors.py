"""The one exception tree of the house.

Every error a user can meet says what is wrong, where, and what to do; the class decides the exit code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@frozen
class Place:
    """A place in a text that the user wrote.

    Attributes:
        source: the file, or what stands for one, such as ``--set``.
        line: from 1; 0 when there are no lines to count, or the source as a whole is meant.
        column: in characters, from 1.
        length: how many characters are meant; 0 when only their beginning is known.
        text: the line without its end; empty when the source as a whole is meant.
    """

    source: str
    line: int = 0
    column: int = 0
    length: int = 0
    text: str = ""

    def __str__(self) -> str:
        return f"{self.source}:{self.line}:{self.column}" if self.line else self.source


@frozen
class Problem:
    """One thing wrong.

    Attributes:
        where: the place in the user's terms, such as ``syncs[0].runs``.
        what: what is wrong, with the value that is wrong.
        fix: what is accepted, or what to do.
        accepted: the values of which one is accepted; empty where there is no closed set of them.
        on_key: whether a key is wrong, and not the value that stands at it.
        place: where in the user's text, once that is known.
    """

    where: str
    what: str
    fix: str
    on_key: bool = False
    place: Place | None = None
    accepted: tuple[str, ...] = ()


def accepted_text(accepted: Iterable[str]) -> str:
    """What to do where one of several values is accepted: ``accepted: full, incremental``."""
    return f"accepted: {', '.join(accepted)}"


class ScaffoldError(Exception):
    """An error with a place and a remedy.

    Args:
        what: one sentence: what is wrong, with the value that is wrong.
        where: the place, such as ``syncs[0].runs`` or ``nango.yaml:12:5``; empty when there is none.
        fix: what would be accepted, or the command that mends it; by default the values of `accepted`.
        accepted: the values of which one is accepted; empty where there is no closed set of them.

    Attributes:
        place: where in the user's text, once that is known.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", fix: str = "", accepted: Iterable[str] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.accepted = tuple(accepted)
        self.fix = fix or (accepted_text(self.accepted) if self.accepted else "")
        self.place: Place | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Each thing that is wrong; one, unless the class says otherwise."""
        return (Problem(self.where, self.what, self.fix, place=self.place, accepted=self.accepted),)

    def locate(self, place_of: Callable[[Problem], Place | None]) -> None:
        """Let each thing that is wrong know its place in the user's text."""
        self.place = place_of(self.problems[0])

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f"\n  {self.fix}" if self.fix else ""
        return f"{place}{self.what}{remedy}"


class AnswersError(ScaffoldError):
    """An answer, or the way the command was called, cannot be used."""

    exit_code = 2


class ProjectError(ScaffoldError):
    """The project's state forbids the run; nothing was changed."""

    exit_code = 3


class LockHeldError(ScaffoldError):
    """Another run is writing to the same project."""

    exit_code = 4


class BatchError(ScaffoldError):
    """Some of several answers files cannot be used; nothing was written.

    Args:
        failures: the file and its error, for each.
        files: how many files there are in all.
    """

    def __init__(self, failures: Sequence[tuple[str, ScaffoldError]], files: int) -> None:
        super().__init__(f"{len(failures)} of {files} answers files cannot be used; nothing was written")
        self.failures = tuple(failures)
        codes = [error.exit_code for _, error in failures]
        # Wrong answers stay wrong however often the run is repeated; what else failed may not.
        self.exit_code = AnswersError.exit_code if AnswersError.exit_code in codes else codes[0]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Each thing that is wrong in any of them."""
        return tuple(problem for _, error in self.failures for problem in error.problems)

    def __str__(self) -> str:
        return "\n".join([self.what, *(f"{name}: {error}" for name, error in self.failures)])
