"""A bar for what takes more than a moment, on standard error and in a terminal only; it is gone when all is done."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..output import for_drawing
from ..visible import visible_line
from .terminal_output import is_rich

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from rich.console import Console


@contextmanager
def progress(total: int, options: argparse.Namespace) -> Iterator[Callable[[str], None]]:
    """Give a function that is told what is done next, ``total`` times.

    Nothing is shown for a single thing, with ``--quiet`` or ``--json``, or where there is no terminal.
    """
    if total < 2 or options.quiet or options.json or not is_rich(sys.stderr):
        yield lambda what: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=_console(), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda what: bar.update(task, advance=1, description=_described(what))


@contextmanager
def waiting(options: argparse.Namespace) -> Iterator[Callable[[str], None]]:
    """Give a function that is told what is waited for, of which nobody knows how long it takes."""
    if options.quiet or options.json or not is_rich(sys.stderr):
        yield lambda what: None
        return
    with _console().status("", spinner="line") as status:
        yield lambda what: status.update(f"{_described(what)} ...")


def _console() -> Console:
    from rich.console import Console

    return Console(file=for_drawing(sys.stderr))


def _described(what: str) -> str:
    """What is done, in which nothing is markup."""
    return visible_line(what).replace("[", r"\[")
