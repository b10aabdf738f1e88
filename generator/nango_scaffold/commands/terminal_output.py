"""How a command speaks: pages on standard output, complaints on standard error, data where ``--json`` asks for it.

Every string goes through ``output``, which makes it visible and spells it in the stream's encoding.

In a terminal pages have colours. Elsewhere, with ``NO_COLOR``, or in a terminal that is dumb, they are plain text.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from ..output import flush, for_drawing, is_terminal, write, write_json
from ..report.page import Level, plain
from ..visible import visible_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from ..commit import Recovery
    from ..errors import ScaffoldError
    from ..report.page import Page


def say(page: Page | str, options: argparse.Namespace, data: Callable[[], Any]) -> None:
    """Say what a command did.

    Args:
        page: for people; a text is printed at every level.
        options: those of the command line; ``json``, ``quiet`` and ``verbose`` are heeded.
        data: gives what ``--json`` prints instead; not asked for without it.
    """
    if getattr(options, "json", False):
        say_data(_with_recovery(data(), options))
    elif isinstance(page, str):
        say_text(page)
    else:
        _print(page.at(level_of(options)), sys.stdout)


def say_before(page: Page, options: argparse.Namespace) -> None:
    """Say what is to be known before a command does anything; with ``--json`` it stands among the data."""
    page_at_level = page.at(level_of(options))
    if not getattr(options, "json", False) and page_at_level.parts:
        _print(page_at_level, sys.stdout)
        write("\n", sys.stdout)


def tell_recovery(recovery: Recovery | None) -> None:
    """Say on standard error what became of an earlier run that was killed."""
    if recovery is not None:
        write(f"nango-scaffold: {recovery.sentence}\n", sys.stderr)


def _with_recovery(data: Any, options: argparse.Namespace) -> Any:
    """Data with what became of an earlier run that was killed, if there was one."""
    recovery = getattr(options, "recovery", None)
    if recovery is None:
        return data
    outcome = recovery.outcome if recovery.paths else "cleaned up"
    recovered = {"outcome": outcome, "files": list(recovery.paths), "left": list(recovery.left)}
    return {**data, "recovered": recovered}


def say_data(data: Any) -> None:
    """Print data as JSON."""
    from ..report import as_json

    write_json(f"{as_json(data)}\n", sys.stdout)


def say_text(text: str) -> None:
    """Print text on standard output, which has its own ends of lines."""
    write(text, sys.stdout)


def announce(text: str) -> None:
    """Print at a terminal what takes a while."""
    if is_terminal(sys.stderr):
        write(f"{text} ...\n", sys.stderr)
        flush(sys.stderr)


def complain(error: ScaffoldError, *, as_data: bool) -> None:
    """Say what went wrong on standard error; with ``--json``, as data on standard output too."""
    from ..report.error import complaint, error_data

    if as_data:
        say_data(error_data(error))
    warn(complaint(error))


def warn(page: Page) -> None:
    """Print a page on standard error."""
    _print(page, sys.stderr)


def level_of(options: argparse.Namespace) -> Level:
    """How much to print, by the options."""
    if getattr(options, "quiet", False):
        return Level.QUIET
    return Level.VERBOSE if getattr(options, "verbose", False) else Level.USUAL


def is_rich(stream: IO[str] | None) -> bool:
    """Whether a stream can show colours, and the user wants them."""
    # By the convention of no-color.org, an empty NO_COLOR is as good as none.
    is_unwanted = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM", "") in ("dumb", "unknown")
    return is_terminal(stream) and not is_unwanted


@contextmanager
def progress(total: int, options: argparse.Namespace) -> Iterator[Callable[[str], None]]:
    """Give a function to call with the name of each step, ``total`` times.

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
    """Give a function to call with what the run waits for; its duration is unknown."""
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


def _print(page: Page, stream: IO[str] | None) -> None:
    if not page.parts:
        return
    if is_rich(stream):
        from ..report.terminal import show

        show(page, for_drawing(stream))
    else:
        write(plain(page), stream)
