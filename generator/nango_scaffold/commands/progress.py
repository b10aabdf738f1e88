"""A bar for what takes more than a moment, on standard error and in a terminal only; it is gone when all is done."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .say import is_rich

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator


@contextmanager
def progress(total: int, options: argparse.Namespace) -> Iterator[Callable[[str], None]]:
    """Give a function that is told what is done next, ``total`` times.

    Nothing is shown for a single thing, with ``--quiet`` or ``--json``, or where there is no terminal.
    """
    if total < 2 or options.quiet or options.json or not is_rich(sys.stderr):
        yield lambda what: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda what: bar.update(task, advance=1, description=what.replace("[", r"\["))


@contextmanager
def waiting(options: argparse.Namespace) -> Iterator[Callable[[str], None]]:
    """Give a function that is told what is waited for, of which nobody knows how long it takes."""
    if options.quiet or options.json or not is_rich(sys.stderr):
        yield lambda what: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda what: status.update(f"{what} ...")
