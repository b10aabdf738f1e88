"""The one exception tree of the house.

Every error a user can meet says what is wrong, where, and what to do; the class decides the exit code.
"""

from __future__ import annotations


class ScaffoldError(Exception):
    """An error with a place and a remedy.

    Args:
        what: one sentence: what is wrong, with the value that is wrong.
        where: the place, such as ``syncs[0].runs`` or ``nango.yaml:12:5``; empty when there is none.
        fix: what would be accepted, or the command that mends it; empty when ``what`` says it all.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.fix = fix

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
