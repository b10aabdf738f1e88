"""The report of an error: what, where in the user's text, and what to do; for people, and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import BatchError
from .excerpt import excerpt
from .page import Level, Line, Lines, Page, Part, Piece, line, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..errors import Place, Problem, ScaffoldError

_MOST_SHOWN = 10


def complaint(error: ScaffoldError) -> Page:
    """An error as a page; its first line is ``nango-scaffold: where: what``."""
    if not isinstance(error, BatchError):
        return Page(tuple(_parts(error, "nango-scaffold: ")))
    head = Part((Lines((line(Piece("nango-scaffold: ", "bad"), Piece(error.what, "strong")),)),), Level.QUIET)
    return Page((head, *(part for name, failure in error.failures for part in _parts(failure, f"{name}: "))))


def error_data(error: ScaffoldError) -> dict[str, Any]:
    """An error as plain data: what ``--json`` prints."""
    problems = [_data(problem) for problem in error.problems]
    if isinstance(error, BatchError):
        pairs = ((name, problem) for name, failure in error.failures for problem in failure.problems)
        problems = [{"answers": name, **_data(problem)} for name, problem in pairs]
    first = error.problems[0]
    return {
        "error": {
            "what": error.what,
            "where": error.where,
            "fix": first.fix if error.where == first.where else error.fix,
            "exit_code": error.exit_code,
            "problems": problems,
        }
    }


def _data(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "what": problem.what,
        "where": problem.where,
        "accepted": list(problem.accepted),
        "fix": problem.fix,
        "place": place and {"file": place.source, "line": place.line or None, "column": place.column or None},
    }


def _parts(error: ScaffoldError, name: str) -> Iterator[Part]:
    """Each problem; the first begins with a name."""
    problems = error.problems
    for index, problem in enumerate(problems[:_MOST_SHOWN]):
        head = Piece(name if not index else "", "bad")
        yield Part((Lines(tuple(_problem(problem, head))),), Level.QUIET)
    if len(problems) > _MOST_SHOWN:
        yield sentence(f"and {len(problems) - _MOST_SHOWN} more", level=Level.QUIET)


def _problem(problem: Problem, head: Piece) -> Iterator[Line]:
    where = Piece(f"{problem.where}: " if problem.where else "", "strong")
    first, *others = problem.what.split("\n")
    yield line(head, where, first)
    yield from (line(other) for other in others)
    if problem.place:
        yield from _shown(problem.place, problem.where)
    if problem.fix:
        yield from (line(fix_line) for fix_line in f"  {problem.fix}".split("\n"))


def _shown(place: Place, where: str) -> Iterator[Line]:
    """The place as compilers show it."""
    number = str(place.line or "")
    margin = " " * max(len(number), 1)
    # Errors of the project have the place in their first line already.
    if str(place) != where:
        yield line(Piece(f"{margin}--> ", "quiet"), Piece(str(place), "place"))
    if place.text:
        text, carets = excerpt(place)
        yield line(Piece(f"{margin} |", "quiet"))
        yield line(Piece(f"{number or ' '} | ", "quiet"), text)
        yield line(Piece(f"{margin} | ", "quiet"), Piece(carets, "bad"))
